package answer

import (
	"parley/retrieval/analysis"
)

// A corpus of up to wholeCorpus sentences is read whole. Its articles mostly tell
// of one matter, so that the rank of a passage says little of its sentences. Two
// more features are measured there, which would take long where many are read.

// whole reports whether the corpus is so small that every sentence is read.
func (e *Engine) whole() bool { return len(e.fwd.Corpus.Sentences) <= wholeCorpus }

// align is the mean cosine of the question's words, by weight, with the word of
// the sentence that is used most alike, 0 to 1. Names have no vectors.
func (e *Engine) align(ev *evidence, toks []analysis.Tok) float64 {
	l := ev.matcher.likes
	sum, all := 0.0, 0.0
	for i, t := range ev.terms {
		if l.vector[i] == nil {
			continue
		}
		best := 0.0
		for _, w := range toks {
			if !w.Stop && l.at[w.Word] >= 0 {
				best = max(best, float64(l.vectors.Dot(l.at[w.Word], l.vector[i])))
			}
		}
		sum += t.Weight * best
		all += t.Weight
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// windowCover is the share of the question's weight in a sentence and, at a
// discount, in those right beside it.
func (e *Engine) windowCover(ev *evidence, c *candidate) float64 {
	win := e.window(ev, c.sentence, 1, 1)
	sum := 0.0
	for i, t := range ev.terms {
		sum += t.Weight * float64(max(c.match[i], matchNeighbor*win[i])) / ev.total
	}
	return sum
}
