package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// built makes the program as people do, once for all tests.
var built = sync.OnceValues(func() (string, error) {
	if err := os.MkdirAll(programs(), 0o700); err != nil {
		return "", fmt.Errorf("make folder: %w", err)
	}
	path := filepath.Join(programs(), "parley")
	args := []string{"build", "-o", path}
	if raceDetector {
		args = append(args, "-race")
	}
	if out, err := exec.Command("go", append(args, "parley")...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("build parley: %w\n%s", err, out)
	}
	return path, nil
})

// programs is the folder of the built program, which TestMain removes.
func programs() string {
	return filepath.Join(os.TempDir(), "parley-test-"+strconv.Itoa(os.Getpid()))
}

// build returns the built program.
func build(t testing.TB) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// process is a running parley serve.
type process struct {
	cmd   *exec.Cmd
	log   *captured
	ended chan error // what Wait returned
}

// captured keeps what a process writes.
type captured struct {
	mu sync.Mutex
	b  strings.Builder
}

func (o *captured) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *captured) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// serveProcess starts the program against a local Discord and waits until it is
// ready. It is killed when the test ends. Env is added to its environment.
func serveProcess(t testing.TB, program string, d *discordtest.Discord, config string, env ...string) *process {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.toml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &process{log: &captured{}, ended: make(chan error, 1)}
	p.cmd = exec.Command(program, "serve", "--config", file)
	p.cmd.Env = append(append(os.Environ(), "DISCORD_TOKEN="+d.Token()), env...)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		if t.Failed() {
			t.Logf("parley serve:\n%s", p.log)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	d.Eventually(ctx, "bot ready", func() bool {
		return strings.Contains(p.log.String(), "gateway connected") || len(p.ended) > 0
	})
	return p
}

// end tells the process to end, waits, and returns its exit code.
func (p *process) end(t testing.TB) int {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	return p.wait(t)
}

func (p *process) wait(t testing.TB) int {
	t.Helper()
	select {
	case err := <-p.ended:
		p.ended <- err // for others to see that it has ended
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(60 * time.Second):
		t.Fatal("the process does not end")
		return -1
	}
}

// memory is what the process has in memory, in bytes.
func (p *process) memory(t testing.TB) int64 {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Skipf("memory is read from /proc: %v", err)
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kb << 10
		}
	}
	t.Fatal("no VmRSS")
	return 0
}
