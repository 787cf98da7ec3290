package analysis

import (
	_ "embed"
	"strings"

	"github.com/kljensen/snowball/english"
)

//go:embed irregular.txt
var irregularTable string

//go:embed stopwords.txt
var stopTable string

//go:embed lightwords.txt
var lightTable string

// The tables below are read-only after package initialisation.
var (
	irregular = parseIrregular(irregularTable)
	stopWords = parseWords(stopTable)
	light     = parseStems(lightTable)
)

// IsStop reports whether a folded word is a function word that says nothing
// about a topic. The list is the English stop-word list of the Snowball project
// (https://snowballstem.org/algorithms/english/stop.txt) with its contractions.
func IsStop(word string) bool { return stopWords[word] }

// IsLight reports whether a folded word says little in a question: light verbs
// ("take place"), what an answer is to be ("in which city"), the articles
// themselves. Sentences that answer often lack such words.
func IsLight(word string) bool { return light[Stem(word)] }

// Stem returns the term of a folded word: number words become digits, irregular
// forms their base form, and the rest is cut by the Snowball English stemmer
// (https://snowballstem.org/algorithms/english/stemmer.html).
func Stem(word string) string {
	word = Base(word)
	if len(word) < 3 || word[0] >= '0' && word[0] <= '9' || word[0] >= 'A' && word[0] <= 'Z' {
		return word
	}
	return english.Stem(word, true)
}

// Base returns the base form of an irregular form, such as "three" (3) or "went"
// (go), and any other word as it is.
func Base(word string) string {
	if base, ok := irregular[word]; ok {
		return base
	}
	return word
}

// parseIrregular reads lines of "base form form…".
func parseIrregular(table string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, form := range fields[1:] {
			m[form] = fields[0]
		}
	}
	return m
}

func parseWords(table string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(table) {
		m[w] = true
	}
	return m
}

func parseStems(table string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(table) {
		m[Stem(w)] = true
	}
	return m
}
