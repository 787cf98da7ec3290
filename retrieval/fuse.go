package retrieval

import (
	"cmp"
	"math"
	"slices"
)

// fusion is what fusing the lists of one query needs; a pool keeps it. Between
// queries all of at and held is zero.
type fusion struct {
	at   []int32 // by passage, index into hits, plus one
	held []int32 // by article, its hits
	hits []Hit
	keys []key // of hits whose articles have several
}

// key is what hits are ordered by.
type key struct {
	score      float64
	passage, i int32
}

func (ix *Index) newFusion() any {
	return &fusion{at: make([]int32, len(ix.fwd.Corpus.Passages)), held: make([]int32, len(ix.fwd.Corpus.Articles))}
}

// fuse adds up the rankers' scores, each as a share of its best, lets the priors
// act, and cuts to the limit.
func (ix *Index) fuse(q *Parsed, lists []ranking) []Hit {
	f := ix.fusions.Get().(*fusion)
	defer ix.fusions.Put(f)
	ix.sum(q, lists, f)
	ix.priors(q, f.hits)
	for i := range f.hits {
		f.hits[i].Match = f.hits[i].Score
	}
	ix.decayRepeats(f)
	limit := q.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	best := Top(min(limit, len(f.hits)), func(yield func(int, float64) bool) {
		for i := range f.hits {
			if !yield(f.hits[i].Passage, f.hits[i].Score) {
				return
			}
		}
	})
	out := make([]Hit, len(best))
	for i, s := range best {
		out[i] = f.hits[f.at[s.Passage]-1]
	}
	for i := range f.hits {
		f.at[f.hits[i].Passage] = 0
		f.held[ix.article(&f.hits[i])] = 0
	}
	clear(f.hits) // of reasons, which belong to the result
	f.hits = f.hits[:0]
	return out
}

// sum adds up the rankers' scores by passage.
func (ix *Index) sum(q *Parsed, lists []ranking, f *fusion) {
	filtered := q.Filter.Active()
	for _, r := range lists {
		if len(r.list) == 0 || r.by.Weight == 0 {
			continue
		}
		best, least := r.list[0].Score, 0.
		if r.by.Spread {
			least = min(r.list[min(len(r.list), ix.opts.Sum.Depth)-1].Score, best-leastSpread)
		}
		if best <= least {
			continue
		}
		scale := r.by.Weight / (best - least)
		for _, s := range r.list {
			if filtered && !q.Filter.Allows(&ix.fwd.Corpus.Articles[ix.fwd.Corpus.Passages[s.Passage].Article]) {
				continue
			}
			if f.at[s.Passage] == 0 {
				f.hits = append(f.hits, Hit{Passage: s.Passage})
				f.at[s.Passage] = int32(len(f.hits))
			}
			h := &f.hits[f.at[s.Passage]-1]
			score := max(scale*(s.Score-least), 0)
			h.Score += score
			if q.Explain {
				h.Why = append(h.Why, Reason{Name: r.by.Name(), Score: score})
			}
		}
	}
}

func (ix *Index) article(h *Hit) int { return ix.fwd.Corpus.Passages[h.Passage].Article }

// decayRepeats marks down the further passages of an article, the more the more
// of its passages are better; of equal ones that with the lower number is. It
// uses held up.
func (ix *Index) decayRepeats(f *fusion) {
	for i := range f.hits {
		f.held[ix.article(&f.hits[i])]++
	}
	f.keys = f.keys[:0]
	for i := range f.hits {
		h := &f.hits[i]
		if f.held[ix.article(h)] > 1 {
			f.keys = append(f.keys, key{h.Score, int32(h.Passage), int32(i)})
		}
	}
	slices.SortFunc(f.keys, func(a, b key) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return cmp.Compare(a.passage, b.passage)
	})
	for i := range f.hits {
		f.held[ix.article(&f.hits[i])] = 0
	}
	for _, k := range f.keys {
		better := &f.held[ix.article(&f.hits[k.i])]
		f.hits[k.i].Score *= math.Pow(ix.opts.Sum.Repeat, float64(*better))
		*better++
	}
}
