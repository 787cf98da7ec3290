package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	goopenai "github.com/sashabaranov/go-openai"

	"parley/bot/answer"
)

const (
	// streamBase and streamPerToken bound a stream in bytes: an event for each
	// token takes 300 of them, and reasoning goes uncounted.
	streamBase     = 1 << 20
	streamPerToken = 1 << 10

	// tail is how long the end of a stream is waited for once the text is
	// complete: only the usage is still to come. A judgement.
	tail = 2 * time.Second

	// codeFilter is Azure's for a prompt that its filter keeps from the model.
	codeFilter = "content_filter"
)

var _ answer.Completer = (*Completer)(nil)

// Completer has a model write, as a stream.
type Completer struct {
	api         *goopenai.Client
	model       string
	temperature float64
	in, out     float64 // prices
	dispatcher  *dispatcher
	traits      memory[chatTraits]
	discovery   *discovery
	thinks      memory[bool] // and needs room for it
}

func newCompleter(api *goopenai.Client, o *Options) *Completer {
	return &Completer{
		api: api, model: o.ChatModel, temperature: o.Temperature,
		in: o.ChatInputPrice, out: o.ChatOutputPrice, dispatcher: newDispatcher(partChat, o), discovery: newDiscovery(),
	}
}

// Model is the chat model's name.
func (c *Completer) Model() string { return c.model }

// Complete has the model answer a prompt. Errors are an *[Error], what write
// returned, or the error of a context that was cancelled.
func (c *Completer) Complete(ctx context.Context, p answer.Prompt, write func(piece string) error) (answer.Completion, error) {
	if err := checkPrompt(&p); err != nil {
		return answer.Completion{}, fmt.Errorf("complete prompt: %w", err)
	}
	w := &writing{prompt: &p, write: write, most: runesPerToken * p.MaxTokens}
	err := c.dispatcher.do(ctx, func(ctx context.Context) error { return c.attempt(ctx, w) }, func() bool { return w.runes > 0 })
	if failed, ok := errors.AsType[*writeError](err); ok {
		err = failed.err
	}
	w.done.Usage.Cost = (c.in*float64(w.done.Usage.PromptTokens) + c.out*float64(w.done.Usage.CompletionTokens)) / million
	c.dispatcher.book(w.done.Usage)
	return w.done, err
}

// attempt asks once, and again with less of what the endpoint refuses.
func (c *Completer) attempt(ctx context.Context, w *writing) error {
	floor, tried := c.traits.get(), false
	for {
		traits := c.traits.get()
		err := c.ask(ctx, w, traits)
		if err == nil && w.done.Finish == answer.CutOff && w.runes == 0 {
			if c.thinks.get() {
				return &Error{Kind: KindThought, Part: partChat, Detail: fmt.Sprintf("nothing is written within %d tokens", c.room(w.prompt))}
			}
			c.thinks.update(func(bool) bool { return true })
			c.dispatcher.log.LogAttrs(ctx, slog.LevelInfo, "model thinks long and is given more room from now on")
			continue
		}
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return err
		}
		if e.complaint().code == codeFilter && e.Status == http.StatusBadRequest {
			w.done.Finish = answer.Refused
			return nil
		}
		if w.runes > 0 || w.tokens > 0 { // the endpoint has taken the request
			return err
		}
		if less, ok := traits.less(e, w.prompt.Schema != nil, !blank(w.prompt.System)); ok && !tried {
			c.traits.update(less.merge)
			c.dispatcher.log.LogAttrs(ctx, slog.LevelInfo, "endpoint is asked for less from now on", slog.Any("error", e))
			continue
		}
		if tried || !w.lasting(e) && c.dispatcher.retries > 0 {
			return err
		}
		tried = true
		if _, ok := c.discover(ctx, w, traits, floor, e); !ok {
			return err
		}
	}
}

// ask makes one request and reads its stream.
func (c *Completer) ask(ctx context.Context, w *writing, t chatTraits) error {
	request, set, drop := c.request(w.prompt, t)
	x := &exchange{part: c.dispatcher.part, want: aStream, limit: streamBase + streamPerToken*int64(c.room(w.prompt)), set: set, drop: drop}
	w.begin()
	defer func() { w.account(x) }()
	stream, err := c.api.CreateChatCompletionStream(withExchange(ctx, x), request)
	if err != nil {
		return known(c.dispatcher.part, err)
	}
	defer stream.Close()
	for {
		raw, err := stream.RecvRaw()
		if err == nil {
			err = w.event(raw)
		}
		switch {
		case err == nil && w.finish != "":
			x.stream.hurry(tail)
			continue
		case err == nil:
			continue
		case w.finish != "" && !isWrite(err), errors.Is(err, io.EOF):
			return w.end()
		}
		return known(c.dispatcher.part, err)
	}
}

// known lets through what the transport and the caller's write return, and makes an
// [Error] of what go-openai thinks of a request.
func known(part string, err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if isWrite(err) || errors.Is(err, context.Canceled) {
		return err
	}
	kind := KindRequest
	if errors.Is(err, goopenai.ErrChatCompletionInvalidModel) {
		kind = KindModel
	}
	return &Error{Kind: kind, Part: part, Detail: shorten(err.Error(), maxDetail), err: err}
}

// writeError is an error of the caller's write.
type writeError struct{ err error }

func (e *writeError) Error() string { return e.err.Error() }

func isWrite(err error) bool {
	_, ok := errors.AsType[*writeError](err)
	return ok
}
