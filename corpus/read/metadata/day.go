package metadata

import (
	"strings"
	"time"
)

// civil is a day, and a time if there is one, as a text states it.
type civil struct {
	year  int
	month time.Month
	day   int
	clock clock
}

// The words and marks that stand between the parts of a date in some language.

// beforeDay reports whether a word may stand before the day.
func beforeDay(s string) bool {
	switch s {
	case "the", "le", "den", "der", "dem", "am", "el", "il", "la", "a", "an", "de", "on", "ngay", "dne", "dnia", "die", "del", "em", "op", "'", "ng", "ika":
		return true
	}
	return false
}

// beforeMonth reports whether a word may stand between day and month.
func beforeMonth(s string) bool {
	switch s {
	case "of", "de", "d'", "di", "del", "do", "da", "den", "der", "'", "d", "ng", "-", "/", ".", ",":
		return true
	}
	return false
}

// beforeYear reports whether a word may stand before the year.
func beforeYear(s string) bool {
	switch s {
	case "of", "de", "del", "di", "do", "da", "den", "'", ".", ",", "-", "/", "к", "עד", "nam", "ng", "ค", "ศ", "พ":
		return true
	}
	return false
}

// afterYear reports whether a word may stand behind the year.
func afterYear(s string) bool {
	switch s {
	case "г", "года", "год", "р", "року", "рік", "r", "roku", "e", "ko", "m", "gada", "jn", "ж", "წ", "թ", "il", "ci", "pr", "év", "ev":
		return true
	}
	return false
}

// date reads a day with its year from i on.
func (p *parser) date(i int, d *civil) (int, bool) {
	i = p.weekday(i)
	start := p.past(i, beforeDay)
	for _, form := range []func(int, *civil) (int, bool){p.cjk, p.compact, p.numeric, p.dayMonthYear, p.monthDayYear, p.yearMonthDay, p.weekOrOrdinal, p.tháng} {
		*d = civil{clock: d.clock}
		if next, ok := form(start, d); ok {
			return next, true
		}
	}
	return i, false
}

// weekday goes past the name of a day.
func (p *parser) weekday(i int) int {
	t := p.at(i)
	if t.kind != word {
		return i
	}
	if next := p.eastern(i); next > i {
		return p.skip(next, ",")
	}
	switch {
	case names().weekdays[t.text+" "+p.at(i+1).text]:
		i += 2
	case names().weekdays[t.text], names().weekdays[strings.TrimSuffix(t.text, "ที่")]:
		i++
	case names().weekdays[t.text+"-"+p.at(i+2).text]: // segunda-feira
		i += 3
	default:
		return i
	}
	return p.skip(i, ".", ",", "-", "the", "den", "der", "dem", "le", "el")
}

// eastern goes past a weekday in Chinese, Japanese or Korean, of which the signs
// for sun and moon are words of their own here.
func (p *parser) eastern(i int) int {
	t := p.at(i).text
	switch {
	case strings.HasPrefix(t, "星期"), t == "周", t == "週", strings.HasPrefix(t, "礼拜"):
		return p.skip(i+1, "日")
	case strings.HasSuffix(t, "曜"), strings.HasSuffix(t, "요"):
		return p.skip(i+1, "日", "일")
	case p.is(i, "月", "日", "월", "일") && p.is(i+1, "曜", "요"):
		return p.skip(i+2, "日", "일")
	}
	return i
}

// name reads the name of a month, one or two words.
func (p *parser) name(i int) (time.Month, int) {
	t := p.at(i)
	if t.kind != word {
		return 0, i
	}
	if next := p.at(i + 1); next.kind == word {
		if m := names().month(t.text+" "+next.text, p.loc.Language); m > 0 {
			return m, i + 2
		}
	}
	if next := p.at(i + 2); p.is(i+1, ".") && next.kind == word && next.glued { // Thai and Lao: ก.ค.
		if m := names().month(t.text+next.text, p.loc.Language); m > 0 {
			return m, p.skip(i+3, ".")
		}
	}
	return names().month(t.text, p.loc.Language), i + 1
}

// dayNumber reads the number of a day and what makes it an ordinal.
func (p *parser) dayNumber(i int) (day, next int, ok bool) {
	if !p.num(i, 2) || p.at(i).n < 1 {
		return 0, i, false
	}
	day = p.at(i).n
	i++
	if p.is(i, ".") {
		i++
	}
	switch t := p.at(i); {
	case !t.glued:
	case p.is(i, "st", "nd", "rd", "th", "er", "re", "e", "o", "a", "º", "ª", "°", "η", "ος", "го", "й", "th,"):
		i++
	case p.is(i, "-", ":") && p.is(i+1, "го", "е", "e", "a", "an", "en", "én"):
		i += 2
	}
	return day, i, true
}

