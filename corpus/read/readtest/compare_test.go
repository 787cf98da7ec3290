package readtest

import (
	"slices"
	"testing"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	want := []Want{{Text: "The first is here. The second costs {4 crowns~4 kr}."}, {Text: "Term: {def~Def}"}, {Text: "A caption.", May: true}, {Text: "a | b"}}
	facts := Facts{Title: "The title", Date: "2026-01-17", Authors: []string{"Ann Poe", "Lee Roe"}, Place: None}
	for _, c := range []struct {
		name                         string
		got                          Got
		missing, added, wrong, moved int
	}{
		{"right", Got{Blocks: []string{"The title", "The first is here. The second costs 4 kr.", "Term: Def", "a | b"}, Facts: Facts{Title: "The title", Date: "2026-01-17", Authors: []string{"Lee Roe and Ann Poe"}}}, 0, 0, 0, 0},
		{"glued", Got{Blocks: []string{"The firstis here. The second costs 4 crowns.", "Term: def", "A caption.", "a | b"}, Facts: Facts{Title: "The title", Date: "2026-01-17", Authors: []string{"Ann Poe", "Lee Roe"}}}, 1, 1, 0, 0},
		{"moved and wrong", Got{Blocks: []string{"• a | b", "The first is here.\nThe second costs 4 crowns.", "Term: def"}, Facts: Facts{Title: "Title", Place: "Ellery"}}, 0, 0, 4, 1},
		{"twice", Got{Blocks: []string{"The first is here. The first is here. The second costs 4 crowns.", "Term: def", "a | b"}, Facts: facts}, 0, 1, 1, 0},
		{"nothing", Got{}, 4, 0, 3, 0},
	} {
		r := Compare(want, facts, "", c.got)
		if got, want := []int{len(r.Missing), len(r.Added), len(r.Wrong), r.Moved}, []int{c.missing, c.added, c.wrong, c.moved}; !slices.Equal(got, want) {
			t.Errorf("%s: missing, added, wrong, moved %v, want %v: %+v", c.name, got, want, r)
		}
		if r.Sentences != 4 {
			t.Errorf("%s: %d sentences, want 4", c.name, r.Sentences)
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	got := split(" • He said: “No.” “Why?” she asked.\nIt cost 3.5 crowns!  (Or so.) Ok. 好的。是吗？")
	want := []string{"He said: “No.”", "“Why?” she asked.", "It cost 3.5 crowns!", "(Or so.)", "Ok. 好的。", "是吗？"}
	if !slices.Equal(got, want) {
		t.Errorf("split gave %q, want %q", got, want)
	}
}
