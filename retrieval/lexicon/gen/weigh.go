package main

import (
	"math"
	"slices"

	"parley/retrieval/lexicon/internal/table"
)

const (
	// priorTags is how many tags the prior over senses is worth: a lemma that
	// was tagged often has the probabilities of its tags, one that was never
	// tagged those of the order in which WordNet lists its senses.
	priorTags = 2
	// minProbability drops the senses nobody means.
	minProbability = 0.02
)

// probabilities returns those of a lemma's senses: the frequencies of their
// tags, smoothed by a Zipfian prior over their rank (Dirichlet smoothing).
func probabilities(senses []sense) []float64 {
	p := make([]float64, len(senses))
	total, prior := 0.0, 0.0
	for _, s := range senses {
		total += float64(s.tags)
		prior += 1 / float64(s.rank)
	}
	for i, s := range senses {
		p[i] = (float64(s.tags) + priorTags/float64(s.rank)/prior) / (total + priorTags)
	}
	return p
}

// content returns the information content of every synset by Seco, Veale and
// Hayes (ECAI 2004): 1 - log(1+hyponyms)/log(synsets), 1 for a leaf and 0 for
// the root. It needs no corpus, and is defined for rare concepts too.
func (w *wordNet) content() []float64 {
	var size [4]float64
	below := make([]int, len(w.synsets))
	seen := make([]int, len(w.synsets))
	for i, s := range w.synsets {
		size[s.part]++
		// Count i once for each synset above it.
		var climb func(int)
		climb = func(j int) {
			for _, p := range w.synsets[j].pointers {
				if (p.symbol == "@" || p.symbol == "@i") && seen[p.target] != i+1 {
					seen[p.target] = i + 1
					below[p.target]++
					climb(p.target)
				}
			}
		}
		climb(i)
	}
	ic := make([]float64, len(w.synsets))
	for i, s := range w.synsets {
		ic[i] = 1 - math.Log(1+float64(below[i]))/math.Log(size[s.part])
	}
	return ic
}

// quantise maps 0..1 to a byte.
func quantise(x float64) uint8 { return uint8(math.Round(255 * math.Min(math.Max(x, 0), 1))) }

// capitalOf returns the country that a synset is the capital of, or -1.
func (w *wordNet) capitalOf(id int) int {
	capital := w.find("national capital", table.Noun)
	if !w.points(id, "@i", capital) {
		return -1
	}
	return w.country(id)
}

// country returns the country that holds a place, or -1.
func (w *wordNet) country(id int) int {
	country := w.find("country", table.Noun)
	for range 5 {
		next := -1
		for _, p := range w.synsets[id].pointers {
			if p.symbol == "#p" && next < 0 {
				next = p.target
			}
			if p.symbol == "#p" && w.isA(p.target, country) {
				return p.target
			}
		}
		if next < 0 {
			break
		}
		id = next
	}
	return -1
}

// find returns the synset that defines a political unit: the first one a lemma
// has among locations.
func (w *wordNet) find(lemma string, part table.Part) int {
	for _, s := range w.senses[lemma] {
		if w.synsets[s.synset].part == part && w.synsets[s.synset].lexfile == fileLocation {
			return s.synset
		}
	}
	return -1
}

func (w *wordNet) points(id int, symbol string, target int) bool {
	return slices.ContainsFunc(w.synsets[id].pointers, func(p pointer) bool { return p.symbol == symbol && p.target == target })
}

// isA reports whether a synset is an instance or a kind of another one.
func (w *wordNet) isA(id, class int) bool {
	if id == class {
		return true
	}
	return slices.ContainsFunc(w.synsets[id].pointers, func(p pointer) bool {
		return (p.symbol == "@" || p.symbol == "@i") && w.isA(p.target, class)
	})
}
