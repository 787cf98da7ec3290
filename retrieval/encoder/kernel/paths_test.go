package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// eachPath runs a test for every path that this machine has besides plain Go.
func eachPath(t *testing.T, test func(t *testing.T, p Path)) {
	paths := Paths()
	if len(paths) == 1 {
		t.Skip("this machine has no path but plain Go")
	}
	for _, p := range paths[:len(paths)-1] {
		t.Run(p.String(), func(t *testing.T) { test(t, p) })
	}
}

// same compares two slices bit by bit.
func same(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d values, want %d", what, len(got), len(want))
	}
	for i, v := range got {
		if math.Float32bits(v) != math.Float32bits(want[i]) {
			t.Fatalf("%s: value %d is %g (%#x), want %g (%#x)", what, i, v, math.Float32bits(v), want[i], math.Float32bits(want[i]))
		}
	}
}

// kinds are ways of filling a slice with floats.
var kinds = []struct {
	name string
	next func(*rand.Rand) float32
}{
	{"ordinary", func(r *rand.Rand) float32 { return float32(r.NormFloat64()) }},
	{"wide", func(r *rand.Rand) float32 { return float32(r.NormFloat64() * math.Exp(20*r.NormFloat64())) }},
	{"zero", func(*rand.Rand) float32 { return 0 }},
	{"signed zero", func(r *rand.Rand) float32 { return math.Float32frombits(r.Uint32() & (1 << 31)) }},
	{"sparse", func(r *rand.Rand) float32 { return float32(r.IntN(20)/19) * -3 }},
	{"equal", func(*rand.Rand) float32 { return -2.5 }},
	{"tiny", func(r *rand.Rand) float32 { return math.Float32frombits(r.Uint32() &^ (0x7f << 24)) }},
	{"least", func(r *rand.Rand) float32 { return float32(r.NormFloat64() * 1e-30) }},
	{"huge", func(r *rand.Rand) float32 { return float32(math.Copysign(1e18*(1+r.Float64()), r.Float64()-0.5)) }},
	{"halves", func(r *rand.Rand) float32 { return float32(r.IntN(509)-254) / 2 }},
	{"steep", func(r *rand.Rand) float32 { return float32(r.Float64()*200 - 100) }},
}

func eachKind(t *testing.T, p Path, test func(t *testing.T, p Path, floats func(n int) []float32)) {
	for i, kind := range kinds {
		random := rand.New(rand.NewPCG(uint64(i), 7))
		t.Run(kind.name, func(t *testing.T) {
			test(t, p, func(n int) []float32 {
				x := make([]float32, n)
				for i := range x {
					x[i] = kind.next(random)
				}
				return x
			})
		})
	}
}

func TestPathsAgreeOnQuantise(t *testing.T) {
	eachPath(t, func(t *testing.T, p Path) {
		eachKind(t, p, func(t *testing.T, p Path, floats func(int) []float32) {
			for _, n := range []int{0, 16, 32, 48, 64, 80, 96, 112, 144, 384, 1536} {
				src := floats(n)
				got, want := make([]int8, n+1), make([]int8, n+1)
				got[n], want[n] = 99, 99 // must stay
				gotRow, wantRow := p.Quantise(got, src), Path{}.Quantise(want, src)
				if gotRow != wantRow {
					t.Fatalf("%d values: got %+v, want %+v", n, gotRow, wantRow)
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%d values: got %v, want %v", n, got, want)
				}
			}
		})
	})
}

func TestPathsAgreeOnGELU(t *testing.T) {
	eachPath(t, func(t *testing.T, p Path) {
		eachKind(t, p, func(t *testing.T, p Path, floats func(int) []float32) {
			for _, n := range []int{0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 1<<14 + 48} {
				got := floats(n)
				want := slices.Clone(got)
				p.GELU(got)
				Path{}.GELU(want)
				same(t, fmt.Sprint(n, " values"), got, want)
			}
		})
	})
}

func TestPathsAgreeOnAddNorm(t *testing.T) {
	eachPath(t, func(t *testing.T, p Path) {
		eachKind(t, p, func(t *testing.T, p Path, floats func(int) []float32) {
			for _, width := range []int{16, 32, 48, 80, 384} {
				for rows := range 4 {
					got := floats(rows * width)
					residual, gamma, beta := floats(rows*width), floats(width), floats(width)
					want := slices.Clone(got)
					p.AddNorm(got, residual, gamma, beta, 1e-12)
					Path{}.AddNorm(want, residual, gamma, beta, 1e-12)
					same(t, fmt.Sprintf("%d rows of %d", rows, width), got, want)
				}
			}
		})
	})
}

func TestPathsAgreeOnSoftmax(t *testing.T) {
	eachPath(t, func(t *testing.T, p Path) {
		eachKind(t, p, func(t *testing.T, p Path, floats func(int) []float32) {
			for n := 1; n <= 100; n++ {
				for _, size := range []int{padded(n), padded(n) + 16} {
					got := floats(size)
					for i := n; i < size; i++ {
						got[i] = float32(math.NaN()) // stale values must not matter
					}
					want := slices.Clone(got)
					p.Softmax(got, n)
					Path{}.Softmax(want, n)
					same(t, fmt.Sprintf("%d of %d", n, size), got, want)
				}
			}
		})
	})
}

