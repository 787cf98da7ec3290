package retrieval

import (
	"cmp"
	"slices"
)

// repeatDecay is what each further passage of an article keeps of its score, so
// that one long article does not fill the list.
const repeatDecay = 0.5

// fuse adds up the rankers' scores, each divided by its best, lets the priors
// act, and cuts to the limit.
func (ix *Index) fuse(q *Parsed, lists [][]Scored) []Hit {
	at := map[int]int{}
	var hits []Hit
	filtered := q.Filter.active()
	for i, list := range lists {
		if len(list) == 0 || list[0].Score <= 0 || ix.rankers[i].Weight == 0 {
			continue
		}
		scale := ix.rankers[i].Weight / list[0].Score
		for _, s := range list {
			if filtered && !ix.allows(&q.Filter, ix.fwd.Corpus.Passages[s.Passage].Article) {
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

func sortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage, b.Passage))
	})
}

func (ix *Index) decayRepeats(hits []Hit) {
	seen := map[int]float64{}
	for i := range hits {
		a := ix.fwd.Corpus.Passages[hits[i].Passage].Article
		f, ok := seen[a]
		if !ok {
			f = 1
		}
		hits[i].Score *= f
		seen[a] = f * repeatDecay
	}
}
