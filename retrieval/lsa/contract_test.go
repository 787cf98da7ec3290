package lsa_test

import (
	"testing"

	"parley/retrieval/lsa"
	"parley/retrieval/retrievaltest"
)

func TestEmbedder(t *testing.T) {
	m, err := lsa.Fit(t.Context(), retrievaltest.Analyze(t, retrievaltest.Articles(40)...), lsa.Options{})
	if err != nil {
		t.Fatalf("fit: %v", err)
	}
	retrievaltest.EmbedderContract(t, m)
}
