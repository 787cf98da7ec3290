// Package kernel holds the inner loops of a transformer encoder: products of
// matrices with 8-bit weights, the small float products of attention, and the
// functions applied between them. They are written for an encoder whose
// activations are quantised row by row as they arise.
//
// There are several implementations, called paths: one in plain Go, and one
// each for the vector instructions AVX2, AVX-VNNI, AVX-512 VNNI and NEON. [Paths] lists
// those that this machine can run. All give the same bits for the same input:
// integer sums are exact, no multiplication is fused with an addition, and
// sums of floats run over 16 lanes that are added up as a fixed tree. So
// a vector that was computed on one machine equals that of another, and a text's
// vector does not depend on the texts beside it.
//
// The assembly and coefficients.go are written by tools/kernels; with the
// build tag purego, plain Go is all there is.
//
// Floats must be finite: what NaN and infinities give is not defined, though
// nothing breaks. No kernel allocates. Assembly cannot be interrupted: long work
// is cut into pieces of some ten microseconds, so that the garbage collector does
// not wait for it.
package kernel

// Lanes is how many floats the kernels work on at a time. Lengths, widths and
// strides are multiples of it unless a kernel says otherwise.
const Lanes = 16

// Path is one implementation of the kernels; the zero value is plain Go.
// Paths are comparable, and safe for use by several goroutines.
type Path struct{ set instructions }

type instructions uint8

const (
	portable instructions = iota
	neon
	avx2
	avxVNNI
	avx512
)

// String names the path: portable, neon, avx2, avxvnni or avx512.
func (p Path) String() string {
	switch p.set {
	case neon:
		return "neon"
	case avx2:
		return "avx2"
	case avxVNNI:
		return "avxvnni"
	case avx512:
		return "avx512"
	default:
		return "portable"
	}
}

// Paths returns the paths that this machine can run, the fastest first.
func Paths() []Path {
	var paths []Path
	for _, set := range available() {
		paths = append(paths, Path{set})
	}
	return append(paths, Path{portable})
}

// Best returns the fastest path that this machine can run.
func Best() Path { return Paths()[0] }

// Row is what a quantised row has beside its bytes.
type Row struct {
	Scale float32 // value = byte · Scale
	Sum   int32   // of the bytes
}

// Quantise writes src as bytes in [-127, 127] to dst: the largest magnitude
// becomes 127, the rest is rounded to nearest, ties to even. A row with no
// magnitude over 1e-30 becomes zeros with scale 0. The length is a multiple of
// Lanes.
func (p Path) Quantise(dst []int8, src []float32) Row {
	mustDivide(len(src))
	mustHold(len(dst), len(src))
	if len(src) == 0 {
		return Row{}
	}
	return p.quantise(dst[:len(src)], src)
}

// GELU replaces each x by x·Φ(x), Φ being the normal distribution's function
// (the exact GELU, not the one by tanh). The error is below 4e-7, relative to
// the result where that is larger than 1. The length is a multiple of Lanes.
func (p Path) GELU(x []float32) {
	mustDivide(len(x))
	for len(x) > 0 {
		n := min(len(x), 1<<14)
		p.gelu(x[:n])
		x = x[n:]
	}
}

// AddNorm replaces x by the layer norm of x+residual, row by row: what a row
// deviates from its mean, divided by √(variance + epsilon), times gamma, plus
// beta. Rows are as wide as gamma, a multiple of Lanes.
func (p Path) AddNorm(x, residual, gamma, beta []float32, epsilon float32) {
	width := len(gamma)
	mustDivide(width)
	mustHold(width, 1)
	mustHold(len(residual), len(x))
	mustHold(len(beta), width)
	for len(x) > 0 {
		mustHold(len(x), width)
		p.addNorm(x[:width], residual[:width], gamma, beta[:width], epsilon)
		x, residual = x[width:], residual[width:]
	}
}

// Softmax replaces the first n values of x, at least one, by eˣ over the sum
// of all eˣ, and those behind them by 0. The length is a multiple of Lanes.
func (p Path) Softmax(x []float32, n int) {
	mustDivide(len(x))
	mustHold(len(x), n)
	mustHold(n, 1)
	p.softmax(x, n)
}

// MultiplyFloat writes scale · a·b to dst: a has m rows of k values, b has k
// rows of n values, dst m rows of n values. Strides are the distances between
// rows, in values. Only n is a multiple of Lanes; any values may stand in b's
// columns that the caller does not need. k is added up in order.
func (p Path) MultiplyFloat(dst Floats, a, b Floats, m, n, k int, scale float32) {
	mustDivide(n)
	if m <= 0 || n <= 0 {
		return
	}
	dst.need(m, n)
	if k <= 0 {
		k = 0
	} else {
		a.need(m, k)
		b.need(k, n)
	}
	p.multiplyFloat(dst, a, b, m, n, k, scale)
}

// Transpose writes src, rows of columns values, as columns rows of rows
// values to dst. It fills dst's rows up to the next multiple of Lanes with
// zeros; columns is a multiple of Lanes.
func (p Path) Transpose(dst, src Floats, rows, columns int) {
	mustDivide(columns)
	if rows <= 0 || columns <= 0 {
		return
	}
	src.need(rows, columns)
	dst.need(columns, padded(rows))
	p.transpose(dst, src, rows, columns)
}

// Floats is a matrix, or part of one, in a slice: row i begins at i·Stride.
type Floats struct {
	Data   []float32
	Stride int
}

// need panics where a matrix of that size does not fit.
func (f Floats) need(rows, columns int) {
	mustHold(f.Stride, columns)
	mustHold(len(f.Data), (rows-1)*f.Stride+columns)
}

// mustHold and mustDivide panic, as an index out of range does: assembly checks
// none.
func mustHold(have, want int) {
	if have < want {
		panic("kernel: slice or stride too short")
	}
}

func mustDivide(n int) {
	if n%Lanes != 0 {
		panic("kernel: length is not a multiple of Lanes")
	}
}

// padded is the next multiple of Lanes.
func padded(n int) int { return (n + Lanes - 1) / Lanes * Lanes }
