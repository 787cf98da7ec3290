package library

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"parley/retrieval"
	"parley/retrieval/vector"
)

const (
	// DefaultPatience is how long embedding a query may take before the stand-in
	// ranks. A judgement: an endpoint takes a tenth of a second or two, and who asks
	// a question waits no longer than that for a better ranking.
	DefaultPatience = 2 * time.Second

	// patienceShare is the part of the time that a search has left, one in so many,
	// that embedding its query may take: the rest is for the stand-in and for what
	// is made of the hits. A judgement.
	patienceShare = 3

	// After so many failures in a row the embedder is left alone, first for
	// minPause, twice as long after each further failure, at most for maxPause:
	// while an endpoint hangs, not every question waits for it. One failure may be
	// the question's fault. All judgements.
	toleratedFailures = 2
	minPause          = 5 * time.Second
	maxPause          = time.Minute
)

// errPaused is why a query is not embedded while the embedder is left alone.
var errPaused = errors.New("the embedder is left alone for a while after it failed")

var _ retrieval.Ranker = (*neural)(nil)

// neural ranks by an embedder's vectors, in bounded time.
type neural struct {
	*vector.Store
	patience time.Duration
	health   *health
	known    *known
}

// Rank fails when the embedder does, or takes too long, or is left alone.
func (n *neural) Rank(ctx context.Context, q *retrieval.Parsed, limit int) ([]retrieval.Scored, error) {
	if !n.health.admit() {
		n.health.missed()
		return nil, errPaused
	}
	list, err := n.ask(ctx, q, limit)
	if err != nil && ctx.Err() == nil {
		n.health.missed()
	}
	return list, err
}

// probe asks the embedder whether it works for queries again: for a text that it
// has not had before, because it may remember those.
func (n *neural) probe(ctx context.Context) error {
	text := "news of " + time.Now().Format(time.RFC3339Nano)
	_, err := n.ask(ctx, &retrieval.Parsed{Query: retrieval.Query{Text: text}}, 1)
	return err
}

// ask ranks in the time that there is and notes how it went.
func (n *neural) ask(ctx context.Context, q *retrieval.Parsed, limit int) (list []retrieval.Scored, err error) {
	patience := n.patience
	if deadline, ok := ctx.Deadline(); ok {
		patience = min(patience, time.Until(deadline)/patienceShare)
	}
	within, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			list, err = nil, fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		switch {
		case err == nil:
			n.health.worked()
		case ctx.Err() != nil:
			n.health.unknown() // nobody waits for it any more: it may be well
		default:
			n.health.failed(err)
		}
	}()
	list, err = n.Store.Rank(within, q, limit)
	switch {
	case err != nil && within.Err() != nil && ctx.Err() == nil:
		return nil, fmt.Errorf("no vector within %v: %w", patience.Round(time.Millisecond), err)
	case len(list) > 0:
		n.known.confirm()
	}
	return list, err
}

// health is how embedding queries goes. It belongs to the embedder, so the
// snapshots of a library share one. It is safe for concurrent use.
type health struct {
	mu     sync.Mutex
	misses int64 // searches without the embedder's vectors, ever
	run    failures
}

// failures are those since the last success.
type failures struct {
	n      int           // without those of requests that were under way together
	since  time.Time     // of the first
	err    error         // the last
	pause  time.Duration // that the last began
	until  time.Time     // when it ends
	asking bool          // somebody tries after it
}

// admit reports whether to ask the embedder now. Whoever may does, and says
// afterwards how it went.
func (h *health) admit() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.run.n < toleratedFailures {
		return true
	}
	if h.run.asking || time.Now().Before(h.run.until) {
		return false
	}
	h.run.asking = true
	return true
}

// missed counts a search that the stand-in ranks.
func (h *health) missed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.misses++
}

func (h *health) worked() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.run = failures{}
}

func (h *health) unknown() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.run.asking = false
}

func (h *health) failed(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if h.run.n == 0 {
		h.run.since = now
	}
	h.run.err, h.run.asking = err, false
	if now.Before(h.run.until) {
		return // asked before the pause began, together with others that failed
	}
	if h.run.n++; h.run.n >= toleratedFailures {
		h.run.pause = min(max(minPause, 2*h.run.pause), maxPause)
		h.run.until = now.Add(h.run.pause)
	}
}

// failing returns since when and why embedding queries fails; the zero time when
// it does not.
func (h *health) failing() (since time.Time, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.run.since, h.run.err
}

// stoodIn is how many searches the stand-in ranked so far.
func (h *health) stoodIn() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.misses
}

// silent is the stand-in where there is none: words rank alone.
type silent struct{}

// Name names the ranker in explanations.
func (silent) Name() string { return "no vectors" }

// Rank finds nothing.
func (silent) Rank(context.Context, *retrieval.Parsed, int) ([]retrieval.Scored, error) {
	return nil, nil
}
