package retrieval

import (
	"context"

	"parley/retrieval/analysis"
)

// Parsed is a query as the index reads it, shared by all rankers.
type Parsed struct {
	Query
	Terms []Term
}

// Parser reads a query's text into terms: it drops stop words, corrects words
// that the corpus does not hold and adds variants.
type Parser interface {
	Parse(q Query) *Parsed
}

// Weighted is a ranker and what its normalised score counts in the sum.
type Weighted struct {
	Ranker
	Weight float64
}

// Index answers queries over one corpus. It is immutable and safe for
// concurrent use.
type Index struct {
	fwd     *analysis.Forward
	parser  Parser
	rankers []Weighted
	opts    Options
}

// Options tune an [Index]; the zero value means the defaults.
type Options struct {
	// HalfLife is the age in days, counted back from the question's date, at
	// which the recency prior has halved.
	HalfLife float64
}

// New assembles an index from a parser and the rankers.
func New(fwd *analysis.Forward, parser Parser, rankers []Weighted, opts Options) *Index {
	return &Index{fwd: fwd, parser: parser, rankers: rankers, opts: opts}
}

// Forward is the analyzed corpus the index is over.
func (ix *Index) Forward() *analysis.Forward { return ix.fwd }

// Search returns the best passages for a query.
func (ix *Index) Search(ctx context.Context, q Query) (*Result, error) {
	return nil, nil
}
