package answer

import (
	"math"

	"parley/retrieval"
)

// A small corpus says little about how rare a word is: most words of a question
// stand in none of its sentences, "anything" no less than "embargo". There a
// word also weighs by how rare it is in English.

// english is how many sentences the counts of [lexicon.Lexicon.Frequency] are of.
const english = 18000

// thinWeight is what a word weighs that hardly says anything, and that the
// lexicon does not count. A judgement.
const thinWeight = 0.3

// Words that say little about what a question asks.
var thin = set("anything else something everything nothing anyone someone anybody somebody everybody inside supposed according still even ever really actually currently kind sort either")

// rarity is how much of its weight a word of a question keeps, 0 to 1: the IDF
// it has in English of that of a word that is counted once.
func (e *Engine) rarity(t *retrieval.Term) float64 {
	if t.Upper || t.Number || e.opts.Lexicon == nil {
		return 1
	}
	r := math.Log(english/e.opts.Lexicon.Frequency(t.Word)) / math.Log(english)
	if thin[t.Word] {
		r *= thinWeight
	}
	return r
}
