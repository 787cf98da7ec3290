package retrieval

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/retrieval/analysis"
)

// DefaultLimit is how many hits a query without a limit gets.
const DefaultLimit = 10

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
	outlets *outlets
	newest  time.Time // date of the newest article
	fusions sync.Pool // *fusion
}

// New assembles an index from a parser and the rankers.
func New(fwd *analysis.Forward, parser Parser, rankers []Weighted, opts Options) *Index {
	if opts.HalfLife <= 0 {
		opts.HalfLife = DefaultHalfLife
	}
	if opts.Sum == (Sum{}) {
		opts.Sum = DefaultSum()
	}
	ix := &Index{fwd: fwd, parser: parser, rankers: rankers, opts: opts, outlets: newOutlets(fwd)}
	for i := range fwd.Corpus.Articles {
		if d := fwd.Corpus.Articles[i].Date(); d.After(ix.newest) {
			ix.newest = d
		}
	}
	ix.fusions.New = ix.newFusion
	return ix
}

// Forward is the analyzed corpus the index is over.
func (ix *Index) Forward() *analysis.Forward { return ix.fwd }

// Search returns the best passages for a query.
func (ix *Index) Search(ctx context.Context, q Query) (*Result, error) {
	parsed := ix.parser.Parse(q)
	n := ix.opts.Sum.Depth
	if q.Filter.Active() {
		n = len(ix.fwd.Corpus.Passages) // filter before cutting
	}
	lists := make([][]Scored, len(ix.rankers))
	g, gctx := errgroup.WithContext(ctx)
	for i, r := range ix.rankers {
		g.Go(func() (err error) {
			// No caller can recover from what happens in this goroutine: a panic
			// would end the process.
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("rank by %s: panic: %v\n%s", r.Name(), p, debug.Stack())
				}
			}()
			if lists[i], err = r.Rank(gctx, parsed, n); err != nil {
				return fmt.Errorf("rank by %s: %w", r.Name(), err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return &Result{Hits: ix.fuse(parsed, lists), Terms: parsed.Terms}, nil
}
