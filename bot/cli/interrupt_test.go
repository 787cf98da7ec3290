//go:build unix

package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestInterruptedReading guards that Ctrl-C ends a run within a second, whatever it reads.
func TestInterruptedReading(t *testing.T) {
	t.Parallel()
	program := build(t)
	slow := strings.Repeat("<a><i><p>The ferry of Ellery, it said, sails </i>", 60_000)
	for _, tt := range []struct {
		name string
		put  func(dir string) error
	}{
		{"slow pages", func(dir string) error {
			for _, name := range []string{"a.html", "b.html", "c.html", "d.html"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("<html><body><article>"+slow+name), 0o600); err != nil {
					return err
				}
			}
			return nil
		}},
		{"a pipe, a large file and many small ones", func(dir string) error {
			if err := unix.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o600); err != nil {
				return err
			}
			var lines strings.Builder
			for i := range 40_000 {
				fmt.Fprintf(&lines, `{"title": "Ferry %[1]d of Ellery", "text": "The ferry number %[1]d of Ellery sails at nine again, captain %[2]x said on Friday. She has %[3]d passengers and a crew of %[4]x."}`+"\n", i, i*7919, i*31, i*104729)
			}
			return os.WriteFile(filepath.Join(dir, "many.jsonl"), []byte(lines.String()), 0o600)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := tt.put(dir); err != nil {
				t.Fatal(err)
			}
			config := filepath.Join(t.TempDir(), "parley.toml")
			if err := os.WriteFile(config, []byte("[corpus]\nmax_read_seconds = 60\nmax_memory_bytes = 2000000000\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, after := range []time.Duration{100 * time.Millisecond, 500 * time.Millisecond, 1500 * time.Millisecond} {
				cmd := exec.CommandContext(t.Context(), program, "index", "--config", config, "--corpus", dir)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(after)
				start := time.Now()
				if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait()
				took, code := time.Since(start), cmd.ProcessState.ExitCode()
				t.Logf("after %s: ended within %s, exit code %d", after, took, code)
				if took > 2*time.Second { // a second, on a machine that does nothing else
					t.Errorf("interrupted after %s it ends after %s", after, took)
				}
				if code != exitInterrupted && code != -1 { // before main is reached the signal itself ends it
					t.Errorf("interrupted after %s it ends with %d, want %d", after, code, exitInterrupted)
				}
			}
		})
	}
}
