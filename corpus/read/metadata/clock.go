package metadata

import (
	"strings"
	"time"
)

// clock is a time of day with its offset from UTC in minutes.
type clock struct {
	set                         bool
	hour, minute, second, nanos int
	offset                      int
}

func (c *clock) valid() bool {
	return c.hour <= 23 && c.minute <= 59 && c.second <= 60 && c.offset > -24*60 && c.offset < 24*60
}

// timeWord reports whether a word or mark stands before a time.
func timeWord(s string) bool {
	switch s {
	case "t", "at", "um", "a", "à", "as", "las", "alle", "ore", "kl", "klo", "ob", "o", "u", "v", "в", "о", "om", "og", "la", "ora", "saat", "στις", "@", ",", "-", "|", "·", "•", ".", "_", "de", "h", "ur", "/", ";", "lucu", "luc", "pukul", "เวลา", "الساعة", "ساعت", "godz":
		return true
	}
	return false
}

// timeAfter reads a time that follows a date, if one does.
func (p *parser) timeAfter(i int, c *clock) int {
	start := i
	inside := p.skip(i, ",", "(")
	if w := p.weekday(inside); w > inside { // 2026-01-17 (Sat) 10:00
		start = p.skip(w, ")", ",")
	} else if t := p.at(i); t.text == "(" { // 2026年1月17日(土) 10:00
		for n := i + 1; n <= i+3; n++ {
			if p.is(n, ")") {
				start = n + 1
			}
		}
	}
	start = p.past(start, timeWord)
	if p.is(start, "(") {
		if next, ok := p.time(start+1, c); ok {
			return p.skip(next, ")")
		}
	}
	if next, ok := p.time(start, c); ok {
		return next
	}
	*c = clock{}
	return i
}

// time reads a time of day and its zone.
func (p *parser) time(i int, c *clock) (int, bool) {
	*c = clock{}
	half := 0 // 1 in the first half of the day, 2 in the second
	if h := dayHalf(p.at(i).text); h > 0 {
		half = h
		i++
	}
	if !p.num(i, 2) {
		return p.compactTime(i, c)
	}
	c.set, c.hour = true, p.at(i).n
	i++
	exact := true
	switch {
	case p.is(i, ":") && p.num(i+1, 2) && len(p.at(i+1).text) == 2:
		c.minute = p.at(i + 1).n
		i = p.seconds(i+2, ":", c)
	case p.is(i, ".") && p.num(i+1, 2) && len(p.at(i+1).text) == 2 && p.at(i+1).glued: // 10.15, by a word before or after it
		c.minute = p.at(i + 1).n
		i = p.seconds(i+2, ".", c)
		exact = p.is(i, "uhr", "am", "pm", "a", "p", "h", "u", "hrs") || half > 0 || p.zone(i, &clock{}) > i || p.is(i-4, "kl", "klo", "kello", "om", "ore", "alle", ".") || p.end(i)
	case p.is(i, "h", "時", "时", "点", "點", "시", "ч", "uhr", "hs", "hrs", "u"):
		i++
		if p.num(i, 2) && (p.at(i).glued || len(p.at(i).text) == 2) {
			c.minute = p.at(i).n
			i = p.skip(i+1, "分", "분", "min", "m")
			if p.num(i, 2) && p.is(i+1, "秒", "초", "s") {
				c.second = p.at(i).n
				i += 2
			}
		}
	default:
		exact = false
	}
	next, h := p.half(i)
	if h > 0 {
		half, exact = h, true
	}
	if !exact {
		return i, false
	}
	switch {
	case half == 2 && c.hour < 12:
		c.hour += 12
	case half == 1 && c.hour == 12:
		c.hour = 0
	}
	return p.zone(p.skip(next, "uhr", "h", "hrs", "hours", "u", "ur", "น", "hs", "ч", ",", "."), c), true
}

// seconds reads ":05.123" after hours and minutes.
func (p *parser) seconds(i int, sep string, c *clock) int {
	if !p.is(i, sep) || !p.num(i+1, 2) || len(p.at(i+1).text) != 2 || !p.at(i+1).glued {
		return i
	}
	c.second = p.at(i + 1).n
	i += 2
	if p.is(i, ".", ",", ":") && p.at(i).glued && p.at(i+1).kind == number && p.at(i+1).glued {
		digits := (p.at(i+1).text + "000000000")[:9]
		for _, d := range digits {
			c.nanos = c.nanos*10 + int(d-'0')
		}
		i += 2
	}
	return i
}

