package answer

import (
	"math"

	"parley/retrieval/analysis"
)

// signal numbers what the confidence is made of.
type signal int

const (
	sCoverage     signal = iota // of the best sentence
	sContext                    // of the best sentence with its surroundings
	sArticle                    // share of the question's weight anywhere in the best sentence's article
	sMissing                    // weight of the weightiest term that article lacks, of the total
	sUnknown                    // share of weight the whole corpus lacks
	sNames                      // share of names and numbers that article lacks
	sKind                       // 1 when the best sentence has the kind of value expected, −1 when none of the best three has, 0 when any will do
	sMargin                     // probability of the best article under a softmax of sentence scores
	sPairs                      // of the best sentence
	sDensity                    // of the best sentence
	sTerms                      // log of the number of terms
	sBest                       // score of the best sentence
	sPassageCover               // share of weight in the best sentence's passage
	nSignals
)

// signals measures how well the articles seem to answer a question.
func (e *Engine) signals(ev *evidence) (s [nSignals]float64) {
	if len(ev.candidates) == 0 || ev.total == 0 {
		s[sUnknown] = 1
		s[sMissing] = 1
		return s
	}
	best := ev.candidates[0]
	s[sCoverage] = best.features[fCoverage]
	s[sContext] = best.features[fContext]
	s[sPairs] = best.features[fPairs]
	s[sDensity] = best.features[fDensity]
	s[sBest] = best.score
	s[sTerms] = math.Log(float64(len(ev.terms)))
	c := e.fwd.Corpus
	article := c.Sentences[best.sentence].Article
	m := newMatcher(e.fwd, e.called, ev.terms)
	inArticle := make(sentenceMatch, len(ev.terms))
	inPassage := make(sentenceMatch, len(ev.terms))
	first, end := c.ArticleSentences(article)
	for i := first; i < min(end, first+400); i++ {
		raise(inArticle, m.sentence(i), 1)
	}
	m.toks(inArticle, e.fwd.Titles[article], 1)
	m.toks(inArticle, e.fwd.Publishers[article], 1)
	p := &c.Passages[best.passage]
	for i := p.First; i < p.Last; i++ {
		raise(inPassage, m.sentence(i), 1)
	}
	m.toks(inPassage, e.fwd.Titles[article], 1)
	var names, namesFound float64
	for i, t := range ev.terms {
		in := float64(inArticle[i])
		s[sArticle] += t.weight * in / ev.total
		s[sPassageCover] += t.weight * float64(inPassage[i]) / ev.total
		s[sMissing] = max(s[sMissing], t.weight*(1-in)/ev.total)
		if t.ID == analysis.NoTerm && len(t.Variants) == 0 {
			s[sUnknown] += t.weight / ev.total
		}
		if t.Upper || t.Number {
			names += t.weight
			namesFound += t.weight * in
		}
	}
	if names > 0 {
		s[sNames] = 1 - namesFound/names
	}
	switch ev.kind {
	case Anything, Manner, YesNo, Several:
	default:
		s[sKind] = -1
		for _, cand := range ev.candidates[:min(3, len(ev.candidates))] {
			if cand.features[fKind] > 0 && c.Sentences[cand.sentence].Article == article {
				s[sKind] = 1
			}
		}
	}
	var z, za float64
	for _, cand := range ev.candidates {
		v := math.Exp(cand.score - best.score)
		z += v
		if c.Sentences[cand.sentence].Article == article {
			za += v
		}
	}
	s[sMargin] = za / z
	return s
}

// confidence is the calibrated probability that the articles answer the question.
func confidence(s [nSignals]float64) float64 {
	z := confidenceBias
	for i, w := range confidenceWeights {
		z += w * s[i]
	}
	return 1 / (1 + math.Exp(-z))
}
