package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus"
)

// token is a number, a word or a mark of a text that may be a date.
type token struct {
	corpus.Span        // in the text
	kind        kind   //
	text        string // a word folded, a number in ASCII digits, a mark
	n           int    // value of a number of up to nine digits
	glued       bool   // no blank stands before it
}

type kind byte

const (
	number kind = iota
	word
	mark
)

// maxTokens bounds what is looked at: the longest dates, with weekday, time,
// zone and a remark on the last update, have about forty.
const maxTokens = 64

// tokenise takes a short text apart. What comes after maxTokens is left out,
// and a text with so many is no date.
func tokenise(s string) []token {
	var out []token
	glued := false
	for i := 0; i < len(s) && len(out) <= maxTokens; {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			glued = false
			i += size
			continue
		case unicode.Is(unicode.Cf, r): // direction marks
			i += size
			continue
		}
		t := token{Span: corpus.Span{Start: i}, kind: mark, glued: glued}
		switch {
		case unicode.IsDigit(r):
			t.kind = number
			i = t.digits(s, i)
		case isCJK(r): // a word each: 年, 月, 日
			t.kind, t.text = word, s[i:i+size]
			i += size
		case unicode.IsLetter(r):
			t.kind = word
			i = letters(s, i)
			t.text = fold(s[t.Start:i])
		default:
			t.text = markText(r, s[i:i+size])
			i += size
		}
		t.End = i
		out = append(out, t)
		glued = true
	}
	return out
}

// digits reads a number of any script from i on and returns where it ends.
func (t *token) digits(s string, i int) int {
	var b strings.Builder
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		d := digit(r)
		if d < 0 {
			break
		}
		if b.Len() < 9 {
			t.n = t.n*10 + d
		}
		b.WriteByte(byte('0' + d))
		i += size
	}
	t.text = b.String()
	return i
}

// digit is the value of a decimal digit of any script, -1 for another
// character. Unicode keeps the ten digits of a script together, from zero up.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x80 || !unicode.IsDigit(r):
		return -1
	}
	zero := r
	for zero > r-9 && unicode.IsDigit(zero-1) {
		zero--
	}
	if r-zero > 9 {
		return -1
	}
	return int(r - zero)
}

// letters returns the end of the word at i. Apostrophes and the gershayim of
// Hebrew belong to it when a letter stands before them.
func letters(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '׳' || isCJK(r) {
			break
		}
		i += size
	}
	return i
}

// isCJK reports whether a character is a word of its own in a date.
func isCJK(r rune) bool {
	switch r {
	case '年', '月', '日', '号', '號', '時', '时', '点', '點', '分', '秒', '년', '월', '일', '시', '분', '초':
		return true
	}
	return false
}

// markText maps the kinds of dashes, apostrophes, colons and commas to one each.
func markText(r rune, s string) string {
	switch r {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '\uFF0D':
		return "-"
	case '\u2018', '\u2019', '\u02BC', '`':
		return "'"
	case '\uFF1A', '\u2236':
		return ":"
	case '\u060C', '\uFF0C', '\u3001':
		return ","
	case '\uFF0F', '\u2044', '\u2215':
		return "/"
	case '\uFF0E', '\u0970', '\u3002':
		return "."
	case '\uFF08':
		return "("
	case '\uFF09':
		return ")"
	case '\uFF0B':
		return "+"
	}
	return s
}
