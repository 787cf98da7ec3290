package sandbox

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// parentKey makes a parent of this program that can be killed.
const parentKey = "PARLEY_TEST_PARENT"

func TestMain(m *testing.M) {
	Child(behave)
	if os.Getenv(parentKey) != "" {
		_, _, _ = Read(context.Background(), limit.Limits{Time: time.Minute}, "hang", nil)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// behave is a reader of kinds of trouble.
func behave(m *limit.Meter, kind string, data []byte) ([]*document.Document, []document.Note, error) {
	switch kind {
	case "text":
		d := &document.Document{Blocks: []document.Block{{Line: 1, Text: string(data)}}, Statements: []document.Statement{{Field: document.Title, Value: "t"}}}
		return []*document.Document{d, {Part: "2", Light: true}}, []document.Note{{Line: 2, Reason: "n"}}, nil
	case "environment":
		return []*document.Document{{Part: strings.Join(os.Environ(), "\n")}}, nil, nil
	case "error":
		return nil, nil, errors.New("is not a .docx file")
	case "line":
		return nil, nil, &document.LineError{Line: 7, Err: errors.New("is wrong")}
	case "depth":
		return nil, nil, m.Depth(1 << 20)
	case "panic":
		panic("index out of range")
	case "loop":
		for n := 0; ; n++ {
			if n < 0 {
				return nil, nil, nil
			}
		}
	case "meter":
		for {
			if err := m.Clock(); err != nil {
				return nil, nil, err
			}
		}
	case "hang":
		select {}
	case "memory":
		var all [][]byte
		for {
			b := make([]byte, 1<<16)
			for i := range b {
				b[i] = 1
			}
			if all = append(all, b); len(all) > 1<<20 {
				return nil, nil, nil
			}
		}
	case "at once":
		b := make([]byte, 8<<30)
		for i := range b {
			b[i] = 1
		}
		return []*document.Document{{Part: string(b[:1])}}, nil, nil
	case "stack":
		return []*document.Document{{Line: deep(1)}}, nil, nil
	case "output":
		text := strings.Repeat("x", 1<<20)
		var out []*document.Document
		for range 1000 {
			out = append(out, &document.Document{Part: text})
		}
		return out, nil, nil
	case "exit":
		os.Exit(3)
	}
	return nil, nil, nil
}

func deep(n int) int {
	if n < 0 {
		return 0
	}
	return deep(n+1) + 1
}

func TestRead(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a text with some \x00 bytes\n", 200_000)
	documents, notes, err := Read(t.Context(), limit.Limits{}, "text", []byte(text))
	want, wantNotes, _ := behave(nil, "text", []byte(text))
	if err != nil || !reflect.DeepEqual(documents, want) || !reflect.DeepEqual(notes, wantNotes) {
		t.Errorf("got %d documents, notes %v, error %v", len(documents), notes, err)
	}
}

// TestReadTrouble guards that whatever a reader does costs its file, in time.
func TestReadTrouble(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind, want string
		limit      bool
		line       int
	}{
		{"error", "is not a .docx file", false, 0},
		{"line", "is wrong", false, 7},
		{"depth", "is nested more than 512 deep", true, 0},
		{"panic", "its reader failed: index out of range", false, 0},
		{"loop", "takes more than 2s to read", true, 0},
		{"meter", "takes more than 2s to read", true, 0},
		{"memory", "takes more than 128 MB of memory to read", true, 0},
		{"at once", "takes more than 128 MB of memory to read", true, 0},
		{"stack", "is nested too deep", true, 0},
		{"output", "holds more text than 1048576 bytes", true, 0},
		{"exit", "its reader ended: exit status 3", false, 0},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			t.Parallel()
			l := limit.Limits{Time: 2 * time.Second, Memory: 128 << 20, Unpacked: 1 << 20, FileBytes: 1 << 20}
			start := time.Now()
			documents, _, err := Read(t.Context(), l, tt.kind, []byte("data"))
			if err == nil || !strings.Contains(err.Error(), tt.want) || documents != nil {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if errors.Is(err, limit.ErrLimit) != tt.limit {
				t.Errorf("%v is a limit: %t", err, !tt.limit)
			}
			if located, ok := errors.AsType[*document.LineError](err); tt.line > 0 && (!ok || located.Line != tt.line) {
				t.Errorf("got %v, want line %d", err, tt.line)
			}
			if took := time.Since(start); took > l.Patience() {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestReadCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, _, err := Read(ctx, limit.Limits{Time: time.Minute}, "loop", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %s", took)
	}
}

// TestReadMany guards that children at the same time do not disturb each other.
func TestReadMany(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			text := strconv.Itoa(i)
			got, _, err := Read(t.Context(), limit.Limits{}, "text", []byte(text))
			if err != nil || got[0].Blocks[0].Text != text {
				t.Errorf("got %v, error %v", got, err)
			}
		})
	}
	all.Wait()
}

// TestEnvironment guards that a child does not know the parent's secrets.
func TestEnvironment(t *testing.T) {
	t.Setenv("DISCORD_TOKEN", "hush")
	got, _, err := Read(t.Context(), limit.Limits{}, "environment", nil)
	if err != nil || strings.Contains(got[0].Part, "hush") || !strings.Contains(got[0].Part, childKey) {
		t.Errorf("got %v, error %v", got, err)
	}
}

// TestNotReady guards that a program that never called Child starts nothing: its
// child would do what the program does.
func TestNotReady(t *testing.T) {
	ready.Store(false)
	defer ready.Store(true)
	if _, _, err := Read(t.Context(), limit.Limits{}, "text", nil); err == nil || !strings.Contains(err.Error(), "cannot start") {
		t.Errorf("got %v", err)
	}
}

// BenchmarkRead is what a child costs beside reading.
func BenchmarkRead(b *testing.B) {
	data := []byte(strings.Repeat("x", 20_000))
	for b.Loop() {
		if _, _, err := Read(b.Context(), limit.Limits{}, "text", data); err != nil {
			b.Fatal(err)
		}
	}
}

func program(t testing.TB) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(t.Context(), path)
}
