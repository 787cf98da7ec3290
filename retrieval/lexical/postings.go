package lexical

import "slices"

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
