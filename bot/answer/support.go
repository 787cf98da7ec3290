package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/wordvec"
)

// A written sentence passes when the sentences of the articles that it cites hold
// everything it says. Each check below names what it found wrong, for the model
// that gets one chance to write the sentence anew. It compares words, figures,
// names, quotations and denials; it does not know what a sentence means.

// How much of a written sentence its evidence must hold.
const (
	// writtenCover is the share of the weight of its words. Judged on sentences
	// made of the gold evidence of clapnq and selqa, by TestWritten.
	writtenCover = 0.8
	// copyCover is the same for what is nearly a copy.
	copyCover = 0.93
	// besideCover is the same for a citation that supports nothing by itself and
	// stands beside others.
	besideCover = 0.2
	// mostLent is the share of the weight of its words that only the sentences around
	// may have.
	mostLent = 0.3
	// sameMeaning is how like another word must be to stand for one.
	sameMeaning = 0.42
	// lentWord is what a word counts that only the sentences around have.
	lentWord = 0.5
	// nearBefore is how many sentences before the cited ones may say who a pronoun
	// stands for.
	nearBefore = 2
)

// unit is evidence: sentences of one article in a row.
type unit struct{ article, first, last int }

// written is a sentence that was written about the articles.
type written struct {
	e     *Engine
	text  string
	stmt  *statementText
	terms []retrieval.Term
	m     *matcher
	named []named // articles that it names by their titles
}

// named is where a sentence names an article by its title.
type named struct {
	clause
	article int
}

// read takes a written sentence apart. Titles of the articles it cites, between
// quotation marks, say whose report something is and are taken out.
func (e *Engine) read(ctx context.Context, text string, units []unit) (*written, error) {
	text, titles := e.takeTitles(text, units)
	res, err := e.search.Search(ctx, retrieval.Query{Text: text, Limit: -1})
	if err != nil {
		return nil, fmt.Errorf("look up words: %w", err)
	}
	w := &written{e: e, text: text, stmt: newStatement(text), terms: slices.Clone(res.Terms), named: titles}
	for i, t := range w.terms {
		id := t.ID
		if id == analysis.NoTerm && len(t.Variants) > 0 {
			id = t.Variants[0].ID
		}
		w.terms[i].Weight = max(t.Boost, lightEvidence) * e.fwd.SentenceIDF(id)
	}
	w.m = e.newMatcher(w.terms)
	w.m.likes.vectors = nil // words that are used alike do not mean the same: car and driver
	return w, nil
}

// takeTitles blanks out the quoted titles of cited articles, each byte for a byte.
func (e *Engine) takeTitles(text string, units []unit) (string, []named) {
	var found []named
	out := []byte(text)
	for _, m := range quotedText.FindAllStringSubmatchIndex(text, -1) {
		quote := trimQuote(text[m[2]:m[3]])
		for _, u := range units {
			if title := trimQuote(e.fwd.Corpus.Articles[u.article].Title); title == quote && title != "" {
				found = append(found, named{clause{m[0], m[1]}, u.article})
				for i := m[0]; i < m[1]; i++ {
					out[i] = ' '
				}
				break
			}
		}
	}
	return string(out), found
}

// supported says which of the units support a written sentence, and what is wrong
// when they do not. One unit must hold all of it, or of each of its clauses:
// facts of two articles in one clause are a fact of none.
func (w *written) supported(units []unit) (by []unit, wrong string) {
	if len(units) == 0 {
		return nil, "it cites nothing"
	}
	whole := clause{0, len(w.text)}
	first := ""
	for _, u := range units {
		if wrong = w.holds(whole, u); wrong == "" {
			return w.beside(units, u), ""
		}
		if first == "" {
			first = wrong
		}
	}
	if len(units) == 1 {
		return nil, first
	}
	// Two clauses on two sources: wherever the second can begin.
	for _, cut := range w.cuts() {
		left, right := clause{0, cut}, clause{cut, len(w.text)}
		for i, a := range units {
			for k, b := range units {
				if i != k && w.holds(left, a) == "" && w.holds(right, b) == "" {
					return []unit{a, b}, ""
				}
			}
		}
	}
	return nil, first
}

// beside keeps, of the units cited with one that holds everything, those that are
// about the same at least.
func (w *written) beside(units []unit, main unit) []unit {
	var out []unit
	for _, u := range units {
		if u == main || w.cover(clause{0, len(w.text)}, u) >= besideCover && w.disputes(u) == "" {
			out = append(out, u)
		}
	}
	return out
}

// disputes says what in a unit speaks against the sentence.
func (w *written) disputes(u unit) string {
	whole := clause{0, len(w.text)}
	if wrong := w.wrongFigure(whole, u, true); wrong != "" {
		return wrong
	}
	return w.wrongDenial(whole, w.core(whole, u))
}

