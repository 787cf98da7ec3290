package answer

import (
	"slices"
	"strconv"
	"strings"

	"parley/retrieval/analysis"
)

// figures are the quantities and days that a sentence states.
type figures struct {
	amounts []amount
	days    []day
	weekday []string
}

// amount is a quantity with how sure the sentence is of it and what it counts.
type amount struct {
	value
	bound  bound
	counts []string // stems of the words after the number, for a count of things
}

// bound says how a quantity is meant.
type bound int

const (
	exactly bound = iota
	about
	moreThan
	lessThan
)

// day is a day of a month; year is 0 where none is stated.
type day struct {
	month     string // its first three letters
	day, year int
}

// Words before a number that say how it is meant.
var (
	circaWords = set("about around roughly approximately nearly almost some circa")
	moreWords  = set("more over least exceeding above beyond")
	lessWords  = set("less under fewer below most")
)

// How far quantities may lie apart and still be the same, as ratios: those stated
// as they are, and those stated roughly. "More than four" is not said of what is
// more than wide times four, nor "less than". Judgements.
const (
	same  = 1.005
	rough = 1.1
	wide  = 2.0
)

// The same for times of day, in hours.
const (
	sameClock  = 0.02
	roughClock = 0.5
)

// readFigures finds what a sentence states in numbers.
func readFigures(text string, toks []analysis.Tok, word func(analysis.Tok) string) figures {
	var f figures
	dated := make([]bool, len(toks))
	for i, t := range toks {
		c := classOf(word(t), false)
		switch {
		case c&isWeekday != 0:
			f.weekday = append(f.weekday, word(t))
		case c&isMonth != 0 && len(word(t)) >= 3:
			if d, ok := readDay(toks, i, word, dated); ok {
				f.days = append(f.days, d)
			}
		}
	}
	for _, v := range values(text, toks, word) {
		c := classOf(word(toks[v.at]), false)
		t := toks[v.at]
		if dated[v.at] || c&isYear != 0 && !strings.Contains(text[t.Start:t.End], ",") { // 1,200 is no year
			continue
		}
		f.amounts = append(f.amounts, readAmount(v, toks, word))
	}
	return f
}

// readDay reads "December 2, 2025" or "2 December 2025" around a month.
func readDay(toks []analysis.Tok, at int, word func(analysis.Tok) string, dated []bool) (day, bool) {
	number := func(i int) int {
		if i < 0 || i >= len(toks) {
			return 0
		}
		n, err := strconv.Atoi(analysis.Stem(word(toks[i])))
		if err != nil {
			return 0
		}
		return n
	}
	d := day{month: word(toks[at])[:3]}
	for _, i := range [...]int{at + 1, at - 1} {
		if n := number(i); n >= 1 && n <= 31 {
			d.day, dated[i] = n, true
			next := max(i, at) + 1
			if y := number(next); y >= 1000 && y <= 2100 {
				d.year, dated[next] = y, true
			}
			return d, true
		}
	}
	return d, false
}

func readAmount(v value, toks []analysis.Tok, word func(analysis.Tok) string) amount {
	a := amount{value: v}
	for i := v.at - 1; i >= max(0, v.at-3); i-- {
		switch w := word(toks[i]); {
		case circaWords[w] && i >= v.at-2:
			a.bound = about
		case moreWords[w]:
			a.bound = moreThan
		case lessWords[w]:
			a.bound = lessThan
		default:
			continue
		}
		break
	}
	for _, t := range toks[v.at+1 : min(len(toks), v.at+1+nearWords)] {
		if t.Stop || t.Number {
			break
		}
		a.counts = append(a.counts, analysis.Stem(word(t)))
	}
	return a
}

// comparable reports whether two quantities are of one kind.
func (a amount) comparable(o amount) bool {
	switch {
	case isMeasure(a.unit) || isMeasure(o.unit):
		return a.unit == o.unit
	default:
		return slices.ContainsFunc(a.counts, func(s string) bool { return slices.Contains(o.counts, s) })
	}
}

// isMeasure reports whether a unit is one of measurement, and not a thing counted.
func isMeasure(unit string) bool {
	switch unit {
	case "s", "%", "h:m", "$", "€", "£", "¥":
		return true
	}
	return false
}

// agrees reports whether two comparable quantities can both be true.
func (a amount) agrees(o amount) bool {
	low, high := a.between()
	oLow, oHigh := o.between()
	return low <= oHigh && oLow <= high
}

// between returns what a quantity can be, as it is stated.
func (a amount) between() (low, high float64) {
	x := a.amount
	if a.unit == "h:m" {
		width := sameClock
		if a.bound != exactly {
			width = roughClock
		}
		return x - width, x + width
	}
	switch a.bound {
	case about:
		return x / rough, x * rough
	case moreThan:
		return x, x * wide
	case lessThan:
		return x / wide, x
	}
	return x / same, x * same
}

// outcome of comparing figures.
type outcome int

const (
	figuresAgree outcome = iota
	figuresMissing
	figuresClash
)

// compareFigures holds the figures of a statement against those of a sentence.
func (e *Engine) compareFigures(st *statementText, c *candidate) outcome {
	stated := readFigures(e.text(c), e.fwd.Sentence(c.sentence), e.wordOf)
	state := e.compareDays(st, stated, c)
	for _, a := range st.figures.amounts {
		rival, found := false, false
		for _, o := range stated.amounts {
			switch {
			case a.comparable(o):
				rival = true
				found = found || a.agrees(o)
			case !isMeasure(a.unit) && !isMeasure(o.unit) && a.amount == o.amount:
				found = true // the same number of things, by another name
			}
		}
		switch {
		case found:
		case rival:
			return figuresClash
		default:
			state = max(state, figuresMissing)
		}
	}
	return state
}

// compareDays holds the days of a statement against those that a sentence
// states; where it states none, those of its article count.
func (e *Engine) compareDays(st *statementText, stated figures, c *candidate) outcome {
	state := figuresAgree
	for _, d := range st.figures.days {
		switch {
		case slices.ContainsFunc(stated.days, d.is):
		case len(stated.days) > 0:
			return figuresClash
		case !e.articleStates(c, d):
			state = figuresMissing
		}
	}
	if len(st.figures.days) == 0 && len(stated.weekday) > 0 {
		for _, w := range st.figures.weekday {
			if !slices.Contains(stated.weekday, w) {
				return figuresClash
			}
		}
	}
	return state
}

func (d day) is(o day) bool {
	return d.month == o.month && d.day == o.day && (d.year == 0 || o.year == 0 || d.year == o.year)
}

// articleStates reports whether an article is of a day or names it anywhere.
func (e *Engine) articleStates(c *candidate, d day) bool {
	article := e.article(c)
	date := e.fwd.Corpus.Articles[article].Date()
	if !date.IsZero() {
		month := analysis.Fold(date.Month().String())
		if d.is(day{month: month[:3], day: date.Day(), year: date.Year()}) {
			return true
		}
	}
	first, end := e.fwd.Corpus.ArticleSentences(article)
	for s := first; s < min(end, first+longArticle); s++ {
		f := readFigures(e.fwd.Corpus.SentenceText(s), e.fwd.Sentence(s), e.wordOf)
		if slices.ContainsFunc(f.days, d.is) {
			return true
		}
	}
	return false
}
