package answer

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/optimize"

	"parley/retrieval/analysis"
)

var (
	fitFlag     = flag.Bool("fit", false, "fit the weights of evidence and confidence to the question sets and print them with their figures on halves")
	dropFlag    = flag.String("fit.drop", "", "numbers of features to leave out of the fit of evidence, with commas")
	dropSignals = flag.String("fit.dropsignals", "", "numbers of signals to leave out of the fit of confidence, with commas")
	furtherSets = flag.String("fit.further", "", "folder of further question files, NAME.jsonl, on the reports")
)

// fitted is a question with what the fit needs of it.
type fitted struct {
	set        string
	half       int
	rows       [][]float64 // features of its candidates
	gold       []bool      // by candidate
	signals    []float64
	answerable bool
}

// goldQuestion is what a line of a questions file says of the right answer.
type goldQuestion struct {
	asked
	Evidence   []string `json:"evidence"`
	Answerable bool     `json:"answerable"`
}

// halfOf splits questions by a hash of their id.
func halfOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32()>>7) & 1
}

func folded(s string) []string {
	toks := analysis.Tokenize(s)
	out := make([]string, len(toks))
	for i, t := range toks {
		out[i] = t.Word
	}
	return out
}

// sameSentence is the question sets' own rule for a quote that is a gold
// sentence: one contains the other, or they share 80 % of the shorter's words.
func sameSentence(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	ja, jb := strings.Join(a, " "), strings.Join(b, " ")
	if strings.Contains(ja, jb) || strings.Contains(jb, ja) {
		return true
	}
	in := map[string]bool{}
	for _, w := range a {
		in[w] = true
	}
	short, both := map[string]bool{}, 0
	for _, w := range b {
		if in[w] && !short[w] {
			both++
		}
		short[w] = true
	}
	least := min(len(in), len(short))
	return least >= 5 && float64(both) >= 0.8*float64(least)
}