// compactTime reads "100500" or "1005" right behind a T.
func (p *parser) compactTime(i int, c *clock) (int, bool) {
	t := p.at(i)
	if t.kind != number || len(t.text) != 4 && len(t.text) != 6 || !p.is(i-1, "t") {
		return i, false
	}
	hm := t.n
	if len(t.text) == 6 {
		c.second, hm = t.n%100, t.n/100
	}
	c.set, c.hour, c.minute = true, hm/100, hm%100
	return p.zone(i+1, c), true
}

// dayHalf tells which half of the day a word before a time means.
func dayHalf(s string) int {
	switch s {
	case "上午", "午前", "오전", "凌晨", "早上":
		return 1
	case "下午", "午後", "오후", "晚上", "中午":
		return 2
	}
	return 0
}

// half reads "am", "p.m.", "μ.μ." after a time.
func (p *parser) half(i int) (next, half int) {
	switch t := p.at(i).text; t {
	case "am", "πμ", "ص", "pg":
		half, next = 1, i+1
	case "pm", "μμ", "م", "ptg":
		half, next = 2, i+1
	case "a", "p", "π", "μ":
		j := p.skip(i+1, ".")
		if p.is(j, "m", "μ") {
			next, half = j+1, 1
			if t == "p" || t == "μ" {
				half = 2
			}
		}
		if t == "p" && p.is(j, "d") { // Albanian: paradite
			next, half = j+1, 1
		}
	case "m":
		if j := p.skip(i+1, "."); p.is(j, "d") {
			next, half = j+1, 2
		}
	case "dop":
		half, next = 1, i+1
	}
	if half == 0 {
		return i, 0
	}
	return p.skip(next, "."), half
}

// zone reads an offset or the name of a zone after a time. A name that means
// several zones, or one that is not known, leaves the time as it stands.
func (p *parser) zone(i int, c *clock) int {
	start := i
	bracket := p.is(i, "(")
	if bracket {
		i++
	}
	if t := p.at(i); t.kind == word {
		minutes, ok := zones(t.text)
		switch {
		case ok:
			c.offset = minutes
			i++
		case p.is(i+1, "/") && p.at(i+2).kind == word: // Europe/Berlin
			i += 3
			for p.is(i, "_") {
				i += 2
			}
			i = p.skip(i, "time")
		default:
			return start
		}
		i = p.skip(i, "time", "standard", "daylight", "summer", ".")
	}
	if bracket {
		if !p.is(i, ")") {
			return start
		}
		i++
	}
	sign := 1
	if p.is(i, "-") {
		sign = -1
	}
	// An offset follows the time or "GMT" at once or after one blank; "10:00 - 3"
	// would be something else.
	if !p.is(i, "+", "-") || p.at(i+1).kind != number || !p.at(i+1).glued {
		return i
	}
	switch t := p.at(i + 1); {
	case len(t.text) == 4:
		c.offset = sign * (t.n/100*60 + t.n%100)
		i += 2
	case len(t.text) <= 2 && p.is(i+2, ":") && p.num(i+3, 2):
		c.offset = sign * (t.n*60 + p.at(i+3).n)
		i += 4
	case len(t.text) <= 2 && !p.is(i+2, "/", "-", "."):
		c.offset = sign * t.n * 60
		i += 2
	default:
		return i
	}
	if _, ok := zones(p.at(i).text); ok { // -0500 EST
		i++
	}
	return i
}

