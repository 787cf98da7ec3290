// Package retrievaltest holds the contracts of the retrieval interfaces:
// [RankerContract] and [EmbedderContract] run on every implementation.
package retrievaltest

import (
	"fmt"
	"strings"
	"testing"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Analyze makes a forward index of articles.
func Analyze(t testing.TB, articles ...corpus.Article) *analysis.Forward {
	t.Helper()
	c, err := corpus.New(articles)
	if err != nil {
		t.Fatalf("new corpus: %v", err)
	}
	return analysis.Analyze(c)
}

// Articles returns n articles of about 60 words each over ten topics. Each has
// the word "article" followed by its number in letters, such as "articlebd",
// which no other has, and every fifth is a copy of the one before it but for its title.
func Articles(n int) []corpus.Article {
	out := make([]corpus.Article, n)
	state := uint64(1)
	next := func(n int) int { // a linear congruential generator: the same on every run
		state = state*6364136223846793005 + 1442695040888963407
		return int(state>>33) % n
	}
	for i := range out {
		out[i] = corpus.Article{ID: fmt.Sprintf("a%04d", i), Title: "Report " + Unique(i)}
		if i%5 == 4 {
			out[i].Body = out[i-1].Body
			continue
		}
		words := make([]string, 0, 60)
		for range 58 {
			words = append(words, fmt.Sprint("topic", letters(i%10), "word", letters(next(40))))
		}
		for range 2 {
			words = append(words, fmt.Sprint("common", letters(next(20))))
		}
		out[i].Body = strings.Join(words, " ") + ". " + Unique(i) + " closed."
	}
	return out
}

// Unique is a word of the i-th of [Articles].
func Unique(i int) string { return "article" + letters(i) }

func letters(i int) string {
	b := []byte{}
	for ; i > 0 || len(b) == 0; i /= 26 {
		b = append(b, byte('a'+i%26))
	}
	return string(b)
}

var _ retrieval.Parser = Parser{}

// Parser reads a query into the terms of its words as they stand: the least that
// a [retrieval.Parser] does.
type Parser struct {
	Forward *analysis.Forward
}

// Parse looks up every word that is not a stop word.
func (p Parser) Parse(q retrieval.Query) *retrieval.Parsed {
	parsed := &retrieval.Parsed{Query: q}
	for _, t := range analysis.Tokenize(q.Text) {
		id := p.Forward.Lookup(t.Word)
		if id != analysis.NoTerm && p.Forward.Stop(id) {
			continue
		}
		parsed.Terms = append(parsed.Terms, retrieval.Term{
			Word: t.Word, Start: t.Start, End: t.End, ID: id,
			Boost: 1, Weight: p.Forward.IDF(id), Upper: t.Upper, Number: t.Number,
		})
	}
	return parsed
}
