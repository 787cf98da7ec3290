package library

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/corpus/read"
	"parley/retrieval/retrievaltest"
)

// TestLeftovers guards that what a process that died has left in the folder goes,
// at the start and after saving, and that what one is writing stays.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	s := mustBuild(t, reading(retrievaltest.Articles(2)...), Options{})
	leave := func(dir string) {
		t.Helper()
		path := filepath.Join(dir, unfinished+"12345")
		if err := os.WriteFile(path, []byte("half a snapshot"), 0o600); err != nil {
			t.Fatal(err)
		}
		long := time.Now().Add(-2 * abandoned)
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	dir := saved(t, s)
	writing, err := create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writing.Close() }()
	check := func(when string) {
		t.Helper()
		left := temporaries(t, dir)
		if len(left) != 1 || filepath.Base(left[0]) != filepath.Base(writing.Name()) {
			t.Errorf("%s: got %v, want the one that is being written", when, left)
		}
	}
	leave(dir)
	if err := Save(dir, s); err != nil {
		t.Fatal(err)
	}
	check("after saving")
	leave(dir)
	if _, err := New(&memory{}, dir, Options{ReadOnly: true}).Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if n := len(temporaries(t, dir)); n != 2 {
		t.Errorf("one that only reads leaves %d files, want 2", n)
	}
	if _, err := New(&memory{}, dir, Options{}).Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	check("at the start")
	if _, state, err := Open(t.Context(), dir, s.Fingerprint, Options{}, nil); err != nil || state.Kind != Usable {
		t.Errorf("the snapshot itself: got %+v, error %v", state, err)
	}
}

// TestLeftoverJustMade guards that a file goes whose process died a moment ago,
// where the system knows.
func TestLeftoverJustMade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, err := create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if lock(f) == unknown {
		t.Skip("files cannot be locked here")
	}
	if tidy(dir); len(temporaries(t, dir)) != 1 {
		t.Error("a file that is being written is gone")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if tidy(dir); len(temporaries(t, dir)) != 0 {
		t.Error("a file that nobody writes is still there")
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := Probe(dir); err != nil {
		t.Error(err)
	}
	if left := temporaries(t, dir); len(left) != 0 {
		t.Errorf("leaves %v", left)
	}
	if err := Probe(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: got %v", err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Probe(file); err == nil {
		t.Error("a file: got no error")
	}
}

// TestSameFolder guards that the same folder, spelt otherwise, is the same corpus:
// the snapshot is opened, and nothing is read again.
func TestSameFolder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("c/a.md", "The lighthouse of Ellery is white again, the keeper said on Tuesday.\n")
	write("c/sub/b.md", "The ferry of Ellery sails at nine again, the captain said on Friday.\n")
	l := New(&Files{Paths: []string{"c"}}, "data", Options{})
	report, err := l.Reload(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := Save("data", report.Snapshot); err != nil {
		t.Fatal(err)
	}
	for _, paths := range [][]string{{"./c"}, {"c/"}, {"c/sub/.."}, {filepath.Join(dir, "c")}, {"c", "c"}, {"c", "c/sub"}} {
		got, err := New(&Files{Paths: paths}, "data", Options{}).Reload(t.Context(), nil)
		if err != nil || got.State.Kind != Usable || !Compare(report.Snapshot, got.Snapshot).Empty() {
			t.Errorf("%q: got %+v, error %v", paths, got.State, err)
		}
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink("c", "link"); err != nil {
			t.Fatal(err)
		}
		if got, err := New(&Files{Paths: []string{"link"}}, "data", Options{}).Reload(t.Context(), nil); err != nil || got.State.Kind != Usable {
			t.Errorf("by a link: got %+v, error %v", got.State, err)
		}
	}
	write("c/a.md", "The lighthouse of Ellery is red again, the keeper said on Tuesday.\n\n")
	if got, err := New(&Files{Paths: []string{"c"}}, "data", Options{}).Reload(t.Context(), nil); err != nil || got.State.Kind != Stale {
		t.Errorf("with another text: got %+v, error %v", got.State, err)
	}
}

// changing is a source whose files change after the fingerprint was taken.
type changing struct {
	*Files

	change func()
}

func (c *changing) Read(ctx context.Context, progress func(done, total int)) (*read.Reading, error) {
	c.change()
	return c.Files.Read(ctx, progress)
}

// TestFingerprintIsOfWhatWasRead guards that a snapshot never goes by the name of
// texts that it does not hold: what changes between looking and reading, and back,
// is read again.
func TestFingerprintIsOfWhatWasRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const before, between = "The ferry of Ellery sails at nine, the captain said.", "The ferry of Ellery sails at six, the captain said."
	put(before)
	src := &changing{Files: &Files{Paths: []string{dir}}, change: func() { put(between) }}
	l := New(src, "", Options{})
	first, err := l.Reload(t.Context(), nil)
	if err != nil || !strings.Contains(first.Snapshot.Corpus.Articles[0].Body, "six") {
		t.Fatalf("got %v", err)
	}
	src.change = func() {}
	put(before)
	second, err := l.Reload(t.Context(), nil)
	if err != nil || second.State.Kind == Unchanged || !strings.Contains(second.Snapshot.Corpus.Articles[0].Body, "nine") {
		t.Errorf("got %+v, error %v", second.State, err)
	}
	if third, err := l.Reload(t.Context(), nil); err != nil || third.State.Kind != Unchanged {
		t.Errorf("got %+v, error %v", third.State, err)
	}
}
