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

// lowTemperature is for endpoints that want one above 0: the least that those take
// that name a least one, with room. A judgement.
const lowTemperature = 0.1

// thinkingRoom is how much more a model may write that has used all that it was
// given up for thinking. A judgement.
const thinkingRoom = 4

// room is how many tokens a model may write.
func (c *Completer) room(p *answer.Prompt) int {
	if c.thinks.get() {
		return thinkingRoom * p.MaxTokens
	}
	return p.MaxTokens
}

// request is what go-openai sends, what it cannot send, and what of it is dropped.
func (c *Completer) request(p *answer.Prompt, t chatTraits) (r goopenai.ChatCompletionRequest, set map[string]any, drop []string) {
	r = goopenai.ChatCompletionRequest{Model: c.model, Messages: messages(p, t)}
	set = map[string]any{}
	switch {
	case t[traitStream] == streamNone:
		drop = append(drop, "stream")
	case t[traitUsage] == 0:
		r.StreamOptions = &goopenai.StreamOptions{IncludeUsage: true}
	}
	// go-openai has opinions on these by the model's name.
	switch t[traitTemperature] {
	case 0:
		set["temperature"] = c.temperature
	case temperatureLow:
		set["temperature"] = max(c.temperature, lowTemperature)
	}
	switch t[traitLimit] {
	case limitTokens:
		set["max_tokens"] = c.room(p)
	case limitCompletion:
		set["max_completion_tokens"] = c.room(p)
	}
	if t[traitEffort] == 0 && c.thinks.get() {
		set["reasoning_effort"] = "low"
	}
	if p.Schema == nil {
		return r, set, drop
	}
	switch t[traitFormat] {
	case formatSchema:
		r.ResponseFormat = &goopenai.ChatCompletionResponseFormat{
			Type:       goopenai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &goopenai.ChatCompletionResponseFormatJSONSchema{Name: p.Schema.Name, Schema: p.Schema.JSON, Strict: true},
		}
	case formatObject:
		r.ResponseFormat = &goopenai.ChatCompletionResponseFormat{Type: goopenai.ChatCompletionResponseFormatTypeJSONObject}
	}
	return r, set, drop
}

// messages are those of a prompt. Where the system has no role of its own, what it
// says stands before what the user says first.
func messages(p *answer.Prompt, t chatTraits) []goopenai.ChatCompletionMessage {
	var out []goopenai.ChatCompletionMessage
	system := p.System
	if !blank(system) && t[traitSystem] == 0 {
		out = append(out, goopenai.ChatCompletionMessage{Role: goopenai.ChatMessageRoleSystem, Content: system})
		system = ""
	}
	for _, m := range p.Messages {
		if blank(m.Text) { // go-openai leaves empty content out, and OpenAI refuses such messages
			continue
		}
		role := goopenai.ChatMessageRoleUser
		if m.Role != userRole {
			role = goopenai.ChatMessageRoleAssistant
		}
		if !blank(system) {
			if role == goopenai.ChatMessageRoleUser {
				m.Text = system + "\n\n" + m.Text
			} else {
				out = append(out, goopenai.ChatCompletionMessage{Role: goopenai.ChatMessageRoleUser, Content: system})
			}
			system = ""
		}
		out = append(out, goopenai.ChatCompletionMessage{Role: role, Content: m.Text})
	}
	return out
}
