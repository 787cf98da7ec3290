package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is one word of a text.
type Token struct {
	Start, End int    // byte offsets into the text
	Word       string // folded: lower case, no diacritics, no possessive, no thousands separators
	Upper      bool   // begins with a capital in the text
	Number     bool   // begins with a digit
}

// Tokenize cuts text into words and numbers. Hyphens separate, apostrophes
// inside a word do not; dotted acronyms collapse ("U.S." is "US"), "25,000" is
// "25000", "16:30" and "1.2" stay whole, "%" is the word "percent". A word in
// capitals that would be a stop word in lower case ("US", "WHO") keeps them, and
// names that are mostly written by their initials become those ("United States").
func Tokenize(text string) []Token {
	tokens := make([]Token, 0, len(text)/6+1)
	for i := 0; i < len(text); {
		r, n := decode(text, i)
		switch {
		case r == '%':
			tokens = append(tokens, Token{Start: i, End: i + n, Word: "percent"})
			i += n
		case unicode.IsDigit(r):
			end := scanNumber(text, i)
			tokens = append(tokens, Token{Start: i, End: end, Word: foldNumber(text[i:end]), Number: true})
			i = end
		case unicode.IsLetter(r):
			end := scanWord(text, i)
			if word := Fold(text[i:end]); word != "" { // an apostrophe that is a letter (U+02BC) folds to nothing
				tokens = mergeInitials(append(tokens, Token{Start: i, End: end, Word: word, Upper: unicode.IsUpper(r)}))
			}
			i = end
		default:
			i += n
		}
	}
	return tokens
}

// initials are names of two words that texts and questions abbreviate at will.
var initials = map[[2]string]string{
	{"united", "states"}:  "US",
	{"united", "kingdom"}: "uk",
	{"united", "nations"}: "un",
	{"european", "union"}: "eu",
}

// mergeInitials makes one token of the last two when they are such a name.
func mergeInitials(tokens []Token) []Token {
	n := len(tokens)
	if n < 2 {
		return tokens
	}
	a, b := &tokens[n-2], &tokens[n-1]
	short, ok := initials[[2]string{a.Word, b.Word}]
	if !ok || b.Start != a.End+1 {
		return tokens
	}
	a.End, a.Word, a.Upper = b.End, short, true
	return tokens[:n-1]
}

func decode(s string, i int) (rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// scanWord returns the end of the word at i: letters, digits and marks, with
// apostrophes between letters, or a dotted acronym.
func scanWord(s string, i int) int {
	if end := scanAcronym(s, i); end > 0 {
		return scanPossessive(s, end)
	}
	for i < len(s) {
		r, n := decode(s, i)
		if isWordRune(r) {
			i += n
			continue
		}
		if isApostrophe(r) && i+n < len(s) {
			if next, _ := decode(s, i+n); unicode.IsLetter(next) {
				i += n
				continue
			}
		}
		break
	}
	return i
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// scanAcronym returns the end of two or more single letters that are each
// followed by a full stop ("U.S.", "D.C.", "e.g."), or 0. The last may lack
// it, as in "the U.S government" and "in the U.S?".
func scanAcronym(s string, i int) int {
	letters := 0
	for i < len(s) {
		r, n := decode(s, i)
		if !unicode.IsLetter(r) {
			break
		}
		if i+n >= len(s) || s[i+n] != '.' {
			if letters > 0 && !wordRuneAt(s, i+n) {
				letters++
				i += n
			}
			break
		}
		letters++
		i += n + 1
	}
	if letters < 2 {
		return 0
	}
	return i
}

func wordRuneAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := decode(s, i)
	return isWordRune(r)
}

// scanPossessive returns the end of the possessive ending at i, or i.
func scanPossessive(s string, i int) int {
	if i == len(s) {
		return i
	}
	if r, n := decode(s, i); isApostrophe(r) && i+n < len(s) && s[i+n] == 's' && !wordRuneAt(s, i+n+1) {
		return i + n + 1
	}
	return i
}

// scanNumber returns the end of the number at i with the letters that follow it
// ("1990s", "4.5bn"). It takes the digits of every script, as its caller does.
func scanNumber(s string, i int) int {
	for i < len(s) {
		r, n := decode(s, i)
		if unicode.IsDigit(r) || r < utf8.RuneSelf && unicode.IsLetter(r) {
			i += n
			continue
		}
		if (r == '.' || r == ',' || r == ':') && i+n < len(s) {
			if next, _ := decode(s, i+n); unicode.IsDigit(next) {
				i += n
				continue
			}
		}
		break
	}
	return i
}

func foldNumber(s string) string {
	if strings.IndexByte(s, ',') >= 0 {
		s = strings.ReplaceAll(s, ",", "")
	}
	s = strings.ToLower(s)
	if !isASCII(s) {
		s = foldMarks(s)
	}
	return s
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Fold returns the form in which a word is compared: lower case without
// diacritics, possessive ending or the dots of an acronym. A word written in
// capitals whose lower-case form is a stop word keeps its capitals.
func Fold(word string) string {
	base := word
	if i := strings.LastIndexFunc(word, isApostrophe); i >= 0 && scanPossessive(word, i) == len(word) {
		base = word[:i]
	}
	if strings.IndexByte(base, '.') >= 0 {
		base = strings.ToUpper(strings.ReplaceAll(base, ".", ""))
		word = base
	}
	if len(base) > 1 && isCapitals(base) && IsStop(strings.ToLower(base)) {
		return base
	}
	word = strings.ToLower(word)
	if !isASCII(word) {
		word = foldMarks(word)
	}
	if i := strings.IndexByte(word, '\''); i >= 0 {
		word = foldApostrophe(word, i)
	}
	return word
}

func isCapitals(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// foldApostrophe drops a possessive ending and keeps contractions.
func foldApostrophe(word string, i int) string {
	if strings.HasSuffix(word, "'s") && len(word) > 3 {
		return word[:len(word)-2]
	}
	if i == len(word)-1 {
		return word[:i]
	}
	return word
}

func foldMarks(word string) string {
	var b strings.Builder
	b.Grow(len(word))
	for _, r := range norm.NFKD.String(word) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case isApostrophe(r):
			b.WriteByte('\'')
		case r == 'ł':
			b.WriteByte('l')
		case r == 'ø':
			b.WriteByte('o')
		case r == 'đ':
			b.WriteByte('d')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'æ':
			b.WriteString("ae")
		case r == 'œ':
			b.WriteString("oe")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
