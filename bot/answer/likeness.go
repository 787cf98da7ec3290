package answer

import (
	"math"

	"parley/retrieval"
	"parley/retrieval/wordvec"
)

// What a word like one of the question counts beside the word itself.
const (
	// minSimilarity is the least that counts as related; the lexicon's own
	// evaluation puts random pairs below .01 and related ones around .4.
	minSimilarity = 0.05
	// related scales √similarity: a related word is evidence, but less than the
	// word itself.
	related = 0.9
	// minCosine is the cosine of two words' vectors from which they are used
	// alike. What is above counts in proportion, 1 at a cosine of 1.
	minCosine = 0.3
)

// likeness says how like the words of the corpus are to the terms of a question,
// by WordNet and by how words are used. It serves one question.
type likeness struct {
	terms   int
	rows    map[int32][]float32 // by word: to each term, 0 to 1
	vectors *wordvec.Table      // may be nil
	vector  [][]float32         // by term; nil for a name, which has no synonyms
	at      []int32             // by word: its row in vectors
	seen    map[int32]bool      // words whose vectors have been compared
}

// likeness compares terms with the words of the corpus that the lexicon relates
// to them; vectors are compared as words are met.
func (e *Engine) likeness(terms []retrieval.Term) *likeness {
	l := &likeness{
		terms: len(terms), rows: map[int32][]float32{}, vectors: e.opts.Vectors, vector: make([][]float32, len(terms)),
		at: e.rows, seen: map[int32]bool{},
	}
	for i, t := range terms {
		if e.words != nil {
			e.words.Similar(t.Word, func(w int32, s float64) {
				if s >= minSimilarity {
					l.of(w)[i] = float32(related * math.Sqrt(s))
				}
			})
		}
		if l.vectors == nil || t.Upper {
			continue
		}
		if row := l.vectors.Lookup(t.Word); row >= 0 {
			l.vector[i] = make([]float32, wordvec.Dims)
			l.vectors.Add(l.vector[i], row, 1)
		}
	}
	return l
}

// of returns the row of a word, making it.
func (l *likeness) of(word int32) []float32 {
	r := l.rows[word]
	if r == nil {
		r = make([]float32, l.terms)
		l.rows[word] = r
	}
	return r
}

// row returns how like a word of the corpus is to each term; nil when to none.
func (l *likeness) row(word int32) []float32 {
	if l.vectors == nil || l.at[word] < 0 || l.seen[word] {
		return l.rows[word]
	}
	l.seen[word] = true
	for i, v := range l.vector {
		if v == nil {
			continue
		}
		if cos := l.vectors.Dot(l.at[word], v); cos > minCosine {
			r := l.of(word)
			r[i] = max(r[i], min(1, (cos-minCosine)/(1-minCosine)))
		}
	}
	return l.rows[word]
}
