package lsa

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// The constants of the randomized decomposition (Halko, Martinsson and Tropp,
// 2011, "Finding structure with randomness", https://doi.org/10.1137/090771806).
const (
	oversample = 8  // extra directions; the paper's 5 to 10
	powers     = 1  // passes of A·Aᵀ; the paper has 1 or 2 for spectra that fall slowly
	seed       = 20 // any number: the results do not depend on it beyond rounding of the last directions

	// rankFloor is the share of the greatest singular value below which a
	// direction is taken for rounding: float32 has 1e-7, the products lose two digits.
	rankFloor = 1e-4
)

// decompose returns the right singular vectors of a that belong to its greatest
// singular values, as one row of k values per column of a, and k, which is at
// most dims and never more than the rank.
func decompose(ctx context.Context, a matrix, dims int) (vectors []float32, k int, err error) {
	n := len(a.rows)
	width := min(dims+oversample, n, a.cols)
	if width == 0 {
		return nil, 0, ctx.Err()
	}
	t := a.transpose()
	q, err := a.times(ctx, signs(a.cols*width), width)
	if err != nil {
		return nil, 0, err
	}
	var z []float32 // Aᵀ·Q
	for range powers {
		orthonormalize(q, n, width)
		if z, err = t.times(ctx, q, width); err != nil {
			return nil, 0, err
		}
		if q, err = a.times(ctx, z, width); err != nil {
			return nil, 0, err
		}
	}
	orthonormalize(q, n, width)
	if z, err = t.times(ctx, q, width); err != nil {
		return nil, 0, err
	}
	// A ≈ Q·Qᵀ·A = Q·Zᵀ, and with Zᵀ·Z = W·Σ²·Wᵀ the right vectors are Z·W·Σ⁻¹.
	w, k, err := rightFactor(z, a.cols, width, dims)
	if err != nil || k == 0 {
		return nil, 0, err
	}
	out := blas32.General{Rows: a.cols, Cols: k, Stride: k, Data: make([]float32, a.cols*k)}
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, general(z, a.cols, width), w, 0, out)
	return out.Data, k, ctx.Err()
}

// signs returns n random values of +1 and -1: as good directions to start from
// as normal deviates, and quicker to draw.
func signs(n int) []float32 {
	r := rand.New(rand.NewPCG(seed, seed)) // #nosec G404 -- reproducible by design
	out := make([]float32, n)
	var bits uint64
	for i := range out {
		if i%64 == 0 {
			bits = r.Uint64()
		}
		out[i] = float32(int(bits&1)*2 - 1)
		bits >>= 1
	}
	return out
}

// orthonormalize replaces the columns of y by an orthonormal basis that spans
// them. Householder's method keeps it orthonormal when y has a lower rank.
func orthonormalize(y []float32, rows, cols int) {
	q := blas64.General{Rows: rows, Cols: cols, Stride: cols, Data: make([]float64, len(y))}
	for i, v := range y {
		q.Data[i] = float64(v)
	}
	tau := make([]float64, cols)
	work := make([]float64, 1)
	lapack64.Geqrf(q, tau, work, -1) // asks for the size of the work space
	work = make([]float64, int(work[0]))
	lapack64.Geqrf(q, tau, work, len(work))
	lapack64.Orgqr(q, tau, work, len(work))
	for i, v := range q.Data {
		y[i] = float32(v)
	}
}

// rightFactor returns W·Σ⁻¹ for the greatest k eigenvalues of Zᵀ·Z.
func rightFactor(z []float32, rows, width, dims int) (blas32.General, int, error) {
	var eig mat.EigenSym
	if !eig.Factorize(gram(z, rows, width), true) {
		return blas32.General{}, 0, errors.New("eigenvalues did not converge")
	}
	values := eig.Values(nil) // ascending
	floor := values[width-1] * rankFloor * rankFloor
	k := 0
	for k < min(dims, width) && values[width-1-k] > floor {
		k++
	}
	var vectors mat.Dense
	eig.VectorsTo(&vectors)
	w := general(make([]float32, width*k), width, k)
	for j := range k {
		scale := 1 / math.Sqrt(values[width-1-j])
		for i := range width {
			w.Data[i*k+j] = float32(vectors.At(i, width-1-j) * scale)
		}
	}
	return w, k, nil
}

// gram returns Zᵀ·Z. It sums blocks of rows in float64, because float32 alone
// would drown the small singular values in the rounding of the great ones.
func gram(z []float32, rows, width int) *mat.SymDense {
	const block = 256
	sum := make([]float64, width*width)
	part := general(make([]float32, width*width), width, width)
	for lo := 0; lo < rows; lo += block {
		hi := min(lo+block, rows)
		zb := general(z[lo*width:hi*width], hi-lo, width)
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, zb, zb, 0, part)
		for i, v := range part.Data {
			sum[i] += float64(v)
		}
	}
	return mat.NewSymDense(width, sum)
}

func general(data []float32, rows, cols int) blas32.General {
	return blas32.General{Rows: rows, Cols: cols, Stride: max(cols, 1), Data: data}
}
