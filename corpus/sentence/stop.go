package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// fullStop is what decides on one full stop.
type fullStop struct {
	p     *scanner
	left  string // what stands before the stop, from the start of the sentence, no more than near bytes
	whole bool   // left is all of the sentence so far
	word  string // the word before the stop
	prev  string // the word before that
	right string // what stands after it
	next  string // the first word of that
	digit bool   // a number stands after it
	known class  // what is known of word as an abbreviation
}

// stopEnds reports whether a full stop ends its sentence, word being the first
// word of right, the text after it.
func (p *scanner) stopEnds(at *place, start int, right, word string) bool {
	from := max(start, at.stop-near)
	left := strings.TrimLeft(p.s[from:at.stop], " ")
	if last := text.LastRune(left); unicode.IsSpace(last) || text.IsCloser(last) && last != '’' && last != '\'' {
		return true
	}
	f := fullStop{p: p, left: left, whole: from == start, word: lastWord(left), right: right, next: word}
	f.prev = lastWord(strings.TrimRight(left[:len(left)-len(f.word)], " “‘\"(["))
	f.digit = unicode.IsDigit(text.FirstRune(right))
	f.known = f.class()
	if dashed := strings.TrimLeft(right, "-–— "); dashed != right && (f.known&^beforeNumber != 0 || f.dotted()) {
		return false
	}
	if f.marker() {
		return false
	}
	if p.aside(at, start) && f.known == 0 {
		return p.starts(word)
	}
	if at.quoted && saidOnly(right) {
		return false
	}
	return f.ends()
}

// ends applies what is known of the word before the stop.
func (f *fullStop) ends() bool {
	if isNumber(f.word) {
		return !f.ordinal()
	}
	c := f.known
	switch {
	case f.chained():
		return false
	case c&unit != 0 && isNumber(f.prev):
		return !f.digit
	case c&street != 0:
		return f.starts() && (text.IsDigit(firstByte(f.prev)) || isName(f.prev) && classOf(f.prev)&abbreviation == 0)
	case c&never != 0:
		return allCapitals(f.word) && f.starts() // "Santa Rosa, CA."
	case c&beforeNumber != 0:
		return !f.digit && !coded(f.right) && f.next != ""
	case c&month != 0 && utf8.RuneCountInString(f.word) < 3 && !text.IsDigit(firstByte(f.prev)) && !isRoman(f.prev):
		return false // "г. Остранд"
	case c&month != 0:
		return !f.digit && (f.starts() || !f.fronted())
	case c&era != 0 || f.era():
		return !f.digit
	case c&timeOfDay != 0:
		return f.endsTime()
	case c&state != 0 && f.prev != "" && !strings.HasSuffix(f.prev, ",") && isName(f.prev):
		return true // a surname
	case c&(mayEnd|state) != 0:
		return f.starts() && !f.digit
	}
	switch {
	case utf8.RuneCountInString(f.word) == 1 && c == 0 && unicode.IsLetter(text.FirstRune(f.word)):
		return f.endsLetter()
	case f.dotted():
		return !f.digit && f.starts()
	case isRoman(f.word) && f.p.language().ordinals() && f.p.language() != polish:
		return f.starts()
	case (consonants(f.word) || consonantsOnly(f.word)) && !isNumber(f.prev):
		return f.starts()
	}
	return true
}

// class is what is known of the word before the stop; of a compound what is
// known of its last part.
func (f *fullStop) class() class {
	word := f.word
	c := f.p.classOf(word) & abbreviation
	if c == 0 {
		if i := strings.LastIndexAny(word, "-’'"); i >= 0 {
			_, n := utf8.DecodeRuneInString(word[i:])
			c = f.p.classOf(word[i+n:]) & abbreviation
		}
		if len(word) > 5 && strings.HasSuffix(word, "str") && f.p.language()&(german|dutch) != 0 {
			c = beforeNumber // Hauptstr. 12
		}
	}
	return c
}

