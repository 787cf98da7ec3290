package library_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"parley/retrieval"
	"parley/retrieval/library"
)

// TestSearchIsReproducible guards rule 16 on real questions: asked twice, and of
// an index that was built with another number of processors, a query gives the
// same hits to the last bit.
func TestSearchIsReproducible(t *testing.T) {
	const dir = "../../../shared/eval/clapnq"
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the CLAPNQ passages and questions (primeqa/clapnq) are not beside this tree")
	}
	questions := readQuestions(t, filepath.Join(dir, "questions.jsonl"))[:50]
	run := func(procs int) (first, second [][]retrieval.Hit) {
		t.Helper()
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		s := openFiles(t, filepath.Join(dir, "articles.jsonl"), library.Options{})
		for _, out := range []*[][]retrieval.Hit{&first, &second} {
			for _, q := range questions {
				res, err := s.Index.Search(t.Context(), retrieval.Query{Text: q.Question, Limit: 50})
				if err != nil {
					t.Fatalf("search %q: %v", q.Question, err)
				}
				*out = append(*out, res.Hits)
			}
		}
		return first, second
	}
	want, again := run(1)
	other, otherAgain := run(2)
	for name, got := range map[string][][]retrieval.Hit{
		"asked twice": again, "built with two processors": other, "built with two processors, asked twice": otherAgain,
	} {
		for i, q := range questions {
			compareHits(t, name+", "+q.Question, got[i], want[i])
		}
	}
	if len(want[0]) == 0 {
		t.Error("the first question finds nothing")
	}
}

func compareHits(t *testing.T, name string, got, want []retrieval.Hit) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d hits, want %d", name, len(got), len(want))
		return
	}
	for i := range got {
		if got[i].Passage != want[i].Passage || got[i].Score != want[i].Score || got[i].Match != want[i].Match {
			t.Errorf("%s: hit %d is %+v, want %+v", name, i+1, got[i], want[i])
			return
		}
	}
}
