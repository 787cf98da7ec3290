package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// Hyphens joins words that the ends of lines break, as their text writes them
// elsewhere.
type Hyphens struct {
	source string
	words  map[string]bool // in lower case, with the hyphens in them
}

// NewHyphens joins words of a text.
func NewHyphens(source string) *Hyphens { return &Hyphens{source: source} }

// Join joins the last word of a line that ends in a hyphen to the first of the
// next. It returns the line with the whole word and what is left of the next, or
// false when the hyphen does not break a word.
func (h *Hyphens) Join(line, next string) (joined, rest string, ok bool) {
	mark, width := utf8.DecodeLastRuneInString(line)
	if mark != '-' && mark != '\u2010' && mark != '\u00ad' {
		return "", "", false
	}
	stem := line[:len(line)-width]
	left := lastWord(stem)
	end := strings.IndexByte(next, ' ')
	if end < 0 {
		end = len(next)
	}
	right := firstWord(next[:end])
	if left == "" || right == "" {
		return "", "", false
	}
	word, rest := next[:end], strings.TrimLeft(next[end:], " ")
	switch {
	case mark == '\u00ad':
		return stem + word, rest, true
	case isConjunction(right) && word == right: // "short- and long-term"
		return "", "", false
	case h.keeps(left, right, word):
		return stem + "-" + word, rest, true
	}
	return stem + word, rest, true
}

// keeps reports whether the hyphen belongs to the word. The text itself decides
// if it has the word elsewhere, in one way or the other. Else a hyphen before a
// capital or beside a figure belongs to it, as one does in a word with a further
// hyphen, and in English after or before the words that [hyphenates] knows; every
// other hyphen is there for the line's end.
func (h *Hyphens) keeps(left, right, word string) bool {
	if h.words == nil {
		h.words = wordsOf(h.source)
	}
	low, high := strings.ToLower(left), strings.ToLower(right)
	if !strings.Contains(low, "-") && !strings.Contains(word, "-") {
		switch {
		case h.words[low+high]:
			return false
		case h.words[low+"-"+high]:
			return true
		}
	}
	first, last := text.FirstRune(right), text.LastRune(left)
	return !unicode.IsLower(first) && hasLower(left) || unicode.IsDigit(first) || unicode.IsDigit(last) ||
		strings.Contains(left, "-") || strings.Contains(strings.TrimRight(word, "-"), "-") || hyphenates(low, high)
}

func hasLower(s string) bool { return strings.ContainsFunc(s, unicode.IsLower) }

// hyphenates reports whether English writes a compound of two words with a hyphen
// because of one of them: the first members and the participles that the style
// guides name.
func hyphenates(left, right string) bool {
	switch left {
	case "all", "cross", "ex", "half", "ill", "long", "high", "low", "self", "short", "so", "well", "non", "vice",
		"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety":
		switch right { // of a derived word: "selfish", "wellness", "highly"
		case "ish", "ness", "ly", "er", "est", "ers", "ing", "ings", "ed", "way", "ways", "light", "lights", "land", "lands", "ingly", "ty", "lar", "cial", "ciety":
			return false
		}
		return true
	}
	switch right {
	case "based", "led", "born", "backed", "owned", "old", "known", "style", "related", "funded", "speaking", "term":
		return len(left) > 2
	}
	return false
}

func isConjunction(s string) bool {
	switch s {
	case "and", "or", "to", "und", "oder", "et", "ou", "y", "o", "e", "en", "of":
		return s != "of"
	}
	return false
}

// wordsOf are the words of a text, without those that the ends of lines break.
func wordsOf(s string) map[string]bool {
	words := map[string]bool{}
	for l := range strings.Lines(s) {
		fields := strings.Fields(l)
		for i, f := range fields {
			broken := i == len(fields)-1 && strings.HasSuffix(f, "-")
			f = strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if !broken && f != "" {
				words[strings.ToLower(f)] = true
			}
		}
	}
	return words
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '-'
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !wordRune(r) })
	if i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
	return strings.TrimLeft(s, "-'’")
}

func firstWord(s string) string {
	if !unicode.IsLetter(text.FirstRune(s)) && !unicode.IsDigit(text.FirstRune(s)) {
		return ""
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !wordRune(r) }); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, "-'’")
}