// marker reports whether the sentence so far is nothing but the number of a
// list item, a heading or a remark: 1. 2.3. IV. § 5. A. P.S. Step 3.
func (f *fullStop) marker() bool {
	if !f.whole || len(f.left) > 16 {
		return false
	}
	s := strings.TrimLeft(f.left, "•▪●◦‣⁃■➤►✓✔-–—§(\"“ ")
	if label, number, ok := strings.Cut(s, " "); ok && f.p.classOf(label)&labels != 0 && (isNumber(number) || isRoman(number)) {
		return true
	}
	switch {
	case isNumber(s):
		return len(s) <= 3
	case utf8.RuneCountInString(s) == 1:
		return unicode.IsLetter(text.FirstRune(s))
	case isRoman(strings.ToUpper(s)):
		return len(s) <= 4
	case strings.Trim(s, "0123456789.") == "":
		return len(s) <= 8
	}
	return s == "PS" || strings.Contains(s, ".") && len(s) <= 5 && dotted(s)
}

// ordinal reports whether the number before the stop is one that a full stop
// makes ordinal, or the day of a date.
func (f *fullStop) ordinal() bool {
	if len(f.word) > 3 {
		return false
	}
	small := len(f.word) <= 2
	if f.digit {
		return small && dateRest(f.right) || small && isNumber(strings.TrimSuffix(f.prev, ".")) && strings.HasSuffix(f.prev, ".") && len(f.right) >= 4 && isNumber(f.right[:4])
	}
	lang := f.p.language()
	switch {
	case lang == english:
		return false
	case isMonth(f.next):
		return small
	case !lang.ordinals() || !unicode.IsLetter(text.FirstRune(f.right)):
		return false
	}
	// "Zimmer 5. Roe kam": the number of what stands before it.
	return !f.p.starts(f.next) && (!unicode.IsUpper(text.FirstRune(f.prev)) || f.p.starts(f.prev))
}

// dateRest reports whether text starts with the month and year of a date that
// is written in numbers: 1. 2026.
func dateRest(s string) bool {
	digits := 0
	for digits < len(s) && text.IsDigit(s[digits]) {
		digits++
	}
	if digits == 0 || digits > 2 || digits >= len(s) || s[digits] != '.' {
		return false
	}
	rest := strings.TrimLeft(s[digits+1:], " ")
	return len(rest) >= 2 && isNumber(rest[:2])
}

// starts reports whether what stands after the stop starts a sentence rather
// than going on with a name.
func (f *fullStop) starts() bool {
	switch text.FirstRune(f.right) {
	case '“', '"', '‘', '«', '„', '»':
		return speech(f.right)
	}
	if utf8.RuneCountInString(f.next) == 1 && strings.HasPrefix(f.right, f.next+".") {
		return false // "L. A. Mayrin": the next initial looks like the article
	}
	return f.p.starts(f.next)
}

// speech reports whether the quotation that text starts with is one of a
// sentence: it ends with a mark, or does not end here.
func speech(s string) bool {
	i := strings.IndexAny(s[1:], "”\"’»“")
	if i < 0 {
		return true
	}
	inside := strings.TrimRight(s[:i+1], " ")
	return inside == "" || strings.IndexByte(".,!?", inside[len(inside)-1]) >= 0 || strings.HasSuffix(inside, "…")
}

// endsLetter decides on a single letter: an initial, or a letter that is a name
// by itself as in vitamin C.
func (f *fullStop) endsLetter() bool {
	letter := text.FirstRune(f.word)
	if f.digit || f.word == "v" {
		return false
	}
	if !unicode.IsUpper(letter) {
		if unicode.IsLower(letter) && unicode.IsUpper(text.FirstRune(f.next)) {
			return f.starts()
		}
		return false
	}
	labelled := f.prev != "" && (strings.HasSuffix(f.prev, "°") || text.IsDigit(f.prev[0]) && strings.ContainsRune("NSEW", letter) || f.p.classOf(f.prev)&labels != 0)
	if labelled || (f.prev == "and" || f.prev == "or") && f.pairOfLetters() {
		return true
	}
	switch text.FirstRune(f.right) {
	case '“', '"', '‘', '«', '„', '(':
		return false
	}
	return f.starts() && !is(f.next, weak)
}

