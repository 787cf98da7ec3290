package generate

import (
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/conflict"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/corpus"
)

const howLong = "How long did the negotiations last?"

// side is a sentence of the strike with the words of it that answer.
func side(t testing.TB, c *corpus.Corpus, text, answers string) reading.Sentence {
	t.Helper()
	n := find(t, c, text)
	s := c.Sentences[n]
	at := strings.Index(c.SentenceText(n), answers)
	if at < 0 {
		t.Fatalf("%q is not in %q", answers, text)
	}
	return reading.Sentence{Number: n, Article: s.Article, Answer: corpus.Span{Start: s.Start + at, End: s.Start + at + len(answers)}}
}

// TestTellsBothSides guards that accounts that differ are both told, with their
// names, whatever the model makes of them.
func TestTellsBothSides(t *testing.T) {
	courier := said{"The Harbor Courier reports that the negotiations lasted seven hours and ended without a deal.", []string{sevenHours}}
	mail := said{"According to the Sandmouth Mail, the negotiations lasted nine hours and ended without a deal.", []string{nineHours}}
	tests := []struct {
		name    string
		scripts []script
		woven   bool
		once    string // stands in the answer once
	}{
		{"told", []script{writes(courier, mail)}, true, "seven hours"},
		{"told the other way round", []script{writes(mail, courier)}, true, "nine hours"},
		{"one side", []script{writes(courier)}, false, "nine hours"},
		{"the other side", []script{writes(mail)}, false, "seven hours"},
		{"without names", []script{writes(said{sevenHours, []string{sevenHours}}, said{nineHours, []string{nineHours}})}, false, "Harbor Courier"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, m := generative(t, tt.scripts...)
			ctx := t.Context()
			w := &writing{e: e, q: answer.Question{Text: howLong}, log: e.opts.Log}
			w.u = question.Read(w.q)
			w.understand(ctx)
			if err := w.readArticles(ctx); err != nil {
				t.Fatal(err)
			}
			// Whether they differ is found elsewhere.
			w.dispute = &conflict.Dispute{Kind: answer.Figures, Sides: []reading.Sentence{side(t, e.corpus, sevenHours, "seven hours"), side(t, e.corpus, nineHours, "nine hours")}}
			if err := w.write(ctx); err != nil {
				t.Fatal(err)
			}
			a, err := w.result(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range wrongWith(e.corpus, a) {
				t.Error(problem)
			}
			prompt := m.prompts[0].Messages[0].Text
			for _, want := range []string{"The articles differ here", `"article":"Harbor Courier"`, `"article":"Sandmouth Mail"`} {
				if !strings.Contains(prompt, want) {
					t.Errorf("the prompt does not say %s: %s", want, prompt)
				}
			}
			if a.Engine != "scripted" || len(a.Conflicts) != 1 || a.Conflicts[0].Woven != tt.woven || a.Conflicts[0].Kind != answer.Figures {
				t.Fatalf("got conflicts %+v of %s", a.Conflicts, a.Text)
			}
			for _, want := range []string{"seven hours", "nine hours", "Harbor Courier", "Sandmouth Mail"} {
				if !strings.Contains(a.Text, want) {
					t.Errorf("got %q, want %q in it", a.Text, want)
				}
			}
			if strings.Count(a.Text, tt.once) != 1 {
				t.Errorf("got %q, want %q in it once", a.Text, tt.once)
			}
			if quoted := strings.HasPrefix(a.Text, quote.Heading(answer.Figures)); quoted == tt.woven {
				t.Errorf("the sides are quoted in front: %v: %s", quoted, a.Text)
			}
		})
	}
}

// TestFindsBothSides guards that the model is told of two accounts that answer one
// question with other figures.
func TestFindsBothSides(t *testing.T) {
	m := &scripted{scripts: []script{writes(said{sevenHours, []string{sevenHours}})}}
	e := newEngine(t, m, likely, Options{})
	a, err := e.Answer(t.Context(), answer.Question{Text: howLong})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range wrongWith(e.corpus, a) {
		t.Error(problem)
	}
	if !strings.Contains(m.prompts[0].Messages[0].Text, "The articles differ here") || len(a.Conflicts) != 1 {
		t.Fatalf("got conflicts %+v of %s", a.Conflicts, a.Text)
	}
	for _, want := range []string{"seven hours", "nine hours"} {
		if !strings.Contains(a.Text, want) {
			t.Errorf("got %q, want %q in it", a.Text, want)
		}
	}
}

func TestTells(t *testing.T) {
	e, _ := generative(t, puts(""))
	w := &writing{e: e}
	s := side(t, e.corpus, nineHours, "nine hours")
	tests := []struct {
		name, text, cites string
		want              bool
	}{
		{"with outlet and figure", "The Sandmouth Mail says that they lasted nine hours.", nineHours, true},
		{"the figure in digits", "The Sandmouth Mail says that they lasted 9 hours.", nineHours, true},
		{"with its title", "In “Talks on night shifts drag on in Sandmouth” they lasted nine hours.", nineHours, true},
		{"without a name", "They lasted nine hours.", nineHours, false},
		{"under another name", "The Harbor Courier says that they lasted nine hours.", nineHours, false},
		{"another figure", "The Sandmouth Mail says that they lasted seven hours.", nineHours, false},
		{"no figure", "The Sandmouth Mail says that they ended.", nineHours, false},
		{"of another sentence", "The Sandmouth Mail says that they lasted nine hours.", sevenHours, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &answer.Answer{}
			quote.NewWriter(e.corpus, a).Claim(tt.text, find(t, e.corpus, tt.cites))
			if _, got := w.tells(a, s); got != tt.want {
				t.Errorf("%q tells the side: %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}
