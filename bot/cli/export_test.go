package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"parley/bot/store"
)

// TestExport guards that each vote is a line of its own, the oldest first, and
// that no user's ID is in it.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), dir, 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	const user = "123456789012345678"
	now := time.Now().UTC().Truncate(time.Second)
	want := []store.Vote{
		{At: now.Add(-time.Minute), Ref: "A", User: s.User(user), Reason: "line\nbreak <&>", Question: "q?", Answer: "a", Engine: "extractive"},
		{At: now, Ref: "B", User: s.User(user), Helpful: true},
	}
	for _, v := range want {
		if err := s.Vote(t.Context(), v); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var out, stderr bytes.Buffer
	env := Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &stderr, Getenv: func(string) string { return "" }}
	if code := Main(t.Context(), []string{"export", "feedback", "--data", dir}, env); code != exitDone {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != len(want) || strings.Contains(out.String(), user) {
		t.Fatalf("got %s", &out)
	}
	for i, line := range lines {
		var got store.Vote
		if err := json.Unmarshal([]byte(line), &got); err != nil || got != want[i] {
			t.Errorf("got %s, %v, want %+v", line, err, want[i])
		}
	}
}
