package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/corpus/read/files"
	"parley/corpus/read/readtest"
)

// TestDue guards that an article that was left out because its day is still to come
// is read when it has, although its file has not changed.
func TestDue(t *testing.T) {
	t.Parallel()
	now := time.Now()
	later := now.AddDate(0, 0, 10)
	day := now.AddDate(0, 0, 5)
	for _, c := range []struct {
		name, text string
		due        bool
	}{
		{"yaml.md", "---\ntitle: Ferry closes\ndate: " + day.Format(time.DateOnly) + "\n---\nThe ferry closes on Monday.\n", true},
		{"words.md", "---\ntitle: Ferry closes\ndate: \"" + day.Format("January 2, 2006") + "\"\n---\nThe ferry closes on Monday.\n", true},
		{"windows.md", "---\r\ntitle: Ferry closes\r\ndate: " + day.Format(time.RFC3339) + "\r\n---\r\nThe ferry closes on Monday.\r\n", true},
		{"toml.md", "+++\ntitle = \"Ferry closes\"\ndate = " + day.Format(time.RFC3339) + "\n+++\nThe ferry closes on Monday.\n", true},
		{"json.md", "{\n\"title\": \"Ferry closes\",\n\"date\": \"" + day.Format(time.DateOnly) + "\"\n}\n\nThe ferry closes on Monday.\n", true},
		{"past.md", "---\ntitle: Ferry closes\ndate: 2024-05-06\n---\nThe ferry closes on Monday.\n", false},
		{"text.txt", "The ferry closes on Monday: " + day.Format(time.DateOnly) + "\n", false},
	} {
		for _, packed := range []bool{false, true} {
			dir := t.TempDir()
			name, data := c.name, []byte(c.text)
			if packed {
				var err error
				if data, err = readtest.Gzip(data); err != nil {
					t.Fatal(err)
				}
				name += ".gz"
			}
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
			found, _, err := find(t.Context(), []string{dir}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var prints []string
			for _, at := range []time.Time{now, later, later.AddDate(0, 0, 1)} {
				opts := Options{}
				opts.Limits = opts.Limits.WithDefaults()
				p, err := files.Fingerprint(t.Context(), found, opts.beside(at), func(path string) files.Accept { return accept(path, opts.Limits) })
				if err != nil {
					t.Fatal(err)
				}
				prints = append(prints, p)
			}
			if (prints[0] != prints[1]) != c.due || prints[1] != prints[2] {
				t.Errorf("%s: changes on its day: %t, after it: %t", name, prints[0] != prints[1], prints[1] != prints[2])
			}
			r, _ := Read(t.Context(), []string{dir}, Options{})
			if r.Fingerprint != prints[0] {
				t.Errorf("%s: the fingerprint of what was read is another", name)
			}
			if left := len(r.Refused) == 1 && strings.Contains(r.Refused[0].Reason, "not published yet"); left != c.due {
				t.Errorf("%s: left out: %t, %v", name, left, r.Refused)
			}
		}
	}
}
