package manage

import (
	"cmp"
	"context"
	"slices"
	"time"

	"parley/bot/store"
	"parley/retrieval/analysis"
)

const (
	// sameGap is the overlap of content words (Jaccard) from which two questions
	// ask the same. A judgement.
	sameGap = 0.5
	// maxGaps bounds the questions that are grouped, the newest first.
	maxGaps = 3000
)

// Gap is questions that ask the same and that the articles do not answer, or not
// well enough.
type Gap struct {
	Question  string // the newest of them
	Refused   int    // how many had no answer
	Unhelpful int    // how many had one that did not help
	Reason    string // the newest that was given for that

	words map[string]bool
}

func (g *Gap) count() int { return g.Refused + g.Unhelpful }

// Gaps returns what could not be answered since a time, the most frequent first.
func Gaps(ctx context.Context, s *store.Store, since time.Time) ([]*Gap, error) {
	var out []*Gap
	n := 0
	for g, err := range s.Gaps(ctx, since) {
		if err != nil {
			return nil, err
		}
		if n++; n > maxGaps {
			break
		}
		out = addGap(out, g)
	}
	slices.SortStableFunc(out, func(a, b *Gap) int { return cmp.Compare(b.count(), a.count()) })
	return out, nil
}

// addGap puts a question into the gap that asks the same, or a new one.
func addGap(gaps []*Gap, g store.Gap) []*Gap {
	words := contentWords(g.Question)
	i := slices.IndexFunc(gaps, func(o *Gap) bool { return overlap(words, o.words) >= sameGap })
	if i < 0 {
		i = len(gaps)
		gaps = append(gaps, &Gap{Question: g.Question, words: words})
	}
	if g.Unhelpful {
		gaps[i].Unhelpful++
	} else {
		gaps[i].Refused++
	}
	gaps[i].Reason = cmp.Or(gaps[i].Reason, g.Reason)
	return gaps
}

// contentWords are the stems of a question's content words; of one without any,
// its words.
func contentWords(question string) map[string]bool {
	words, content := map[string]bool{}, map[string]bool{}
	for _, t := range analysis.Tokenize(question) {
		words[t.Word] = true
		if !analysis.IsStop(t.Word) {
			content[analysis.Stem(t.Word)] = true
		}
	}
	if len(content) == 0 {
		return words
	}
	return content
}

// overlap is the Jaccard index of two sets.
func overlap(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	if union := len(a) + len(b) - both; union > 0 {
		return float64(both) / float64(union)
	}
	return 1
}
