package openai

import (
	"context"
	"slices"
	"sync"
	"time"
)

const (
	// latencyWindow is how many times of requests are remembered, and
	// latencyLeast how many make a 95th percentile: with fewer it is the slowest.
	latencyWindow = 100
	latencyLeast  = 20

	// hedgeAt is the share of requests that are answered before a second one is
	// sent (Dean and Barroso, 2013, "The Tail at Scale").
	hedgeAt = 0.95
)

// latencies are the times that the last requests have taken.
type latencies struct {
	mu   sync.Mutex
	last [latencyWindow]time.Duration
	n    int // so far
}

func (l *latencies) note(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last[l.n%latencyWindow] = d
	l.n++
}

// high is the time that most requests stay under. It reports whether there were
// enough of them.
func (l *latencies) high() (time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := min(l.n, latencyWindow)
	if n < latencyLeast {
		return 0, false
	}
	sorted := slices.Clone(l.last[:n])
	slices.Sort(sorted)
	return sorted[min(int(hedgeAt*float64(n)), n-1)], true
}

// hedged embeds a query. A request that takes longer than most is joined by a
// second one, within the budget, and whichever ends well first counts.
func (e *Embedder) hedged(ctx context.Context, b []input) ([][]float32, error) {
	began := time.Now()
	wait, ok := e.latencies.high()
	if !ok {
		vecs, err := e.request(ctx, b)
		if err == nil {
			e.latencies.note(time.Since(began))
		}
		return vecs, err
	}
	type result struct {
		vecs [][]float32
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	results := make(chan result, 2)
	wg.Go(func() {
		vecs, err := e.request(ctx, b)
		results <- result{vecs, err}
	})
	late := time.NewTimer(wait)
	defer late.Stop()
	running := 1
	var failed error
	for running > 0 {
		select {
		case r := <-results:
			running--
			if r.err == nil {
				e.latencies.note(time.Since(began))
				return r.vecs, nil
			}
			if failed == nil {
				failed = r.err
			}
		case <-late.C:
			if e.dispatcher.busy() || !e.dispatcher.budget.take() {
				continue
			}
			running++
			wg.Go(func() {
				var vecs [][]float32
				err := e.dispatcher.extra(ctx, func(ctx context.Context) (err error) {
					vecs, err = e.attempt(ctx, b)
					return err
				})
				results <- result{vecs, err}
			})
		}
	}
	return nil, failed
}
