package openai

import "strings"

// What models that think aloud put around it, where a server does not keep it
// apart (DeepSeek-R1 and Qwen 3 under Ollama and llama.cpp).
const (
	thoughtStart = "<think>"
	thoughtEnd   = "</think>"
)

// thought takes what a model thinks aloud off the beginning of a text.
type thought struct {
	pending string // not decided yet, or the last runes of a thought
	state   thoughtState
}

type thoughtState int

const (
	atStart thoughtState = iota
	inThought
	afterThought // where space is dropped
	inText
)

// next takes a piece of the text and returns what of it is to be passed on.
func (t *thought) next(piece string) string {
	if t.state == inText {
		return piece
	}
	t.pending += piece
	if t.state == atStart {
		text := strings.TrimLeft(t.pending, " \t\r\n")
		switch {
		case strings.HasPrefix(text, thoughtStart):
			t.state = inThought
		case strings.HasPrefix(thoughtStart, text):
			return "" // may still become one
		default:
			t.state = inText
			return t.rest()
		}
	}
	if t.state == inThought {
		_, after, ended := strings.Cut(t.pending, thoughtEnd)
		if !ended {
			t.pending = t.pending[max(0, len(t.pending)-len(thoughtEnd)):] // ASCII is looked for: any cut will do
			return ""
		}
		t.pending, t.state = after, afterThought
	}
	if t.pending = strings.TrimLeft(t.pending, " \t\r\n"); t.pending == "" {
		return ""
	}
	t.state = inText
	return t.rest()
}

// rest returns what was held back and is text after all, at the end of a stream.
func (t *thought) rest() string {
	pending := t.pending
	t.pending = ""
	if t.state == inThought {
		return ""
	}
	return pending
}
