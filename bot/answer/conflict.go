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

// Limits of the search for conflicts, as shares of what the best sentence has.
const (
	conflictCoverage = 0.6  // of its coverage with surroundings
	conflictShare    = 0.02 // of its likelihood, exp(score − best)
	laterCoverage    = 0.5  // of the coverage of what a later report goes beyond
	maxSides         = 4
)

// Wordings of the same quotation share at least this much of their words and at
// most this much (Jaccard).
const (
	sameQuotation = 0.35
	oneQuotation  = 0.9
)

// dispute is a matter on which sentences differ.
type dispute struct {
	about string
	sides []*candidate
	dated bool // say when each side was reported
}

// disputes looks for accounts that differ on what the question asks.
func (e *Engine) disputes(ev *evidence) []dispute {
	rivals := e.rivals(ev)
	var d *dispute
	switch ev.kind {
	case Duration, Count, Money:
		d = e.quantities(ev, rivals)
	case Quotation:
		d = e.wordings(rivals)
	case Person:
		d = e.relations(ev, rivals)
	}
	if d == nil && ev.kind == YesNo {
		if d = e.superseded(ev, rivals); d == nil {
			d = e.opposed(ev)
		}
	}
	if d == nil {
		return nil
	}
	return []dispute{*d}
}

// rivals are the sentences good enough to be the other side.
func (e *Engine) rivals(ev *evidence) []*candidate {
	best := ev.candidates[0]
	var out []*candidate
	for _, c := range ev.candidates {
		if math.Exp(c.score-best.score) < conflictShare {
			break
		}
		if c.features[fSurroundings] >= conflictCoverage*best.features[fSurroundings] {
			out = append(out, c)
		}
	}
	return out
}

func (e *Engine) article(c *candidate) int { return e.fwd.Corpus.Sentences[c.sentence].Article }

func (e *Engine) text(c *candidate) string { return e.fwd.Corpus.SentenceText(c.sentence) }

// quantities finds articles whose value of the kind asked for differs.
func (e *Engine) quantities(ev *evidence, rivals []*candidate) *dispute {
	type stated struct {
		c *candidate
		v value
	}
	var sides []stated
	for _, c := range rivals {
		v, ok := e.asked(ev, c)
		if ok && ev.kind == Duration && len(sides) > 0 && !ev.about(e.fwd.Sentence(c.sentence), v.at) {
			continue
		}
		if !ok || slices.ContainsFunc(sides, func(s stated) bool { return e.article(s.c) == e.article(c) }) {
			continue
		}
		if len(sides) == 0 || v.differs(sides[0].v) && !slices.ContainsFunc(sides[1:], func(s stated) bool { return !v.differs(s.v) }) {
			sides = append(sides, stated{c, v})
		}
		if len(sides) == maxSides {
			break
		}
	}
	if len(sides) < 2 {
		return nil
	}
	d := &dispute{about: "The reports give different " + ev.kind.plural()}
	for _, s := range sides {
		d.sides = append(d.sides, s.c)
	}
	return d
}

// asked returns the value in a sentence that fits the kind of the question and
// that the question does not name, the nearest to the words asked about.
func (e *Engine) asked(ev *evidence, c *candidate) (value, bool) {
	toks := e.fwd.Sentence(c.sentence)
	vs := values(e.text(c), toks, func(t analysis.Tok) string { return e.fwd.Words[t.Word].Text })
	best, found := value{}, false
	bestGap := math.MaxInt
	for _, v := range vs {
		if !ev.kind.fits(v) || slices.ContainsFunc(ev.terms, func(q retrieval.Term) bool { return q.ID == toks[v.at].Term }) {
			continue
		}
		gap := len(toks)
		for i, t := range toks {
			if !t.Stop && slices.ContainsFunc(ev.terms, func(q retrieval.Term) bool { return q.ID == t.Term }) {
				gap = min(gap, abs(i-v.at))
			}
		}
		if gap < bestGap {
			best, found, bestGap = v, true, gap
		}
	}
	return best, found
}

func abs(n int) int { return max(n, -n) }

