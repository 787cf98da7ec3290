package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/retrieval/wordvec"
)

// embeddings returns a file like that of wink-embeddings: vectors of dims
// components, each with its length and its word's number behind them. Words of
// one group have vectors that are close.
func embeddings(t *testing.T, dims int, groups ...string) string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var words, vectors []string
	for _, group := range groups {
		middle := make([]float64, dims)
		for i := range middle {
			middle[i] = r.NormFloat64()
		}
		for w := range strings.FieldsSeq(group) {
			v := make([]float64, dims, dims+2)
			for i := range v {
				v[i] = middle[i] + 0.2*r.NormFloat64()
			}
			numbers, err := json.Marshal(append(v, math.Sqrt(dot(v, v)), float64(len(words))))
			if err != nil {
				t.Fatal(err)
			}
			words = append(words, w)
			vectors = append(vectors, fmt.Sprintf("%q: %s", w, numbers))
		}
	}
	w, err := json.Marshal(words)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"precision": 5, "dimensions": %d, "unkVector": [0, 0], "size": %d, "words": %s, "vectors": {%s}}`, dims, len(words), w, strings.Join(vectors, ", "))
}

// generate runs the program on a text and returns what it wrote.
func generate(t *testing.T, text string, size, top int) (string, error) {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.json"), filepath.Join(dir, "out.bin")
	if err := os.WriteFile(in, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	err := run(in, out, size, top)
	table, readErr := os.ReadFile(out)
	if (err == nil) != (readErr == nil) {
		t.Fatalf("got error %v, and %v for the table", err, readErr)
	}
	return string(table), err
}

func TestRun(t *testing.T) {
	const size = 12
	text := embeddings(t, wordvec.Dims, "ship boat , vessel", "meeting 2025 talks", "x river stream", "wheat barley", "judge court", "violin brook")
	written, err := generate(t, text, size, 1)
	if err != nil {
		t.Fatal(err)
	}
	table, err := wordvec.Read(written)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"ship", "boat", "vessel", "meeting", "talks", "river", "stream", "wheat", "barley", "judge", "court", "violin"} {
		if table.Lookup(w) < 0 {
			t.Errorf("%q has no vector", w)
		}
	}
	for _, w := range []string{",", "2025", "x", "brook"} { // no words, and one too many
		if table.Lookup(w) >= 0 {
			t.Errorf("%q has a vector", w)
		}
	}
	v := make([]float32, wordvec.Dims)
	table.Add(v, table.Lookup("ship"), 1)
	if l := table.Dot(table.Lookup("ship"), v); math.Abs(float64(l)-1) > 0.01 {
		t.Errorf("the vector of ship times itself is %v, want about 1", l)
	}
	if near, far := table.Dot(table.Lookup("boat"), v), table.Dot(table.Lookup("talks"), v); near < far+0.5 {
		t.Errorf("ship: %v to boat and %v to talks, want much more to boat", near, far)
	}
	again, err := generate(t, text, size, 1)
	if err != nil || again != written {
		t.Errorf("a second run wrote another table, error %v", err)
	}
}

func TestRunErrors(t *testing.T) {
	good := embeddings(t, wordvec.Dims, "ship boat vessel", "meeting talks")
	same := "[" + strings.Repeat("1, ", wordvec.Dims-1) + "1]"
	tests := []struct {
		name, text string
		top        int
		want       string // in the error
	}{
		{"empty", "", 1, "EOF"},
		{"cut", good[:len(good)-9], 1, "unexpected EOF"},
		{"no object", `["words"]`, 1, "expected comma"},
		{"no vectors", `{"dimensions": 100, "words": ["ship"]}`, 1, "no vectors"},
		{"vectors first", `{"vectors": {"ship": [1]}, "dimensions": 1, "words": ["ship"]}`, 1, "no vectors"},
		{"vectors of other words", `{"dimensions": 1, "words": ["boat"], "vectors": {"ship": [1]}}`, 1, "no vectors"},
		{"no dimensions", strings.Replace(good, `"dimensions"`, `"extent"`, 1), 1, "want 0"},
		{"short vectors", strings.Replace(good, `"dimensions": 100`, `"dimensions": 200`, 1), 1, "got 102 components, want 200"},
		{"other dimensions", embeddings(t, 5, "ship boat vessel", "meeting talks"), 1, "of 5 dimensions, want 100"},
		{"not numbers", `{"dimensions": 1, "words": ["ship"], "vectors": {"ship": ["x"]}}`, 1, "cannot unmarshal"},
		{"all alike", `{"dimensions": 100, "words": ["ship", "boat"], "vectors": {"ship": ` + same + `, "boat": ` + same + `}}`, 1, "no direction"},
		{"all directions", good, wordvec.Dims, "100 directions"},
	}
	for _, tt := range tests {
		if _, err := generate(t, tt.text, 8, tt.top); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got error %v, want %q in it", tt.name, err, tt.want)
		}
	}
	if err := run(filepath.Join(t.TempDir(), "nowhere.json"), filepath.Join(t.TempDir(), "out"), 8, 1); err == nil {
		t.Error("no such file: no error")
	}
}

// TestFlatten guards that what all vectors share is taken away.
func TestFlatten(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	entries := make([]entry, 200)
	for i := range entries {
		v := make([]float64, 6)
		for k := range v {
			v[k] = r.NormFloat64()
		}
		v[0] += 50                // the mean
		v[1] += 30 * float64(i%3) // the first direction
		entries[i] = entry{fmt.Sprint("w", i), v}
	}
	if err := flatten(entries, 1); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if l := dot(e.vector, e.vector); math.Abs(l-1) > 1e-9 {
			t.Fatalf("%s has length² %v, want 1", e.word, l)
		}
		if math.Abs(e.vector[1]) > 0.1 {
			t.Fatalf("%s still has %v of the first direction", e.word, e.vector[1])
		}
	}
}
