package reading

import (
	"context"
	"fmt"
	"math"
	"slices"

	"parley/retrieval/encoder"
)

const (
	// central is what being near the middle counts beside being near what is picked.
	central = .7
	// telling is what the pair model's log-odds that a sentence tells of a topic count
	// beside the cosine, and early what it counts that a sentence opens its article, where
	// reports say what matters most. Both chosen on overviews of two corpora of our own.
	telling = .05
	early   = .1
)

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
		floats[i] = v.Floats()
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
	more, err := r.outlining(ctx, topic, sentences)
	if err != nil {
		return nil, err
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
			if score := central*vectors[i].Cosine(middle) - (1-central)*nearest + central*more[i]; score > best {
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

// outlining is what sentences count in an outline beside their vectors: as answers to a
// question for the topic, if there is one, and by where they stand.
func (r *Reader) outlining(ctx context.Context, topic string, sentences []int) ([]float64, error) {
	out := make([]float64, len(sentences))
	for i, n := range sentences {
		first, _ := r.Corpus().ArticleSentences(r.Corpus().Sentences[n].Article)
		out[i] = early / float64(1+n-first)
	}
	if topic == "" {
		return out, nil
	}
	pairs := make([]encoder.Pair, len(sentences))
	for i, n := range sentences {
		pairs[i] = r.pair(topic, n)
	}
	readings, err := r.pairs.Read(ctx, encoder.Answers, pairs)
	if err != nil {
		return nil, fmt.Errorf("outline: %w", err)
	}
	for i := range out {
		out[i] += telling * float64(readings[i].Answer)
	}
	return out, nil
}
