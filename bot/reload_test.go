package bot

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parley/bot/manage"
	"parley/bot/phrases"
	"parley/corpus/read"
	"parley/retrieval/library"
)

func writeArticles(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		write(t, dir, name, text)
	}
	return dir
}

// write writes a file, or removes it when the text is empty.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	err := os.WriteFile(path, []byte(text), 0o600)
	if text == "" {
		err = os.Remove(path)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func fileLibrary(t testing.TB, dir string) *library.Library {
	t.Helper()
	return library.New(&library.Files{Paths: []string{dir}}, "", builtin(t))
}

// managed are the options under which boss may manage the corpus.
func managed(opts Options) Options {
	opts.Managers = manage.Managers{Users: []string{boss.ID}}
	return opts
}

func TestReload(t *testing.T) {
	dir := writeArticles(t, map[string]string{
		"same.md": "The old bridge is closed.", "changed.md": "The ferry sails at nine.", "removed.md": "A market is held on Sunday.",
	})
	b := newBot(t, managed(Options{Library: fileLibrary(t, dir)}))
	unchanged := handle(t, b, Request{Kind: Reload, User: boss})
	if unchanged.Outcome != Told || !says(unchanged, english(t, b, "reload.same", nil)) {
		t.Errorf("nothing changed: got %q", texts(unchanged))
	}
	write(t, dir, "changed.md", "The ferry sails at ten.")
	write(t, dir, "removed.md", "")
	write(t, dir, "added.md", "---\ntitle: The harbor wakes\n---\n\nThe harbor opens on Monday.")
	write(t, dir, "broken.md", "\x00\x01\x02")
	var drafts []string
	r := handle(t, b, Request{Kind: Reload, User: boss, Progress: func(d *Reply) { drafts = append(drafts, strings.Join(texts(d), " ")) }})
	for _, want := range []string{
		english(t, b, "reload.added", phrases.Args{"N": 1}), "The harbor wakes (added.md)",
		english(t, b, "reload.changed", phrases.Args{"N": 1}), "changed.md",
		english(t, b, "reload.removed", phrases.Args{"N": 1}), "removed.md",
		english(t, b, "reload.refused", phrases.Args{"N": 1}), "broken.md", "is binary",
		english(t, b, "reload.unchanged", phrases.Args{"N": 1}),
	} {
		if !says(r, want) {
			t.Errorf("got %q, want %q", texts(r), want)
		}
	}
	if all := strings.Join(drafts, "\n"); !strings.Contains(all, "of 4") || !strings.Contains(all, english(t, b, "stage.indexing_words", nil)) {
		t.Errorf("progress was %q", drafts)
	}
	if got := handle(t, b, Request{Kind: Ask, Text: "When does the ferry sail?"}); !says(got, "at ten") {
		t.Errorf("after the reload: got %q", texts(got))
	}
}

// slowSource is a source that waits before it reads.
type slowSource struct {
	library.Source
	reading chan struct{} // closed when it has begun to read
	release chan struct{}
	version string
}

func (s *slowSource) Fingerprint(context.Context) (string, error) { return s.version, nil }

func (s *slowSource) Read(ctx context.Context, progress func(done, total int)) (*read.Reading, error) {
	close(s.reading)
	<-s.release
	return s.Source.Read(ctx, progress)
}

// TestReloadTwice guards that the second who reloads is told about the first,
// and that answers come all the while.
func TestReloadTwice(t *testing.T) {
	source := &slowSource{Source: library.Talks{}, reading: make(chan struct{}), release: make(chan struct{}), version: "1"}
	close(source.release)
	b := newBot(t, managed(Options{Library: library.New(source, "", builtin(t))}))
	source.version, source.reading, source.release = "2", make(chan struct{}), make(chan struct{})
	var first *Reply
	var wg sync.WaitGroup
	wg.Go(func() { first = handle(t, b, Request{Kind: Reload, User: boss}) })
	<-source.reading
	second := handle(t, b, Request{Kind: Reload, User: boss})
	if second.Outcome != Refused || !says(second, "started by boss") {
		t.Errorf("the second is told %s %q", second.Outcome, texts(second))
	}
	if r := handle(t, b, Request{Kind: Ask, Text: territory}); !r.HasAnswer() {
		t.Errorf("while reloading: got %q", texts(r))
	}
	close(source.release)
	wg.Wait()
	if first.Outcome != Told || !says(first, english(t, b, "reload.same", nil)) {
		t.Errorf("the first is told %s %q", first.Outcome, texts(first))
	}
	if third, err := b.Reload(t.Context(), "", nil); err != nil {
		t.Errorf("a third one: %+v, %v", third, err)
	}
}

// TestReloadFails guards that the articles of before stay when the new ones
// cannot be read, and that nobody sees paths of the machine.
func TestReloadFails(t *testing.T) {
	dir := writeArticles(t, map[string]string{"a.md": "The ferry sails at nine."})
	b := newBot(t, managed(Options{Library: fileLibrary(t, dir)}))
	write(t, dir, "a.md", "")
	r := handle(t, b, Request{Kind: Reload, ID: "req-77", User: boss})
	if r.Outcome != Failed || !says(r, "req-77") || says(r, dir) {
		t.Errorf("got %s %q", r.Outcome, texts(r))
	}
	if got := handle(t, b, Request{Kind: Ask, Text: "When does the ferry sail?"}); !says(got, "at nine") {
		t.Errorf("got %q", texts(got))
	}
}

// TestReloadDoesNotInterrupt guards that an answer begun over the articles of
// before is given over them.
func TestReloadDoesNotInterrupt(t *testing.T) {
	dir := writeArticles(t, map[string]string{"a.md": "The ferry sails at nine."})
	hold := make(chan struct{})
	first := newSpy()
	first.hold = hold
	b := newBot(t, Options{Library: fileLibrary(t, dir), AtOnce: 2, Engine: func(on *library.Snapshot) Answerer {
		if strings.Contains(on.Corpus.Articles[0].Body, "at ten") {
			return extractiveEngine(on)
		}
		first.Answerer = extractiveEngine(on)
		return first
	}})
	var before *Reply
	var wg sync.WaitGroup
	wg.Go(func() { before = handle(t, b, Request{Kind: Ask, Text: "When does the ferry sail?"}) })
	first.wait(1)
	write(t, dir, "a.md", "The ferry sails at ten.")
	if _, err := b.Reload(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	after := handle(t, b, Request{Kind: Ask, User: bob, Text: "When does the ferry sail?"})
	close(hold)
	wg.Wait()
	if !says(before, "at nine") || !says(after, "at ten") {
		t.Errorf("before: %q, after: %q", texts(before), texts(after))
	}
}

// TestBeforeTheFirstLoad guards that a bot without articles yet says so, and can
// be told to load them.
func TestBeforeTheFirstLoad(t *testing.T) {
	b, err := New(t.Context(), managed(Options{Library: library.New(library.Talks{}, "", builtin(t)), Engine: extractiveEngine}))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close(t.Context())
	for _, kind := range []Kind{Ask, Cite, Sources, Check, Complete, Press, Submit, Thread, Help, About, Status, Gaps} {
		if r := handle(t, b, Request{Kind: kind, User: boss, Text: "x"}); r.Outcome != Refused || !says(r, english(t, b, "refused.loading", nil)) {
			t.Errorf("%s: got %s %q", kind, r.Outcome, texts(r))
		}
	}
	if r := handle(t, b, Request{Kind: Reload, User: boss}); r.Outcome != Told {
		t.Errorf("got %s %q", r.Outcome, texts(r))
	}
	if r := handle(t, b, Request{Kind: Ask, Text: territory}); !r.HasAnswer() {
		t.Errorf("got %s %q", r.Outcome, texts(r))
	}
}

// fragile is a source that panics while it is read, once it is broken.
type fragile struct {
	library.Talks
	broken bool
}

func (f *fragile) Fingerprint(ctx context.Context) (string, error) {
	if f.broken {
		panic("cannot be taken apart")
	}
	return f.Talks.Fingerprint(ctx)
}

// TestReloadSurvivesAPanic guards that articles that cannot be read do not end a
// bot that is told by a signal to read them, and that those of before stay.
func TestReloadSurvivesAPanic(t *testing.T) {
	source := &fragile{}
	b := newBot(t, managed(Options{Library: library.New(source, "", builtin(t))}))
	source.broken = true
	if _, err := b.Reload(t.Context(), "", nil); err == nil || !strings.Contains(err.Error(), "panic: cannot be taken apart") {
		t.Errorf("got %v, want an error that tells of the panic", err)
	}
	if r := handle(t, b, Request{Kind: Reload, User: boss}); r.Outcome != Failed {
		t.Errorf("to a manager: got %s %q", r.Outcome, texts(r))
	}
	if r := handle(t, b, Request{Kind: Ask, Text: territory}); !r.HasAnswer() {
		t.Errorf("a question: got %s %q", r.Outcome, texts(r))
	}
}