// holds says what of a clause a unit does not hold; nothing when it holds all.
func (w *written) holds(c clause, u unit) string {
	for _, n := range w.named {
		if n.article != u.article && c.has(n.start, n.end) {
			return "it names another article than it cites"
		}
	}
	core := w.core(c, u)
	for _, check := range [...]func() string{
		func() string { return w.instruction(u) },
		func() string { return w.wrongQuotation(c, u) },
		func() string { return w.wrongFigure(c, u, false) },
		func() string { return w.wrongAnchor(c, u) },
		func() string { return w.wrongOrdinal(c, u) },
		func() string { return w.wrongDate(c, u) },
		func() string { return w.wrongName(c, u) },
		func() string { return w.swapped(c, core) },
		func() string { return w.wrongSpeaker(c, u) },
		func() string { return w.wrongRoles(c, u) },
		func() string { return w.wrongOffice(c, u) },
		func() string { return w.wrongDenial(c, core) },
		func() string { return w.wrongDegree(c, u) },
		func() string { return w.wrongDirection(c, u) },
		func() string { return w.wrongCause(c, u) },
		func() string { return w.surer(c, core) },
		func() string { return w.dropped(c, core) },
	} {
		if wrong := check(); wrong != "" {
			return wrong
		}
	}
	least := writtenCover
	if isCopy(w.tokensOf(c), analysis.Tokenize(w.e.fwd.Corpus.SentenceText(core))) {
		least = copyCover // every change counts
	}
	if w.cover(c, u) < least {
		return "the cited sentences do not say this: " + strings.Join(w.missing(c, u), ", ")
	}
	return ""
}

// instruction finds that a cited sentence is no statement but an order to whoever
// reads it.
func (w *written) instruction(u unit) string {
	for s := u.first; s <= u.last; s++ {
		if w.e.isOrder(s) {
			return "the cited sentence is an instruction, not a report"
		}
	}
	return ""
}

// clause is a part of a written sentence, in bytes.
type clause struct{ start, end int }

func (c clause) has(start, end int) bool { return start >= c.start && end <= c.end }

// joints begin a clause that may rest on another source than the one before.
var joints = set("and but while whereas although though however yet")

// minClause is how many content words a clause has at least; a shorter one goes
// with the one before.
const minClause = 3

// cuts are where another statement can begin: at a semicolon or a conjunction, with
// enough words on both sides. What stands between quotation marks is not cut.
func (w *written) cuts() []int {
	var out []int
	toks := w.stmt.tokens
	for i, t := range toks {
		if i == 0 || insideQuotation(w.text, t.Start) || w.contents(0, t.Start) < minClause || w.contents(t.Start, len(w.text)) < minClause {
			continue
		}
		if strings.ContainsAny(w.text[toks[i-1].End:t.Start], ";") || joints[t.Word] {
			out = append(out, t.Start)
		}
	}
	return out
}

// contents counts the content words of a part of the sentence.
func (w *written) contents(start, end int) int {
	n := 0
	for _, t := range w.stmt.tokens {
		if t.Start >= start && t.End <= end && !analysis.IsStop(t.Word) {
			n++
		}
	}
	return n
}

// match is how strongly each term of the written sentence stands in a unit, and
// with the title and the sentences before it.
func (w *written) match(u unit) (own, around sentenceMatch) {
	own, around = make(sentenceMatch, len(w.terms)), make(sentenceMatch, len(w.terms))
	for s := u.first; s <= u.last; s++ {
		raise(own, w.m.sentence(s), 1)
	}
	w.m.add(around, w.e.fwd.Titles[u.article], 1)
	w.m.add(around, w.e.fwd.Publishers[u.article], 1)
	for s := w.before(u); s < u.first; s++ {
		raise(around, w.m.sentence(s), 1)
	}
	return own, around
}

// before is the first of the sentences that may say who a pronoun stands for.
func (w *written) before(u unit) int {
	first, _ := w.e.fwd.Corpus.ArticleSentences(u.article)
	return max(first, u.first-nearBefore)
}

// within reports whether a term stands in a clause. The index folds repeated
// words into one term, at its first place.
func (w *written) within(c clause, t retrieval.Term) bool {
	if c.has(t.Start, t.End) {
		return true
	}
	key := analysis.Stem(t.Word)
	return slices.ContainsFunc(w.stmt.tokens, func(o analysis.Token) bool { return c.has(o.Start, o.End) && analysis.Stem(o.Word) == key })
}

