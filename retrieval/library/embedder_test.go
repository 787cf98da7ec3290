package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// TestSwitchingModels: a saved snapshot of another model is live at once, by words
// and LSA and without reading the articles again, answers while the passages are
// embedded, and articles that change meanwhile go live too.
func TestSwitchingModels(t *testing.T) {
	articles := retrievaltest.Articles(large + 5)
	src, dir := &memory{articles: articles[:large]}, t.TempDir()
	mustReload(t, New(src, dir, Options{Embedder: retrievaltest.NewEmbedder("former", 16)}))
	synctest.Test(t, func(t *testing.T) {
		e := retrievaltest.NewEmbedder("model", 32)
		release := e.Hang()
		l := New(src, dir, Options{Embedder: e})
		rep, err := l.ReloadAtOnce(t.Context(), nil)
		if err != nil || rep.State.Kind != Usable || src.reads != 1 {
			t.Fatalf("got %+v, %d reads and error %v", rep, src.reads, err)
		}
		checkDegraded(t, l, rep.Snapshot, large, large)
		var steps []string
		var wg sync.WaitGroup
		wg.Go(func() {
			err := l.Recover(t.Context(), func(stage string, done, total int) { steps = append(steps, fmt.Sprint(stage, done, "/", total)) })
			if err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		if hits := search(t, l.Snapshot(), retrievaltest.Unique(3)); len(hits) == 0 {
			t.Error("no hits while the passages are embedded")
		}
		src.articles = articles
		if rep, err = l.ReloadAtOnce(t.Context(), nil); err != nil || len(rep.Diff.Added) != 5 {
			t.Fatalf("got %+v and error %v", rep, err)
		}
		checkDegraded(t, l, rep.Snapshot, large+5, large+5)
		release()
		wg.Wait()
		if s := l.Snapshot(); s.Model != "model" || len(s.Corpus.Articles) != large+5 {
			t.Errorf("got model %q and %d articles", s.Model, len(s.Corpus.Articles))
		}
		never(t, e)
		asked(t, e, large+5, 0)
		for _, want := range []string{fmt.Sprint("embedding0/", large), fmt.Sprint("embedding", large, "/", large), "embedding0/5", "indexing vectors1/0"} {
			if !slices.Contains(steps, want) {
				t.Errorf("got the steps %v, want %s", steps, want)
			}
		}
	})
}

// TestReloadAndRecoverTogether: neither asks for what the other does.
func TestReloadAndRecoverTogether(t *testing.T) {
	articles := retrievaltest.Articles(3 * embedBatch)
	e := retrievaltest.NewEmbedder("model", 32)
	src := &memory{articles: articles[5:]}
	l := New(src, "", Options{Embedder: e})
	if _, err := l.ReloadAtOnce(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	src.articles = articles
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := l.Recover(t.Context(), nil); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			var busy *BusyError
			if _, err := l.Reload(t.Context(), nil); err != nil && !errors.As(err, &busy) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	mustRecover(t, l)
	never(t, e)
	asked(t, e, len(articles), 0)
	if s := l.Snapshot(); s.Degraded != nil || s.Model != "model" || len(s.Corpus.Articles) != len(articles) {
		t.Errorf("got %v, %q", s.Degraded, s.Model)
	}
}

// TestFailureEndsTheAsking: after a failure nothing more is asked for than what is
// on its way.
func TestFailureEndsTheAsking(t *testing.T) {
	src := &memory{articles: retrievaltest.Articles(10 * embedBatch)}
	synctest.Test(t, func(t *testing.T) {
		e := retrievaltest.NewEmbedder("model", 32)
		e.Fail(errDown)
		l := New(src, "", Options{Embedder: &slow{Embedder: e, takes: time.Second}})
		start := time.Now()
		if rep := mustReload(t, l); !errors.Is(rep.Snapshot.Degraded, errDown) || time.Since(start) != time.Second {
			t.Errorf("got %v after %v", rep.Snapshot.Degraded, time.Since(start))
		}
		asked(t, e, embedAtOnce*embedBatch, 0)
	})
}

// TestVectorsOutliveTheProgram: a file of another build of the program, or of
// other options, is not opened, but its vectors are of use.
func TestVectorsOutliveTheProgram(t *testing.T) {
	for _, tt := range []struct{ name, key, reason string }{
		{"program", "program", "another version"}, {"options", "options", "other options"}, {"articles", "fingerprint", "articles have changed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src, dir := &memory{articles: retrievaltest.Articles(6)}, t.TempDir()
			e := retrievaltest.NewEmbedder("model", 32)
			mustReload(t, New(src, dir, Options{Embedder: e}))
			e.Asked()
			path := filepath.Join(dir, fileName)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			key := fmt.Appendf(nil, "%q:\"", tt.key)
			if err := os.WriteFile(path, bytes.Replace(data, key, append(key, 'x'), 1), 0o600); err != nil {
				t.Fatal(err)
			}
			rep := mustReload(t, New(src, dir, Options{Embedder: e}))
			if rep.State.Kind != Stale || !strings.Contains(rep.State.Reason, tt.reason) || rep.Snapshot.Degraded != nil {
				t.Errorf("got %+v, degraded %v", rep.State, rep.Snapshot.Degraded)
			}
			asked(t, e, 0, 0)
		})
	}
}

// TestFolderThatCannotBeWritten: what is embedded goes live all the same.
func TestFolderThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := New(&memory{articles: retrievaltest.Articles(6)}, dir, Options{Embedder: retrievaltest.NewEmbedder("model", 32)})
	if rep := mustReload(t, l); rep.Saved || rep.Snapshot.Degraded != nil || l.Vectors().Unsaved == nil {
		t.Errorf("got %+v and %+v", rep, l.Vectors())
	}
}

// TestForgetsWhatIsGone: vectors of articles that are not there any more are not
// held in memory.
func TestForgetsWhatIsGone(t *testing.T) {
	articles := retrievaltest.Articles(10)
	src := &memory{articles: articles}
	l := New(src, "", Options{Embedder: retrievaltest.NewEmbedder("model", 32)})
	mustReload(t, l)
	src.articles = articles[6:]
	mustReload(t, l)
	if got := len(l.from.known.texts); got != 4 {
		t.Errorf("holds %d vectors, want 4", got)
	}
}

// late is a source whose fingerprint can take its time.
type late struct {
	*memory
	takes time.Duration
}

func (l *late) Fingerprint(ctx context.Context) (string, error) {
	time.Sleep(l.takes)
	return l.memory.Fingerprint(ctx)
}

// TestReloadKeepsWhatWasRecovered: a reload that began before a recovery and finds
// nothing new does not take it back.
func TestReloadKeepsWhatWasRecovered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := &late{memory: &memory{articles: retrievaltest.Articles(6)}}
		l := New(src, "", Options{Embedder: retrievaltest.NewEmbedder("model", 32)})
		if _, err := l.ReloadAtOnce(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		src.takes = time.Minute
		var wg sync.WaitGroup
		wg.Go(func() {
			if rep, err := l.ReloadAtOnce(t.Context(), nil); err != nil || rep.State.Kind != Unchanged || rep.Snapshot.Degraded != nil {
				t.Errorf("got %+v and error %v", rep, err)
			}
		})
		synctest.Wait()
		mustRecover(t, l)
		wg.Wait()
		if s := l.Snapshot(); s.Degraded != nil || !l.Vectors().Since.IsZero() {
			t.Errorf("got %v and %+v", s.Degraded, l.Vectors())
		}
	})
}

