package library_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/corpus/read"
	"parley/retrieval"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
)

var update = flag.Bool("update", false, "write the golden files")

// question is a line of testdata/golden/questions.jsonl.
type question struct {
	Kind     string   `json:"kind"` // what makes it hard
	Question string   `json:"question"`
	Relevant []string `json:"relevant"` // articles that answer it
}

func readQuestions(t testing.TB, path string) []question {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []question
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, q)
	}
	return out
}

// openFiles builds a snapshot of articles in files.
func openFiles(t testing.TB, path string, opts library.Options) *library.Snapshot {
	t.Helper()
	reading, err := read.Read(t.Context(), []string{path}, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := library.Build(t.Context(), reading, opts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rankedArticles are the articles of the hits, each at its best.
func rankedArticles(t *testing.T, s *library.Snapshot, text string) []string {
	t.Helper()
	res, err := s.Index.Search(t.Context(), retrieval.Query{Text: text, Limit: 20})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	var out []string
	for _, h := range res.Hits {
		if id := s.Corpus.Articles[s.Corpus.Passages[h.Passage].Article].ID; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// figures of a ranking. Recall at k is the mean share of a question's articles
// among the first k; MRR is the mean of 1 / the rank of the first.
type figures struct{ recall1, recall4, mrr float64 }

func (f *figures) add(ranked, relevant []string) (rank int) {
	found1, found4 := 0.0, 0.0
	for i, id := range ranked {
		if !slices.Contains(relevant, id) {
			continue
		}
		if rank == 0 {
			rank = i + 1
			f.mrr += 1 / float64(rank)
		}
		if i < 1 {
			found1++
		}
		if i < 4 {
			found4++
		}
	}
	f.recall1 += found1 / float64(len(relevant))
	f.recall4 += found4 / float64(len(relevant))
	return rank
}

// TestGoldenRanks holds at which rank each question of a small corpus finds its
// articles, with the rankers one by one and together, so that a change in
// quality is a difference in ranks.golden.
func TestGoldenRanks(t *testing.T) {
	dir := filepath.Join("testdata", "golden")
	lex, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	questions := readQuestions(t, filepath.Join(dir, "questions.jsonl"))
	columns := []struct {
		name string
		opts library.Options
	}{
		{"words", library.Options{Weights: library.Weights{Words: 1}}},
		{"grams", library.Options{Weights: library.Weights{Grams: 1}}},
		{"vectors", library.Options{Weights: library.Weights{Vectors: 1}}},
		{"default", library.Options{}},
		{"lexicon", library.Options{Lexicon: lex}},
	}
	rows := make([]strings.Builder, len(questions))
	var head, recall1, recall4, mrr strings.Builder
	for _, c := range columns {
		s := openFiles(t, filepath.Join(dir, "articles"), c.opts)
		var sum figures
		for i, q := range questions {
			for _, id := range q.Relevant {
				if _, ok := s.Corpus.Lookup(id); !ok {
					t.Fatalf("%q: there is no article %q", q.Question, id)
				}
			}
			rank := sum.add(rankedArticles(t, s, q.Question), q.Relevant)
			if rank == 0 {
				fmt.Fprintf(&rows[i], "%8s", "-")
			} else {
				fmt.Fprintf(&rows[i], "%8d", rank)
			}
		}
		n := float64(len(questions))
		fmt.Fprintf(&head, "%8s", c.name)
		fmt.Fprintf(&recall1, "%8.3f", sum.recall1/n)
		fmt.Fprintf(&recall4, "%8.3f", sum.recall4/n)
		fmt.Fprintf(&mrr, "%8.3f", sum.mrr/n)
	}
	var got strings.Builder
	fmt.Fprintf(&got, "%s\n%s  recall@1\n%s  recall@4\n%s  MRR\n\n", &head, &recall1, &recall4, &mrr)
	for i, q := range questions {
		fmt.Fprintf(&got, "%s  %s: %s\n", &rows[i], q.Kind, q.Question)
	}
	golden := filepath.Join(dir, "ranks.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("ranks changed (go test -update accepts them):\n%s", difference(string(want), got.String()))
	}
}

// difference is the lines that two texts of as many lines do not share.
func difference(want, got string) string {
	var b strings.Builder
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(wants), len(gots)) {
		w, g := "", ""
		if i < len(wants) {
			w = wants[i]
		}
		if i < len(gots) {
			g = gots[i]
		}
		if w != g {
			fmt.Fprintf(&b, "-%s\n+%s\n", w, g)
		}
	}
	return b.String()
}

func TestFigures(t *testing.T) {
	tests := []struct {
		name             string
		ranked, relevant []string
		want             figures
		rank             int
	}{
		{"first", []string{"a", "b"}, []string{"a"}, figures{1, 1, 1}, 1},
		{"third", []string{"x", "y", "a"}, []string{"a"}, figures{0, 1, 1.0 / 3}, 3},
		{"fifth", []string{"v", "w", "x", "y", "a"}, []string{"a"}, figures{0, 0, 0.2}, 5},
		{"one of two", []string{"a", "x"}, []string{"a", "b"}, figures{0.5, 0.5, 1}, 1},
		{"not found", []string{"x"}, []string{"a"}, figures{}, 0},
	}
	for _, tt := range tests {
		var got figures
		rank := got.add(tt.ranked, tt.relevant)
		if rank != tt.rank || math.Abs(got.recall1-tt.want.recall1)+math.Abs(got.recall4-tt.want.recall4)+math.Abs(got.mrr-tt.want.mrr) > 1e-12 {
			t.Errorf("%s: got %+v at %d, want %+v at %d", tt.name, got, rank, tt.want, tt.rank)
		}
	}
}
