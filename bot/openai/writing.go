package openai

import (
	"unicode/utf8"

	"parley/bot/answer"
)

// runesPerToken is what a stream may have in runes for each token that was asked
// for, before it is cut: twice what a token of English has.
const runesPerToken = 8

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

	probing bool   // the first word is enough
	failed  string // what the endpoint said last of an error of its own

	runes int // handed on
	// of the request under way
	thought thought
	finish  string
	tokens  int // estimated, of its text
	usage   used
	counted bool
	called  bool // a tool
}

func (w *writing) begin() {
	w.thought = thought{doubtful: w.prompt.Schema != nil}
	w.finish, w.tokens, w.usage, w.counted, w.called = "", 0, used{}, false, false
	w.done.Refusal = ""
}

// event takes in one event of a stream.
func (w *writing) event(raw []byte) error {
	c, err := readChunk(raw)
	if err != nil {
		return w.broken(err.Error())
	}
	if c.counted {
		w.usage, w.counted = c.usage, true
	}
	w.tokens += estimateTokens(c.text + c.reasoning)
	if w.probing && c.text+c.reasoning != "" {
		return &writeError{errHeard}
	}
	w.thought.keep(c.reasoning)
	if err := w.pass(w.thought.next(c.text)); err != nil {
		return err
	}
	if len(w.thought.pending) > utf8.UTFMax*thinkingRoom*w.most {
		return w.broken(isEndless)
	}
	if w.done.Refusal += c.refusal; len(w.done.Refusal) > utf8.UTFMax*w.most {
		return w.broken(isEndless)
	}
	if c.tool && (w.prompt.Schema == nil || w.runes > 0) {
		return w.broken(calledTool)
	}
	w.called = w.called || c.tool
	w.thought.keep(c.arguments)
	if c.finish != "" {
		w.finish = c.finish
	}
	return nil
}

// pass hands text on.
func (w *writing) pass(text string) error {
	if text == "" {
		return nil
	}
	n := utf8.RuneCountInString(text)
	if w.runes+n > w.most {
		return w.broken(isEndless)
	}
	w.runes += n
	if err := w.write(text); err != nil {
		return &writeError{err}
	}
	return nil
}

// end reads why a stream has ended.
func (w *writing) end() error {
	if err := w.pass(w.thought.rest()); err != nil {
		return err
	}
	if w.runes == 0 && w.prompt.Schema != nil && w.done.Refusal == "" {
		// Some servers take a whole answer for a thought, or have the model call a tool
		// that has the form of the schema.
		if err := w.pass(lastObject(w.thought.aside.String())); err != nil {
			return err
		}
		if w.called && w.runes > 0 {
			w.finish = ""
		}
	}
	switch {
	case w.finish == codeFilter || w.done.Refusal != "":
		w.done.Finish = answer.Refused
	case w.finish == "error": // OpenRouter
		return &Error{Kind: KindServer, Part: partChat, Detail: "it stops with an error"}
	case w.finish == "length" || w.finish == "max_tokens" || w.finish == "model_length":
		w.done.Finish = answer.CutOff
	case w.called && w.runes == 0, w.finish == "tool_calls" || w.finish == "function_call":
		return w.broken(calledTool)
	case w.runes == 0:
		return w.broken(errEmpty.Error())
	default:
		w.done.Finish = answer.Finished
	}
	return nil
}

// lasting reports whether an error is no passing one: what a server says of itself it
// has to say twice.
func (w *writing) lasting(e *Error) bool {
	before := w.failed
	w.failed = e.Error()
	return e.Kind != KindServer || before == w.failed
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
