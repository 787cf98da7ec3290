package reading

import (
	"strings"
	"testing"
)

// TestTold guards that a question that follows on an answer is read where that came
// from, too, and nowhere else on its account.
func TestTold(t *testing.T) {
	r := newReader(t)
	c := r.Corpus()
	const leads = "Rosa Ketter leads the harbour choir."
	q := ask("When did she join?", "Who leads the harbour choir?", leads+" [1]")
	got := mustRead(t, r, q)
	if first := c.SentenceText(got.Sentences[0].Number); first != "She joined it in 2019." {
		t.Errorf("got %q at %v", first, got.Confidence())
	}
	hits, err := r.told(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	choir := c.Sentences[numberOf(t, c, leads)].Article
	first, end := c.ArticlePassages(choir)
	if len(hits) != end-first {
		t.Errorf("got %d passages, want all %d of the article", len(hits), end-first)
	}
	for _, h := range hits {
		if c.Passages[h.Passage].Article != choir {
			t.Errorf("got a passage of article %d, want %d", c.Passages[h.Passage].Article, choir)
		}
	}
	for _, said := range []string{"The articles do not say.", strings.ToUpper(leads)} {
		if hits, err := r.told(t.Context(), ask("When did she join?", "Who leads the harbour choir?", said)); err != nil || len(hits) > 0 {
			t.Errorf("%q: got %d passages, %v", said, len(hits), err)
		}
	}
}
