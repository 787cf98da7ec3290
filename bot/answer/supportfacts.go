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
		stated = append(stated, readFigures(w.e.fwd.Corpus.SentenceText(s), w.e.fwd.Sentence(s), w.e.wordOf).amounts...)
	}
	if !against {
		stated = append(stated, w.titleFigures(u.article)...)
	}
	for _, a := range w.stmt.figures.amounts {
		t := w.stmt.toks[a.at]
		if !c.has(int(t.Start), int(t.End)) || w.stmt.word(t) == "one" && a.unit == "" {
			continue
		}
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
		if rival != "" {
			return "the cited sentences state " + rival + " than " + said
		}
		return "the cited sentences do not state the figure " + said
	}
	return ""
}

// counted reports whether the thing that a figure of the sentence counts stands
// in a unit.
func (w *written) counted(a amount, u unit) bool {
	if isMeasure(a.unit) || len(a.counts) == 0 {
		return true
	}
	own, around := w.match(u)
	for i, t := range w.terms {
		if slices.Contains(a.counts, analysis.Stem(t.Word)) && w.strength(i, own, around) >= lentWord {
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

// wrongDenial finds that the sentence denies what its evidence says, or the other
// way about: one word of denial, or one opposite, more or less.
func (w *written) wrongDenial(c clause, core int) string {
	st := newStatement(w.text[c.start:c.end])
	_, turned := w.e.opposites(st, w.e.fwd.Sentence(core))
	turned += w.e.denials(w.m, core)
	if turned%2 != st.denials%2 || w.denies(c) && turned == 0 && !w.e.deniesAnything(core) {
		return "the cited sentence says the opposite, or does not deny it"
	}
	return ""
}

// denials of a sentence as a whole, whatever they deny.
var denialWords = set("not never no nor neither none nobody nothing cannot can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't couldn't wouldn't shouldn't")

func (w *written) denies(c clause) bool {
	return slices.ContainsFunc(w.stmt.tokens, func(t analysis.Token) bool { return c.has(t.Start, t.End) && denialWords[t.Word] })
}

// deniesAnything reports whether a sentence has any word of denial.
func (e *Engine) deniesAnything(sentence int) bool {
	return slices.ContainsFunc(e.fwd.Sentence(sentence), func(t analysis.Tok) bool { return classOf(e.wordOf(t), false)&isNegation != 0 })
}

// Words that make a statement less than a fact: what may be, is planned, or only
// said to be so.
var hedges = set(`may might could would should will shall can possible possibly potential potentially perhaps maybe likely unlikely probably
	proposed propose proposes proposal plan plans planned planning expected expects intend intends intended aims aim hopes hope hoped wants want wanted seek seeks sought
	if unless whether reportedly allegedly alleged alleges claim claims claimed claiming suggest suggests suggested rumored rumoured supposedly apparently
	considering considers considered threatened threatens threaten promised promises vowed vows pledged offered offers floated warned warns urged urges called demanded demands
	according accused accuses accuse believes believed thinks thought seemingly appears appeared seems`)

// attributiveWords are the stems of verbs by which a report leaves a statement to
// somebody else.
var attributiveWords = stems(`say says said saying state stated states tell told tells claim claimed claims insist insisted insists argue argued argues allege alleged alleges
	suggest suggested suggests accuse accused accuses describe described describes call called calls warn warned warns declare declared declares report reported reports
	believe believed believes think thinks thought deny denied denies remark remarked remarks assert asserted asserts maintain maintained maintains contend contended contends`)

// leftTo finds that the sentence states by itself what its evidence leaves to
// somebody: "the union said that …", "…, the union said".
func (w *written) leftTo(core int) string {
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
		end := i + 1
		for end < len(toks) && !strings.ContainsAny(text[toks[end-1].End:toks[end].Start], ";") {
			end++
		}
		behind := len(toks)-i <= closing && i > closing // "…, she said."
		if shared(i+1, end) >= enoughShared || behind && shared(0, i) >= enoughShared {
			return "the cited sentence does not state this by itself: say who says so (“" + w.e.wordOf(t) + "”)"
		}
	}
	return ""
}

const (
	enoughShared = 2 // content words that the sentence has of what is left to somebody
	closing      = 5 // words from the end in which such a verb closes a sentence
)

// hedged is how many content words after such a word it makes uncertain.
const hedged = 2

// surer finds that the sentence states as a fact what its evidence only calls
// possible, planned or claimed.
func (w *written) surer(c clause, core int) string {
	for _, t := range w.stmt.tokens {
		if c.has(t.Start, t.End) && (hedges[t.Word] || reportingWords[analysis.Stem(t.Word)] || attributiveWords[analysis.Stem(t.Word)]) {
			return ""
		}
	}
	if len(w.named) == 0 {
		if wrong := w.leftTo(core); wrong != "" {
			return wrong
		}
	}
	text := w.e.fwd.Corpus.SentenceText(core)
	toks := w.e.fwd.Sentence(core)
	for i, t := range toks {
		word := w.e.wordOf(t)
		if !hedges[word] || t.Upper && i > 0 || insideQuotation(text, int(t.Start)) {
			continue
		}
		content := 0
		for j := i + 1; j < len(toks) && content < hedged; j++ {
			if strings.ContainsAny(text[toks[j-1].End:toks[j].Start], ",;:—–“”\"()") || turns[w.e.wordOf(toks[j])] {
				break
			}
			if toks[j].Stop {
				continue
			}
			content++
			if w.stmt.stems[w.e.fwd.Terms[toks[j].Term]] && !toks[j].Upper && !toks[j].Number {
				return "the cited sentence does not state this as a fact: it has “" + word + "”"
			}
		}
	}
	return ""
}
