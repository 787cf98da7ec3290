//go:build unix

package cli

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestGoRunEnds guards that what the go command runs ends with it, although no signal
// reaches it.
func TestGoRunEnds(t *testing.T) {
	t.Parallel()
	for folder, ends := range map[string]bool{"go-build123": true, "bin": false} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			exe := filepath.Join(t.TempDir(), folder, "parley")
			if err := os.Mkdir(filepath.Dir(exe), 0o750); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(build(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(exe, data, 0o700); err != nil { //nolint:gosec // it is a program
				t.Fatal(err)
			}
			// The shell stands for the go command. What it runs holds the other end of out
			// for as long as it lives, and waits for a line.
			cmd := exec.Command("sh", "-c", `"$0" chat <&3 & echo started; wait`, exe) //nolint:gosec // the program above
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			in, hold, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer hold.Close()
			cmd.ExtraFiles = []*os.File{in}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			_ = in.Close()
			if _, err := io.ReadFull(out, make([]byte, len("started\n"))); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second) // it has to be running, and says nothing before it is asked
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				_, _ = io.Copy(io.Discard, out) // it ends with the process
			}()
			limit := 10 * time.Second
			if !ends {
				limit = 2 * time.Second
			}
			select {
			case <-ended:
				if !ends {
					t.Error("it ends with who started it")
				}
			case <-time.After(limit):
				if ends {
					t.Error("it stays behind")
				}
			}
			_ = hold.Close() // the end of its input ends it
			if !ends {
				<-ended
			}
			_ = cmd.Wait()
		})
	}
}
