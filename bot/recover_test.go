package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/phrases"
	"parley/retrieval"
	"parley/retrieval/library"
	"parley/retrieval/retrievaltest"
)

// notes is a log that a test reads while it is written.
type notes struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.String()
}

func (n *notes) logger() *slog.Logger { return slog.New(slog.NewTextHandler(n, nil)) }

// quick are the options of a bot that looks after its embedder often, and stores
// nothing on disk but the snapshots in data.
func quick(t testing.TB, source library.Source, data string, e retrieval.Embedder) Options {
	t.Helper()
	lib := library.New(source, data, library.Options{Lexicon: words(t), Embedder: e, Reader: reader(t), Patience: 50 * time.Millisecond})
	return managed(Options{Library: lib, Data: data, Retry: 2 * time.Millisecond, RetryMost: 8 * time.Millisecond})
}

// eventually waits in a bubble for something that the bot does by itself.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("in vain: %s", what)
		}
	}
}

func whole(b *Bot) bool {
	on := b.live.Load()
	return on != nil && on.snapshot.Degraded == nil && b.opts.Library.Vectors().Since.IsZero()
}

// TestSentencesInTheBackground guards that the sentences are embedded while the bot
// answers, and tried again after a failure.
func TestSentencesInTheBackground(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := retrievaltest.NewReader("reader", 64)
		r.FailSentences(errors.New("out of paper"))
		lib := library.New(library.Talks{}, "", library.Options{Lexicon: words(t), Reader: r})
		var said notes
		newBot(t, managed(Options{Library: lib, Log: said.logger(), Retry: 2 * time.Millisecond, RetryMost: 8 * time.Millisecond}))
		eventually(t, "the failure is logged", func() bool { return strings.Contains(said.String(), "out of paper") })
		r.FailSentences(nil)
		sentences, read := len(lib.Snapshot().Corpus.Sentences), 0
		eventually(t, "all sentences are embedded", func() bool {
			read += len(r.Read())
			return read >= sentences
		})
		time.Sleep(time.Second)
		if read += len(r.Read()); read != sentences {
			t.Errorf("%d sentences were embedded, want each of the %d once", read, sentences)
		}
	})
}

// TestEmbedderAtTheStart guards that a bot answers while the passages are
// embedded, says so, and by itself goes over to the embedder's vectors.
func TestEmbedderAtTheStart(t *testing.T) {
	bubble(t, func(t *testing.T) {
		e := retrievaltest.NewEmbedder("neural", 64)
		release := e.Hang()
		var said notes
		opts := quick(t, library.Talks{}, "", e)
		opts.Log = said.logger()
		b := newBot(t, opts)
		if r := handle(t, b, Request{Kind: Ask, Text: territory}); !r.HasAnswer() {
			t.Errorf("got %s %q", r.Outcome, texts(r))
		}
		n := len(b.live.Load().snapshot.Corpus.Passages)
		missing := english(t, b, "status.why_embedding", phrases.Args{"Missing": n, "Total": n})
		for _, kind := range []Kind{Status, Reload} {
			r := handle(t, b, Request{Kind: kind, User: boss})
			if !says(r, "Standing in for neural for 1 s: words alone. "+missing) {
				t.Errorf("%s: got %q", kind, texts(r))
			}
		}
		release()
		eventually(t, "the vectors go live", func() bool { return whole(b) })
		r := handle(t, b, Request{Kind: Status, User: boss})
		if !says(r, "vectors: neural") || says(r, "Standing in") {
			t.Errorf("got %q", texts(r))
		}
		if twice := e.Repeated(); len(twice) > 0 {
			t.Errorf("embedded twice: %d", len(twice))
		}
		e.Asked()
		if r := handle(t, b, Request{Kind: Ask, Text: territory}); !r.HasAnswer() {
			t.Errorf("got %s %q", r.Outcome, texts(r))
		}
		if _, queries := e.Asked(); len(queries) == 0 {
			t.Error("the answer without the vectors was kept after they were there")
		}
		eventually(t, "the log says so", func() bool { return strings.Contains(said.String(), `msg="embedder is back" model=neural`) })
		if !strings.Contains(said.String(), `level=INFO msg="embedder is replaced for now" model=neural`) {
			t.Errorf("the log is %s", said.String())
		}
	})
}

