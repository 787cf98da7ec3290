//go:build unix

package files

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestFindSpecial guards that what is no file is named and never opened: opening a
// pipe that nobody writes to waits for ever.
func TestFindSpecial(t *testing.T) {
	t.Parallel()
	dir := write(t, "a.md")
	pipe := filepath.Join(dir, "pipe.md")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	short, err := os.MkdirTemp("", "s") // the path of a socket has a hundred bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(short) })
	l, err := new(net.ListenConfig).Listen(t.Context(), "unix", filepath.Join(short, "socket.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	link(t, pipe, filepath.Join(dir, "to-pipe.md"))
	link(t, "/dev/zero", filepath.Join(dir, "zero.md"))
	link(t, short, filepath.Join(dir, "far"))
	found := find(t, Options{}, dir, pipe, "/dev/zero")
	want(t, found, "a.md")
	reasons(t, found, "socket.md", "is a socket, which is never opened", "pipe.md", "is a named pipe", "pipe.md", "is a named pipe", "zero", "is a device")
}

// TestReadSpecial guards that not even something that has taken a file's place since
// it was found keeps reading waiting.
func TestReadSpecial(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "a.md")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, reason := range map[string]string{
		pipe: "is a named pipe, which is never opened", "/dev/zero": "is a device, which is never opened", t.TempDir(): "neither a file",
	} {
		start := time.Now()
		if _, err := Read(t.Context(), path, text(100)); err == nil || !contains(err, reason) {
			t.Errorf("%s: got %v, want %q", path, err, reason)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %s", path, took)
		}
	}
}

// TestFindNested guards that folders nested deeper than a path can be long cost
// nothing but themselves.
func TestFindNested(t *testing.T) {
	t.Parallel()
	dir := write(t, "a.md", "z.md")
	nest(t, filepath.Join(dir, "deep"), 5_000) // a path has 4,096 bytes at most
	start := time.Now()
	found := find(t, Options{}, dir)
	want(t, found, "a.md", "z.md")
	if len(found.Problems) != 1 || found.Problems[0].Reason != "lies more than 64 folders deep: move it up, or name it as a folder of its own" {
		t.Errorf("got problems %q", found.Problems)
	}
	// Also where the bound is so far up that the path is too long.
	found = find(t, Options{Depth: 1 << 20, Entries: 1 << 20}, dir)
	want(t, found, "a.md", "z.md")
	if len(found.Problems) != 1 || !contains(errors.New(found.Problems[0].Reason), "cannot be read: file name too long") {
		t.Errorf("got problems %q", found.Problems)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

// nest makes folders within folders, and takes them away when the test ends, which
// os.RemoveAll cannot: it holds every one open.
func nest(t testing.TB, dir string, levels int) {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(os.Mkdir(dir, 0o750))
	at, err := unix.Open(dir, unix.O_DIRECTORY, 0)
	check(err)
	t.Cleanup(func() {
		// What is inside comes up beside, and the emptied one goes.
		for at, n := dir, 0; ; n++ {
			next := dir + strconv.Itoa(n)
			if err := os.Rename(filepath.Join(at, "d"), next); err != nil {
				break
			}
			_ = os.Remove(at)
			at = next
		}
	})
	for range levels {
		check(unix.Mkdirat(at, "d", 0o750))
		next, err := unix.Openat(at, "d", unix.O_DIRECTORY, 0)
		check(err)
		check(unix.Close(at))
		at = next
	}
	check(unix.Close(at))
}

func TestFindUnreadable(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := write(t, "a.md", "locked/b.md", "secret.md")
	for _, name := range []string{"locked", "secret.md"} {
		path := filepath.Join(dir, name)
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o700) })
	}
	found := find(t, Options{}, dir)
	want(t, found, "a.md", "secret.md")
	reasons(t, found, "locked", "may not be read by the user")
	if _, err := Read(t.Context(), filepath.Join(dir, "secret.md"), text(100)); err == nil || !contains(err, "may not be read by the user") {
		t.Errorf("got %v", err)
	}
}