// TestReloadOfTheSameEmbeds: a reload without a change asks for what is missing.
func TestReloadOfTheSameEmbeds(t *testing.T) {
	e := retrievaltest.NewEmbedder("model", 32)
	e.Fail(errDown)
	l := New(&memory{articles: retrievaltest.Articles(6)}, "", Options{Embedder: e})
	for range 2 {
		if rep := mustReload(t, l); !errors.Is(rep.Snapshot.Degraded, errDown) || l.Snapshot() != rep.Snapshot {
			t.Errorf("got %v", rep.Snapshot.Degraded)
		}
	}
	since := l.Vectors().Since
	if rep, err := l.ReloadAtOnce(t.Context(), nil); err != nil || rep.State.Kind != Unchanged || !errors.Is(l.Vectors().Err, errDown) || l.Vectors().Since != since {
		t.Errorf("got %+v, error %v and %+v", rep, err, l.Vectors())
	}
	e.Fail(nil)
	if rep := mustReload(t, l); rep.State.Kind != Unchanged || rep.Snapshot.Degraded != nil || l.Snapshot() != rep.Snapshot || rep.Saved {
		t.Errorf("got %+v", rep)
	}
	if v := l.Vectors(); v.Unsaved != nil {
		t.Errorf("without a folder: got %+v", v)
	}
	never(t, e)
}

// TestBuildEmbeds: Build, too, makes a degraded snapshot of a failure, and an
// error of a cancelled context.
func TestBuildEmbeds(t *testing.T) {
	e := retrievaltest.NewEmbedder("model", 32)
	r := reading(retrievaltest.Articles(large)...)
	if s := mustBuild(t, r, Options{Embedder: e}); s.Model != "model" || s.Degraded != nil {
		t.Errorf("got %q, %v", s.Model, s.Degraded)
	}
	e.Fail(errDown)
	if s := mustBuild(t, r, Options{Embedder: e}); s.Model != "lsa-128" || !errors.Is(s.Degraded, errDown) {
		t.Errorf("got %q, %v", s.Model, s.Degraded)
	}
	e.Asked()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, r, Options{Embedder: e}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	off := mustBuild(t, r, Options{Embedder: e, Weights: Weights{Words: 1, Grams: .5, Vectors: .2}})
	if off.Model != "lsa-128" || off.Degraded != nil {
		t.Errorf("a weight of zero: got %q, %v", off.Model, off.Degraded)
	}
	asked(t, e, 0, 0)
}