func TestPathsAgreeOnMultiplyFloat(t *testing.T) {
	eachPath(t, func(t *testing.T, p Path) {
		eachKind(t, p, func(t *testing.T, p Path, floats func(int) []float32) {
			for _, m := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 20} {
				for _, n := range []int{16, 32, 48, 80} {
					for _, k := range []int{0, 1, 7, 33} {
						a, b := Floats{floats(m*(k+3) + 5), k + 3}, Floats{floats((k+1)*(n+2) + 5), n + 2}
						stale := floats(m*(n+4) + 5)
						got, want := Floats{slices.Clone(stale), n + 4}, Floats{slices.Clone(stale), n + 4}
						p.MultiplyFloat(got, a, b, m, n, k, 0.17677669)
						Path{}.MultiplyFloat(want, a, b, m, n, k, 0.17677669)
						same(t, fmt.Sprintf("%d × %d, %d deep", m, n, k), got.Data, want.Data)
					}
				}
			}
		})
	})
}

func TestPathsAgreeOnTranspose(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	eachPath(t, func(t *testing.T, p Path) {
		for rows := 1; rows <= 70; rows++ {
			for _, columns := range []int{16, 32, 48} {
				src := Floats{make([]float32, rows*50), 50}
				for i := range src.Data {
					src.Data[i] = random.Float32()
				}
				stride := padded(rows) + 3
				stale := slices.Repeat([]float32{7}, columns*stride)
				got, want := Floats{slices.Clone(stale), stride}, Floats{slices.Clone(stale), stride}
				p.Transpose(got, src, rows, columns)
				Path{}.Transpose(want, src, rows, columns)
				same(t, fmt.Sprintf("%d × %d", rows, columns), got.Data, want.Data)
			}
		}
	})
}

// product is what Multiply takes.
type product struct {
	m    *Matrix
	a    []int8
	rows []Row
}

func newProduct(random *rand.Rand, k, n, rows int, next func() int8) *product {
	p := &product{
		m:    &Matrix{K: k, N: n, Weights: make([]byte, k*n), Scale: make([]float32, n), Bias: make([]float32, n)},
		a:    make([]int8, rows*k),
		rows: make([]Row, rows),
	}
	for i := range p.m.Weights {
		p.m.Weights[i] = byte(next())
	}
	for i := range n {
		p.m.Scale[i], p.m.Bias[i] = random.Float32(), float32(random.NormFloat64())
	}
	for i := range rows {
		p.rows[i].Scale = random.Float32()
		for j := range k {
			q := next()
			p.a[i*k+j] = q
			p.rows[i].Sum += int32(q)
		}
	}
	return p
}

func (p *product) by(path Path) []float32 {
	dst := slices.Repeat([]float32{7}, len(p.rows)*p.m.N+1)
	path.Multiply(dst, p.m, p.a, p.rows)
	return dst
}

func TestPathsAgreeOnMultiply(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	kinds := map[string]func() int8{
		"random":   func() int8 { return int8(random.IntN(255) - 127) },
		"largest":  func() int8 { return 127 },
		"least":    func() int8 { return -127 },
		"extremes": func() int8 { return int8(random.IntN(2)*254 - 127) },
		"zero":     func() int8 { return 0 },
		"sparse":   func() int8 { return int8(random.IntN(30) / 29 * -127) },
	}
	eachPath(t, func(t *testing.T, p Path) {
		for name, next := range kinds {
			t.Run(name, func(t *testing.T) {
				for _, size := range []struct {
					k, n int
					rows []int
				}{
					{16, 16, []int{1, 2, 3, 4, 5, 6, 7, 9, 13, 70}},
					{16, 32, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 23, 24, 25, 26, 37, 70}},
					{16, 48, []int{together - 1, together, together + 3}},
					{80, 48, []int{1, 5, 11, 13, 31}},
					{384, 64, []int{7, 12}},
					{1536, 32, []int{5}},
				} {
					for _, rows := range size.rows {
						product := newProduct(random, size.k, size.n, rows, next)
						same(t, fmt.Sprintf("%d rows, %d × %d", rows, size.k, size.n), product.by(p), product.by(Path{}))
					}
				}
			})
		}
	})
}

func TestPathsAgreeOnTheDeepestMatrix(t *testing.T) {
	for _, q := range []int8{127, -127} {
		product := newProduct(rand.New(rand.NewPCG(8, 8)), maxDepth, 32, 2, func() int8 { return q })
		if err := product.m.Validate(); err != nil {
			t.Fatal(err)
		}
		want := product.by(Path{})
		eachPath(t, func(t *testing.T, p Path) { same(t, "deep product", product.by(p), want) })
	}
}

// A row's result must not depend on the rows beside it.
func TestRowsStandAlone(t *testing.T) {
	for _, p := range Paths() {
		all := newProduct(rand.New(rand.NewPCG(9, 9)), 96, 48, 29, func() int8 { return int8(rand.IntN(255) - 127) })
		want := all.by(p)
		for i := range all.rows {
			one := &product{m: all.m, a: all.a[i*96:][:96], rows: all.rows[i : i+1]}
			same(t, fmt.Sprint(p, ", row ", i), one.by(p)[:48], want[i*48:][:48])
		}
	}
}
