package cli

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/wire"
	"parley/corpus"
)

func noEnv(string) string { return "" }

// TestAskShape guards the names, the order and the types of what ask prints.
func TestAskShape(t *testing.T) {
	var b bytes.Buffer
	out := newOutput(Env{Stdout: &b, Getenv: noEnv})
	a := &answer.Answer{
		Text:       "Nearly five hours [1].",
		Claims:     []answer.Claim{{Text: "Nearly five hours.", Citations: []int{1}}, {Text: "Uncited."}},
		Confidence: 0.75,
		Engine:     "extractive",
		Citations: []answer.Citation{{
			N: 1, ArticleID: "a.md", Title: "A & B", Publisher: "The Paper", URL: "https://example.com/?a=1&b=2",
			Published: time.Date(2025, 12, 3, 23, 0, 0, 0, time.UTC), Span: corpus.Span{Start: 3, End: 20}, Quote: "nearly five hours", Answer: corpus.Span{Start: 10, End: 20},
		}},
		Conflicts: []answer.Conflict{{Kind: answer.Figures, About: "how long", Sides: []answer.Side{{Claim: "five", Citations: []int{1}}, {Claim: "four"}}}},
	}
	if err := out.object(wire.NewAsk("q1", "How <long>?", a, 1234567*time.Nanosecond)); err != nil {
		t.Fatal(err)
	}
	want := `{"id":"q1","question":"How <long>?","abstained":false,"reason":"","confidence":0.75,` +
		`"answer":"Nearly five hours [1].","engine":"extractive","elapsed_ms":1.234,` +
		`"claims":[{"text":"Nearly five hours.","citations":[1]},{"text":"Uncited.","citations":[]}],` +
		`"citations":[{"n":1,"article_id":"a.md","title":"A & B","publisher":"The Paper","published":"2025-12-03",` +
		`"url":"https://example.com/?a=1&b=2","start":3,"end":20,"quote":"nearly five hours","answer_span":[10,20]}],` +
		`"conflicts":[{"kind":"figures","about":"how long","sides":[{"claim":"five","citations":[1]},{"claim":"four","citations":[]}]}]}` + "\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	b.Reset()
	if err := out.object(wire.NewAsk("", "", &answer.Answer{Abstained: true, Reason: answer.Empty}, 0)); err != nil {
		t.Fatal(err)
	}
	want = `{"id":"","question":"","abstained":true,"reason":"empty","confidence":0,"answer":"","engine":"","elapsed_ms":0,` +
		`"claims":[],"citations":[],"conflicts":[]}` + "\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
		width            int
	}{
		{"words stay whole", "one two three four five six seven", "- one two three four five six\n  seven\n", 30},
		{"a word longer than the line", strings.Repeat("x", 40) + " y", "- " + strings.Repeat("x", 40) + "\n  y\n", 30},
		{"lines of the text", "one\n\ntwo", "- one\n\n  two\n", 30},
		{"wide letters count twice", "北京北京北京北京北京北京 北京", "- 北京北京北京北京北京北京\n  北京\n", 30},
		{"control characters", "a\x1b[31mb\tc\r", "- a[31mb c\n", 30},
		{"no text", "", "-\n", 30},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			out := newOutput(Env{Stdout: &b, Getenv: noEnv})
			out.width = tt.width
			out.wrap("- ", "  ", tt.text, nil)
			if err := out.Flush(); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got\n%q\nwant\n%q", b.String(), tt.want)
			}
		})
	}
}

// TestInterrupt guards that a run that waits for input ends when it is told to.
func TestInterrupt(t *testing.T) {
	for _, args := range [][]string{{"chat"}, {"ask", "--questions", "-"}} {
		t.Run(args[0], func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			stdin, feed := io.Pipe()
			defer func() { _ = feed.Close() }()
			var stderr bytes.Buffer
			defer cancel()
			done := make(chan int)
			go func() {
				done <- Main(ctx, args, Env{Stdin: stdin, Stdout: io.Discard, Stderr: &stderr, Getenv: noEnv})
			}()
			if _, err := feed.Write([]byte("\n")); err != nil { // returns once the run reads
				t.Fatal(err)
			}
			cancel()
			select {
			case code := <-done:
				if code != exitInterrupted {
					t.Errorf("got exit code %d, want %d", code, exitInterrupted)
				}
				if stderr.Len() > 0 {
					t.Errorf("an interrupt is no error, but it says %q", stderr.String())
				}
			case <-time.After(10 * time.Second):
				t.Fatal("the run goes on")
			}
		})
	}
}
