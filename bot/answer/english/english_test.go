package english

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestTable fails where a line of words.txt is not what parse takes it for.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		if f[0] == "#" {
			continue
		}
		if len(f) < 4 || len(f[0]) != 1 {
			t.Errorf("%q: want class, value, text and words", line)
			continue
		}
		if _, err := strconv.ParseFloat(f[1], 64); err != nil {
			t.Errorf("%q: %v", line, err)
		}
		for _, w := range f[3:] {
			if key := f[0] + w; seen[key] {
				t.Errorf("%q stands twice in class %s", w, f[0])
			} else {
				seen[key] = true
			}
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		phrase string
		want   Word
	}{
		{"zero", Word{'c', 0, ""}},
		{"one", Word{'1', 1, ""}},
		{"ninety", Word{'z', 90, ""}},
		{"bn", Word{'k', 1e9, ""}},
		{"dozen", Word{'k', 12, ""}},
		{"hundreds", Word{'K', 100, ""}},
		{"third", Word{'o', 3, ""}},
		{"thirds", Word{'Q', 3, ""}},
		{"half", Word{'q', 0.5, ""}},
		{"twenty_-_first", Word{'o', 21, ""}},
		{"per_cent", Word{'u', 0.01, "share"}},
		{"hour", Word{'t', 3600, "duration"}},
		{"£", Word{'$', 1, "money/GBP"}},
		{"dollars", Word{'u', 1, "money/USD"}},
		{"square_miles", Word{'u', 2589988.110336, "measure/area"}},
		{"more_than", Word{'h', 3, ""}},
		{"no_more_than", Word{'h', 4, ""}},
		{"nearly", Word{'h', 8, ""}},
		{"or_so", Word{'H', 1, ""}},
		{"second", Word{'o', 2, ""}},
	} {
		if got := Find(c.phrase); len(got) == 0 || got[0] != c.want {
			t.Errorf("Find(%q) = %v, want first %v", c.phrase, got, c.want)
		}
		head, _, _ := strings.Cut(c.phrase, "_")
		if got := Reach(head); got < 1+strings.Count(c.phrase, "_") {
			t.Errorf("Reach(%q) = %d, too short for %q", head, got, c.phrase)
		}
	}
	if got := Find("house"); got != nil {
		t.Errorf(`Find("house") = %v`, got)
	}
	if got := Find("m"); !slices.Equal(got, []Word{{'k', 1e6, ""}, {'u', 1, "measure/length"}}) {
		t.Errorf(`Find("m") = %v, want a million and a metre`, got)
	}
}

func TestCalendar(t *testing.T) {
	check := func(class byte, value int, name string) {
		for _, w := range []string{strings.ToLower(name), strings.ToLower(name[:3])} {
			if !slices.Contains(Find(w), Word{class, float64(value), ""}) {
				t.Errorf("Find(%q) = %v, without %c %d", w, Find(w), class, value)
			}
		}
	}
	for m := time.January; m <= time.December; m++ {
		check('M', int(m), m.String())
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		check('W', int(d), d.String())
	}
}

func TestClasses(t *testing.T) {
	for w := range strings.FieldsSeq("the of and was with should a may") {
		if !IsFunction(w) {
			t.Errorf("%q is no function word", w)
		}
	}
	for w := range strings.FieldsSeq("house red walked two") {
		if IsFunction(w) {
			t.Errorf("%q is a function word", w)
		}
	}
	for w, want := range map[string]bool{"not": true, "never": true, "denied": true, "didn't": true, "said": false, "note": false} {
		if got := Denies(w); got != want {
			t.Errorf("%q denies: %v, want %v", w, got, want)
		}
	}
	if got, ok := IrregularSingular("people"); got != "person" || !ok {
		t.Errorf("singular of people = %q, %v", got, ok)
	}
	if got, ok := IrregularSingular("boats"); ok {
		t.Errorf("singular of boats = %q", got)
	}
}
