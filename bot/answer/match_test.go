package answer

import (
	"slices"
	"strings"
	"testing"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// calledIn returns what the sentences of a text call a name.
func calledIn(t *testing.T, body, name string) []string {
	t.Helper()
	c, err := corpus.New([]corpus.Article{{ID: "a", Body: body}})
	if err != nil {
		t.Fatal(err)
	}
	fwd := analysis.Analyze(c)
	var out []string
	for _, term := range readEpithets(fwd)[fwd.Lookup(name)] {
		out = append(out, fwd.Terms[term])
	}
	return out
}

func TestEpithets(t *testing.T) {
	tests := []struct {
		name, body, of string
		want, not      []string
	}{
		{"role and nationality", "They met the Norwegian envoy Kirsten Dahl on Monday.", "dahl", []string{"norwegian", "envoy", "kirsten"}, []string{"met", "monday"}},
		{"title in capitals", "Then President Ida Holm spoke.", "holm", []string{"presid", "ida"}, []string{"spoke"}},
		{"apposition", "On Monday Orla Finch, keeper of the northern lighthouse, sounded the horn.", "finch", []string{"orla"}, []string{"horn", "sound"}},
		{"apposition with a role", "They met Mara Quill, chairwoman of the dockers, on Monday.", "quill", []string{"chairwoman", "docker", "mara"}, []string{"met", "monday"}},
		{"no role, no epithet", "The storm hit Sandmouth hard.", "sandmouth", nil, []string{"storm", "hit", "hard"}},
		{"given name alone", "On Monday they met Mara Quill again.", "quill", []string{"mara"}, []string{"met", "monday"}},
		{"the next sentence is no apposition", "They met Tobin Hale. The envoy left.", "hale", []string{"tobin"}, []string{"envoy", "left"}},
		{"unknown name", "They met Tobin Hale.", "nobody", nil, []string{"tobin"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := calledIn(t, tt.body, tt.of)
			for _, w := range tt.want {
				if !slices.Contains(got, w) {
					t.Errorf("got %q, want %q among them", got, w)
				}
			}
			for _, w := range tt.not {
				if slices.Contains(got, w) {
					t.Errorf("got %q, want no %q", got, w)
				}
			}
			if slices.Contains(got, tt.of) {
				t.Errorf("got %q, with the name itself", got)
			}
		})
	}
}

// TestEpithetsOfNobody guards that neither the day nor what somebody else did
// becomes what a name is called.
func TestEpithetsOfNobody(t *testing.T) {
	tests := []struct{ body, of, not string }{
		{"On Monday Mara Quill, chairwoman of the dockers, spoke.", "quill", "monday"},
		{"They met Tobin Hale, and the envoy left.", "hale", "envoy"},
	}
	for _, tt := range tests {
		if got := calledIn(t, tt.body, tt.of); slices.Contains(got, tt.not) {
			t.Errorf("%q: got %q, want no %q", tt.body, got, tt.not)
		}
	}
}

func TestEpithetsOfEmpty(t *testing.T) {
	if got := calledIn(t, "", "anybody"); got != nil {
		t.Errorf("got %q, want none", got)
	}
}

// TestEpithetsBounded guards that a name that much is said of keeps the most
// frequent epithets, always the same ones.
func TestEpithetsBounded(t *testing.T) {
	var b strings.Builder
	letters := "bcdfghjklmnpqrstvwz"
	for _, x := range letters {
		for _, y := range letters {
			b.WriteString("They met the ba" + string(x) + "u" + string(y) + "ish envoy Kirsten Dahl. ")
		}
	}
	b.WriteString("They met the frequentish envoy Kirsten Dahl. They met the frequentish envoy Kirsten Dahl.")
	first := calledIn(t, b.String(), "dahl")
	if len(first) != perName {
		t.Errorf("got %d epithets, want %d", len(first), perName)
	}
	for _, w := range []string{"envoy", "kirsten", "frequentish"} {
		if !slices.Contains(first, w) {
			t.Errorf("got %q, want %q among them", first, w)
		}
	}
	for range 5 {
		if again := calledIn(t, b.String(), "dahl"); !slices.Equal(first, again) {
			t.Fatalf("got %q, then %q", first, again)
		}
	}
}

// matchOf returns how strongly a question's word stands in the sentence that
// holds a text.
func matchOf(t *testing.T, e *Engine, question, word, text string) float32 {
	t.Helper()
	terms := termsOf(t, e, question)
	term := -1
	for i := range terms {
		if terms[i].Word == word {
			term = i
		}
	}
	if term < 0 {
		t.Fatalf("%q: no term %q among %+v", question, word, terms)
	}
	for i := range e.fwd.Corpus.Sentences {
		if strings.Contains(e.fwd.Corpus.SentenceText(i), text) {
			return e.newMatcher(terms).sentence(i)[term]
		}
	}
	t.Fatalf("no sentence with %q", text)
	return 0
}

func TestMatcher(t *testing.T) {
	e := strikeEngine(t)
	tests := []struct {
		name, question, word, sentence string
		least, most                    float32
	}{
		{"the word itself", "Who leads the Dockers League?", "dockers", "Mara Quill, who leads", 1, 1},
		{"an inflection", "Who was leading them?", "leading", "Mara Quill, who leads", 1, 1},
		{"a slip of the pen", "How many pasengers slept?", "pasengers", "600 passengers", 0.3, 1},
		{"a related word", "How many boats waited?", "boats", "Nineteen ships", 0.01, related},
		{"what a name is called", "What did the chairwoman tell the crowd?", "chairwoman", "never trade our sleep", 0.01, 0.99},
		{"nothing of it", "Who leads the Dockers League?", "dockers", "600 passengers", 0, 0},
		{"a word no article has", "What did Zyxelia Vorpal say?", "vorpal", "600 passengers", 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := matchOf(t, e, tt.question, tt.word, tt.sentence)
			if got < tt.least || got > tt.most {
				t.Errorf("got %v, want %v to %v", got, tt.least, tt.most)
			}
		})
	}
}

// TestMatcherBounds guards that every match is between 0 and 1.
func TestMatcherBounds(t *testing.T) {
	e := strikeEngine(t)
	for _, q := range strikeQuestions {
		m := e.newMatcher(termsOf(t, e, q.Text))
		for i := range e.fwd.Corpus.Sentences {
			for term, v := range m.sentence(i) {
				if !(v >= 0 && v <= 1) {
					t.Errorf("%q: sentence %d, term %q: got %v", q.Text, i, m.terms[term].Word, v)
				}
			}
		}
	}
}

func TestMatcherWithoutLexicon(t *testing.T) {
	with := strikeEngine(t)
	without := New(with.search, Options{})
	const question, word = "How many boats waited?", "boats"
	if got := matchOf(t, without, question, word, "Nineteen ships"); got != 0 {
		t.Errorf("got %v for a related word without a lexicon, want 0", got)
	}
	a := ask(t, without, Question{Text: "Who leads the Dockers League?"})
	if len(citing(a, "gazette-begin", "Mara Quill, who leads")) == 0 {
		t.Errorf("got %s, want Mara Quill", a.Text)
	}
}

func TestRaise(t *testing.T) {
	dst := sentenceMatch{0.2, 0.9, 0}
	raise(dst, sentenceMatch{1, 1, 0}, 0.5)
	if want := (sentenceMatch{0.5, 0.9, 0}); !slices.Equal(dst, want) {
		t.Errorf("got %v, want %v", dst, want)
	}
}
