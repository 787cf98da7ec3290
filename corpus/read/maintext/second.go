package maintext

import (
	"math"

	"parley/corpus/read/limit"
)

// scores are the probabilities of all chunks.
func (pg *Page) scores(m *limit.Meter) ([]float64, error) {
	md := load()
	s := newSecond(pg)
	r := row{}
	for i := range pg.chunks {
		if err := m.Nodes(1); err != nil {
			return nil, err
		}
		s.linear[i] = md.linear(pg, i)
		r.v = r.v[:0]
		pg.features(i, &r)
		s.p[i] = md.First.probability(append(r.v, s.linear[i], 1, 0))
	}
	s.sum()
	out := make([]float64, len(pg.chunks))
	for i := range pg.chunks {
		if err := m.Nodes(1); err != nil {
			return nil, err
		}
		r.v = r.v[:0]
		pg.features(i, &r)
		out[i] = md.Second.probability(s.features(i, append(r.v, s.linear[i], 1, 0)))
	}
	return out, nil
}

// linear is the verdict of the linear model, in logits.
func (md *model) linear(pg *Page, i int) float32 {
	sum := md.Intercept
	seen := map[string]bool{}
	pg.sparse(i, func(w string) {
		if v, ok := md.Words[w]; ok && !seen[w] {
			seen[w] = true
			sum += v
		}
	})
	return sum
}

// second is what the second trees see of the verdicts of the first.
type second struct {
	pg     *Page
	p      []float64
	linear []float32
	first  int // the first and last chunk that is surely text
	last   int
	total  float64
	upTo   []float64 // words that are rather text, before each chunk
	mass   []float64 // sum of words times probability, before each chunk
	words  []float64 // sum of words
	groups [3]map[any]*group
}

// group sums up over the chunks that share a path or an element.
type group struct{ mass, words, p, n float64 }

func newSecond(pg *Page) *second {
	n := len(pg.chunks)
	s := &second{pg: pg, p: make([]float64, n), linear: make([]float32, n), last: n - 1}
	s.upTo, s.mass, s.words = make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)
	for k := range s.groups {
		s.groups[k] = map[any]*group{}
	}
	return s
}

// shares are what the three groups of a chunk are told by: its path, the element
// around its block, and the one around that.
func shares(ch *chunk) [3]any {
	f := ch.frame
	var around *frame
	if f.parent != nil {
		around = f.parent.parent
	}
	return [3]any{f.path, f.parent, around}
}

func (s *second) sum() {
	found := false
	for i, ch := range s.pg.chunks {
		w := float64(ch.words)
		rather := 0.0
		if s.p[i] > 0.5 {
			rather = w
			if ch.words >= 10 {
				if !found {
					s.first = i
				}
				s.last, found = i, true
			}
		}
		s.upTo[i+1] = s.upTo[i] + rather
		s.mass[i+1] = s.mass[i] + s.p[i]*w
		s.words[i+1] = s.words[i] + w
		for k, key := range shares(ch) {
			g := s.groups[k][key]
			if g == nil {
				g = &group{}
				s.groups[k][key] = g
			}
			g.mass += s.p[i] * w
			g.words += w
			g.p += s.p[i]
			g.n++
		}
	}
	s.total = max(s.upTo[len(s.p)], 1)
}

// mean is the mean probability of the words from one chunk up to another.
func (s *second) mean(from, to int) float32 {
	from, to = max(from, 0), min(to, len(s.p))
	if from >= to {
		return 0
	}
	return float32((s.mass[to] - s.mass[from]) / max(s.words[to]-s.words[from], 1))
}

// features adds to a chunk's features those of the verdicts around it.
func (s *second) features(i int, x []float32) []float32 {
	n := len(s.p)
	x = append(x, float32(s.p[i]))
	for _, d := range [...]int{-4, -3, -2, -1, 1, 2, 3, 4} {
		p := 0.0
		if j := i + d; j >= 0 && j < n {
			p = s.p[j]
		}
		x = append(x, float32(p))
	}
	x = append(x,
		float32(min(max(i-s.first, -30), 60)),
		float32(min(max(s.last-i, -30), 60)),
		float32(s.upTo[i]/s.total),
		float32((s.total-s.upTo[i+1])/s.total),
		float32(math.Log1p(s.total)),
		s.mean(i-5, i+6),
		s.mean(i-15, i+16),
		s.mean(i-6, i),
		s.mean(i+1, i+7),
	)
	for k, key := range shares(s.pg.chunks[i]) {
		g := s.groups[k][key]
		x = append(x, float32(g.mass/max(g.words, 1)), float32(g.p/g.n))
	}
	head, headLinear := float32(-1), float32(0)
	if h := s.pg.heads[i]; h >= 0 && i-h < 40 {
		head, headLinear = float32(s.p[h]), s.linear[h]
	}
	before, after := float32(0), float32(0)
	if i > 0 {
		before = s.linear[i-1]
	}
	if i+1 < n {
		after = s.linear[i+1]
	}
	return append(x, head, headLinear, before, after)
}
