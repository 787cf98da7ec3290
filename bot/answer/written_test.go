package answer

import (
	"context"
	"math/rand/v2"
	"testing"
)

// samplesEach is how many sentences are made of each kind.
const samplesEach = 500

// checkSample holds a sample against the articles as a model's sentence is.
func checkSample(ctx context.Context, t *testing.T, e *Engine, s sample) string {
	t.Helper()
	l, ok := e.locate(s.quote, s.passage)
	if !ok {
		return "the quotation is not in the article"
	}
	units := []unit{{l.article, l.first, l.last}}
	w, err := e.read(ctx, s.text, units)
	if err != nil {
		t.Fatal(err)
	}
	_, wrong := w.supported(units)
	return wrong
}

// TestWritten makes sentences of gold evidence and makes half of them wrong: at
// most 2 % of the faithful ones may be refused, and 95 % of the wrong ones must be.
func TestWritten(t *testing.T) {
	ctx := t.Context()
	type set struct {
		g     *generator
		golds []goldSentence
	}
	var sets []set
	for _, name := range []string{"clapnq", "selqa"} {
		readSet(t, "eval/"+name+"/questions.jsonl") // skips the test where the sets are not there
		e := newEngine(t, readArticles(t, "eval/"+name+"/articles.jsonl"), Options{})
		sets = append(sets, set{&generator{ctx, e, rand.New(rand.NewPCG(1, 2))}, goldSentences(t, e, "eval/"+name+"/questions.jsonl")})
	}
	refused := map[string]int{}
	made := map[string]int{}
	n := 0
	for i := 0; n < samplesEach; i++ {
		s := sets[i%2]
		gold := s.golds[s.g.rng.IntN(len(s.golds))]
		in := s.g.faithful(gold)
		n++
		made[in.how]++
		if wrong := checkSample(ctx, t, s.g.e, in); wrong != "" {
			refused[in.how]++
			t.Logf("refused (%s): %s\n\t%s\n\tevidence: %s", in.how, wrong, in.text, in.evidence)
		}
	}
	bad := 0
	for _, k := range refused {
		bad += k
	}
	t.Logf("faithful: %d of %d refused", bad, n)
	if float64(bad) > 0.02*float64(n) {
		t.Errorf("%d of %d faithful sentences refused, want at most 2 %%", bad, n)
	}
	caught, all := 0, 0
	for _, c := range corruptions {
		got, tried := 0, 0
		for i := 0; tried < samplesEach/len(corruptions); i++ {
			s := sets[i%2]
			gold := s.golds[s.g.rng.IntN(len(s.golds))]
			in, ok := c.do(s.g, gold, s.g.faithful(gold))
			if !ok {
				continue
			}
			tried++
			if checkSample(ctx, t, s.g.e, in) != "" {
				got++
			} else {
				t.Logf("missed (%s): %s\n\tevidence: %s\n\tcited: %s", c.name, in.text, in.evidence, in.quote)
			}
		}
		t.Logf("%s: %d of %d caught", c.name, got, tried)
		caught, all = caught+got, all+tried
	}
	t.Logf("corrupted: %d of %d caught", caught, all)
	if float64(caught) < 0.95*float64(all) {
		t.Errorf("%d of %d corrupted sentences caught, want 95 %%", caught, all)
	}
}
