package answer

import (
	"cmp"
	"math"
	"slices"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Limits of the search for evidence.
const (
	wholeCorpus      = 300 // sentences up to which every one is read
	evidencePassages = 12  // best passages whose sentences are read
	longArticle      = 400 // sentences of an article that are read as a sentence's surroundings
	maxTerms         = 40  // query terms that are matched, the weightiest first
)

// What a term found near a sentence, but not in it, counts for the sentence.
const (
	matchTitle    = 0.5
	matchNeighbor = 0.5 // in the sentence before or after
	matchPassage  = 0.3
	matchArticle  = 0.15
)

// feature numbers what is measured of a sentence as evidence.
type feature int

const (
	fCoverage   feature = iota // share of the question's IDF weight in the sentence
	fContext                   // the same, with neighbours, title and passage at a discount
	fPassage                   // the passage's search score, of the best's
	fPairs                     // neighbouring question words that are near one another
	fKind                      // holds a value of the kind expected
	fNames                     // share of the question's names and numbers in the sentence
	fDensity                   // share of the sentence's own weight that the question asked about
	fLength                    // log of its words
	fFirst                     // the first sentence of its article
	fEarly                     // 1 / (1 + its number in the article)
	fQuestion                  // is a question itself
	fTopArticle                // of the article that search ranks first
	fExact                     // longest run of the question's words that stands in it, of the question's length
	fPassCov                   // share of the question's weight in the passage and title
	fNamesPlain                // share of the question's names, by number, a neighbour's at half
	fLexical                   // matched weight, saturating with the sentence's length as BM25 has it
	nFeatures
)

// queryTerm is a question's term ready for matching.
type queryTerm struct {
	retrieval.Term
	weight float64
}

// candidate is a sentence that may be evidence.
type candidate struct {
	sentence int
	passage  int
	features [nFeatures]float64
	match    sentenceMatch
	context  sentenceMatch
	around   sentenceMatch
	score    float64
}

// evidence is what was gathered for a question.
type evidence struct {
	terms      []queryTerm
	total      float64 // sum of the terms' weights
	candidates []*candidate
	hits       []retrieval.Hit
	kind       Kind
	matcher    *matcher
	counted    int // the term that the question counts or wants named, or -1
}

// gather scores the sentences of the best passages.
func (e *Engine) gather(u *understood, res *retrieval.Result) *evidence {
	ev := &evidence{hits: res.Hits, kind: u.kind}
	for _, t := range res.Terms {
		ev.terms = append(ev.terms, queryTerm{t, t.Weight})
	}
	if len(ev.terms) > maxTerms {
		slices.SortStableFunc(ev.terms, func(a, b queryTerm) int { return cmp.Compare(b.weight, a.weight) })
		ev.terms = ev.terms[:maxTerms]
	}
	for _, t := range ev.terms {
		ev.total += t.weight
	}
	if ev.total == 0 || len(res.Hits) == 0 {
		return ev
	}
	ev.counted = countedNoun(u.text, ev.terms)
	m := e.newMatcher(ev.terms)
	ev.matcher = m
	c := e.fwd.Corpus
	seen := map[int]bool{}
	best := 0.0
	for _, h := range res.Hits {
		best = max(best, h.Match)
	}
	articles := map[int]sentenceMatch{}
	topArticle := c.Passages[res.Hits[0].Passage].Article
	hits := res.Hits[:min(evidencePassages, len(res.Hits))]
	if len(c.Sentences) <= wholeCorpus {
		hits = wholeOf(c, res.Hits)
	}
	for _, h := range hits {
		pass := &c.Passages[h.Passage]
		around := articles[pass.Article]
		if around == nil {
			around = make(sentenceMatch, len(ev.terms))
			first, end := c.ArticleSentences(pass.Article)
			for s := first; s < min(end, first+longArticle); s++ {
				raise(around, m.sentence(s), matchArticle)
			}
			m.add(around, e.fwd.Titles[pass.Article], matchTitle)
			m.add(around, e.fwd.Publishers[pass.Article], matchTitle)
			articles[pass.Article] = around
		}
		passage := slices.Clone(around)
		plain := make(sentenceMatch, len(ev.terms))
		m.add(plain, e.fwd.Titles[pass.Article], 1)
		for s := pass.First; s < pass.Last; s++ {
			raise(plain, m.sentence(s), 1)
		}
		for s := pass.First; s < pass.Last; s++ {
			raise(passage, m.sentence(s), matchPassage)
		}
		for s := pass.First; s < pass.Last; s++ {
			if seen[s] || c.Sentences[s].Heading {
				continue
			}
			seen[s] = true
			cand := &candidate{sentence: s, passage: h.Passage, match: m.sentence(s)}
			cand.around = plain
			cand.context = slices.Clone(passage)
			first, end := c.ArticleSentences(pass.Article)
			if s > first {
				raise(cand.context, m.sentence(s-1), matchNeighbor)
			}
			if s+1 < end {
				raise(cand.context, m.sentence(s+1), matchNeighbor)
			}
			raise(cand.context, cand.match, 1)
			e.measure(u, ev, cand, h.Match/best, pass.Article == topArticle)
			ev.candidates = append(ev.candidates, cand)
		}
	}
	slices.SortFunc(ev.candidates, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.sentence, b.sentence))
	})
	return ev
}

