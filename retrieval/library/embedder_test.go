package library

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/retrieval"
	"parley/retrieval/retrievaltest"
)

// large is how many articles LSA counts for.
const large = minLSAPassages + 50

var errDown = errors.New("the endpoint is down")

func mustReload(t *testing.T, l *Library) *Report {
	t.Helper()
	rep, err := l.Reload(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func mustRecover(t *testing.T, l *Library) {
	t.Helper()
	if err := l.Recover(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// never checks that no text was embedded twice.
func never(t *testing.T, e *retrievaltest.Embedder) {
	t.Helper()
	if twice := e.Repeated(); len(twice) > 0 {
		t.Errorf("embedded twice: %d texts, such as %.60q", len(twice), twice[0])
	}
}

// asked checks how many texts an embedder was asked for since the last time.
func asked(t *testing.T, e *retrievaltest.Embedder, documents, queries int) {
	t.Helper()
	if d, q := e.Asked(); len(d) != documents || len(q) != queries {
		t.Errorf("asked for %d documents and %d queries, want %d and %d", len(d), len(q), documents, queries)
	}
}

// ranks are the hits of some questions with the names of the rankers that score.
func ranks(t *testing.T, s *Snapshot) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []string{"topicaworda topicawordb commona", retrievaltest.Unique(17), "commonb commonc"} {
		res, err := s.Index.Search(t.Context(), retrieval.Query{Text: q, Explain: true})
		if err != nil {
			t.Fatalf("search %q: %v", q, err)
		}
		fmt.Fprintf(&b, "%s: %v\n", q, res.Hits)
	}
	return b.String()
}

// TestEmbedderIsAskedOnce: only new and changed passages go to an embedder, which
// may cost money, on a reload and with a saved snapshot of other articles.
func TestEmbedderIsAskedOnce(t *testing.T) {
	dir := t.TempDir()
	e := retrievaltest.NewEmbedder("model", 32)
	opts := Options{Embedder: e}
	articles := retrievaltest.Articles(8)
	articles[2].Publisher, articles[2].Published = "The Paper", time.Date(2025, 12, 2, 0, 0, 0, 0, time.UTC)
	src := &memory{articles: articles[:6]}
	l := New(src, dir, opts)
	reload := func(l *Library, want ...string) *Report {
		t.Helper()
		rep := mustReload(t, l)
		texts, _ := e.Asked()
		if len(texts) != len(want) {
			t.Fatalf("asked about %d texts, want %d", len(texts), len(want))
		}
		for i, w := range want {
			if !strings.HasPrefix(texts[i], w) {
				t.Errorf("asked about %.40q, want %q", texts[i], w)
			}
		}
		return rep
	}
	title := func(i int) string { return "Report " + retrievaltest.Unique(i) }
	first := reload(l, title(0), title(1), title(2)+" · The Paper · 2025-12-02\n\n", title(3), title(4), title(5))
	if !first.Saved || first.Snapshot.Model != "model" || first.Snapshot.Degraded != nil {
		t.Errorf("got saved %t, model %q, degraded %v", first.Saved, first.Snapshot.Model, first.Snapshot.Degraded)
	}
	src.articles = articles[1:7]
	reload(l, title(6))
	src.articles = slices.Concat(articles[:1], articles[6:])
	rep := reload(New(src, dir, opts), title(0), title(7)) // another process
	if rep.State.Kind != Stale {
		t.Errorf("got %+v, want it stale", rep.State)
	}
	if rep := reload(New(src, dir, opts)); rep.State.Kind != Usable || rep.Snapshot.Degraded != nil {
		t.Errorf("got %+v, degraded %v", rep.State, rep.Snapshot.Degraded)
	}
}

// TestEmbedderDiesInTheBuild: all else goes live, LSA ranks as it would without an
// embedder, what was got is kept, and recovery asks for the rest alone.
func TestEmbedderDiesInTheBuild(t *testing.T) {
	for _, n := range []int{20, large} {
		t.Run(fmt.Sprint(n, " articles"), func(t *testing.T) {
			articles := retrievaltest.Articles(n)
			e, dir := retrievaltest.NewEmbedder("model", 32), t.TempDir()
			src := &memory{articles: articles[:n-10]}
			l := New(src, dir, Options{Embedder: e})
			e.FailAfter(n - 10) // the first build and nothing of the next
			whole := mustReload(t, l)
			if whole.Snapshot.Degraded != nil {
				t.Fatal(whole.Snapshot.Degraded)
			}
			src.articles = articles[5:]
			before := time.Now()
			rep := mustReload(t, l)
			checkDegraded(t, l, rep.Snapshot, 10, n-5)
			v := l.Vectors()
			if v.Since.Before(before) || v.Why != Failing || v.Err == nil || !strings.Contains(v.Err.Error(), "is down") {
				t.Errorf("got %+v", v)
			}
			without := mustBuild(t, reading(articles[5:]...), Options{})
			if got, want := ranks(t, l.Snapshot()), ranks(t, without); got != want {
				t.Errorf("degraded:\n%s\nwithout an embedder:\n%s", got, want)
			}
			if d := rep.Diff; len(d.Added) != 10 || len(d.Removed) != 5 {
				t.Errorf("got %+v", d)
			}
			e.Asked()
			if err := l.Recover(t.Context(), nil); err == nil || l.Snapshot() != rep.Snapshot {
				t.Errorf("still down: got %v", err)
			}
			asked(t, e, 10, 0)
			e.Fail(nil)
			mustRecover(t, l)
			asked(t, e, 10, 0)
			never(t, e)
			straight := mustBuild(t, reading(articles[5:]...), Options{Embedder: retrievaltest.NewEmbedder("model", 32)})
			if got, want := ranks(t, l.Snapshot()), ranks(t, straight); got != want {
				t.Errorf("recovered:\n%s\nbuilt at once:\n%s", got, want)
			}
			if v := l.Vectors(); !v.Since.IsZero() || v.Model != "model" || v.Missing != 0 || v.Why != Nothing {
				t.Errorf("recovered: got %+v", v)
			}
			mustRecover(t, l)
			if rep := mustReload(t, New(src, dir, Options{Embedder: e})); rep.State.Kind != Usable || rep.Snapshot.Degraded != nil {
				t.Errorf("another process: got %+v", rep)
			}
			asked(t, e, 0, 3) // of ranks
		})
	}
}

func checkDegraded(t *testing.T, l *Library, s *Snapshot, missing, total int) {
	t.Helper()
	model := ""
	if s.model != nil {
		model = s.model.Model()
	}
	var why *IncompleteError
	if !errors.As(s.Degraded, &why) || why.Missing != missing || why.Total != total || s.Model != model || (model != "") != (total >= minLSAPassages) {
		t.Errorf("got %v and model %q, want %d of %d missing and %q", s.Degraded, s.Model, missing, total, model)
	}
	v := l.Vectors()
	if l.Snapshot() != s || v.Since.IsZero() || v.Missing != missing || v.Total != total || v.Model != "model" || v.StandIn != model {
		t.Errorf("got %+v", v)
	}
}

// TestInterrupted: what an embedder gave before it failed, or before the process
// was told to end, is not asked for again by the next process.
func TestInterrupted(t *testing.T) {
	const n = 6 * embedBatch
	tests := []struct {
		name   string
		reload func(l *Library, ctx context.Context) (*Report, error)
		cancel bool
	}{
		{"fails", func(l *Library, ctx context.Context) (*Report, error) { return l.Reload(ctx, nil) }, false},
		{"cancelled", func(l *Library, ctx context.Context) (*Report, error) { return l.Reload(ctx, nil) }, true},
		{"recovery fails", (*Library).atOnceThenRecover, false},
		{"recovery cancelled", (*Library).atOnceThenRecover, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := &memory{articles: retrievaltest.Articles(n)}
			e, dir := retrievaltest.NewEmbedder("model", 32), t.TempDir()
			l := New(src, dir, Options{Embedder: e})
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.cancel {
				l.opts.Embedder = &canceller{Embedder: e, after: 2, cancel: cancel}
			} else {
				e.FailAfter(2*embedBatch + 1)
			}
			if _, err := tt.reload(l, ctx); errors.Is(err, context.Canceled) != tt.cancel {
				t.Errorf("got %v", err)
			}
			e.Fail(nil)
			e.Asked()
			l = New(src, dir, Options{Embedder: e})
			rep, err := l.ReloadAtOnce(t.Context(), nil)
			if err != nil || rep.State.Kind != Usable {
				t.Fatalf("got %+v and error %v", rep, err)
			}
			checkDegraded(t, l, rep.Snapshot, n-2*embedBatch, n)
			if v := l.Vectors(); v.Why != Embedding {
				t.Errorf("got %+v", v)
			}
			asked(t, e, 0, 0)
			mustRecover(t, l)
			asked(t, e, n-2*embedBatch, 0)
			never(t, e)
		})
	}
}

// atOnceThenRecover is how a bot starts.
func (l *Library) atOnceThenRecover(ctx context.Context) (*Report, error) {
	rep, err := l.ReloadAtOnce(ctx, nil)
	if err != nil {
		return nil, err
	}
	return rep, l.Recover(ctx, nil)
}

// canceller is an embedder that cancels once it has answered so many requests.
type canceller struct {
	*retrievaltest.Embedder
	after  int
	cancel context.CancelFunc

	mu       sync.Mutex
	answered int
}

func (c *canceller) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.answered++; c.answered > c.after {
		c.cancel()
	}
	return c.Embedder.Embed(ctx, role, texts)
}

// TestSavedWhileEmbedding: what is got is saved now and then, because a process
// can die without being told.
func TestSavedWhileEmbedding(t *testing.T) {
	const n = 9*embedBatch + 10
	dir := t.TempDir()
	src := &memory{articles: retrievaltest.Articles(n)}
	e := retrievaltest.NewEmbedder("model", 32)
	synctest.Test(t, func(t *testing.T) {
		l := New(src, dir, Options{Embedder: &slow{Embedder: e, takes: saveEvery*2/3 + time.Second}})
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := l.Reload(ctx, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
		time.Sleep(2 * saveEvery) // two rounds of requests have been answered
		other := New(src, dir, Options{Embedder: e})
		rep, err := other.ReloadAtOnce(t.Context(), nil)
		got := n - other.Vectors().Missing
		if err != nil || rep.State.Kind != Usable || got <= embedAtOnce*embedBatch || got > 2*embedAtOnce*embedBatch {
			t.Errorf("got %+v, error %v and %+v", rep, err, other.Vectors())
		}
		cancel()
		wg.Wait()
	})
}

// slow is an embedder that takes its time.
type slow struct {
	*retrievaltest.Embedder
	takes time.Duration
}

func (s *slow) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	select {
	case <-time.After(s.takes):
		return s.Embedder.Embed(ctx, role, texts)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
