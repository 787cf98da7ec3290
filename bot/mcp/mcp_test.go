package mcp

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"parley/bot/enginetest"
	"parley/bot/wire"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/library/librarytest"
)

// connect is the SDK's own client of a server over a small town.
func connect(t *testing.T) *mcp.ClientSession {
	t.Helper()
	day := func(n int) time.Time { return time.Date(2025, 5, n, 0, 0, 0, 0, time.UTC) }
	snapshot, err := librarytest.Build(t.Context(), &read.Reading{Articles: []corpus.Article{
		{ID: "fire/old.md", Title: "Fire in Lundra", Publisher: "Lundra Courier", Published: day(2), Body: "The fire in the old mill of Lundra injured 12 people. Captain Edda Holm led the rescue from the harbor."},
		{ID: "a b?#%", Title: "Mill fire", Publisher: "Sandmouth Mail", Published: day(3), Body: "The fire in the old mill of Lundra injured 19 people."},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Snapshot: snapshot, Engine: enginetest.New(snapshot)})
	if err != nil {
		t.Fatal(err)
	}
	here, there := mcp.NewInMemoryTransports()
	server, err := s.server.Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test"}, nil).Connect(t.Context(), there, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = client.Close()
		_ = server.Wait()
	})
	return client
}

// call calls a tool and reads its structured result, which must say what its text does.
func call[T any](t *testing.T, c *mcp.ClientSession, tool string, args map[string]any) (out T) {
	t.Helper()
	got, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatal(err)
	}
	text := got.Content[0].(*mcp.TextContent).Text
	if got.IsError {
		t.Fatalf("%s: %s", tool, text)
	}
	data, err := json.Marshal(got.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	var told T
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		t.Errorf("%s: its text is no object: %v", tool, err)
	}
	return out
}

func TestTools(t *testing.T) {
	t.Parallel()
	c := connect(t)
	if c.InitializeResult().Instructions == "" {
		t.Error("it does not say how the tools are used")
	}
	tools, err := c.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 4 {
		t.Fatalf("got %+v, %v", tools, err)
	}
	for _, tool := range tools.Tools {
		if a := tool.Annotations; !a.ReadOnlyHint || *a.DestructiveHint || *a.OpenWorldHint || tool.OutputSchema == nil || tool.Description == "" {
			t.Errorf("%s: got %+v", tool.Name, tool)
		}
	}
	ask := call[wire.Ask](t, c, "ask", map[string]any{"question": "Who led the rescue from the harbor?"})
	if ask.Abstained || len(ask.Citations) == 0 || !strings.Contains(ask.Answer, "Edda Holm") {
		t.Errorf("got %+v", ask)
	}
	ask = call[wire.Ask](t, c, "ask", map[string]any{"question": "How many people did the fire in the old mill injure?", "articles": []string{"a b?#%"}, "date": "2025-05-04"})
	if !strings.Contains(ask.Answer, "19") || strings.Contains(ask.Answer, "12") {
		t.Errorf("got %+v", ask)
	}
	ask = call[wire.Ask](t, c, "ask", map[string]any{"question": "source?", "history": [][]string{{"user", "Who led the rescue from the harbor?"}, {"assistant", "Captain Edda Holm led the rescue from the harbor. [1]"}}})
	if !strings.Contains(ask.Answer, "Fire in Lundra") {
		t.Errorf("got %+v", ask)
	}
	search := call[wire.Search](t, c, "search", map[string]any{"query": "rescue", "limit": 1})
	if len(search.Hits) != 1 || !strings.Contains(search.Hits[0].Text, "Edda Holm") {
		t.Errorf("got %+v", search)
	}
	cite := call[wire.Cite](t, c, "cite", map[string]any{"claim": "Captain Edda Holm led the rescue from the harbor."})
	if cite.Verdict != "supported" || len(cite.Citations) == 0 {
		t.Errorf("got %+v", cite)
	}
	sources := call[wire.Sources](t, c, "sources", nil)
	if sources.Total != 2 || sources.Articles[0].ID != "a b?#%" {
		t.Errorf("got %+v", sources)
	}
}

// TestFaults guards that a fault of what is asked for is told, and the session goes on.
func TestFaults(t *testing.T) {
	t.Parallel()
	c := connect(t)
	for name, tt := range map[string]struct {
		tool string
		args map[string]any
		says string
	}{
		"no question":   {"ask", map[string]any{}, "question"},
		"another key":   {"ask", map[string]any{"question": "Who?", "q": 1}, "q"},
		"no day":        {"ask", map[string]any{"question": "Who?", "date": "yesterday"}, "2025-12-03"},
		"no article":    {"ask", map[string]any{"question": "Who?", "articles": []string{"zzz"}}, "zzz"},
		"half a turn":   {"ask", map[string]any{"question": "Who?", "history": [][]string{{"user"}}}, "pair"},
		"too many":      {"search", map[string]any{"query": "x", "limit": 101}, "1 to 100"},
		"below zero":    {"sources", map[string]any{"offset": -1}, "0 or more"},
		"no such day":   {"search", map[string]any{"query": "x", "date": "2025-13-01"}, "2025-13-01"},
		"another thing": {"cite", map[string]any{"claim": 7}, "claim"},
	} {
		got, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: tt.tool, Arguments: tt.args})
		switch {
		case err != nil && strings.Contains(err.Error(), tt.says):
		case err != nil:
			t.Errorf("%s: got %v, want %q", name, err, tt.says)
		case !got.IsError || !strings.Contains(got.Content[0].(*mcp.TextContent).Text, tt.says):
			t.Errorf("%s: got %+v, want %q", name, got.Content[0], tt.says)
		}
	}
	if empty := call[wire.Ask](t, c, "ask", map[string]any{"question": ""}); !empty.Abstained || empty.Reason != "empty" {
		t.Errorf("got %+v", empty)
	}
}

// TestResources guards that articles are read by their address, whatever their ID.
func TestResources(t *testing.T) {
	t.Parallel()
	c := connect(t)
	list, err := c.ListResources(t.Context(), nil)
	if err != nil || len(list.Resources) != 2 {
		t.Fatalf("got %+v, %v", list, err)
	}
	for _, r := range list.Resources {
		got, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: r.URI})
		if err != nil || len(got.Contents) != 1 || !strings.Contains(got.Contents[0].Text, "The fire in the old mill") || int64(len(got.Contents[0].Text)) != r.Size {
			t.Errorf("%s: got %+v, %v", r.URI, got, err)
		}
	}
	templates, err := c.ListResourceTemplates(t.Context(), nil)
	if err != nil || len(templates.ResourceTemplates) != 1 {
		t.Errorf("got %+v, %v", templates, err)
	}
	for _, id := range [...]string{"none", "../../etc/passwd", "%zz", ""} {
		if got, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: articlePrefix + url.PathEscape(id)}); err == nil {
			t.Errorf("%q: got %+v", id, got)
		}
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	if _, err := New(Options{}); err == nil {
		t.Error("there is a server of nothing")
	}
}