// wholeOf adds the passages that the search did not find.
func wholeOf(c *corpus.Corpus, hits []retrieval.Hit) []retrieval.Hit {
	found := make([]bool, len(c.Passages))
	for _, h := range hits {
		found[h.Passage] = true
	}
	hits = slices.Clone(hits)
	for p, ok := range found {
		if !ok {
			hits = append(hits, retrieval.Hit{Passage: p})
		}
	}
	return hits
}

// measure fills a candidate's features and its score.
func (e *Engine) measure(u *understood, ev *evidence, c *candidate, passage float64, top bool) {
	f := &c.features
	var names, namesFound, nameCount float64
	for i, t := range ev.terms {
		f[fPassCov] += t.weight * float64(c.around[i])
		if t.Upper {
			nameCount++
			f[fNamesPlain] += float64(c.context[i])
		}
		f[fCoverage] += t.weight * float64(c.match[i])
		f[fContext] += t.weight * float64(c.context[i])
		if t.Upper || t.Number {
			names += t.weight
			namesFound += t.weight * float64(c.match[i])
		}
	}
	f[fCoverage] /= ev.total
	f[fContext] /= ev.total
	f[fPassCov] /= ev.total
	if nameCount > 0 {
		f[fNamesPlain] /= nameCount
	}
	if names > 0 {
		f[fNames] = namesFound / names
	}
	f[fPassage] = passage
	toks := e.fwd.Sentence(c.sentence)
	f[fPairs], f[fExact] = e.pairs(ev, toks)
	var weight, asked float64
	for _, t := range toks {
		if t.Stop {
			continue
		}
		w := e.fwd.IDF(t.Term)
		weight += w
		for _, q := range ev.terms {
			if q.ID == t.Term {
				asked += w
				break
			}
		}
	}
	if weight > 0 {
		f[fDensity] = asked / weight
	}
	f[fLexical] = f[fCoverage] * 2.2 / (1 + 1.2*(.25+.75*float64(len(toks))/22))
	f[fLength] = math.Log1p(float64(len(toks)))
	s := &e.fwd.Corpus.Sentences[c.sentence]
	first, _ := e.fwd.Corpus.ArticleSentences(s.Article)
	if c.sentence == first {
		f[fFirst] = 1
	}
	f[fEarly] = 1 / float64(1+c.sentence-first)
	if text := e.fwd.Corpus.SentenceText(c.sentence); text[len(text)-1] == '?' {
		f[fQuestion] = 1
	}
	if top {
		f[fTopArticle] = 1
	}
	if e.holds(u, ev, c.sentence) {
		f[fKind] = 1
	}
	for i, w := range evidenceWeights {
		c.score += w * f[i]
	}
}

