package lexicon

import (
	"math"
	"slices"

	"parley/retrieval/lexicon/internal/table"
)

const (
	minWeight    = 0.05 // weaker relations are dropped
	minPart      = 0.01 // weaker parts of one are not added up
	maxRelations = 64   // of one word
	maxClimb     = 3    // steps up the hierarchy
	maxDescent   = 2    // steps down
	// inflected is the part of a lemma's occurrences that one of its inflected
	// forms has: a verb has four forms.
	inflected = 0.25
	// minDerived is the weight from which a derived word lends its relations, so
	// that "negotiation" has those of "negotiate".
	minDerived = 0.5
)

// Relation leads to a related word, or to several words joined by spaces.
type Relation struct {
	Number int // of the word in the lexicon, below [Lexicon.Len]
	Word   string
	Weight float64 // 0 to 1
	Kind   Kind    // that of the heaviest part of the weight
}

// Related returns the words related to a word or to its dictionary forms, the
// heaviest first, at most 64. The word may be several joined by spaces.
func (l *Lexicon) Related(word string) []Relation {
	var s spread
	l.spread(&s, word)
	// A key orders by weight, since the bits of positive numbers are in their
	// order, then by word, since lemmas are numbered in theirs; its last eight bits
	// are the index.
	var buf [maxFound]uint64
	keys := buf[:0]
	for i := range s.found[:s.n] {
		if f := &s.found[i]; f.best >= minWeight {
			falling := uint64(math.MaxUint32 - math.Float32bits(f.best))
			keys = append(keys, falling<<32|uint64(f.lemma)<<8|uint64(i))
		}
	}
	slices.Sort(keys)
	keys = keys[:min(len(keys), maxRelations)]
	rel := make([]Relation, len(keys))
	for i, k := range keys {
		f := &s.found[k&0xff]
		rel[i] = Relation{Number: int(f.lemma), Word: l.words.Text(f.lemma), Weight: min(float64(f.best), 1), Kind: f.kind}
	}
	return rel
}

// found is a lemma that was reached.
type found struct {
	lemma uint32
	best  float32 // the greatest sum over the runs that have ended
	sum   float32 // of the synonyms in the present run
	other float32 // sum of the squares of other relations in it
	part  float32 // the greatest part of a sum, which gave the kind
	run   uint16
	kind  Kind
}

// maxFound bounds what is gathered around a word: the hash table stays half
// empty, and an index takes eight bits.
const maxFound = 256

// spread gathers the lemmas around a word, in runs from its dictionary forms and
// from the words derived from those. Weights add up within a run, and the best
// run counts. Those of synonyms add up as they are, for senses of the one word
// match those of the other one to one; others add up as squares, for many
// senses may lead to the same.
type spread struct {
	found [maxFound]found
	slots [2 * maxFound]uint16 // hash table of indices into found, plus one
	n     int
	run   uint16
	own   [6]uint32 // the dictionary forms
	owns  int
}

// add adds to the weight of a lemma, which it returns unless there is no room.
func (s *spread) add(lemma uint32, weight float32, kind Kind) *found {
	h := lemma * 2654435761 >> 23 // Knuth's multiplicative hash, to 9 bits
	for s.slots[h] != 0 && s.found[s.slots[h]-1].lemma != lemma {
		h = (h + 1) % uint32(len(s.slots))
	}
	if s.slots[h] == 0 {
		if s.n == maxFound {
			return nil
		}
		s.found[s.n] = found{lemma: lemma, run: s.run}
		s.n++
		s.slots[h] = uint16(s.n)
	}
	f := &s.found[s.slots[h]-1]
	if f.run != s.run {
		f.endRun()
		f.run = s.run
	}
	if kind == Synonym {
		f.sum += weight
	} else {
		f.other += weight * weight
	}
	if weight > f.part {
		f.part, f.kind = weight, kind
	}
	return f
}

// endRun counts the present run. Within one the sums only grow.
func (f *found) endRun() {
	f.best = max(f.best, f.sum+float32(math.Sqrt(float64(f.other))))
	f.sum, f.other = 0, 0
}

