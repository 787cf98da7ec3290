package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The tests here hold plain Go against float64; paths_test.go holds the other
// paths against plain Go.

func TestGELUIsNearTheExactOne(t *testing.T) {
	exact := func(x float64) float64 { return x * math.Erfc(-x/math.Sqrt2) / 2 }
	var x []float32
	for i := range 64_000 {
		x = append(x, float32(i-32_000)/3200)
	}
	x = append(x, 0, 1e-20, -1e-20, 1e-40, 100, -100, 1e30, -1e30, math.MaxFloat32, -math.MaxFloat32, 6.25, -6.25, 6.2499, 3, -3, 1)
	y := slices.Clone(x)
	Path{}.GELU(y)
	for i, v := range x {
		want := exact(float64(v))
		if off := math.Abs(float64(y[i])-want) / math.Max(1, math.Abs(want)); !(off < 4e-7) {
			t.Errorf("GELU(%g) = %g, want %g: off by %g", v, y[i], want, off)
		}
		if v < -7 && y[i] != 0 {
			t.Errorf("GELU(%g) = %g, want 0", v, y[i])
		}
	}
}

func TestExpIsNearTheExactOne(t *testing.T) {
	for i := range 869_001 {
		x := -float32(i) / 10_000
		got, want := float64(exp(x)), math.Exp(float64(x))
		if off := math.Abs(got/want - 1); !(off < 2e-7) {
			t.Fatalf("exp(%g) = %g, want %g: off by %g", x, got, want, off)
		}
	}
	for _, x := range []float32{-87.1, -88, -1000, -math.MaxFloat32} {
		if got := exp(x); got != 0 {
			t.Errorf("exp(%g) = %g, want 0", x, got)
		}
	}
}

func TestSoftmaxSumsToOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for n := 1; n <= 70; n++ {
		x := make([]float32, 80)
		want, sum := make([]float64, 80), 0.0
		for i := range x {
			x[i] = float32(random.NormFloat64() * 4)
		}
		largest := slices.Max(x[:n])
		for i := range n {
			want[i] = math.Exp(float64(x[i]) - float64(largest))
			sum += want[i]
		}
		Path{}.Softmax(x, n)
		for i, v := range x {
			if off := math.Abs(float64(v) - want[i]/sum); !(off < 3e-7) {
				t.Fatalf("of %d: value %d is %g, want %g", n, i, v, want[i]/sum)
			}
		}
	}
}

func TestAddNormIsNearTheExactOne(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	const width, rows, epsilon = 384, 3, 1e-12
	floats := func(n int, scale, shift float64) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(random.NormFloat64()*scale + shift)
		}
		return x
	}
	x, residual := floats(rows*width, 3, 1), floats(rows*width, 2, -0.5)
	gamma, beta := floats(width, 0.2, 1), floats(width, 0.3, 0)
	got := slices.Clone(x)
	Path{}.AddNorm(got, residual, gamma, beta, epsilon)
	for r := range rows {
		mean, variance := 0.0, 0.0
		at := func(i int) float64 { return float64(x[r*width+i]) + float64(residual[r*width+i]) }
		for i := range width {
			mean += at(i) / width
		}
		for i := range width {
			variance += (at(i) - mean) * (at(i) - mean) / width
		}
		for i := range width {
			want := (at(i)-mean)/math.Sqrt(variance+epsilon)*float64(gamma[i]) + float64(beta[i])
			if off := math.Abs(float64(got[r*width+i]) - want); !(off < 2e-6) {
				t.Fatalf("row %d, value %d is %g, want %g", r, i, got[r*width+i], want)
			}
		}
	}
}

