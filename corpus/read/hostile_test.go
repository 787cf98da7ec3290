package read

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/corpus/read/readtest"
)

// folderKey makes of this test a program that reads a folder and writes what it
// made of it.
const folderKey = "PARLEY_TEST_FOLDER"

func TestMain(m *testing.M) {
	Child()
	if dir := os.Getenv(folderKey); dir != "" {
		r, err := Read(context.Background(), []string{dir}, Options{})
		if r == nil {
			r = &Reading{Refused: []Refusal{{Reason: err.Error()}}}
		}
		_ = json.NewEncoder(os.Stdout).Encode(apart{r, peak()})
		return
	}
	os.Exit(m.Run())
}

// apart is what that program writes.
type apart struct {
	Reading *Reading
	Peak    int64 // the most bytes that it, or a child of it, had in memory
}

// The bounds on what one file may cost, whatever it is, of the processor and of memory.
// Looking after a child costs a little more than the time that it may take.
const (
	mostTime   = 7 * time.Second
	mostMemory = 300 << 20
)

// TestHostile guards that a file that is broken, or made to cost much, costs itself
// alone: the articles beside it are read, in little time and memory.
func TestHostile(t *testing.T) {
	t.Parallel()
	const beside = "The lighthouse of Ellery is white again, the keeper said."
	for _, h := range readtest.HostileFiles() {
		t.Run(h.Name, func(t *testing.T) {
			dir := t.TempDir()
			if err := h.Put(dir); err != nil {
				t.Skip(err)
			}
			for _, name := range []string{"0.txt", "zz.txt"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("Lighthouse painted "+name+"\n\n"+beside+" It was done in "+name+".\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			r, took, memory := readApart(t, dir)
			var reasons, texts strings.Builder
			others := 0
			for _, refused := range r.Refused {
				reasons.WriteString(refused.Reason + "; ")
			}
			for i := range r.Articles {
				if a := &r.Articles[i]; strings.Contains(a.Body, beside) {
					others++
				} else {
					texts.WriteString(a.Title + "\n" + a.Body + "\n")
				}
			}
			if len(r.Refused) > mostRefused+1 {
				t.Errorf("%d articles of it are refused one by one", len(r.Refused))
			}
			reason, text := reasons.String(), texts.String()
			if others != 2 {
				t.Errorf("%d of 2 articles beside it were read: %s", others, reason)
			}
			if reason != "" && text != "" {
				reason = "" // some of its articles were read
			}
			if wrong := h.Right(reason, text); wrong != "" {
				t.Error(wrong)
			}
			if took > mostTime {
				t.Errorf("took %s", took)
			}
			if memory > mostMemory && !raceDetector {
				t.Errorf("took %d MB", memory>>20)
			}
			if s := reason + strings.Join(r.Ignored, " "); testing.Verbose() {
				t.Logf("%.2fs %d MB %.150q", took.Seconds(), memory>>20, s)
			}
		})
	}
}

// mostTogether bounds the memory of a folder of them all: PDFium takes 200 MB of it for
// the two files that ask it for everything.
const mostTogether = 350 << 20

// TestHostileTogether guards that a folder of hostile files takes little more memory
// than one of them, however many are read at once.
func TestHostileTogether(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, h := range readtest.HostileFiles() {
		if strings.HasPrefix(h.Name, "deep") && filepath.Ext(h.Name) == "" || strings.HasPrefix(h.Name, "loop-folder") {
			continue // folders: the first alone has more than a folder may
		}
		if err := h.Put(dir); err != nil {
			t.Log(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "0.txt"), []byte("Lighthouse painted\n\nThe lighthouse of Ellery is white again, the keeper said.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, _, memory := readApart(t, dir)
	if memory > mostTogether && !raceDetector {
		t.Errorf("took %d MB", memory>>20)
	}
	read := false
	for i := range r.Articles {
		read = read || r.Articles[i].ID == "0.txt"
	}
	if !read || len(r.Refused) == 0 {
		t.Errorf("read %d articles, refused %d", len(r.Articles), len(r.Refused))
	}
}

// readApart reads a folder in a process whose memory can be measured.
func readApart(t *testing.T, dir string) (*Reading, time.Duration, int64) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), folderKey+"="+dir)
	out, err := cmd.Output()
	took := time.Duration(0)
	if s := cmd.ProcessState; s != nil { // of the processor, for it and its children: the machine may do much else
		took = s.UserTime() + s.SystemTime()
	}
	if err != nil {
		said := ""
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			said = string(exit.Stderr[:min(len(exit.Stderr), 400)])
		}
		t.Fatalf("%v: %s", err, said)
	}
	var a apart
	if err := json.Unmarshal(out, &a); err != nil {
		t.Fatalf("%v: %.200s", err, out)
	}
	return a.Reading, took, a.Peak
}
