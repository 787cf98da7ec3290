package reading

import (
	"slices"
	"strings"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// spelt is a question with the words that no article has as the passages found
// spell them, where the search took them for slips: the encoder has learned from
// words as they are.
func (r *Reader) spelt(text string, found *retrieval.Result) string {
	var b strings.Builder
	at := 0
	terms := slices.Clone(found.Terms)
	slices.SortStableFunc(terms, func(a, b retrieval.Term) int { return a.Start - b.Start })
	for _, t := range terms {
		if !t.Corrected || t.Context || t.Start < at || t.End > len(text) || t.End <= t.Start {
			continue
		}
		if word := r.seen(&t, found.Hits); word != "" {
			b.WriteString(text[at:t.Start])
			b.WriteString(word)
			at = t.End
		}
	}
	return b.String() + text[at:]
}

// seen is a word of the passages found that a misspelt term stands for, the
// likeliest first; empty where they have none.
func (r *Reader) seen(t *retrieval.Term, hits []retrieval.Hit) string {
	best, weight := "", 0.
	for _, h := range hits[:min(Passages, len(hits))] {
		for _, tok := range r.fwd.Passage(h.Passage) {
			i := slices.IndexFunc(t.Variants, func(v retrieval.Variant) bool { return v.ID == tok.Term && v.Kind == retrieval.Spelling })
			if i >= 0 && tok.Term != analysis.NoTerm && t.Variants[i].Weight > weight {
				best, weight = r.fwd.Words[tok.Word].Text, t.Variants[i].Weight
			}
		}
	}
	return best
}
