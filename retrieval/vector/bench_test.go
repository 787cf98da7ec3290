package vector

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	chromem "github.com/philippgille/chromem-go"

	"parley/retrieval"
)

// BenchmarkRank compares the store and the exact scan with a plain query of one
// chromem collection of the same vectors.
func BenchmarkRank(b *testing.B) {
	const dims, depth = 128, 300
	for _, n := range []int{1000, 10_000, 100_000} {
		passages := clustered(n, dims)
		e := table{}
		for i := range 100 {
			e[strconv.Itoa(i)] = passages[(i*37)%n]
		}
		s := newStore(b, e, passages)
		flat, err := NewFlat(e, passages)
		if err != nil {
			b.Fatal(err)
		}
		plain := plainCollection(b, s)
		for _, r := range []struct {
			name string
			rank func(text string) error
		}{
			{"chromem", func(text string) error {
				_, err := plain.c.QueryEmbedding(b.Context(), e[text], depth, nil, nil)
				return err
			}},
			{"store", func(text string) error {
				_, err := s.Rank(b.Context(), query(text), depth)
				return err
			}},
			{"flat", func(text string) error {
				_, err := flat.Rank(b.Context(), query(text), depth)
				return err
			}},
		} {
			b.Run(fmt.Sprintf("%s/%d", r.name, n), func(b *testing.B) {
				b.ReportAllocs()
				var took []time.Duration
				for b.Loop() {
					start := time.Now()
					if err := r.rank(strconv.Itoa(len(took) % len(e))); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(start))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		passages := clustered(n, 128)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := New(b.Context(), table{}, passages); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func plainCollection(b *testing.B, s *Store) collection {
	b.Helper()
	c, err := newCollection(b.Context(), chromem.NewDB(), "all", s.vecs, s.vecs.present)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

var _ retrieval.Embedder = table{}