// pairOfLetters reports whether the letter before the stop is the second of two:
// regions A and B.
func (f *fullStop) pairOfLetters() bool {
	rest := strings.TrimSuffix(f.left[:len(f.left)-len(f.word)], " "+f.prev+" ")
	first := lastWord(rest)
	return len(first) == 1 && unicode.IsUpper(text.FirstRune(first)) && first != "I"
}

// chained reports whether the stop belongs to an abbreviation of several
// letters with blanks between them: z. B., d. h., p. ej.
func (f *fullStop) chained() bool {
	return strings.HasSuffix(f.prev, ".") && len(f.prev) <= 5 && f.p.classOf(f.prev+f.word)&never != 0
}

// era reports whether the stop belongs to an era with a blank in it: a. C.
func (f *fullStop) era() bool {
	return strings.HasSuffix(f.prev, ".") && len(f.prev) <= 3 && f.p.classOf(f.prev+f.word)&era != 0
}

// dotted reports whether the word is letters and full stops in turn: U.S, p.m,
// Ph.D.
func (f *fullStop) dotted() bool { return strings.Contains(f.word, ".") && dotted(f.word) }

// endsTime decides on a.m. and p.m.
func (f *fullStop) endsTime() bool {
	if f.digit || is(f.next, zone) {
		return false
	}
	// "5 p.m. Moscow time"
	rest := f.right
	for range 3 {
		i := strings.IndexByte(rest, ' ')
		if i < 0 || !unicode.IsUpper(text.FirstRune(rest)) {
			break
		}
		rest = rest[i+1:]
		if firstWord(rest) == "time" {
			return false
		}
	}
	if f.starts() && f.next != "I" {
		return true
	}
	return !f.fronted()
}

// fronted reports whether the time before the stop opens a clause, so that what
// follows is its subject: "By 5 p.m. Mayor Hale had left".
func (f *fullStop) fronted() bool {
	left := strings.TrimRight(f.left[:len(f.left)-len(f.word)], " ")
	for left != "" {
		i := strings.LastIndexByte(left, ' ') + 1
		token := left[i:]
		if strings.HasSuffix(token, ",") || strings.HasSuffix(token, "—") || strings.HasSuffix(token, ";") || strings.HasSuffix(token, ":") {
			return true
		}
		token = strings.ToLower(strings.TrimLeft(token, "“‘\"'("))
		switch {
		case is(token, conjoins) && !is(token, fronts):
			return true
		case is(token, fronts) || functionIn(token)&f.p.language()&^english != 0 || text.IsDigit(firstByte(token)) || is(capital(strings.TrimSuffix(token, ".")), month|zone|timeOfDay):
		default:
			return false
		}
		left = strings.TrimRight(left[:i], " ")
	}
	return f.whole
}

// capital is a word in small letters with a capital.
func capital(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// saidOnly reports whether text names who spoke and ends there: Mayor Hale
// said.
func saidOnly(s string) bool {
	if !attributes(s) {
		return false
	}
	end := strings.IndexAny(s, ".,")
	if end < 0 {
		return false
	}
	return is(lastWord(s[:end]), speaks)
}

// coded reports whether text starts with what numbers something: 5, IV, A, B12,
// K-9.
func coded(s string) bool {
	token, _, _ := strings.Cut(s, " ")
	token = strings.TrimRight(token, ".,;:)")
	if token == "" || len(token) > 8 {
		return false
	}
	if strings.ContainsAny(token, "0123456789") {
		return true
	}
	return isRoman(token) && token != "I" || len(token) == 1 && token != "I" && token != "A" && unicode.IsUpper(text.FirstRune(token)) ||
		token == "A" && len(s) > 4 && (s[1] != ' ' || strings.HasPrefix(s, "A and") || strings.HasPrefix(s, "A or"))
}
