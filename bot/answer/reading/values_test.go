package reading

import (
	"strings"
	"testing"
	"time"

	"parley/bot/answer/quantity"
	"parley/corpus"
)

// brief is a report of one sentence, with the words that answer.
type brief struct {
	day    int // of May 2025; 0 for none
	text   string
	answer string
}

// corpusOf makes an article of each report, and the sentences that answer.
func corpusOf(t *testing.T, briefs ...brief) (*corpus.Corpus, []Sentence) {
	t.Helper()
	var articles []corpus.Article
	for i, b := range briefs {
		a := corpus.Article{ID: string(rune('a' + i)), Title: "Brief " + string(rune('A'+i)), Body: "It was so. " + b.text}
		if b.day > 0 {
			a.Published = time.Date(2025, time.May, b.day, 0, 0, 0, 0, time.UTC)
		}
		articles = append(articles, a)
	}
	c, err := corpus.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	var out []Sentence
	for i, b := range briefs {
		first, end := c.ArticleSentences(i)
		at := strings.LastIndex(articles[i].Body, b.answer)
		if end != first+2 || at < 0 {
			t.Fatalf("%q has %d sentences, %q at %d", b.text, end-first, b.answer, at)
		}
		s := Sentence{Number: first + 1, Article: i, Answer: corpus.Span{Start: at, End: at + len(b.answer)}}
		if b.answer == "" {
			s.Answer = corpus.Span{}
		}
		out = append(out, s)
	}
	return c, out
}

// TestValues guards that only what answers is compared, and the best of it.
func TestValues(t *testing.T) {
	tests := []struct {
		name string
		a, b brief
		want quantity.Relation
	}{
		{"one of two is the same", brief{2, "It took 40 men two days.", "40 men two days"}, brief{2, "It took 12 men two days.", "12 men two days"}, quantity.Same},
		{"the same before what is compatible", brief{2, "It took 40 men two days.", "40 men two days"}, brief{2, "It took 40 men at least two days.", "40 men at least two days"}, quantity.Same},
		{"compatible", brief{2, "It took at least two days.", "at least two days"}, brief{2, "It took three days.", "three days"}, quantity.Compatible},
		{"rounded", brief{2, "5,000 homes burned.", "5,000 homes"}, brief{2, "4,870 homes burned.", "4,870 homes"}, quantity.Same},
		{"a day of a month", brief{2, "It burned in May 2025.", "in May 2025"}, brief{2, "It burned on 2 May 2025.", "2 May 2025"}, quantity.Same},
		{"other figures", brief{2, "It took two days.", "two days"}, brief{2, "It took three days.", "three days"}, quantity.Different},
		{"one of two is compatible", brief{2, "It took 40 men at least two days.", "40 men at least two days"}, brief{2, "It took 12 men three days.", "12 men three days"}, quantity.Compatible},
		{"the other of two is compatible", brief{2, "It took at least two days and 40 men.", "at least two days and 40 men"}, brief{2, "It took three days and 12 men.", "three days and 12 men"}, quantity.Compatible},
		{"beside what answers", brief{2, "It took two days for 12 men.", "two days"}, brief{2, "It took 40 men three days.", "40 men"}, quantity.Incomparable},
		{"none", brief{2, "It took long.", "long"}, brief{2, "It took three days.", "three days"}, quantity.Incomparable},
		{"nothing answers", brief{2, "It took two days.", ""}, brief{2, "It took three days.", "three days"}, quantity.Incomparable},
		{"a part of the value", brief{2, "It took two days.", "two"}, brief{2, "It took three days.", "days"}, quantity.Different},
		{"the words before a value", brief{2, "It took two days.", "It took "}, brief{2, "It took three days.", "three days"}, quantity.Incomparable},
		{"the words behind a value", brief{2, "It took two days.", "."}, brief{2, "It took three days.", "three days"}, quantity.Incomparable},
		{"days of the week by the day of the report", brief{2, "It ended on Thursday.", "Thursday"}, brief{9, "It ended on Thursday.", "Thursday"}, quantity.Different},
		{"a date and a day of the week", brief{2, "It ended on Thursday.", "Thursday"}, brief{9, "It ended on 1 May 2025.", "1 May 2025"}, quantity.Same},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, s := corpusOf(t, tt.a, tt.b)
			if got := Values(c, s[0], s[1]); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if got := Values(c, s[1], s[0]); got != tt.want {
				t.Errorf("the other way round: got %v, want %v", got, tt.want)
			}
		})
	}
}
