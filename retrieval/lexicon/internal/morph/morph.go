// Package morph finds the dictionary forms of an inflected English word as
// WordNet's morphy(7WN) does: irregular forms from a list, then the detachment of
// endings, kept where the rest is a known word of that part of speech.
package morph

import (
	"slices"
	"strings"

	"parley/retrieval/lexicon/internal/table"
)

type detachment struct {
	part        table.Part
	end, ending string
}

// detachments are those of morphy(7WN).
var detachments = [...]detachment{ //nolint:gochecknoglobals // a constant table
	{table.Noun, "s", ""},
	{table.Noun, "ses", "s"},
	{table.Noun, "xes", "x"},
	{table.Noun, "zes", "z"},
	{table.Noun, "ches", "ch"},
	{table.Noun, "shes", "sh"},
	{table.Noun, "men", "man"},
	{table.Noun, "ies", "y"},
	{table.Verb, "s", ""},
	{table.Verb, "ies", "y"},
	{table.Verb, "es", "e"},
	{table.Verb, "es", ""},
	{table.Verb, "ed", "e"},
	{table.Verb, "ed", ""},
	{table.Verb, "ing", "e"},
	{table.Verb, "ing", ""},
	{table.Adjective, "er", ""},
	{table.Adjective, "est", ""},
	{table.Adjective, "er", "e"},
	{table.Adjective, "est", "e"},
}

// Rules are the morphology over a vocabulary.
type Rules struct {
	parts     func(word string) table.PartSet
	irregular func(form string) []Irregular
}

// Irregular is what an irregular form is a form of.
type Irregular struct {
	Lemma string
	Part  table.Part
}

// New returns rules over the words that parts knows and the irregular forms. Both
// functions are called often; they may be called by several goroutines at once if the
// rules are.
func New(parts func(word string) table.PartSet, irregular func(form string) []Irregular) *Rules {
	return &Rules{parts: parts, irregular: irregular}
}

// Lemmas returns the dictionary forms of a word: the word itself if it is one,
// then those of irregular forms, then those that detachment finds.
func (r *Rules) Lemmas(word string) []string { return r.Append(nil, word) }

// Append appends what Lemmas returns.
func (r *Rules) Append(lemmas []string, word string) []string {
	add := func(lemma string) {
		if !slices.Contains(lemmas, lemma) {
			lemmas = append(lemmas, lemma)
		}
	}
	if r.parts(word) != 0 {
		add(word)
	}
	var irregular table.PartSet // an irregular form has no regular one in its part of speech
	for _, f := range r.irregular(word) {
		if r.parts(f.Lemma).Has(f.Part) {
			add(f.Lemma)
			irregular |= 1 << f.Part
		}
	}
	for i := range detachments {
		d := &detachments[i]
		stem, ok := strings.CutSuffix(word, d.end)
		if !ok || irregular.Has(d.part) || len(stem)+len(d.ending) < 2 || d.part == table.Noun && strings.HasSuffix(word, "ss") {
			continue
		}
		for _, lemma := range [...]string{stem + d.ending, undouble(stem, d)} {
			if lemma != "" && r.parts(lemma).Has(d.part) {
				add(lemma)
			}
		}
	}
	return lemmas
}

// undouble shortens a doubled last consonant, which morphy leaves to its lists
// of exceptions ("wrapped"); the lexicon keeps the lists short.
func undouble(stem string, d *detachment) string {
	n := len(stem)
	if d.ending != "" || d.end == "s" || d.end == "es" || d.part == table.Noun || n < 3 || stem[n-1] != stem[n-2] || strings.IndexByte("aeiou", stem[n-1]) >= 0 {
		return ""
	}
	return stem[:n-1]
}
