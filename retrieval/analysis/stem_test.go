package analysis

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestStemJoins: the forms of a word are one term.
func TestStemJoins(t *testing.T) {
	tests := []struct {
		name  string
		forms string
	}{
		{"plural", "envoy envoys"},
		{"plural in ies", "country countries"},
		{"plural in es", "box boxes"},
		{"regular verb", "last lasts lasted lasting"},
		{"doubled consonant", "plan plans planned planning"},
		{"irregular verb", "meet met meets meeting"},
		{"irregular past and participle", "go went gone goes going"},
		{"two irregular forms", "speak spoke spoken speaks speaking"},
		{"say", "say said says saying"},
		{"hold", "hold held holds holding"},
		{"find", "find found finds finding"},
		{"irregular plural", "child children"},
		{"people", "person people persons"},
		{"men", "man men"},
		{"Greek plural", "crisis crises"},
		{"number word", "2 two"},
		{"teen", "17 seventeen"},
		{"tens", "50 fifty"},
		{"adverb", "quick quickly"},
		{"noun of a verb", "negotiation negotiations negotiated negotiating"},
		{"comparison", "good better best"},
		{"kilometers", "kilometer kilometers kilometre kilometres km kms"},
		{"kilograms", "kilogram kilograms kilogramme kilogrammes kg kgs"},
		{"meters", "meter meters metre metres"},
		{"centimeters", "centimeter centimetres cm"},
		{"millimeters", "millimeter millimetres mm"},
		{"liters", "liter liters litre litres"},
		{"miles", "mile miles mi"},
		{"square", "square squares sq"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			forms := strings.Fields(tt.forms)
			want := Stem(forms[0])
			for _, f := range forms[1:] {
				if got := Stem(f); got != want {
					t.Errorf("Stem(%q): got %q, want %q as of %q", f, got, want, forms[0])
				}
			}
		})
	}
}

// TestStemParts: words of different meaning are different terms.
func TestStemParts(t *testing.T) {
	tests := [][2]string{
		{"putin", "put"},
		{"US", "us"},
		{"WHO", "who"},
		{"war", "warm"},
		{"2", "12"},
		{"lie", "lay"},
		{"russia", "rush"},
		{"peace", "piece"},
		{"1.2", "12"},
		{"march", "mark"},
		{"percent", "per"},
		{"kilometre", "metre"},
		{"cm", "mm"},
		{"kg", "km"},
		{"litre", "letter"},
	}
	for _, tt := range tests {
		if a, b := Stem(tt[0]), Stem(tt[1]); a == b {
			t.Errorf("Stem: %q and %q are both %q", tt[0], tt[1], a)
		}
	}
}

func TestStemKeeps(t *testing.T) {
	for _, word := range []string{"", "a", "go", "US", "WHO", "25000", "16:30", "1.2", "1990s", "путин", "北京"} {
		if got := Stem(word); got != word {
			t.Errorf("Stem(%q): got %q", word, got)
		}
	}
}

func TestIsStop(t *testing.T) {
	tests := map[bool]string{
		true:  "the a an of and is were who what which don't they've us whose will must whether",
		false: "kremlin putin US WHO IT 2 said percent meeting",
	}
	for want, list := range tests {
		for w := range strings.FieldsSeq(list) {
			if got := IsStop(w); got != want {
				t.Errorf("IsStop(%q): got %t, want %t", w, got, want)
			}
		}
	}
	if IsStop("") {
		t.Error("the empty word is a stop word")
	}
}

func TestIsLight(t *testing.T) {
	tests := map[bool]string{
		true:  "take takes took taken place happened go went city cities countries people report reported articles explain",
		false: "kremlin putin meeting agreed talent plane US 2",
	}
	for want, list := range tests {
		for w := range strings.FieldsSeq(list) {
			if got := IsLight(w); got != want {
				t.Errorf("IsLight(%q): got %t, want %t", w, got, want)
			}
		}
	}
}

// TestIrregularTable: every form has one base, and no base is a form of another
// word, or the words would be joined one way and parted the other.
func TestIrregularTable(t *testing.T) {
	bases := map[string]string{} // of each form
	lines := map[string]bool{}   // by base
	for line := range strings.Lines(irregularTable) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		base := fields[0]
		if len(fields) < 2 {
			t.Errorf("%q has no forms", base)
		}
		if lines[base] {
			t.Errorf("%q has two lines", base)
		}
		lines[base] = true
		for _, form := range fields[1:] {
			if other, ok := bases[form]; ok {
				t.Errorf("%q is a form of %q and of %q", form, other, base)
			}
			bases[form] = base
			if IsStop(form) {
				t.Errorf("%q is a stop word, so its base is never asked for", form)
			}
		}
		for _, w := range fields {
			if Fold(w) != w {
				t.Errorf("%q is not folded", w)
			}
		}
	}
	for form, base := range bases {
		if lines[form] {
			t.Errorf("%q is a base and a form of %q", form, base)
		}
	}
	if !maps.Equal(irregular, bases) {
		t.Errorf("parsed %d forms, want %d", len(irregular), len(bases))
	}
	if len(bases) < 200 {
		t.Errorf("got %d forms, want the whole table", len(bases))
	}
}

func TestWordTables(t *testing.T) {
	for name, table := range map[string]string{"stop words": stopTable, "light words": lightTable} {
		list := strings.Fields(table)
		if len(list) < 50 {
			t.Errorf("%s: got %d, want the whole table", name, len(list))
		}
		slices.Sort(list)
		for i, w := range list {
			if i > 0 && w == list[i-1] {
				t.Errorf("%s: %q is there twice", name, w)
			}
			if strings.ToLower(w) != w {
				t.Errorf("%s: %q is not in lower case", name, w)
			}
		}
	}
	for w := range strings.FieldsSeq(stopTable) {
		if !IsStop(w) {
			t.Errorf("%q is not a stop word", w)
		}
		// A contraction that loses "'s" must be one without it, too.
		if f := Fold(w); !IsStop(f) && !IsLight(f) {
			t.Errorf("stop word %q is folded to %q, which is none", w, f)
		}
	}
}
