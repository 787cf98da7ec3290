package lexicon

import "slices"

// near is a word of a neighbourhood.
type near struct {
	lemma  uint32
	weight float32
	family family
}

// Neighbourhood is a word with what surrounds it, made for comparing it with
// many other words. It takes about 1 KB.
type Neighbourhood struct {
	near    []near // by lemma; the word's own forms weigh 1
	own     []uint32
	against []uint32 // antonyms
}

// Neighbourhood returns what surrounds a word, which may be several joined by
// spaces. That of an unknown word is similar to nothing.
func (l *Lexicon) Neighbourhood(word string) Neighbourhood {
	var s spread
	l.spread(&s, word)
	n := Neighbourhood{own: slices.Clone(s.own[:s.owns]), near: s.appendNear(make([]near, 0, s.n+s.owns))}
	for _, id := range n.own {
		n.against = l.words.AppendAntonyms(n.against, id)
	}
	slices.SortFunc(n.near, func(a, b near) int { return int(a.lemma) - int(b.lemma) })
	return n
}

// appendNear appends what was gathered, the word's own forms first.
func (s *spread) appendNear(to []near) []near {
	own := s.own[:s.owns]
	for _, id := range own {
		to = append(to, near{id, 1, same})
	}
	for i := range s.found[:s.n] {
		if f := &s.found[i]; f.best >= minWeight && !slices.Contains(own, f.lemma) {
			to = append(to, near{f.lemma, min(f.best, 1), familyOf[f.kind]})
		}
	}
	return to
}

// Similarity tells from 0 to 1 how far the words may stand for one another: 1
// for forms of one word, the weight of the relation between related words, and
// for others the best path over a common neighbour. Antonyms have 0.
func (n Neighbourhood) Similarity(m Neighbourhood) float64 {
	for _, id := range n.against {
		if slices.Contains(m.own, id) {
			return 0
		}
	}
	best := float32(0)
	a, b := n.near, m.near
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].lemma < b[0].lemma:
			a = a[1:]
		case a[0].lemma > b[0].lemma:
			b = b[1:]
		default:
			w := a[0].weight * b[0].weight
			if a[0].weight < 1 && b[0].weight < 1 {
				w *= meeting[a[0].family][b[0].family]
			}
			best = max(best, w)
			a, b = a[1:], b[1:]
		}
	}
	return float64(best)
}

// Similarity compares two words; see [Neighbourhood.Similarity], which is much
// faster for a word that is compared more than once.
func (l *Lexicon) Similarity(a, b string) float64 {
	return l.Neighbourhood(a).Similarity(l.Neighbourhood(b))
}