// yearNumber reads a year of four digits, or of two where a month's name stands
// before it.
func (p *parser) yearNumber(i int) (year, next int, ok bool) {
	t := p.at(i)
	switch {
	case t.kind != number || p.is(i+1, ":") && p.at(i+1).glued:
		return 0, i, false
	case len(t.text) == 4:
		year = t.n
	case len(t.text) == 2 && !yearFirst(p.loc.Language):
		year = century(t.n)
	default:
		return 0, i, false
	}
	i++
	if p.loc.Language == "th" && year > 2400 { // of the Buddhist calendar
		year -= 543
	}
	for next := p.past(i, afterYear); next > i; next = p.past(i, afterYear) {
		i = p.skip(next, ".")
	}
	return year, i, true
}

// century completes a year of two digits to one from 1950 to 2049.
func century(n int) int {
	if n < 50 {
		return 2000 + n
	}
	return 1900 + n
}

// dayMonthYear reads "17 January 2026", "17. Januar 2026", "17 de enero de 2026",
// "17-Jan-26".
func (p *parser) dayMonthYear(i int, d *civil) (int, bool) {
	day, next, ok := p.dayNumber(i)
	if !ok {
		return i, false
	}
	month, next := p.name(p.past(next, beforeMonth))
	if month == 0 {
		return i, false
	}
	year, next, ok := p.yearNumber(p.past(next, beforeYear))
	d.year, d.month, d.day = year, month, day
	return next, ok
}

// monthDayYear reads "January 17, 2026" and, with the time inside, "Jan 17
// 15:04:05 2026".
func (p *parser) monthDayYear(i int, d *civil) (int, bool) {
	month, next := p.name(i)
	if month == 0 {
		return i, false
	}
	day, next, ok := p.dayNumber(p.skip(next, ".", "-", "/", "the", ","))
	if !ok {
		return i, false
	}
	d.month, d.day = month, day
	if year, after, ok := p.yearNumber(p.past(next, beforeYear)); ok {
		d.year = year
		return after, true
	}
	after, ok := p.time(p.skip(next, ","), &d.clock)
	if !ok {
		return i, false
	}
	d.year, after, ok = p.yearNumber(p.skip(after, ","))
	return after, ok
}

// yearMonthDay reads "2026. január 17.", "2026 m. sausio 17 d.", "2026-Jan-17".
func (p *parser) yearMonthDay(i int, d *civil) (int, bool) {
	if !p.num(i, 4) || len(p.at(i).text) != 4 {
		return i, false
	}
	d.year = p.at(i).n
	next := p.past(i+1, afterYear)
	month, next := p.name(p.skip(next, ".", ",", "-", "/", "m", "gada", "e", "ko", "(", ")"))
	if month > 0 {
		day, next, ok := p.dayNumber(p.skip(next, ".", "-", "/", "ren", "aren"))
		d.month, d.day = month, day
		return p.skip(next, "d", "."), ok
	}
	// Latvian has the day before the month: "2026. gada 17. janvāris".
	day, next, ok := p.dayNumber(p.skip(i+1, ".", "gada", "m", ",", "ж", "г"))
	if !ok {
		return i, false
	}
	month, next = p.name(next)
	d.month, d.day = month, day
	return next, month > 0
}

// numeric reads three numbers with one mark between them.
func (p *parser) numeric(i int, d *civil) (int, bool) {
	sep := p.at(i + 1).text
	if sep != "." && sep != "/" && sep != "-" || p.at(i+3).text != sep || !p.num(i, 4) || !p.num(i+2, 2) || !p.num(i+4, 4) {
		return i, false
	}
	a, b, c := p.at(i), p.at(i+2), p.at(i+4)
	next := i + 5
	if len(c.text) == 3 || len(a.text) == 3 || p.is(next, ":") && p.at(next).glued {
		return i, false
	}
	d.month = time.Month(b.n)
	switch {
	case len(a.text) == 4 && len(c.text) <= 2:
		d.year, d.day = a.n, c.n
		if sep == "." {
			next = p.skip(next, ".")
		}
		return next, true
	case len(a.text) > 2:
		return i, false
	}
	year := c.n
	if len(c.text) <= 2 && yearFirst(p.loc.Language) {
		d.year, d.day = century(a.n), c.n
		return p.skip(next, "."), len(a.text) == 2
	}
	if len(c.text) <= 2 {
		if len(c.text) == 1 || p.loc.Order == Unknown {
			p.either = [2]time.Time{}
			p.fails(ambiguous)
			return i, false
		}
		year = century(c.n)
	}
	if p.loc.Language == "th" && year > 2400 {
		year -= 543
	}
	next = p.skip(next, "г", "года", "р", "року", "r")
	return next, p.orderly(sep, a.n, b.n, year, d)
}

