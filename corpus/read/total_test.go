package read

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTotals guards that a folder which holds more than a corpus may have is said
// to, and what to do.
func TestTotals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 20 {
		text := fmt.Sprintf("Lighthouse %d\n\nThe lighthouse number %d of Ellery is white again, the keeper said.\n", i, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".txt")), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		opts Options
		want string
	}{
		{Options{}, ""},
		{Options{Bytes: 5_000, Files: 30}, ""},
		{Options{Bytes: 500}, "raise corpus.max_total_bytes"},
		{Options{Files: 10}, "raise corpus.max_files"},
	} {
		r, err := Read(t.Context(), []string{dir}, tt.opts)
		switch {
		case tt.want == "" && (err != nil || len(r.Articles) != 20):
			t.Errorf("%+v: got %v", tt.opts, err)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%+v: got %v, want %q", tt.opts, err, tt.want)
		}
	}
}
