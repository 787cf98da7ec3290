package answer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// Verdict is what the articles say about a statement.
type Verdict string

// The verdicts.
const (
	Supported    Verdict = "supported"
	Contradicted Verdict = "contradicted"
	Split        Verdict = "disputed"        // some sentences support it, others contradict it
	NotSaid      Verdict = "not_in_articles" // nothing was found for or against it
	NoStatement  Verdict = "no_statement"    // a question, an order, or too little to look for
)

// Checked is one statement of a text and the sentences for and against it.
type Checked struct {
	Text        string // as it stands in the text
	Verdict     Verdict
	Supports    []int // values of Citation.N
	Contradicts []int
	Nearest     []int // articles, as indices into the corpus, when nothing was found
}

// Check is a text held against the articles.
type Check struct {
	Statements []Checked
	Citations  []Citation // numbered from 1 in order of appearance
	Left       int        // statements that were not looked at, because there were too many
}

// Limits of a check.
const (
	maxStatements = 20 // of one text
	perSide       = 3  // sentences for a statement, and as many against it
	checkedBest   = 40 // sentences that are read for and against a statement, the best first
)

// How much of a statement's weight a sentence must hold. Judgements, held against
// the claims of scifact by TestCheckClaims: what is cited there for or against a
// claim should seldom be for one that the abstracts say nothing about.
const (
	supportCover = 0.72
	contraCover  = 0.6
	sameName     = 0.75 // match from which a word stands for a name: a nationality for its country, no capital for it
	coverSlack   = 0.15 // by which a sentence may stay behind the best one and still count
)

// Check holds every statement of a text against the articles and cites the
// sentences that support or contradict it. It compares words, quantities, dates,
// denials, and where names stand; it does not know what a sentence means. A text
// without a statement is no error.
func (e *Engine) Check(ctx context.Context, text string) (*Check, error) {
	out := &Check{}
	w := newWriter(e.fwd.Corpus, &Answer{})
	text = tidy(text)
	before := ""
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		statement := strings.TrimSpace(text[s.Start:s.End])
		if len(out.Statements) == maxStatements {
			out.Left++
			continue
		}
		got, err := e.checkStatement(ctx, w, statement, before)
		if err != nil {
			return nil, err
		}
		out.Statements = append(out.Statements, got)
		if got.Verdict != NoStatement {
			before = statement
		}
	}
	out.Citations = w.answer.Citations
	return out, nil
}

// testimony is a sentence for or against a statement.
type testimony struct {
	sentence int
	cover    float64
	against  bool
}

// checkStatement checks one sentence; before is the statement ahead of it, at
// which its pronouns may point.
func (e *Engine) checkStatement(ctx context.Context, w *writer, text, before string) (Checked, error) {
	out := Checked{Text: text, Verdict: NoStatement}
	st := newStatement(text)
	if st.content < 2 || strings.HasSuffix(strings.TrimRight(text, "\"'”’) "), "?") || isInstruction(text) || isSmallTalk(text) {
		return out, nil
	}
	u := &understood{text: text, statement: true}
	if before != "" && leansOnContext(st.tokens) {
		u.context, u.boost = []string{before}, dependentBoost
	}
	res, err := e.search.Search(ctx, u.query(Question{}, evidenceHits))
	if err != nil {
		return out, fmt.Errorf("search: %w", err)
	}
	ev := e.gather(u, res)
	written, err := e.read(ctx, text, nil)
	if err != nil {
		return out, err
	}
	var found []testimony
	best := 0.0
	for _, c := range ev.candidates[:min(checkedBest, len(ev.candidates))] {
		if t, ok := e.testify(st, ev, c); ok && (t.against || written.sameRoles(c.sentence, e.article(c))) {
			found = append(found, t)
			best = max(best, t.cover)
		}
	}
	slices.SortStableFunc(found, func(a, b testimony) int {
		return cmp.Or(cmp.Compare(b.cover, a.cover), cmp.Compare(a.sentence, b.sentence))
	})
	side := func(against bool) (numbers []int) {
		for _, t := range found {
			if t.against == against && t.cover >= best-coverSlack && len(numbers) < perSide {
				numbers = append(numbers, w.cite(t.sentence))
			}
		}
		return numbers
	}
	out.Supports = side(false)
	out.Contradicts = side(true)
	switch {
	case len(out.Supports) > 0 && len(out.Contradicts) > 0:
		out.Verdict = Split
	case len(out.Supports) > 0:
		out.Verdict = Supported
	case len(out.Contradicts) > 0:
		out.Verdict = Contradicted
	default:
		out.Verdict = NotSaid
		out.Nearest = e.nearest(res.Hits)
	}
	return out, nil
}

