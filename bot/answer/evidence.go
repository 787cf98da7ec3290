package answer

import (
	"cmp"
	"math"
	"slices"
	"strings"

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

// lightEvidence is what a light word counts for a sentence beside what it counts
// in the ranking of passages: a passage about "the time when talks took place"
// often has such words, the sentence that answers often lacks them.
const lightEvidence = 0.6

// feature numbers what is measured of a sentence as evidence.
type feature int

const (
	fCoverage     feature = iota // share of the question's IDF weight in the sentence
	fSurroundings                // the same, with neighbours, title and passage at a discount
	fLexical                     // coverage that saturates with the sentence's length, as BM25 has it
	fDensity                     // share of the sentence's own weight that the question asked about
	fPassage                     // the passage's search score, of the best's
	fPassageCover                // share of the question's weight in the passage and title
	fTopArticle                  // of the article that search ranks first
	fNames                       // share of the question's names, a neighbour's at half
	fSlot                        // holds the very value asked for, 1, or one like it, 0.5
	fQuantity                    // the same, where a quantity is asked for
	fLength                      // log of its words
	fEarly                       // 1 / (1 + its number in the article)
	fAlign                       // how like in use the question's words are to the sentence's; of a corpus read whole
	fWindow                      // fCoverage with the sentences beside it at a discount; of a corpus read whole
	nFeatures
)

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
	question   string
	terms      []retrieval.Term
	total      float64 // sum of the terms' weights
	candidates []*candidate
	hits       []retrieval.Hit
	kind       Kind
	matcher    *matcher
	negated    bool  // the question itself says no
	named      bool  // the question asks for a name
	strict     bool  // the name has to stand beside what it is the name of
	many       bool  // it asks how many of something
	wanted     class // the classes of word that say the time asked for: a month, where a date is
	names      int   // how many names it asks for
	person     bool  // it asks which person of a role, or for a person's name
	counted    int   // the term that the question counts or wants named, or -1
}

// gather scores the sentences of the best passages.
func (e *Engine) gather(u *understood, res *retrieval.Result) *evidence {
	ev := &evidence{question: u.text, hits: res.Hits, kind: u.kind}
	ev.terms = slices.Clone(res.Terms)
	for i, t := range ev.terms {
		id := t.ID
		if id == analysis.NoTerm && len(t.Variants) > 0 {
			id = t.Variants[0].ID
		}
		ev.terms[i].Weight = t.Boost * e.fwd.SentenceIDF(id)
		if t.Light {
			ev.terms[i].Weight *= lightEvidence
		}
	}
	if e.whole() && !u.statement {
		for i := range ev.terms {
			ev.terms[i].Weight *= e.rarity(&ev.terms[i])
		}
	}
	if len(ev.terms) > maxTerms {
		slices.SortStableFunc(ev.terms, func(a, b retrieval.Term) int { return cmp.Compare(b.Weight, a.Weight) })
		ev.terms = ev.terms[:maxTerms]
	}
	for _, t := range ev.terms {
		ev.total += t.Weight
	}
	if ev.total == 0 || len(res.Hits) == 0 {
		return ev
	}
	ev.negated = slices.ContainsFunc(analysis.Tokenize(u.text), func(t analysis.Token) bool {
		return classOf(t.Word, false)&isNegation != 0 || t.Word == "without"
	})
	ev.named = asksName(u.text)
	ev.strict = asksNameOf(strings.ToLower(u.text))
	ev.names = namesAsked(u.text)
	ev.wanted = wantedTime(u.text)
	ev.many = strings.Contains(strings.ToLower(u.text), "how many ")
	ev.counted = countedNoun(u.text, ev.terms)
	ev.person = ev.kind == Person && ev.counted >= 0 && roles[singular(ev.terms[ev.counted].Word)]
	if ev.strict && ev.kind == Anything {
		ev.kind = Person // answered by a name, of whatever
	}
	m := e.newMatcher(ev.terms)
	ev.matcher = m
	c := e.fwd.Corpus
	quoted, told := quotations(u.text), e.told(u.last)
	seen := map[int]bool{}
	best := 0.0
	for _, h := range res.Hits {
		best = max(best, h.Match)
	}
	if best == 0 {
		best = 1 // all hits are as far as a search looks: none is nearer
	}
	articles := map[int]sentenceMatch{}
	topArticle := c.Passages[res.Hits[0].Passage].Article
	hits := res.Hits[:min(evidencePassages, len(res.Hits))]
	if e.whole() && !u.narrowed {
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
			e.measure(ev, cand, h.Match/best, pass.Article == topArticle)
			cand.score += quoteBonus * e.quotes(s, quoted)
			switch {
			case told[s]:
				cand.score += wasTold
			case s > first && told[s-1]:
				cand.score += afterTold
			}
			ev.candidates = append(ev.candidates, cand)
		}
	}
	slices.SortFunc(ev.candidates, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.sentence, b.sentence))
	})
	if ev.kind.quantity() {
		preferFilled(ev.candidates)
	}
	return ev
}

