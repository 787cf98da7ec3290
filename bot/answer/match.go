package answer

import (
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// called is what an epithet of a name counts beside a match by the very term:
// "the Russian envoy" for Dmitriev.
const called = 0.6

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
	likes  *likeness
	memo   map[int]sentenceMatch // by sentence
}

// variantOf says which query term a term of the corpus stands for.
type variantOf struct {
	term   int
	weight float32
}

func (e *Engine) newMatcher(terms []retrieval.Term) *matcher {
	m := &matcher{
		fwd: e.fwd, called: e.called, terms: terms, likes: e.likeness(terms),
		by: map[analysis.TermID][]variantOf{}, memo: map[int]sentenceMatch{},
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
	return m
}

// add raises match by what the words of a text hold, times weight.
func (m *matcher) add(match sentenceMatch, toks []analysis.Tok, weight float32) {
	for _, t := range toks {
		if t.Stop {
			continue
		}
		for _, v := range m.by[t.Term] {
			match[v.term] = max(match[v.term], weight*v.weight)
		}
		if !t.Number {
			for i, s := range m.likes.row(t.Word) {
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
