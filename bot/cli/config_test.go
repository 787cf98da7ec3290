package cli

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

const example = "../../config.example.toml"

// TestExampleIsDefault guards that the example lists every key with the default
// it really has.
func TestExampleIsDefault(t *testing.T) {
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	var c Config
	if err := decodeConfig(example, data, &c); err != nil {
		t.Fatal(err)
	}
	if want := Default(); !reflect.DeepEqual(c, want) {
		t.Errorf("the example decodes to\n%+v\nthe defaults are\n%+v", c, want)
	}
	known := map[string]reflect.Type{}
	schema("", reflect.TypeFor[Config](), known)
	lines := keyLines(data)
	text := strings.Split(string(data), "\n")
	for key, kind := range known {
		if kind.Kind() == reflect.Struct {
			continue
		}
		line := lines[key]
		if line == 0 {
			t.Errorf("the example does not list %s", key)
			continue
		}
		if !strings.HasPrefix(text[line-2], "# ") {
			t.Errorf("line %d: %s has no comment above it", line, key)
		}
	}
}

// TestConfigRoundTrip guards that every key can be set: a written configuration
// reads as the same one.
func TestConfigRoundTrip(t *testing.T) {
	want := Default()
	want.Corpus.Paths = []string{"/news", "/more"}
	want.Answer.MaxSentences++
	data, err := toml.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "parley.toml")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestConfigProblems(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       []string // parts of the errors, one each, in order
	}{
		{"empty file", "", nil},
		{"byte order mark", "\ufeff[answer]\nmax_sentences = 2\n", nil},
		{"a whole number where a fraction can be", "[answer]\nthreshold = 1\n", nil},
		{"not TOML", "[answer\n", []string{"f.toml:1: "}},
		{"key given twice", "[answer]\nmax_sentences = 2\nmax_sentences = 3\n", []string{"f.toml:3: "}},
		{"unknown table", "[anwser]\nmax_sentences = 2\n", []string{"f.toml:1: anwser is not a key"}},
		{"everything at once", "x = 1\n[corpus]\npaths = \"a\"\n[answer]\nthreshold = 2.5\nmax_sentences = true\n", []string{
			"f.toml:1: x is not a key",
			"f.toml:3: corpus.paths must be a list of texts, not text",
			"f.toml:5: answer.threshold cannot be 2.5",
			"f.toml:6: answer.max_sentences must be a whole number, not true or false",
		}},
		{"a list of something else", "[corpus]\npaths = [\"a\", 1]\n", []string{"f.toml:2: corpus.paths must be a list of texts"}},
		{"an empty path", "[corpus]\npaths = [\"a\",\n\"\"]\n", []string{"f.toml:2: corpus.paths cannot be"}},
		{"not a number", "[answer]\nthreshold = nan\n", []string{"f.toml:2: answer.threshold cannot be NaN"}},
		{"no weight at all", "[retrieval]\nwords = 0\ngrams = 0\nvectors = 0\n", []string{"f.toml:2: retrieval.words cannot be 0 beside"}},
		{"a value where a table belongs", "answer = 1\n[retrieval]\nwords = -1\n", []string{
			"f.toml:1: answer must be a table", "f.toml:3: retrieval.words cannot be -1",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Default()
			err := decodeConfig("f.toml", []byte(tt.file), &c)
			var all several
			if err != nil && !errors.As(err, &all) {
				all = several{err}
			}
			if len(all) != len(tt.want) {
				t.Fatalf("got %d errors, want %d: %v", len(all), len(tt.want), err)
			}
			for i, e := range all {
				if !strings.Contains(e.Error(), tt.want[i]) {
					t.Errorf("error %d: got %q, want it to say %q", i, e, tt.want[i])
				}
				var h *hinted
				if !errors.As(e, &h) || len(h.hints) == 0 {
					t.Errorf("error %d has no remedy: %v", i, e)
				}
			}
		})
	}
}

func TestRelativePathsCountFromTheFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "parley.toml")
	if err := os.WriteFile(file, []byte("[corpus]\npaths = [\"news\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(dir, "news"); c.Corpus.Paths[0] != want {
		t.Errorf("got %s, want %s", c.Corpus.Paths[0], want)
	}
}
