package lexical

import (
	"context"
	"math"
	"slices"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// gramSize is the length of a character n-gram; 4 is best for European
// languages (McNamee and Mayfield, "Character N-Gram Tokenization for European
// Language Text Retrieval", 2004).
const gramSize = 4

// gramIndex is the BM25 index over the 4-grams of words.
type gramIndex struct {
	ids   map[uint32]int32 // hash of a gram to its number
	posts *postings
	idf   []float32
}

// eachGram calls fn with a hash of every 4-gram of a word padded by one blank
// on both sides. Words of two letters give one gram.
func eachGram(word string, fn func(hash uint32)) {
	var buf [64]byte
	s := append(buf[:0], ' ')
	s = append(s, word...)
	s = append(s, ' ')
	if len(s) <= gramSize {
		fn(hashGram(s))
		return
	}
	for i := 0; i+gramSize <= len(s); i++ {
		fn(hashGram(s[i : i+gramSize]))
	}
}

// hashGram packs up to four bytes; for the usual single-byte letters it is the
// gram itself.
func hashGram(s []byte) uint32 {
	var h uint32
	for _, c := range s {
		h = h<<8 | uint32(c)
	}
	return h
}

func newGramIndex(fwd *analysis.Forward, common float64) *gramIndex {
	g := &gramIndex{ids: make(map[uint32]int32, min(2*len(fwd.Words), 1<<14))}
	// The grams of each distinct word, once.
	first := make([]int32, 1, len(fwd.Words)+1)
	var flat []int32
	for w := range fwd.Words {
		if !fwd.Stop(fwd.Words[w].Term) {
			eachGram(fwd.Words[w].Text, func(h uint32) {
				id, ok := g.ids[h]
				if !ok {
					id = int32(len(g.ids))
					g.ids[h] = id
				}
				flat = append(flat, id)
			})
		}
		first = append(first, int32(len(flat)))
	}
	g.index(fwd, common, func(w int32) []int32 { return flat[first[w]:first[w+1]] })
	return g
}

// index builds the posting lists, leaving out grams that more than the share
// common of the passages hold.
func (g *gramIndex) index(fwd *analysis.Forward, common float64, gramsOf func(word int32) []int32) {
	docs := len(fwd.Corpus.Passages)
	df := make([]int32, len(g.ids))
	seen := make([]int32, len(g.ids))
	lengths := make([]float32, docs)
	var total float32
	each := func(p int, fn func(gram int32)) { eachGramOf(fwd, p, gramsOf, fn) }
	for p := range docs {
		each(p, func(gr int32) {
			lengths[p]++
			if seen[gr] != int32(p+1) {
				seen[gr] = int32(p + 1)
				df[gr]++
			}
		})
		total += lengths[p]
	}
	limit := int32(math.MaxInt32)
	if docs > 100 { // below that every list is short anyway
		limit = int32(common * float64(docs))
	}
	g.idf = make([]float32, len(g.ids))
	for i, n := range df {
		if n > limit {
			df[i] = 0
			continue
		}
		g.idf[i] = float32(math.Log(1 + (float64(docs)-float64(n)+0.5)/(float64(n)+0.5)))
	}
	mean := max(1, total/float32(max(1, docs)))
	// The lengths of the lists are known, so that postings go where they belong.
	g.posts = newPostings(df, docs)
	next := slices.Clone(g.posts.first[:len(df)])
	counts := make([]int32, len(df)) // in the open passage
	var touched []int32
	for p := range docs {
		norm := float32(1 - b + b*lengths[p]/mean)
		each(p, func(gr int32) {
			if g.idf[gr] > 0 {
				if counts[gr] == 0 {
					touched = append(touched, gr)
				}
				counts[gr]++
			}
		})
		for _, gr := range touched {
			tf := float32(counts[gr])
			g.posts.list[next[gr]] = posting{int32(p), tf * (k1 + 1) / (tf + k1*norm)}
			next[gr]++
			counts[gr] = 0
		}
		touched = touched[:0]
	}
}

// eachGramOf calls fn with each gram of a passage and of its article's title.
func eachGramOf(fwd *analysis.Forward, passage int, gramsOf func(word int32) []int32, fn func(gram int32)) {
	for _, toks := range [][]analysis.Tok{fwd.Passage(passage), fwd.Titles[fwd.Corpus.Passages[passage].Article]} {
		for _, t := range toks {
			for _, gr := range gramsOf(t.Word) {
				fn(gr)
			}
		}
	}
}

type gramRanker struct{ ix *Index }

var _ retrieval.Ranker = gramRanker{}

func (gramRanker) Name() string { return "4-grams" }

func (r gramRanker) Rank(ctx context.Context, q *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	g := r.ix.grams
	weights := map[int32]float32{}
	for _, t := range q.Terms {
		eachGram(t.Word, func(h uint32) {
			if id, ok := g.ids[h]; ok && g.idf[id] > 0 {
				weights[id] = max(weights[id], float32(t.Boost))
			}
		})
	}
	ids := make([]int32, 0, len(weights))
	for id := range weights {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	s := r.ix.pool.Get().(*scratch)
	defer r.ix.pool.Put(s)
	s.total.reset(g.posts.docs)
	for _, id := range ids {
		s.total.add(g.posts.of(id), g.idf[id]*weights[id])
	}
	return s.total.top(n), nil
}