func readGold(t *testing.T, path string) []goldQuestion {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("no question set at %s: nothing to fit", path)
	}
	defer func() { _ = f.Close() }()
	var out []goldQuestion
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		var q goldQuestion
		if err := json.Unmarshal(scan.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

func gatherSet(t *testing.T, set, questions, articles string) []fitted {
	t.Helper()
	e := newEngine(t, readArticles(t, articles), Options{})
	var out []fitted
	for _, q := range readGold(t, questions) {
		r := sift(q.Question)
		if r.reason != Answered || e.metadata(r.text, Question{}.Filter) != nil {
			continue
		}
		ask := q.ask(t)
		u := understand(r, ask.History)
		res, err := e.search.Search(t.Context(), u.query(ask, evidenceHits))
		if err != nil {
			t.Fatal(err)
		}
		ev := e.gather(u, res)
		f := fitted{set: set, half: halfOf(q.ID), answerable: q.Answerable}
		gold := make([][]string, len(q.Evidence))
		for i, s := range q.Evidence {
			gold[i] = folded(s)
		}
		s := e.signals(ev)
		f.signals = append(s[:], 1)
		for _, c := range ev.candidates {
			words := folded(e.text(c))
			f.rows = append(f.rows, slices.Clone(c.features[:]))
			f.gold = append(f.gold, slices.ContainsFunc(gold, func(g []string) bool { return sameSentence(words, g) }))
		}
		out = append(out, f)
	}
	return out
}

func inner(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

// ridge is the weight of the squared length in both fits.
const ridge = 0.002

// minimise returns where loss, which also gives its gradient, is least.
func minimise(t *testing.T, n int, loss func(w, grad []float64) float64) []float64 {
	t.Helper()
	grad := make([]float64, n)
	p := optimize.Problem{
		Func: func(w []float64) float64 { return loss(w, nil) },
		Grad: func(g, w []float64) { loss(w, grad); copy(g, grad) },
	}
	res, err := optimize.Minimize(p, make([]float64, n), &optimize.Settings{MajorIterations: 300, GradientThreshold: 1e-5}, &optimize.LBFGS{})
	if res == nil {
		t.Fatal(err)
	}
	return res.X
}

func counts(items []fitted) map[string]float64 {
	n := map[string]float64{}
	for _, q := range items {
		n[q.set]++
	}
	return n
}

// fitEvidence is a softmax over each question's candidates.
func fitEvidence(t *testing.T, items []fitted, drop map[int]bool) []float64 {
	t.Helper()
	items = slices.DeleteFunc(slices.Clone(items), func(q fitted) bool { return !slices.Contains(q.gold, true) })
	n := counts(items)
	return minimise(t, int(nFeatures), func(w, grad []float64) float64 {
		loss := 0.0
		clear(grad)
		for i, x := range w {
			loss += ridge * x * x
			if grad != nil {
				grad[i] += 2 * ridge * x
			}
		}
		for _, q := range items {
			share := 1 / n[q.set]
			top := math.Inf(-1)
			s := make([]float64, len(q.rows))
			for i, r := range q.rows {
				s[i] = inner(w, r)
				top = max(top, s[i])
			}
			var all, good float64
			for i := range s {
				s[i] = math.Exp(s[i] - top)
				all += s[i]
				if q.gold[i] {
					good += s[i]
				}
			}
			loss -= share * math.Log(good/all)
			if grad == nil {
				continue
			}
			for i, r := range q.rows {
				g := s[i] / all
				if q.gold[i] {
					g -= s[i] / good
				}
				for j, x := range r {
					grad[j] += share * g * x
				}
			}
		}
		for j := range grad {
			if drop[j] {
				grad[j] = 0
			}
		}
		return loss
	})
}

// fitConfidence is a logistic regression on whether a question is answerable.
func fitConfidence(t *testing.T, items []fitted, drop map[int]bool) []float64 {
	t.Helper()
	n := counts(items)
	return minimise(t, int(nSignals)+4, func(w, grad []float64) float64 {
		loss := 0.0
		clear(grad)
		for i, x := range w {
			loss += ridge * x * x
			if grad != nil {
				grad[i] += 2 * ridge * x
			}
		}
		for _, q := range items {
			z := inner(w, q.signals)
			y := 0.0
			if q.answerable {
				y = 1
			}
			share := 1 / n[q.set]
			loss += share * (math.Log1p(math.Exp(-math.Abs(z))) + max(z, 0) - y*z)
			if grad == nil {
				continue
			}
			p := 1/(1+math.Exp(-z)) - y
			for j, x := range q.signals {
				grad[j] += share * p * x
			}
		}
		for j := range grad {
			if drop[j] {
				grad[j] = 0
			}
		}
		return loss
	})
}

func hits(items []fitted, w []float64, k int) (float64, int) {
	n, found := 0, 0
	for _, q := range items {
		if !slices.Contains(q.gold, true) && !(q.answerable && len(q.rows) > 0) {
			continue
		}
		if !q.answerable {
			continue
		}
		n++
		order := make([]int, len(q.rows))
		for i := range order {
			order[i] = i
		}
		s := make([]float64, len(q.rows))
		for i, r := range q.rows {
			s[i] = inner(w, r)
		}
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case s[a] > s[b]:
				return -1
			case s[a] < s[b]:
				return 1
			}
			return 0
		})
		for _, i := range order[:min(k, len(order))] {
			if q.gold[i] {
				found++
				break
			}
		}
	}
	if n == 0 {
		return math.NaN(), 0
	}
	return float64(found) / float64(n), n
}

func area(items []fitted, score func(q fitted) float64) float64 {
	var pos, neg []float64
	for _, q := range items {
		if q.answerable {
			pos = append(pos, score(q))
		} else {
			neg = append(neg, score(q))
		}
	}
	if len(pos) == 0 || len(neg) == 0 {
		return math.NaN()
	}
	s := 0.0
	for _, p := range pos {
		for _, n := range neg {
			switch {
			case p > n:
				s++
			case p == n:
				s += 0.5
			}
		}
	}
	return s / float64(len(pos)*len(neg))
}

func only(items []fitted, keep func(fitted) bool) []fitted {
	return slices.DeleteFunc(slices.Clone(items), func(q fitted) bool { return !keep(q) })
}

