package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuoteBytes is the length up to which a quotation or bracket is never cut:
// a citation with half a quotation reads wrong, and one with a whole speech is
// long. Of CLAPNQ's gold sentences 93.8 % are ours at 150 bytes, 93.5 % at 200
// and 250, 91.8 % at 400: its annotators cut inside quotations.
const maxQuoteBytes = 250

// maxDepth is how many marks may be open inside one another.
const maxDepth = 12

// span is a stretch of a paragraph.
type span struct{ start, end int }

// opener is a mark that nothing has closed yet.
type opener struct {
	at   int
	mark rune // the opening mark
	weak bool // something closed it that may be an apostrophe
}

// marks pairs quotation marks and brackets of every style. ranges are the pairs
// that are short, the outermost of those inside one another, in order.
type marks struct {
	open   [maxDepth]opener
	n      int
	ranges []span
}

// push opens a mark; the oldest open one is forgotten if there are too many.
func (m *marks) push(at int, mark rune) {
	if m.n == maxDepth {
		copy(m.open[:], m.open[1:])
		m.n--
	}
	m.open[m.n] = opener{at: at, mark: mark}
	m.n++
}

// find returns the index of the innermost open mark that is one of the given
// ones and near enough to be closed at a place, or -1.
func (m *marks) find(at int, mark, other rune) int {
	for i := m.n - 1; i >= 0; i-- {
		if at-m.open[i].at > maxQuoteBytes {
			return -1
		}
		if m.open[i].mark == mark || m.open[i].mark == other {
			return i
		}
	}
	return -1
}

// close ends the open mark with index i at end. A weak end may be an
// apostrophe: the mark stays open for a better one.
func (m *marks) close(i, end int, weak bool) {
	start := m.open[i].at
	for len(m.ranges) > 0 && m.ranges[len(m.ranges)-1].start >= start {
		m.ranges = m.ranges[:len(m.ranges)-1]
	}
	if end-start <= maxQuoteBytes {
		m.ranges = append(m.ranges, span{start, end})
	}
	m.n = i
	if weak {
		m.open[i].weak = true
		m.n++
	}
}

// forget takes the open mark with index i away.
func (m *marks) forget(i int) {
	copy(m.open[i:], m.open[i+1:m.n])
	m.n--
}

// meaning says what a mark in the text does.
type meaning int

const (
	nothing meaning = iota
	opens
	closesQuote
	closesBracket
)

// mark works out what the mark r at s[i:] does, does it, and returns its length
// in bytes.
func (m *marks) mark(s string, i int, r rune) (meaning, int) {
	n := utf8.RuneLen(r)
	switch r {
	case '(', '[', '{', '（', '【', '〔':
		if !smiley(s, i) {
			m.push(i, r)
		}
		return opens, n
	case ')', ']', '}', '）', '】', '〕':
		if k := m.find(i, opening(r), opening(r)); k >= 0 {
			m.close(k, i+n, false)
		}
		return closesBracket, n
	case '「', '『', '《', '〈', '„', '‚':
		m.push(i, r)
		return opens, n
	case '」', '』', '》', '〉':
		return m.closeWith(s, i, n, opening(r), opening(r)), n
	case '“':
		if after(s, i) {
			if k := m.find(i, '„', '„'); k >= 0 {
				m.close(k, i+n, false)
				return closesQuote, n
			}
		}
		m.push(i, r)
		return opens, n
	case '”':
		if k := m.find(i, '“', '„'); k >= 0 {
			m.close(k, i+n, false)
			return closesQuote, n
		}
		return m.sameMark(s, i, r, r), n
	case '«', '‹', '»', '›':
		return m.angle(s, i, r), n
	case '"':
		return m.straight(s, i), n
	case '‘', '’', '\'', '`':
		return m.single(s, i, r)
	case '<', '>':
		if i+1 >= len(s) || s[i+1] != byte(r) {
			return nothing, 1
		}
		if r == '<' {
			m.push(i, r)
			return opens, 2
		}
		return m.closeWith(s, i, 2, '<', '<'), 2
	}
	return nothing, n
}

// closeWith closes the innermost open mark of two kinds.
func (m *marks) closeWith(s string, i, n int, mark, other rune) meaning {
	if k := m.find(i, mark, other); k >= 0 {
		m.close(k, i+n, false)
		return closesQuote
	}
	if after(s, i) {
		return closesQuote
	}
	return nothing
}

// sameMark takes a mark that both opens and closes, as ” does in Swedish: by
// what stands before and after it.
func (m *marks) sameMark(s string, i int, r, stored rune) meaning {
	n := utf8.RuneLen(r)
	k := m.find(i, stored, stored)
	switch {
	case before(s, i, n):
		if k >= 0 {
			m.forget(k)
		}
		m.push(i, stored)
		return opens
	case k >= 0 && (after(s, i) || i+n >= len(s) || s[i+n] == ' '):
		m.close(k, i+n, false)
		return closesQuote
	case after(s, i):
		return closesQuote
	}
	return nothing
}

