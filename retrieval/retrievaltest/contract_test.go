package retrievaltest_test

import (
	"testing"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexical"
	"parley/retrieval/lsa"
	"parley/retrieval/retrievaltest"
	"parley/retrieval/vector"
)

func embed(t *testing.T, fwd *analysis.Forward) (*lsa.Model, [][]float32) {
	t.Helper()
	m, err := lsa.Fit(t.Context(), fwd, lsa.Options{})
	if err != nil {
		t.Fatalf("fit: %v", err)
	}
	vecs, err := m.Passages(t.Context())
	if err != nil {
		t.Fatalf("embed passages: %v", err)
	}
	return m, vecs
}

func TestRankers(t *testing.T) {
	tests := []struct {
		name  string
		build func(*testing.T, *analysis.Forward) (retrieval.Ranker, retrieval.Parser)
	}{
		{"words", func(_ *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
			ix := lexical.New(fwd)
			return ix.Words(), ix
		}},
		{"grams", func(_ *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
			ix := lexical.New(fwd)
			return ix.Grams(), ix
		}},
		{"store", func(t *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
			m, vecs := embed(t, fwd)
			s, err := vector.New(t.Context(), m, vecs)
			if err != nil {
				t.Fatalf("new store: %v", err)
			}
			return s, retrievaltest.Parser{Forward: fwd}
		}},
		{"flat", func(t *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
			m, vecs := embed(t, fwd)
			f, err := vector.NewFlat(m, vecs)
			if err != nil {
				t.Fatalf("new flat: %v", err)
			}
			return f, retrievaltest.Parser{Forward: fwd}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { retrievaltest.RankerContract(t, tt.build) })
	}
}

func TestEmbedders(t *testing.T) {
	m, _ := embed(t, retrievaltest.Analyze(t, retrievaltest.Articles(40)...))
	t.Run("lsa", func(t *testing.T) { retrievaltest.EmbedderContract(t, m) })
}
