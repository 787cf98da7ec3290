package conflict

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/evidence"
	"parley/bot/answer/reading"
	"parley/corpus"
)

// brief is a report of one sentence, with the words that answer.
type brief struct {
	day    int // of May 2025; 0 for none
	text   string
	answer string
}

// corpusOf makes an article of each report, and the sentences that answer.
func corpusOf(t *testing.T, briefs ...brief) (*corpus.Corpus, []reading.Sentence) {
	t.Helper()
	var articles []corpus.Article
	for i, b := range briefs {
		a := corpus.Article{ID: string(rune('a' + i)), Title: "Brief " + string(rune('A'+i)), Body: b.text}
		if b.day > 0 {
			a.Published = time.Date(2025, time.May, b.day, 0, 0, 0, 0, time.UTC)
		}
		articles = append(articles, a)
	}
	c, err := corpus.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	var out []reading.Sentence
	for i, b := range briefs {
		first, end := c.ArticleSentences(i)
		at := strings.Index(b.text, b.answer)
		if end != first+1 || at < 0 {
			t.Fatalf("%q has %d sentences, %q at %d", b.text, end-first, b.answer, at)
		}
		out = append(out, reading.Sentence{Number: first, Article: i, Answer: corpus.Span{Start: at, End: at + len(b.answer)}})
	}
	return c, out
}

// rival is a sentence that differs from the first with a probability.
func rival(c *corpus.Corpus, first, s reading.Sentence, differ float64) evidence.Rival {
	return evidence.Rival{Sentence: s, Relation: reading.Relation{Differ: differ, Adds: 1 - differ, Values: reading.Values(c, first, s)}}
}

func TestFind(t *testing.T) {
	nine := brief{2, "The talks lasted nine hours.", "nine hours"}
	tests := []struct {
		name   string
		first  brief
		second brief
		differ float64
		want   answer.Kind // empty for no dispute
		turned bool        // the second report is told first
	}{
		{"figures", nine, brief{2, "The talks lasted seven hours.", "seven hours"}, .9, answer.Figures, false},
		{"the same in other units", nine, brief{2, "The talks lasted 540 minutes.", "540 minutes"}, .9, "", false},
		{"compatible", nine, brief{2, "The talks lasted more than eight hours.", "more than eight hours"}, .9, answer.Differing, false},
		{"names", brief{2, "Mara Quill won.", "Mara Quill"}, brief{2, "Tobin Hale won.", "Tobin Hale"}, .9, answer.Disputed, false},
		{"values that do not answer", brief{2, "Mara Quill won after nine hours.", "Mara Quill"}, brief{2, "Tobin Hale won after nine hours.", "Tobin Hale"}, .9, answer.Disputed, false},
		{"values of other kinds", nine, brief{2, "The talks lasted until 16:30.", "16:30"}, .9, answer.Disputed, false},
		{"a later state", brief{2, "The storm killed 12 people.", "12 people"}, brief{4, "The storm has now killed 20 people.", "20 people"}, .9, answer.Superseded, false},
		{"a later state, found first", brief{4, "The storm has now killed 20 people.", "20 people"}, brief{2, "The storm killed 12 people.", "12 people"}, .9, answer.Superseded, true},
		{"the earlier one says now", brief{2, "The storm has now killed 12 people.", "12 people"}, brief{4, "The storm killed 20 people.", "20 people"}, .9, answer.Figures, false},
		{"now, but of one day", brief{2, "The storm killed 12 people.", "12 people"}, brief{2, "The storm has now killed 20 people.", "20 people"}, .9, answer.Figures, false},
		{"now, but one has no day", brief{0, "The storm killed 12 people.", "12 people"}, brief{2, "The storm has now killed 20 people.", "20 people"}, .9, answer.Figures, false},
		{"a later state without figures", brief{2, "The pass is open.", "open"}, brief{4, "The pass is no longer open.", "no longer"}, .9, answer.Superseded, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, s := corpusOf(t, tt.first, tt.second)
			got, ok := Find(c, &evidence.Evidence{Statements: []evidence.Statement{{Main: s[0]}}, Rivals: []evidence.Rival{rival(c, s[0], s[1], tt.differ)}})
			if got.Kind != tt.want || ok != (tt.want != "") {
				t.Fatalf("got %q, found: %v, want %q", got.Kind, ok, tt.want)
			}
			if !ok {
				return
			}
			want := []int{s[0].Number, s[1].Number}
			if tt.turned {
				slices.Reverse(want)
			}
			if len(got.Sides) != 2 || got.Sides[0].Number != want[0] || got.Sides[1].Number != want[1] {
				t.Errorf("got sides %+v, want sentences %v", got.Sides, want)
			}
		})
	}
}

// TestFindTheClearest guards that of several rivals the one is told that differs
// most clearly, and one that says the same never.
func TestFindTheClearest(t *testing.T) {
	c, s := corpusOf(t, brief{2, "The talks lasted nine hours.", "nine hours"}, brief{2, "The talks lasted seven hours.", "seven hours"},
		brief{2, "The talks lasted six hours.", "six hours"}, brief{2, "The talks lasted 540 minutes.", "540 minutes"})
	ev := &evidence.Evidence{
		Statements: []evidence.Statement{{Main: s[0]}},
		Rivals:     []evidence.Rival{rival(c, s[0], s[1], .7), rival(c, s[0], s[2], .8), rival(c, s[0], s[3], .9)},
	}
	got, ok := Find(c, ev)
	if !ok || got.Sides[1].Number != s[2].Number {
		t.Errorf("got %+v, found: %v, want the second rival", got, ok)
	}
	if ev.Rivals[0].Number != s[1].Number {
		t.Error("the evidence was put in another order")
	}
	if got, ok := Find(c, &evidence.Evidence{Statements: ev.Statements}); ok {
		t.Errorf("got %+v without a rival", got)
	}
	if got, ok := Find(c, &evidence.Evidence{}); ok {
		t.Errorf("got %+v of nothing", got)
	}
}

func TestUpdate(t *testing.T) {
	for text, want := range map[string]bool{
		"The toll has now reached 20.":            true,
		"Police revised the toll.":                true,
		"The toll has since risen.":               true,
		"The toll has fallen.":                    true,
		"The mayor had earlier put it at 12.":     true,
		"It is no longer known.":                  true,
		"The updated list has 20 names.":          true,
		"The toll rose to 20.":                    true,
		"The toll is 20, up from 12.":             true,
		"The concert was postponed to 19 June.":   true,
		"Quill is mayor, replacing Hale.":         true,
		"The mayor knows 20 of them.":             false,
		"The toll rose.":                          false,
		"The nowcast says rain.":                  false,
		"She came earlier than Quill.":            false,
		"The committee reported on its findings.": false,
	} {
		if got := update.MatchString(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