// fits reports whether a value is of the kind asked for.
func (k Kind) fits(v value) bool {
	switch k {
	case Duration:
		return v.unit == "s" && !v.relative
	case Money:
		return v.unit == "$" || v.unit == "€" || v.unit == "£" || v.unit == "¥"
	case Count:
		return v.unit != "s" && v.unit != "h:m" && (v.amount < 1900 || v.amount > 2100)
	}
	return false
}

func (k Kind) plural() string {
	switch k {
	case Duration:
		return "durations"
	case Money:
		return "sums"
	}
	return "figures"
}

// wordings finds two articles that quote the same words differently.
func (e *Engine) wordings(rivals []*candidate) *dispute {
	for i, a := range rivals {
		for _, b := range rivals[i+1:] {
			if e.article(a) == e.article(b) {
				continue
			}
			if s := e.quoteOverlap(a, b); s >= sameQuotation && s < oneQuotation {
				return &dispute{about: "The reports word it differently", sides: []*candidate{a, b}}
			}
		}
	}
	return nil
}

// quoteOverlap is the Jaccard overlap of what two sentences quote, function
// words included.
func (e *Engine) quoteOverlap(a, b *candidate) float64 {
	qa, qb := e.quoted(a), e.quoted(b)
	if len(qa) < 3 || len(qb) < 3 {
		return 0
	}
	both := 0
	for t := range qa {
		if qb[t] {
			both++
		}
	}
	return float64(both) / float64(len(qa)+len(qb)-both)
}

func (e *Engine) quoted(c *candidate) map[analysis.TermID]bool {
	text := e.text(c)
	m := map[analysis.TermID]bool{}
	for _, t := range e.fwd.Sentence(c.sentence) {
		if insideQuotation(text, int(t.Start)) {
			m[t.Term] = true
		}
	}
	return m
}

// insideQuotation reports whether a byte offset lies between quotation marks.
func insideQuotation(s string, at int) bool {
	if i := strings.LastIndexAny(s[:at], "“”"); i >= 0 {
		return strings.HasPrefix(s[i:], "“")
	}
	return strings.Count(s[:at], `"`)%2 == 1
}

// perishable words mark a statement that a later report can overtake.
var perishable = set("yet still currently so-far expected awaiting pending")

// superseded finds a statement of the kind "not yet" and what a later article says.
func (e *Engine) superseded(ev *evidence, rivals []*candidate) *dispute {
	for _, a := range rivals[:min(2, len(rivals))] {
		if !e.provisional(a) {
			continue
		}
		date := e.date(a)
		if date == 0 {
			continue
		}
		d := &dispute{about: "A later report goes further", sides: []*candidate{a}, dated: true}
		for _, b := range ev.candidates {
			if e.date(b) <= date || b.features[fSurroundings] < laterCoverage*a.features[fSurroundings] ||
				slices.ContainsFunc(d.sides, func(s *candidate) bool { return e.article(s) == e.article(b) }) {
				continue
			}
			// A later report's news is in its first sentence.
			if i := slices.IndexFunc(ev.candidates, func(c *candidate) bool { return e.article(c) == e.article(b) && e.leads(c) }); i >= 0 && ev.candidates[i] != b {
				d.sides = append(d.sides, ev.candidates[i])
			}
			if d.sides = append(d.sides, b); len(d.sides) >= maxSides {
				break
			}
		}
		if len(d.sides) > 1 {
			slices.SortStableFunc(d.sides[1:], func(a, b *candidate) int { return cmp.Compare(e.date(a), e.date(b)) })
			return d
		}
	}
	return nil
}

// leads reports whether a sentence is the first of its article.
func (e *Engine) leads(c *candidate) bool {
	first, end := e.fwd.Corpus.ArticleSentences(e.article(c))
	for first < end && e.fwd.Corpus.Sentences[first].Heading {
		first++
	}
	return c.sentence == first
}

// date is the day of a sentence's article, as a day number; 0 when unknown.
func (e *Engine) date(c *candidate) int64 {
	d := e.fwd.Corpus.Articles[e.article(c)].Date()
	if d.IsZero() {
		return 0
	}
	return d.Unix() / 86400
}

