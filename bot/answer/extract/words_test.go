package extract

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/corpus"
)

// speeches are made-up articles with what people said, in their words and in others'.
func speeches(t *testing.T) *Engine {
	t.Helper()
	return over(t, build(t, []corpus.Article{
		{ID: "gate", Title: "Speeches at the gate", Publisher: "Orlen Post", Published: may(5), Body: "Anna Feld, the mayor, said on Monday that the gate of the dam would be mended in May. “The gate will hold,” Feld said of the dam. Peter Lund spoke next. “Nobody will sleep behind that gate,” he said. “It is a fine gate,” a child cried."},
		{ID: "roof", Title: "The roof", Publisher: "Valley Courier", Published: may(6), Body: "“A roof is a roof,” the clerk wrote. Peter Lund praised the roof of the school."},
	}), Options{Threshold: DefaultThreshold, MaxSentences: 1})
}

// TestWords guards that who asks for somebody's words gets a quotation of theirs, and
// who asks for what they said, what tells it best.
func TestWords(t *testing.T) {
	e := speeches(t)
	for _, text := range []string{"What did Feld say about the gate of the dam, word for word?", "Quote Feld on the gate", "What were Anna Feld's exact words about the dam?"} {
		a := ask(t, e, answer.Question{Text: text})
		if got := cites(a); !slices.Equal(got, []string{"“The gate will hold,” Feld said of the dam."}) {
			t.Errorf("%q: got %s", text, a.Text)
		}
	}
	surer := paper(t)
	surer.opts.Threshold = .9 // more than the quotation has
	if got := cites(ask(t, surer, answer.Question{Text: "Quote Feld on the valley"})); !slices.Equal(got, []string{"“We will not leave the valley to the water,” Feld said."}) {
		t.Errorf("a likely quotation: got %q", got)
	}
	if a := ask(t, e, answer.Question{Text: "Quote Zanzibar on the zeppelins"}); !a.Abstained {
		t.Errorf("got %s", a.Text)
	}
}

// TestQuotes guards whose quotation a sentence is.
func TestQuotes(t *testing.T) {
	e := speeches(t)
	for _, tt := range []struct {
		sentence, speaker string
		want              bool
	}{
		{"“The gate will hold,” Feld said of the dam.", "Anna Feld", true},
		{"“The gate will hold,” Feld said of the dam.", "Peter Lund", false},
		{"“The gate will hold,” Feld said of the dam.", "", true},
		{"“Nobody will sleep behind that gate,” he said.", "Peter Lund", true}, // the one before names him
		{"“It is a fine gate,” a child cried.", "Peter Lund", false},
		{"Anna Feld, the mayor, said on Monday that the gate of the dam would be mended in May.", "Anna Feld", false},
		{"“A roof is a roof,” the clerk wrote.", "a child", false}, // the one before is of another article
	} {
		if got := e.quotes(number(t, e, tt.sentence), tt.speaker); got != tt.want {
			t.Errorf("%q of %q: got %v, want %v", tt.sentence, tt.speaker, got, tt.want)
		}
	}
}

// TestSaying guards that quotations come first, the others behind in their order, and
// that a quotation is enough with less; without one nothing changes.
func TestSaying(t *testing.T) {
	e := speeches(t)
	q, r := readAs(t, e, "Quote Feld on the gate", "Anna Feld, the mayor, said on Monday that the gate of the dam would be mended in May.")
	before := slices.Clone(r.Sentences)
	for i := range r.Sentences {
		r.Sentences[i].Probability = .3
	}
	out, enough := e.saying(q, r)
	if first := e.corpus.SentenceText(out.Sentences[0].Number); !strings.HasPrefix(first, "“The gate will hold") || enough >= .3 || enough <= 0 {
		t.Errorf("got %q first, %v is enough", first, enough)
	}
	if r.Sentences[0].Number != before[0].Number || out.Sentences[1].Number != before[0].Number {
		t.Error("what was read has changed, or the order of the others")
	}
	for name, change := range map[string]func(){
		"nobody": func() { q = question.Read(answer.Question{Text: "Quote Zanzibar on the gate"}) },
		"unlikely": func() {
			q = question.Read(answer.Question{Text: "Quote Feld on the gate"})
			for i := range r.Sentences {
				r.Sentences[i].Probability = .1
			}
		},
	} {
		change()
		if same, enough := e.saying(q, r); enough != DefaultThreshold || same != r {
			t.Errorf("%s: %v is enough, and what was read has changed: %v", name, enough, same != r)
		}
	}
}
