package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func contains(err error, part string) bool { return strings.Contains(err.Error(), part) }

// text accepts up to so many bytes of anything but a video.
func text(limit int64) Accept {
	return func(head []byte) (int64, error) {
		if bytes.HasPrefix(head, []byte("\x00\x00\x00\x20ftyp")) {
			return 0, errors.New("is a video")
		}
		return limit, nil
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("0123456789", 300_000)
	for _, tt := range []struct {
		name, content string
		limit         int64
		want          string
	}{
		{"empty", "", 10, ""},
		{"short", "abc", 10, ""},
		{"as long as it may be", "0123456789", 10, ""},
		{"too long", "0123456789A", 10, "has 11 bytes, more than the 10 that such a file may have"},
		{"long", long, 3_000_000, ""},
		{"long, too long", long + "x", 3_000_000, "has 3000001 bytes"},
		{"zero bytes", "a\x00b", 10, ""},
		{"a video", "\x00\x00\x00\x20ftypisom", 1 << 40, "is a video"},
	} {
		path := filepath.Join(t.TempDir(), "a")
		put(t, path, tt.content)
		c, err := Read(t.Context(), path, text(tt.limit))
		switch {
		case tt.want != "":
			if err == nil || !contains(err, tt.want) || c.Data != nil {
				t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
			}
		case err != nil || string(c.Data) != tt.content || c.Sum != sha256.Sum256([]byte(tt.content)):
			t.Errorf("%s: got %d bytes, error %v", tt.name, len(c.Data), err)
		}
		if c.Size != int64(len(tt.content)) {
			t.Errorf("%s: got size %d, want %d", tt.name, c.Size, len(tt.content))
		}
	}
}

// TestReadSparse guards that a large file is typed by its first bytes.
func TestReadSparse(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "holiday.mp4")
	put(t, path, "\x00\x00\x00\x20ftypisom")
	if err := os.Truncate(path, 50<<30); err != nil {
		t.Skipf("no large files here: %v", err)
	}
	start := time.Now()
	c, err := Read(t.Context(), path, text(1<<40))
	if err == nil || !contains(err, "is a video") || c.Size != 50<<30 {
		t.Errorf("got size %d, error %v", c.Size, err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %s", took)
	}
}

func TestReadGone(t *testing.T) {
	t.Parallel()
	if _, err := Read(t.Context(), filepath.Join(t.TempDir(), "a"), text(1)); err == nil || err.Error() != "is not there" {
		t.Errorf("got %v", err)
	}
}

func TestReadCancelled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a")
	put(t, path, "abc")
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Read(ctx, path, func([]byte) (int64, error) { cancel(); return 10, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestReadHanging guards that a read that does not return ends with the context.
func TestReadHanging(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a")
	put(t, path, "abc")
	ctx, cancel := context.WithCancel(t.Context())
	hangs, end := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(end) })
	go func() {
		<-hangs
		cancel()
	}()
	_, err := Read(ctx, path, func([]byte) (int64, error) { close(hangs); <-end; return 10, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestReadChanging guards that a file that is written while it is read is read
// again, so that what is returned is what stood there at one time.
func TestReadChanging(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a")
	times := 0
	grow := func(times *int, most int) Accept {
		return func([]byte) (int64, error) {
			if *times++; *times <= most {
				f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
				if err != nil {
					return 0, err
				}
				_, err = f.WriteString("more")
				return 1000, errors.Join(err, f.Close())
			}
			return 1000, nil
		}
	}
	put(t, path, "text")
	c, err := Read(t.Context(), path, grow(&times, 2))
	if err != nil || string(c.Data) != "textmoremore" || c.Sum != sha256.Sum256(c.Data) || times != 3 {
		t.Errorf("got %q after %d times, error %v", c.Data, times, err)
	}
	times = 0
	if _, err = Read(t.Context(), path, grow(&times, 1000)); !errors.Is(err, errChanges) || times != attempts {
		t.Errorf("got %v after %d times", err, times)
	}
}

// TestReadReplaced guards that of a file that is replaced all the time, by
// renaming, one version is read whole.
func TestReadReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	versions := []string{strings.Repeat("a", 2_000_000), strings.Repeat("b", 1_500_000)}
	put(t, path, versions[0])
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if os.WriteFile(path+".new", []byte(versions[i%2]), 0o600) == nil {
				_ = os.Rename(path+".new", path)
			}
		}
	})
	for range 20 {
		c, err := Read(t.Context(), path, text(1<<30))
		if err != nil {
			t.Error(err)
		} else if s := string(c.Data); s != versions[0] && s != versions[1] {
			t.Errorf("got a mixture of %d bytes", len(s))
		}
	}
	close(stop)
	writing.Wait()
}

func TestFingerprint(t *testing.T) {
	dir := write(t, "c/a.md", "c/sub/b.md")
	t.Chdir(dir)
	put(t, "c/film.mp4", "\x00\x00\x00\x20ftypisom")
	limit := int64(1000)
	accept := func(string) Accept { return text(limit) }
	take := func(paths ...string) string {
		t.Helper()
		found := find(t, Options{}, paths...)
		got, err := Fingerprint(t.Context(), found, Beside{}, accept)
		if err != nil {
			t.Fatal(err)
		}
		p := NewPrint(found, Beside{})
		for i, f := range found.Files {
			c, err := Read(t.Context(), f.Path, accept(f.Path))
			p.Set(i, c, err)
		}
		if p.String() != got {
			t.Error("a fingerprint without reading is another one")
		}
		return got
	}
	first := take("c")
	same := func(name string, paths ...string) {
		t.Helper()
		if take(paths...) != first {
			t.Errorf("%s: the fingerprint is another one", name)
		}
	}
	changed := func(name string, paths ...string) {
		t.Helper()
		next := take(paths...)
		if next == first {
			t.Errorf("%s: the fingerprint is the same", name)
		}
		first = next
	}
	same("again", "c")
	same("spelt otherwise", "./c/")
	same("absolute", filepath.Join(dir, "c"))
	same("twice", "c", "c/sub")
	if err := os.Chtimes("c/a.md", time.Now(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	same("another time", "c")
	if err := os.Truncate("c/film.mp4", 0); err != nil {
		t.Fatal(err)
	}
	changed("an empty film", "c")
	put(t, "c/a.md", "C/A.MD")
	changed("another text", "c")
	put(t, "c/b.md", "x")
	changed("another file", "c")
	if err := os.Rename("c/b.md", "c/c.md"); err != nil {
		t.Fatal(err)
	}
	changed("another name", "c")
	link(t, "nowhere", "c/gone")
	changed("another problem", "c")
	limit = 5
	changed("another limit", "c")
	if a, b := NewPrint(&Found{}, Beside{Salt: "1"}).String(), NewPrint(&Found{}, Beside{Salt: "2"}).String(); a == b {
		t.Error("salt does not count")
	}
}
