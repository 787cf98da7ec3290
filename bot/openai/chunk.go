package openai

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
)

// chunk is what one event of a chat stream says. It is read here and not by
// go-openai, whose types fail on a number with a fraction or a list where some
// servers have them.
type chunk struct {
	text      string
	reasoning string
	refusal   string
	finish    string
	tool      bool   // a call of a tool
	arguments string // of that call
	usage     used
	counted   bool // usage was there
}

// readChunk reads an event. Other choices than the first were not asked for.
func readChunk(raw []byte) (chunk, error) {
	var event struct {
		Choices []struct {
			Index json.Number `json:"index"`
			Delta struct {
				Content      json.RawMessage `json:"content"`
				Refusal      json.RawMessage `json:"refusal"`
				ToolCalls    json.RawMessage `json:"tool_calls"`
				FunctionCall json.RawMessage `json:"function_call"`
				// DeepSeek, llama.cpp and vLLM; OpenRouter and Ollama.
				ReasoningContent json.RawMessage `json:"reasoning_content"`
				Reasoning        json.RawMessage `json:"reasoning"`
				Thinking         json.RawMessage `json:"thinking"`
			} `json:"delta"`
			Text         json.RawMessage `json:"text"` // of completions that are no chats
			FinishReason json.RawMessage `json:"finish_reason"`
		} `json:"choices"`
		Usage json.RawMessage `json:"usage"`
	}
	if err := json.Unmarshal(raw, &event); err != nil {
		return chunk{}, errors.New("an event of its stream is none")
	}
	var c chunk
	c.usage, c.counted = readUsage(event.Usage)
	for _, choice := range event.Choices {
		if choice.Index != "" && choice.Index != "0" && len(event.Choices) > 1 {
			continue
		}
		text, err := content(choice.Delta.Content)
		if err != nil {
			return chunk{}, err
		}
		c.text += text + plain(choice.Text)
		c.reasoning += cmp.Or(plain(choice.Delta.ReasoningContent), plain(choice.Delta.Reasoning), plain(choice.Delta.Thinking))
		c.refusal += plain(choice.Delta.Refusal)
		c.tool = c.tool || there(choice.Delta.ToolCalls) || there(choice.Delta.FunctionCall)
		c.arguments += arguments(choice.Delta.ToolCalls)
		if finish := plain(choice.FinishReason); finish != "null" && finish != "" {
			c.finish = finish
		}
	}
	return c, nil
}

// content reads a text, or the parts of one.
func content(raw json.RawMessage) (string, error) {
	if len(raw) == 0 || isNull(raw) {
		return "", nil
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text, nil
	}
	var parts []struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	if json.Unmarshal(raw, &parts) != nil {
		return "", errors.New("an event of its stream has no text for content")
	}
	var b strings.Builder
	for _, p := range parts {
		if p.Type == "text" {
			b.WriteString(p.Text)
		}
	}
	return b.String(), nil
}

// there reports whether a value is more than null or an empty list or object.
func there(raw json.RawMessage) bool {
	return len(strings.Trim(string(raw), " \t\r\n[]{}")) > 0 && !isNull(raw)
}

// arguments are those of the first tool that is called.
func arguments(raw json.RawMessage) string {
	var calls []struct {
		Function struct {
			Arguments json.RawMessage `json:"arguments"`
		} `json:"function"`
	}
	if json.Unmarshal(raw, &calls) != nil || len(calls) == 0 {
		return ""
	}
	return plain(calls[0].Function.Arguments)
}
