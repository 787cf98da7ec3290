package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// openers are what stands before the first word of something.
const openers = "“‘\"'([{«„‚‹»”¿¡`<—–-/"

// lastWord is the word at the end of s without what opens it: a quotation
// mark, a bracket, a dash.
func lastWord(s string) string {
	i := len(s)
	for i > 0 && len(s)-i < near {
		c := s[i-1]
		if c == ' ' || c == '\t' || c == '/' || c == '(' || c == '[' || c == '"' {
			break
		}
		if c < utf8.RuneSelf {
			i--
			continue
		}
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if unicode.IsSpace(r) || strings.ContainsRune("—–“‘«„¿¡", r) {
			break
		}
		i -= n
	}
	word := s[i:]
	if word == "" || letterByte(word[0]) {
		return word
	}
	return strings.TrimLeft(word, "'-’`»‚‹<•▪●◦‣⁃")
}

func letterByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || text.IsDigit(c) }

// firstWord is the word at the start of s, up to an apostrophe or any other
// mark, without what opens it.
func firstWord(s string) string {
	s = s[:min(len(s), near)]
	if s != "" && !letterByte(s[0]) {
		s = strings.TrimLeft(s, openers+" ")
	}
	for i, r := range s {
		if r < utf8.RuneSelf && letterByte(byte(r)) && !text.IsDigit(byte(r)) {
			continue
		}
		if !unicode.IsLetter(r) && r != '-' && !unicode.Is(unicode.M, r) {
			return s[:i]
		}
	}
	return s
}

// blankOrOpener reports whether a character before a stop says nothing.
func blankOrOpener(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(openers+"•▪●◦‣⁃", r) && r != '"' && r != '”' && r != '»' && r != '\''
}

// dotted reports whether a word is letters and full stops in turn: U.S, p.m,
// Ph.D.
func dotted(word string) bool {
	for part := range strings.SplitSeq(word, ".") {
		part = strings.TrimPrefix(part, "-")
		if n := utf8.RuneCountInString(part); n == 0 || n > 2 || !unicode.IsLetter(text.FirstRune(part)) {
			return false
		}
	}
	return true
}

// consonants reports whether a word looks like an abbreviation nobody listed: a
// few letters, none of them a vowel and only the first of them perhaps a
// capital.
func consonants(word string) bool {
	if len(word) < 2 || len(word) > 4 {
		return false
	}
	if word[0] >= utf8.RuneSelf {
		return false
	}
	last := byte(0)
	for i := range len(word) {
		c := word[i]
		if i == 0 && c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c < 'a' || c > 'z' || strings.IndexByte("aeiouy", c) >= 0 || c == last { // "Hmm."
			return false
		}
		last = c
	}
	return true
}

// consonantsOnly reports the same of a word in Cyrillic letters.
func consonantsOnly(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.Is(unicode.Cyrillic, r) || strings.ContainsRune("аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ", r) || n > 0 && unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 1 && n < 5
}

// allCapitals reports whether a word has several letters and all are capitals.
func allCapitals(word string) bool { return len(word) > 1 && strings.ToUpper(word) == word }

func lowerLetters(s string) int {
	n := 0
	for n < len(s) && s[len(s)-1-n] >= 'a' && s[len(s)-1-n] <= 'z' {
		n++
	}
	return n
}

func isNumber(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		if !text.IsDigit(s[i]) {
			return false
		}
	}
	return true
}

func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVXLC") == "" }

// isName reports whether a word has a capital and small letters.
func isName(s string) bool {
	return len(s) > 1 && unicode.IsUpper(text.FirstRune(s)) && lowerLetters(s) > 0
}

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}
