package readtest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"os"
	"strings"
	"testing"
)

func TestHostileFiles(t *testing.T) {
	t.Parallel()
	all := HostileFiles()
	if len(all) < 60 {
		t.Errorf("%d files, want 60 at least", len(all))
	}
	seen := map[string]bool{}
	for _, h := range all {
		if seen[h.Name] {
			t.Errorf("%s is there twice", h.Name)
		}
		seen[h.Name] = true
		if len(h.Refused) == 0 && h.Says == "" {
			t.Errorf("%s expects nothing", h.Name)
		}
		dir := t.TempDir()
		if err := h.Put(dir); err != nil {
			t.Errorf("%q: %v", h.Name, err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
			t.Errorf("%q: %d entries, %v", h.Name, len(entries), err)
		}
		if h.Data != nil && h.Says != "" && !strings.HasSuffix(h.Name, "x") && len(h.Data()) > 64<<20 {
			t.Errorf("%s is too large to be read at all", h.Name)
		}
	}
}

// The bombs are well-formed: read whole, they have the bytes and sums they state.
func TestBombs(t *testing.T) {
	t.Parallel()
	g, err := gzip.NewReader(bytes.NewReader(gzipBomb()))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, g); n != unpacked || err != nil {
		t.Errorf("gzip: %d bytes, %v", n, err)
	}
	z, err := zlib.NewReader(bytes.NewReader(zlibBomb()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, z); err != nil {
		t.Errorf("zlib: %v", err)
	}
	b := zipBomb("a", "x")()
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, f); n != unpacked+1 || err != nil {
		t.Errorf("zip: %d bytes, %v", n, err)
	}
}

func TestRight(t *testing.T) {
	t.Parallel()
	refused := Hostile{Refused: []string{"nested", "deep"}}
	read := Hostile{Says: "sails", Never: "root:"}
	either := Hostile{Refused: []string{"limit"}, Says: "sails", Either: true}
	for _, c := range []struct {
		h            Hostile
		reason, text string
		right        bool
	}{
		{refused, "is Nested too much", "", true},
		{refused, "cannot be read", "", false},
		{refused, "", "It sails.", false},
		{read, "", "It sails.", true},
		{read, "", "It sinks.", false},
		{read, "", "It sails. root:x", false},
		{read, "is nested", "", false},
		{either, "over the limit", "", true},
		{either, "oh", "", false},
		{either, "", "It sails.", true},
		{either, "", "", false},
	} {
		if wrong := c.h.Right(c.reason, c.text); (wrong == "") != c.right {
			t.Errorf("%+v with reason %q and text %q: %q", c.h, c.reason, c.text, wrong)
		}
	}
}
