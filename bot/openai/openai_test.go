package openai_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
	"parley/retrieval/retrievaltest"
)

// options are those of a client of a local server, with short times.
func options(s *openaitest.Server) openai.Options {
	return openai.Options{
		BaseURL: s.URL(), Key: openai.NewSecret(s.Key()),
		ChatModel: s.ChatModel(), EmbeddingModel: s.EmbeddingModel(),
		Timeout: 5 * time.Second, Stall: 400 * time.Millisecond, Backoff: 5 * time.Millisecond,
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

func complete(ctx context.Context, c *openai.Client, p answer.Prompt) (string, answer.Completion, error) {
	var b strings.Builder
	done, err := c.Completer().Complete(ctx, p, func(piece string) error {
		b.WriteString(piece)
		return nil
	})
	return b.String(), done, err
}

func TestComplete(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	o.ChatInputPrice, o.ChatOutputPrice = 2, 8
	c := newClient(t, o)
	const want = "Der Kreml, im Winter: 5 Stunden — „nützlich“."
	got, done, err := complete(t.Context(), c, prompt(want))
	if err != nil || got != want || done.Finish != answer.Finished {
		t.Errorf("got %q, %+v, %v", got, done, err)
	}
	u := done.Usage
	if cost := (2*float64(u.PromptTokens) + 8*float64(u.CompletionTokens)) / 1e6; u.Requests != 1 || u.Estimated || u.PromptTokens != 17 || u.CompletionTokens == 0 && u.Cost != cost {
		t.Errorf("got usage %+v", u)
	}
	if state := c.State().Chat; state.Usage != u || state.Failure != "" || state.Breaker.Open {
		t.Errorf("got state %+v", state)
	}
	r := s.Requests()[0]
	if r.Temperature == nil || *r.Temperature != 0 || r.MaxTokens != 100 || !r.IncludeUsage || !r.Stream {
		t.Errorf("got request %s", r.Body)
	}
}

func TestEmbedderContract(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	retrievaltest.EmbedderContract(t, newClient(t, options(s)).Embedder())
}
