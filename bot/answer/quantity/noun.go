package quantity

import (
	"regexp"
	"slices"
	"strings"

	snowball "github.com/kljensen/snowball/english"

	"parley/bot/answer/english"
)

// adjective fits words that are no noun behind "one".
var adjective = regexp.MustCompile(`^..?$|(ed|ing|ly|ous|ful|ive|ical|onal)$`)

// noun returns the stem of the plural that a number before a token counts, or of
// the word behind "one": "23 missiles of a type", "20 of the boats", "12-member".
func (ts tokens) noun(i int, one bool) string {
	const reach = 5 // words
	if c := ts.at(i).class; c == 'H' || c == 'O' {
		i++
	}
	if ts.at(i).class == '-' {
		i, one = i+1, true
	}
	if t := ts.at(i); one && t.word >= "a" && !t.upper && !t.digits && !english.IsFunction(t.word) && !adjective.MatchString(t.word) {
		return stem(t.word)
	}
	for k := i; k < i+reach; k++ {
		t := ts.at(k)
		switch w := t.word; {
		case t.class == '-':
		case w < "a" || t.class == 't' || english.IsFunction(w) && w != "more" && w != "other" && (k > i || w != "the" && w != "them"):
			return ""
		case isPlural(w) && ts.at(k+1).class != '-':
			if next := ts.word(k + 1); isPlural(next) && w[len(w)-1] == 's' { // "sports cars"
				w = next
			}
			return stem(w)
		}
	}
	return ""
}

// tells reports whether a text has a digit or a word of a number, a time or a date.
func tells(text string) bool {
	mark := func(c rune) bool { return c < 'a' || c > 'z' }
	counts := func(w english.Word) bool { return strings.IndexByte("c1zkKoQqMWDt", w.Class) >= 0 }
	word := func(w string) bool { return slices.ContainsFunc(english.Find(w), counts) }
	return strings.ContainsAny(text, "0123456789") || slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(text), mark), word)
}

// isPlural reports whether a word looks like a plural noun.
func isPlural(w string) bool {
	if _, ok := english.IrregularSingular(w); ok {
		return true
	}
	return len(w) > 3 && w[len(w)-1] == 's' && !strings.Contains("ss us is 's", w[len(w)-2:]) && !english.IsFunction(w) && w != "others"
}

func stem(w string) string {
	if one, ok := english.IrregularSingular(w); ok {
		w = one
	}
	return snowball.Stem(w, true)
}
