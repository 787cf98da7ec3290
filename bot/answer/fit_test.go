package answer

import (
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

	"parley/retrieval/analysis"
)

var (
	fitFlag     = flag.Bool("fit", false, "fit the weights of evidence and confidence to the question sets and report what they give")
	fitFeatures = flag.String("fit.features", "", "numbers of features to leave out of the fit of evidence, with commas")
	fitSignals  = flag.String("fit.signals", "", "numbers of signals to leave out of the fit of confidence, with commas")
	fitFurther  = flag.String("fit.further", "", "folder of further question files, NAME.jsonl, about the articles of the talks set")
)

// The sets that weights are fitted to; figures are told of all.
var (
	evidenceSets   = []string{"clapnq", "selqa", "multihoprag_facts"}
	confidenceSets = []string{"clapnq", "multihoprag_facts", "mtragun"}
)

// TestFit fits the weights of weights.go anew and reports what the shipped ones
// give beside those fitted to other questions:
//
//	go test ./bot/answer -run TestFit -fit -v
//
// Each set is cut in two halves by a hash of the question's ID.
func TestFit(t *testing.T) {
	if !*fitFlag {
		t.Skip("fits weights to question sets; run with -fit")
	}
	items, sets := gatherSets(t)
	reportEvidence(t, items, sets, numbers(t, *fitFeatures))
	reportConfidence(t, items, sets, numbers(t, *fitSignals))
}

// reportEvidence prints for each set the share of questions with a gold sentence
// among the first candidate and the first three. A question without a gold
// sentence among its candidates is missed.
func reportEvidence(t *testing.T, items []fitted, sets []string, drop map[int]bool) {
	t.Helper()
	train := only(items, func(q fitted) bool { return slices.Contains(evidenceSets, q.set) })
	var halves [2][]float64
	for h := range halves {
		halves[h] = fitEvidence(t, only(train, func(q fitted) bool { return q.half != h }), drop)
	}
	t.Log("evidence: answerable questions, hit@1 and hit@3 of the shipped weights and of those fitted to the other half")
	for _, set := range sets {
		var n int
		var shipped, other [2]float64
		for _, q := range items {
			if q.set != set || !q.answerable {
				continue
			}
			n++
			for i, k := range []int{1, 3} {
				if found(q, shippedEvidence(q), k) {
					shipped[i]++
				}
				if found(q, halves[q.half], k) {
					other[i]++
				}
			}
		}
		if shipped[1]+other[1] == 0 {
			continue // a set without gold sentences
		}
		all := float64(n)
		t.Logf("  %-18s %4d   %.3f %.3f   %.3f %.3f", set, n, shipped[0]/all, shipped[1]/all, other[0]/all, other[1]/all)
	}
	t.Logf("fitted to all:  %s", show(fitEvidence(t, train, drop)))
	t.Logf("shipped:        %s", show(evidenceWeights[:]))
	t.Logf("  read whole:   %s", show(wholeWeights[:]))
}

// reportConfidence prints for each set how well the confidence tells answerable
// questions from others.
func reportConfidence(t *testing.T, items []fitted, sets []string, drop map[int]bool) {
	t.Helper()
	train := only(items, func(q fitted) bool { return slices.Contains(confidenceSets, q.set) })
	var halves [2][]float64
	for h := range halves {
		halves[h] = fitConfidence(t, only(train, func(q fitted) bool { return q.half != h }), drop)
	}
	t.Log("confidence: answerable and other questions, AUROC of the shipped weights, of those fitted to the other half and to the other sets;")
	t.Log("            median confidence of both; share of answerable questions answered and of others refused at the threshold")
	for _, set := range sets {
		own := only(items, func(q fitted) bool { return q.set == set })
		yes, no := only(own, func(q fitted) bool { return q.answerable }), only(own, func(q fitted) bool { return !q.answerable })
		if len(yes) == 0 || len(no) == 0 {
			continue // nothing to tell apart
		}
		rest := fitConfidence(t, only(train, func(q fitted) bool { return q.set != set }), drop)
		yesMedian, yesAnswered := atThreshold(yes)
		noMedian, noAnswered := atThreshold(no)
		t.Logf("  %-18s %4d %4d   %.3f  %.3f  %.3f   %.2f %.2f   %.3f %.3f", set, len(yes), len(no),
			area(own, probability),
			area(own, func(q fitted) float64 { return inner(q.signals, halves[q.half]) }),
			area(own, func(q fitted) float64 { return inner(q.signals, rest) }),
			yesMedian, noMedian, yesAnswered, 1-noAnswered)
	}
	whole := fitConfidence(t, train, drop)
	t.Logf("fitted to all:  %s, intercepts of %s: %.2f", show(whole[:nSignals]), strings.Join(confidenceSets, ", "), whole[nSignals:])
	t.Logf("shipped:        %s, bias: %.2f", show(confidenceWeights[:]), confidenceBias)
	t.Logf("  read whole:   %s, bias: %.2f", show(wholeConfidenceWeights[:]), wholeBias)
}

// probability is the confidence that an engine gives a question.
func probability(q fitted) float64 {
	if q.whole {
		return 1 / (1 + math.Exp(-wholeBias-inner(q.signals, wholeConfidenceWeights[:])))
	}
	return 1 / (1 + math.Exp(-confidenceBias-inner(q.signals, confidenceWeights[:])))
}

