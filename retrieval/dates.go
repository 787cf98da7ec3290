package retrieval

import (
	"strconv"
	"strings"
	"time"

	"parley/retrieval/analysis"
)

// Period is a range of days, both included, that a text names.
type Period struct {
	From, To time.Time
}

const day = 24 * time.Hour

// Days is the distance of a day from the period, 0 inside it.
func (p Period) Days(t time.Time) float64 {
	switch {
	case t.Before(p.From):
		return p.From.Sub(t).Hours() / 24
	case t.After(p.To):
		return t.Sub(p.To).Hours() / 24
	}
	return 0
}

var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
	"sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
}

// OnlyPeriod returns the period that a text names, where it says nothing else but
// function words; days count as in [Periods].
func OnlyPeriod(text string, asOf, newest time.Time) (Period, bool) {
	d := dateReader{toks: analysis.Tokenize(text), text: text, asOf: midnight(asOf), anchor: midnight(asOf)}
	if asOf.IsZero() {
		d.anchor = midnight(newest)
	}
	var out Period
	found := false
	for i := 0; i < len(d.toks); {
		switch p, n := d.at(i); {
		case n > 0 && !found:
			out, found, i = p, true, i+n
		case n == 0 && analysis.IsStop(d.toks[i].Word):
			i++
		default:
			return Period{}, false
		}
	}
	return out, found
}

// Periods returns the days, months and years that a text names, in order.
// Relative ones ("yesterday", "last week", "on Tuesday") count back from asOf and
// are left out when it is zero; a day without a year is the one of asOf's year, or
// of newest's when asOf is zero, or of the year before when that lies more than a
// month ahead.
func Periods(text string, asOf, newest time.Time) []Period {
	d := dateReader{toks: analysis.Tokenize(text), text: text, asOf: midnight(asOf), anchor: midnight(asOf)}
	if asOf.IsZero() {
		d.anchor = midnight(newest)
	}
	var out []Period
	for i := 0; i < len(d.toks); {
		p, n := d.at(i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, p)
		i += n
	}
	return out
}

func midnight(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// dateReader reads dates off the words of a text.
type dateReader struct {
	text   string
	toks   []analysis.Token
	asOf   time.Time // zero when unknown
	anchor time.Time // a day without a year is at most a month after it
}

func (d *dateReader) word(i int) string {
	if i < 0 || i >= len(d.toks) {
		return ""
	}
	return strings.ToLower(d.toks[i].Word)
}

// plain reports whether word i is written as bare digits or with an ordinal
// ending, unlike the "2,000" of "2,000 people".
func (d *dateReader) plain(i int) bool {
	return i >= 0 && i < len(d.toks) && !strings.ContainsAny(d.text[d.toks[i].Start:d.toks[i].End], ",.:")
}

// at reads the date that begins at word i and returns how many words it takes; 0
// when there is none.
func (d *dateReader) at(i int) (Period, int) {
	w := d.word(i)
	if m, ok := months[w]; ok && d.isMonth(i) {
		if dd, ok := dayNumber(d.word(i + 1)); ok {
			if y, ok := year(d.word(i + 2)); ok {
				return single(y, m, dd), 3
			}
			if to, ok := dayNumber(d.word(i + 2)); ok && to > dd {
				if y, ok := year(d.word(i + 3)); ok {
					return Period{single(y, m, dd).From, single(y, m, to).To}, 4
				}
			}
			return d.recent(m, dd), 2
		}
		if y, ok := year(d.word(i + 1)); ok {
			return month(y, m), 2
		}
		return d.recentMonth(m), 1
	}
	if dd, ok := dayNumber(w); ok && d.plain(i) {
		j := i + 1
		if d.word(j) == "of" {
			j++
		}
		if m, ok := months[d.word(j)]; ok {
			if y, ok := year(d.word(j + 1)); ok {
				return single(y, m, dd), j + 2 - i
			}
			return d.recent(m, dd), j + 1 - i
		}
	}
	if y, ok := year(w); ok && d.plain(i) {
		if m, dd, ok := d.iso(i); ok {
			return single(y, m, dd), 3
		}
		return Period{time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC)}, 1
	}
	if d.asOf.IsZero() {
		return Period{}, 0
	}
	return d.relative(i)
}

