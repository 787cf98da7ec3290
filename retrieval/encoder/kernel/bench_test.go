package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// The sizes are those of a small encoder: 384 wide, 1536 between, heads of 32.

func BenchmarkMultiply(b *testing.B) {
	for _, size := range [][3]int{{128, 384, 1536}, {128, 1536, 384}, {8, 384, 1536}, {1, 384, 1536}} {
		rows, k, n := size[0], size[1], size[2]
		product := newProduct(rand.New(rand.NewPCG(1, 1)), k, n, rows, func() int8 { return int8(rand.IntN(255) - 127) })
		dst := make([]float32, rows*n)
		for _, p := range Paths() {
			b.Run(fmt.Sprintf("%d×%d×%d/%s", rows, k, n, p), func(b *testing.B) {
				for b.Loop() {
					p.Multiply(dst, product.m, product.a, product.rows)
				}
				b.ReportMetric(float64(rows*k*n)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
			})
		}
	}
}

// Weights of twelve layers, as many as an encoder has, do not stay in the caches
// near the core: short texts wait for memory.
func BenchmarkMultiplyCold(b *testing.B) {
	for _, rows := range []int{8, 16} {
		var layers []*product
		for range 48 {
			layers = append(layers, newProduct(rand.New(rand.NewPCG(1, 1)), 384, 1152, rows, func() int8 { return 3 }))
		}
		dst := make([]float32, rows*1152)
		for _, p := range Paths() {
			b.Run(fmt.Sprintf("%d/%s", rows, p), func(b *testing.B) {
				for b.Loop() {
					for _, product := range layers {
						p.Multiply(dst, product.m, product.a, product.rows)
					}
				}
				b.ReportMetric(float64(48*384*1152)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GB/s")
			})
		}
	}
}

func benchmarkFloats(b *testing.B, n int, run func(p Path, x []float32)) {
	x, source := make([]float32, n), make([]float32, n)
	for i := range source {
		source[i] = float32(i%97)/10 - 5
	}
	for _, p := range Paths() {
		b.Run(p.String(), func(b *testing.B) {
			for b.Loop() {
				copy(x, source)
				run(p, x)
			}
		})
	}
}

func BenchmarkGELU(b *testing.B) {
	benchmarkFloats(b, 1536, func(p Path, x []float32) { p.GELU(x) })
}

func BenchmarkQuantise(b *testing.B) {
	dst := make([]int8, 1536)
	benchmarkFloats(b, 1536, func(p Path, x []float32) { p.Quantise(dst, x) })
}

func BenchmarkAddNorm(b *testing.B) {
	residual, gamma, beta := make([]float32, 384), make([]float32, 384), make([]float32, 384)
	benchmarkFloats(b, 384, func(p Path, x []float32) { p.AddNorm(x, residual, gamma, beta, 1e-12) })
}

func BenchmarkSoftmax(b *testing.B) {
	benchmarkFloats(b, 48, func(p Path, x []float32) { p.Softmax(x, 40) })
}

// BenchmarkHead is one head's attention over 40 tokens.
func BenchmarkHead(b *testing.B) {
	const tokens, width = 40, 32
	qkv := make([]float32, tokens*1152)
	for i := range qkv {
		qkv[i] = float32(i%89)/40 - 1
	}
	at := func(i int) Floats { return Floats{qkv[i:], 1152} }
	keys, scores := Floats{make([]float32, width*48), 48}, Floats{make([]float32, tokens*48), 48}
	out := Floats{make([]float32, tokens*384), 384}
	for _, p := range Paths() {
		b.Run(p.String(), func(b *testing.B) {
			for b.Loop() {
				p.Transpose(keys, at(384), tokens, width)
				p.MultiplyFloat(scores, at(0), keys, tokens, 48, width, 0.17677669)
				for r := range tokens {
					p.Softmax(scores.Data[r*48:][:48], tokens)
				}
				p.MultiplyFloat(out, scores, at(768), tokens, width, tokens, 1)
			}
		})
	}
}

func BenchmarkTranspose(b *testing.B) {
	src, dst := Floats{make([]float32, 40*1152), 1152}, Floats{make([]float32, 32*48), 48}
	for _, p := range Paths() {
		b.Run(p.String(), func(b *testing.B) {
			for b.Loop() {
				p.Transpose(dst, src, 40, 32)
			}
		})
	}
}
