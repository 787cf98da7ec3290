package lexical

import (
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

// builder collects weighted term frequencies passage by passage.
type builder struct {
	terms   []int32
	entries []posting // impact is the weighted frequency until finish
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
		b.terms = append(b.terms, t)
		b.entries = append(b.entries, posting{passage, saturate(b.weight[t])})
		b.counts[t]++
		b.weight[t] = 0
	}
	b.touched = b.touched[:0]
}

// finish sorts the entries by term, keeping passage order, by counting.
func (b *builder) finish(docs int) *postings {
	p := &postings{first: make([]int32, len(b.counts)+1), list: make([]posting, len(b.entries)), docs: docs}
	for t, n := range b.counts {
		p.first[t+1] = p.first[t] + n
	}
	next := slices.Clone(p.first[:len(b.counts)])
	for i, t := range b.terms {
		p.list[next[t]] = b.entries[i]
		next[t]++
	}
	return p
}

// sums adds up scores per passage and remembers which passages have one.
type sums struct {
	score   []float32
	touched []int32
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

// top returns the n best passages, best first, ties by passage number.
func (s *sums) top(n int) []retrieval.Scored {
	return retrieval.Top(n, func(yield func(int, float64) bool) {
		for _, d := range s.touched {
			if !yield(int(d), float64(s.score[d])) {
				return
			}
		}
	})
}