// isMonth tells the month May from the verb: it wants a day, a year, a capital
// inside the text or a preposition.
func (d *dateReader) isMonth(i int) bool {
	w := d.word(i)
	if w != "may" && w != "march" {
		return true
	}
	_, isDay := dayNumber(d.word(i + 1))
	_, isYear := year(d.word(i + 1))
	switch d.word(i - 1) {
	case "in", "of", "since", "until", "during", "last", "this", "early", "late", "mid":
		return true
	}
	return isDay || isYear || d.toks[i].Upper && i > 0
}

// iso reads the month and day behind a year in 2025-12-02.
func (d *dateReader) iso(i int) (time.Month, int, bool) {
	if i+2 >= len(d.toks) || d.toks[i].End+1 != d.toks[i+1].Start || d.toks[i+1].End+1 != d.toks[i+2].Start || d.text[d.toks[i].End] != '-' {
		return 0, 0, false
	}
	m, err1 := strconv.Atoi(d.word(i + 1))
	dd, err2 := strconv.Atoi(d.word(i + 2))
	return time.Month(m), dd, err1 == nil && err2 == nil && m >= 1 && m <= 12 && dd >= 1 && dd <= 31
}

// relative reads "yesterday", "last week", "on Tuesday", "past 3 days".
func (d *dateReader) relative(i int) (Period, int) {
	days := func(from, to int) Period {
		return Period{d.asOf.Add(time.Duration(from) * day), d.asOf.Add(time.Duration(to) * day)}
	}
	w, next := d.word(i), d.word(i+1)
	switch w {
	case "today", "tonight":
		return days(0, 0), 1
	case "yesterday":
		return days(-1, -1), 1
	case "tomorrow":
		return days(1, 1), 1
	case "last", "past", "previous", "this":
		if wd, ok := weekdays[next]; ok {
			return d.weekday(wd), 2
		}
		if n, err := strconv.Atoi(analysis.Base(next)); err == nil && n > 0 && n <= maxCount {
			if unit, ok := unitDays[strings.TrimSuffix(d.word(i+2), "s")]; ok {
				return days(-n*unit, 0), 3
			}
		}
		if unit, ok := unitDays[strings.TrimSuffix(next, "s")]; ok {
			if w == "this" {
				return days(-unit+1, unit-1), 2
			}
			return days(-2*unit+1, 0), 2
		}
	}
	if n, err := strconv.Atoi(analysis.Base(w)); err == nil && n > 0 && n <= maxCount && d.word(i+2) == "ago" {
		if unit, ok := unitDays[strings.TrimSuffix(next, "s")]; ok {
			return days(-n*unit, -n*unit), 3
		}
	}
	if wd, ok := weekdays[w]; ok && d.word(i+1) != "times" {
		return d.weekday(wd), 1
	}
	return Period{}, 0
}

// maxCount bounds "last N years": 99 years of 365 days fit a Duration.
const maxCount = 99

var unitDays = map[string]int{"day": 1, "week": 7, "month": 30, "year": 365}

// weekday is the latest such day that is not after asOf.
func (d *dateReader) weekday(wd time.Weekday) Period {
	back := (int(d.asOf.Weekday()) - int(wd) + 7) % 7
	t := d.asOf.Add(-time.Duration(back) * day)
	return Period{t, t}
}

// recent is the latest such day of the year that is not after the anchor.
func (d *dateReader) recent(m time.Month, dd int) Period {
	y := d.anchor.Year()
	if time.Date(y, m, dd, 0, 0, 0, 0, time.UTC).After(d.anchor.Add(31 * day)) {
		y--
	}
	return single(y, m, dd)
}

func (d *dateReader) recentMonth(m time.Month) Period {
	y := d.anchor.Year()
	if time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).After(d.anchor.Add(31 * day)) {
		y--
	}
	return month(y, m)
}

// single is one day; a day that its month does not have is the month's last.
func single(y int, m time.Month, dd int) Period {
	dd = min(dd, time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day())
	t := time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)
	return Period{t, t}
}

func month(y int, m time.Month) Period {
	return Period{time.Date(y, m, 1, 0, 0, 0, 0, time.UTC), time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC)}
}

// dayNumber reads 1 to 31, also "2nd" and the like.
func dayNumber(w string) (int, bool) {
	for _, suffix := range [...]string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n >= 1 && n <= 31
}

func year(w string) (int, bool) {
	if len(w) != 4 {
		return 0, false
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n >= 1900 && n <= 2100
}
