package lsa

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"runtime"
	"slices"
	"testing"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

func analyze(t testing.TB, articles ...corpus.Article) *analysis.Forward {
	t.Helper()
	c, err := corpus.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	return analysis.Analyze(c)
}

func article(id, title, body string) corpus.Article {
	return corpus.Article{ID: id, Title: title, Body: body}
}

// weather is a corpus of two topics whose articles share words within a topic only.
func weather() []corpus.Article {
	return []corpus.Article{
		article("a", "Storm", "A storm with heavy rain flooded the coast. Wind tore roofs away."),
		article("b", "Flood", "Heavy rain flooded the valley. Rescue boats reached the village."),
		article("c", "Gale", "Wind and rain closed the harbour. The gale flooded the quay."),
		article("d", "Budget", "Parliament passed the budget. Taxes rise for companies."),
		article("e", "Taxes", "The minister defended the budget in parliament. Companies pay more taxes."),
		article("f", "Vote", "Parliament votes on taxes. The minister wants the budget."),
	}
}

func fit(t testing.TB, fwd *analysis.Forward, opts Options) (*Model, [][]float32) {
	t.Helper()
	m, err := Fit(t.Context(), fwd, opts)
	if err != nil {
		t.Fatal(err)
	}
	vecs, err := m.Passages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return m, vecs
}

func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func TestFitFindsTopics(t *testing.T) {
	_, vecs := fit(t, analyze(t, weather()...), Options{Dims: 2})
	for i := range 6 {
		for j := range 6 {
			got, same := cosine(vecs[i], vecs[j]), i/3 == j/3
			if same && got < 0.8 || !same && got > 0.5 {
				t.Errorf("cosine of passages %d and %d = %.2f, same topic %t", i, j, got, same)
			}
		}
	}
}

func TestFitSmallCorpora(t *testing.T) {
	tests := []struct {
		name     string
		articles []corpus.Article
		dims     int
		vectors  []bool // by passage: has one
	}{
		{"none", nil, 0, nil},
		{"one", weather()[:1], 1, []bool{true}},
		{"two", weather()[:2], 2, []bool{true, true}},
		{"twins", []corpus.Article{article("a", "", "Rain fell."), article("b", "", "Rain fell.")}, 1, []bool{true, true}},
		{"stop words only", []corpus.Article{article("a", "", "It was so. They were not.")}, 0, []bool{false}},
		{"one of two empty", []corpus.Article{article("a", "", "It was so."), article("b", "", "Rain fell.")}, 1, []bool{false, true}},
		{"empty body", []corpus.Article{article("a", "Rain", "")}, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, vecs := fit(t, analyze(t, tt.articles...), Options{})
			if m.Dims() != tt.dims {
				t.Errorf("got %d dims, want %d", m.Dims(), tt.dims)
			}
			var got []bool
			for i, v := range vecs {
				got = append(got, v != nil)
				checkUnit(t, fmt.Sprint("passage ", i), v, m.Dims())
			}
			if !slices.Equal(got, tt.vectors) {
				t.Errorf("got vectors %v, want %v", got, tt.vectors)
			}
			texts := []string{"rain", "", "the of and", "zyzzyva"}
			embedded, err := m.Embed(t.Context(), retrieval.QueryText, texts)
			if err != nil || len(embedded) != len(texts) {
				t.Fatalf("got %d vectors and error %v, want %d", len(embedded), err, len(texts))
			}
			for i, v := range embedded {
				checkUnit(t, texts[i], v, m.Dims())
				if i > 0 && v != nil {
					t.Errorf("text %q without a known word: got a vector", texts[i])
				}
			}
		})
	}
}

func checkUnit(t *testing.T, what string, v []float32, dims int) {
	t.Helper()
	if v == nil {
		return
	}
	if got := cosine(v, v); len(v) != dims || math.Abs(got-1) > 1e-5 {
		t.Errorf("%s: got length %d and norm² %g, want %d and 1", what, len(v), got, dims)
	}
}

func TestFitRejectsNegativeOptions(t *testing.T) {
	for _, opts := range []Options{{Dims: -1}, {Sample: -1}} {
		if _, err := Fit(t.Context(), analyze(t), opts); err == nil {
			t.Errorf("Fit(%+v): got no error", opts)
		}
	}
}

func TestFitStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	fwd := analyze(t, weather()...)
	m, _ := fit(t, fwd, Options{})
	cancel()
	if _, err := Fit(ctx, fwd, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Fit: got %v, want %v", err, context.Canceled)
	}
	if _, err := m.Passages(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Passages: got %v, want %v", err, context.Canceled)
	}
	if _, err := m.Embed(ctx, retrieval.Document, []string{"rain"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Embed: got %v, want %v", err, context.Canceled)
	}
}

