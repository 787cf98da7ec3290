package cli

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"parley/bot/wire"
)

// TestMCP guards that the built program answers the SDK's own client as it answers on
// the command line, and ends with its input.
func TestMCP(t *testing.T) {
	t.Parallel()
	program := build(t)
	const question = "How long did the talks last?"
	cmd := exec.CommandContext(t.Context(), program, "mcp")
	var notes captured
	cmd.Stderr = &notes
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test"}, nil).Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatalf("%v: %s", err, notes.String())
	}
	got, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "ask", Arguments: map[string]any{"question": question}})
	if err != nil || got.IsError {
		t.Fatalf("got %+v, %v", got, err)
	}
	read, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "parley://article/nearly-five-hours"})
	if err != nil || !strings.Contains(read.Contents[0].Text, "nearly five hours") {
		t.Errorf("got %+v, %v", read, err)
	}
	if err := c.Close(); err != nil {
		t.Errorf("it does not end with its input: %v", err)
	}
	if !cmd.ProcessState.Success() {
		t.Errorf("it ends with %s: %s", cmd.ProcessState, notes.String())
	}
	printed, err := exec.CommandContext(t.Context(), program, "ask", "--json", question).Output()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := untimedAsk(t, []byte(got.Content[0].(*mcp.TextContent).Text)), untimedAsk(t, printed); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// untimedAsk is an answer's object without the time it took.
func untimedAsk(t *testing.T, object []byte) string {
	t.Helper()
	var a wire.Ask
	if err := json.Unmarshal(object, &a); err != nil {
		t.Fatalf("%v in %s", err, object)
	}
	a.ElapsedMS = 0
	out, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
