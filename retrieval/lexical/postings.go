package lexical

import (
	"math"
	"slices"

	"parley/retrieval"
)

// BM25's parameters, the usual defaults (Robertson and Zaragoza, 2009, section 3.5).
const (
	k1 = 1.2
	b  = 0.75
)

// posting is a passage that holds a term and what the term adds to its score,
// without the term's IDF.
type posting struct {
	passage int32
	impact  float32
}

// postings holds the posting lists of a dictionary, one after another.
type postings struct {
	first []int32 // per term, index into list; one extra at the end
	list  []posting
	docs  int
}

// of returns the posting list of a term, by passage.
func (p *postings) of(term int32) []posting {
	return p.list[p.first[term]:p.first[term+1]]
}

// chunk is how many entries a builder keeps in one piece, so that none is ever
// copied while it grows.
const chunk = 1 << 16

// termPosting is a posting on its way to the list of its term.
type termPosting struct {
	term int32
	posting
}

// builder collects weighted term frequencies passage by passage.
type builder struct {
	chunks  [][]termPosting
	counts  []int32   // per term
	weight  []float32 // scratch, per term: frequency in the open passage
	touched []int32   // terms of the open passage
}

func newBuilder(terms int) *builder {
	return &builder{counts: make([]int32, terms), weight: make([]float32, terms)}
}

// add counts a term of the open passage.
func (b *builder) add(term int32, w float32) {
	if b.weight[term] == 0 {
		b.touched = append(b.touched, term)
	}
	b.weight[term] += w
}

// close ends the open passage. saturate turns a frequency into an impact.
func (b *builder) close(passage int32, saturate func(tf float32) float32) {
	for _, t := range b.touched {
		last := len(b.chunks) - 1
		if last < 0 || len(b.chunks[last]) == chunk {
			b.chunks = append(b.chunks, make([]termPosting, 0, chunk))
			last++
		}
		b.chunks[last] = append(b.chunks[last], termPosting{t, posting{passage, saturate(b.weight[t])}})
		b.counts[t]++
		b.weight[t] = 0
	}
	b.touched = b.touched[:0]
}

// finish sorts the entries by term, keeping passage order, by counting. It lets
// go of them on the way, so that the collector can have them.
func (b *builder) finish(docs int) *postings {
	p := newPostings(b.counts, docs)
	next := slices.Clone(p.first[:len(b.counts)])
	for i, entries := range b.chunks {
		for _, e := range entries {
			p.list[next[e.term]] = e.posting
			next[e.term]++
		}
		b.chunks[i] = nil
	}
	return p
}

// newPostings makes room for lists of the lengths given.
func newPostings(counts []int32, docs int) *postings {
	p := &postings{first: make([]int32, len(counts)+1), docs: docs}
	for t, n := range counts {
		p.first[t+1] = p.first[t] + n
	}
	p.list = make([]posting, p.first[len(counts)])
	return p
}

// sums adds up scores per passage and remembers which passages have one.
type sums struct {
	score   []float32
	touched []int32
	heap    []uint64 // scratch of top
}

func (s *sums) reset(docs int) {
	if len(s.score) < docs {
		s.score = make([]float32, docs)
		s.touched = s.touched[:0]
		return
	}
	for _, d := range s.touched {
		s.score[d] = 0
	}
	s.touched = s.touched[:0]
}

// add raises scores by what a list gives. A weight of 0 adds nothing: a score
// of 0 reads as a passage not touched yet, so it would be touched twice.
func (s *sums) add(list []posting, weight float32) {
	if weight <= 0 {
		return
	}
	for _, p := range list {
		if s.score[p.passage] == 0 {
			s.touched = append(s.touched, p.passage)
		}
		s.score[p.passage] += weight * p.impact
	}
}

// max raises scores to at least what a list gives; a term's variants count as
// one term, at the best of them.
func (s *sums) max(list []posting, weight float32) {
	if weight <= 0 {
		return
	}
	for _, p := range list {
		v := weight * p.impact
		if s.score[p.passage] == 0 {
			s.touched = append(s.touched, p.passage)
		}
		if v > s.score[p.passage] {
			s.score[p.passage] = v
		}
	}
}

// top returns the n best passages, best first, ties by passage number. Scores
// are never negative, so that their bits are in their order.
func (s *sums) top(n int) []retrieval.Scored {
	if n <= 0 {
		return nil
	}
	// A key is the greater the better its passage. heap[0] is the worst of the
	// best n seen.
	heap := s.heap[:0]
	for _, d := range s.touched {
		key := uint64(math.Float32bits(s.score[d]))<<32 | uint64(^uint32(d))
		switch {
		case len(heap) < n:
			heap = append(heap, key)
			if len(heap) == n {
				slices.Sort(heap) // a sorted list is a heap
			}
		case key > heap[0]:
			replaceLeast(heap, key)
		}
	}
	slices.Sort(heap)
	s.heap = heap
	out := make([]retrieval.Scored, len(heap))
	for i, key := range heap {
		out[len(out)-1-i] = retrieval.Scored{Passage: int(^uint32(key)), Score: float64(math.Float32frombits(uint32(key >> 32)))}
	}
	return out
}

// replaceLeast puts a key in the place of a heap's least.
func replaceLeast(h []uint64, key uint64) {
	i := 0
	for {
		c := 2*i + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && h[c+1] < h[c] {
			c++
		}
		if h[c] >= key {
			break
		}
		h[i] = h[c]
		i = c
	}
	h[i] = key
}
