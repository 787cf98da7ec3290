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

// leastSpread is the difference of scores that counts in full at least: passages
// whose cosines differ by less are about equally near. A judgement: over the sets
// of docs/retrieval.md the best cosine is .1 above the one at the depth.
const leastSpread = 0.03

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

	// Spread counts scores from the one at [Sum.Depth] of a list, or the last, instead
	// of 0. The cosines of an encoder lie close together and far from 0: as they are,
	// to be in the list at all would count more than the place in it.
	Spread bool

	// StandIn ranks, with its own weight, in a search that Ranker fails in. Nil
	// makes the failure that of the search.
	StandIn *Weighted
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
	if q.Limit < 0 {
		return &Result{Terms: parsed.Terms}, ctx.Err()
	}
	n := ix.opts.Sum.Depth
	if q.Filter.Active() {
		n = len(ix.fwd.Corpus.Passages) // filter before cutting
	}
	lists := make([]ranking, len(ix.rankers))
	g, gctx := errgroup.WithContext(ctx)
	for i := range ix.rankers {
		g.Go(func() (err error) {
			lists[i], err = rankOrStandIn(gctx, &ix.rankers[i], parsed, n)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return &Result{Hits: ix.fuse(parsed, lists), Terms: parsed.Terms}, nil
}

// ranking is what a ranker found.
type ranking struct {
	by   *Weighted
	list []Scored
}

// rankOrStandIn has a ranker rank, and after its failure who stands in for it. That
// starts only then, so which of the two ranks does not hang on who is quicker.
func rankOrStandIn(ctx context.Context, w *Weighted, q *Parsed, n int) (ranking, error) {
	list, err := rank(ctx, w, q, n)
	if err != nil && w.StandIn != nil && ctx.Err() == nil {
		return rankOrStandIn(ctx, w.StandIn, q, n)
	}
	return ranking{w, list}, err
}

func rank(ctx context.Context, r Ranker, q *Parsed, n int) (list []Scored, err error) {
	// No caller can recover from what happens in a goroutine of a search: a panic
	// would end the process.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("rank by %s: panic: %v\n%s", r.Name(), p, debug.Stack())
		}
	}()
	if list, err = r.Rank(ctx, q, n); err != nil {
		return nil, fmt.Errorf("rank by %s: %w", r.Name(), err)
	}
	return list, nil
}
