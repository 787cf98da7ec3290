package openaitest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Route is one of the API's paths.
type Route string

// The routes that are served.
const (
	Chat       Route = "chat"
	Embeddings Route = "embeddings"
	Models     Route = "models"
)

// Message is one message of a chat.
type Message struct {
	Role    string
	Content string
}

// Request is one request as the server read it.
type Request struct {
	Route  Route
	N      int // of all requests, from 1
	Began  time.Time
	Ended  time.Time // zero while it is under way
	Status int       // answered; 0 for none
	Header http.Header
	Body   []byte

	Model string

	// Of a chat.
	Messages     []Message
	MaxTokens    int    // by either name
	LimitName    string // which one
	Temperature  *float64
	Stream       bool
	IncludeUsage bool
	Format       string // response_format's type
	SchemaName   string
	Schema       json.RawMessage
	Effort       string // reasoning_effort

	// Of a request for vectors.
	Input      []string
	Encoding   string
	Dimensions int
}

// System is the first message's text when it is the system's.
func (r *Request) System() string {
	if len(r.Messages) > 0 && (r.Messages[0].Role == "system" || r.Messages[0].Role == "developer") {
		return r.Messages[0].Content
	}
	return ""
}

// Last is the last message's text.
func (r *Request) Last() string {
	if len(r.Messages) == 0 {
		return ""
	}
	return r.Messages[len(r.Messages)-1].Content
}

// reading reads a request and notes what is wrong with it.
type reading struct {
	r     Request
	where string
	found []Violation
}

func (g *reading) wrong(rule, format string, args ...any) {
	g.found = append(g.found, Violation{Rule: rule, Where: g.where, Detail: fmt.Sprintf(format, args...)})
}

// maxBody bounds a request's body.
const maxBody = 32 << 20

// read reads a body into its fields. It returns what the API would say.
func (g *reading) read(req *http.Request) error {
	if g.r.Route == Models {
		return nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, req.Body, maxBody))
	g.r.Body = body
	if err != nil {
		return err
	}
	if media, _, err := mime.ParseMediaType(req.Header.Get("Content-Type")); err != nil || media != "application/json" {
		g.wrong(RuleBody, "content type %q", req.Header.Get("Content-Type"))
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &fields); err != nil {
		g.wrong(RuleBody, "%v", err)
		return errors.New("we could not parse the JSON body of your request")
	}
	if g.r.Route == Chat {
		g.chat(fields)
	} else {
		g.embeddings(fields)
	}
	if len(g.found) > 0 {
		return errors.New(g.found[0].Detail)
	}
	return nil
}

// into decodes a field strictly.
func (g *reading) into(fields map[string]json.RawMessage, name string, to any) bool {
	raw, ok := fields[name]
	if !ok || string(raw) == "null" {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		g.wrong(RuleBody, "%s: %v", name, err)
		return false
	}
	return true
}

// within decodes a number within bounds.
func (g *reading) within(fields map[string]json.RawMessage, name string, least, most float64) (float64, bool) {
	var n float64
	if !g.into(fields, name, &n) {
		return 0, false
	}
	if n < least || n > most {
		g.wrong(RuleLimit, "%s: %v is not within %v and %v", name, n, least, most)
	}
	return n, true
}

func (g *reading) whole(fields map[string]json.RawMessage, name string, least, most float64) int {
	n, _ := g.within(fields, name, least, most)
	if n != float64(int(n)) {
		g.wrong(RuleBody, "%s: %v is no whole number", name, n)
	}
	return int(n)
}

// known notes fields that the API does not have.
func (g *reading) known(fields map[string]json.RawMessage, names ...string) {
	for name := range fields {
		if !slices.Contains(names, name) {
			g.wrong(RuleBody, "unrecognized request argument supplied: %s", name)
		}
	}
}

