package answer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/retrieval/analysis"
)

// wrongFigure finds a quantity that the cited sentences do not state. With
// against, it finds only one of which they state another.
func (w *written) wrongFigure(c clause, u unit, against bool) string {
	var stated []amount
	for s := u.first; s <= u.last; s++ {
		text, toks := w.e.fwd.Corpus.SentenceText(s), w.e.fwd.Sentence(s)
		for _, a := range readFigures(text, toks, w.e.wordOf).amounts {
			stated = append(stated, afternoon(a, toks, w.e.wordOf))
		}
	}
	if !against {
		stated = append(stated, w.titleFigures(u.article)...)
	}
	for _, a := range w.stmt.figures.amounts {
		t := w.stmt.toks[a.at]
		if !c.has(int(t.Start), int(t.End)) || w.stmt.word(t) == "one" && a.unit == "" {
			continue
		}
		a = afternoon(a, w.stmt.toks, w.stmt.word)
		rival, found, elsewhere := "", false, false
		for _, o := range stated {
			switch {
			case a.states(o) && a.comparable(o):
				found = true
			case a.states(o):
				elsewhere = true // of something else, or of the same by another name
			case a.comparable(o):
				rival = "another figure"
			}
		}
		if found || elsewhere && rival == "" && (against || w.counted(a, u)) || against && rival == "" {
			continue
		}
		said := "“" + w.text[t.Start:t.End] + "”"
		if against && rival == "" {
			continue
		}
		if rival != "" {
			return "the cited sentences state " + rival + " than " + said
		}
		return "the cited sentences do not state the figure " + said
	}
	return ""
}

// isFraction reports whether a share is one that words say: a fifth.
func isFraction(percent float64) bool {
	for _, f := range fractions {
		if f == percent {
			return true
		}
	}
	return false
}

// sameUnit is how like another word must be to be the unit of a figure: feet are
// like metres, and are none.
const sameUnit = 0.7

// afternoon adds twelve hours to a time before "p.m.".
func afternoon(a amount, toks []analysis.Tok, word func(analysis.Tok) string) amount {
	if a.unit == "h:m" && a.amount < 12 && a.at+1 < len(toks) && word(toks[a.at+1]) == "pm" {
		a.amount += 12
	}
	return a
}

// wrongAnchor finds a figure that stands beside a word in the sentence to which its
// evidence gives another figure of the same unit.
func (w *written) wrongAnchor(c clause, u unit) string {
	for _, a := range w.stmt.figures.amounts {
		t := w.stmt.toks[a.at]
		if !isMeasure(a.unit) || !c.has(int(t.Start), int(t.End)) {
			continue
		}
		for _, anchor := range w.anchors(a) {
			for s := u.first; s <= u.last; s++ {
				if w.otherNearer(s, a, anchor) {
					return "in the cited sentences another figure goes with “" + anchor + "”, not “" + w.text[t.Start:t.End] + "”"
				}
			}
		}
	}
	return ""
}

// anchors are the stems of the content words right before and right behind a figure.
func (w *written) anchors(a amount) []string {
	var out []string
	take := func(from, step int) {
		for j, n := from, 0; j >= 0 && j < len(w.stmt.toks) && n < anchorReach; j, n = j+step, n+1 {
			t := w.stmt.toks[j]
			word := w.stmt.word(t)
			if t.Number || t.Upper || classOf(word, false)&(isMagnitude|isCurrency|isPercent|isTimeUnit|isNumber) != 0 {
				continue
			}
			if !t.Stop && !neutralWords[word] {
				out = append(out, analysis.Stem(word))
				return
			}
		}
	}
	take(a.at-1, -1)
	take(a.at+1, 1)
	return out
}

// anchorReach is how many words from a figure a word stands that goes with it.
const anchorReach = 4

