package vector

import (
	"context"

	"parley/retrieval"
)

var _ retrieval.Ranker = (*Flat)(nil)

// Flat ranks by an exact scan over all vectors: what a [Store] approximates.
type Flat struct {
	embedder retrieval.Embedder
	vecs     vectors
}

// NewFlat takes what [New] takes.
func NewFlat(embedder retrieval.Embedder, passages [][]float32) (*Flat, error) {
	vecs, err := newVectors(passages)
	if err != nil {
		return nil, err
	}
	return &Flat{embedder: embedder, vecs: vecs}, nil
}

// Name names the ranker in explanations.
func (f *Flat) Name() string { return "flat vectors" }

// Rank returns the n passages nearest to the query, with the cosine as score.
func (f *Flat) Rank(ctx context.Context, q *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	query, err := embed(ctx, f.embedder, f.vecs.dims, q)
	if query == nil || err != nil {
		return nil, err
	}
	return retrieval.Top(n, func(yield func(int, float64) bool) {
		for _, p := range f.vecs.present {
			if !yield(int(p), float64(dot(query, f.vecs.unit[p]))) {
				return
			}
		}
	}), nil
}

// dot sums in the order in which chromem does, so that both give the same score.
func dot(a, b []float32) float32 {
	var sum float32
	for i := range b {
		sum += a[i] * b[i]
	}
	return sum
}