// straight takes a straight double quotation mark. After a number it may be
// inches, and with blanks on both sides it is what a tokeniser left.
func (m *marks) straight(s string, i int) meaning {
	k := m.find(i, '"', '"')
	if k < 0 && !after(s, i) {
		m.push(i, '"')
		return opens
	}
	if k >= 0 && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && i+2 < len(s) && s[i+1] == ' ' && s[i+2] >= 'a' && s[i+2] <= 'z' {
		m.close(k, i+1, true)
		return closesQuote
	}
	return m.sameMark(s, i, '"', '"')
}

// angle takes guillemets, which point outward in French and inward in German,
// and may all point to the right in Finnish.
func (m *marks) angle(s string, i int, r rune) meaning {
	partner := opening(r)
	n := utf8.RuneLen(r)
	if k := m.find(i, partner, partner); k >= 0 {
		m.close(k, i+n, false)
		return closesQuote
	}
	if r == '«' || r == '‹' || before(s, i, n) {
		return m.sameMarkOrOpen(s, i, r)
	}
	return m.sameMark(s, i, r, r)
}

func (m *marks) sameMarkOrOpen(s string, i int, r rune) meaning {
	if k := m.find(i, r, r); k >= 0 && after(s, i) && !before(s, i, utf8.RuneLen(r)) {
		m.close(k, i+utf8.RuneLen(r), false)
		return closesQuote
	}
	m.push(i, r)
	return opens
}

// single takes a single quotation mark, which may be an apostrophe.
func (m *marks) single(s string, i int, r rune) (meaning, int) {
	n := utf8.RuneLen(r)
	if r == '`' {
		if strings.HasPrefix(s[i:], "``") {
			m.push(i, '`')
			return opens, 2
		}
		return nothing, 1
	}
	if strings.HasPrefix(s[i:], "''") {
		return m.closeWith(s, i, 2, '`', '`'), 2
	}
	if r == '‘' && after(s, i) {
		if k := m.find(i, '‚', '‚'); k >= 0 {
			m.close(k, i+n, false)
			return closesQuote, n
		}
	}
	mark, other := r, r
	if r == '’' {
		mark, other = '‘', '‚'
	}
	if r != '’' && before(s, i, n) && !elided(s[i+n:]) {
		if k := m.find(i, mark, other); k >= 0 {
			m.forget(k)
		}
		m.push(i, mark)
		return opens, n
	}
	next, _ := utf8.DecodeRuneInString(s[i+n:])
	if !after(s, i) || unicode.IsLetter(next) || unicode.IsDigit(next) {
		return nothing, n
	}
	prev, _ := utf8.DecodeLastRuneInString(s[:i])
	k := m.find(i, mark, other)
	strong := !unicode.IsLetter(prev) && !unicode.IsDigit(prev)
	switch {
	case k < 0 && strong:
		return closesQuote, n
	case k < 0, m.open[k].weak && !strong, (prev == 's' || prev == 'S') && next == ' ':
		return nothing, n
	}
	m.close(k, i+n, !strong)
	return closesQuote, n
}

// before reports whether the mark of n bytes at s[i:] stands before a word: at
// the start, after a blank or another opening mark, and not before a blank.
func before(s string, i, n int) bool {
	if i+n >= len(s) || s[i+n] == ' ' {
		return false
	}
	if i == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsSpace(r) || strings.ContainsRune("([{“‘„‚«‹—–-\"/¿¡", r)
}

// after reports whether what is at s[i:] stands right after something.
func after(s string, i int) bool {
	if i == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return !unicode.IsSpace(r)
}

// elided reports whether text starts with what an apostrophe is written before:
// ’90s, ’tis.
func elided(text string) bool {
	if len(text) >= 2 && text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9' {
		return true
	}
	word := strings.ToLower(firstWord(text))
	switch word {
	case "em", "n", "tis", "twas", "til", "cause", "round", "bout", "neath", "cos":
		return true
	}
	return false
}

// smiley reports whether the bracket at i is a mouth.
func smiley(s string, i int) bool {
	return i > 0 && (s[i-1] == ':' || s[i-1] == ';' || s[i-1] == '-') && (i+1 == len(s) || s[i+1] == ' ')
}

// opening returns the opening mark that a closing one goes with.
func opening(r rune) rune {
	switch r {
	case ')':
		return '('
	case ']':
		return '['
	case '}':
		return '{'
	case '）':
		return '（'
	case '】':
		return '【'
	case '〕':
		return '〔'
	case '」':
		return '「'
	case '』':
		return '『'
	case '》':
		return '《'
	case '〉':
		return '〈'
	case '»':
		return '«'
	case '«':
		return '»'
	case '›':
		return '‹'
	case '‹':
		return '›'
	}
	return r
}
