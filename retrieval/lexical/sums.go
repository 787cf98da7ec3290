package lexical

import (
	"math"
	"slices"

	"parley/retrieval"
)

// sums adds up scores per passage.
type sums struct {
	score  []float32
	counts []int32  // scratch of top
	keys   []uint64 // scratch of top
}

func (s *sums) reset(docs int) {
	if len(s.score) != docs {
		s.score = make([]float32, docs)
		return
	}
	clear(s.score)
}

// add raises scores by what a list gives. Weights and impacts are never negative.
func (s *sums) add(list []posting, weight float32) {
	for _, p := range list {
		s.score[p.passage] += weight * p.impact
	}
}

// addBest raises scores by what the lists of one term gave.
func (s *sums) addBest(b *bests) {
	for _, d := range b.touched {
		s.score[d] += b.score[d]
	}
}

// bucketBits is how many bits of a score are left out of the number of its
// bucket, which has the exponent and five bits of the fraction: scores that
// differ by 3 % fall into different ones.
const bucketBits = 18

// top returns the n best passages with a score, best first, ties by passage
// number. It counts scores by bucket to know which can be among them, and sorts
// only those.
func (s *sums) top(n int) []retrieval.Scored {
	if n <= 0 {
		return nil
	}
	// Scores are never negative, so that their bits are in their order.
	if s.counts == nil {
		s.counts = make([]int32, 1<<(32-1-bucketBits))
	}
	clear(s.counts)
	for _, v := range s.score {
		if v > 0 {
			s.counts[math.Float32bits(v)>>bucketBits]++
		}
	}
	least := uint32(len(s.counts) - 1) // the lowest bucket of which passages can be among the best
	for open := n - int(s.counts[least]); open > 0 && least > 0; open -= int(s.counts[least]) {
		least--
	}
	// A key is the greater the better its passage.
	s.keys = s.keys[:0]
	for d, v := range s.score {
		if bits := math.Float32bits(v); v > 0 && bits>>bucketBits >= least {
			s.keys = append(s.keys, uint64(bits)<<32|uint64(^uint32(d)))
		}
	}
	slices.Sort(s.keys)
	n = min(n, len(s.keys))
	out := make([]retrieval.Scored, n)
	for i, key := range s.keys[len(s.keys)-n:] {
		out[n-1-i] = retrieval.Scored{Passage: int(^uint32(key)), Score: float64(math.Float32frombits(uint32(key >> 32)))}
	}
	return out
}

// bests keeps the best score per passage and remembers which passages have one.
type bests struct {
	score   []float32
	touched []int32
}

func (b *bests) reset(docs int) {
	if len(b.score) != docs {
		b.score = make([]float32, docs)
	}
	for _, d := range b.touched {
		b.score[d] = 0
	}
	b.touched = b.touched[:0]
}

// add raises scores to at least what a list gives; a term's variants count as
// one term, at the best of them. A weight of 0 adds nothing: a score of 0 reads
// as a passage not touched yet, so it would be touched twice.
func (b *bests) add(list []posting, weight float32) {
	if weight <= 0 {
		return
	}
	for _, p := range list {
		v := weight * p.impact
		if b.score[p.passage] == 0 {
			b.touched = append(b.touched, p.passage)
		}
		if v > b.score[p.passage] {
			b.score[p.passage] = v
		}
	}
}
