// Package retrieval finds the passages of a corpus that a question is about.
//
// An [Index] asks several rankers (BM25 on stems, BM25 on character 4-grams,
// vectors), normalises what they score, adds it up by weight, lets outlets and
// dates that the question names act on the sum, filters, and only then cuts to
// the limit. The rankers live in packages below this one.
package retrieval

import (
	"context"
	"slices"
	"time"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// Filter narrows a search. Zero fields do not filter.
type Filter struct {
	Articles []string  // article IDs
	Since    time.Time // articles dated on or after
	Until    time.Time // articles dated on or before that day
}

// Active reports whether a filter leaves anything out.
func (f *Filter) Active() bool {
	return len(f.Articles) > 0 || !f.Since.IsZero() || !f.Until.IsZero()
}

// Allows reports whether a filter lets an article through.
func (f *Filter) Allows(a *corpus.Article) bool {
	if len(f.Articles) > 0 && !slices.Contains(f.Articles, a.ID) {
		return false
	}
	date := midnight(a.Date())
	if !f.Since.IsZero() && (date.IsZero() || date.Before(midnight(f.Since))) {
		return false
	}
	return f.Until.IsZero() || !date.IsZero() && !date.After(midnight(f.Until))
}

// Query is one search.
type Query struct {
	Text         string
	AsOf         time.Time // the question's date; zero when unknown
	Filter       Filter
	Limit        int      // hits wanted; 0 means DefaultLimit, below 0 none: then only the terms are read
	Context      []string // earlier turns, oldest first, that lend their words
	ContextBoost float64  // what their words count, 0 to 1
	Explain      bool     // fill Hit.Why
}

// Reason is one part of a hit's score.
type Reason struct {
	Name   string  `json:"name"`   // the ranker or prior it comes from
	Score  float64 `json:"score"`  // what it adds to Hit.Score
	Detail string  `json:"detail"` // words matched, or what was named
}

// Hit is a passage found.
type Hit struct {
	Passage int     // index into corpus.Corpus.Passages
	Score   float64 // higher is better; comparable within one result only
	Match   float64 // Score before further passages of one article are marked down
	Why     []Reason
}

// Articles are the articles of hits, each once, the best first, n at most.
func Articles(c *corpus.Corpus, hits []Hit, n int) []int {
	var out []int
	for _, h := range hits {
		if a := c.Passages[h.Passage].Article; !slices.Contains(out, a) && len(out) < n {
			out = append(out, a)
		}
	}
	return out
}

// Term is one content word of the query as the index understood it.
type Term struct {
	Word       string          // folded
	Start, End int             // byte offsets into the query's text; both 0 for a word from the context
	ID         analysis.TermID // NoTerm when the corpus holds neither it nor a correction
	Boost      float64         // what its origin and a light word are worth, 0 to 1
	Light      bool            // says little in a question, such as "take place"
	Weight     float64         // Boost times its IDF
	Variants   []Variant       // other terms that stand for it
	Context    bool            // from an earlier turn
	Corrected  bool            // the corpus does not hold the word; Variants are its corrections
	Upper      bool            // begins with a capital
	Number     bool            // begins with a digit
}

// Variant is another term that a query term may appear as.
type Variant struct {
	ID     analysis.TermID
	Weight float64 // 0 to 1
	Kind   VariantKind
}

// VariantKind says why a variant stands for a query term.
type VariantKind int

// The kinds of variant.
const (
	Spelling VariantKind = iota // another spelling, transliteration or the correction of a slip
	Related                     // a related word of the lexicon
)

// Result is what a search found and how it read the query.
type Result struct {
	Hits  []Hit
	Terms []Term
}

// Scored is a passage with one ranker's score.
type Scored struct {
	Passage int
	Score   float64
}

// Ranker scores passages against a query's terms. It returns at most n, best
// first, ties by passage number.
type Ranker interface {
	Name() string
	Rank(ctx context.Context, q *Parsed, n int) ([]Scored, error)
}

// Role tells an [Embedder] what a text is.
type Role int

// The roles a text can have.
const (
	Document  Role = iota // a passage
	QueryText             // a question that passages are searched for
)

// Embedder turns texts into vectors of one length.
type Embedder interface {
	Model() string
	Embed(ctx context.Context, role Role, texts []string) ([][]float32, error)
}
