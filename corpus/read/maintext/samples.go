package maintext

// Sample is what the models see of a chunk, for the program that fits them.
type Sample struct {
	Text     string    `json:"text"`
	Words    int       `json:"words"`
	Features []float32 `json:"-"`
	Sparse   []string  `json:"sparse"`
	Groups   [3]int    `json:"groups"` // numbers of the groups whose verdicts are summed up
	Head     int       `json:"head"`   // the heading above it, -1 for none
}

// Samples are the chunks of the page, and the names of their features.
func (pg *Page) Samples() (names []string, samples []Sample) {
	numbers := map[any]int{}
	number := func(k any) int {
		n, ok := numbers[k]
		if !ok {
			n = len(numbers)
			numbers[k] = n
		}
		return n
	}
	for i, ch := range pg.chunks {
		r := row{want: true}
		pg.features(i, &r)
		names = r.names
		s := Sample{Text: ch.text, Words: ch.words, Features: r.v, Head: pg.heads[i]}
		for k, key := range shares(ch) {
			s.Groups[k] = number([2]any{k, key})
		}
		seen := map[string]bool{}
		pg.sparse(i, func(w string) {
			if !seen[w] {
				seen[w] = true
				s.Sparse = append(s.Sparse, w)
			}
		})
		samples = append(samples, s)
	}
	return names, samples
}
