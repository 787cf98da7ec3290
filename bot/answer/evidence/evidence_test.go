package evidence

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/quantity"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/encoder"
	"parley/retrieval/library"
)

// The sentences that are chosen from, one of each article but for the last two.
const (
	nine    = "The walk across the Sel pass took nine hours."
	hours   = "It took nine hours to walk across the Sel pass."
	seven   = "The walk across the Sel pass took seven hours."
	because = "The ferry was late because of dense fog."
	crew    = "The ferry was late because half of its crew was ill."
)

var shared = sync.OnceValues(func() (*reading.Reader, error) {
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		return nil, err
	}
	var articles []corpus.Article
	for i, body := range []string{nine, hours, seven, because + " " + crew} {
		articles = append(articles, corpus.Article{ID: string(rune('a' + i)), Title: "Brief", Body: body})
	}
	// Nothing is searched for here: no vectors are needed.
	s, err := library.Build(context.Background(), &read.Reading{Articles: articles}, library.Options{}, nil)
	if err != nil {
		return nil, err
	}
	return reading.New(s, pairs), nil
})

func newReader(t *testing.T) *reading.Reader {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// readAs is what a reader would have made of the articles: sentences with their
// probabilities.
func readAs(t *testing.T, r *reading.Reader, texts []string, probabilities []float64) *reading.Result {
	t.Helper()
	out := &reading.Result{}
	c := r.Corpus()
	for i, text := range texts {
		found := false
		for n := range c.Sentences {
			if c.SentenceText(n) == text {
				found = true
				out.Sentences = append(out.Sentences, reading.Sentence{
					Number: n, Article: c.Sentences[n].Article, Probability: probabilities[i], Answer: answers(c, n),
					Features: reading.Features{reading.Answers: 4, reading.Cosine: .85},
				})
			}
		}
		if !found {
			t.Fatalf("no sentence %q", text)
		}
	}
	return out
}

// hoursOf matches what answers in the sentences about the walk.
var hoursOf = regexp.MustCompile(`(?:nine|seven) hours`)

// answers is what answers in a sentence; empty where that is no duration.
func answers(c *corpus.Corpus, n int) corpus.Span {
	at := hoursOf.FindStringIndex(c.SentenceText(n))
	if at == nil {
		return corpus.Span{}
	}
	return corpus.Span{Start: c.Sentences[n].Start + at[0], End: c.Sentences[n].Start + at[1]}
}

// said lists what was chosen, in short: statements apart by |, further sources
// behind +, rivals behind !.
func said(r *reading.Reader, e *Evidence) string {
	c := r.Corpus()
	var parts []string
	for _, s := range e.Statements {
		text := c.SentenceText(s.Main.Number)
		for _, o := range s.Also {
			text += " + " + c.SentenceText(o.Number)
		}
		parts = append(parts, text)
	}
	out := strings.Join(parts, " | ")
	for _, o := range e.Rivals {
		out += " ! " + c.SentenceText(o.Number)
	}
	return out
}

// TestChoose guards what comes of sentences that clearly say the same, clearly
// differ, or are not likely enough.
func TestChoose(t *testing.T) {
	const howLong = "How long did the walk across the Sel pass take?"
	tests := []struct {
		name, asked   string
		texts         []string
		probabilities []float64
		want          string
	}{
		{"nothing read", howLong, nil, nil, ""},
		{"not likely enough", howLong, []string{nine}, []float64{.49}, ""},
		{"one", howLong, []string{nine}, []float64{.5}, nine},
		{"the others are not likely enough", howLong, []string{nine, hours, seven}, []float64{.9, .09, .09}, nine},
		{"the others are not likely enough by themselves", howLong, []string{nine, hours, seven}, []float64{.9, .1, .1}, nine + " + " + hours + " ! " + seven},
		{"no rival as likely as the first where the first is not likely enough", howLong, []string{nine, seven}, []float64{.49, .49}, ""},
		{"the same in other words", howLong, []string{nine, hours}, []float64{.9, .8}, nine + " + " + hours},
		{"another figure", howLong, []string{nine, seven}, []float64{.9, .8}, nine + " ! " + seven},
		{"both", howLong, []string{nine, seven, hours}, []float64{.9, .8, .7}, nine + " + " + hours + " ! " + seven},
		{"two reasons where one thing is asked", "Was the ferry late?", []string{because, crew}, []float64{.9, .8}, because},
	}
	r := newReader(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := question.Read(answer.Question{Text: tt.asked})
			got, err := Choose(t.Context(), r, q, readAs(t, r, tt.texts, tt.probabilities), Options{Threshold: .5, Most: 4})
			if err != nil {
				t.Fatal(err)
			}
			if text := said(r, got); text != tt.want {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := question.Read(answer.Question{Text: howLong})
	if _, err := Choose(ctx, r, q, readAs(t, r, []string{nine, seven}, []float64{.9, .8}), Options{Threshold: .5, Most: 4}); err == nil {
		t.Error("no error after the caller has gone away")
	}
}

// TestPlace guards where a sentence goes by how it stands to the first one.
func TestPlace(t *testing.T) {
	const same, differs, adds = "same", "differs", "adds"
	relations := map[string]reading.Relation{
		"values near": {Same: .8, Differ: .1, Adds: .1, Values: quantity.Compatible}, "values apart": {Same: .8, Differ: .1, Adds: .1, Values: quantity.Different},
		"values the same": {Same: .8, Differ: .1, Adds: .1, Values: quantity.Same},
		same:              {Same: .3, Beside: .7}, differs: {Differ: .3, Beside: .7}, adds: {Adds: .21, Beside: .79},
		"hardly the same": {Same: .29, Beside: .71}, "hardly differs": {Differ: .29, Beside: .71}, "hardly adds": {Adds: .2, Beside: .8},
		"differs in the same words": {Differ: .9, Beside: .1, Values: quantity.Same},
		"unlikely":                  {Adds: .8, Beside: .2}, "values near, unlikely": {Same: .2, Beside: .8, Values: quantity.Compatible},
		"adds or differs": {Differ: .2, Adds: .2, Beside: .6},
	}
	at := func(article int) reading.Sentence {
		return reading.Sentence{Article: article, Number: article, Probability: .5}
	}
	tests := []struct {
		name    string
		several bool
		also    []int // articles of the first statement's further sources
		more    int   // statements there are beside the first
		article int   // of the sentence; the first statement's is 0
		how     string
		want    string // "source", "rival", "statement" or empty
	}{
		{"the same", false, nil, 0, 1, same, "source"},
		{"the same with the same value", false, nil, 0, 1, "values the same", "source"},
		{"a value that is only near", false, nil, 0, 1, "values near", "rival"},
		{"a value that is only near, within an article", false, nil, 0, 0, "values near", ""},
		{"a value that is only near, but it hardly answers", false, nil, 0, 1, "values near, unlikely", ""},
		{"the same, but with another value", false, nil, 0, 1, "values apart", ""},
		{"the same, of the same article", false, nil, 0, 0, same, ""},
		{"the same, of an article that is a source", false, []int{1}, 0, 1, same, ""},
		{"the same, a second source", false, []int{1}, 0, 2, same, "source"},
		{"the same, a third source", false, []int{1, 2}, 0, 3, same, ""},
		{"differs", false, nil, 0, 1, differs, "rival"},
		{"differs, but answers with the same", false, nil, 0, 1, "differs in the same words", ""},
		{"differs within an article", false, nil, 0, 0, differs, ""},
		{"differs where several are asked", true, nil, 0, 1, differs, "rival"},
		{"adds where one is asked", false, nil, 0, 1, adds, ""},
		{"adds where several are asked", true, nil, 0, 1, adds, "statement"},
		{"adds within an article", true, nil, 0, 0, adds, "statement"},
		{"adds, but there are enough", true, nil, 2, 1, adds, ""},
		{"hardly the same", false, nil, 0, 1, "hardly the same", ""},
		{"hardly differs", false, nil, 0, 1, "hardly differs", ""},
		{"hardly adds", true, nil, 0, 1, "hardly adds", ""},
		{"differs as likely", true, nil, 0, 1, "adds or differs", ""},
		{"adds, but is unlikely", true, nil, 0, 1, "unlikely", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := &Evidence{Statements: []Statement{{Main: at(0)}}}
			for _, a := range tt.also {
				e.Statements[0].Also = append(e.Statements[0].Also, at(a))
			}
			for range tt.more {
				e.Statements = append(e.Statements, Statement{Main: at(9)})
			}
			s := at(tt.article)
			if strings.HasSuffix(tt.how, "unlikely") {
				s.Probability = .49
			}
			how, ok := relations[tt.how]
			if !ok {
				t.Fatalf("no relation %q", tt.how)
			}
			e.place(&question.Question{Several: tt.several}, s, how, Options{Threshold: .5, Most: 3})
			got := ""
			switch {
			case len(e.Statements[0].Also) > len(tt.also):
				got = "source"
			case len(e.Rivals) > 0:
				got = "rival"
			case len(e.Statements) > 1+tt.more:
				got = "statement"
			}
			if got != tt.want {
				t.Errorf("it becomes %q, want %q", got, tt.want)
			}
		})
	}
}

// TestLooked guards that not more sentences are compared than are worth the time.
func TestLooked(t *testing.T) {
	r := newReader(t)
	texts := []string{nine, because, because, because, because, because, hours}
	p := []float64{.9, .8, .8, .8, .8, .8, .8}
	q := question.Read(answer.Question{Text: "How long did the walk across the Sel pass take?"})
	got, err := Choose(t.Context(), r, q, readAs(t, r, texts, p), Options{Threshold: .5, Most: 4})
	if err != nil {
		t.Fatal(err)
	}
	if also := got.Statements[0].Also; len(also) > 0 {
		t.Errorf("the seventh sentence was looked at: %+v", also)
	}
}
