package quote

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/corpus"
)

// sound returns an answer that has nothing wrong, over one short article.
func sound(t *testing.T) (*corpus.Corpus, *answer.Answer) {
	t.Helper()
	c := newCorpus(t, corpus.Article{ID: "bay", Title: "At the bay", Publisher: "Mail", Body: "The bay is blue. Nineteen ships wait there."})
	a := &answer.Answer{}
	w := NewWriter(c, a)
	w.Claim(c.SentenceText(1), 1)
	w.Claim("Mail: "+c.SentenceText(0), 0, 1)
	return c, a
}

func TestVerify(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(a *answer.Answer)
		want  string // part of the only problem; empty for none
	}{
		{"nothing wrong", func(*answer.Answer) {}, ""},
		{"nothing at all", func(a *answer.Answer) { *a = answer.Answer{} }, ""},
		{"another quote", func(a *answer.Answer) { a.Citations[0].Quote = "Twenty ships wait there." }, "citation 1: the quote is not at 17:43 of bay"},
		{"a shorter quote", func(a *answer.Answer) { a.Citations[0].Quote = "Nineteen ships" }, "quote is not at"},
		{"another place", func(a *answer.Answer) { a.Citations[0].Start++ }, "quote is not at"},
		{"behind the end", func(a *answer.Answer) { a.Citations[0].End = 44 }, "quote is not at"},
		{"far behind the end", func(a *answer.Answer) { a.Citations[0].Start, a.Citations[0].End = 1<<20, 1<<21 }, "quote is not at"},
		{"before the start", func(a *answer.Answer) { a.Citations[0].Start = -1 }, "quote is not at"},
		{"turned around", func(a *answer.Answer) { c := &a.Citations[0]; c.Start, c.End = c.End, c.Start }, "quote is not at"},
		{"empty", func(a *answer.Answer) { c := &a.Citations[0]; c.End, c.Quote = c.Start, "" }, "quote is not at"},
		{"another article", func(a *answer.Answer) { a.Citations[0].ArticleID = "moon" }, `no article "moon"`},
		{"wrong number", func(a *answer.Answer) { a.Citations[1].N = 7 }, "citation 2 is numbered 7"},
		{"citation of nothing", func(a *answer.Answer) { a.Claims[1].Citations = append(a.Claims[1].Citations, 3) }, `no citation 3 for "Mail: The bay`},
		{"citation of zero", func(a *answer.Answer) { a.Claims[1].Citations = []int{0, 2, 1} }, "no citation 0"},
		{"claim without citation", func(a *answer.Answer) {
			a.Claims = append(a.Claims, answer.Claim{Text: "The moon is blue."})
		}, `no citation for "The moon is blue."`},
		{"unused citation", func(a *answer.Answer) { a.Claims = a.Claims[:1] }, "citation 2 is not used"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, a := sound(t)
			tt.spoil(a)
			got := Verify(c, a)
			if tt.want == "" {
				if len(got) > 0 {
					t.Errorf("got %q, want nothing", got)
				}
				return
			}
			if len(got) != 1 || !strings.Contains(got[0], tt.want) {
				t.Errorf("got %q, want %q alone", got, tt.want)
			}
		})
	}
	t.Run("out of order", func(t *testing.T) {
		c, a := sound(t)
		slices.Reverse(a.Claims)
		want := []string{"citation 2 appears before 1", "citation 1 appears before 2"}
		if got := Verify(c, a); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("all that is wrong is told", func(t *testing.T) {
		c, a := sound(t)
		a.Citations[0].N, a.Citations[1].Quote = 5, "?"
		a.Claims = append(a.Claims, answer.Claim{Text: "The moon is blue."})
		if got := Verify(c, a); len(got) != 3 {
			t.Errorf("got %q, want three lines", got)
		}
	})
}

func TestSupported(t *testing.T) {
	_, a := sound(t)
	a.Citations = append(a.Citations,
		answer.Citation{N: 3, ArticleID: "x", Title: "At sea", Quote: "He said so."},
		answer.Citation{N: 4, ArticleID: "y", Quote: "She, too, said so."})
	tests := []struct {
		name, text string
		citations  []int
		want       bool
	}{
		{"as it stands", "Nineteen ships wait there.", []int{1}, true},
		{"with further sources", "Nineteen ships wait there.", []int{1, 2}, true},
		{"under its outlet", "Mail: The bay is blue.", []int{2}, true},
		{"under its outlet and date", "Mail (12 May 2025): The bay is blue.", []int{2}, true},
		{"under its title", "“At sea”: He said so.", []int{3}, true},
		{"under the title, where there is an outlet", "“At the bay” (12 May 2025): The bay is blue.", []int{2}, true},
		{"under its ID", "y: She, too, said so.", []int{4}, true},
		{"under its ID and date", "y (2 May 2025): She, too, said so.", []int{4}, true},

		{"under another name", "Courier: The bay is blue.", []int{2}, false},
		{"under another title", "“At home”: He said so.", []int{3}, false},
		{"under its outlet and more", "Mail (again): The bay is blue.", []int{2}, false},
		{"behind a sentence", "The moon is green. The bay is blue.", []int{2}, false},
		{"behind a word", "Not so: The bay is blue.", []int{2}, false},
		{"behind its outlet without a colon", "Mail The bay is blue.", []int{2}, false},
		{"of its own making", "The moon is blue.", []int{1}, false},
		{"half a sentence", "ships wait there.", []int{1}, false},
		{"more behind", "Nineteen ships wait there. And more.", []int{1}, false},
		{"what the second source says", "The bay is blue.", []int{1, 2}, false},
		{"a name put into it", "He [Tobin Hale] said so.", []int{3}, false},
		{"no citation", "Nineteen ships wait there.", nil, false},
		{"citation of zero", "Nineteen ships wait there.", []int{0}, false},
		{"citation of nothing", "Nineteen ships wait there.", []int{5}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Supported(a, answer.Claim{Text: tt.text, Citations: tt.citations}); got != tt.want {
				t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}