// otherNearer reports whether, in a sentence, another figure of the same unit is
// nearer to a word than the figure itself.
func (w *written) otherNearer(sentence int, a amount, anchor string) bool {
	toks := w.e.fwd.Sentence(sentence)
	var own, others []int
	for _, o := range readFigures(w.e.fwd.Corpus.SentenceText(sentence), toks, w.e.wordOf).amounts {
		switch {
		case o.unit != a.unit:
		case a.states(o):
			own = append(own, o.at)
		default:
			others = append(others, o.at)
		}
	}
	if len(own) == 0 || len(others) == 0 {
		return false
	}
	for i, t := range toks {
		if w.e.fwd.Terms[t.Term] != anchor {
			continue
		}
		near := func(at []int) int {
			best := len(toks)
			for _, p := range at {
				best = min(best, abs(p-i))
			}
			return best
		}
		if near(own) <= near(others) {
			return false
		}
	}
	return slices.ContainsFunc(toks, func(t analysis.Tok) bool { return w.e.fwd.Terms[t.Term] == anchor })
}

// counted reports whether the thing that a figure of the sentence counts stands
// in a unit.
func (w *written) counted(a amount, u unit) bool {
	t := w.stmt.toks[a.at]
	score := strings.HasPrefix(w.text[t.End:], "-") || strings.HasSuffix(w.text[:t.Start], "-") || strings.HasPrefix(w.text[t.End:], "–") || strings.HasSuffix(w.text[:t.Start], "–")
	if isMeasure(a.unit) || len(a.counts) == 0 || score {
		return true
	}
	own, around := w.match(u)
	for i, t := range w.terms {
		if slices.Contains(a.counts, analysis.Stem(t.Word)) && w.strength(i, own, around) >= sameUnit {
			return true
		}
	}
	return false
}

// titleFigures are the quantities of an article's title.
func (w *written) titleFigures(article int) []amount {
	title := newStatement(w.e.fwd.Corpus.Articles[article].Title)
	return title.figures.amounts
}

// states reports whether evidence with a quantity says this one: the same value
// of the same unit, and no surer. "Over 100,000" is not "100,000", "nearly five"
// may be "about five".
func (a amount) states(o amount) bool {
	if isMeasure(a.unit) || isMeasure(o.unit) {
		if a.unit != o.unit {
			return false
		}
	}
	low, high := o.amount/same, o.amount*same
	if a.unit == "h:m" {
		low, high = o.amount-sameClock, o.amount+sameClock
	}
	if a.amount < low || a.amount > high {
		return false
	}
	if a.relative || o.unit == "%" && isFraction(o.amount) {
		return true // "more than two years ago", "control over a fifth"
	}
	switch o.bound {
	case moreThan, lessThan:
		return a.bound == o.bound
	case about:
		return a.bound == about || a.bound == exactly
	}
	return a.bound == exactly || a.bound == about
}

// wrongDate finds a day, month, year or weekday that neither the cited sentences
// have nor the ones before nor what is known of the article's date.
func (w *written) wrongDate(c clause, u unit) string {
	article := &w.e.fwd.Corpus.Articles[u.article]
	known := w.datesOf(u)
	for _, day := range [...]time.Time{article.Published, article.Event} {
		if !day.IsZero() {
			known.add(day)
		}
	}
	for i, t := range w.stmt.toks {
		if !c.has(int(t.Start), int(t.End)) {
			continue
		}
		word := w.stmt.word(t)
		class := classOf(word, false)
		if _, err := strconv.Atoi(word); err != nil {
			class &^= isYear
		}
		ok := true
		switch {
		case class&isYear != 0 && !w.quantified(i):
			ok = known.words[word]
		case class&isWeekday != 0, class&isMonth != 0 && len(word) >= 3 && (word != "may" && word != "march" || t.Upper && i > 0):
			ok = known.words[word[:3]]
		}
		if !ok {
			return "the cited sentences do not have the date “" + w.text[t.Start:t.End] + "”"
		}
	}
	for _, d := range w.stmt.figures.days {
		if !c.hasDay(w, d) {
			continue
		}
		if !slices.ContainsFunc(known.days, d.is) {
			return "the cited sentences do not have the date " + strconv.Itoa(d.day) + " " + d.month
		}
	}
	return ""
}

// hasDay reports whether a day of the sentence is named in a clause.
func (c clause) hasDay(w *written, d day) bool {
	return slices.ContainsFunc(w.stmt.toks, func(t analysis.Tok) bool {
		return c.has(int(t.Start), int(t.End)) && strings.HasPrefix(w.stmt.word(t), d.month)
	})
}

// quantified reports whether a number that could be a year counts something.
func (w *written) quantified(at int) bool {
	return slices.ContainsFunc(w.stmt.figures.amounts, func(a amount) bool { return a.at == at })
}

