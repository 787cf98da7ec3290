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

	"parley/retrieval/retrievaltest"
)

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
