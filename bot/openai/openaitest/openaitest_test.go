package openaitest

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	goopenai "github.com/sashabaranov/go-openai"
)

// quiet is a TB that keeps what would fail the test.
type quiet struct {
	*testing.T
	said []string
}

func (q *quiet) Errorf(format string, args ...any) {
	q.said = append(q.said, fmt.Sprintf(format, args...))
}

func post(t *testing.T, s *Server, path, key, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

func TestStrict(t *testing.T) {
	const (
		hello  = `"model":"local-chat","messages":[{"role":"user","content":"hello"}]`
		schema = `,"response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":`
	)
	tests := []struct {
		name, path, body, rule string
	}{
		{"in order", "/chat/completions", `{` + hello + `}`, ""},
		{"no such path", "/completions", `{` + hello + `}`, RuleRoute},
		{"a query", "/chat/completions?api-version=1", `{` + hello + `}`, RuleRoute},
		{"no JSON", "/chat/completions", `{"model"`, RuleBody},
		{"unknown field", "/chat/completions", `{` + hello + `,"max_words":3}`, RuleBody},
		{"wrong type", "/chat/completions", `{` + hello + `,"max_tokens":"3"}`, RuleBody},
		{"fraction", "/chat/completions", `{` + hello + `,"max_tokens":3.5}`, RuleBody},
		{"no model", "/chat/completions", `{"messages":[{"role":"user","content":"hello"}]}`, RuleBody},
		{"no messages", "/chat/completions", `{"model":"local-chat","messages":[]}`, RuleMessages},
		{"empty message", "/chat/completions", `{"model":"local-chat","messages":[{"role":"user","content":" "}]}`, RuleMessages},
		{"no content", "/chat/completions", `{"model":"local-chat","messages":[{"role":"user"}]}`, RuleMessages},
		{"unknown role", "/chat/completions", `{"model":"local-chat","messages":[{"role":"bot","content":"x"}]}`, RuleMessages},
		{"last not the user's", "/chat/completions", `{"model":"local-chat","messages":[{"role":"assistant","content":"x"}]}`, RuleMessages},
		{"both limits", "/chat/completions", `{` + hello + `,"max_tokens":3,"max_completion_tokens":3}`, RuleLimit},
		{"no limit", "/chat/completions", `{` + hello + `,"max_tokens":0}`, RuleLimit},
		{"temperature", "/chat/completions", `{` + hello + `,"temperature":2.5}`, RuleLimit},
		{"hardly a temperature", "/chat/completions", `{` + hello + `,"temperature":1e-45}`, RuleLimit},
		{"several answers", "/chat/completions", `{` + hello + `,"n":2}`, RuleLimit},
		{"stream_options without stream", "/chat/completions", `{` + hello + `,"stream_options":{"include_usage":true}}`, RuleBody},
		{"tools", "/chat/completions", `{` + hello + `,"tools":[]}`, RuleTools},
		{"schema in order", "/chat/completions", `{` + hello + schema + `{"type":"object","properties":{"a":{"type":["string","null"]}},"required":["a"],"additionalProperties":false}}}}`, ""},
		{"no additionalProperties", "/chat/completions", `{` + hello + schema + `{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}}`, RuleSchema},
		{"not all required", "/chat/completions", `{` + hello + schema + `{"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false}}}}`, RuleSchema},
		{"wrong deep inside", "/chat/completions", `{` + hello + schema + `{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{}}}},"required":["a"],"additionalProperties":false}}}}`, RuleSchema},
		{"keyword", "/chat/completions", `{` + hello + schema + `{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"],"additionalProperties":false}}}}`, RuleSchema},
		{"root no object", "/chat/completions", `{` + hello + schema + `{"type":"array","items":{"type":"string"}}}}}`, RuleSchema},
		{"not strict", "/chat/completions", `{` + hello + strings.Replace(schema, "true", "false", 1) + `{"type":"object","properties":{},"required":[],"additionalProperties":false}}}}`, RuleSchema},
		{"embeddings in order", "/embeddings", `{"model":"local-embed","input":["a","b"],"encoding_format":"base64"}`, ""},
		{"one text", "/embeddings", `{"model":"local-embed","input":"a"}`, ""},
		{"empty text", "/embeddings", `{"model":"local-embed","input":["a",""]}`, RuleInput},
		{"no text", "/embeddings", `{"model":"local-embed","input":[]}`, RuleInput},
		{"unknown encoding", "/embeddings", `{"model":"local-embed","input":["a"],"encoding_format":"hex"}`, RuleBody},
		{"no dimensions", "/embeddings", `{"model":"local-embed","input":["a"],"dimensions":0}`, RuleLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := New(t, Options{})
			status, answer := post(t, s, tt.path, s.Key(), tt.body)
			got := s.Caught(tt.rule)
			if (tt.rule == "") != (status == http.StatusOK) || (tt.rule != "") != (len(got) > 0) {
				t.Errorf("got status %d, violations %v, answer %s", status, got, answer)
			}
		})
	}
}

