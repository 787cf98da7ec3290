//go:build unix

package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestHangupWhileReading guards that SIGHUP does not end a bot that is still
// reading. Here it reads its token from a pipe, and waits.
func TestHangupWhileReading(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "token")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	cmd := exec.Command(build(t), "serve")
	cmd.Env = append(os.Environ(), tokenKey+"=", tokenFileKey+"="+pipe)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	opened := make(chan *os.File, 1)
	go func() { // until somebody reads
		f, _ := os.OpenFile(pipe, os.O_WRONLY, 0)
		opened <- f
	}()
	select {
	case f := <-opened:
		defer f.Close()
	case err := <-ended:
		t.Fatalf("ended before it read: %v", err)
	case <-time.After(30 * time.Second):
		t.Fatal("the token is not read")
	}
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		t.Errorf("ended: %v", err)
	case <-time.After(500 * time.Millisecond):
	}
}
