package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/corpus"
	"parley/corpus/read"
	"parley/corpus/read/document"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/retrievaltest"
)

// memory is a source whose articles a test sets.
type memory struct {
	articles []corpus.Article
	err      error
	started  chan struct{} // Read closes it when it begins, if it is not nil
	wait     chan struct{} // closed when Read may go on; nil for at once
	reads    int
}

func (m *memory) Read(ctx context.Context, _ func(done, total int)) (*read.Reading, error) {
	m.reads++
	if m.started != nil {
		close(m.started)
	}
	if m.wait != nil {
		select {
		case <-m.wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if m.err != nil {
		return nil, m.err
	}
	return reading(m.articles...), nil
}

func (m *memory) Fingerprint(context.Context) (string, error) {
	return fmt.Sprint(m.articles), nil
}

func reading(articles ...corpus.Article) *read.Reading {
	return &read.Reading{
		Articles: articles,
		Dropped:  map[string][]document.Drop{"a0000": {{Line: 3, Text: "Advertisement", Reason: "furniture"}}, "a0001": {{Line: 9}}},
		Refused:  []read.Refusal{{Path: "x.md", Line: 2, Reason: "has no text"}},
		Files:    len(articles), Bytes: 1234,
	}
}

func mustBuild(t testing.TB, r *read.Reading, opts Options) *Snapshot {
	t.Helper()
	s, err := Build(t.Context(), r, opts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func search(t *testing.T, s *Snapshot, text string) []retrieval.Hit {
	t.Helper()
	res, err := s.Index.Search(t.Context(), retrieval.Query{Text: text})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	return res.Hits
}

func TestBuildTalks(t *testing.T) {
	r, err := Talks{}.Read(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var stages []string
	s, err := Build(t.Context(), r, Options{}, func(stage string, _, _ int) {
		if !slices.Contains(stages, stage) {
			stages = append(stages, stage)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if hits := search(t, s, "How long did the meeting in the Kremlin last?"); len(hits) == 0 {
		t.Error("a question about the talks finds nothing")
	}
	slices.Sort(stages)
	want := []string{"analyzing", "embedding", "indexing vectors", "indexing words", "splitting"}
	if !slices.Equal(stages, want) {
		t.Errorf("got stages %q, want %q", stages, want)
	}
	if s.Fingerprint != s.Corpus.Fingerprint() || !strings.HasPrefix(s.Model, "lsa-") || s.BuiltAt.IsZero() {
		t.Errorf("got fingerprint %q, model %q, built at %v", s.Fingerprint, s.Model, s.BuiltAt)
	}
}

func TestBuildSmall(t *testing.T) {
	for _, n := range []int{0, 1, 2} {
		s := mustBuild(t, reading(retrievaltest.Articles(n)...), Options{})
		if got := len(search(t, s, retrievaltest.Unique(0))); (got > 0) != (n > 0) {
			t.Errorf("%d articles: got %d hits", n, got)
		}
	}
}

func TestBuildCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, reading(retrievaltest.Articles(5)...), Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestWeightsSwitchVectorsOff(t *testing.T) {
	s := mustBuild(t, reading(retrievaltest.Articles(5)...), Options{Weights: Weights{Words: 1}})
	if s.Model != "" || s.model != nil {
		t.Errorf("got model %q, want none", s.Model)
	}
}

// TestRankers runs the contract on every ranker of an index.
func TestRankers(t *testing.T) {
	for i, name := range []string{"words", "grams", "vectors"} {
		t.Run(name, func(t *testing.T) {
			retrievaltest.RankerContract(t, func(t *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
				t.Helper()
				s := &Snapshot{Corpus: fwd.Corpus, fwd: fwd}
				if err := s.index(t.Context(), &Options{}, nil, false, nil); err != nil {
					t.Fatal(err)
				}
				return append(s.parts.rankers, *s.parts.lsa)[i].Ranker, s.parts.parser
			})
		})
	}
}

func TestReload(t *testing.T) {
	articles := retrievaltest.Articles(10)
	src := &memory{articles: articles[:8]}
	l := New(src, "", Options{})
	if l.Snapshot() != nil {
		t.Error("a new library has a snapshot")
	}
	first, err := l.Reload(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(first.Diff.Added) != 8 || l.Snapshot() != first.Snapshot || first.Took <= 0 {
		t.Errorf("first reload: got %+v", first.Diff)
	}
	again, err := l.Reload(t.Context(), nil)
	if err != nil || again.State.Kind != Unchanged || again.Snapshot != first.Snapshot || !again.Diff.Empty() || src.reads != 1 {
		t.Errorf("reload of the same: got %+v, %d reads and error %v", again, src.reads, err)
	}
	changed := slices.Clone(articles[1:])
	changed[0].Body += " More is known."
	changed[1].Published = time.Date(2025, 12, 2, 0, 0, 0, 0, time.UTC)
	src.articles = changed
	second, err := l.Reload(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Diff{Added: []string{"a0008", "a0009"}, Changed: []string{"a0001", "a0002"}, Removed: []string{"a0000"}, Same: 5}
	if fmt.Sprint(second.Diff) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", second.Diff, want)
	}
	if hits := search(t, first.Snapshot, retrievaltest.Unique(0)); len(hits) == 0 {
		t.Error("the old snapshot is of no use after the reload")
	}
	src.articles, src.err = articles, errors.New("the disk is gone")
	if _, err := l.Reload(t.Context(), nil); !errors.Is(err, src.err) || l.Snapshot() != second.Snapshot {
		t.Errorf("failed reload: got error %v and snapshot replaced %t", err, l.Snapshot() != second.Snapshot)
	}
}

func TestReloadTellsOfTheOther(t *testing.T) {
	src := &memory{articles: retrievaltest.Articles(3), started: make(chan struct{}), wait: make(chan struct{})}
	l := New(src, "", Options{})
	start := time.Now()
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := l.Reload(t.Context(), nil); err != nil {
			t.Error(err)
		}
	})
	<-src.started
	var busy *BusyError
	if _, err := l.Reload(t.Context(), nil); !errors.As(err, &busy) || busy.Since.Before(start) || !strings.Contains(err.Error(), "under way since") {
		t.Errorf("beside the other: got %v", err)
	}
	close(src.wait)
	wg.Wait()
	if _, err := l.Reload(t.Context(), nil); err != nil {
		t.Errorf("after the other: %v", err)
	}
}

func TestReloadCancelled(t *testing.T) {
	src := &memory{articles: retrievaltest.Articles(3), wait: make(chan struct{})}
	l := New(src, "", Options{})
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := l.Reload(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
	close(src.wait)
	if _, err := l.Reload(t.Context(), nil); err != nil {
		t.Errorf("after a cancelled one: %v", err)
	}
}

// TestReloadUsesTheSavedSnapshot also guards that a snapshot opened from disk
// differs in nothing from the one that was saved.
func TestReloadUsesTheSavedSnapshot(t *testing.T) {
	dir := t.TempDir()
	src := &memory{articles: retrievaltest.Articles(6)}
	first, err := New(src, dir, Options{}).Reload(t.Context(), nil)
	if err != nil || first.State.Kind != Missing {
		t.Fatalf("got state %+v and error %v", first.State, err)
	}
	if err := Save(dir, first.Snapshot); err != nil {
		t.Fatal(err)
	}
	l := New(src, dir, Options{})
	second, err := l.Reload(t.Context(), nil)
	if err != nil || second.State.Kind != Usable || src.reads != 1 {
		t.Fatalf("got state %+v, %d reads and error %v", second.State, src.reads, err)
	}
	if d := Compare(first.Snapshot, second.Snapshot); !d.Empty() || d.Same != 6 {
		t.Errorf("the saved articles differ: %+v", d)
	}
	src.articles = src.articles[:5]
	third, err := l.Reload(t.Context(), nil)
	if err != nil || third.State.Kind != Stale || src.reads != 2 {
		t.Errorf("got state %+v, %d reads and error %v", third.State, src.reads, err)
	}
}

func TestFilesFingerprint(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	src := &Files{Paths: []string{dir}}
	last := ""
	step := func(name string, changes bool) {
		t.Helper()
		got, err := src.Fingerprint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if (got != last) != changes {
			t.Errorf("%s: changed %t, want %t", name, got != last, changes)
		}
		last = got
	}
	step("empty", true)
	write("a.md", "one")
	step("a file", true)
	step("nothing", false)
	write("a.md", "two")
	step("its text", true)
	write("sub/b.md", "three")
	step("a file in a folder", true)
	write(".hidden", "x")
	step("a hidden file", false)
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Skipf("links cannot be made here: %v", err)
	}
	step("a link in a circle", false)
	far := t.TempDir()
	if err := os.Symlink(far, filepath.Join(dir, "far")); err != nil {
		t.Fatal(err)
	}
	step("a link to an empty folder", false)
	if err := os.WriteFile(filepath.Join(far, "c.md"), []byte("four"), 0o600); err != nil {
		t.Fatal(err)
	}
	step("a file behind a link", true)
	if err := os.Rename(filepath.Join(dir, "a.md"), filepath.Join(dir, "z.md")); err != nil {
		t.Fatal(err)
	}
	step("a name", true)
	src.Options.Limits.FileBytes = 5
	step("a limit", true)
	src.Paths = append(src.Paths, filepath.Join(dir, "none"))
	step("a path that is not there", true)
}