// spread gathers around a word; what s held is forgotten.
func (l *Lexicon) spread(s *spread, word string) {
	s.n, s.run, s.owns = 0, 0, 0
	clear(s.slots[:])
	var buf [len(s.own)]string
	word = l.spell(word)
	forms := l.forms(buf[:0], word)
	for _, form := range forms[:min(len(forms), len(s.own))] {
		s.own[s.owns], _ = l.words.Find(form)
		s.owns++
	}
	// Which form is meant is as likely as the form is frequent: "said" is "say",
	// seldom "said" as in "the said person". Their shares are square roots like those
	// of senses.
	var often [len(s.own)]float64
	total := 0.0
	for i, id := range s.own[:s.owns] {
		often[i] = math.Exp2(float64(l.words.Tags(id)) / 16)
		if forms[i] != word {
			often[i] *= inflected
		}
		total += often[i]
	}
	for i, id := range s.own[:s.owns] {
		share := float32(math.Sqrt(often[i] / total))
		if forms[i] != word {
			s.run++
			s.add(id, share, Form)
		}
		l.around(s, id, share)
	}
	var self *found
	if s.owns > 0 && forms[0] == word {
		self = s.add(s.own[0], 0, Form)
	}
	for i := range s.found[:s.n] {
		s.found[i].endRun()
	}
	if self != nil {
		self.best = 0 // a word is not related to itself
	}
}

// around spreads from a lemma and from those derived from it.
func (l *Lexicon) around(s *spread, id uint32, share float32) {
	s.run++
	l.meanings(s, id, share)
	ties := l.words.Ties(id)
	for i := range ties.Len() {
		lemma, kind, weight := tie(ties.At(i))
		s.add(lemma, share*weight, kind)
	}
	for i := range ties.Len() {
		if lemma, kind, weight := tie(ties.At(i)); kind != Gloss && weight >= minDerived {
			s.run++
			l.meanings(s, lemma, share*weight)
		}
	}
}

// tie returns where a tie leads and how.
func tie(e table.LemmaEdge) (lemma uint32, kind Kind, weight float32) {
	kind, weight = tieKinds[e.Tie].to(e.Back)
	return e.Lemma, kind, weight * (float32(e.Weight) / 255)
}

// meanings spreads from the senses of a lemma.
func (l *Lexicon) meanings(s *spread, id uint32, share float32) {
	senses := l.words.Senses(id)
	for i := range senses.Len() {
		sense := senses.At(i)
		weight := share * float32(sense.Strength) / 255
		l.reach(s, sense.Synset, weight, Synonym)
		edges := l.words.Edges(sense.Synset)
		for j := range edges.Len() {
			e := edges.At(j)
			kind, base := linkKinds[e.Link].to(e.Back)
			switch w := weight * base; kind {
			case Hypernym, Hyponym, Instance:
				l.climb(s, sense.Synset, e.Synset, kind, w, 1)
			default:
				l.reach(s, e.Synset, w, kind)
			}
		}
	}
}

// reach adds the members of a synset.
func (l *Lexicon) reach(s *spread, synset uint32, weight float32, kind Kind) {
	if weight < minWeight {
		return
	}
	members := l.words.Members(synset)
	for i := range members.Len() {
		m := members.At(i)
		if w := weight * (float32(m.Strength) / 255); w >= minPart {
			s.add(m.Lemma, w, kind)
		}
	}
}

// climb goes to a synset above or below another one and on in that direction.
func (l *Lexicon) climb(s *spread, from, to uint32, kind Kind, weight float32, steps int) {
	w := weight * l.lin2(from, to)
	if w < minWeight {
		return
	}
	l.reach(s, to, w, kind)
	if kind == Hyponym && steps == maxDescent || steps == maxClimb {
		return
	}
	on := kind
	if on == Instance {
		on = Hypernym // of the class; the instances of a class have no kinds
	}
	edges := l.words.Edges(to)
	for i := range edges.Len() {
		e := edges.At(i)
		if next, _ := linkKinds[e.Link].to(e.Back); next == on {
			l.climb(s, from, e.Synset, kind, weight, steps+1)
		}
	}
}

// lin2 is the square of Lin's measure of a synset and one above or below it:
// the information they share, which is that of the upper one, in proportion to
// what each has.
func (l *Lexicon) lin2(a, b uint32) float32 {
	x, y := float32(l.words.Content(a)), float32(l.words.Content(b))
	if x+y == 0 {
		return 0
	}
	r := 2 * min(x, y) / (x + y)
	return r * r
}
