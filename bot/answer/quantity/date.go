package quantity

import (
	"math"
	"regexp"
	"strings"
	"time"

	"parley/bot/answer/english"
)

// noYear is the unit of a date without a year, whose days are those of leapYear.
const noYear, leapYear = "no year", 1972

// dayOf returns a date as days since 1 January 1970.
func dayOf(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dateOf(day float64) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

func days(low, high int) Value { return Value{Kind: Date, Low: float64(low), High: float64(high)} }

func months(year int, first time.Month, n int) Value {
	return days(dayOf(year, first, 1), dayOf(year, first+time.Month(n), 1)-1)
}

// date reads days, months, years and decades: "2 December 2025", "Dec. 2-4",
// "mid-March", "late 2024", "the 1990s".
func (r *reader) date(m match) (token, bool) {
	d, y := int(r.get(m, 'd').low), int(r.get(m, 'y').low)
	month, decade := time.Month(r.get(m, 'm').low), int(r.get(m, 'x').low)
	open := y+decade == 0
	if open {
		y = leapYear
	}
	v := months(y, 1, 12)
	switch {
	case d > 0:
		last := max(d, int(r.get(m, 'e').low))
		v = days(dayOf(y, month, d), dayOf(y, month, last))
		if int(v.High) > dayOf(y, month+1, 0) || open && strings.IndexByte("ut", r.at(m.end).class) >= 0 {
			return token{}, false
		}
	case month > 0:
		v = months(y, month, 1)
	case decade > 0:
		v = months(decade, 1, 120)
	}
	if third := r.get(m, 'p').low; third > 0 {
		n := math.Floor((v.High - v.Low + 1) / 3)
		v.Bound, v.Low = About, v.Low+(third-1)*n
		v.High -= (3 - third) * n
	}
	if open {
		if v.Unit = noYear; r.dated {
			v = r.resolve(v, m.at, d > 0)
		}
	}
	return made(v)
}

// years reads a year alone or a span of years: "in 2019", "2014–16".
func (r *reader) years(m match) (token, bool) {
	y, z, before, behind := int(r.get(m, 'y').low), int(r.get(m, 'z').low), r.at(m.at-1), r.at(m.at+1)
	if z > 0 {
		if z < 100 && behind.class == '-' {
			z += y - y%100
		}
		joined := behind.class == '-' || before.class == 'B' && behind.class == '&' || before.word == "from" && behind.class == 'T'
		t, _ := made(days(dayOf(y, 1, 1), dayOf(z, 12, 31)))
		return t, joined && z > y && z <= 2100
	}
	leads := strings.Contains(" in since until till during after before the its his her their our a by spring summer fall winter ", " "+before.word+" ") || strings.HasSuffix(before.word, "'s")
	_, people := english.IrregularSingular(behind.word)
	return token{class: value, value: months(y, 1, 12)}, !people && strings.IndexByte("utk-", behind.class) < 0 && (before.class != 'h' || before.low == 1) && before.class != '$' &&
		(leads || before.class != name && before.class != 'X' && r.noun(m.end, false) == "")
}

// resolve gives the date at token i the year that fits the day of the report
// best. The days in which another than its own does are judgements.
func (r *reader) resolve(v Value, i int, ofDays bool) Value {
	far := map[bool][2]int{true: {240, 290}, false: {45, 365}}[ofDays] // ahead and back
	year, coming := dateOf(float64(r.today)).Year(), r.isAhead(i)
	own := inYear(v, year)
	gap, past := int(own.Low)-r.today, int(own.High) < r.today
	switch {
	case r.word(i-1) == "last" && !past, !coming && gap > far[0]:
		year--
	case coming && past, -gap > far[1]:
		year++
	}
	return inYear(v, year)
}

// inYear puts a date of leapYear in another year; 29 February is the last of the month.
func inYear(v Value, year int) Value {
	day := func(at float64) float64 {
		t := dateOf(at)
		return float64(min(dayOf(year, t.Month(), t.Day()), dayOf(year, t.Month()+1, 0)))
	}
	v.Low, v.High, v.Unit = day(v.Low), day(v.High), ""
	return v
}

// ahead fits words that say that a date shortly behind them is still to come.
var ahead = regexp.MustCompile(`(?i)\b(?:will|would|next|coming|due|scheduled|slated|set|expected|plans|planned|tomorrow)\b|\b(?:through|until|till|by) $`)

// isAhead reports whether the date that begins at a token is still to come.
func (r *reader) isAhead(i int) bool {
	const reach = 16 // tokens
	return r.word(i-1) != "last" && ahead.MatchString(r.text[r.tokens[max(0, i-reach)].start:r.tokens[i].start])
}

// relative reads days counted from that of the report, where it is known:
// "yesterday", "last month", "on Tuesday", "two years ago".
func (r *reader) relative(m match) (token, bool) {
	const week, longest = 7, 1e6 // days
	weekday, d, n, unit, before := r.get(m, 'w'), r.get(m, 'd'), r.get(m, 'n'), r.get(m, 't'), r.word(m.at-1)
	now, shift, back := dateOf(float64(r.today)), int(r.get(m, 's').low), n.low*unit.low/86400
	switch {
	case !r.dated || before == "every" || before == "each" || d.upper && !r.opens(m.at) || back > longest: // "USA Today"
		return skip(r, m)
	case weekday.class != 0: // the last such day up to the report's, or the next one
		at := r.today - (int(now.Weekday())-int(weekday.low)+week)%week
		if r.isAhead(m.at) {
			at += week
		}
		return made(days(at, at))
	case d.class != 0:
		return made(days(r.today+int(d.low), r.today+int(d.low)))
	case n.class != 0:
		v := days(r.today-int(back), r.today-int(back))
		if v.Precision = max(n.step, 0.5) * unit.low / 86400; v.Precision > 0.5 {
			v.Bound = About
		}
		return made(v)
	case unit.word == "week": // from Monday
		monday := r.today - (int(now.Weekday())+week-1)%week + week*shift
		return made(days(monday, monday+week-1))
	case unit.word == "month":
		return made(months(now.Year(), now.Month()+time.Month(shift), 1))
	case unit.word == "year":
		return made(months(now.Year()+shift, 1, 12))
	}
	return token{}, false
}

// clock reads "7:30 p.m." and "at 19:30". An hour is meant to ten minutes; a judgement.
func (r *reader) clock(m match) (token, bool) {
	hour, minute, half := r.get(m, 'h').low, r.get(m, 'm'), r.get(m, 'p')
	step := map[bool]float64{true: 600, false: 30}[minute.class == 0] // seconds
	if t := r.get(m, 'h'); half.class != 0 && t.step == .005 {        // "9.30 pm"
		hour = math.Floor(t.low)
		minute.low, step = math.Round(100*(t.low-hour)), 30
	}
	if half.class != 0 {
		hour = math.Mod(hour, 12) + half.low
	}
	if hour > 23 || hour != math.Floor(hour) || minute.low > 59 || half.class == 0 && r.word(m.at-1) != "at" && r.at(m.at-1).class != 'h' {
		return skip(r, m)
	}
	at := hour*3600 + minute.low*60
	return made(Value{Kind: TimeOfDay, Low: at, High: at, Precision: step})
}