// dates are what a text says of time.
type dates struct {
	words map[string]bool // years, and months and weekdays by three letters
	days  []day
}

func (d *dates) add(t time.Time) {
	d.words[strconv.Itoa(t.Year())] = true
	d.words[strings.ToLower(t.Month().String()[:3])] = true
	d.words[strings.ToLower(t.Weekday().String()[:3])] = true
	d.days = append(d.days, day{month: strings.ToLower(t.Month().String()[:3]), day: t.Day(), year: t.Year()})
}

// datesOf are those of the cited sentences. Where they have none of their own,
// the title and the sentences before lend theirs.
func (w *written) datesOf(u unit) dates {
	d := dates{words: map[string]bool{}}
	for s := u.first; s <= u.last; s++ {
		w.readDates(&d, w.e.fwd.Corpus.SentenceText(s), w.e.fwd.Sentence(s), w.e.wordOf)
	}
	if len(d.words) > 0 {
		return d
	}
	for s := w.before(u); s < u.first; s++ {
		w.readDates(&d, w.e.fwd.Corpus.SentenceText(s), w.e.fwd.Sentence(s), w.e.wordOf)
	}
	title := newStatement(w.e.fwd.Corpus.Articles[u.article].Title)
	w.readDates(&d, title.text, title.toks, title.word)
	return d
}

func (w *written) readDates(d *dates, text string, toks []analysis.Tok, word func(analysis.Tok) string) {
	for _, t := range toks {
		switch x := word(t); {
		case classOf(x, false)&isYear != 0:
			d.words[x] = true
		case classOf(x, false)&(isMonth|isWeekday) != 0 && len(x) >= 3:
			d.words[x[:3]] = true
		}
	}
	d.days = append(d.days, readFigures(text, toks, word).days...)
}

// denials of a sentence as a whole, whatever they deny.
var denialWords = set("not never no nor neither none nobody nothing cannot can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't couldn't wouldn't shouldn't")

// attributiveWords are the stems of verbs by which a report leaves a statement to
// somebody else.
var attributiveWords = stems(`say says said saying state stated states tell told tells claim claimed claims insist insisted insists argue argued argues allege alleged alleges
	suggest suggested suggests accuse accused accuses describe described describes call called calls warn warned warns declare declared declares report reported reports
	believe believed believes think thinks thought deny denied denies remark remarked remarks assert asserted asserts maintain maintained maintains contend contended contends`)

// behindVerb reports whether a word stands in a sentence behind a verb that leaves
// it to somebody, and is another than that.
func (w *written) behindVerb(core int, stem string) bool {
	toks := w.e.fwd.Sentence(core)
	for i, t := range toks {
		if !attributiveWords[w.e.fwd.Terms[t.Term]] {
			continue
		}
		if w.e.fwd.Terms[t.Term] == stem {
			return false
		}
		for _, o := range toks[i+1:] {
			if w.e.fwd.Terms[o.Term] == stem {
				return true
			}
		}
	}
	return false
}

// nounOrVerb are forms that are nouns more often than verbs.
var nounOrVerb = set("state report claim call describe states reports claims calls")

// regardWords are further verbs by which a sentence leaves something to somebody.
var regardWords = stems("refer refers referred regard regarded consider considered view viewed dub dubbed label labelled labeled brand branded deem deemed clear liken likened expect expected")

