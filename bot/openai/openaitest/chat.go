package openaitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// pieceRunes is how much text an event holds.
const pieceRunes = 12

// chat answers with a text.
func (a *answering) chat(s Script) {
	if s.Pieces == nil {
		s.Pieces = pieces(s.Text)
	}
	if s.Pace == 0 {
		s.Pace = a.server.options.Pace
	}
	if s.Finish == "" {
		s.Finish = "stop"
	}
	if s.PromptTokens == 0 {
		for _, m := range a.r.Messages {
			s.PromptTokens += len(strings.Fields(m.Content)) + 3
		}
	}
	if s.CompletionTokens == 0 {
		s.CompletionTokens = len(strings.Fields(s.Text)) + 1
	}
	a.outcome(&s)
	if !a.pause(s.Wait) {
		return
	}
	if !a.r.Stream || a.failures.has(NoStreaming) {
		a.onePiece(s)
		return
	}
	a.stream(s)
}

// outcome are faults that a model has.
func (a *answering) outcome(s *Script) {
	switch {
	case a.failures.has(RefusalDelta):
		s.Pieces, s.Refusal = nil, "I cannot help with that."
	case a.failures.has(ContentFilter):
		s.Finish = "content_filter"
	case a.failures.has(NoText):
		s.Pieces = nil
	}
}

func pieces(text string) []string {
	var out []string
	runes := []rune(text)
	for len(runes) > 0 {
		n := min(pieceRunes, len(runes))
		out = append(out, string(runes[:n]))
		runes = runes[n:]
	}
	return out
}

func (a *answering) usage(s Script) object {
	return object{"prompt_tokens": s.PromptTokens, "completion_tokens": s.CompletionTokens, "total_tokens": s.PromptTokens + s.CompletionTokens}
}

// onePiece answers without a stream.
func (a *answering) onePiece(s Script) {
	if a.failures.has(BrokenJSON) {
		a.raw(http.StatusOK, "application/json", `{"choices": [{"message": {"content": "cut`)
		return
	}
	message := object{"role": "assistant", "content": strings.Join(s.Pieces, "")}
	if s.Refusal != "" {
		message["refusal"] = s.Refusal
	}
	if a.failures.has(ToolCall) {
		message["tool_calls"] = toolCalls()
		s.Finish = "tool_calls"
	}
	whole := a.envelope("chat.completion")
	whole["choices"] = []object{{"index": 0, "message": message, "finish_reason": s.Finish}}
	if !a.failures.has(NoUsage) {
		whole["usage"] = a.usage(s)
	}
	a.json(http.StatusOK, whole)
}

func (a *answering) envelope(kind string) object {
	return object{"id": fmt.Sprintf("chatcmpl-%d", a.r.N), "object": kind, "created": a.r.Began.Unix(), "model": a.r.Model}
}

func toolCalls() []object {
	return []object{{"index": 0, "id": "call_1", "type": "function", "function": object{"name": "search", "arguments": "{}"}}}
}

// event sends one event, and reports whether the client is still there.
func (a *answering) event(v any) bool {
	raw, err := json.Marshal(v)
	if err != nil {
		a.server.tb.Errorf("openaitest: %v", err)
	}
	return a.line("data: " + string(raw) + "\n\n")
}

func (a *answering) line(text string) bool {
	if _, err := a.Write([]byte(text)); err != nil {
		return false
	}
	return a.control.Flush() == nil
}

// delta sends a change of the answer.
func (a *answering) delta(delta object, finish any) bool {
	event := a.envelope("chat.completion.chunk")
	event["choices"] = []object{{"index": 0, "delta": delta, "finish_reason": finish}}
	if a.r.IncludeUsage && !a.failures.has(NoUsage) {
		event["usage"] = nil
	}
	return a.event(event)
}

// stream answers piece by piece.
func (a *answering) stream(s Script) {
	a.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	a.Header().Set("X-Request-Id", fmt.Sprintf("req-%d", a.r.N))
	a.WriteHeader(http.StatusOK)
	if !a.delta(object{"role": "assistant", "content": "", "refusal": nil}, nil) {
		return
	}
	if s.Reasoning != "" && !a.delta(object{"reasoning_content": s.Reasoning}, nil) {
		return
	}
	for i, piece := range s.Pieces {
		if i > 0 && !a.pause(s.Pace) || !a.delta(object{"content": piece}, nil) {
			return
		}
		if i == len(s.Pieces)/2 && a.broken(s) {
			return
		}
	}
	if len(s.Pieces) == 0 && a.broken(s) {
		return
	}
	if s.Refusal != "" && !a.delta(object{"refusal": s.Refusal}, nil) {
		return
	}
	if !a.delta(object{}, s.Finish) {
		return
	}
	if a.failures.has(NoEnd) {
		a.pause(time.Hour)
		return
	}
	if a.r.IncludeUsage && !a.failures.has(NoUsage) {
		last := a.envelope("chat.completion.chunk")
		last["choices"], last["usage"] = []object{}, a.usage(s)
		if !a.event(last) {
			return
		}
	}
	a.server.end(a)
	a.line("data: [DONE]\n\n")
	if a.failures.has(LateEnd) {
		a.pause(2 * time.Millisecond)
	}
}

// broken does what goes wrong in the middle of a stream. It reports whether that
// is the end of it.
func (a *answering) broken(s Script) bool {
	switch {
	case a.failures.has(Comments):
		for range 400 {
			if !a.line(": keep-alive\n\nevent: ping\n") {
				return true
			}
		}
		return false
	case a.failures.has(Truncated):
	case a.failures.has(Reset):
		a.hangUp(true)
	case a.failures.has(StalledMiddle):
		a.pause(time.Hour)
	case a.failures.has(Endless):
		for a.delta(object{"content": "and so on and on, "}, nil) && a.pause(s.Pace) {
			continue
		}
	case a.failures.has(ErrorInStream):
		a.event(object{"error": object{"message": "the model has crashed", "type": "server_error", "code": nil, "param": nil}})
	case a.failures.has(BrokenJSON):
		a.line("data: {\"choices\": [{\"delta\": {\"content\": \"cut\n\n")
	case a.failures.has(ToolCall):
		_ = a.delta(object{"tool_calls": toolCalls()}, nil) && a.delta(object{}, "tool_calls") && a.line("data: [DONE]\n\n")
	default:
		return false
	}
	return true
}
