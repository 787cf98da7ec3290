package openai

import (
	"encoding/json"
	"strings"
)

// markers are what models that think aloud put around it, where a server does not
// keep it apart, in lower case: the beginning and the end of a thought.
//
//	<think>              DeepSeek-R1, Qwen 3 and their like under Ollama and llama.cpp
//	[THINK]              Magistral
//	<|channel|>          gpt-oss
//	<|begin_of_thought|> OpenThinker
//	<|start_thinking|>   Command A
//	◁think▷              Kimi
func markers() [][2]string {
	out := [][2]string{
		{"[think]", "[/think]"},
		{"<|channel|>analysis<|message|>", "<|end|>"},
		{"<|channel|>commentary<|message|>", "<|end|>"},
		{"<|begin_of_thought|>", "<|end_of_thought|>"},
		{"<|start_thinking|>", "<|end_thinking|>"},
		{"◁think▷", "◁/think▷"},
	}
	for _, name := range [...]string{"think", "thinking", "thought", "thoughts", "reasoning", "reflection", "scratchpad", "analysis", "seed:think", "inner_monologue"} {
		out = append(out, [2]string{"<" + name + ">", "</" + name + ">"})
	}
	return out
}

// openers stand before an answer and are no part of it.
func openers() []string {
	return []string{
		"<|start|>assistant", "<|channel|>final<|message|>", "<|channel|>final <|constrain|>json<|message|>", "<|message|>", "<|end|>",
		"<|begin_of_solution|>", "<|start_response|>", "<answer>", "<output>", "<response>", "<final>",
	}
}

// leftOver is what stands between thought and answer of gpt-oss where a server drops
// the special tokens.
const leftOver = "assistantfinal"

// maxAside bounds what is kept of a thought, in bytes.
const maxAside = 64 << 10

// thought takes what a model thinks aloud off the beginning of a text.
type thought struct {
	// doubtful holds back a text that does not begin as JSON does: it may be a thought
	// whose beginning the template of the chat has written.
	doubtful bool

	pending string // not decided yet, or the last bytes of a thought
	end     string // of the thought
	state   thoughtState
	aside   strings.Builder // the thoughts
}

type thoughtState int

const (
	atStart thoughtState = iota
	inThought
	inDoubt
	inText
)

// next takes a piece of the text and returns what of it is to be passed on.
func (t *thought) next(piece string) string {
	if t.state == inText {
		return piece
	}
	t.pending += piece
	for {
		switch t.state {
		case atStart:
			if !t.begin() {
				return ""
			}
		case inThought:
			at := foldIndex(t.pending, t.end)
			if at < 0 {
				keep := max(0, len(t.pending)-len(t.end)) // any cut will do: the end is looked for as bytes
				t.keep(t.pending[:keep])
				t.pending = t.pending[keep:]
				return ""
			}
			t.keep(t.pending[:at])
			t.pending, t.state = t.pending[at+len(t.end):], atStart
		case inDoubt:
			if !t.loneEnd(piece) {
				return ""
			}
		case inText:
			return t.rest()
		}
	}
}

// begin looks at how a text begins. It reports whether that is clear.
func (t *thought) begin() bool {
	text := strings.TrimLeft(t.pending, " \t\r\n\ufeff")
	if text == "" {
		t.pending = ""
		return false
	}
	low := strings.ToLower(text[:min(len(text), 64)])
	unclear := false
	for _, m := range markers() {
		if strings.HasPrefix(low, m[0]) {
			t.pending, t.end, t.state = text[len(m[0]):], m[1], inThought
			return true
		}
		unclear = unclear || len(low) < len(m[0]) && strings.HasPrefix(m[0], low)
	}
	for _, o := range openers() {
		if strings.HasPrefix(low, o) {
			t.pending = text[len(o):]
			return true
		}
		unclear = unclear || len(low) < len(o) && strings.HasPrefix(o, low)
	}
	if unclear {
		return false
	}
	t.pending, t.state = text, inText
	if t.doubtful && !strings.ContainsAny(text[:1], "{[`") {
		t.state = inDoubt
	}
	return true
}

// loneEnd looks for the end of a thought whose beginning was not sent. It reports
// whether one is there.
func (t *thought) loneEnd(piece string) bool {
	const longest = 32 // of an end
	from := max(0, len(t.pending)-len(piece)-longest)
	for _, m := range append(markers(), [2]string{"", leftOver}) {
		if at := foldIndex(t.pending[from:], m[1]); at >= 0 {
			t.keep(t.pending[:from+at])
			t.pending, t.state = t.pending[from+at+len(m[1]):], atStart
			return true
		}
	}
	return false
}

func (t *thought) keep(text string) {
	if room := maxAside - t.aside.Len(); room > 0 {
		t.aside.WriteString(text[:min(room, len(text))])
	}
}

// rest returns what was held back and is text after all, at the end of a stream.
func (t *thought) rest() string {
	pending := t.pending
	t.pending = ""
	if t.state == inThought {
		t.keep(pending)
		return ""
	}
	return pending
}

// foldIndex is strings.Index without regard to the case of ASCII letters; end is in
// lower case.
func foldIndex(text, end string) int {
	for at := 0; at+len(end) <= len(text); at++ {
		if strings.EqualFold(text[at:at+len(end)], end) {
			return at
		}
	}
	return -1
}

// maxObjects is how many beginnings of objects are tried in a thought.
const maxObjects = 1000

// lastObject is the last JSON object in a text, with whatever lies in it; empty for
// none.
func lastObject(text string) string {
	last := ""
	for range maxObjects {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			break
		}
		text = text[at:]
		var object json.RawMessage
		if json.NewDecoder(strings.NewReader(text)).Decode(&object) != nil {
			text = text[1:]
			continue
		}
		text = text[len(object):]
		if len(object) > len("{}") {
			last = string(object)
		}
	}
	return last
}
