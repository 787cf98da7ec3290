package readtest

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

//nolint:gochecknoglobals // flags of the test
var (
	remake = flag.Bool("made", false, "write the files that data/made lacks")
	all    = flag.String("all", "", "the `folder` to write every article of every tool to")
)

// plan says which articles each tool has written into data/made.
func plan() map[string][]string {
	return map[string][]string{
		"chromium.pdf": {"01-budget", "11-russian", "04-obituary"}, "chromium-columns.pdf": {"12-science", "25-greek"},
		"libreoffice.pdf": {"08-german", "05-earnings"}, "latex.pdf": {"16-transit", "17-archive", "20-medicine"}, "groff.pdf": {"digest-04", "digest-09"},
		"libreoffice.docx": {"03-election"}, "libreoffice.odt": {"06-match"}, "libreoffice.epub": {"07-recipe"},
		"pandoc.docx": {"18-contract"}, "pandoc.odt": {"19-chess"}, "pandoc.epub": {"09-french"},
	}
}

func TestRemake(t *testing.T) {
	if !*remake && *all == "" {
		t.Skip("neither -made nor -all given")
	}
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range Tools() {
		for _, a := range articles {
			planned := slices.Contains(plan()[tool.Name+tool.Ext], a.Name)
			dir := *all
			if dir == "" {
				dir = filepath.Join("data", "made")
			}
			file := filepath.Join(dir, a.Name+"."+tool.Name+tool.Ext)
			if _, err := os.Stat(file); err == nil || *all == "" && !planned {
				continue // remove a file to make it again
			}
			if !tool.Writes(a) {
				if planned {
					t.Errorf("%s cannot write %s", tool.Name, a.Name)
				}
				continue
			}
			write(t, tool, a, file)
		}
	}
}

// write has a tool write an article to a file.
func write(t *testing.T, tool Tool, a Text, file string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	b, err := tool.Make(ctx, t.TempDir(), a)
	switch {
	case errors.Is(err, ErrNoTool):
		t.Log(err)
	case err != nil:
		t.Error(err)
	default:
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMadeFiles(t *testing.T) {
	t.Parallel()
	files, err := MadeFiles()
	if err != nil {
		t.Fatal(err)
	}
	pdf, size := 0, 0
	for _, f := range files {
		size += len(f.Data)
		if f.Ext == ".pdf" {
			pdf++
			if !strings.HasPrefix(string(f.Data), "%PDF-") {
				t.Errorf("%s is no PDF", f.File)
			}
			continue
		}
		if err := wellFormed(f.Ext, f.Data); err != nil {
			t.Errorf("%s: %v", f.File, err)
		}
	}
	if pdf != 12 || len(files) != 18 || size > 1500<<10 {
		t.Errorf("%d files, %d of them PDF, %d bytes; want 18, 12, under 1.5 MB", len(files), pdf, size)
	}
}
