// Package lexicon knows which English words mean the same or nearly so, without
// a model: it bridges "film" and "movie", "begin" and "start", "troubles" and
// "difficulty", "Russian" and "Russia".
//
// Its source is WordNet 3.0 of Princeton University, whose licence is in
// data/LICENSE. The program in gen compiles the database into data/wordnet.bin:
// 53,000 lemmas and 67,000 synsets in 4.6 MB, used as they lie in the program. Names of
// countries and cities that changed since 2006 (Kyiv, Czechia) are added there.
//
// The weight of a relation between two words adds up over senses s of the one
// and t of the other
//
//	√(p(s) · p(t)) · base(kind) · r(s, t)
//
// where p is the probability that the word has the sense: its share of the tags in
// the semantic concordances, smoothed by the order in which WordNet lists
// senses. For synonyms, where s = t, the sum is the Bhattacharyya coefficient of
// the words' senses: 1 for words that always mean the same, little for words
// that share a rare sense. base is a judgement, in kind.go; r is the square of
// Lin's measure over information content in the hierarchy, so that "person" says
// little about a president and "head of state" much, and 1 elsewhere.
//
// A word's [Neighbourhood] holds its relations; two words are as similar as the
// best path that leads over one common neighbour.
//
// Words are lower case, but US is "US" (as are U.S. and USA), and other
// abbreviations that read as function words keep their capitals (WHO, IT).
package lexicon

import (
	_ "embed"
	"fmt"
	"strings"

	"parley/retrieval/lexicon/internal/morph"
	"parley/retrieval/lexicon/internal/table"
)

// data is a string so that its texts need no copy.
//
//go:embed data/wordnet.bin
var data string

// Lexicon is WordNet, ready to be asked. It is immutable and safe for concurrent
// use.
type Lexicon struct {
	words *table.Table
	rules *morph.Rules
}

// Open checks the embedded data, which is used where it is: callers open one
// lexicon and share it all the same.
func Open() (*Lexicon, error) {
	t, err := table.Open(data)
	if err != nil {
		return nil, fmt.Errorf("open lexicon: %w", err)
	}
	l := &Lexicon{words: t}
	l.rules = morph.New(l.parts, l.irregular)
	return l, nil
}

// Len is how many words and expressions the lexicon has.
func (l *Lexicon) Len() int { return l.words.Lemmas() }

// parts are the parts of speech that a word has; none when it is unknown.
func (l *Lexicon) parts(word string) table.PartSet {
	if id, ok := l.words.Find(word); ok {
		return l.words.Parts(id)
	}
	return 0
}

// IsVerb reports whether a word, in any of its forms, can be a verb. An unknown
// word can.
func (l *Lexicon) IsVerb(word string) bool {
	forms := l.Lemmas(word)
	for _, f := range forms {
		if l.parts(f).Has(table.Verb) {
			return true
		}
	}
	return len(forms) == 0
}

// irregular is what an irregular form is a form of.
func (l *Lexicon) irregular(form string) []morph.Irregular {
	lo, hi := l.words.Irregular(form)
	if lo == hi {
		return nil
	}
	all := make([]morph.Irregular, 0, hi-lo)
	for i := lo; i < hi; i++ {
		e := l.words.Exception(i)
		all = append(all, morph.Irregular{Lemma: l.words.Text(e.Lemma), Part: e.Part})
	}
	return all
}

// Lemmas returns the dictionary forms of a word that the lexicon knows, itself
// first if it is one: "left" is left and leave.
func (l *Lexicon) Lemmas(word string) []string { return l.forms(nil, l.spell(word)) }

// forms appends the dictionary forms of a word or expression.
func (l *Lexicon) forms(forms []string, word string) []string {
	if strings.IndexByte(word, ' ') >= 0 {
		return l.expressions(forms, word)
	}
	return l.rules.Append(forms, word)
}

// spell returns a word as the lexicon spells it.
func (l *Lexicon) spell(word string) string {
	if _, ok := l.words.Find(word); ok {
		return word
	}
	bare := word
	if strings.ContainsAny(word, ".-") {
		bare = strings.NewReplacer(".", "", "-", "").Replace(word)
		if _, ok := l.words.Find(bare); ok {
			return bare
		}
	}
	lower := strings.ToLower(bare)
	if lower == "usa" || lower == "us" && strings.Contains(word, ".") {
		return "US"
	}
	return lower
}
