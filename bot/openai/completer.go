package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
	"unicode/utf8"

	goopenai "github.com/sashabaranov/go-openai"

	"parley/bot/answer"
)

const (
	// runesPerToken is what a stream may have in runes for each token that was
	// asked for, before it is cut: twice what a token of English has.
	runesPerToken = 8

	// streamBase and streamPerToken bound a stream in bytes: an event for each
	// token takes 300 of them, and reasoning goes uncounted.
	streamBase     = 1 << 20
	streamPerToken = 1 << 10

	// tail is how long the end of a stream is waited for once the text is
	// complete: only the usage is still to come. A judgement.
	tail = 2 * time.Second

	// userRole is what an [answer.Turn] of a person has.
	userRole = "user"

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
	lane        *lane
	traits      memory[chatTraits]
}

func newCompleter(api *goopenai.Client, o *Options) *Completer {
	return &Completer{
		api: api, model: o.ChatModel, temperature: o.Temperature,
		in: o.ChatInputPrice, out: o.ChatOutputPrice, lane: newLane(partChat, o),
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
	err := c.lane.do(ctx, func(ctx context.Context) error { return c.attempt(ctx, w) }, func() bool { return w.runes > 0 })
	if failed, ok := errors.AsType[*writeError](err); ok {
		err = failed.err
	}
	w.done.Usage.Cost = (c.in*float64(w.done.Usage.PromptTokens) + c.out*float64(w.done.Usage.CompletionTokens)) / million
	c.lane.book(w.done.Usage)
	return w.done, err
}

func checkPrompt(p *answer.Prompt) error {
	switch {
	case p.MaxTokens <= 0:
		return errors.New("no bound on the tokens")
	case len(p.Messages) == 0 || p.Messages[len(p.Messages)-1].Role != userRole:
		return errors.New("the last message is not the user's")
	case p.Schema != nil && !json.Valid(p.Schema.JSON):
		return errors.New("the schema is no JSON")
	}
	return nil
}

// attempt asks once, and again with less of what the endpoint refuses.
func (c *Completer) attempt(ctx context.Context, w *writing) error {
	for {
		traits := c.traits.get()
		err := c.ask(ctx, w, traits)
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return err
		}
		if e.code == codeFilter && e.Status == http.StatusBadRequest {
			w.done.Finish = answer.Refused
			return nil
		}
		less, ok := traits.less(e, w.prompt.Schema != nil)
		if !ok || w.runes > 0 {
			return err
		}
		c.traits.update(less.merge)
		c.lane.log.LogAttrs(ctx, slog.LevelInfo, "endpoint is asked for less from now on", slog.Any("error", e))
	}
}

// request is what go-openai sends, and what it cannot send.
func (c *Completer) request(p *answer.Prompt, t chatTraits) (goopenai.ChatCompletionRequest, map[string]any) {
	r := goopenai.ChatCompletionRequest{Model: c.model}
	set := map[string]any{}
	if p.System != "" {
		r.Messages = append(r.Messages, goopenai.ChatCompletionMessage{Role: goopenai.ChatMessageRoleSystem, Content: p.System})
	}
	for _, m := range p.Messages {
		role := goopenai.ChatMessageRoleUser
		if m.Role != userRole {
			role = goopenai.ChatMessageRoleAssistant
		}
		if m.Text != "" { // go-openai would leave the content out
			r.Messages = append(r.Messages, goopenai.ChatCompletionMessage{Role: role, Content: m.Text})
		}
	}
	if !t.noUsage {
		r.StreamOptions = &goopenai.StreamOptions{IncludeUsage: true}
	}
	// go-openai has opinions on these by the model's name.
	if !t.noTemperature {
		set["temperature"] = c.temperature
	}
	switch t.limit {
	case limitTokens:
		set["max_tokens"] = p.MaxTokens
	case limitCompletion:
		set["max_completion_tokens"] = p.MaxTokens
	case limitNone:
	}
	if p.Schema == nil {
		return r, set
	}
	switch t.format {
	case formatSchema:
		r.ResponseFormat = &goopenai.ChatCompletionResponseFormat{
			Type:       goopenai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &goopenai.ChatCompletionResponseFormatJSONSchema{Name: p.Schema.Name, Schema: p.Schema.JSON, Strict: true},
		}
	case formatObject:
		r.ResponseFormat = &goopenai.ChatCompletionResponseFormat{Type: goopenai.ChatCompletionResponseFormatTypeJSONObject}
	case formatNone:
	}
	return r, set
}

// ask makes one request and reads its stream.
func (c *Completer) ask(ctx context.Context, w *writing, t chatTraits) error {
	request, set := c.request(w.prompt, t)
	x := &exchange{part: c.lane.part, want: aStream, limit: streamBase + streamPerToken*int64(w.prompt.MaxTokens), set: set}
	w.begin()
	defer func() { w.account(x) }()
	stream, err := c.api.CreateChatCompletionStream(withExchange(ctx, x), request)
	if err != nil {
		return known(c.lane.part, err)
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
		return known(c.lane.part, err)
	}
}

// known lets through what the doer and the caller's write return, and makes an
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

// What is wrong with a stream.
const (
	calledTool = "it calls a tool, and none was offered"
	isEndless  = "it goes on far beyond what was asked for"
)

// writing is what becomes of one prompt.
type writing struct {
	prompt *answer.Prompt
	write  func(string) error
	most   int // runes
	done   answer.Completion

	runes  int // handed on
	finish string
	// of the request under way
	tokens  int // estimated, of its text
	usage   used
	counted bool
}

func (w *writing) begin() { w.finish, w.tokens, w.usage, w.counted = "", 0, used{}, false }

// event takes in one event of a stream.
func (w *writing) event(raw []byte) error {
	c, err := readChunk(raw)
	if err != nil {
		return w.broken(err.Error())
	}
	if c.counted {
		w.usage, w.counted = c.usage, true
	}
	if c.text != "" {
		n := utf8.RuneCountInString(c.text)
		if w.runes+n > w.most {
			return w.broken(isEndless)
		}
		w.tokens += estimateTokens(c.text)
		w.runes += n
		if err := w.write(c.text); err != nil {
			return &writeError{err}
		}
	}
	if w.done.Refusal += c.refusal; len(w.done.Refusal) > utf8.UTFMax*w.most {
		return w.broken(isEndless)
	}
	if c.tool {
		return w.broken(calledTool)
	}
	if c.finish != "" {
		w.finish = c.finish
	}
	return nil
}

// end reads why a stream has ended.
func (w *writing) end() error {
	switch {
	case w.finish == codeFilter || w.done.Refusal != "":
		w.done.Finish = answer.Refused
	case w.finish == "length":
		w.done.Finish = answer.CutOff
	case w.finish == "tool_calls" || w.finish == "function_call":
		return w.broken(calledTool)
	case w.runes == 0:
		return w.broken(errEmpty.Error())
	default:
		w.done.Finish = answer.Finished
	}
	return nil
}

func (w *writing) broken(how string) error {
	return &Error{Kind: KindProtocol, Part: partChat, Detail: how}
}

// account adds what a request has taken.
func (w *writing) account(x *exchange) {
	u := answer.Usage{PromptTokens: w.usage.prompt, CompletionTokens: w.usage.completion}
	if x.sent {
		u.Requests = 1
	}
	if x.answered && !w.counted {
		u.PromptTokens, u.CompletionTokens, u.Estimated = estimatePrompt(w.prompt), w.tokens, true
	}
	w.done.Usage.Add(u)
}