// TestEmbedderIsLost guards that an endpoint that dies costs nobody an answer, is
// told in every language, keeps no new article out, and is taken back when it returns.
func TestEmbedderIsLost(t *testing.T) {
	bubble(t, func(t *testing.T) {
		dir := writeArticles(t, map[string]string{"a.md": "The ferry sails at nine."})
		e := retrievaltest.NewEmbedder("neural", 64)
		b := newBot(t, quick(t, &library.Files{Paths: []string{dir}}, t.TempDir(), e))
		eventually(t, "the vectors go live", func() bool { return whole(b) })

		e.Fail(errors.New("secret details of the endpoint"))
		if r := handle(t, b, Request{Kind: Ask, Text: "When does the ferry sail?"}); !says(r, "at nine") {
			t.Errorf("got %q", texts(r))
		}
		reasons := map[string]bool{}
		for _, locale := range phrases.Languages() {
			r := handle(t, b, Request{Kind: Status, User: boss, Locale: locale})
			why := b.book.For(locale).Say("status.why_failing", nil)
			if !says(r, why) || says(r, "secret") || reasons[why] {
				t.Errorf("%s: got %q", locale, texts(r))
			}
			reasons[why] = true
		}
		write(t, dir, "b.md", "The market opens at ten.")
		if r := handle(t, b, Request{Kind: Reload, User: boss}); r.Outcome != Told || !says(r, "Standing in for neural") {
			t.Errorf("got %q", texts(r))
		}
		if r := handle(t, b, Request{Kind: Ask, Text: "When does the market open?"}); !says(r, "at ten") {
			t.Errorf("got %q", texts(r))
		}
		e.Fail(nil)
		eventually(t, "the vectors go live again", func() bool { return whole(b) })
		if got := len(b.live.Load().snapshot.Corpus.Articles); got != 2 {
			t.Errorf("got %d articles", got)
		}
		// An article more: now its vectors are made before it is live.
		write(t, dir, "c.md", "The bridge is closed.")
		if r := handle(t, b, Request{Kind: Reload, User: boss}); r.Outcome != Told || says(r, "Standing in") || !whole(b) {
			t.Errorf("got %q", texts(r))
		}
		if twice := e.Repeated(); len(twice) > 0 {
			t.Errorf("embedded twice: %q", twice)
		}
	})
}

// TestEmbedderAcrossRestarts guards that a bot that is told to end while it embeds
// ends soon, and that the next one goes on where it was.
func TestEmbedderAcrossRestarts(t *testing.T) {
	bubble(t, func(t *testing.T) {
		files := map[string]string{}
		for i := range 200 {
			files[fmt.Sprintf("%03d.md", i)] = fmt.Sprintf("---\ntitle: Report %d\n---\n\nThe ferry number %d sails at nine.", i, i)
		}
		source, data := &library.Files{Paths: []string{writeArticles(t, files)}}, t.TempDir()
		e := &gate{Embedder: retrievaltest.NewEmbedder("neural", 64), open: make(chan struct{}, 100)}
		first, err := New(t.Context(), withEngine(quick(t, source, data, e)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := first.Reload(t.Context(), "", nil); err != nil {
			t.Fatal(err)
		}
		e.open <- struct{}{} // one batch and no more
		eventually(t, "some are embedded", func() bool { return first.opts.Library.Vectors().Missing < 200 })
		missing := first.opts.Library.Vectors().Missing
		if err := first.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		close(e.open)
		e.Asked()
		second := newBot(t, quick(t, source, data, e))
		eventually(t, "the vectors go live", func() bool { return whole(second) })
		if documents, _ := e.Asked(); len(documents) != missing || missing == 0 {
			t.Errorf("asked for %d documents, want %d", len(documents), missing)
		}
		if twice := e.Repeated(); len(twice) > 0 {
			t.Errorf("embedded twice: %d", len(twice))
		}
	})
}

func withEngine(opts Options) Options {
	opts.Engine = extractiveEngine
	return opts
}

// gate is an embedder that lets one batch of passages through for each value.
type gate struct {
	*retrievaltest.Embedder
	open chan struct{}
}

func (g *gate) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	if role == retrieval.Document {
		select {
		case <-g.open:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return g.Embedder.Embed(ctx, role, texts)
}

// TestRetriesOfTheEmbedder guards the times between tries.
func TestRetriesOfTheEmbedder(t *testing.T) {
	bubble(t, func(t *testing.T) {
		e := &clocked{Embedder: retrievaltest.NewEmbedder("neural", 64), start: time.Now()}
		e.Fail(errors.New("down"))
		b := newBot(t, Options{Library: library.New(library.Talks{}, "", library.Options{Embedder: e, Reader: reader(t)})})
		time.Sleep(5 * time.Minute)
		want := []int{0, 5, 15, 35, 75, 135, 195, 255}
		if got := e.seconds(); !slices.Equal(got, want) {
			t.Errorf("asked after %v s, want %v", got, want)
		}
		e.Fail(nil)
		time.Sleep(time.Minute)
		if !whole(b) {
			t.Error("the vectors are not live")
		}
	})
}

// clocked is an embedder that takes down when it is asked.
type clocked struct {
	*retrievaltest.Embedder
	start time.Time

	mu sync.Mutex
	at []int
}

func (c *clocked) Embed(ctx context.Context, role retrieval.Role, texts []string) ([][]float32, error) {
	c.mu.Lock()
	c.at = append(c.at, int(time.Since(c.start).Seconds()))
	c.mu.Unlock()
	return c.Embedder.Embed(ctx, role, texts)
}

func (c *clocked) seconds() []int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.at)
}

// mad is an embedder that panics.
type mad struct{}

func (mad) Model() string { return "mad" }

func (mad) Embed(context.Context, retrieval.Role, []string) ([][]float32, error) {
	panic("lost its mind")
}

func TestEmbedderPanics(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var said notes
		opts := quick(t, library.Talks{}, "", mad{})
		opts.Log = said.logger()
		b := newBot(t, opts)
		eventually(t, "the log says so", func() bool { return strings.Contains(said.String(), "panic: lost its mind") })
		if r := handle(t, b, Request{Kind: Ask, Text: territory}); !r.HasAnswer() {
			t.Errorf("got %s %q", r.Outcome, texts(r))
		}
	})
}