// leftTo finds that the sentence states by itself what its evidence leaves to
// somebody: "the union said that …", "…, the union said".
func (w *written) leftTo(c clause, core int) string {
	if len(speakers(w.text, w.tokensOf(c), speaks, w.nameToken)) > 0 {
		return ""
	}
	for _, t := range w.tokensOf(c) {
		stem := analysis.Stem(t.Word)
		if w.behindVerb(core, stem) {
			continue // it is part of what is said
		}
		if t.Word == "according" || t.Word == "reportedly" || t.Word == "allegedly" || reportingWords[stem] || attributiveWords[stem] || regardWords[stem] {
			return "" // it says that somebody says so
		}
	}
	text := w.e.fwd.Corpus.SentenceText(core)
	toks := w.e.fwd.Sentence(core)
	shared := func(from, to int) int {
		n := 0
		for _, t := range toks[from:to] {
			n += boolToInt(!t.Stop && !t.Upper && w.stmt.stems[w.e.fwd.Terms[t.Term]])
		}
		return n
	}
	for i, t := range toks {
		if !attributiveWords[w.e.fwd.Terms[t.Term]] || t.Upper && i > 0 || insideQuotation(text, int(t.Start)) {
			continue
		}
		word := w.e.wordOf(t)
		if i > 0 && (genitive(text, toks[i-1]) || nounBefore[w.e.wordOf(toks[i-1])] || beingWords[w.e.wordOf(toks[i-1])]) || nounOrVerb[word] {
			continue // "the company's reported income", "are called pups", "a bad state"
		}
		end := i + 1
		for end < min(len(toks), i+1+leftWords) && !strings.ContainsAny(text[toks[end-1].End:toks[end].Start], ";") && !turns[w.e.wordOf(toks[end])] {
			end++
		}
		behind := len(toks)-i <= closing && i > closing // "…, she said."
		if shared(i+1, end) >= enoughShared || behind && shared(0, i) >= enoughShared {
			return "the cited sentence does not state this by itself: say who says so (“" + word + "”)"
		}
	}
	return ""
}

const (
	enoughShared = 2  // content words that the sentence has of what is left to somebody
	leftWords    = 14 // words after such a verb that are left to somebody
	closing      = 5  // words from the end in which such a verb closes a sentence
)

// hedged is how many content words after such a word it makes uncertain.
const hedged = 2

// The classes of what is less than a fact. A statement that has a word of one of
// them may only be told with one of the same class, or of one that is as weak.
var (
	possibleWords = set("may might could can cannot able possible possibly potential potentially perhaps maybe likely unlikely probably apparently seemingly appears appeared seems considering considers considered reportedly allegedly suggests suggested")
	futureWords   = set("will would shall should going plan plans planned planning announcement announced decision decided expected expects intend intends intended aims aim promised promises vowed vows pledged proposed proposes scheduled upcoming ahead threatened threatens threaten if unless")
	wishedWords   = set("hope hopes hoped wants want wanted seek seeks sought seeking urge urges urged urging called calls demanded demands demand offered offers floated feared fears fear tried try tries trying attempted attempts attempt speculation speculate whether if unless proposed proposes proposal pushing push efforts effort")
)

// surer finds that the sentence states as a fact what its evidence only calls
// possible, planned, wished for, or leaves to somebody.
func (w *written) surer(c clause, core int) string {
	if len(w.named) == 0 {
		if wrong := w.leftTo(c, core); wrong != "" {
			return wrong
		}
	}
	mine := w.tokensOf(c)
	has := func(classes ...map[string]bool) bool {
		return slices.ContainsFunc(mine, func(t analysis.Token) bool {
			return slices.ContainsFunc(classes, func(class map[string]bool) bool { return class[t.Word] })
		})
	}
	text := w.e.fwd.Corpus.SentenceText(core)
	toks := w.e.fwd.Sentence(core)
	for i, t := range toks {
		word := w.e.wordOf(t)
		if t.Upper && i > 0 {
			continue
		}
		weak := false
		switch {
		case possibleWords[word]:
			weak = has(possibleWords, wishedWords)
		case futureWords[word]:
			weak = has(futureWords, possibleWords, wishedWords)
		case wishedWords[word] && i+1 < len(toks) && w.e.wordOf(toks[i+1]) == "to":
			weak = has(wishedWords, futureWords, possibleWords)
		default:
			continue
		}
		if !weak && w.governs(text, toks, i) {
			return "the cited sentence does not state this as a fact: it has “" + word + "”"
		}
	}
	return ""
}

// governs reports whether the sentence has one of the content words that come
// next after a word of its evidence, in its clause.
func (w *written) governs(text string, toks []analysis.Tok, at int) bool {
	content := 0
	for j := at + 1; j < len(toks) && content < hedged; j++ {
		if strings.ContainsAny(text[toks[j-1].End:toks[j].Start], ",;:—–“”\"()") || turns[w.e.wordOf(toks[j])] {
			return false
		}
		if toks[j].Stop || toks[j].Upper || toks[j].Number {
			continue
		}
		content++
		if w.stmt.stems[w.e.fwd.Terms[toks[j].Term]] {
			return true
		}
	}
	return false
}
