package metadata

import (
	"strings"
	"time"
	"unicode/utf8"

	"parley/corpus"
	"parley/corpus/internal/text"
)

// Dated is a full date in a text: a day with its month and year.
type Dated struct {
	corpus.Span
	Day time.Time
}

const monthName = `(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?`

// fullDate finds a day with its year in the ways English and American papers
// and machines write it.
var fullDate = text.Pattern(`(?i)\b(?:` + monthName + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + monthName + `,? (\d{4})|(\d{4})-(\d{2})-(\d{2}))\b`)

// englishWindow is how many bytes before a year are looked at for an English
// date, which has 24 at most: enough for the character before it.
const englishWindow = 32

// FindDates returns the full dates of running text in order. Those with English
// months and 2026-01-17 are found in every text, those with months of other
// languages where their names are no English ones, and 17.01.2026 only where the
// locale names a language that writes so.
//
// It looks around each number of four digits: the expression over the whole text
// takes ten times as long.
func FindDates(s string, loc Locale) []Dated {
	var out []Dated
	last := 0 // end of the date before
	for start, end := range years(s) {
		if start < last {
			continue
		}
		d, ok := englishAround(s, start, end, last)
		if !ok {
			d, ok = dateAround(s, start, end, last, loc)
		}
		if ok {
			out, last = append(out, d), d.End
		}
	}
	return out
}

// englishAround is the date that [fullDate] finds with the year at [start, end)
// and that starts no earlier than from.
func englishAround(s string, start, end, from int) (Dated, bool) {
	at := max(0, start-englishWindow)
	to := min(len(s), end+len("-01-17x"))
	for _, m := range fullDate().FindAllStringSubmatchIndex(s[at:to], -1) {
		if at+m[0] < from || at+m[1] < end || at+m[0] > start {
			continue
		}
		day, ok := englishDate(s[at:to], m)
		return Dated{corpus.Span{Start: at + m[0], End: at + m[1]}, day}, ok
	}
	return Dated{}, false
}

// englishDate is the day of a match of [fullDate].
func englishDate(s string, m []int) (time.Time, bool) {
	group := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return s[m[2*n]:m[2*n+1]]
	}
	year, month, day := group(3), monthOf(group(1)), group(2)
	switch {
	case group(4) != "":
		year, month, day = group(6), monthOf(group(5)), group(4)
	case group(7) != "":
		year, month, day = group(7), group(8), group(9)
	}
	if len(day) == 1 {
		day = "0" + day
	}
	t, err := time.Parse(time.DateOnly, year+"-"+month+"-"+day)
	return t, err == nil && !t.IsZero() && t.Year() <= maxYear
}

// monthOf is the number of a month by its English name, in two digits.
func monthOf(name string) string {
	if len(name) < 3 {
		return ""
	}
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(name[:3]))
	if i < 0 {
		return ""
	}
	return time.Date(2000, time.Month(i/3+1), 1, 0, 0, 0, 0, time.UTC).Format("01")
}

// dateWindow is how many bytes before or after a year are looked at for its day
// and month: the longest names of months have 22.
const dateWindow = 48

// moment is a date, with its time if it has one, in a short text that says when
// something was published.
type moment struct {
	corpus.Span
	at time.Time
}

// datesIn returns the dates of a short text, in any form that [ParseDate] knows
// for the date itself.
func datesIn(s string, loc Locale) []moment {
	p := parser{tokens: tokenise(s), loc: loc}
	if len(p.tokens) > maxTokens {
		return nil
	}
	var out []moment
	for i := 0; !p.end(i); {
		var d civil
		next, ok := p.date(i, &d)
		if ok && p.at(i).kind == number && (p.at(i-1).kind == number && p.at(i).glued || p.is(i-1, "/", ".", "-") && p.at(i).glued) {
			ok = false // within a number
		}
		if ok {
			if !d.clock.set {
				next = p.timeAfter(next, &d.clock)
			}
			var at time.Time
			if at, ok = p.instant(&d); ok {
				out = append(out, moment{corpus.Span{Start: p.at(i).Start, End: p.at(next - 1).End}, at})
				i = next
			}
		}
		if !ok {
			i++
		}
	}
	return out
}

