package lexicon

// Opposites returns the antonyms that WordNet gives for a word in any of its
// forms, as lemmas, in no particular order and without repetition.
func (l *Lexicon) Opposites(word string) []string {
	var out []string
	seen := map[uint32]bool{}
	for _, id := range l.Neighbourhood(word).against {
		if !seen[id] {
			seen[id] = true
			out = append(out, l.words.Text(id))
		}
	}
	return out
}