// cover is the share of a clause's weight that a unit holds. Names and figures
// are checked one by one and count here as words do.
func (w *written) cover(c clause, u unit) float64 {
	own, around := w.match(u)
	likened := w.likened(c, u)
	var held, lent, total float64
	for i, t := range w.terms {
		if !w.within(c, t) || t.Number || t.ID != analysis.NoTerm && w.e.fwd.Stop(t.ID) || classOf(t.Word, false)&(isMonth|isWeekday|isNumber|isYear) != 0 {
			continue // figures and dates are checked one by one
		}
		strength := w.strength(i, own, around)
		if own[i] < sameMeaning && w.isName(t) && (w.nameOfArticle(i, u.article) || w.initials(t, u) || w.capitalOf(t, u)) {
			continue // it says whose report it is, or stands there by another name
		}
		if own[i] < sameMeaning && strength < lentWord && (neutralWords[t.Word] || t.Light) {
			continue // it says nothing of its own
		}
		total += t.Weight
		switch {
		case own[i] >= sameMeaning, likened[i]:
			held += t.Weight
		case strength >= lentWord:
			lent += t.Weight
		}
	}
	if total == 0 {
		return 0
	}
	return (held + min(lent, mostLent*total)) / total
}

// usedAlike is the cosine of two verbs' vectors from which one may stand where the
// other does. A judgement: "hinges on" and "depends on" have more, most pairs of
// verbs of one sentence less.
const usedAlike = 0.45

// likened marks the verbs of a clause that stand where the evidence has one that is
// used alike. Of two nouns used alike, a son and a father, that is not enough.
func (w *written) likened(c clause, u unit) map[int]bool {
	out := map[int]bool{}
	lex, vectors := w.e.opts.Lexicon, w.e.opts.Vectors
	if lex == nil || vectors == nil {
		return out
	}
	w.differences(c, w.core(c, u), func(a, b, _, _ []analysis.Token) {
		if len(a) > maxSwap || len(b) > maxSwap {
			return
		}
		for _, x := range a {
			i := slices.IndexFunc(w.terms, func(t retrieval.Term) bool { return t.Start == x.Start })
			row := vectors.Lookup(x.Word)
			if i < 0 || row < 0 || x.Upper || x.Number || directionWords[x.Word] != 0 || !lex.IsVerb(x.Word) {
				continue
			}
			vector := make([]float32, wordvec.Dims)
			vectors.Add(vector, row, 1)
			for _, y := range b {
				other := vectors.Lookup(y.Word)
				if other >= 0 && !y.Upper && lex.IsVerb(y.Word) && vectors.Dot(other, vector) >= usedAlike &&
					!slices.Contains(w.e.oppositesOf(x.Word, analysis.Stem(x.Word)), analysis.Stem(y.Word)) {
					out[i] = true
				}
			}
		}
	})
	return out
}

// neutralWords are those that a writer about articles adds without saying more.
var neutralWords = set(`article articles report reports reported according also additionally moreover meanwhile however though further furthermore both respectively including include includes
	say says said saying state states stated note notes noted tell told describe described explain explained add added mention mentioned remark remarked comment commented statement
	while himself herself itself themselves either neither whose whom which that there here then now so such own made make makes took take taken place get got put out come came due part among
	nearly roughly approximately about around almost currently generally mostly within one others still already moment ago much pm am referred continue continues continuing ongoing remain remains`)

// strength is how strongly a term stands in a unit. A name counts in full where
// the sentences around have it: who is meant has been checked.
func (w *written) strength(i int, own, around sentenceMatch) float32 {
	lent := float32(lentWord)
	if w.terms[i].Upper {
		lent = 1
	}
	return max(own[i], lent*around[i])
}

// missing are the weightiest words of a clause that a unit does not have.
func (w *written) missing(c clause, u unit) []string {
	own, around := w.match(u)
	var out []string
	for i, t := range w.terms {
		if w.within(c, t) && w.strength(i, own, around) < lentWord && len(out) < 6 {
			out = append(out, "“"+t.Word+"”")
		}
	}
	return out
}

// core is the sentence of a unit that holds most of a clause.
func (w *written) core(c clause, u unit) int {
	best, most := u.first, -1.0
	for s := u.first; s <= u.last; s++ {
		held := 0.0
		for i, v := range w.m.sentence(s) {
			if w.within(c, w.terms[i]) {
				held += float64(v) * w.terms[i].Weight
			}
		}
		if held > most {
			best, most = s, held
		}
	}
	return best
}

// body is the text of a unit.
func (w *written) body(u unit) string {
	c := w.e.fwd.Corpus
	return c.Articles[u.article].Body[c.Sentences[u.first].Start:c.Sentences[u.last].End]
}
