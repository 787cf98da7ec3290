package retrievaltest

import (
	"context"
	"math"
	"slices"
	"sync"
	"testing"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// RankerContract checks what every [retrieval.Ranker] promises. Build makes one
// over an analyzed corpus, with the parser whose queries it takes.
func RankerContract(t *testing.T, build func(*testing.T, *analysis.Forward) (retrieval.Ranker, retrieval.Parser)) {
	t.Helper()
	for _, size := range []int{0, 1, 2, 40, 1500} {
		fwd := Analyze(t, Articles(size)...)
		r, p := build(t, fwd)
		if r.Name() == "" {
			t.Error("the ranker has no name")
		}
		for _, text := range []string{"", "?!", "the of and", "qqqqqqqq", "commona commonb", Unique(size / 2), "topicaworda topicawordb"} {
			checkOrder(t, r, p.Parse(retrieval.Query{Text: text}), len(fwd.Corpus.Passages))
		}
	}
	fwd := Analyze(t, Articles(40)...)
	r, p := build(t, fwd)
	t.Run("finds", func(t *testing.T) { checkFinds(t, fwd, r, p) })
	t.Run("cancelled", func(t *testing.T) { checkCancelled(t, r, p) })
	t.Run("concurrent", func(t *testing.T) { checkConcurrent(t, r, p) })
}

func rank(t *testing.T, r retrieval.Ranker, q *retrieval.Parsed, n int) []retrieval.Scored {
	t.Helper()
	got, err := r.Rank(t.Context(), q, n)
	if err != nil {
		t.Errorf("rank %q: %v", q.Text, err)
	}
	return got
}

// checkOrder: at most n passages of the corpus, each once, best first, ties by
// number, and fewer asked for are the first of more.
func checkOrder(t *testing.T, r retrieval.Ranker, q *retrieval.Parsed, passages int) {
	t.Helper()
	all := rank(t, r, q, passages+10)
	seen := map[int]bool{}
	for i, s := range all {
		if s.Passage < 0 || s.Passage >= passages || seen[s.Passage] {
			t.Fatalf("rank %q of %d: passage %d is out of range or there twice", q.Text, passages, s.Passage)
		}
		seen[s.Passage] = true
		if math.IsNaN(s.Score) || math.IsInf(s.Score, 0) {
			t.Fatalf("rank %q: score %v", q.Text, s.Score)
		}
		if i > 0 && (s.Score > all[i-1].Score || s.Score == all[i-1].Score && s.Passage < all[i-1].Passage) {
			t.Fatalf("rank %q: %v stands after %v", q.Text, s, all[i-1])
		}
	}
	for _, n := range []int{-1, 0, 1, 3, 10, 10} {
		want := all[:min(max(n, 0), len(all))]
		if got := rank(t, r, q, n); !slices.Equal(got, want) {
			t.Errorf("rank %q of %d, n %d: got %v, want %v", q.Text, passages, n, got, want)
		}
	}
}

// checkFinds: an article's own words find it.
func checkFinds(t *testing.T, fwd *analysis.Forward, r retrieval.Ranker, p retrieval.Parser) {
	for i := range fwd.Corpus.Passages {
		text := fwd.Corpus.Text(fwd.Corpus.Passages[i].Article, fwd.Corpus.Passages[i].Span)
		got := rank(t, r, p.Parse(retrieval.Query{Text: text}), 2)
		// A copy of it, which is the next or the last one, may stand first.
		if !slices.ContainsFunc(got, func(s retrieval.Scored) bool { return s.Passage == i }) {
			t.Errorf("the text of passage %d finds %v", i, got)
		}
	}
}

// checkCancelled: an error or the whole result, never a part without an error.
func checkCancelled(t *testing.T, r retrieval.Ranker, p retrieval.Parser) {
	q := p.Parse(retrieval.Query{Text: "topicaworda commona commonb"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := r.Rank(ctx, q, 10)
	if want := rank(t, r, q, 10); err == nil && !slices.Equal(got, want) {
		t.Errorf("got %v without an error, want %v", got, want)
	}
}

func checkConcurrent(t *testing.T, r retrieval.Ranker, p retrieval.Parser) {
	texts := []string{"topicaworda commona", "topicbwordb", Unique(7), "commonc"}
	want := make([][]retrieval.Scored, len(texts))
	for i, text := range texts {
		want[i] = rank(t, r, p.Parse(retrieval.Query{Text: text}), 10)
	}
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			text := texts[i%len(texts)]
			if got := rank(t, r, p.Parse(retrieval.Query{Text: text}), 10); !slices.Equal(got, want[i%len(texts)]) {
				t.Errorf("rank %q beside others: got %v, want %v", text, got, want[i%len(texts)])
			}
		})
	}
	wg.Wait()
}