// zones is the offset of a zone's name in minutes. RFC 822 names those of the
// United States; the others are unambiguous in news. ET and the like stand for
// two offsets, of which the day does not depend on the choice.
func zones(name string) (minutes int, ok bool) {
	switch name {
	case "z", "utc", "gmt", "ut", "wet", "ist", "local", "lt":
		return 0, true
	case "bst", "cet", "mez", "wat", "west":
		return 60, true
	case "cest", "mesz", "eet", "cat", "sast":
		return 120, true
	case "msk", "eest", "eat", "trt", "мск":
		return 180, true
	case "gst":
		return 240, true
	case "pkt":
		return 300, true
	case "wib", "ict":
		return 420, true
	case "sgt", "hkt", "awst", "pht", "myt", "wita":
		return 480, true
	case "jst", "kst", "wit":
		return 540, true
	case "aest":
		return 600, true
	case "aedt":
		return 660, true
	case "nzst":
		return 720, true
	case "nzdt":
		return 780, true
	case "brt", "art", "adt":
		return -180, true
	case "ast", "edt":
		return -240, true
	case "est", "et", "eastern", "cdt":
		return -300, true
	case "cst", "ct", "central", "mdt":
		return -360, true
	case "mst", "mt", "mountain", "pdt":
		return -420, true
	case "pst", "pt", "pacific", "akdt":
		return -480, true
	case "akst":
		return -540, true
	case "hst":
		return -600, true
	}
	return 0, false
}

// The bounds of Unix times that are taken for one: from 1990 on, since smaller
// numbers are years, days without marks and IDs.
const (
	minUnix = 631152000
	maxUnix = 4102444800
)

// stamp reads the forms without marks: Unix seconds or milliseconds, and
// "20260117100500".
func (p *parser) stamp() (time.Time, bool) {
	t := p.at(0)
	fraction := len(p.tokens) == 3 && p.is(1, ".") && p.at(2).kind == number && len(t.text) == 10
	if t.kind != number || len(p.tokens) > 1 && !fraction {
		return time.Time{}, false
	}
	switch len(t.text) {
	case 9, 10, 13:
		n := int64(0)
		for _, d := range t.text {
			n = n*10 + int64(d-'0')
		}
		if len(t.text) == 13 {
			n /= 1000
		}
		if n >= minUnix && n <= maxUnix {
			return time.Unix(n, 0).UTC(), true
		}
	case 12, 14:
		at, err := time.Parse("200601021504", t.text[:12])
		if len(t.text) == 14 {
			at, err = time.Parse("20060102150405", t.text)
		}
		if err == nil && at.Year() >= minYear && at.Year() <= maxYear {
			return at, true
		}
	}
	return time.Time{}, false
}

// labels goes past the words that say what date it is, in any language.
func (p *parser) labels(i int) int {
	start := i
	found := false
	for n := i; n < i+8; n++ {
		t := p.at(n)
		switch {
		case t.kind == word && label(t.text):
			found = true
		case t.kind == word && found && labelWord(t.text):
		case p.is(n, ":", "|", "•", "·", "-", "@"):
			found = true
		default:
			if !found {
				return start
			}
			return n
		}
	}
	return start
}

// label reports whether a folded word says what a date is of.
func label(s string) bool {
	for _, stem := range []string{
		"publi", "pubblicat", "post", "date", "datum", "updat", "last", "modif", "creat", "first", "issue", "releas", "origin", "written", "story", "article", "filed", "added", "page", "next", "review",
		"veroffentlich", "aktualisier", "stand", "erstell", "erschien", "geandert", "zuletzt", "mis", "fecha", "actualizad", "ultima", "ultimo", "aggiornat", "data", "gepubliceerd", "geplaatst", "bijgewerkt", "laatst",
		"opublikowan", "dodan", "aktualiz", "vydan", "objavljen", "julkaistu", "paivitetty", "oppdatert", "opdater", "uppdater", "senast", "sist", "опубликован", "обновлен", "дата", "опубл", "оновлен", "публик", "yayin", "guncelle", "δημοσι", "ενημερ",
		"发布", "更新", "公開", "発行", "投稿", "작성", "입력", "수정", "등록", "기사", "최종", "승인", "게시", "时间", "時間", "日期", "תאריך", "פורסם", "نشر", "تاريخ", "آخر", "tanggal", "megjelen", "frissit", "posodoblj", "atualiz", "criad", "escrit", "cree", "redige",
	} {
		if strings.HasPrefix(s, stem) {
			return true
		}
	}
	return false
}

// labelWord reports whether a word goes on with a label.
func labelWord(s string) bool {
	switch s {
	case "on", "at", "due", "am", "le", "el", "il", "em", "op", "dne", "dnia", "den", "a", "jour", "de", "publication", "time", "of", "by", "the", "und", "as", "في", "ב", "del", "la", "ב־", "tarihi", "online", "um", "日", "时", "時", "間", "间":
		return true
	}
	return false
}
