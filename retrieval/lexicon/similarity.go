package lexicon

// Similarity tells from 0 to 1 how far one word may stand for the other in
// either direction; 1 for two forms of one word.
func (l *Lexicon) Similarity(a, b string) float64 {
	return max(l.toward(a, b), l.toward(b, a))
}

func (l *Lexicon) toward(a, b string) float64 {
	var s spread
	l.spread(&s, a)
	best := float32(0)
	for _, lemma := range l.Lemmas(b) {
		id := l.ids[lemma]
		if lemma == a {
			return 1
		}
		for _, f := range s.found {
			if f.lemma == id {
				best = max(best, f.weight)
			}
		}
	}
	return float64(min(best, 1))
}
