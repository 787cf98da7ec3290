package library

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/retrievaltest"
)

// liveLibrary has the vectors of an embedder.
func liveLibrary(t *testing.T, articles int, opts Options) *Library {
	t.Helper()
	l := New(&memory{articles: retrievaltest.Articles(articles)}, "", opts)
	mustReload(t, l)
	return l
}

// TestEmbedderDiesForQueries: LSA ranks instead, with its own weight, and no error
// reaches who asks; where LSA does not count, words rank alone.
func TestEmbedderDiesForQueries(t *testing.T) {
	hang := func(e *retrievaltest.Embedder) { e.Hang() }
	fail := func(e *retrievaltest.Embedder) { e.Fail(errDown) }
	other := func(e *retrievaltest.Embedder) { e.Become(31) }
	tests := []struct {
		name     string
		articles int
		dies     func(e *retrievaltest.Embedder)
		patience time.Duration
		deadline time.Duration // of the search; 0 for none
		why      Why
		err      string
		took     time.Duration
	}{
		{name: "fails", articles: large, dies: fail, why: Failing, err: "is down"},
		{name: "fails, few articles", articles: 20, dies: fail, why: Failing, err: "is down"},
		{name: "hangs", articles: large, dies: hang, why: Slow, err: "no vector within 2s", took: DefaultPatience},
		{name: "hangs, given less patience", articles: large, dies: hang, patience: time.Second, why: Slow, err: "within 1s", took: time.Second},
		{name: "hangs, little time", articles: large, dies: hang, deadline: 3 * time.Second, why: Slow, err: "within 1s", took: time.Second},
		{name: "hangs, much time", articles: large, dies: hang, deadline: time.Hour, why: Slow, err: "within 2s", took: DefaultPatience},
		{name: "becomes another", articles: large, dies: other, why: Unfit, err: "it has 31 dimensions, the passages have 32"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := retrievaltest.NewEmbedder("model", 32)
				l := liveLibrary(t, tt.articles, Options{Embedder: e, Patience: tt.patience})
				without := mustBuild(t, l.Snapshot().Reading, Options{})
				tt.dies(e)
				ctx := t.Context()
				if tt.deadline > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, tt.deadline)
					defer cancel()
				}
				q := retrieval.Query{Text: "topicaworda topicawordb commona"}
				start := time.Now()
				got, err := l.Snapshot().Index.Search(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				if took := time.Since(start); took != tt.took {
					t.Errorf("took %v, want %v", took, tt.took)
				}
				want, err := without.Index.Search(t.Context(), q)
				if err != nil || len(want.Hits) == 0 || fmt.Sprint(got.Hits) != fmt.Sprint(want.Hits) {
					t.Errorf("got %v, want %v", got.Hits, want.Hits)
				}
				v := l.Vectors()
				if v.Why != tt.why || v.Err == nil || !strings.Contains(v.Err.Error(), tt.err) || v.StoodIn != 1 || v.Model != "model" {
					t.Errorf("got %+v", v)
				}
				if !v.Since.Equal(start.Add(tt.took)) || (v.StandIn != "") != (tt.articles == large) || v.Missing != 0 {
					t.Errorf("got %+v", v)
				}
			})
		})
	}
}

// TestEmbedderComesBack: after two failures in a row it is left alone for a while,
// in which no search waits for it, then one search or a recovery tries.
func TestEmbedderComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := retrievaltest.NewEmbedder("model", 32)
		l := liveLibrary(t, large, Options{Embedder: e})
		e.Asked()
		release := e.Hang()
		step := func(name string, wait, took time.Duration, queries int) {
			t.Helper()
			time.Sleep(wait)
			start := time.Now()
			search(t, l.Snapshot(), retrievaltest.Unique(3))
			if got := time.Since(start); got != took {
				t.Errorf("%s: took %v, want %v", name, got, took)
			}
			asked(t, e, 0, queries)
		}
		step("first", 0, DefaultPatience, 1)
		since := l.Vectors().Since
		step("second", 0, DefaultPatience, 1)
		step("in the pause", 0, 0, 0)
		step("at its end", minPause-1, 0, 0)
		step("after it", 1, DefaultPatience, 1)
		step("in the second pause", minPause, 0, 0)
		step("after it", minPause, DefaultPatience, 1)
		for range 5 {
			step("in long pauses", maxPause, DefaultPatience, 1)
		}
		if v := l.Vectors(); !v.Since.Equal(since) || v.StoodIn != 12 {
			t.Errorf("got %+v", v)
		}
		tried := map[string]bool{}
		for range 2 {
			if err := l.Recover(t.Context(), nil); err == nil {
				t.Error("a recovery has no error while the embedder hangs")
			}
			_, queries := e.Asked()
			tried[strings.Join(queries, "|")] = true
		}
		if len(tried) != 2 {
			t.Errorf("tried %v, which an embedder may remember", tried)
		}
		release()
		step("works, in the pause", 0, 0, 0)
		mustRecover(t, l)
		asked(t, e, 0, 1)
		if v := l.Vectors(); !v.Since.IsZero() || v.Err != nil || v.StoodIn != 13 {
			t.Errorf("got %+v", v)
		}
		step("after the recovery", 0, 0, 1)
		mustRecover(t, l)
		asked(t, e, 0, 0)
	})
}

