package eval

import (
	"cmp"
	"context"
	"slices"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lsa"
)

// Rankers that trials compare with the search as it is.

// exactRanker compares a query with the vector of every passage.
type exactRanker struct {
	model    *lsa.Model
	passages [][]float32
}

func (*exactRanker) Name() string { return "exact" }

func (r *exactRanker) Rank(_ context.Context, q *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	query := r.model.Query(q)
	if query == nil {
		return nil, nil
	}
	return retrieval.Top(n, func(yield func(int, float64) bool) {
		for p, vec := range r.passages {
			cosine := float32(0)
			for i, x := range vec {
				cosine += x * query[i]
			}
			if vec != nil && !yield(p, float64(cosine)) {
				return
			}
		}
	}), nil
}

// Pseudo-relevance feedback takes the weightiest words of the first passages
// found, as many as Lucene's and Anserini's defaults.
const (
	feedbackPassages = 10
	feedbackWords    = 10
)

// feedbackRanker is pseudo-relevance feedback (Rocchio, 1971): words that the
// first passages found share are searched for too.
type feedbackRanker struct {
	retrieval.Ranker
	fwd    *analysis.Forward
	weight float64 // of the weightiest of them, beside a word of the question
}

func (r *feedbackRanker) Rank(ctx context.Context, q *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	first, err := r.Ranker.Rank(ctx, q, feedbackPassages)
	if err != nil || len(first) == 0 {
		return first, err
	}
	asked := map[analysis.TermID]bool{}
	for _, t := range q.Terms {
		asked[t.ID] = true
		for _, v := range t.Variants {
			asked[v.ID] = true
		}
	}
	weights := map[analysis.TermID]float64{}
	for _, s := range first {
		toks := r.fwd.Passage(s.Passage)
		for _, t := range toks {
			if !t.Stop && !asked[t.Term] {
				weights[t.Term] += s.Score * r.fwd.IDF(t.Term) / float64(len(toks))
			}
		}
	}
	type weighted struct {
		id     analysis.TermID
		weight float64
	}
	var words []weighted
	for id, w := range weights {
		words = append(words, weighted{id, w})
	}
	slices.SortFunc(words, func(a, b weighted) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id)) })
	wider := &retrieval.Parsed{Query: q.Query, Terms: slices.Clone(q.Terms)}
	for _, w := range words[:min(feedbackWords, len(words))] {
		boost := r.weight * w.weight / words[0].weight
		wider.Terms = append(wider.Terms, retrieval.Term{Word: r.fwd.Terms[w.id], ID: w.id, Boost: boost, Weight: boost * r.fwd.IDF(w.id)})
	}
	return r.Ranker.Rank(ctx, wider, n)
}

// nearWords is the distance within which two words are near each other, as the
// unordered windows of the sequential dependence model.
const nearWords = 8

// pairRanker adds to a passage's score for neighbours in the question that are
// neighbours in the passage, function words aside, as the sequential dependence
// model does (Metzler and Croft, 2005). A pair counts its lesser word at most.
type pairRanker struct {
	retrieval.Ranker
	fwd    *analysis.Forward
	weight float64 // of a pair, beside its words
	within int     // words: 1 for side by side in the question's order, more for any order
}

func (r *pairRanker) Rank(ctx context.Context, q *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	found, err := r.Ranker.Rank(ctx, q, n)
	if err != nil {
		return nil, err
	}
	return retrieval.Top(n, func(yield func(int, float64) bool) {
		for _, s := range found {
			if !yield(s.Passage, s.Score+r.weight*r.pairs(q, s.Passage)) {
				return
			}
		}
	}), nil
}

// pairs adds up the pairs of a passage.
func (r *pairRanker) pairs(q *retrieval.Parsed, passage int) float64 {
	at := map[analysis.TermID][]int{}
	place := 0
	for _, t := range r.fwd.Passage(passage) {
		if !t.Stop { // "ministry of defence" is a pair
			at[t.Term] = append(at[t.Term], place)
			place++
		}
	}
	sum := 0.0
	for i := 1; i < len(q.Terms); i++ {
		a, b := &q.Terms[i-1], &q.Terms[i]
		if a.Context != b.Context {
			continue
		}
		tf := 0.0
		for _, x := range at[a.ID] {
			if slices.ContainsFunc(at[b.ID], func(y int) bool {
				return y-x == 1 || r.within > 1 && max(y-x, x-y) <= r.within
			}) {
				tf++
			}
		}
		sum += min(a.Weight, b.Weight) * tf / (tf + 1)
	}
	return sum
}
