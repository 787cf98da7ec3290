package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// words cuts a text into lower-case runs of letters, numbers and underscores:
// what Python's re.findall(r"\w+", text.lower()) returns. Combining marks
// separate.
func words(text string) []string {
	return strings.FieldsFunc(cases.Lower(language.Und).String(text), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

// joined is a text reduced to its words, a space between them.
func joined(text string) string { return strings.Join(words(text), " ") }

// contains reports whether the words of a phrase stand in a text in a row.
func contains(text, phrase string) bool {
	return strings.Contains(" "+joined(text)+" ", " "+joined(phrase)+" ")
}

// sameShare is the share of the shorter text's distinct words that two texts
// must have in common to be the same statement.
const sameShare = 0.8

// sameWords is the fewest distinct words for which sharing most of them counts.
const sameWords = 5

// same reports whether two sentences are the same statement: one contains the
// other, or they share most of the shorter one's words.
func same(a, b string) bool {
	wa, wb := words(a), words(b)
	if len(wa) == 0 || len(wb) == 0 {
		return false
	}
	ja, jb := strings.Join(wa, " "), strings.Join(wb, " ")
	if strings.Contains(jb, ja) || strings.Contains(ja, jb) {
		return true
	}
	short, other := set(wa), set(wb)
	if len(other) < len(short) {
		short, other = other, short
	}
	common := 0
	for w := range short {
		if other[w] {
			common++
		}
	}
	return float64(common) >= sameShare*float64(len(short)) && len(short) >= sameWords
}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
