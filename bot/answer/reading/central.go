package reading

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// central is what being near the middle counts beside being near what is picked.
const central = .7

// Outline picks from some sentences those that tell most of what all of them do, and
// each something else: the nearest to the middle of their vectors first, less what is
// nearest among those picked (maximal marginal relevance, Carbonell and Goldstein,
// 1998). Where there is a topic, its vector stands for the middle. It returns most of
// them at most, and so many of one article, the best first.
func (r *Reader) Outline(ctx context.Context, topic string, sentences []int, most, ofOne int) ([]int, error) {
	vectors, err := r.source.Sentences(ctx, sentences)
	if err != nil {
		return nil, fmt.Errorf("outline: %w", err)
	}
	middle := make([]float32, 0)
	floats := make([][]float32, len(vectors))
	for i, v := range vectors {
		floats[i] = make([]float32, len(v.Bytes))
		for d, b := range v.Bytes {
			floats[i][d] = float32(b) * v.Scale
		}
		if len(middle) == 0 {
			middle = make([]float32, len(v.Bytes))
		}
		for d, x := range floats[i] {
			middle[d] += x
		}
	}
	if topic != "" {
		if middle, err = r.source.Question(ctx, topic); err != nil {
			return nil, fmt.Errorf("outline: %w", err)
		}
		middle = slices.Clone(middle)
	}
	norm := 0.
	for _, x := range middle {
		norm += float64(x) * float64(x)
	}
	if norm == 0 {
		return nil, nil
	}
	for d := range middle {
		middle[d] = float32(float64(middle[d]) / math.Sqrt(norm))
	}
	var out, at []int
	taken := make([]bool, len(sentences))
	of := map[int]int{} // article to how many were picked
	for len(out) < most {
		best, which := math.Inf(-1), -1
		for i := range sentences {
			if taken[i] || of[r.Corpus().Sentences[sentences[i]].Article] == ofOne {
				continue
			}
			nearest := 0.
			for _, k := range at {
				nearest = max(nearest, vectors[i].Cosine(floats[k]))
			}
			if score := central*vectors[i].Cosine(middle) - (1-central)*nearest; score > best {
				best, which = score, i
			}
		}
		if which < 0 {
			break
		}
		taken[which] = true
		of[r.Corpus().Sentences[sentences[which]].Article]++
		out, at = append(out, sentences[which]), append(at, which)
	}
	return out, nil
}
