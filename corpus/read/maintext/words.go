package maintext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// functionWord is one of the words that sentences have and labels do not.
func functionWord(w string) bool {
	switch w {
	case "the", "of", "to", "and", "in", "a", "that", "is", "was", "for", "on", "with", "as", "it", "he", "she", "at", "by", "from", "but", "his", "her", "have", "has", "be", "are", "were", "they", "which", "who", "an", "not", "had", "this", "or",
		"der", "die", "das", "und", "ist", "von", "zu", "den", "mit", "nicht", "ein", "eine", "im", "dem", "des", "sich", "auf", "für",
		"de", "la", "le", "les", "et", "que", "en", "un", "une", "du", "est", "dans", "pour", "qui", "el", "los", "las", "y", "se", "del", "por", "con", "una", "o", "e", "do", "da", "em", "um", "não", "di", "il", "che", "per", "non", "è",
		"и", "в", "не", "на", "что", "с", "по", "w", "z", "że", "nie", "yang", "dan", "να", "και", "το", "της", "του":
		return true
	}
	return false
}

// keyOf keeps the letters and digits of a text, in lower case.
func keyOf(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r < utf8.RuneSelf {
			switch {
			case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
				b.WriteByte(byte(r))
			case r >= 'A' && r <= 'Z':
				b.WriteByte(byte(r) + 'a' - 'A')
			}
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// threes yields a hash of every three words of a text.
func threes(s string) func(func(uint64) bool) {
	return func(yield func(uint64) bool) {
		var h [3]uint64
		n := 0
		for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			x := uint64(14695981039346656037)
			for _, r := range w {
				x = (x ^ uint64(unicode.ToLower(r))) * 1099511628211
			}
			h[0], h[1], h[2] = h[1], h[2], x
			n++
			if n >= 3 && !yield(h[0]*31+h[1]*17+h[2]) {
				return
			}
		}
	}
}

func countWords(s string) int {
	n := 0
	in := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			space := c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
			if !space && !in {
				n++
			}
			in = !space
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		i += w
		switch {
		case r == 0xA0 || r >= 0x2000 && r <= 0x200B || r == 0x3000:
			in = false
		case r >= 0x2E80 && r < 0xAC00 || r >= 0xF900 && r < 0xFB00: // scripts without blanks: two characters a word
			if in {
				in = false
			} else {
				n++
				in = true
			}
		default:
			if !in {
				n++
			}
			in = true
		}
	}
	return n
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
func lowerWords(s string, n int) []string {
	var out []string
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		out = append(out, strings.ToLower(w))
		if len(out) == n {
			break
		}
	}
	return out
}
