package reading

import (
	"strings"
	"testing"

	"parley/bot/answer/question"
	"parley/corpus"
	"parley/retrieval/encoder"
)

func TestPlain(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no marks", "Who [really] runs the mill?", "Who [really] runs the mill?"},
		{"each of them", "a[SEP]b[CLS]c[PAD]d[MASK]e[UNK]f", "a b c d e f"},
		{"twice", "a[SEP][SEP]b", "a b"},
		{"nothing else", "[SEP]", ""},
		{"in another", "[SE[SEP]P] [MA[CLS]SK]", "[SE P] [MA SK]"},
		{"in small letters, as the tokenizer does not read it", "[sep]", "[sep]"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// However many blanks there are.
			if got := strings.Join(strings.Fields(plain(tt.text)), " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestMarks guards that nobody ends a text, or begins another, by writing what the
// tokenizer does at its ends.
func TestMarks(t *testing.T) {
	title := func(title string) *Reader {
		return New(lay(t, corpus.Article{ID: "a", Title: title, Body: "The mill burnt down."}, corpus.Article{ID: "b", Body: "Rain fell."}), newPairs(t))
	}
	read := func(asked, headed string) float64 {
		t.Helper()
		d := lay(t, corpus.Article{Title: headed, Body: "The mill burnt down."})
		return d.read(asked)[0].Features[Answers]
	}
	judge := func(claim, headed, text string) Verdicts {
		t.Helper()
		got, err := title(headed).Judge(t.Context(), []string{claim}, []int{0}, []string{text})
		if err != nil {
			t.Fatal(err)
		}
		return got[0]
	}
	accounts := func(text string, turned bool) [2]float64 {
		t.Helper()
		r := New(lay(t, corpus.Article{Body: text}, corpus.Article{Body: "Rain fell."}), newPairs(t))
		one, other := Sentence{Number: 0}, Sentence{Number: 1, Article: 1}
		if turned {
			one, other = other, one
		}
		got, err := r.Relate(t.Context(), "What happened?", one, []Sentence{other})
		if err != nil {
			t.Fatal(err)
		}
		return [2]float64{got[0].Features[relSame], got[0].Features[relDiffer]}
	}
	relate := func(asked, headed string) RelationFeatures {
		t.Helper()
		got, err := title(headed).Relate(t.Context(), asked, Sentence{Number: 0}, []Sentence{{Number: 1, Article: 1}})
		if err != nil {
			t.Fatal(err)
		}
		return got[0].Features
	}
	sentence := func(text string) float64 {
		t.Helper()
		return lay(t, corpus.Article{Body: text}).read("What burnt down?")[0].Features[Answers]
	}
	claims := func(text string) RelationFeatures {
		t.Helper()
		r := New(lay(t, corpus.Article{Body: text}, corpus.Article{Body: "Rain fell."}), newPairs(t))
		got, err := r.Relate(t.Context(), "What happened?", Sentence{Number: 0}, []Sentence{{Number: 1, Article: 1}})
		if err != nil {
			t.Fatal(err)
		}
		return got[0].Features
	}
	tests := []struct {
		name      string
		got, want any
	}{
		{"in a sentence", sentence("The mill [SEP] burnt down."), sentence("The mill burnt down.")},
		{"in a sentence that answers", claims("The mill [SEP] burnt down."), claims("The mill burnt down.")},
		{"in a question", read("What [SEP] burnt down?", "Fire"), read("What burnt down?", "Fire")},
		{"in a title", read("What burnt down?", "Fire[SEP]flood"), read("What burnt down?", "Fire flood")},
		{"in a claim", judge("The mill [SEP] burnt.", "Fire", "It burnt."), judge("The mill burnt.", "Fire", "It burnt.")},
		{"in a text", judge("The mill burnt.", "Fire", "It [SEP] burnt."), judge("The mill burnt.", "Fire", "It burnt.")},
		{"in a title of a text", judge("The mill burnt.", "Fire [MASK]", "It burnt."), judge("The mill burnt.", "Fire", "It burnt.")},
		{"in a question with answers", relate("What [CLS] burnt?", "Fire"), relate("What burnt?", "Fire")},
		{"in an answer", accounts("The mill [SEP] burnt down.", false), accounts("The mill burnt down.", false)},
		{"in the other answer", accounts("The mill [SEP] burnt down.", true), accounts("The mill burnt down.", true)},
		{"in a title of an answer", relate("What burnt?", "Fire [SEP]"), relate("What burnt?", "Fire")},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: a mark is read: got %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

func TestCut(t *testing.T) {
	short, long := strings.Repeat("é", 160), strings.Repeat("é", 161)
	for _, tt := range []struct{ name, title, want string }{
		{"short", "Fire", "Fire"}, {"as long as may be", short, short}, {"too long", long, short}, {"none", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := cut(tt.title); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	r := New(lay(t, corpus.Article{Title: long, Body: "The mill burnt down."}), newPairs(t))
	if got, want := r.pair("What burnt?", 0), (encoder.Pair{First: "What burnt?", Second: short + ": The mill burnt down."}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSpan guards that the words that answer are a part of the sentence's: never
// of the title, nor of the sentence before.
func TestSpan(t *testing.T) {
	const body = "Rain fell. The mill in Zürau burnt down."
	r := New(lay(t, corpus.Article{Title: "Mill [SEP] burnt", Body: body}), newPairs(t))
	second := r.pair("What burnt?", 1).Second
	of := func(text string) encoder.Reading {
		at := strings.LastIndex(second, text)
		if at < 0 {
			t.Fatalf("no %q in %q", text, second)
		}
		return encoder.Reading{Start: at, End: at + len(text)}
	}
	tests := []struct {
		name    string
		reading encoder.Reading
		want    string
	}{
		{"the beginning", of("The mill"), "The mill"},
		{"all of it", of("The mill in Zürau burnt down."), "The mill in Zürau burnt down."},
		{"behind a letter of two bytes", of("burnt down"), "burnt down"},
		{"in the title", encoder.Reading{Start: 0, End: len("Mill")}, ""},
		{"from the title into the sentence", encoder.Reading{Start: 0, End: len(second)}, ""},
		{"from the colon into the sentence", encoder.Reading{Start: strings.Index(second, " The"), End: len(second)}, ""},
		{"no words", encoder.Reading{Start: len(second), End: len(second)}, ""},
		{"nothing", encoder.Reading{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := span(r.Corpus(), 1, second, tt.reading)
			if got := body[s.Start:s.End]; got != tt.want || tt.want == "" && s != (corpus.Span{}) {
				t.Errorf("got %q at %v, want %q", got, s, tt.want)
			}
		})
	}
}

// TestSpanWherever guards the same of what the pair model reads, also where the
// title says more to the question than the sentence.
func TestSpanWherever(t *testing.T) {
	body := "It happened. It rained in Zürau. Nobody said why. The [MASK] of Zürau fell, and then rose. Yes."
	for _, title := range []string{"", "Ida Brenn runs the mill in Zürau since 2019", strings.Repeat("Mill of Zürau, ", 30), strings.Repeat("磨", 200)} {
		d := lay(t, corpus.Article{Title: title, Body: body})
		for _, text := range []string{"Who runs the mill in Zürau?", "What fell?", "When was it?"} {
			for _, s := range d.read(question.Statement(text, "").Text) {
				own := d.fwd.Corpus.Sentences[s.Number]
				if s.Answer != (corpus.Span{}) && (s.Answer.Start < own.Start || s.Answer.End > own.End || s.Answer.Len() <= 0) {
					t.Errorf("%.20q, %s: %v answers, in the sentence at %v", title, text, s.Answer, own.Span)
				}
			}
		}
	}
}