// deaf is an embedder that does not heed its context.
type deaf struct {
	asked   chan struct{} // has a value once it was asked
	release chan struct{}
}

func (deaf) Model() string { return "deaf" }

func (d deaf) Embed(context.Context, retrieval.Role, []string) ([][]float32, error) {
	select {
	case d.asked <- struct{}{}:
	default:
	}
	<-d.release
	return nil, errors.New("too late")
}

// TestCloseDoesNotWaitForEver guards that an embedder that hangs for good does
// not keep the process from ending.
func TestCloseDoesNotWaitForEver(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := deaf{make(chan struct{}, 1), make(chan struct{})}
		b, err := New(t.Context(), withEngine(quick(t, library.Talks{}, "", d)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Reload(t.Context(), "", nil); err != nil {
			t.Fatal(err)
		}
		if r := handle(t, b, Request{Kind: Ask, Text: territory}); !r.HasAnswer() {
			t.Errorf("got %s %q", r.Outcome, texts(r))
		}
		<-d.asked
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := b.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		close(d.release)
		b.caring.Wait()
	})
}

// TestStandInSentences guards that each reason has its own sentence.
func TestStandInSentences(t *testing.T) {
	b := newBot(t, Options{})
	j := &job{Bot: b, say: b.book.For("en")}
	since := time.Now().Add(-3 * time.Minute)
	for _, tt := range []struct {
		v    library.Vectors
		want string
	}{
		{library.Vectors{Model: "neural"}, ""},
		{library.Vectors{Model: "neural", StandIn: "lsa-128", Since: since, Why: library.Embedding, Missing: 3, Total: 9}, "Standing in for neural for 4 min: lsa-128. Passages still to be embedded: 3 of 9."},
		{library.Vectors{Model: "neural", Since: since, Why: library.Slow}, "Standing in for neural for 4 min: words alone. The embedding model does not answer in time."},
		{library.Vectors{Model: "neural", Since: since, Why: library.Unfit, Missing: 1, Total: 2}, "Standing in for neural for 4 min: words alone. The embedding model gives vectors that do not fit; the log says more. Passages still to be embedded: 1 of 2."},
		{library.Vectors{Model: "neural", Since: since, Why: library.Failing}, "Standing in for neural for 4 min: words alone. The embedding model cannot be reached or fails; the log says why."},
	} {
		if got := j.standIn(tt.v); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
