package retrieval

import (
	"cmp"
	"iter"
	"slices"
)

// compareScored orders best first, ties by passage number, so that the order is total.
func compareScored(a, b Scored) int {
	if c := cmp.Compare(b.Score, a.Score); c != 0 {
		return c
	}
	return cmp.Compare(a.Passage, b.Passage)
}

// Top returns the n best of a sequence of passages and scores, best first,
// ties by passage number.
func Top(n int, scores iter.Seq2[int, float64]) []Scored {
	if n <= 0 {
		return nil
	}
	// heap[0] is the worst of the best n seen.
	heap := make([]Scored, 0, n)
	for p, v := range scores {
		s := Scored{Passage: p, Score: v}
		if len(heap) < n {
			heap = append(heap, s)
			siftUp(heap)
			continue
		}
		if compareScored(s, heap[0]) < 0 {
			heap[0] = s
			siftDown(heap)
		}
	}
	slices.SortFunc(heap, compareScored)
	return heap
}

func siftUp(h []Scored) {
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if compareScored(h[i], h[up]) <= 0 {
			return
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

func siftDown(h []Scored) {
	for i := 0; ; {
		worst := i
		for _, c := range [2]int{2*i + 1, 2*i + 2} {
			if c < len(h) && compareScored(h[c], h[worst]) > 0 {
				worst = c
			}
		}
		if worst == i {
			return
		}
		h[i], h[worst] = h[worst], h[i]
		i = worst
	}
}
