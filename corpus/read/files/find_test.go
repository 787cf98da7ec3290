package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// write makes files, each with its name as text, and returns their folder.
func write(t testing.TB, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		put(t, filepath.Join(dir, name), name)
	}
	return dir
}

func put(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func link(t testing.TB, to, from string) {
	t.Helper()
	if err := os.Symlink(to, from); err != nil {
		t.Skipf("links cannot be made here: %v", err)
	}
}

func find(t testing.TB, opts Options, paths ...string) *Found {
	t.Helper()
	found, err := Find(t.Context(), paths, opts)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func ids(found *Found) []string {
	out := []string{}
	for _, f := range found.Files {
		out = append(out, f.ID)
	}
	return out
}

func want(t testing.TB, found *Found, all ...string) {
	t.Helper()
	if got := ids(found); !slices.Equal(got, all) {
		t.Errorf("got IDs %q, want %q", got, all)
	}
	for _, f := range found.Files {
		if _, err := os.Stat(f.Path); err != nil {
			t.Errorf("%s has a path that does not lead to it: %v", f.ID, err)
		}
	}
}

// reasons checks that there is one problem for each of the pairs of a part of a
// path and a part of a reason.
func reasons(t testing.TB, found *Found, pairs ...string) {
	t.Helper()
	if len(found.Problems) != len(pairs)/2 {
		t.Fatalf("got problems %q, want %q", found.Problems, pairs)
	}
	for i, p := range found.Problems {
		if !strings.HasSuffix(p.Path, pairs[2*i]) || !strings.Contains(p.Reason, pairs[2*i+1]) {
			t.Errorf("got %q %q, want %q", p.Path, p.Reason, pairs[2*i:2*i+2])
		}
	}
}

func TestFindFolder(t *testing.T) {
	t.Parallel()
	dir := write(t, "b.md", "a.txt", "a/z.txt", "a/y/x.txt", ".hidden.md", ".git/c.md", "a-b.txt", "noise.png")
	found := find(t, Options{}, dir)
	want(t, found, "a/y/x.txt", "a/z.txt", "a-b.txt", "a.txt", "b.md", "noise.png")
	reasons(t, found)
}

func TestFindNothing(t *testing.T) {
	t.Parallel()
	dir := write(t, "a.md")
	found := find(t, Options{}, filepath.Join(dir, "none"), "", dir)
	want(t, found, "a.md")
	reasons(t, found, "none", "is not there: name a folder", "", "is not there")
}

// TestFindOnce guards that however many paths lead to a file it is one.
func TestFindOnce(t *testing.T) {
	dir := write(t, "c/a.md", "c/sub/b.md")
	t.Chdir(dir)
	link(t, "c", "same")
	for _, paths := range [][]string{
		{"c"},
		{"./c"},
		{"c/"},
		{"c/../c"},
		{"c", "c"},
		{"c", "./c", filepath.Join(dir, "c")},
		{"same"},
		{"c", "same"},
		{"same", "c/sub"},
		{"c/sub", "c"},
		{"c/sub/b.md", "c"},
		{"c", "c/a.md", "same/a.md"},
	} {
		found := find(t, Options{}, paths...)
		want(t, found, "a.md", "sub/b.md")
		reasons(t, found)
	}
	want(t, find(t, Options{}, "c/sub/b.md", "same/sub/b.md", "c/a.md"), "b.md", "a.md")
}

func TestFindCase(t *testing.T) {
	t.Parallel()
	dir := write(t, "c/a.md")
	upper := filepath.Join(dir, "C")
	if _, err := os.Stat(upper); err != nil {
		put(t, filepath.Join(upper, "a.md"), "another") // two folders here
		want(t, find(t, Options{}, filepath.Join(dir, "c"), upper), "c/a.md", "C/a.md")
		return
	}
	want(t, find(t, Options{}, filepath.Join(dir, "c"), upper, filepath.Join(dir, "c", "A.MD")), "a.md")
}

func TestFindLinks(t *testing.T) {
	t.Parallel()
	dir, far := write(t, "a.md", "sub/b.md"), write(t, "c.md", "deep/d.md")
	link(t, dir, filepath.Join(dir, "sub", "up"))
	link(t, "sub", filepath.Join(dir, "0"))
	link(t, "a.md", filepath.Join(dir, "0.md"))
	link(t, far, filepath.Join(dir, "far"))
	link(t, far, filepath.Join(dir, "far2"))
	link(t, dir, filepath.Join(far, "back"))
	link(t, "nowhere", filepath.Join(dir, "gone"))
	link(t, "ring2", filepath.Join(dir, "ring1"))
	link(t, "ring1", filepath.Join(dir, "ring2"))
	found := find(t, Options{}, dir)
	want(t, found, "a.md", "far/c.md", "far/deep/d.md", "sub/b.md")
	reasons(t, found, "gone", "link to nothing", "ring1", "circle", "ring2", "circle")
}

// TestFindIDs guards that the same name in two folders is two articles, and that
// the IDs do not depend on how folders are named or in which order.
func TestFindIDs(t *testing.T) {
	dir := write(t, "2024/report.txt", "2025/report.txt", "2025/only.txt", "x/2025/report.txt", "y/2024/report.txt")
	t.Chdir(dir)
	link(t, "2025", "latest")
	for _, tt := range []struct {
		name  string
		paths []string
		want  []string
	}{
		{"two folders", []string{"2024", "2025"}, []string{"2024/report.txt", "only.txt", "2025/report.txt"}},
		{"turned round", []string{"2025", "2024"}, []string{"only.txt", "2025/report.txt", "2024/report.txt"}},
		{"spelt otherwise", []string{"./2024/", "latest"}, []string{"2024/report.txt", "only.txt", "2025/report.txt"}},
		{"files", []string{"2024/report.txt", "2025/report.txt"}, []string{"2024/report.txt", "2025/report.txt"}},
		{"a file and a folder", []string{"2024/report.txt", "2025"}, []string{"2024/report.txt", "only.txt", "2025/report.txt"}},
		{"more of the path", []string{"2025", "x/2025"}, []string{"only.txt", filepath.Base(dir) + "/2025/report.txt", "x/2025/report.txt"}},
		{"a name that another has", []string{"y", "2024", "2025"}, []string{"y/2024/report.txt", filepath.Base(dir) + "/2024/report.txt", "only.txt", "2025/report.txt"}},
	} {
		found := find(t, Options{}, tt.paths...)
		if got := ids(found); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestFindDepth(t *testing.T) {
	t.Parallel()
	dir := write(t, "1/2/a.md", "1/2/3/b.md", "c.md")
	found := find(t, Options{Depth: 2}, dir)
	want(t, found, "1/2/a.md", "c.md")
	reasons(t, found, filepath.Join("1", "2", "3"), "more than 2 folders deep")
	// One given itself counts from there.
	want(t, find(t, Options{Depth: 2}, dir, filepath.Join(dir, "1", "2", "3")), "1/2/a.md", "c.md", "b.md")
}

// TestFindTooMany guards that a folder with too many files costs that folder, and a
// tree with too many in small folders that tree.
func TestFindTooMany(t *testing.T) {
	t.Parallel()
	dir := write(t, "a.md", "z/b.md")
	for i := range 60 {
		put(t, filepath.Join(dir, "big", fmt.Sprint(i, ".md")), "x")
	}
	found := find(t, Options{Entries: 50}, dir)
	want(t, found, "a.md", "z/b.md")
	reasons(t, found, "big", "a corpus may have 50")

	wide := t.TempDir()
	for i := range 30 {
		put(t, filepath.Join(wide, fmt.Sprint("day", i), "a.md"), "x")
	}
	for _, paths := range [][]string{{wide, filepath.Join(dir, "z")}, {filepath.Join(dir, "z"), wide}} {
		found = find(t, Options{Entries: 50}, paths...)
		want(t, found, "b.md")
		reasons(t, found, filepath.Base(wide), "name the folder of the articles")
	}
	// What the refused tree has listed is no longer taken.
	found = find(t, Options{Entries: 50}, wide, filepath.Join(wide, "day7"))
	want(t, found, "a.md")
	// By way of a link, too.
	link(t, wide, filepath.Join(dir, "z", "link"))
	found = find(t, Options{Entries: 50}, filepath.Join(dir, "z"))
	want(t, found, "b.md")
	reasons(t, found, "link", "name the folder of the articles")
}

func TestFindCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Find(ctx, []string{write(t, "a.md")}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestFindManyFiles guards that a large folder is listed in little time.
func TestFindManyFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 10_000 {
		if err := os.Link(first(t, dir), filepath.Join(dir, fmt.Sprintf("%06d.md", i+1))); err != nil {
			t.Skipf("hard links cannot be made here: %v", err)
		}
	}
	start := time.Now()
	if n := len(find(t, Options{}, dir).Files); n != 10_001 {
		t.Errorf("got %d files", n)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func first(t testing.TB, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "000000.md")
	if _, err := os.Stat(path); err != nil {
		put(t, path, "x")
	}
	return path
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ path, quoted, id string }{
		{"a/b c.md", "a/b c.md", "a/b c.md"},
		{"Żółw/日本 – “x”.md", "Żółw/日本 – “x”.md", "Żółw/日本 – “x”.md"},
		{"narrow\u202fspace.md", "narrow\u202fspace.md", "narrow\u202fspace.md"},
		{"می\u200cخواهم.md", "می\u200cخواهم.md", "می\u200cخواهم.md"},
		{"a\x1b[31mred\x1b[0m.md", `"a\x1b[31mred\x1b[0m.md"`, `a\u{1b}[31mred\u{1b}[0m.md`},
		{"bell\a.md", `"bell\a.md"`, `bell\u{7}.md`},
		{"two\nlines.md", `"two\nlines.md"`, `two\u{a}lines.md`},
		{"turned\u202egnp.md", `"turned\u202egnp.md"`, `turned\u{202e}gnp.md`},
		{"c1\u009b31m.md", `"c1\u009b31m.md"`, `c1\u{9b}31m.md`},
		{"latin\xe9.md", `"latin\xe9.md"`, `latin\xe9.md`},
		{`latin\xe9.md`, `latin\xe9.md`, `latin\\xe9.md`},
		{"tab\t.md", `"tab\t.md"`, `tab\u{9}.md`},
	} {
		if got := Quote(tt.path); got != tt.quoted {
			t.Errorf("Quote(%q) is %s, want %s", tt.path, got, tt.quoted)
		}
		if got := escape(tt.path); got != tt.id {
			t.Errorf("the ID of %q is %s, want %s", tt.path, got, tt.id)
		}
	}
}

// FuzzQuote guards that nothing which steers a terminal is left of a name, and that
// no two names become one ID.
func FuzzQuote(f *testing.F) {
	for _, seed := range []string{"a.md", "a\x1b[31m.md", `a\x1b.md`, "\xff", "\u202e", "é/\u200c", "\\\\u{1b}"} {
		f.Add(seed, seed+"\x1b")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, shown := range []string{Quote(a), escape(a)} {
			if !plain(shown) {
				t.Errorf("%q is shown as %q", a, shown)
			}
		}
		if a != b && escape(a) == escape(b) {
			t.Errorf("%q and %q have the ID %q", a, b, escape(a))
		}
	})
}
