package answer

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/optimize"
)

// fitted is a question with what the fits need of it.
type fitted struct {
	set        string
	half       int
	rows       [][]float64 // features of its candidates
	gold       []bool      // by candidate: it is a gold sentence
	signals    []float64
	answerable bool
	whole      bool // the corpus is read whole, which has weights of its own
}

func inner(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

// ridge is the weight of the squared length in both fits: with it, weights that
// the questions say nothing about stay near 0. A judgement.
const ridge = 0.002

// objective is what a fit makes small: it adds the loss of a weight vector to
// the result and, unless grad is nil, its slope to grad.
type objective func(w, grad []float64) float64

// minimise returns the weights at which an objective with ridge on the first n
// of size weights is least. Those in drop stay 0.
func minimise(t *testing.T, n, size int, drop map[int]bool, loss objective) []float64 {
	t.Helper()
	value := func(w, grad []float64) float64 {
		clear(grad)
		sum := loss(w, grad)
		for i, x := range w[:n] {
			sum += ridge * x * x
			if grad != nil {
				grad[i] += 2 * ridge * x
			}
		}
		for i := range grad {
			if drop[i] {
				grad[i] = 0
			}
		}
		return sum
	}
	p := optimize.Problem{
		Func: func(w []float64) float64 { return value(w, nil) },
		Grad: func(grad, w []float64) { value(w, grad) },
	}
	res, err := optimize.Minimize(p, make([]float64, size), &optimize.Settings{MajorIterations: 300, GradientThreshold: 1e-5}, &optimize.LBFGS{})
	if res == nil {
		t.Fatal(err)
	}
	return res.X
}

// shares returns what a question of each set counts, so that all sets have the
// same say.
func shares(items []fitted) map[string]float64 {
	out := map[string]float64{}
	for _, q := range items {
		out[q.set]++
	}
	for set, n := range out {
		out[set] = 1 / n
	}
	return out
}

// fitEvidence fits a softmax over each question's candidates: the weights under
// which gold sentences are likeliest.
func fitEvidence(t *testing.T, items []fitted, drop map[int]bool) []float64 {
	t.Helper()
	items = only(items, func(q fitted) bool { return slices.Contains(q.gold, true) })
	share := shares(items)
	return minimise(t, int(nFeatures), int(nFeatures), drop, func(w, grad []float64) float64 {
		loss := 0.0
		for _, q := range items {
			s := scores(q, w)
			top := slices.Max(s)
			var all, good float64
			for i := range s {
				s[i] = math.Exp(s[i] - top)
				all += s[i]
				if q.gold[i] {
					good += s[i]
				}
			}
			loss -= share[q.set] * math.Log(good/all)
			if grad == nil {
				continue
			}
			for i, r := range q.rows {
				g := s[i] / all
				if q.gold[i] {
					g -= s[i] / good
				}
				for j, x := range r {
					grad[j] += share[q.set] * g * x
				}
			}
		}
		return loss
	})
}

// fitConfidence fits a logistic regression on whether a question is answerable.
// Each set has an intercept of its own, which is thrown away: sets differ in how
// hard they are, and one intercept for all would have the weights make up for it.
// It returns the weights of the signals, then the intercepts in the order of the
// sets' first questions.
func fitConfidence(t *testing.T, items []fitted, drop map[int]bool) []float64 {
	t.Helper()
	share := shares(items)
	number := map[string]int{}
	for _, q := range items {
		if _, ok := number[q.set]; !ok {
			number[q.set] = int(nSignals) + len(number)
		}
	}
	return minimise(t, int(nSignals), int(nSignals)+len(number), drop, func(w, grad []float64) float64 {
		loss := 0.0
		for _, q := range items {
			z := inner(q.signals, w) + w[number[q.set]]
			y := 0.0
			if q.answerable {
				y = 1
			}
			loss += share[q.set] * (math.Log1p(math.Exp(-math.Abs(z))) + max(z, 0) - y*z)
			if grad == nil {
				continue
			}
			slope := share[q.set] * (1/(1+math.Exp(-z)) - y)
			for j, x := range q.signals {
				grad[j] += slope * x
			}
			grad[number[q.set]] += slope
		}
		return loss
	})
}

func scores(q fitted, w []float64) []float64 {
	out := make([]float64, len(q.rows))
	for i, r := range q.rows {
		out[i] = inner(r, w)
	}
	return out
}

// found reports whether a gold sentence is among a question's first k candidates.
func found(q fitted, w []float64, k int) bool {
	s := scores(q, w)
	order := make([]int, len(s))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s[b], s[a]) })
	return slices.ContainsFunc(order[:min(k, len(order))], func(i int) bool { return q.gold[i] })
}

