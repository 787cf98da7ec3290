package main

import (
	"slices"
	"strings"
	"unicode"

	"parley/retrieval/lexicon/internal/morph"
	"parley/retrieval/lexicon/internal/table"
)

// frequencies estimates how common each lemma is: its tags in the semantic
// concordances and its occurrences in WordNet's own definitions and examples,
// which are 1.5 million words of plain English.
func (w *wordNet) frequencies() map[string]int {
	freq := make(map[string]int, len(w.senses))
	for lemma, senses := range w.senses {
		for _, s := range senses {
			freq[lemma] += s.tags
		}
	}
	m := w.morphology()
	for _, s := range w.synsets {
		words := tokens(s.gloss)
		for i := range words {
			for _, lemma := range m.Lemmas(words[i]) {
				freq[lemma]++
			}
			for n := min(4, len(words)-i); n > 1; n-- {
				if text := strings.Join(words[i:i+n], " "); w.senses[text] != nil {
					freq[text]++
					break
				}
			}
		}
	}
	return freq
}

// morphology returns rules over all of WordNet.
func (w *wordNet) morphology() *morph.Rules {
	irregular := make(map[string][]morph.Irregular)
	for _, e := range w.exceptions {
		irregular[e.form] = append(irregular[e.form], morph.Irregular{Lemma: e.lemma, Part: e.part})
	}
	return morph.New(func(word string) table.PartSet {
		var parts table.PartSet
		for _, s := range w.senses[word] {
			parts |= 1 << w.synsets[s.synset].part
		}
		return parts
	}, func(form string) []morph.Irregular { return irregular[form] })
}

// tokens cuts lower-case words.
func tokens(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\''
	})
}

// Lexicographers' files that hold names and terms of natural history; their
// rarer members do not turn up in questions about the news.
var remote = []int{5, 8, 17, 20, fileSubstance} //nolint:gochecknoglobals // a constant list: animals, bodies, objects, plants, substances

const (
	fileGroup     = 14
	fileLocation  = 15
	filePerson    = 18
	fileSubstance = 27
)

// keep decides whether a lemma is worth its bytes.
func (w *wordNet) keep(lemma string, freq int) bool {
	senses := w.senses[lemma]
	if strings.Contains(closed, " "+lemma+" ") && w.nounsOnly(lemma) {
		return false
	}
	if renamed[lemma] != "" {
		return len(senses) > 0
	}
	words := strings.Count(lemma, " ") + 1
	if words > 4 || len(lemma) > 32 || strings.ContainsFunc(lemma, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsDigit(r) }) {
		return false
	}
	files := make([]int, 0, len(senses))
	for _, s := range senses {
		files = append(files, w.synsets[s.synset].lexfile)
	}
	if !slices.ContainsFunc(files, func(f int) bool { return !slices.Contains(remote, f) }) {
		return freq >= 4
	}
	if words > 1 {
		if !w.nounsOnly(lemma) { // phrasal verbs, "on hold"
			return true
		}
		return freq >= 2
	}
	if slices.Contains(files, fileLocation) || slices.Contains(files, fileGroup) {
		return true
	}
	if slices.Contains(files, filePerson) && len(files) == 1 && w.isName(senses[0]) {
		return freq >= 3
	}
	return freq >= 1
}

func (w *wordNet) nounsOnly(lemma string) bool {
	return !slices.ContainsFunc(w.senses[lemma], func(s sense) bool { return w.synsets[s.synset].part != 0 })
}

// isName reports whether a sense is a person's name.
func (w *wordNet) isName(s sense) bool {
	return slices.ContainsFunc(w.synsets[s.synset].pointers, func(p pointer) bool { return p.symbol == "@i" })
}