// chat reads a request of POST /chat/completions
// (https://platform.openai.com/docs/api-reference/chat/create).
func (g *reading) chat(fields map[string]json.RawMessage) {
	g.known(fields, "model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stream",
		"stream_options", "stop", "presence_penalty", "frequency_penalty", "seed", "response_format", "user", "tools",
		"tool_choice", "functions", "function_call", "logprobs", "top_logprobs", "logit_bias", "metadata", "store",
		"reasoning_effort", "service_tier", "parallel_tool_calls", "verbosity", "prediction", "safety_identifier")
	g.into(fields, "model", &g.r.Model)
	if g.r.Model == "" {
		g.wrong(RuleBody, "you must provide a model parameter")
	}
	for _, name := range []string{"tools", "tool_choice", "functions", "function_call", "parallel_tool_calls"} {
		if _, ok := fields[name]; ok {
			g.wrong(RuleTools, "%s was sent", name)
		}
	}
	g.messages(fields)
	g.into(fields, "stream", &g.r.Stream)
	options := struct {
		IncludeUsage bool `json:"include_usage"`
	}{}
	if g.into(fields, "stream_options", &options) && !g.r.Stream {
		g.wrong(RuleBody, "stream_options is only allowed when stream is true")
	}
	g.r.IncludeUsage = options.IncludeUsage
	for _, name := range []string{"max_tokens", "max_completion_tokens"} {
		if _, ok := fields[name]; !ok {
			continue
		}
		if g.r.LimitName != "" {
			g.wrong(RuleLimit, "max_tokens and max_completion_tokens cannot both be set")
		}
		g.r.LimitName, g.r.MaxTokens = name, g.whole(fields, name, 1, 1e6)
	}
	if t, ok := g.within(fields, "temperature", 0, 2); ok {
		g.r.Temperature = &t
		// Smaller than any server's own type can tell from 0.
		if t != 0 && t < 1e-6 {
			g.wrong(RuleLimit, "temperature: %v", t)
		}
	}
	if g.into(fields, "reasoning_effort", &g.r.Effort) && !slices.Contains([]string{"none", "minimal", "low", "medium", "high", "xhigh"}, g.r.Effort) {
		g.wrong(RuleLimit, "reasoning_effort: %q", g.r.Effort)
	}
	g.within(fields, "top_p", 0, 1)
	g.within(fields, "presence_penalty", -2, 2)
	g.within(fields, "frequency_penalty", -2, 2)
	if _, ok := fields["n"]; ok && g.whole(fields, "n", 1, 128) != 1 {
		g.wrong(RuleLimit, "n: one answer is enough")
	}
	g.format(fields)
}

func (g *reading) messages(fields map[string]json.RawMessage) {
	var messages []struct {
		Role    string  `json:"role"`
		Content *string `json:"content"`
		Name    string  `json:"name"`
		Refusal string  `json:"refusal"`
	}
	g.into(fields, "messages", &messages)
	if len(messages) == 0 {
		g.wrong(RuleMessages, "[] is too short - 'messages'")
	}
	for i, m := range messages {
		if !slices.Contains([]string{"system", "developer", "user", "assistant"}, m.Role) {
			g.wrong(RuleMessages, "messages.%d.role: %q", i, m.Role)
		}
		if m.Content == nil || strings.TrimSpace(*m.Content) == "" {
			g.wrong(RuleMessages, "messages.%d.content: there is none", i)
			continue
		}
		g.r.Messages = append(g.r.Messages, Message{m.Role, *m.Content})
	}
	if n := len(messages); n > 0 && messages[n-1].Role != "user" {
		g.wrong(RuleMessages, "messages.%d.role: the last message is not the user's", n-1)
	}
}

// embeddings reads a request of POST /embeddings
// (https://platform.openai.com/docs/api-reference/embeddings/create).
func (g *reading) embeddings(fields map[string]json.RawMessage) {
	g.known(fields, "model", "input", "encoding_format", "dimensions", "user")
	g.into(fields, "model", &g.r.Model)
	if g.r.Model == "" {
		g.wrong(RuleBody, "you must provide a model parameter")
	}
	raw := bytes.TrimSpace(fields["input"])
	if len(raw) > 0 && raw[0] == '"' {
		var one string
		g.into(fields, "input", &one)
		g.r.Input = []string{one}
	} else {
		g.into(fields, "input", &g.r.Input)
	}
	if len(g.r.Input) == 0 || len(g.r.Input) > 2048 {
		g.wrong(RuleInput, "'input' has %d texts", len(g.r.Input))
	}
	for i, text := range g.r.Input {
		if strings.TrimSpace(text) == "" {
			g.wrong(RuleInput, "input.%d: cannot be an empty string", i)
		}
	}
	g.r.Encoding = "float"
	if g.into(fields, "encoding_format", &g.r.Encoding) && g.r.Encoding != "float" && g.r.Encoding != "base64" {
		g.wrong(RuleBody, "encoding_format: %q", g.r.Encoding)
	}
	if _, ok := fields["dimensions"]; ok {
		g.r.Dimensions = g.whole(fields, "dimensions", 1, 65536)
	}
}
