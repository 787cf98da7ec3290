package lexicon

import (
	"math"

	"parley/retrieval/lexicon/internal/table"
)

// maxAncestors bounds the way up from a meaning: WordNet's hierarchy of nouns is
// about 20 deep.
const maxAncestors = 24

// IsA tells from 0 to 1 how likely a word names a kind of something: the share
// of its meanings, by how often each is meant, that lie in the hierarchy below
// the likeliest meaning of class, or are it. An embassy is a "building", Moscow
// a "location". A verb's meanings count as well, so that "leads" is hardly a
// metal. An unknown word is nothing.
func (l *Lexicon) IsA(word, class string) float64 {
	top, ok := l.words.Find(class)
	if !ok || l.words.Senses(top).Len() == 0 {
		return 0
	}
	target := l.words.Senses(top).At(0).Synset
	var buf [8]string
	best := 0.0
	for _, form := range l.forms(buf[:0], l.spell(word)) {
		id, ok := l.words.Find(form)
		if !ok {
			continue
		}
		senses := l.words.Senses(id)
		var all, below float64
		for i := range senses.Len() {
			s := senses.At(i)
			p := float64(s.Strength) * float64(s.Strength)
			all += p
			if l.above(s.Synset, target, maxAncestors) {
				below += p
			}
		}
		if all > 0 {
			best = max(best, below/all)
		}
	}
	return best
}

// above reports whether a synset is another one or lies below it.
func (l *Lexicon) above(from, to uint32, steps int) bool {
	if from == to {
		return true
	}
	if steps == 0 {
		return false
	}
	edges := l.words.Edges(from)
	for i := range edges.Len() {
		if e := edges.At(i); !e.Back && (e.Link == table.Hypernym || e.Link == table.Instance) && l.above(e.Synset, to, steps-1) {
			return true
		}
	}
	return false
}

// Relational reports whether a word is an adjective that WordNet derives from a
// noun by name: "Russian" from Russia, "western" from west.
func (l *Lexicon) Relational(word string) bool {
	var buf [8]string
	for _, form := range l.forms(buf[:0], l.spell(word)) {
		id, ok := l.words.Find(form)
		if !ok || !l.words.Parts(id).Has(table.Adjective) {
			continue
		}
		ties := l.words.Ties(id)
		for i := range ties.Len() {
			if e := ties.At(i); e.Tie == table.Pertain && !e.Back {
				return true
			}
		}
	}
	return false
}

// Adjective reports whether a word can be an adjective.
func (l *Lexicon) Adjective(word string) bool {
	id, ok := l.words.Find(l.spell(word))
	return ok && l.words.Parts(id).Has(table.Adjective)
}

// Frequency is about how often a word in any of its forms was tagged with a
// meaning in the semantic concordances of WordNet, 360,000 words of running
// English; at least 1.
func (l *Lexicon) Frequency(word string) float64 {
	var buf [8]string
	best := 1.0
	for _, form := range l.forms(buf[:0], l.spell(word)) {
		if id, ok := l.words.Find(form); ok {
			best = max(best, math.Exp2(float64(l.words.Tags(id))/16))
		}
	}
	return best
}