// sameRoles reports whether no name of the statement stands where a sentence has
// another, and nobody else says what is said.
func (w *written) sameRoles(sentence, article int) bool {
	whole := clause{0, len(w.text)}
	return w.swapped(whole, sentence) == "" && w.wrongSpeaker(whole, unit{article, sentence, sentence}) == ""
}

// testify tells whether a sentence is for or against a statement, or neither.
func (e *Engine) testify(st *statementText, ev *evidence, c *candidate) (testimony, bool) {
	toks := e.fwd.Sentence(c.sentence)
	flipped, turned := e.opposites(st, toks)
	cover, names := e.statementCover(ev, c, flipped)
	t := testimony{sentence: c.sentence, cover: cover}
	if !names || cover < contraCover {
		return t, false
	}
	switch e.compareFigures(st, c) {
	case figuresClash:
		t.against = true
		return t, true
	case figuresMissing:
		return t, false
	}
	turned += e.denials(ev.matcher, c.sentence)
	switch {
	case turned%2 != st.denials%2:
		t.against = turned > 0 || cover >= supportCover
		return t, t.against
	case e.otherOwner(st, c):
		return t, false
	}
	return t, cover >= supportCover
}

// statementCover is the share of a statement's weight that a sentence holds, the
// numbers aside, and whether all its names are there. A sentence with none of the
// names, but with the rest, takes them from its title and the sentence before, to
// which it points back. A word whose opposite is there counts as being there.
func (e *Engine) statementCover(ev *evidence, c *candidate, flipped []string) (cover float64, names bool) {
	before := make(sentenceMatch, len(ev.terms))
	if first, _ := e.fwd.Corpus.ArticleSentences(e.article(c)); c.sentence > first {
		raise(before, ev.matcher.sentence(c.sentence-1), 1)
	}
	ev.matcher.add(before, e.fwd.Titles[e.article(c)], 1)
	var own, rest coverage // of the names, and of the other words
	lacking, lent := 0.0, true
	for i, t := range ev.terms {
		if t.Context || t.Number || classOf(t.Word, false)&(isMonth|isWeekday|isNumber) != 0 {
			continue
		}
		m := float64(c.match[i])
		if slices.Contains(flipped, analysis.Stem(t.Word)) {
			m = 1
		} else if t.Upper && m < sameName {
			m = 0
		}
		if !t.Upper || !e.named(t.ID) && t.ID != analysis.NoTerm {
			rest.add(t.Weight, m)
			continue
		}
		own.add(t.Weight, m)
		if m < sameName {
			lacking += t.Weight
			lent = lent && float64(before[i]) >= sameName
		}
	}
	total := own.total + rest.total
	if total == 0 {
		return 0, false
	}
	switch {
	case lacking == 0:
		return (own.held + rest.held) / total, true
	case lent && rest.total > 0 && (lacking == own.total || e.pointsBack(c)):
		return rest.held / rest.total, true
	}
	return 0, false
}

// pointsBack reports whether a sentence opens with a pronoun for somebody.
func (e *Engine) pointsBack(c *candidate) bool {
	toks := e.fwd.Sentence(c.sentence)
	return slices.ContainsFunc(toks[:min(2, len(toks))], func(t analysis.Tok) bool { return persons[e.wordOf(t)] })
}

var persons = set("he him his she her they them their")

// coverage sums up how much of a weight is there.
type coverage struct{ held, total float64 }

func (c *coverage) add(weight, match float64) {
	c.held += weight * match
	c.total += weight
}
