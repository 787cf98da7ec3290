package retrievaltest

import (
	"context"
	"math"
	"slices"
	"testing"

	"parley/retrieval"
)

// EmbedderContract checks what every [retrieval.Embedder] promises. It embeds
// words of [Articles]: an embedder fitted on a corpus must know those of 40.
func EmbedderContract(t *testing.T, e retrieval.Embedder) {
	t.Helper()
	if e.Model() == "" {
		t.Error("the embedder does not name its model")
	}
	embed := func(role retrieval.Role, texts ...string) [][]float32 {
		t.Helper()
		vecs, err := e.Embed(t.Context(), role, texts)
		if err != nil || len(vecs) != len(texts) {
			t.Fatalf("embed %q: got %d vectors and error %v", texts, len(vecs), err)
		}
		return vecs
	}
	texts := []string{"topicaworda topicawordb", "", "topicbworda topicbwordb topicbwordc", "the of and", Unique(3), "?!"}
	if got := embed(retrieval.Document); len(got) != 0 {
		t.Errorf("no texts: got %d vectors", len(got))
	}
	for _, role := range []retrieval.Role{retrieval.Document, retrieval.QueryText} {
		batch := embed(role, texts...)
		dims := len(batch[0])
		if dims == 0 {
			t.Fatalf("role %d: no vector for %q", role, texts[0])
		}
		for i, vec := range batch {
			// nil stands for a text that says nothing; a zero vector does not.
			if vec != nil && (len(vec) != dims || !hasDirection(vec)) {
				t.Errorf("role %d, text %q: got length %d, want %d and a direction", role, texts[i], len(vec), dims)
			}
			if alone := embed(role, texts[i])[0]; !same(alone, vec) {
				t.Errorf("role %d, text %q: the vector depends on the texts beside it", role, texts[i])
			}
		}
		if same(batch[0], batch[2]) {
			t.Errorf("role %d: texts without a word in common have one vector", role)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Embed(ctx, retrieval.Document, texts); err == nil {
		t.Error("cancelled: got no error")
	}
}

func hasDirection(vec []float32) bool {
	sum := 0.0
	for _, v := range vec {
		sum += float64(v) * float64(v)
	}
	return sum > 0 && !math.IsInf(sum, 0) && !math.IsNaN(sum)
}

// same compares within what rounding may do to an embedder that works in batches.
func same(a, b []float32) bool {
	return (a == nil) == (b == nil) && slices.EqualFunc(a, b, func(x, y float32) bool {
		return math.Abs(float64(x-y)) < 1e-4
	})
}
