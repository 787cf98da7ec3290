package cli

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// webProcess starts the page on a free port and returns its address. It is killed when
// the test ends.
func webProcess(t *testing.T, env []string, args ...string) (cmd *exec.Cmd, address string) {
	t.Helper()
	cmd = exec.CommandContext(t.Context(), build(t), append([]string{"web", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	var notes captured
	cmd.Stderr = &notes
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, notes.String())
	}
	return cmd, strings.TrimSpace(line)
}

// fetch gets a response with its body.
func fetch(t *testing.T, method, address, body string, header ...string) (status int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(data)
}

// TestWeb guards the page of the built program: it is ready when it says so, its API
// gives what the command line prints, its users may manage it, and it ends when told to.
func TestWeb(t *testing.T) {
	t.Parallel()
	cmd, address := webProcess(t, nil)
	const question = "How long did the talks last?"
	status, page := fetch(t, "GET", address, "")
	if status != 200 || !strings.Contains(page, "5 articles") {
		t.Errorf("got %d: %s", status, page)
	}
	status, got := fetch(t, "POST", address+"v1/ask", `{"question": "`+question+`"}`, "Content-Type", "application/json")
	if status != 200 {
		t.Fatalf("got %d: %s", status, got)
	}
	printed, err := exec.CommandContext(t.Context(), build(t), "ask", "--json", question).Output()
	if err != nil {
		t.Fatal(err)
	}
	if elapsed.ReplaceAllString(got, "") != elapsed.ReplaceAllString(string(printed), "") {
		t.Errorf("got  %s\nwant %s", got, printed)
	}
	if status, got = fetch(t, "GET", address+"gaps", ""); status != 200 {
		t.Errorf("gaps: got %d: %s", status, got)
	}
	start := time.Now()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v to end", took)
	}
}

// TestWebToken guards that the token of a file is the one that is wanted.
func TestWebToken(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("0123456789abcdef0123\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, address := webProcess(t, []string{webTokenFileKey + "=" + file})
	if status, _ := fetch(t, "GET", address+"v1/sources", ""); status != http.StatusUnauthorized {
		t.Errorf("without the token: got %d", status)
	}
	if status, _ := fetch(t, "GET", address+"v1/sources", "", "Authorization", "Bearer 0123456789abcdef0123"); status != 200 {
		t.Errorf("with the token: got %d", status)
	}
}

// TestWebRefuses guards where the page does not start, and what is said instead.
func TestWebRefuses(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none")
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		listen, key, value string
		code               int
		says               string
	}{
		"all addresses": {"0.0.0.0:0", "", "", exitUsage, webTokenKey},
		"no address":    {":0", "", "", exitUsage, webTokenKey},
		"a name":        {"example.invalid:0", "", "", exitUsage, webTokenKey},
		"IPv6":          {"[::]:0", "", "", exitUsage, webTokenKey},
		"no port":       {"127.0.0.1", "", "", exitUsage, "address and a port"},
		"short":         {"0.0.0.0:0", webTokenKey, "swordfish", exitFailed, "fewer than 16"},
		"blank":         {"0.0.0.0:0", webTokenKey, "0123456789 abcdef0123", exitFailed, "character 11"},
		"no file":       {"0.0.0.0:0", webTokenFileKey, missing, exitFailed, webTokenFileKey},
		"empty file":    {"127.0.0.1:0", webTokenFileKey, empty, exitFailed, "empty"},
	} {
		var out, errs captured
		code := Main(t.Context(), []string{"web", "--listen", tt.listen}, Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Getenv: func(key string) string {
			if key == tt.key {
				return tt.value
			}
			return ""
		}})
		if code != tt.code || !strings.Contains(errs.String(), tt.says) || tt.value != "" && len(tt.value) < 30 && strings.Contains(errs.String(), tt.value) {
			t.Errorf("%s: got %d: %s", name, code, errs.String())
		}
	}
}