// orderly says which of two numbers is the day. Between dots it is the first;
// between slashes and hyphens it depends on the country, where both readings
// are possible.
func (p *parser) orderly(sep string, a, b, year int, d *civil) bool {
	d.year = year
	first := sep == "." || b > 12 && a > 12 || p.loc.Order == DayFirst && b <= 12 || a > 12
	switch {
	case a == b || first:
		d.day, d.month = a, time.Month(b)
	case b > 12 || p.loc.Order == MonthFirst:
		d.day, d.month = b, time.Month(a)
	default:
		p.either = [2]time.Time{
			time.Date(year, time.Month(b), a, 0, 0, 0, 0, time.UTC),
			time.Date(year, time.Month(a), b, 0, 0, 0, 0, time.UTC),
		}
		p.fails(ambiguous)
		return false
	}
	return true
}

// compact reads "20260117".
func (p *parser) compact(i int, d *civil) (int, bool) {
	t := p.at(i)
	if t.kind != number || len(t.text) != 8 {
		return i, false
	}
	d.year, d.month, d.day = t.n/10000, time.Month(t.n/100%100), t.n%100
	return i + 1, true
}

// cjk reads "2026年1月17日", "2026년 1월 17일" and the years of Japanese eras.
func (p *parser) cjk(i int, d *civil) (int, bool) {
	base := 0
	if t := p.at(i); t.kind == word {
		for era, before := range map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925} {
			if strings.HasSuffix(t.text, era) {
				base = before
				i++
			}
		}
	}
	if !p.num(i, 4) || !p.is(i+1, "年", "년") || !p.num(i+2, 2) || !p.is(i+3, "月", "월") || !p.num(i+4, 2) || !p.is(i+5, "日", "号", "號", "일") {
		return i, false
	}
	d.year, d.month, d.day = base+p.at(i).n, time.Month(p.at(i+2).n), p.at(i+4).n
	return i + 6, true
}

// weekOrOrdinal reads ISO 8601's "2026-W03-6" and "2026-017".
func (p *parser) weekOrOrdinal(i int, d *civil) (int, bool) {
	if !p.num(i, 4) || len(p.at(i).text) != 4 {
		return i, false
	}
	year := p.at(i).n
	switch next := p.skip(i+1, "-"); {
	case p.is(next, "w") && p.num(next+1, 2) && p.is(next+2, "-") && p.num(next+3, 1):
		week, day := p.at(next+1).n, p.at(next+3).n
		if week < 1 || week > 53 || day < 1 || day > 7 {
			p.fails(impossible)
			return i, false
		}
		// The fourth of January is in the first week.
		fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
		t := fourth.AddDate(0, 0, (week-1)*7+day-1-(int(fourth.Weekday())+6)%7)
		d.year, d.month, d.day = t.Year(), t.Month(), t.Day()
		return next + 4, true
	case p.is(i+1, "-") && p.at(i+2).kind == number && len(p.at(i+2).text) == 3:
		t := time.Date(year, time.January, p.at(i+2).n, 0, 0, 0, 0, time.UTC)
		if t.Year() != year {
			p.fails(impossible)
			return i, false
		}
		d.year, d.month, d.day = t.Year(), t.Month(), t.Day()
		return i + 3, true
	}
	return i, false
}

// tháng reads Vietnamese, which numbers the months: "17 tháng 1 năm 2026".
func (p *parser) tháng(i int, d *civil) (int, bool) {
	if !p.num(i, 2) || !p.is(i+1, "thang", "thg") || !p.num(i+2, 2) {
		return i, false
	}
	next := p.skip(i+3, ",", "nam")
	if !p.num(next, 4) || len(p.at(next).text) != 4 {
		return i, false
	}
	d.year, d.month, d.day = p.at(next).n, time.Month(p.at(i+2).n), p.at(i).n
	return next + 1, true
}
