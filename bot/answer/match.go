package answer

import (
	"math"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
)

// What a match counts beside one by the very term.
const (
	// minSimilarity is the least that counts as related; the lexicon's own
	// evaluation puts random pairs below .01 and related ones around .4.
	minSimilarity = 0.05
	// related scales √similarity: a related word is evidence, but less than the
	// word itself.
	related = 0.9
	// called is what an epithet of a name counts: "the Russian envoy" for Dmitriev.
	called = 0.6
)

// sentenceMatch is how strongly each query term stands in a text, 0 to 1.
type sentenceMatch []float32

// raise lifts dst to at least weight times src.
func raise(dst, src sentenceMatch, weight float32) {
	for i, v := range src {
		dst[i] = max(dst[i], weight*v)
	}
}

// matcher finds query terms in the sentences of a corpus: the terms themselves,
// other spellings, related words and epithets. It serves one question.
type matcher struct {
	fwd    *analysis.Forward
	called epithets
	terms  []retrieval.Term
	by     map[analysis.TermID][]variantOf
	lex    *lexicon.Lexicon      // may be nil
	rows   map[int32][]float32   // by word: similarity to each term
	memo   map[int]sentenceMatch // by sentence
}

// variantOf says which query term a term of the corpus stands for.
type variantOf struct {
	term   int
	weight float32
}

func (e *Engine) newMatcher(terms []retrieval.Term) *matcher {
	m := &matcher{
		fwd: e.fwd, called: e.called, terms: terms, lex: e.opts.Lexicon,
		by: map[analysis.TermID][]variantOf{}, rows: map[int32][]float32{}, memo: map[int]sentenceMatch{},
	}
	for i, t := range terms {
		if t.ID != analysis.NoTerm {
			m.by[t.ID] = append(m.by[t.ID], variantOf{i, 1})
		}
		for _, v := range t.Variants {
			if v.Kind == retrieval.Spelling {
				m.by[v.ID] = append(m.by[v.ID], variantOf{i, float32(v.Weight)})
			}
		}
	}
	if e.words != nil {
		m.relate(e.words)
	}
	return m
}

// relate fills rows: how alike words of the corpus are to each term.
func (m *matcher) relate(words *lexicon.Vocabulary) {
	for i := range m.terms {
		words.Similar(m.terms[i].Word, func(w int32, s float64) {
			if s < minSimilarity {
				return
			}
			r := m.rows[w]
			if r == nil {
				r = make([]float32, len(m.terms))
				m.rows[w] = r
			}
			r[i] = float32(related * math.Sqrt(s))
		})
	}
}

// row returns how alike a word of the corpus is to each term; nil when to none.
func (m *matcher) row(w int32) []float32 { return m.rows[w] }

// add raises match by what the words of a text hold, times weight.
func (m *matcher) add(match sentenceMatch, toks []analysis.Tok, weight float32) {
	for _, t := range toks {
		if t.Stop {
			continue
		}
		for _, v := range m.by[t.Term] {
			match[v.term] = max(match[v.term], weight*v.weight)
		}
		if m.lex != nil && !t.Number {
			for i, s := range m.row(t.Word) {
				match[i] = max(match[i], weight*s)
			}
		}
		if !t.Upper {
			continue
		}
		for _, c := range m.called[t.Term] {
			for _, v := range m.by[c] {
				match[v.term] = max(match[v.term], weight*v.weight*called)
			}
		}
	}
}

// sentence returns the match of a sentence; the result is shared, not to be changed.
func (m *matcher) sentence(i int) sentenceMatch {
	if s, ok := m.memo[i]; ok {
		return s
	}
	s := make(sentenceMatch, len(m.terms))
	m.add(s, m.fwd.Sentence(i), 1)
	m.memo[i] = s
	return s
}
