package openai

import (
	"encoding/json"
	"errors"
	"strings"

	goopenai "github.com/sashabaranov/go-openai"

	"parley/bot/answer"
)

// userRole is what an [answer.Turn] of a person has.
const userRole = "user"

func checkPrompt(p *answer.Prompt) error {
	switch {
	case p.MaxTokens <= 0:
		return errors.New("no bound on the tokens")
	case len(p.Messages) == 0 || p.Messages[len(p.Messages)-1].Role != userRole:
		return errors.New("the last message is not the user's")
	case blank(p.Messages[len(p.Messages)-1].Text):
		return errors.New("the last message is empty")
	case p.Schema != nil && !json.Valid(p.Schema.JSON):
		return errors.New("the schema is no JSON")
	}
	return nil
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// request is what go-openai sends, and what it cannot send.
func (c *Completer) request(p *answer.Prompt, t chatTraits) (goopenai.ChatCompletionRequest, map[string]any) {
	r := goopenai.ChatCompletionRequest{Model: c.model}
	set := map[string]any{}
	if !blank(p.System) {
		r.Messages = append(r.Messages, goopenai.ChatCompletionMessage{Role: goopenai.ChatMessageRoleSystem, Content: p.System})
	}
	for _, m := range p.Messages {
		role := goopenai.ChatMessageRoleUser
		if m.Role != userRole {
			role = goopenai.ChatMessageRoleAssistant
		}
		if !blank(m.Text) { // go-openai leaves empty content out, and OpenAI refuses such messages
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
