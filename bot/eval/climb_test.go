package eval

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"testing"

	"parley/retrieval"
)

// bare is BM25 over the words of passages and titles alone.
func bare() variant {
	v := shipped()
	v.weights.Grams, v.weights.Vectors, v.weights.Neural = 0, 0, 0
	v.lexical.Related, v.lexical.Light, v.lexical.Publisher, v.lexical.CommonGram = 0, 1, 0, 1
	v.sum = retrieval.Sum{Depth: v.sum.Depth, DateHalfLife: v.sum.DateHalfLife, Repeat: v.sum.Repeat}
	return v
}

// TestTrialsTogether chooses all numbers of the search anew on each half, one
// after the other from plain BM25, and measures the outcome on the other half. So
// it says what choosing in this way is worth on questions that had no say in it.
//
//	go test ./bot/eval -run TestTrialsTogether -trials . -sets DIR -timeout 1h
func TestTrialsTogether(t *testing.T) {
	if *trials == "" {
		t.Skip("compares values of the search's numbers for minutes: -trials REGEXP runs it")
	}
	sets := trialSets(t)
	plain, now := measureAll(t, sets, bare()), measureAll(t, sets, shipped())
	ks := slices.DeleteFunc(knobs(), func(k knob) bool { return k.base != nil || k.fit })
	var chosen [2][]float64
	var outcome [2]measured
	for _, h := range []half{halfA, halfB} {
		v := bare()
		for _, k := range ks {
			rows := make([]row, len(k.values))
			for i, value := range k.values {
				next := v
				k.set(&next, value)
				rows[i] = row{value, false, measureAll(t, sets, next)}
			}
			best := slices.MaxFunc(rows, func(a, b row) int { return cmp.Compare(a.mean(h, ndcg), b.mean(h, ndcg)) })
			k.set(&v, best.value)
			chosen[h] = append(chosen[h], best.value)
			outcome[h] = best.measured
		}
	}
	w := os.Stdout
	fmt.Fprintf(w, "\n| number | chosen on half A | chosen on half B |\n|---|---|---|\n")
	for i, k := range ks {
		fmt.Fprintf(w, "| %s | %s | %s |\n", k.name, short(chosen[halfA][i]), short(chosen[halfB][i]))
	}
	fmt.Fprintf(w, "\n| %s | half A | half B |\n|---|---|---|\n", ndcg)
	for _, r := range []struct {
		name string
		m    *measured
	}{{"plain BM25", &plain}, {"chosen on half A", &outcome[halfA]}, {"chosen on half B", &outcome[halfB]}, {"the defaults", &now}} {
		fmt.Fprintf(w, "| %s | %s | %s |\n", r.name, short4(r.m.mean(halfA, ndcg)), short4(r.m.mean(halfB, ndcg)))
	}
}
