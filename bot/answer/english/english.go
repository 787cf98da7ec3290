// Package english holds the words that readers of sentences share, each list once,
// in words.txt. Lookups take them in small letters, with a straight apostrophe.
package english

import (
	_ "embed"
	"strconv"
	"strings"
)

// Word is what the table says of a word; its classes are told there.
type Word struct {
	Class byte
	Value float64
	Text  string // kind and unit, or the singular
}

//go:embed words.txt
var list string

// words are the senses of phrases, reach the longest that a word begins; read-only.
var words, reach = parse(list)

func parse(list string) (map[string][]Word, map[string]int) {
	senses, reach := map[string][]Word{}, map[string]int{}
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		if f[0] == "#" {
			continue
		}
		value, _ := strconv.ParseFloat(f[1], 64) // under test
		for _, phrase := range f[3:] {
			senses[phrase] = append(senses[phrase], Word{f[0][0], value, strings.Trim(f[2], "-")})
			head, _, _ := strings.Cut(phrase, "_")
			reach[head] = max(reach[head], 1+strings.Count(phrase, "_"))
		}
	}
	return senses, reach
}

// Find returns the senses of a phrase, whose words an _ joins, the first one first.
func Find(phrase string) []Word { return words[phrase] }

// Reach returns the number of words in the longest phrase that a word begins.
func Reach(word string) int { return reach[word] }

// sense returns the sense of a word that is of one of some classes.
func sense(word, classes string) (Word, bool) {
	for _, w := range words[word] {
		if strings.IndexByte(classes, w.Class) >= 0 {
			return w, true
		}
	}
	return Word{}, false
}

// IsFunction reports whether a word ends a run of nouns and adjectives.
func IsFunction(word string) bool {
	_, ok := sense(word, "f")
	return ok
}

// Denies reports whether a word says that something is not so.
func Denies(word string) bool {
	_, ok := sense(word, "g")
	return ok || strings.HasSuffix(word, "n't")
}

// Speaks reports whether a word is a verb by which somebody says or denies something.
func Speaks(word string) bool {
	_, ok := sense(word, "i")
	return ok
}

// IrregularSingular returns the singular of "people", "men", "aircraft".
func IrregularSingular(word string) (string, bool) {
	w, ok := sense(word, "s")
	return w.Text, ok
}