// provisional reports whether a sentence says that something has not happened yet.
func (e *Engine) provisional(c *candidate) bool {
	var negated, open bool
	for _, t := range e.fwd.Sentence(c.sentence) {
		negated = negated || e.classes[t.Word]&isNegation != 0
		open = open || perishable[e.fwd.Words[t.Word].Text]
	}
	return negated && open
}

// opposed finds a sentence that denies what another one says of the same thing:
// both hold the question's rarest name, one with a word of denial.
func (e *Engine) opposed(ev *evidence) *dispute {
	topic := e.topic(ev)
	if topic < 0 || ev.negated {
		return nil
	}
	var yes []*candidate
	var no *candidate
	for _, c := range ev.candidates {
		denies := e.denies(c)
		if denies && no == nil && c.match[topic] < 0.9 && ev.holdsName(c.match) && c.features[fWindow] >= deniedNear {
			no = c // of another name of the question, with what it asks beside it
			continue
		}
		if c.match[topic] < 0.9 || c.features[fCoverage] < 0.2 {
			continue
		}
		switch {
		case denies:
			if no == nil {
				no = c
			}
		case len(yes) < maxSides-1 && !slices.ContainsFunc(yes, func(y *candidate) bool { return e.article(y) == e.article(c) }):
			yes = append(yes, c)
		}
	}
	if no == nil {
		return nil
	}
	if said := e.denied(ev, no); said != nil {
		yes = slices.DeleteFunc(yes, func(y *candidate) bool { return y == said || e.article(y) == e.article(said) })
		yes = append(yes, said)
	}
	if len(yes) == 0 || e.same(yes[0], no) {
		return nil
	}
	return &dispute{about: "This is disputed", sides: append(yes, no)}
}

// deniedNear is the coverage that a denial and the sentences beside it have at
// least, where it does not hold the weightiest name of the question. A judgement.
const deniedNear = 0.4

// holdsName reports whether a match has a name of the question.
func (ev *evidence) holdsName(m sentenceMatch) bool {
	for i, t := range ev.terms {
		if t.Upper && !t.Context && m[i] >= wholeMatch {
			return true
		}
	}
	return false
}

// denied returns the sentence that another one denies with a pronoun: the one
// before "… disputed this".
func (e *Engine) denied(ev *evidence, no *candidate) *candidate {
	toks := e.fwd.Sentence(no.sentence)
	for i, t := range toks[:max(0, len(toks)-1)] {
		if e.classes[t.Word]&isDispute == 0 || !demonstrative[e.wordOf(toks[i+1])] {
			continue
		}
		for _, c := range ev.candidates {
			if c.sentence == no.sentence-1 && e.article(c) == e.article(no) {
				return c
			}
		}
	}
	return nil
}

// demonstrative words point at what was just said.
var demonstrative = set("this it these those")

// topic is the weightiest query term that is a name or number, or -1.
func (e *Engine) topic(ev *evidence) int {
	best := -1
	for i, t := range ev.terms {
		if (t.Upper || t.Number || e.named(t.ID)) && !t.Context && (best < 0 || t.Weight > ev.terms[best].Weight) {
			best = i
		}
	}
	return best
}

// named reports whether a term is mostly written with a capital in the corpus.
func (e *Engine) named(t analysis.TermID) bool {
	return t != analysis.NoTerm && e.names[t]
}

func (e *Engine) denies(c *candidate) bool {
	toks := e.fwd.Sentence(c.sentence)
	for i, t := range toks {
		if e.classes[t.Word]&isDispute != 0 && (i == 0 || !determiners[e.wordOf(toks[i-1])]) { // "the disputed border" disputes nothing
			return true
		}
	}
	return false
}

// dateLabel is how a report's day is written beside its name.
func dateLabel(a *corpus.Article) string {
	if a.Date().IsZero() {
		return ""
	}
	return " (" + a.Date().Format("2 January 2006") + ")"
}