// area returns the AUROC of a score: the chance that an answerable question has
// more of it than another.
func area(items []fitted, score func(q fitted) float64) float64 {
	var yes, no []float64
	for _, q := range items {
		if q.answerable {
			yes = append(yes, score(q))
		} else {
			no = append(no, score(q))
		}
	}
	wins := 0.0
	for _, y := range yes {
		for _, n := range no {
			switch cmp.Compare(y, n) {
			case 1:
				wins++
			case 0:
				wins += 0.5
			}
		}
	}
	return wins / float64(len(yes)*len(no))
}

func only(items []fitted, keep func(fitted) bool) []fitted {
	var out []fitted
	for _, q := range items {
		if keep(q) {
			out = append(out, q)
		}
	}
	return out
}

// TestFitEvidenceFinds guards that the fit finds the feature that gold sentences
// have, and leaves a dropped one alone.
func TestFitEvidenceFinds(t *testing.T) {
	var items []fitted
	for i := range 40 {
		row := func(density, length float64) []float64 {
			r := make([]float64, nFeatures)
			r[fDensity], r[fLength], r[fEarly] = density, length, density
			return r
		}
		long := float64(i % 2)
		items = append(items, fitted{set: "a", rows: [][]float64{row(0, long), row(1, 1-long), row(0, 1)}, gold: []bool{false, true, false}})
	}
	w := fitEvidence(t, items, map[int]bool{int(fEarly): true})
	if w[fDensity] < 1 || math.Abs(w[fLength]) > w[fDensity]/2 || w[fEarly] != 0 {
		t.Errorf("got density %v, length %v, early %v, want the first alone", w[fDensity], w[fLength], w[fEarly])
	}
	if !found(items[0], w, 1) || found(items[0], make([]float64, nFeatures), 1) {
		t.Error("the gold sentence is not the first under the fit, or it is without weights")
	}
}

// TestFitConfidenceSets guards that a set whose questions are mostly answerable
// does not lend its ease to the signal that it has more of.
func TestFitConfidenceSets(t *testing.T) {
	var items []fitted
	add := func(set string, support, name float64, answerable bool, n int) {
		for range n {
			s := make([]float64, nSignals)
			s[sSupport], s[sName] = support, name
			items = append(items, fitted{set: set, signals: s, answerable: answerable})
		}
	}
	// Within a set, support tells and a name does not; set a has names and is easy.
	add("a", 1, 1, true, 40)
	add("a", 0, 1, true, 20)
	add("a", 0, 1, false, 10)
	add("b", 1, 0, true, 10)
	add("b", 0, 0, true, 10)
	add("b", 0, 0, false, 40)
	w := fitConfidence(t, items, nil)
	if len(w) != int(nSignals)+2 || w[sSupport] < 1 || math.Abs(w[sName]) > 0.01 {
		t.Errorf("got support %v, name %v of %d weights, want support alone of %d", w[sSupport], w[sName], len(w), nSignals+2)
	}
	if w[nSignals] <= w[nSignals+1] {
		t.Errorf("got intercepts %v, want more for the set that is easy", w[nSignals:])
	}
}

func TestArea(t *testing.T) {
	items := []fitted{{answerable: true, half: 3}, {answerable: true, half: 1}, {half: 2}, {half: 1}}
	if got, want := area(items, func(q fitted) float64 { return float64(q.half) }), 2.5/4; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
