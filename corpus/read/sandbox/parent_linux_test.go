package sandbox

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestParentDies guards that a child does not outlive a parent that is killed.
func TestParentDies(t *testing.T) {
	t.Parallel()
	cmd := program(t)
	cmd.Env = append(os.Environ(), parentKey+"=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var children []int
	for end := time.Now().Add(5 * time.Second); len(children) == 0 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		children = childrenOf(t, cmd.Process.Pid)
	}
	if len(children) != 1 {
		t.Fatalf("the parent has children %v", children)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	for end := time.Now().Add(2 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		state := stat(children[0])
		if len(state) == 0 || state[0] == "Z" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("child %d is still there: %v", children[0], state)
		}
	}
}

// stat is what the system says of a process from its state on; nil when it is gone.
func stat(pid int) []string {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return nil
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	return strings.Fields(rest)
}

func childrenOf(t *testing.T, parent int) []int {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if s := stat(pid); len(s) > 1 && s[1] == strconv.Itoa(parent) {
			out = append(out, pid)
		}
	}
	return out
}
