package encoder

import (
	"fmt"
	"strings"
	"testing"

	"parley/retrieval/encoder/kernel"
)

// sample is a text of n tokens.
func sample(n int) string {
	return strings.Join(strings.Fields(strings.Repeat("the ferry sails from the old harbour at noon when people watch ", n/11+1))[:n-2], " ")
}

func builtinModel(b testing.TB) *Model {
	b.Helper()
	m, err := Builtin()
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// BenchmarkEncode is what people wait for: a question of 12 tokens, and 60
// sentences of 40, on each path.
func BenchmarkEncode(b *testing.B) {
	for _, path := range kernel.Paths() {
		m := builtinModel(b).on(path)
		for _, size := range []struct{ texts, tokens int }{{1, 12}, {60, 40}, {12, 200}, {1, 512}} {
			if path == plain() && size.texts > 1 {
				continue // plain Go takes a quarter of a minute
			}
			b.Run(fmt.Sprintf("%v/%dx%d", path, size.texts, size.tokens), func(b *testing.B) {
				in := make([]string, size.texts)
				for i := range in {
					in[i] = sample(size.tokens)
				}
				b.ReportAllocs()
				for b.Loop() {
					if _, err := m.Encode(b.Context(), in); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N*size.texts*size.tokens)/b.Elapsed().Seconds(), "tokens/s")
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := open([]byte(builtin)); err != nil {
			b.Fatal(err)
		}
	}
}
