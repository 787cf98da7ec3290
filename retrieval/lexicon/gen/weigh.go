package main

import (
	"math"
	"slices"
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

// content returns the information content of every synset,
//
//	1 - log(mass of the synset) / log(mass of its part of speech)
//
// where the mass is the tags on senses at or below the synset, and one for each
// synset there: Resnik's measure with add-one smoothing. It is 0 for a root and
// 1 for a leaf that was never tagged.
func (w *wordNet) content() []float64 {
	own := make([]float64, len(w.synsets))
	var size [len(files)]float64
	for _, senses := range w.senses {
		for _, s := range senses {
			own[s.synset] += float64(s.tags)
		}
	}
	mass := make([]float64, len(w.synsets))
	seen := make([]int, len(w.synsets)) // index + 1 of the last synset counted
	for i, s := range w.synsets {
		size[s.part] += 1 + own[i]
		var climb func(int)
		climb = func(j int) {
			seen[j] = i + 1
			mass[j] += 1 + own[i]
			for _, p := range w.synsets[j].pointers {
				if (p.symbol == "@" || p.symbol == "@i") && seen[p.target] != i+1 {
					climb(p.target)
				}
			}
		}
		climb(i)
	}
	ic := make([]float64, len(w.synsets))
	for i, s := range w.synsets {
		ic[i] = 1 - math.Log(mass[i])/math.Log(size[s.part])
	}
	return ic
}

// quantise maps 0..1 to a byte, in steps of 1/51: finer ones would not be
// meant, and would not deflate.
func quantise(x float64) uint8 { return uint8(5 * math.Round(51*math.Min(math.Max(x, 0), 1))) }

// countries returns the countries that a place lies in: the nearest country
// above it, and its earlier forms, which WordNet lists as senses of one name
// (Russia is the federation, the Soviet Union and the empire).
func (w *wordNet) countries(id int) []int {
	country := w.find("country")
	for range 5 {
		var next []int
		for _, p := range w.synsets[id].pointers {
			if p.symbol == "#p" && w.isA(p.target, country) {
				return w.namesakes(p.target, country)
			}
			if p.symbol == "#p" {
				next = append(next, p.target)
			}
		}
		if len(next) == 0 {
			break
		}
		id = next[0]
	}
	return nil
}

func (w *wordNet) namesakes(id, class int) []int {
	list := []int{id}
	for _, word := range w.synsets[id].words {
		for _, s := range w.senses[key(word)] {
			if !slices.Contains(list, s.synset) && w.isA(s.synset, class) {
				list = append(list, s.synset)
			}
		}
	}
	return list
}

// find returns the first sense that a lemma has among locations.
func (w *wordNet) find(lemma string) int {
	for _, s := range w.senses[lemma] {
		if w.synsets[s.synset].lexfile == fileLocation {
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
