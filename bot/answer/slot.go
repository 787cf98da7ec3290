package answer

import (
	"regexp"
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// slot says whether a sentence has what a question asks for.
type slot int

const (
	slotOpen   slot = iota // the question does not say what it wants
	slotFilled             // a value of the kind stands where it should
	slotLoose              // a value of the kind stands somewhere in the sentence
	slotEmpty              // there is none
)

// nearWords is how far a name may stand from the noun it goes with.
const nearWords = 4

// alike is the match from which a word of a sentence is the noun asked about.
const alike = 0.45

// fill checks a sentence against the kind of answer expected, the way a reader
// does who looks for the one word that is missing.
func (e *Engine) fill(ev *evidence, sentence int) slot {
	m := ev.matcher
	toks := e.fwd.Sentence(sentence)
	text := e.fwd.Corpus.SentenceText(sentence)
	switch ev.kind {
	case Duration:
		state := slotEmpty
		if openEnded.MatchString(text) {
			state = slotLoose
		}
		for _, v := range values(text, toks, e.wordOf) {
			if v.unit != "s" || v.relative || m.asks(toks[v.at]) {
				continue
			}
			if ev.about(toks, v.at) {
				return slotFilled
			}
			if state == slotEmpty {
				state = slotLoose
			}
		}
		return state
	case Money:
		if hasCurrencySign(text) || e.holdsClass(m, toks, isCurrency) {
			return slotFilled
		}
		return slotEmpty
	case Count:
		return e.fillCount(ev, m, text, toks)
	case Time:
		switch {
		case ev.wanted == anyTime && slices.ContainsFunc(values(text, toks, e.wordOf), func(v value) bool { return v.relative && !m.asks(toks[v.at]) }):
			return slotFilled // two years ago
		case e.holdsClass(m, toks, ev.wanted):
			return slotFilled
		case e.holdsClass(m, toks, anyTime):
			return slotLoose
		}
		return slotEmpty
	case Person, Place:
		return e.fillName(ev, m, text, toks)
	case Quotation:
		if hasQuotation(text) {
			return slotFilled
		}
		return slotLoose
	}
	return slotOpen
}

func (e *Engine) wordOf(t analysis.Tok) string { return e.fwd.Words[t.Word].Text }

// asks reports whether a word of the corpus is one of the question's.
func (m *matcher) asks(t analysis.Tok) bool { return len(m.by[t.Term]) > 0 }

// is reports whether a word of the corpus is a query term, in whatever spelling.
func (m *matcher) is(t analysis.Tok, term int) bool {
	return slices.ContainsFunc(m.by[t.Term], func(v variantOf) bool { return v.term == term })
}

// means reports whether a word of the corpus stands for a query term.
func (m *matcher) means(t analysis.Tok, term int) bool { return m.likens(t, term, alike) }

// likens reports whether a word of the corpus is a query term or as like it as given.
func (m *matcher) likens(t analysis.Tok, term int, least float32) bool {
	if m.is(t, term) {
		return true
	}
	if t.Number || t.Stop {
		return false
	}
	r := m.likes.row(t.Word)
	return r != nil && r[term] >= least
}

// resembles reports whether a word of the corpus is close to any query term.
func (m *matcher) resembles(t analysis.Tok) bool {
	return slices.ContainsFunc(m.likes.row(t.Word), func(s float32) bool { return s >= alike })
}

func (e *Engine) holdsClass(m *matcher, toks []analysis.Tok, c class) bool {
	return slices.ContainsFunc(toks, func(t analysis.Tok) bool { return e.classes[t.Word]&c != 0 && !m.asks(t) })
}

// fillCount wants a number on the noun that is counted.
func (e *Engine) fillCount(ev *evidence, m *matcher, text string, toks []analysis.Tok) slot {
	state := slotEmpty
	for _, v := range values(text, toks, e.wordOf) {
		at := toks[v.at]
		year := e.classes[at.Word]&isYear != 0 && !strings.Contains(text[at.Start:at.End], ",") // 1,100 is none
		if m.asks(at) || v.unit == "h:m" || year || e.besideMonth(toks, v.at) {
			continue
		}
		if v.unit == "%" && ev.many && ev.counted >= 0 && !e.countsNear(ev, toks, v.at) {
			continue // a share is no number of something
		}
		if ev.counted < 0 || v.unit == "%" && !ev.many || e.countsNear(ev, toks, v.at) {
			return slotFilled
		}
		if !ev.countsOther(toks[v.at+1 : min(len(toks), v.at+nearWords+1)]) {
			state = slotLoose
		}
	}
	return state
}

// countsNear reports whether the noun that is counted stands near a number.
func (e *Engine) countsNear(ev *evidence, toks []analysis.Tok, at int) bool {
	return slices.ContainsFunc(toks[max(0, at-2):min(len(toks), at+nearWords+1)], func(t analysis.Tok) bool { return ev.matcher.means(t, ev.counted) })
}

// besideMonth reports whether a word of a sentence stands beside a month: "12 May".
func (e *Engine) besideMonth(toks []analysis.Tok, at int) bool {
	return at > 0 && e.classes[toks[at-1].Word]&isMonth != 0 || at+1 < len(toks) && e.classes[toks[at+1].Word]&isMonth != 0
}

// countsOther reports whether the words behind a number have another noun of the
// question than the one it counts: "28 proposals", where the soldiers that the
// proposals allow are asked for.
func (ev *evidence) countsOther(behind []analysis.Tok) bool {
	for _, t := range behind {
		if t.Number {
			return false
		}
		if slices.ContainsFunc(ev.matcher.by[t.Term], func(v variantOf) bool { return !ev.counts(v.term) && !ev.terms[v.term].Upper }) {
			return true
		}
	}
	return false
}

// counts reports whether a term is the noun that the question counts or stands
// right behind it: either may be it in "how many public schools".
func (ev *evidence) counts(term int) bool {
	for i := ev.counted; i >= 0; i = behind(ev.question, ev.terms, i) {
		if i == term {
			return true
		}
	}
	return false
}

// anyTime are the classes of words that say when something is.
const anyTime = isYear | isClock | isMonth | isWeekday | isDayPart

// wantedTime returns the classes of words that answer a question about time.
func wantedTime(question string) class {
	for _, t := range analysis.Tokenize(question) {
		switch t.Word {
		case "date", "dates":
			return isMonth | isYear
		case "year", "years":
			return isYear
		case "month":
			return isMonth
		case "time", "hour", "o'clock":
			return isClock | isDayPart
		}
	}
	return anyTime
}

// openEnded are durations without a number.
var openEnded = regexp.MustCompile(`(?i)\b(as long as|indefinitely|permanently|overnight|until|forever|for (hours|days|weeks|months|years|decades|centuries))\b`)

// aboutReach is how far from a duration a word may stand that says of what it is. A judgement.
const aboutReach = 6

// aboutAlike is the likeness from which a word near a value says of what it is. A judgement.
const aboutAlike = 0.25

// about reports whether the value at a place in a sentence is said of what the
// question asks about: a word near it means one of its words that is no name.
func (ev *evidence) about(toks []analysis.Tok, at int) bool {
	near := toks[max(0, at-aboutReach):min(len(toks), at+aboutReach+1)]
	common := false
	for i, t := range ev.terms {
		if t.Context || t.Upper || t.Number {
			continue
		}
		common = true
		if slices.ContainsFunc(near, func(w analysis.Tok) bool { return ev.matcher.likens(w, i, aboutAlike) }) {
			return true
		}
	}
	return !common
}

func hasCurrencySign(s string) bool { return strings.ContainsAny(s, "$€£¥₽₴") }

func hasQuotation(s string) bool { return strings.ContainsAny(s, "“\"") }