// shippedEvidence are the weights that rank the sentences for a question.
func shippedEvidence(q fitted) []float64 {
	if q.whole {
		return wholeWeights[:]
	}
	return evidenceWeights[:]
}

// atThreshold tells of questions' confidences, at least one, their median and
// the share that reaches the default threshold.
func atThreshold(items []fitted) (median, answered float64) {
	var all []float64
	for _, q := range items {
		p := probability(q)
		all = append(all, p)
		if p >= DefaultThreshold {
			answered++
		}
	}
	slices.Sort(all)
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2, answered / float64(len(all))
}

// gatherSets measures the questions of all sets and returns them with the sets' names.
func gatherSets(t *testing.T) (items []fitted, sets []string) {
	t.Helper()
	for _, set := range []string{"clapnq", "selqa", "multihoprag_facts", "mtragun"} {
		items = append(items, gatherSet(t, set, filepath.Join(reference, "eval", set, "questions.jsonl"), "eval/"+set+"/articles.jsonl")...)
		sets = append(sets, set)
	}
	files := []string{filepath.Join(reference, "questions", "talks.jsonl")}
	if *fitFurther != "" {
		further, err := filepath.Glob(filepath.Join(*fitFurther, "*.jsonl"))
		if err != nil || len(further) == 0 {
			t.Fatalf("got %d further question files, error %v", len(further), err)
		}
		files = append(files, further...)
	}
	for _, file := range files {
		set := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		items = append(items, gatherSet(t, set, file, "articles")...)
		sets = append(sets, set)
	}
	return items, sets
}

// goldQuestion is what a line of a questions file says of the right answer.
type goldQuestion struct {
	asked
	Evidence   []string `json:"evidence"` // gold sentences
	Answerable bool     `json:"answerable"`
}

func readGold(t *testing.T, file string) []goldQuestion {
	t.Helper()
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Skipf("no question set at %s: nothing to fit to", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []goldQuestion
	for line := range strings.Lines(string(data)) {
		var q goldQuestion
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			t.Fatalf("%s: line %d: %v", file, len(out)+1, err)
		}
		out = append(out, q)
	}
	return out
}

// gatherSet measures the candidates and the signals of a set's questions. What
// is no question about what the articles tell is left out.
func gatherSet(t *testing.T, set, questions, articles string) []fitted {
	t.Helper()
	gold := readGold(t, questions)
	e := newEngine(t, readArticles(t, articles), Options{})
	var out []fitted
	for _, q := range gold {
		r := sift(q.Question)
		if r.reason != Answered || e.metadata(r.text, Question{}.Filter) != nil {
			continue
		}
		question := q.ask(t)
		u := understand(r, question.History)
		res, err := e.search.Search(t.Context(), u.query(question, evidenceHits))
		if err != nil {
			t.Fatal(err)
		}
		ev := e.gather(u, res)
		signals := e.signals(ev)
		f := fitted{set: set, half: halfOf(q.ID), signals: signals[:], answerable: q.Answerable, whole: e.whole()}
		for _, c := range ev.candidates {
			words := folded(e.text(c))
			f.rows = append(f.rows, c.features[:])
			f.gold = append(f.gold, slices.ContainsFunc(q.Evidence, func(s string) bool { return sameSentence(words, folded(s)) }))
		}
		out = append(out, f)
	}
	return out
}

// halfOf returns 0 or 1 by a hash of a question's ID.
func halfOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32()>>7) & 1
}

func folded(s string) []string {
	var out []string
	for _, t := range analysis.Tokenize(s) {
		out = append(out, t.Word)
	}
	return out
}

// sameSentence is the question sets' own rule for a quote that is a gold
// sentence: one contains the other, or they share 80 % of the different words of
// the one that has fewer, which are at least five.
func sameSentence(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	inA, inB := strings.Join(a, " "), strings.Join(b, " ")
	if strings.Contains(inA, inB) || strings.Contains(inB, inA) {
		return true
	}
	first, second, both := set(inA), set(inB), 0
	for w := range second {
		if first[w] {
			both++
		}
	}
	least := min(len(first), len(second))
	return least >= 5 && float64(both) >= 0.8*float64(least)
}

// numbers reads a flag's list of numbers.
func numbers(t *testing.T, list string) map[int]bool {
	t.Helper()
	out := map[int]bool{}
	for s := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		out[n] = true
	}
	return out
}

// show writes weights with their numbers.
func show(w []float64) string {
	var b strings.Builder
	for i, x := range w {
		fmt.Fprintf(&b, " %d:%.2f", i, x)
	}
	return b.String()[1:]
}

func TestSameSentence(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       bool
	}{
		{"the same", "Ships waited.", "ships waited", true},
		{"a part", "Nineteen ships waited at anchor.", "ships waited", true},
		{"a part, half a word at its end", "Nineteen ships waited.", "ships wait", true},
		{"four of five words", "one old ship sailed home", "one old ship sailed away", true},
		{"three of five words", "one old ship sailed home", "one old ship ran aground", false},
		{"four words are too few", "one old ship sailed", "sailed one old ferry", false},
		{"nothing", "", "ships waited", false},
	}
	for _, tt := range tests {
		if got := sameSentence(folded(tt.a), folded(tt.b)); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
		if got := sameSentence(folded(tt.b), folded(tt.a)); got != tt.want {
			t.Errorf("%s, the other way round: got %v, want %v", tt.name, got, tt.want)
		}
	}
}
