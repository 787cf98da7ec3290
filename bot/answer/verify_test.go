package answer

import (
	"slices"
	"strings"
	"testing"

	"parley/corpus"
)

// sound returns an answer that has nothing wrong, over one short article.
func sound(t *testing.T) (*corpus.Corpus, *Answer) {
	t.Helper()
	c, err := corpus.New([]corpus.Article{{ID: "bay", Body: "The bay is blue. Nineteen ships wait there."}})
	if err != nil {
		t.Fatal(err)
	}
	a := &Answer{}
	w := newWriter(c, a)
	w.claim(c.SentenceText(1), 1)
	w.claim("Somebody: "+c.SentenceText(0), 0, 1)
	a.Text = render(a)
	return c, a
}

func TestVerify(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(a *Answer)
		want  string // part of the only problem; empty for none
	}{
		{"nothing wrong", func(*Answer) {}, ""},
		{"another quote", func(a *Answer) { a.Citations[0].Quote = "Twenty ships wait there." }, "quote is not at"},
		{"another place", func(a *Answer) { a.Citations[0].Start++ }, "quote is not at"},
		{"behind the end", func(a *Answer) { a.Citations[0].End = 1 << 20 }, "quote is not at"},
		{"before the start", func(a *Answer) { a.Citations[0].Start = -1 }, "quote is not at"},
		{"turned around", func(a *Answer) { c := &a.Citations[0]; c.Start, c.End = c.End, c.Start }, "quote is not at"},
		{"empty", func(a *Answer) { c := &a.Citations[0]; c.End, c.Quote = c.Start, "" }, "quote is not at"},
		{"another article", func(a *Answer) { a.Citations[0].ArticleID = "moon" }, "no article"},
		{"wrong number", func(a *Answer) { a.Citations[1].N = 7 }, "is numbered 7"},
		{"citation of nothing", func(a *Answer) { a.Claims[1].Citations = append(a.Claims[1].Citations, 3) }, "no citation 3"},
		{"citation of zero", func(a *Answer) { a.Claims[1].Citations = append(a.Claims[1].Citations, 0) }, "no citation 0"},
		{"claim without citation", func(a *Answer) { a.Claims = append(a.Claims, Claim{Text: "The moon is blue."}) }, "no citation for"},
		{"unused citation", func(a *Answer) { a.Claims = a.Claims[:1] }, "is not used"},
		{"out of order", func(a *Answer) {
			slices.Reverse(a.Claims)
			slices.Reverse(a.Claims[0].Citations)
			a.Claims[0].Citations = []int{2, 1}
		}, "appears before"},
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
			if !strings.Contains(strings.Join(got, "\n"), tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSupported(t *testing.T) {
	_, a := sound(t)
	tests := []struct {
		name  string
		claim Claim
		want  bool
	}{
		{"a sentence as it stands", a.Claims[0], true},
		{"with the name of its report", a.Claims[1], true},
		{"a sentence of its own making", Claim{"The moon is blue.", []int{1}}, false},
		{"half a sentence", Claim{"ships wait there.", []int{1}}, false},
		{"more behind the sentence", Claim{a.Claims[0].Text + " And more.", []int{1}}, false},
		{"no citation", Claim{a.Claims[0].Text, nil}, false},
		{"a citation that is not there", Claim{a.Claims[0].Text, []int{9, 0, -1}}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := supported(a, tt.claim); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRender(t *testing.T) {
	side := Side{Claim: "Mail: Nine hours.", Citations: []int{1}}
	other := Side{Claim: "Courier: Seven hours.", Citations: []int{2}}
	tests := []struct {
		name string
		a    Answer
		want string
	}{
		{"nothing", Answer{}, ""},
		{"one claim", Answer{Claims: []Claim{{"It rained.", []int{1}}}}, "It rained. [1]"},
		{"two citations", Answer{Claims: []Claim{{"It rained.", []int{1, 2}}}}, "It rained. [1][2]"},
		{"two claims", Answer{Claims: []Claim{{"It rained.", []int{1}}, {"It froze.", []int{2}}}}, "It rained. [1] It froze. [2]"},
		{
			"a conflict",
			Answer{
				Claims:    []Claim{{side.Claim, side.Citations}, {other.Claim, other.Citations}},
				Conflicts: []Conflict{{About: "They differ", Sides: []Side{side, other}}},
			},
			"They differ\n• Mail: Nine hours. [1]\n• Courier: Seven hours. [2]",
		},
		{
			"a conflict and a claim",
			Answer{
				Claims:    []Claim{{side.Claim, side.Citations}, {other.Claim, other.Citations}, {"It rained.", []int{3}}},
				Conflicts: []Conflict{{About: "They differ", Sides: []Side{side, other}}},
			},
			"They differ\n• Mail: Nine hours. [1]\n• Courier: Seven hours. [2]\n\nIt rained. [3]",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := render(&tt.a); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestClip(t *testing.T) {
	tests := []struct {
		text string
		n    int
		want string
	}{
		{"", 5, ""},
		{"short", 5, "short"},
		{"a longer text", 10, "a longer…"},
		{"well, then it goes on", 6, "well…"},
		{"unbreakable", 6, "unbre…"},
		{"漢字漢字漢字", 4, "漢字漢…"},
	}
	for _, tt := range tests {
		if got := clip(tt.text, tt.n); got != tt.want {
			t.Errorf("clip(%q, %d): got %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}
