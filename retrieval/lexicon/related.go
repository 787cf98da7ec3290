package lexicon

import (
	"cmp"
	"slices"

	"parley/retrieval/lexicon/internal/table"
)

// base is what a relation of a kind weighs between words with one sense each.
// The order follows how surely one word may stand for the other: derivations
// and demonyms change the part of speech and not the subject, a hyponym answers
// for its hypernym, while a part, a capital or a word of the definition only
// belongs to the same matter.
var base = [...]float32{ //nolint:gochecknoglobals // a constant table
	Synonym: 1, Derived: 0.9, Pertain: 0.9, Similar: 0.6, Hypernym: 0.75, Hyponym: 0.75,
	Instance: 0.6, Capital: 0.6, Part: 0.4, Entails: 0.5, Gloss: 0.5,
}

const (
	minWeight    = 0.05 // weaker relations are dropped
	maxRelations = 64   // of one word
	maxSteps     = 3    // up the hierarchy; two down
	// inflected is the share of the dictionary form of a word that is itself in
	// the dictionary: "building" is first the noun.
	inflected = 0.8
)

var tieKinds = [...]Kind{table.Derived: Derived, table.Pertain: Pertain, table.Gloss: Gloss} //nolint:gochecknoglobals // a constant table

// linkKinds are the kinds of the links along their direction and against it.
var linkKinds = [...][2]Kind{ //nolint:gochecknoglobals // a constant table
	table.Hypernym: {Hypernym, Hyponym}, table.Instance: {Instance, Instance}, table.Similar: {Similar, Similar},
	table.PartOf: {Part, Part}, table.MemberOf: {Part, Part}, table.CapitalOf: {Capital, Capital},
	table.Entails: {Entails, Entails}, table.VerbGroup: {Similar, Similar},
}

// Related returns the words related to a word or any of its dictionary forms,
// the nearest first, at most 64. The dictionary forms themselves are not among
// them unless they differ from the word.
func (l *Lexicon) Related(word string) []Relation {
	var s spread
	l.spread(&s, word)
	return l.relations(&s)
}

// relations returns what was gathered, in order.
func (l *Lexicon) relations(s *spread) []Relation {
	slices.SortFunc(s.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.lemma, b.lemma))
	})
	rel := make([]Relation, 0, min(len(s.found), maxRelations))
	for _, f := range s.found {
		if f.weight < minWeight || len(rel) == maxRelations {
			break
		}
		rel = append(rel, Relation{Word: l.lemmas[f.lemma].Text, Weight: float64(min(f.weight, 1)), Kind: f.kind})
	}
	return rel
}

// found is a lemma that was reached.
type found struct {
	lemma  uint32
	kind   Kind
	weight float32 // the best over kinds
	sum    float32 // of the present kind from the present lemma
	run    uint32
}

// spread gathers the lemmas around a word.
type spread struct {
	found []found
	slots [512]uint16 // open hash table of indices into found, plus one
	run   uint32
	kind  Kind
}

// maxFound bounds what is gathered; it keeps the hash table half empty.
const maxFound = 256

// add adds to the weight of a lemma. Weights add up within one run over one kind
// and compete between them.
func (s *spread) add(lemma uint32, weight float32) {
	if weight < minWeight/4 {
		return
	}
	for h := lemma * 2654435761 >> 23; ; h = (h + 1) % uint32(len(s.slots)) {
		i := s.slots[h]
		if i == 0 {
			if len(s.found) == maxFound {
				return
			}
			s.found = append(s.found, found{lemma, s.kind, weight, weight, s.run})
			s.slots[h] = uint16(len(s.found))
			return
		}
		f := &s.found[i-1]
		if f.lemma != lemma {
			continue
		}
		if f.run != s.run {
			f.run, f.sum = s.run, 0
		}
		f.sum += weight
		if f.sum > f.weight {
			f.weight, f.kind = f.sum, s.kind
		}
		return
	}
}

