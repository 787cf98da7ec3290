package reading

import (
	"slices"
	"strings"
	"testing"

	"parley/retrieval/encoder"
)

const leadsChoir = "Rosa Ketter leads the harbour choir."

// TestFollow guards that what follows on an answer is read by itself and behind what was
// asked before, among the sentences of the articles quoted last.
func TestFollow(t *testing.T) {
	r := newReader(t)
	c := r.Corpus()
	q := ask("When did she join?", "Who leads the harbour choir?", leadsChoir+" [1]")
	got := mustRead(t, r, q)
	if first := c.SentenceText(got.Sentences[0].Number); first != "She joined it in 2019." {
		t.Errorf("got %q at %v", first, got.Confidence())
	}
	for form, of := range map[string]Following{"When did she join?": FollowAnswers, "leads harbour choir: When did she join?": FollowLed} {
		want, err := newPairs(t).Read(t.Context(), encoder.Answers, []encoder.Pair{{First: form, Second: "She joined it in 2019."}})
		if err != nil {
			t.Fatal(err)
		}
		if logit := got.Sentences[0].Follow[of]; logit != float64(want[0].Answer) {
			t.Errorf("%q: got the log-odds %v, want %v", form, logit, want[0].Answer)
		}
	}
	said := readOf(t, c, got.Sentences, leadsChoir)
	if !said.Said || said.Follow[FollowTold] != 1 {
		t.Errorf("what was quoted has %v", said.Follow)
	}
	if joined := got.Sentences[0]; joined.Said || joined.Follow[FollowTold] != 1 {
		t.Errorf("another sentence of its article has %v", joined.Follow)
	}
	strike := readOf(t, c, got.Sentences, "Forty drivers")
	if strike.Follow[FollowTold] != 0 {
		t.Errorf("a sentence of an article that was not quoted has %v", strike.Follow)
	}
	if alone := mustRead(t, r, ask("When did she join?")); slices.ContainsFunc(alone.Sentences, func(s Sentence) bool { return s.Follow != FollowFeatures{} }) {
		t.Error("a question without a conversation is read as one that follows")
	}
}

// TestTold guards which sentences are taken for quoted, and those of which articles are
// read for it.
func TestTold(t *testing.T) {
	r := newReader(t)
	c := r.Corpus()
	q := ask("When did she join?", "Who leads the harbour choir?", leadsChoir+" [1]")
	said, err := r.Told(t.Context(), q, q.Answers)
	if err != nil || !slices.Equal(said, []int{numberOf(t, c, leadsChoir)}) {
		t.Fatalf("got sentences %v, %v", said, err)
	}
	choir := c.Sentences[said[0]].Article
	first, end := c.ArticlePassages(choir)
	hits := r.around(said)
	if len(hits) != end-first {
		t.Errorf("got %d passages, want all %d of the article", len(hits), end-first)
	}
	for _, h := range hits {
		if c.Passages[h.Passage].Article != choir {
			t.Errorf("got a passage of article %d, want %d", c.Passages[h.Passage].Article, choir)
		}
	}
	for _, text := range []string{"", "The articles do not say.", strings.ToUpper(leadsChoir)} {
		if said, err := r.Told(t.Context(), q, []string{text}); err != nil || len(said) > 0 {
			t.Errorf("%q: got sentences %v, %v", text, said, err)
		}
	}
}

// TestContrasts guards that of two reports those sentences are found that speak against
// one another, and none of one report.
func TestContrasts(t *testing.T) {
	r := newReader(t)
	c := r.Corpus()
	var all []int
	for n := range c.Sentences {
		if !c.Sentences[n].Heading {
			all = append(all, n)
		}
	}
	got, err := r.Contrasts(t.Context(), all)
	if err != nil || len(got) == 0 {
		t.Fatalf("got %v, %v", got, err)
	}
	a, b := numberOf(t, c, "61 million"), numberOf(t, c, "70 million")
	if first := got[0]; first.A != a || first.B != b {
		t.Errorf("got %q and %q", c.SentenceText(first.A), c.SentenceText(first.B))
	}
	for _, p := range got {
		if c.Sentences[p.A].Article == c.Sentences[p.B].Article || p.Score < 0 || p.Score > 1 {
			t.Errorf("got %v", p)
		}
	}
}
