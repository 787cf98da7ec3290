package wordpiece

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// encoder reads a text, character by character, and appends its tokens to dst.
type encoder struct {
	t    *Tokenizer
	text string
	dst  []Token
	room int // for how many more tokens
	word word
	// starter is where the last character begins that is no mark: what follows it
	// may have to be put in order.
	starter int
}

func (e *encoder) run() {
	for i := 0; i < len(e.text) && e.room > 0; {
		// Most of most texts; the rest of ASCII goes the way of all characters.
		switch c := e.text[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			e.word.addByte(c, i)
		case 'A' <= c && c <= 'Z':
			e.word.addByte(c+('a'-'A'), i)
		case c == ' ':
			e.endWord()
		default:
			i = e.character(i)
			continue
		}
		e.starter = i
		i++
	}
	e.endWord()
}

// character reads the character at i and returns where to go on.
func (e *encoder) character(i int) int {
	r, size := utf8.DecodeRuneInString(e.text[i:])
	if r == '[' {
		if s := e.t.specialAt(e.text[i:]); s.text != "" {
			e.endWord()
			e.append(s.id, i, i+len(s.text))
			e.starter = i + len(s.text)
			return e.starter
		}
	}
	whole := classOf(r)
	switch whole {
	case dropped: // it parts nothing, neither a word nor a letter from its marks
		return i + size
	case space, ideograph:
		e.endWord()
	}
	var parts [maxParts]rune
	for _, p := range decompose(&parts, r, e.text[i:i+size]) {
		switch classOf(p) {
		case space:
		case mark:
			continue
		case moving:
			return e.reorder()
		case punct:
			e.endWord()
			e.word.add(p, i, i+size)
			e.endWord()
		default:
			e.word.add(unicode.ToLower(p), i, i+size)
		}
		e.starter = i
	}
	if whole == ideograph {
		e.endWord()
	}
	return i + size
}

// maxParts is the number of characters that one decomposes into, at most: U+1F82
// has 4 (https://www.unicode.org/faq/normalization.html).
const maxParts = 4

// decompose returns the canonical decomposition of r, whose text is s.
func decompose(buf *[maxParts]rune, r rune, s string) []rune {
	// Hangul syllables are letters that count:
	// https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G61399
	if n := r - 0xAC00; 0 <= n && n < 11172 {
		d := append(buf[:0], 0x1100+n/(21*28), 0x1161+n%(21*28)/28)
		if n%28 != 0 {
			d = append(d, 0x11A7+n%28)
		}
		return d
	}
	d := buf[:0]
	if r >= 0xC0 {
		for b := norm.NFD.PropertiesString(s).Decomposition(); len(b) > 0; {
			p, size := utf8.DecodeRune(b)
			d, b = append(d, p), b[size:]
		}
	}
	if len(d) == 0 {
		d = append(d, r)
	}
	return d
}
