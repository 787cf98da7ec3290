package openai_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
)

// silence is the stall of clients whose server falls silent. Others have a longer
// one, since the machine may be busy elsewhere.
const silence = 300 * time.Millisecond

func silent(f openaitest.Fault) bool {
	return f == openaitest.StalledEarly || f == openaitest.StalledMiddle || f == openaitest.NoEnd
}

// options are those of a client of a local server, with short times.
func options(s *openaitest.Server) openai.Options {
	return openai.Options{
		BaseURL: s.URL(), Key: openai.NewSecret(s.Key()),
		ChatModel: s.ChatModel(), EmbeddingModel: s.EmbeddingModel(),
		Timeout: 10 * time.Second, Stall: 5 * time.Second, Backoff: 5 * time.Millisecond,
		Probe: 50 * time.Millisecond, ProbeMax: 200 * time.Millisecond,
	}
}

func newClient(t *testing.T, o openai.Options) *openai.Client {
	t.Helper()
	c, err := openai.New(o)
	if err != nil {
		t.Fatalf("new client: %v", err)
	}
	t.Cleanup(c.Close)
	return c
}

// prompt is a small one.
func prompt(text string) answer.Prompt {
	return answer.Prompt{System: "Answer in JSON.", Messages: []answer.Turn{{Role: "user", Text: text}}, MaxTokens: 100}
}

// withSchema is one that asks for a form.
func withSchema(text string) answer.Prompt {
	p := prompt(text)
	p.Schema = &answer.Schema{Name: "reply", JSON: json.RawMessage(
		`{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}`)}
	return p
}

func complete(ctx context.Context, c *openai.Client, p answer.Prompt) (string, answer.Completion, error) {
	var b strings.Builder
	done, err := c.Completer().Complete(ctx, p, func(piece string) error {
		b.WriteString(piece)
		return nil
	})
	return b.String(), done, err
}

// logs is a log that a test looks through.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logs) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// keepsQuiet looks for secrets in all that a client lets out.
func keepsQuiet(t *testing.T, l *logs, c *openai.Client, err error, secrets ...string) {
	t.Helper()
	state, _ := json.Marshal(c.State())
	out := l.String() + string(state) + fmt.Sprintf("%v %+v %#v %+v %#v", err, err, err, c, c)
	if e, ok := err.(*openai.Error); ok { //nolint:errorlint // as it came
		out += e.Error() + e.Hint() + e.Message() + fmt.Sprintf("%+v", *e)
	}
	for _, secret := range secrets {
		if at := strings.Index(out, secret); secret != "" && at >= 0 {
			t.Errorf("%q is in what the client says: %s", secret, out[max(0, at-200):min(len(out), at+200)])
		}
	}
}

// noLeaks fails a test that leaves goroutines behind. It comes first in a test,
// so that its look is the last.
func noLeaks(t *testing.T) {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for deadline := time.Now().Add(3 * time.Second); ; {
			now := runtime.NumGoroutine()
			if now <= before {
				return
			}
			if time.Now().After(deadline) {
				stacks := make([]byte, 1<<20)
				t.Errorf("%d goroutines before, %d after:\n%s", before, now, stacks[:runtime.Stack(stacks, true)])
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
}

func TestComplete(t *testing.T) {
	noLeaks(t)
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	o.ChatInputPrice, o.ChatOutputPrice = 2, 8
	c := newClient(t, o)
	const want = "Der Kreml, im Winter: 5 Stunden — „nützlich“."
	got, done, err := complete(t.Context(), c, prompt(want))
	if err != nil || got != want || done.Finish != answer.Finished {
		t.Errorf("got %q, %+v, %v", got, done, err)
	}
	if cost, want := done.Usage.Cost, (2*17+8*9)/1e6; done.Usage != (answer.Usage{PromptTokens: 17, CompletionTokens: 9, Requests: 1, Cost: cost}) || cost < want*0.999 || cost > want*1.001 {
		t.Errorf("got usage %+v", done.Usage)
	}
	if state := c.State().Chat; state.Usage != done.Usage || state.Failure != "" || state.Breaker.Open || state.Model != s.ChatModel() {
		t.Errorf("got state %+v", state)
	}
	r := s.Requests()[0]
	if r.Temperature == nil || *r.Temperature != 0 || r.MaxTokens != 100 || !r.IncludeUsage || !r.Stream || r.System() == "" || r.Header.Get("Accept-Encoding") != "identity" {
		t.Errorf("got request %s", r.Body)
	}
}

// TestConversation: turns go out in order with their roles, empty ones not at all.
func TestConversation(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	c := newClient(t, options(s))
	p := answer.Prompt{Messages: []answer.Turn{{Role: "user", Text: "one"}, {Role: "assistant", Text: "two"}, {Role: "bot", Text: ""}, {Role: "user", Text: "three"}}, MaxTokens: 9}
	if _, _, err := complete(t.Context(), c, p); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(s.Requests()[0].Messages)
	if want := "[{user one} {assistant two} {user three}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPromptIsChecked(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	c := newClient(t, options(s))
	tests := map[string]func(*answer.Prompt){
		"no bound":        func(p *answer.Prompt) { p.MaxTokens = 0 },
		"no messages":     func(p *answer.Prompt) { p.Messages = nil },
		"not the user's":  func(p *answer.Prompt) { p.Messages[0].Role = "assistant" },
		"nothing is said": func(p *answer.Prompt) { p.Messages[0].Text = " " },
		"broken schema":   func(p *answer.Prompt) { p.Schema = &answer.Schema{Name: "x", JSON: json.RawMessage("{")} },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			p := prompt("hello")
			spoil(&p)
			if _, _, err := complete(t.Context(), c, p); err == nil || s.Count(openaitest.Chat) != 0 {
				t.Errorf("got %v after %d requests", err, s.Count(openaitest.Chat))
			}
		})
	}
}