// pairs measures word order: the share of neighbouring question terms that stand
// within three words of one another, and the longest run of question terms in order.
func (e *Engine) pairs(ev *evidence, toks []analysis.Tok) (near, run float64) {
	if len(ev.terms) < 2 {
		return 0, 0
	}
	last := make([]int, len(ev.terms)) // position of a term's last occurrence + 1
	found, total := 0.0, 0.0
	pos := 0
	hitPair := make([]bool, len(ev.terms))
	longest, current, prev := 0, 0, -2
	for _, t := range toks {
		pos++
		if t.Stop {
			continue
		}
		matched := -1
		for i, q := range ev.terms {
			if q.ID != t.Term {
				continue
			}
			matched = i
			last[i] = pos
			if i > 0 && last[i-1] > 0 && pos-last[i-1] <= 3 {
				hitPair[i] = true
			}
			if i+1 < len(ev.terms) && last[i+1] > 0 && pos-last[i+1] <= 3 {
				hitPair[i+1] = true
			}
		}
		switch {
		case matched >= 0 && matched == prev+1:
			current++
		case matched >= 0:
			current = 1
		default:
			current = 0
		}
		prev = matched
		if matched < 0 {
			prev = -2
		}
		longest = max(longest, current)
	}
	for i := 1; i < len(ev.terms); i++ {
		w := min(ev.terms[i].weight, ev.terms[i-1].weight)
		total += w
		if hitPair[i] {
			found += w
		}
	}
	if total == 0 {
		return 0, 0
	}
	return found / total, float64(longest) / float64(len(ev.terms))
}

// holds reports whether a sentence has a value of the kind the question expects
// that the question does not name itself.
func (e *Engine) holds(u *understood, ev *evidence, sentence int) bool {
	toks := e.fwd.Sentence(sentence)
	asked := func(t analysis.Tok) bool {
		return slices.ContainsFunc(ev.terms, func(q queryTerm) bool { return q.ID == t.Term })
	}
	has := func(c class) bool {
		for _, t := range toks {
			if e.classes[t.Word]&c != 0 && !asked(t) {
				return true
			}
		}
		return false
	}
	near := func(a, b class) bool { // a, then b within three words
		for i, t := range toks {
			if e.classes[t.Word]&a == 0 {
				continue
			}
			for _, n := range toks[i+1 : min(len(toks), i+4)] {
				if e.classes[n.Word]&b != 0 {
					return true
				}
			}
		}
		return false
	}
	text := e.fwd.Corpus.SentenceText(sentence)
	switch u.kind {
	case Person:
		for i, t := range toks {
			if t.Upper && !t.Stop && !asked(t) && (i > 0 || e.classes[t.Word]&isName != 0) {
				return true
			}
		}
		return false
	case Place:
		for i, t := range toks {
			if t.Upper && !t.Stop && !asked(t) && i > 0 {
				return true
			}
		}
		return false
	case Time:
		return has(isYear|isClock|isMonth|isWeekday) || has(isDayPart)
	case Duration:
		return near(isNumber, isTimeUnit)
	case Count:
		return has(isNumber | isMagnitude)
	case Money:
		return hasCurrencySign(text) || near(isNumber|isMagnitude, isCurrency)
	case Cause:
		return has(isCausal)
	case Quotation:
		return hasQuotation(text)
	default:
		return false
	}
}

func hasCurrencySign(s string) bool {
	for _, r := range s {
		switch r {
		case '$', '€', '£', '¥', '₽', '₴':
			return true
		}
	}
	return false
}

func hasQuotation(s string) bool {
	for _, r := range s {
		if r == '“' || r == '"' {
			return true
		}
	}
	return false
}