func numbers(s string) map[int]bool {
	m := map[int]bool{}
	for f := range strings.SplitSeq(s, ",") {
		if n, err := strconv.Atoi(f); err == nil {
			m[n] = true
		}
	}
	return m
}

func weights(w []float64) string {
	var b strings.Builder
	for i, x := range w {
		fmt.Fprintf(&b, " %d:%.2f", i, x)
	}
	return b.String()
}

// TestFit fits the weights in weights.go again and prints what each half's fit
// gives on the other.
func TestFit(t *testing.T) {
	if !*fitFlag {
		t.Skip("run with -fit to fit the weights")
	}
	var items []fitted
	names := []string{"clapnq", "selqa", "multihoprag_facts", "mtragun"}
	for _, set := range names {
		items = append(items, gatherSet(t, set, filepath.Join(reference, "eval", set, "questions.jsonl"), "eval/"+set+"/articles.jsonl")...)
	}
	more := map[string]string{"talks": filepath.Join(reference, "questions/talks.jsonl")}
	names = append(names, "talks")
	if *furtherSets != "" {
		files, _ := filepath.Glob(filepath.Join(*furtherSets, "*.jsonl"))
		for _, f := range files {
			n := strings.TrimSuffix(filepath.Base(f), ".jsonl")
			more[n] = f
			names = append(names, n)
		}
	}
	for _, n := range names[4:] {
		items = append(items, gatherSet(t, n, more[n], "articles")...)
	}
	train := map[string]bool{"clapnq": true, "selqa": true, "multihoprag_facts": true}
	drop := numbers(*dropFlag)
	fmt.Println("evidence, hit@1/hit@3: shipped weights; fitted to the other half")
	var halves [2][]float64
	for h := range 2 {
		halves[h] = fitEvidence(t, only(items, func(q fitted) bool { return train[q.set] && q.half != h }), drop)
	}
	whole := fitEvidence(t, only(items, func(q fitted) bool { return train[q.set] }), drop)
	for _, n := range names {
		set := only(items, func(q fitted) bool { return q.set == n && slices.Contains(append(q.gold, q.answerable), true) })
		s1, all := hits(set, evidenceWeights[:], 1)
		s3, _ := hits(set, evidenceWeights[:], 3)
		var f1, f3 float64
		for h := range 2 {
			part := only(set, func(q fitted) bool { return q.half == h })
			x1, k := hits(part, halves[h], 1)
			x3, _ := hits(part, halves[h], 3)
			if k > 0 {
				f1 += x1 * float64(k) / float64(all)
				f3 += x3 * float64(k) / float64(all)
			}
		}
		fmt.Printf("  %-18s %4d  %.3f %.3f   %.3f %.3f\n", n, all, s1, s3, f1, f3)
	}
	fmt.Println("weights", weights(whole))

	fmt.Println("confidence, AUROC: shipped; fitted to the other half; fitted to the other sets")
	trainC := []string{"clapnq", "multihoprag_facts", "mtragun"}
	dropS := numbers(*dropSignals)
	var ch [2][]float64
	for h := range 2 {
		ch[h] = fitConfidence(t, only(items, func(q fitted) bool { return slices.Contains(trainC, q.set) && q.half != h }), dropS)
	}
	for _, n := range names {
		set := only(items, func(q fitted) bool { return q.set == n })
		shipped := area(set, func(q fitted) float64 {
			return inner(append(slices.Clone(confidenceWeights[:]), confidenceBias, 0, 0, 0), q.signals)
		})
		half := area(set, func(q fitted) float64 { return 1 / (1 + math.Exp(-inner(ch[q.half], q.signals))) })
		rest := fitConfidence(t, only(items, func(q fitted) bool { return slices.Contains(trainC, q.set) && q.set != n }), dropS)
		others := area(set, func(q fitted) float64 { return inner(rest, q.signals) })
		fmt.Printf("  %-18s %.3f  %.3f  %.3f\n", n, shipped, half, others)
	}
	fmt.Println("weights", weights(fitConfidence(t, only(items, func(q fitted) bool { return slices.Contains(trainC, q.set) }), dropS)))
}
