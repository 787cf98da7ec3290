package retrieval_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/retrieval"
)

// TestTop compares with sorting everything, on random scores with many ties.
func TestTop(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		size, kinds := rnd.IntN(60), 1+rnd.IntN(20)
		all := make([]retrieval.Scored, size)
		for i := range all {
			all[i] = retrieval.Scored{Passage: i, Score: float64(rnd.IntN(kinds)) - 3}
		}
		want := slices.SortedFunc(slices.Values(all), func(a, b retrieval.Scored) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage, b.Passage))
		})
		rnd.Shuffle(size, func(i, j int) { all[i], all[j] = all[j], all[i] })
		n := rnd.IntN(size+3) - 1
		got := retrieval.Top(n, func(yield func(int, float64) bool) {
			for _, s := range all {
				if !yield(s.Passage, s.Score) {
					return
				}
			}
		})
		if want := want[:min(max(n, 0), size)]; !slices.Equal(got, want) {
			t.Fatalf("Top(%d) of %v: got %v, want %v", n, all, got, want)
		}
	}
}

func TestTopExtremes(t *testing.T) {
	scores := []float64{0, math.Inf(-1), math.MaxFloat64, math.Inf(1), math.SmallestNonzeroFloat64, -1}
	got := retrieval.Top(4, slices.All(scores))
	want := []retrieval.Scored{{Passage: 3, Score: math.Inf(1)}, {Passage: 2, Score: math.MaxFloat64}, {Passage: 4, Score: math.SmallestNonzeroFloat64}, {Passage: 0}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func BenchmarkTop(b *testing.B) {
	rnd := rand.New(rand.NewPCG(3, 4))
	scores := make([]float64, 50_000)
	for i := range scores {
		scores[i] = rnd.Float64()
	}
	for b.Loop() {
		retrieval.Top(300, slices.All(scores))
	}
}