// TestOneQueryAtATimeAfterThePause: searches that come together do not all wait
// for an embedder that hangs, nor do they lengthen the pause together.
func TestOneQueryAtATimeAfterThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := retrievaltest.NewEmbedder("model", 32)
		l := liveLibrary(t, 20, Options{Embedder: e})
		e.Asked()
		e.Hang()
		together := func(queries int) {
			t.Helper()
			var wg sync.WaitGroup
			for range 10 {
				wg.Go(func() { search(t, l.Snapshot(), retrievaltest.Unique(3)) })
			}
			wg.Wait()
			asked(t, e, 0, queries)
		}
		together(10)
		time.Sleep(minPause)
		together(1)
		if v := l.Vectors(); v.StoodIn != 20 {
			t.Errorf("got %+v", v)
		}
	})
}

// TestGivingUpIsNoFailure: a search that is cancelled says nothing of the embedder.
func TestGivingUpIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := retrievaltest.NewEmbedder("model", 32)
		l := liveLibrary(t, 20, Options{Embedder: e})
		e.Hang()
		for range 5 {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			if _, err := l.Snapshot().Index.Search(ctx, retrieval.Query{Text: "commona"}); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		}
		if v := l.Vectors(); !v.Since.IsZero() || v.StoodIn != 0 {
			t.Errorf("got %+v", v)
		}
	})
}

// wild is an embedder that panics at queries.
type wild struct{ *retrievaltest.Embedder }

func (w wild) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	if role == retrieval.QueryText {
		panic("no more")
	}
	return w.Embedder.Embed(ctx, role, texts)
}

func TestPanicIsAFailure(t *testing.T) {
	l := liveLibrary(t, 20, Options{Embedder: wild{retrievaltest.NewEmbedder("model", 32)}})
	for range 3 {
		if hits := search(t, l.Snapshot(), retrievaltest.Unique(3)); len(hits) == 0 {
			t.Error("got no hits")
		}
	}
	if err := l.Recover(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "no more") {
		t.Errorf("got %v", err)
	}
	if v := l.Vectors(); v.Why != Failing || v.StoodIn != 3 {
		t.Errorf("got %+v", v)
	}
}

// TestNeuralRanks: an embedder's vectors count .8, also in a corpus in which LSA
// does not count, and the same vectors give the same figures.
func TestNeuralRanks(t *testing.T) {
	for _, n := range []int{20, large} {
		var first string
		for range 3 {
			s := mustBuild(t, reading(retrievaltest.Articles(n)...), Options{Embedder: retrievaltest.NewEmbedder("model", 32)})
			got := ranks(t, s)
			if first == "" {
				first = got
			}
			if got != first || !strings.Contains(got, "{vectors 0.8 }") || strings.Contains(got, "lsa") {
				t.Errorf("%d articles: got\n%s, want\n%s", n, got, first)
			}
		}
	}
}

func TestNeuralContract(t *testing.T) {
	retrievaltest.RankerContract(t, func(t *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
		t.Helper()
		// Many dimensions: texts without a word in common are far from each other.
		s := mustBuild(t, reading(fwd.Corpus.Articles...), Options{Embedder: retrievaltest.NewEmbedder("model", 4096)})
		return s.neural, s.parts.parser
	})
}

func TestLibraryWithoutEmbedder(t *testing.T) {
	l := New(&memory{articles: retrievaltest.Articles(large)}, "", Options{})
	if v := l.Vectors(); v != (Vectors{}) {
		t.Errorf("empty: got %+v", v)
	}
	mustRecover(t, l)
	rep := mustReload(t, l)
	mustRecover(t, l)
	if v := l.Vectors(); v != (Vectors{Model: "lsa-128"}) || rep.Saved || l.Snapshot() != rep.Snapshot || rep.Snapshot.hashes != nil {
		t.Errorf("got %+v", v)
	}
}
