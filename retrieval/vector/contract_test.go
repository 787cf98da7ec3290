package vector_test

import (
	"testing"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lsa"
	"parley/retrieval/retrievaltest"
	"parley/retrieval/vector"
)

func TestRankers(t *testing.T) {
	tests := []struct {
		name  string
		build func(t *testing.T, m *lsa.Model, passages [][]float32) (retrieval.Ranker, error)
	}{
		{"store", func(t *testing.T, m *lsa.Model, passages [][]float32) (retrieval.Ranker, error) {
			return vector.New(t.Context(), m, passages)
		}},
		{"flat", func(_ *testing.T, m *lsa.Model, passages [][]float32) (retrieval.Ranker, error) {
			return vector.NewFlat(m, passages)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			retrievaltest.RankerContract(t, func(t *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
				t.Helper()
				m, err := lsa.Fit(t.Context(), fwd, lsa.Options{})
				if err != nil {
					t.Fatalf("fit: %v", err)
				}
				passages, err := m.Passages(t.Context())
				if err != nil {
					t.Fatalf("embed passages: %v", err)
				}
				r, err := tt.build(t, m, passages)
				if err != nil {
					t.Fatalf("new %s: %v", tt.name, err)
				}
				return r, retrievaltest.Parser{Forward: fwd}
			})
		})
	}
}