func TestQuantiseRoundsToEven(t *testing.T) {
	src := make([]float32, 32)
	copy(src, []float32{127, -127, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 63.4, 63.6, -63.6, 0.4999, 126.5, -126.5})
	want := make([]int8, 32)
	copy(want, []int8{127, -127, 0, 2, 2, 0, -2, -2, 63, 64, -64, 0, 126, -126})
	got := make([]int8, 32)
	row := Path{}.Quantise(got, src)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if row.Scale != 1 || row.Sum != 63 {
		t.Errorf("got %+v, want scale 1 and sum 63", row)
	}
	for _, tiniest := range []float32{0, 1e-45, 1e-30} {
		src, got := make([]float32, 16), slices.Repeat([]int8{5}, 16)
		src[3] = -tiniest
		if row := (Path{}).Quantise(got, src); row != (Row{}) || slices.ContainsFunc(got, func(q int8) bool { return q != 0 }) {
			t.Errorf("a row of %g: got %v, %v, want zeros", tiniest, row, got)
		}
	}
}

func TestMultiplyIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	const k, n, rows = 48, 32, 5
	weights, a := make([]int8, k*n), make([]int8, rows*k)
	for _, bytes := range [][]int8{weights, a} {
		for i := range bytes {
			bytes[i] = int8(random.IntN(255) - 127)
		}
	}
	m := &Matrix{K: k, N: n, Weights: Pack(weights, k, n), Scale: make([]float32, n), Bias: make([]float32, n)}
	for i := range n {
		m.Scale[i], m.Bias[i] = random.Float32(), random.Float32()
	}
	quantised := make([]Row, rows)
	for i := range quantised {
		quantised[i].Scale = random.Float32()
		for _, q := range a[i*k:][:k] {
			quantised[i].Sum += int32(q)
		}
	}
	got := make([]float32, rows*n)
	Path{}.Multiply(got, m, a, quantised)
	for r := range rows {
		for c := range n {
			sum := 0
			for i := range k {
				sum += int(a[r*k+i]) * int(weights[c*k+i])
			}
			want := float32(float32(sum)*float32(quantised[r].Scale*m.Scale[c])) + m.Bias[c]
			if got[r*n+c] != want {
				t.Fatalf("row %d, output %d is %g, want %g", r, c, got[r*n+c], want)
			}
		}
	}
}

func TestMultiplyFloatAddsInOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	const m, n, k = 3, 16, 7
	a := Floats{Data: make([]float32, m*9), Stride: 9}
	b := Floats{Data: make([]float32, k*20), Stride: 20}
	dst := Floats{Data: make([]float32, m*18), Stride: 18}
	for _, f := range []Floats{a, b} {
		for i := range f.Data {
			f.Data[i] = float32(random.NormFloat64())
		}
	}
	Path{}.MultiplyFloat(dst, a, b, m, n, k, 0.3)
	for i := range m {
		for j := range n {
			var want float32
			for l := range k {
				want += float32(a.Data[i*9+l] * b.Data[l*20+j])
			}
			want *= 0.3
			if got := dst.Data[i*18+j]; got != want {
				t.Errorf("row %d, column %d is %g, want %g", i, j, got, want)
			}
		}
	}
}

func TestMatrixValidate(t *testing.T) {
	valid := func() *Matrix {
		return &Matrix{K: 16, N: 32, Weights: make([]byte, 512), Scale: make([]float32, 32), Bias: make([]float32, 32)}
	}
	if err := valid().Validate(); err != nil {
		t.Errorf("a valid matrix: %v", err)
	}
	for name, spoil := range map[string]func(*Matrix){
		"no inputs":    func(m *Matrix) { m.K = 0 },
		"odd inputs":   func(m *Matrix) { m.K, m.Weights = 8, make([]byte, 256) },
		"odd outputs":  func(m *Matrix) { m.N, m.Weights = 8, make([]byte, 128) },
		"deep":         func(m *Matrix) { m.K, m.Weights = 1<<17, make([]byte, 32<<17) },
		"few weights":  func(m *Matrix) { m.Weights = m.Weights[1:] },
		"a low weight": func(m *Matrix) { m.Weights[100] = 0x80 },
		"few scales":   func(m *Matrix) { m.Scale = m.Scale[1:] },
		"many biases":  func(m *Matrix) { m.Bias = make([]float32, 33) },
		"no dimension": func(m *Matrix) { *m = Matrix{} },
	} {
		m := valid()
		spoil(m)
		if m.Validate() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
