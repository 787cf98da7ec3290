package lsa

import "gonum.org/v1/gonum/mat"

// exactShare is the share of a matrix with rows of length 1 that its greatest k
// singular values make up.
func exactShare(a matrix, k int) float64 {
	d := mat.NewDense(len(a.rows), a.cols, nil)
	for i, r := range a.rows {
		for _, c := range r {
			d.Set(i, int(c.id), float64(c.w))
		}
	}
	var svd mat.SVD
	svd.Factorize(d, mat.SVDNone)
	sum := 0.0
	for _, s := range svd.Values(nil)[:k] {
		sum += s * s
	}
	return sum / float64(len(a.rows))
}