// years calls yield with each number of four digits.
func years(s string) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		for i := 0; i < len(s); {
			if !text.IsDigit(s[i]) {
				i++
				continue
			}
			start := i
			for i < len(s) && text.IsDigit(s[i]) {
				i++
			}
			if i-start == 4 && !yield(start, i) {
				return
			}
		}
	}
}

// dateAround reads the date in another form than an English one whose year is at
// [start, end) and that starts no earlier than last.
func dateAround(s string, start, end, last int, loc Locale) (Dated, bool) {
	from := max(last, start-dateWindow)
	for from < start && !utf8.RuneStart(s[from]) {
		from++
	}
	if d, ok := dateUpTo(s[from:end], loc); ok {
		return Dated{corpus.Span{Start: from + d.Start, End: from + d.End}, d.Day}, true
	}
	to := min(len(s), end+dateWindow)
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to--
	}
	p := parser{tokens: tokenise(s[start:to]), loc: loc}
	var d civil
	next, ok := p.cjk(0, &d)
	if !ok && yearFirst(loc.Language) {
		next, ok = p.yearMonthDay(0, &d)
	}
	if !ok {
		return Dated{}, false
	}
	day, ok := p.instant(&d)
	return Dated{corpus.Span{Start: start, End: start + p.at(next-1).End}, day}, ok
}

// dateUpTo reads the date that ends a text.
func dateUpTo(s string, loc Locale) (Dated, bool) {
	p := parser{tokens: tokenise(s), loc: loc}
	last := len(p.tokens) - 1
	for i := max(0, last-8); i < last; i++ {
		if p.at(i).kind != number || i > 0 && p.at(i).glued && p.at(i-1).kind != mark {
			continue
		}
		var d civil
		next, ok := p.dayMonthYear(i, &d)
		if !ok && p.numbersAreDates(i) {
			next, ok = p.numeric(i, &d)
		}
		if !ok || next <= last || p.ofEnglish(i) {
			continue
		}
		if day, ok := p.instant(&d); ok {
			return Dated{corpus.Span{Start: p.at(i).Start, End: p.at(last).End}, day}, true
		}
	}
	return Dated{}, false
}

// numbersAreDates reports whether 17.01.2026 at i is surely a date and not the
// number of a version.
func (p *parser) numbersAreDates(i int) bool {
	return p.loc.Language != "" && p.loc.Language != "en" && p.is(i+1, ".") && !p.is(i-1, ".")
}

// ofEnglish reports whether the month of the date at i has an English name,
// which [fullDate] knows, in a text that may be English.
func (p *parser) ofEnglish(i int) bool {
	if p.loc.Language != "" && p.loc.Language != "en" {
		return false
	}
	for ; !p.end(i); i++ {
		if t := p.at(i); t.kind == word && (names().months["en"][t.text] > 0 || len(t.text) < 4 && names().any[t.text] > 0) {
			return true
		}
	}
	return false
}

// BareDate reports whether a line is a date and nothing else but its weekday,
// its time and what it is the date of.
func BareDate(line string, loc Locale) bool {
	if strings.Trim(line, "0123456789 ") == "" {
		return false
	}
	if _, ok := ParseDate(line, loc); ok {
		return true
	}
	dates := FindDates(line, loc)
	return len(dates) == 1 && strings.Trim(line[:dates[0].Start], " ,MTWFSadehinorstuy") == "" &&
		strings.Trim(line[dates[0].End:], " ,:.|0123456789AaPpMmGTUCES") == ""
}

// EndsInDate reports whether a line ends in a full date.
func EndsInDate(line string, loc Locale) bool {
	dates := FindDates(line, loc)
	return len(dates) > 0 && strings.Trim(line[dates[len(dates)-1].End:], " .)") == ""
}

// HasDate reports whether a short text is a date or has one.
func HasDate(s string, loc Locale) bool {
	if _, ok := ParseDate(s, loc); ok || len(FindDates(s, loc)) > 0 {
		return true
	}
	c, ok := ReadCredits(s, loc)
	return ok && c.Date()+c.Updated != ""
}