func TestQueryCountsTermsByBoost(t *testing.T) {
	fwd := analyze(t, weather()...)
	m, _ := fit(t, fwd, Options{})
	embed := func(text string) []float32 {
		vecs, err := m.Embed(t.Context(), retrieval.QueryText, []string{text})
		if err != nil {
			t.Fatal(err)
		}
		return vecs[0]
	}
	rain, tax := fwd.Lookup("rain"), fwd.Lookup("taxes")
	tests := []struct {
		name  string
		terms []retrieval.Term
		want  []float32
	}{
		{"nothing", nil, nil},
		{"unknown", []retrieval.Term{{ID: analysis.NoTerm, Boost: 1}}, nil},
		{"one word", []retrieval.Term{{ID: rain, Boost: 0.3}}, embed("rain")},
		{"two words", []retrieval.Term{{ID: rain, Boost: 1}, {ID: tax, Boost: 1}}, embed("rain taxes")},
		{
			"a correction",
			[]retrieval.Term{{ID: analysis.NoTerm, Boost: 1, Variants: []retrieval.Variant{{ID: tax, Weight: 0.5}}}},
			embed("taxes"),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := m.Query(&retrieval.Parsed{Terms: tt.terms})
			if (got == nil) != (tt.want == nil) || got != nil && cosine(got, tt.want) < 0.99999 {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// TestFitIsReproducible guards rule 16: nothing may depend on goroutine order.
func TestFitIsReproducible(t *testing.T) {
	fwd := analyze(t, synthetic(1200)...)
	var want *Model
	for _, procs := range []int{1, 2, 4, 2} {
		old := runtime.GOMAXPROCS(procs)
		m, _ := fit(t, fwd, Options{Dims: 32, Sample: 600})
		runtime.GOMAXPROCS(old)
		if want == nil {
			want = m
		}
		if m.dims != 32 || !slices.Equal(m.proj, want.proj) || !slices.Equal(m.col, want.col) {
			t.Errorf("GOMAXPROCS %d: the model is another", procs)
		}
	}
}

// synthetic returns n articles of 60 words each, drawn from overlapping topics.
func synthetic(n int) []corpus.Article {
	out := make([]corpus.Article, n)
	state := uint64(1)
	next := func(n int) int { // a linear congruential generator: the same on every run
		state = state*6364136223846793005 + 1442695040888963407
		return int(state>>33) % n
	}
	for i := range out {
		topic := next(40)
		var body []byte
		for range 60 {
			word := topic*20 + next(60)
			if next(3) == 0 {
				word = next(2000)
			}
			body = fmt.Appendf(body, "x%dq ", word)
		}
		out[i] = article(fmt.Sprint(i), "", string(body)+".")
	}
	return out
}

// TestDecomposeMatchesExact compares the randomized vectors with a full
// decomposition: what they leave of the matrix is hardly more than the least
// that any projection to so many dimensions can leave.
func TestDecomposeMatchesExact(t *testing.T) {
	fwd := analyze(t, synthetic(300)...)
	rows := sampleRows(fwd, 300)
	a := matrix{rows: rows, cols: len(fwd.Terms)}
	kept := func(dims int) float64 {
		v, k, err := decompose(t.Context(), a, dims)
		if err != nil {
			t.Fatal(err)
		}
		y, err := a.times(t.Context(), v, k)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, f := range y {
			sum += float64(f) * float64(f)
		}
		return sum / float64(len(rows)) // rows have length 1
	}
	if got := kept(300); math.Abs(got-1) > 1e-4 {
		t.Errorf("all dimensions keep %.5f of the matrix, want 1", got)
	}
	exact := exactShare(a, 20)
	if got := kept(20); got > exact+1e-4 || got < 0.95*exact {
		t.Errorf("20 dimensions keep %.4f of the matrix, the best possible is %.4f", got, exact)
	}
}

// scifact reads the abstracts that the benchmarks are stated for.
func scifact(t testing.TB) *analysis.Forward {
	t.Helper()
	f, err := os.Open("../../../shared/eval/scifact/articles.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the scifact abstracts (BEIR, 5,183 articles) are not beside this tree")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var articles []corpus.Article
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a struct{ ID, Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		articles = append(articles, article(a.ID, a.Title, a.Text))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return analyze(t, articles...)
}

func BenchmarkFit(b *testing.B) {
	fwd := scifact(b)
	for b.Loop() {
		if _, err := Fit(b.Context(), fwd, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPassages(b *testing.B) {
	m, _ := fit(b, scifact(b), Options{})
	for b.Loop() {
		if _, err := m.Passages(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEmbedQuery(b *testing.B) {
	m, _ := fit(b, scifact(b), Options{})
	text := []string{"Macrophages lacking the receptor show impaired clearance of apoptotic cells in atherosclerosis."}
	for b.Loop() {
		if _, err := m.Embed(b.Context(), retrieval.QueryText, text); err != nil {
			b.Fatal(err)
		}
	}
}
