package answer

import (
	"math"
	"slices"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// signal numbers what the confidence is made of.
type signal int

const (
	// sSupport is how much of the question the best sentence and its surroundings
	// cover, times the share of likelihood its article has among all candidates:
	// a question that several articles answer a little is answered by none.
	sSupport signal = iota
	// sAgreement is the same, but candidates of other articles that cover the same
	// words of the question count as agreement and not as rivals.
	sAgreement
	sNames    // share of the weight of the question's names and numbers that the best article lacks
	sNumber   // share of the question's weight in numbers, dates aside, that are not near the best sentence
	sQuantity // 1 when a quantity is asked for and the best sentences have none
	sTime     // the same for a time
	sName     // the same where the question asks for a name
	sLoose    // 1 when a value of the kind stands there, but not on the noun asked about
	sUnknown  // share of the question's weight in names that the corpus holds in no spelling
	sPremise  // 1 when no good sentence has what the question presupposes
	nSignals
)

// sameCover is the cosine of two sentences' matches from which they cover the
// same words of the question.
const sameCover = 0.8

// confidence is the calibrated probability that the articles answer the question.
func (e *Engine) confidence(ev *evidence) float64 {
	weights, z := &confidenceWeights, confidenceBias
	if e.whole() {
		weights, z = &wholeConfidenceWeights, wholeBias
	}
	for i, v := range e.signals(ev) {
		z += weights[i] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// signals measures how well the articles seem to answer a question.
func (e *Engine) signals(ev *evidence) (s [nSignals]float64) {
	if len(ev.candidates) == 0 {
		s[sNames], s[sQuantity] = 1, 1
		return s
	}
	best := ev.candidates[0]
	article := e.article(best)
	var all, own, agreeing float64
	for _, c := range ev.candidates {
		v := math.Exp(c.score - best.score)
		all += v
		if e.article(c) == article {
			own += v
		} else if cosine(c.match, best.match) >= sameCover {
			agreeing += v
		}
	}
	s[sSupport] = best.features[fSurroundings] * own / all
	s[sAgreement] = best.features[fSurroundings] * (own + agreeing) / all
	if e.whole() {
		s[sSupport] = s[sAgreement] // the articles tell of the same events
	}
	e.lost(ev, best, &s)
	e.slotSignals(ev, &s)
	if e.unfounded(ev) {
		s[sPremise] = 1
	}
	return s
}

// lost measures what of the question's names and numbers is missing.
func (e *Engine) lost(ev *evidence, best *candidate, s *[nSignals]float64) {
	article := e.article(best)
	inArticle := make(sentenceMatch, len(ev.terms))
	first, end := e.fwd.Corpus.ArticleSentences(article)
	for i := first; i < min(end, first+longArticle); i++ {
		raise(inArticle, ev.matcher.sentence(i), 1)
	}
	ev.matcher.add(inArticle, e.fwd.Titles[article], 1)
	ev.matcher.add(inArticle, e.fwd.Publishers[article], 1)
	isDate := e.dateTerms(ev)
	var names, found float64
	for i, t := range ev.terms {
		if t.Number && !isDate[i] && best.context[i] < matchNeighbor-0.1 {
			s[sNumber] += t.Weight / ev.total
		}
		if t.Upper && !t.Context && t.ID == analysis.NoTerm && len(t.Variants) == 0 {
			s[sUnknown] += t.Weight / ev.total
		}
		if t.Upper || t.Number {
			names += t.Weight
			found += t.Weight * float64(inArticle[i])
		}
	}
	if names > 0 {
		s[sNames] = 1 - found/names
	}
}

// dateTerms marks the numbers of a question that are years or stand beside a month.
func (e *Engine) dateTerms(ev *evidence) []bool {
	out := make([]bool, len(ev.terms))
	for i, t := range ev.terms {
		beside := func(j int) bool {
			return j >= 0 && j < len(ev.terms) && classOf(ev.terms[j].Word, false)&isMonth != 0
		}
		out[i] = t.Number && (classOf(t.Word, false)&isYear != 0 || beside(i-1) || beside(i+1))
	}
	return out
}

// nearBest is how many of the best sentences are looked at for what is asked for. A judgement.
const nearBest = 3

// near returns the best sentence and those right after it that cover about as
// much of the question.
func (e *Engine) near(ev *evidence) []*candidate {
	var out []*candidate
	for _, c := range ev.candidates[:min(nearBest, len(ev.candidates))] {
		if c.features[fSurroundings] >= conflictCoverage*ev.candidates[0].features[fSurroundings] {
			out = append(out, c)
		}
	}
	return out
}

// slotSignals checks the best sentences for the kind of value that is asked for.
func (e *Engine) slotSignals(ev *evidence, s *[nSignals]float64) {
	state := slotOpen
	topic, valued := e.subject(ev), ev.kind.quantity() || ev.kind == Time
	for k, c := range e.near(ev) {
		got := e.fill(ev, c.sentence)
		if valued && (topic >= 0 && c.context[topic] < matchNeighbor*wholeMatch || !e.together(ev, c)) {
			got = slotEmpty // it is said of something else
		}
		if k == 0 || got == slotFilled || got == slotLoose && state == slotEmpty && !valued && !ev.strict {
			state = got
		}
		if state == slotFilled {
			break
		}
	}
	switch state {
	case slotLoose:
		switch {
		case ev.kind == Time:
			s[sTime] = 0.5
		case (ev.kind == Person || ev.kind == Place) && ev.counted < 0:
			// A country may act, and a thing may be a place.
		case ev.person && !ev.strict:
			s[sLoose] = 0.3 // a name may have a role that nobody mentions
		default:
			s[sLoose] = 1
		}
	case slotEmpty:
		switch ev.kind {
		case Duration, Money, Count:
			s[sQuantity] = 1
		case Time:
			s[sTime] = 1
		default:
			switch {
			case ev.named || ev.person:
				s[sName] = 1
			case ev.kind == Place && ev.counted >= 0:
				s[sLoose] = 1 // WordNet does not know every place
			}
		}
	}
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

// subject is the weightiest name of the question, or −1. Where nothing is
// written with a capital, the words that the articles write with one are names.
func (e *Engine) subject(ev *evidence) int {
	upper := slices.ContainsFunc(ev.terms, func(t retrieval.Term) bool { return t.Upper && !t.Context })
	best := -1
	for i, t := range ev.terms {
		if t.Context || t.Number || upper && !t.Upper || !upper && !e.named(t.ID) {
			continue
		}
		if best < 0 || t.Weight > ev.terms[best].Weight {
			best = i
		}
	}
	return best
}
