package metadata

import (
	"slices"
	"time"
)

// outcome is what became of reading a date.
type outcome int

const (
	understood outcome = iota
	unknown            // no form that is known
	nothing            // says nothing: empty, a placeholder
	fromNow            // "2 hours ago"
	ambiguous          // 03/04/2026 by an unknown locale
	impossible         // 30 February, the year 3026
	noDay              // a month or a year alone
)

// ParseDate reads a text that is a date and nothing else but its time, a label
// such as "Published on" and a remark on a later update. It knows the forms of
// machines (ISO 8601, RFC 1123, Unix seconds) and those that people write in
// some sixty languages. A date without a zone is taken as UTC; one with an
// offset keeps it, so that its day is the day it was there.
func ParseDate(s string, loc Locale) (time.Time, bool) {
	t, what := parse(s, loc)
	return t, what == understood
}

// parse is [ParseDate] with the reason why a text is no date.
func parse(s string, loc Locale) (time.Time, outcome) {
	t, what, _ := parseEither(s, loc)
	return t, what
}

// parseEither is parse with the two readings of a date that is ambiguous.
func parseEither(s string, loc Locale) (t time.Time, what outcome, either [2]time.Time) {
	tokens := tokenise(s)
	switch {
	case len(tokens) == 0:
		return time.Time{}, nothing, either
	case len(tokens) > maxTokens:
		return time.Time{}, unknown, either
	}
	p := parser{tokens: tokens, loc: loc}
	if t, ok := p.stamp(); ok {
		return t, understood, either
	}
	if t, ok := p.whole(p.labels(0), 0); ok {
		return t, understood, either
	}
	return time.Time{}, p.failure(), p.either
}

// parser reads the tokens of one text.
type parser struct {
	tokens []token
	loc    Locale
	seen   outcome // the best reason met for failing
	either [2]time.Time
}

// at is the token at i, a mark without text behind the last.
func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.tokens) {
		return token{kind: mark}
	}
	return p.tokens[i]
}

func (p *parser) end(i int) bool { return i >= len(p.tokens) }

// is reports whether the token at i is one of some words or marks.
func (p *parser) is(i int, texts ...string) bool {
	t := p.at(i)
	return t.kind != number && t.text != "" && slices.Contains(texts, t.text)
}

// num reports whether the token at i is a number of so many digits at most.
func (p *parser) num(i, digits int) bool {
	t := p.at(i)
	return t.kind == number && len(t.text) <= digits
}

// skip goes past all of some words and marks.
func (p *parser) skip(i int, texts ...string) int {
	for p.is(i, texts...) {
		i++
	}
	return i
}

// past goes past all words and marks of a kind.
func (p *parser) past(i int, of func(string) bool) int {
	for t := p.at(i); t.kind != number && t.text != "" && of(t.text); t = p.at(i) {
		i++
	}
	return i
}

// whole reads date and time, in either order, up to the end.
func (p *parser) whole(i, depth int) (time.Time, bool) {
	var d civil
	if next, ok := p.date(i, &d); ok {
		// The time stands within the date in "Mon Jan 2 15:04:05 2006".
		if !d.clock.set {
			next = p.timeAfter(next, &d.clock)
		}
		if p.rest(next, depth) {
			return p.instant(&d)
		}
	}
	d = civil{}
	if next, ok := p.time(p.past(i, timeWord), &d.clock); ok {
		next = p.skip(next, ",", "-", "|", "·", "•", "on", "am", "den", "le", "el", "/")
		if next, ok = p.date(next, &d); ok && p.rest(next, depth) {
			return p.instant(&d)
		}
	}
	return time.Time{}, false
}

// rest reports whether nothing of meaning stands from i on: a weekday, brackets,
// or when the text was updated.
func (p *parser) rest(i, depth int) bool {
	for !p.end(i) {
		switch {
		case p.is(i, ".", ",", "|", "-", "·", "•", "z", "/", ";"):
			i++
		case p.is(i, "(", "["):
			for !p.end(i) && !p.is(i, ")", "]") {
				i++
			}
			if p.end(i) {
				return false
			}
			i++
		case p.weekday(i) > i:
			i = p.weekday(i)
		default:
			next := p.labels(i)
			if next == i || depth > 1 {
				return false
			}
			before := p.seen
			_, ok := p.whole(next, depth+1)
			p.seen = before
			return ok || p.relative(next)
		}
	}
	return true
}

// instant is the moment of a date that was read, if the calendar has it.
func (p *parser) instant(d *civil) (time.Time, bool) {
	if d.year < minYear || d.year > maxYear || !d.clock.valid() {
		p.fails(impossible)
		return time.Time{}, false
	}
	zone := time.UTC
	if d.clock.offset != 0 {
		zone = time.FixedZone("", d.clock.offset*60)
	}
	t := time.Date(d.year, d.month, d.day, d.clock.hour, d.clock.minute, min(d.clock.second, 59), d.clock.nanos, zone)
	if d.month < 1 || d.month > 12 || t.Day() != d.day || t.Month() != d.month {
		p.fails(impossible)
		return time.Time{}, false
	}
	return t, true
}

// The years of articles: from the printing press to those that a misread number
// gives.
const (
	minYear = 1450
	maxYear = 2100
)

// fails keeps a reason for the user; "ambiguous" and the like say more than that
// the form is unknown.
func (p *parser) fails(o outcome) {
	if p.seen == understood || p.seen == unknown {
		p.seen = o
	}
}

// failure is the reason to give for a text that is no date.
func (p *parser) failure() outcome {
	switch {
	case p.placeholder():
		return nothing
	case p.relative(p.labels(0)):
		return fromNow
	case p.seen != understood:
		return p.seen
	case p.monthOnly(p.labels(0)):
		return noDay
	}
	return unknown
}

// relative reports whether a text counts from now: "2 hours ago".
func (p *parser) relative(i int) bool {
	for ; !p.end(i); i++ {
		if p.is(i, "ago", "yesterday", "today", "now", "just", "vor", "gestern", "heute", "hace", "ayer", "hoy", "hier", "aujourd", "oggi", "ieri",
			"fa", "geleden", "vandaag", "gisteren", "temu", "wczoraj", "dzis", "назад", "вчера", "сегодня", "тому", "sedan", "siden", "sitten", "once", "前", "전", "ontem", "hoje", "ha", "atras") {
			return true
		}
	}
	return false
}

// placeholder reports whether a text stands for no date.
func (p *parser) placeholder() bool {
	for i, t := range p.tokens {
		switch {
		case t.kind == number && t.n == 0, t.kind == mark:
		case t.kind == word && i < 3 && slices.Contains([]string{"null", "none", "nil", "na", "n", "a", "undefined", "nan", "unknown", "false", "true", "tbd", "todo", "t", "z", "date", "invalid"}, t.text):
		default:
			return false
		}
	}
	return true
}

// monthOnly reports whether a text is a year, or a year and a month.
func (p *parser) monthOnly(i int) bool {
	year, month := false, false
	for ; !p.end(i); i++ {
		t := p.at(i)
		switch {
		case t.kind == number && len(t.text) == 4 && !year:
			year = t.n >= minYear && t.n <= maxYear
		case t.kind == number && len(t.text) <= 2 && t.n <= 12 && !month:
			month = true
		case t.kind == word && !month && names().month(t.text, p.loc.Language) > 0:
			month = true
		case p.is(i, "-", "/", ".", ",", "年", "月", "de", "of"):
		default:
			return false
		}
	}
	return year
}
