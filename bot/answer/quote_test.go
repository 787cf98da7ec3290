package answer

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus"
)

func TestLocate(t *testing.T) {
	e := newEngine(t, []corpus.Article{
		{ID: "a", Title: "A", Body: "“We will not – under any terms – yield,” said Quill. She left at 5 p.m. on Friday.\n\nThe port’s board met again. It didn't agree on pay, on shifts or on leave."},
		{ID: "b", Title: "B", Body: "The cranes stood still. The port’s board met again."},
	}, Options{})
	tests := []struct {
		name, quote string
		passage     int
		want        string // the first sentence that holds it; empty for none
	}{
		{"as it stands", "She left at 5 p.m. on Friday.", 0, "She left"},
		{"other marks and dashes", `"We will not -- under any terms -- yield," said Quill`, 0, "“We will not"},
		{"no blanks around dashes", "We will not–under any terms–yield", 0, "“We will not"},
		{"other blanks", "She  left\nat 5 p.m.", 0, "She left"},
		{"other apostrophe", "It didn’t agree on pay", 0, "It didn't"},
		{"between marks of its own", "“The port's board met again”", 0, "The port’s board"},
		{"a capital where the article has none", "On pay, on shifts or on leave", 0, "It didn't"},
		{"with an ellipsis", "We will not … yield", 0, "“We will not"},
		{"an ellipsis over sentences", "She left at 5 p.m. […] board met again", 0, "She left"},
		{"parts in another order", "board met again … She left at 5 p.m.", 0, ""},
		{"a part that is not there", "We will not … give in", 0, ""},
		{"another word", "She left at 6 p.m. on Friday.", 0, ""},
		{"part of a word", "ranes stood still", 1, ""},
		{"too short", "the", 0, ""},
		{"of another article", "The cranes stood still.", 0, ""},
		{"in the article of its passage", "The port's board met again.", 1, "The port’s board"},
		{"nothing", "“…”", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			passage := e.fwd.Corpus.Passages[0]
			if tt.passage > 0 {
				first, _ := e.fwd.Corpus.ArticlePassages(1)
				passage = e.fwd.Corpus.Passages[first]
			}
			n := 0
			for i, p := range e.fwd.Corpus.Passages {
				if p.ID == passage.ID {
					n = i
				}
			}
			l, ok := e.locate(tt.quote, n)
			if ok != (tt.want != "") {
				t.Fatalf("found: %v, want %v", ok, tt.want != "")
			}
			if ok && (l.article != tt.passage || !strings.HasPrefix(e.fwd.Corpus.SentenceText(l.first), tt.want)) {
				t.Errorf("got %q of article %d, want %q", e.fwd.Corpus.SentenceText(l.first), l.article, tt.want)
			}
		})
	}
}

// FuzzFoldMarks guards that every byte of a folded text comes from a place of the
// text, in order.
func FuzzFoldMarks(f *testing.F) {
	for _, s := range []string{"", "“a” – b", "a--b", "x…y", "\u200b a\u00a0b ", "„ä“ ‑ ‚ß‘", "- ", " - ", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded, at := foldMarks(s)
		if len(at) != len(folded)+1 || at[len(folded)] != len(s) {
			t.Fatalf("%q: %d bytes, %d places", s, len(folded), len(at))
		}
		for i, from := range at[:len(folded)] {
			if from < 0 || from > len(s) || i > 0 && from < at[i-1] || from < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[from]) {
				t.Fatalf("%q: byte %d comes from %d", s, i, from)
			}
		}
		if again, _ := foldMarks(folded); utf8.ValidString(s) && again != folded {
			t.Errorf("%q folds to %q, that to %q", s, folded, again)
		}
	})
}
