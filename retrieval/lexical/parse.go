package lexical

import (
	"slices"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// degrees are the words that make a question with "how": they say what kind of
// answer is wanted and are no part of it.
var degrees = map[string]bool{
	"long": true, "many": true, "much": true, "old": true, "far": true, "often": true, "big": true, "tall": true,
	"large": true, "high": true, "deep": true, "late": true, "fast": true, "soon": true, "wide": true, "heavy": true,
}

// enduring are the verbs that "how long" goes with; they add nothing to it.
var enduring = map[string]bool{
	"last": true, "lasted": true, "take": true, "took": true, "taken": true, "go": true, "going": true, "gone": true,
	"run": true, "continue": true, "continued": true, "stay": true, "stayed": true,
}

var _ retrieval.Parser = (*Index)(nil)

// Parse reads a query into terms, in order of appearance, each once.
func (ix *Index) Parse(q retrieval.Query) *retrieval.Parsed {
	p := &retrieval.Parsed{Query: q}
	seen := map[string]int{}
	add := func(text string, boost float64, context bool) {
		toks := analysis.Tokenize(text)
		howLong := false
		for i, t := range toks {
			// In lower case "the us" is the country.
			if t.Word == "us" && i > 0 && toks[i-1].Word == "the" {
				t.Word, t.Upper = "US", true
			}
			degree := i > 0 && toks[i-1].Word == "how" && degrees[t.Word] || howLong && enduring[t.Word]
			howLong = howLong || degree && t.Word == "long"
			if analysis.IsStop(t.Word) || degree && ix.opts.Degree == 0 {
				continue
			}
			boost, light := boost, analysis.IsLight(t.Word)
			switch {
			case degree:
				boost *= ix.opts.Degree
			case light:
				boost *= ix.opts.Light
			}
			key := analysis.Stem(t.Word)
			if j, ok := seen[key]; ok {
				p.Terms[j].Boost = max(p.Terms[j].Boost, boost)
				continue
			}
			seen[key] = len(p.Terms)
			term := retrieval.Term{Word: t.Word, Boost: boost, Light: light, Context: context, Upper: t.Upper, Number: t.Number}
			if !context {
				term.Start, term.End = t.Start, t.End
			}
			p.Terms = append(p.Terms, term)
		}
	}
	add(q.Text, 1, false)
	for _, turn := range slices.Backward(q.Context) {
		add(turn, q.ContextBoost, true)
	}
	for i := range p.Terms {
		ix.resolve(&p.Terms[i])
	}
	// A light word that the corpus does not hold says nothing at all.
	p.Terms = slices.DeleteFunc(p.Terms, func(t retrieval.Term) bool {
		return t.ID == analysis.NoTerm && t.Light
	})
	return p
}

// resolve looks a term up, adds the other spellings the corpus has for it and
// corrects it when the corpus does not hold it.
func (ix *Index) resolve(t *retrieval.Term) {
	t.ID = ix.fwd.Lookup(t.Word)
	var found []candidate
	if isAlpha(t.Word) {
		switch {
		case t.ID == analysis.NoTerm:
			found = ix.vocab.respellings(t.Word)
			if len(found) == 0 && !ix.isWord(t.Word) {
				found = ix.vocab.corrections(t.Word)
			}
			t.Corrected = len(found) > 0
		case ix.fwd.ArticleFreq(t.ID) < 3 || t.Upper:
			found = ix.vocab.respellings(t.Word)
		}
	}
	for _, c := range found {
		id := ix.fwd.Words[c.word].Term
		if id != t.ID {
			t.Variants = append(t.Variants, retrieval.Variant{ID: id, Weight: c.weight, Kind: retrieval.Spelling})
		}
	}
	id := t.ID
	if id == analysis.NoTerm && len(t.Variants) > 0 {
		id = t.Variants[0].ID
	}
	if !t.Corrected {
		ix.relate(t)
	}
	t.Weight = t.Boost * ix.fwd.IDF(id)
}

// isWord reports whether the lexicon knows a word: then it is spelt right, and
// the articles just do not have it.
func (ix *Index) isWord(word string) bool { return ix.lex != nil && len(ix.lex.Lemmas(word)) > 0 }

// relate adds the corpus's words that the lexicon relates to a term.
func (ix *Index) relate(t *retrieval.Term) {
	if ix.lex == nil {
		return
	}
	n := 0
	for _, r := range ix.lex.Related(t.Word) {
		if r.Weight < ix.opts.MinRelation || n == ix.opts.MaxRelations {
			return
		}
		id, ok := ix.terms.of(ix.fwd, r)
		if !ok || id == t.ID || slices.ContainsFunc(t.Variants, func(v retrieval.Variant) bool { return v.ID == id }) {
			continue
		}
		t.Variants = append(t.Variants, retrieval.Variant{ID: id, Weight: r.Weight * ix.opts.Related, Kind: retrieval.Related})
		n++
	}
}