// TestViolationFails: a violation that nobody expects fails the test it is in.
func TestViolationFails(t *testing.T) {
	q := &quiet{T: t}
	t.Cleanup(func() {
		if len(q.said) != 1 || !strings.Contains(q.said[0], RuleAuth) {
			t.Errorf("got %q", q.said)
		}
	})
	s := New(q, Options{})
	if status, _ := post(t, s, "/chat/completions", "wrong", `{"model":"local-chat","messages":[{"role":"user","content":"hello"}]}`); status != http.StatusUnauthorized {
		t.Errorf("got status %d", status)
	}
}

// TestClient: go-openai as it is, for a second opinion on what a server says.
func TestClient(t *testing.T) {
	s := New(t, Options{Chat: func(Request) Script { return Script{Text: "an answer of several pieces", Reasoning: "hm"} }})
	config := goopenai.DefaultConfig(s.Key())
	config.BaseURL = s.URL()
	c := goopenai.NewClientWithConfig(config)
	ask := goopenai.ChatCompletionRequest{Model: s.ChatModel(), Messages: []goopenai.ChatCompletionMessage{{Role: "user", Content: "hello"}}}
	whole, err := c.CreateChatCompletion(t.Context(), ask)
	if err != nil || whole.Choices[0].Message.Content != "an answer of several pieces" || whole.Usage.PromptTokens != 4 {
		t.Errorf("got %+v, %v", whole, err)
	}
	ask.StreamOptions = &goopenai.StreamOptions{IncludeUsage: true}
	stream, err := c.CreateChatCompletionStream(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	text, counted := "", 0
	for {
		event, err := stream.Recv()
		if err != nil {
			break
		}
		if len(event.Choices) > 0 {
			text += event.Choices[0].Delta.Content
		}
		if event.Usage != nil {
			counted = event.Usage.CompletionTokens
		}
	}
	if text != "an answer of several pieces" || counted != 6 {
		t.Errorf("got %q and %d tokens", text, counted)
	}
	vecs, err := c.CreateEmbeddings(t.Context(), goopenai.EmbeddingRequest{Model: "local-embed", Input: []string{"a b", "a c", "x y"}})
	if err != nil || len(vecs.Data) != 3 {
		t.Fatalf("got %+v, %v", vecs, err)
	}
	near, _ := vecs.Data[0].DotProduct(&vecs.Data[1])
	far, _ := vecs.Data[0].DotProduct(&vecs.Data[2])
	if near <= far {
		t.Errorf("texts with a word in common: %v, without: %v", near, far)
	}
	if list, err := c.ListModels(t.Context()); err != nil || len(list.Models) != 2 {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestDieAndReopen(t *testing.T) {
	s := New(t, Options{Pace: 10 * time.Millisecond})
	address := s.URL()
	body := `{"model":"local-chat","messages":[{"role":"user","content":"` + strings.Repeat("hello ", 1000) + `"}],"stream":true}`
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL()+"/chat/completions", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.Key())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	s.Die()
	if _, err := io.ReadAll(resp.Body); err == nil {
		t.Error("a stream under way ended as if nothing had happened")
	}
	if resp, err := http.DefaultClient.Do(req.Clone(ctx)); err == nil {
		resp.Body.Close()
		t.Errorf("dead: got status %d", resp.StatusCode)
	}
	s.Reopen()
	if status, _ := post(t, s, "/chat/completions", s.Key(), strings.Replace(body, "true", "false", 1)); status != http.StatusOK || s.URL() != address {
		t.Errorf("reopened on %s: got status %d on %s", address, status, s.URL())
	}
	if s.Flying() != 0 {
		t.Errorf("%d requests are still under way", s.Flying())
	}
}

// TestFaults: the list of faults has every constant.
func TestFaults(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "fault.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constants := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Fault" {
				constants += len(v.Names)
			}
		}
		return true
	})
	seen := map[Fault]bool{}
	for _, f := range Faults() {
		if seen[f] {
			t.Errorf("%q is there twice", f)
		}
		seen[f] = true
	}
	if len(seen) != constants || constants == 0 {
		t.Errorf("got %d faults of %d constants", len(seen), constants)
	}
}
