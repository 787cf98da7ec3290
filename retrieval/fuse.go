package retrieval

import "slices"

// fuse adds up the rankers' scores, each divided by its best, lets the priors
// act, and cuts to the limit.
func (ix *Index) fuse(q *Parsed, lists [][]Scored) []Hit {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	at := make(map[int]int, n)
	hits := make([]Hit, 0, n)
	filtered := q.Filter.Active()
	for i, list := range lists {
		if len(list) == 0 || list[0].Score <= 0 || ix.rankers[i].Weight == 0 {
			continue
		}
		scale := ix.rankers[i].Weight / list[0].Score
		for _, s := range list {
			if filtered && !q.Filter.Allows(&ix.fwd.Corpus.Articles[ix.fwd.Corpus.Passages[s.Passage].Article]) {
				continue
			}
			j, ok := at[s.Passage]
			if !ok {
				j = len(hits)
				at[s.Passage] = j
				hits = append(hits, Hit{Passage: s.Passage})
			}
			hits[j].Score += scale * s.Score
			if q.Explain {
				hits[j].Why = append(hits[j].Why, Reason{Name: ix.rankers[i].Name(), Score: scale * s.Score})
			}
		}
	}
	ix.priors(q, hits)
	for i := range hits {
		hits[i].Match = hits[i].Score
	}
	sortHits(hits)
	ix.decayRepeats(hits)
	sortHits(hits)
	limit := q.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	return hits[:min(limit, len(hits))]
}

// sortHits orders best first, ties by passage number. It moves keys, which are
// smaller than hits and hold no pointer.
func sortHits(hits []Hit) {
	type key struct {
		score      float64
		passage, i int32
	}
	keys := make([]key, len(hits))
	for i := range hits {
		keys[i] = key{hits[i].Score, int32(hits[i].Passage), int32(i)}
	}
	slices.SortFunc(keys, func(a, b key) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return int(a.passage - b.passage)
	})
	sorted := make([]Hit, len(hits))
	for to, k := range keys {
		sorted[to] = hits[k.i]
	}
	copy(hits, sorted)
}

// decayRepeats marks down the further passages of each article.
func (ix *Index) decayRepeats(hits []Hit) {
	seen := make(map[int]float64, len(hits))
	for i := range hits {
		a := ix.fwd.Corpus.Passages[hits[i].Passage].Article
		f, ok := seen[a]
		if !ok {
			f = 1
		}
		hits[i].Score *= f
		seen[a] = f * ix.opts.Sum.Repeat
	}
}