// next begins another run.
func (s *spread) next(k Kind) { s.run++; s.kind = k }

// spread gathers the lemmas around a word.
func (l *Lexicon) spread(s *spread, word string) {
	s.found = make([]found, 0, 96)
	var buf [8]string
	own := l.spell(word)
	for _, lemma := range l.rules.Append(buf[:0], own) {
		id, share := l.ids[lemma], float32(1)
		if lemma != own {
			if _, ok := l.ids[own]; ok {
				share = inflected
			}
			s.next(Synonym)
			s.add(id, share)
		}
		l.around(s, id, share)
	}
	if id, ok := l.ids[own]; ok { // it is not related to itself
		s.drop(id)
	}
}

func (s *spread) drop(lemma uint32) {
	for i := range s.found {
		if s.found[i].lemma == lemma {
			s.found[i].weight = 0
		}
	}
}

// around spreads from a lemma and from those derived from it.
func (l *Lexicon) around(s *spread, id uint32, share float32) {
	l.senses(s, id, share)
	for _, t := range l.ties[id] {
		w := share * t.weight * base[t.kind]
		s.next(t.kind)
		s.add(t.lemma, w)
		if t.kind != Gloss && w > 0.3 {
			l.senses(s, t.lemma, w*base[t.kind])
		}
	}
}

// senses spreads from the senses of a lemma.
func (l *Lexicon) senses(s *spread, id uint32, share float32) {
	senses := l.lemmas[id].Senses
	s.next(Synonym)
	for _, sense := range senses {
		l.reach(s, sense.Synset, share*float32(sense.Strength)/255)
	}
	for link, kinds := range linkKinds {
		s.next(kinds[0])
		for _, sense := range senses {
			l.follow(s, sense.Synset, sense.Synset, table.Link(link), share*float32(sense.Strength)/255*base[kinds[0]], 0)
		}
		s.next(kinds[1])
		for _, sense := range senses {
			l.followBack(s, sense.Synset, sense.Synset, table.Link(link), share*float32(sense.Strength)/255*base[kinds[1]], 0)
		}
	}
}

// reach adds the members of a synset.
func (l *Lexicon) reach(s *spread, synset uint32, weight float32) {
	if weight < minWeight {
		return
	}
	for _, m := range l.members[synset] {
		s.add(m.lemma, weight*m.strength)
	}
}

func (l *Lexicon) follow(s *spread, from, at uint32, link table.Link, weight float32, step int) {
	for _, e := range l.synsets[at].Edges {
		if e.Link != link && (step == 0 || link != table.Instance || e.Link != table.Hypernym) {
			continue
		}
		w := weight
		if link == table.Hypernym || link == table.Instance {
			w *= l.lin2(from, e.Synset)
		}
		l.reach(s, e.Synset, w)
		if (link == table.Hypernym || link == table.Instance) && step+1 < maxSteps && w >= minWeight {
			l.follow(s, from, e.Synset, link, weight, step+1)
		}
	}
}

func (l *Lexicon) followBack(s *spread, from, at uint32, link table.Link, weight float32, step int) {
	if weight < minWeight {
		return
	}
	hierarchy := link == table.Hypernym || link == table.Instance
	for _, e := range l.back[at] {
		if e.Link != link {
			continue
		}
		w := weight
		if hierarchy {
			w *= l.lin2(from, e.Synset)
		}
		l.reach(s, e.Synset, w)
		if link == table.Hypernym && step == 0 && w >= 2*minWeight {
			l.followBack(s, from, e.Synset, link, weight, step+1)
		}
	}
}

// lin2 is the square of Lin's measure of a synset and one above or below it: the
// information that both share, which is that of the upper one, in proportion to
// what each has.
func (l *Lexicon) lin2(a, b uint32) float32 {
	x, y := float32(l.synsets[a].Content), float32(l.synsets[b].Content)
	if x+y == 0 {
		return 0
	}
	r := 2 * min(x, y) / (x + y)
	return r * r
}
