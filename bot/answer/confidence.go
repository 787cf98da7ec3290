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
	sFocus                      // share of the weight of terms that are not in the title, in the best sentence
	sFocusAll                   // the same in the sentence's surroundings
	sLostName                   // share of the question's names, by number, that the best article lacks
	sLostNumber                 // a number of the question is not in the best sentence or its neighbours
	sWantQuantity               // kind is a quantity and the best sentence has none
	sWantPerson
	sWantTime
	sWantCause
	sExact     // coverage by the very words
	sGap       // best minus mean score of the next four
	sSearchGap // search score of the best article over the next, of the best's
	sRival     // best coverage with surroundings in another article
	sPlural    // how many candidates cover at least 80 % as much as the best, log
	sCovGap    // sContext - sRival
	sCovX      // sContext * sMargin
	sSolid     // sum of exact coverage and pair
	sTop2      // union coverage of the two best sentences
	sMargin2
	sCovX2
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
	m := ev.matcher
	inArticle := make(sentenceMatch, len(ev.terms))
	inPassage := make(sentenceMatch, len(ev.terms))
	first, end := c.ArticleSentences(article)
	for i := first; i < min(end, first+400); i++ {
		raise(inArticle, m.sentence(i), 1)
	}
	m.add(inArticle, e.fwd.Titles[article], 1)
	m.add(inArticle, e.fwd.Publishers[article], 1)
	p := &c.Passages[best.passage]
	for i := p.First; i < p.Last; i++ {
		raise(inPassage, m.sentence(i), 1)
	}
	m.add(inPassage, e.fwd.Titles[article], 1)
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
	title := make(sentenceMatch, len(ev.terms))
	m.add(title, e.fwd.Titles[article], 1)
	var focus, inSentence, inContext, lost, nameCount float64
	for i, t := range ev.terms {
		w := t.weight * (1 - float64(title[i]))
		focus += w
		inSentence += w * float64(best.match[i])
		inContext += w * float64(best.context[i])
		if t.Upper {
			nameCount++
			lost += 1 - float64(inArticle[i])
		}
		if t.Number && best.context[i] < .4 {
			s[sLostNumber] = 1
		}
		if best.match[i] >= .9 {
			s[sExact] += t.weight / ev.total
		}
	}
	s[sFocus], s[sFocusAll] = 1, 1
	if focus > 0.05*ev.total {
		s[sFocus], s[sFocusAll] = inSentence/focus, inContext/focus
	}
	if nameCount > 0 {
		s[sLostName] = lost / nameCount
	}
	state := slotOpen
	for k, cand := range ev.candidates[:min(3, len(ev.candidates))] {
		if k > 0 && cand.features[fContext] < .6*best.features[fContext] {
			continue
		}
		st := e.fill(ev, m, cand.sentence)
		if k == 0 || st == slotFilled || st == slotLoose && state == slotEmpty {
			state = st
		}
		if state == slotFilled {
			break
		}
	}
	switch state {
	case slotEmpty:
		switch ev.kind {
		case Duration, Money, Count:
			s[sWantQuantity] = 1
		case Time:
			s[sWantTime] = 1
		default:
			s[sWantPerson] = 1
		}
	case slotLoose:
		s[sWantCause] = 1
	}
	n := min(5, len(ev.candidates))
	for _, cand := range ev.candidates[1:n] {
		s[sGap] += (best.score - cand.score) / float64(n-1)
	}
	for _, h := range ev.hits {
		if c.Passages[h.Passage].Article != article {
			s[sSearchGap] = 1 - h.Match/ev.hits[0].Match
			break
		}
	}
	plural := 0.0
	for _, cand := range ev.candidates {
		if cand.features[fContext] >= .8*best.features[fContext] {
			plural++
		}
		if c.Sentences[cand.sentence].Article != article {
			s[sRival] = max(s[sRival], cand.features[fContext])
		}
	}
	s[sPlural] = math.Log1p(plural)
	s[sCovGap] = s[sContext] - s[sRival]
	if len(ev.candidates) > 1 {
		for i, t := range ev.terms {
			s[sTop2] += t.weight / ev.total * float64(max(best.match[i], ev.candidates[1].match[i]))
		}
	}
	var z, za, zs float64
	for _, cand := range ev.candidates {
		v := math.Exp(DevT * (cand.score - best.score))
		z += v
		if c.Sentences[cand.sentence].Article == article {
			za += v
			zs += v
		} else if cosine(cand.match, best.match) >= DevC {
			zs += v
		}
	}
	s[sMargin2] = zs / z
	s[sCovX2] = s[sContext] * zs / z
	s[sMargin] = za / z
	s[sCovX] = s[sContext] * s[sMargin]
	s[sSolid] = s[sExact] * s[sPairs]
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

func cosine(a, b sentenceMatch) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i] * b[i])
		aa += float64(a[i] * a[i])
		bb += float64(b[i] * b[i])
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// Tunables.
var DevT, DevC = 1.0, 0.8