// filledCover is the share of the best sentence's coverage from which a sentence
// that holds the quantity asked for goes before those that do not.
const filledCover = 0.5

// preferFilled lifts the sentences that hold what is asked for above the rest,
// in their order: those that do not hold it cannot answer.
func preferFilled(cs []*candidate) {
	if len(cs) == 0 {
		return
	}
	least := filledCover * cs[0].features[fSurroundings]
	for _, c := range cs {
		if !c.filled(least) {
			continue
		}
		lift := cs[0].score - c.score
		for _, f := range cs {
			if f.filled(least) {
				f.score += lift
			}
		}
		break
	}
	slices.SortStableFunc(cs, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), boolToInt(b.filled(least))-boolToInt(a.filled(least)))
	})
}

func (c *candidate) filled(least float64) bool {
	return c.features[fSlot] == 1 && c.features[fSurroundings] >= least
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
func (e *Engine) measure(ev *evidence, c *candidate, passage float64, top bool) {
	f := &c.features
	names := 0.0
	for i, t := range ev.terms {
		f[fCoverage] += t.Weight * float64(c.match[i]) / ev.total
		f[fSurroundings] += t.Weight * float64(c.context[i]) / ev.total
		f[fPassageCover] += t.Weight * float64(c.around[i]) / ev.total
		if t.Upper {
			names++
			f[fNames] += float64(c.context[i])
		}
	}
	if names > 0 {
		f[fNames] /= names
	}
	toks := e.fwd.Sentence(c.sentence)
	f[fLexical] = f[fCoverage] * (k1 + 1) / (1 + k1*(1-b+b*float64(len(toks))/usualLength))
	f[fDensity] = e.density(ev, toks)
	f[fPassage] = passage
	if top {
		f[fTopArticle] = 1
	}
	switch e.fill(ev, c.sentence) {
	case slotFilled:
		f[fSlot] = 1
	case slotLoose:
		f[fSlot] = 0.5
	}
	if ev.kind.quantity() {
		f[fQuantity] = f[fSlot]
	}
	if e.whole() {
		f[fAlign], f[fWindow] = e.align(ev, toks), e.windowCover(ev, c)
	}
	f[fLength] = math.Log1p(float64(len(toks)))
	first, _ := e.fwd.Corpus.ArticleSentences(e.article(c))
	f[fEarly] = 1 / float64(1+c.sentence-first)
	weights := &evidenceWeights
	if e.whole() {
		weights = &wholeWeights
	}
	for i, w := range weights {
		c.score += w * f[i]
	}
}

// BM25's parameters for sentences, and the length in words that is neutral.
const (
	k1          = 1.2
	b           = 0.75
	usualLength = 22
)

// density is the share of a sentence's IDF weight that the question's own terms have.
func (e *Engine) density(ev *evidence, toks []analysis.Tok) float64 {
	var weight, asked float64
	for _, t := range toks {
		if t.Stop {
			continue
		}
		w := e.fwd.SentenceIDF(t.Term)
		weight += w
		if slices.ContainsFunc(ev.terms, func(q retrieval.Term) bool { return q.ID == t.Term }) {
			asked += w
		}
	}
	if weight == 0 {
		return 0
	}
	return asked / weight
}