// TestWriteError: it ends the request and comes back as it is.
func TestWriteError(t *testing.T) {
	noLeaks(t)
	s := openaitest.New(t, openaitest.Options{Pace: 5 * time.Millisecond})
	c := newClient(t, options(s))
	calls := 0
	done, err := c.Completer().Complete(t.Context(), prompt(strings.Repeat("some words ", 50)), func(string) error {
		if calls++; calls == 2 {
			return io.ErrClosedPipe
		}
		return nil
	})
	if err != io.ErrClosedPipe || calls != 2 { //nolint:errorlint // as it is
		t.Errorf("got %v after %d calls", err, calls)
	}
	if done.Usage.Requests != 1 || !done.Usage.Estimated || done.Usage.CompletionTokens == 0 {
		t.Errorf("got usage %+v", done.Usage)
	}
	if _, _, err := complete(t.Context(), c, prompt("again")); err != nil || c.State().Chat.Failure != "" {
		t.Errorf("after it: got %v, state %+v", err, c.State().Chat)
	}
}

// TestSlowWriter: the time that write takes is not the endpoint's silence.
func TestSlowWriter(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	o.Stall = 50 * time.Millisecond
	c := newClient(t, o)
	done, err := c.Completer().Complete(t.Context(), prompt("three pieces of a text, no less"), func(string) error {
		time.Sleep(100 * time.Millisecond)
		return nil
	})
	if err != nil || done.Finish != answer.Finished {
		t.Errorf("got %+v, %v", done, err)
	}
}

// TestConnectionsAreKept: an answer is read to its end, so that the next request
// needs no handshake.
func TestConnectionsAreKept(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{openaitest.LateEnd}})
	c := newClient(t, options(s))
	for range 10 {
		if _, _, err := complete(t.Context(), c, prompt("hello")); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Embedder().Embed(t.Context(), 0, []string{"hello"}); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Connections(); got > 5 { // of which a busy machine may lose one or two
		t.Errorf("got %d connections for 20 requests one after the other", got)
	}
}

// TestTail: once a text is complete, its usage is not waited for as long as for
// a first word.
func TestTail(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{openaitest.NoEnd}})
	began := time.Now()
	got, done, err := complete(t.Context(), newClient(t, options(s)), prompt("hello"))
	if took := time.Since(began); err != nil || got != "hello" || !done.Usage.Estimated || took > 4*time.Second {
		t.Errorf("got %q, %+v, %v after %v", got, done, err, took)
	}
}

func TestAzure(t *testing.T) {
	const deployment = "gpt-3.5 turbo:2 50%?"
	s := openaitest.New(t, openaitest.Options{Azure: openai.DefaultAPIVersion, ChatModels: []string{deployment}, EmbeddingModels: []string{"embed.3"}})
	for _, suffix := range []string{"", "/", "/openai", "/openai/"} {
		o := options(s)
		o.API, o.BaseURL = openai.APIAzure, o.BaseURL+suffix
		c := newClient(t, o)
		if got, _, err := complete(t.Context(), c, prompt("hello")); err != nil || got != "hello" {
			t.Errorf("base URL with %q: got %q, %v", suffix, got, err)
		}
		if _, err := c.Embedder().Embed(t.Context(), 0, []string{"hello"}); err != nil {
			t.Errorf("base URL with %q: embed: %v", suffix, err)
		}
	}
	for _, r := range s.Requests() {
		if r.Header.Get("Authorization") != "" {
			t.Error("the key went into the wrong header")
		}
	}
}

// TestNoKey: servers without a key see none.
func TestNoKey(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{NoKey: true})
	o := options(s)
	c := newClient(t, o)
	if _, _, err := complete(t.Context(), c, prompt("hello")); err != nil {
		t.Error(err)
	}
}
