package reading

import (
	"context"
	"fmt"
	"slices"

	"parley/retrieval/encoder"
)

// Contrast is two sentences of different articles, and how likely one of them speaks
// against the other, 0 to 1.
type Contrast struct {
	A, B  int
	Score float64
}

// contrasted is how many pairs of sentences, those nearest to one another, are read.
const contrasted = 32

// Contrasts finds among some sentences those that tell one matter otherwise, the
// clearest first: of the pairs of different articles whose vectors come nearest, each
// is read as a claim against the other.
func (r *Reader) Contrasts(ctx context.Context, sentences []int) ([]Contrast, error) {
	c := r.Corpus()
	vectors, err := r.source.Sentences(ctx, sentences)
	if err != nil {
		return nil, fmt.Errorf("compare sentences: %w", err)
	}
	var out []Contrast
	for i, v := range vectors {
		own := v.Floats()
		for k := i + 1; k < len(sentences); k++ {
			if c.Sentences[sentences[i]].Article != c.Sentences[sentences[k]].Article {
				out = append(out, Contrast{sentences[i], sentences[k], vectors[k].Cosine(own)})
			}
		}
	}
	slices.SortStableFunc(out, byScore)
	out = out[:min(contrasted, len(out))]
	pairs := make([]encoder.Pair, 0, 2*len(out))
	for _, p := range out {
		pairs = append(pairs, r.pair(c.SentenceText(p.A), p.B), r.pair(c.SentenceText(p.B), p.A))
	}
	readings, err := r.pairs.Read(ctx, encoder.Supports, pairs)
	if err != nil {
		return nil, fmt.Errorf("compare sentences: %w", err)
	}
	for i := range out {
		out[i].Score = (softmax(readings[2*i].Verdict)[1] + softmax(readings[2*i+1].Verdict)[1]) / 2
	}
	slices.SortStableFunc(out, byScore)
	return out, nil
}

func byScore(a, b Contrast) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	}
	return 0
}
