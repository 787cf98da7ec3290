package main

import (
	"errors"
	"math"
	"slices"
)

// remez returns the polynomial of the given degree, lowest coefficient first,
// whose largest error against f on [a, b], times weight, is least, and that
// error. Inside, it works on Chebyshev polynomials, which stay well conditioned.
func remez(degree int, a, b float64, f, weight func(float64) float64) ([]float64, float64, error) {
	nodes := chebyshevNodes(degree+2, a, b)
	grid := chebyshevNodes(8000, a, b)
	var c []float64
	for range 50 {
		c = level(nodes, degree, a, b, f, weight)
		points, largest := extrema(grid, degree+2, func(x float64) float64 {
			sum := 0.0
			for i, t := range chebyshev(degree, a, b, x) {
				sum += c[i] * t
			}
			return (sum - f(x)) * weight(x)
		})
		if len(points) < degree+2 {
			return nil, 0, errors.New("the error does not alternate often enough")
		}
		if slices.Equal(points, nodes) {
			return monomials(c, a, b), largest, nil
		}
		nodes = points
	}
	return monomials(c, a, b), math.NaN(), nil
}

func chebyshevNodes(n int, a, b float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = (a+b)/2 - (b-a)/2*math.Cos(math.Pi*(float64(i)+0.5)/float64(n))
	}
	return x
}

// chebyshev returns the values of the polynomials 0 to degree at x.
func chebyshev(degree int, a, b, x float64) []float64 {
	y := (2*x - a - b) / (b - a)
	t := []float64{1, y}
	for i := 2; i <= degree; i++ {
		t = append(t, 2*y*t[i-1]-t[i-2])
	}
	return t[:degree+1]
}

// level returns the Chebyshev coefficients whose weighted error has the same
// size and alternating signs on all nodes.
func level(nodes []float64, degree int, a, b float64, f, weight func(float64) float64) []float64 {
	n := len(nodes)
	rows := make([][]float64, n)
	sign := 1.0
	for i, x := range nodes {
		for _, t := range chebyshev(degree, a, b, x) {
			rows[i] = append(rows[i], t*weight(x))
		}
		rows[i] = append(rows[i], sign, f(x)*weight(x))
		sign = -sign
	}
	for i := range n { // elimination with row pivots
		pivot := i
		for r := i + 1; r < n; r++ {
			if math.Abs(rows[r][i]) > math.Abs(rows[pivot][i]) {
				pivot = r
			}
		}
		rows[i], rows[pivot] = rows[pivot], rows[i]
		for r := i + 1; r < n; r++ {
			factor := rows[r][i] / rows[i][i]
			for c := i; c <= n; c++ {
				rows[r][c] -= factor * rows[i][c]
			}
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = rows[i][n]
		for c := i + 1; c < n; c++ {
			x[i] -= rows[i][c] * x[c]
		}
		x[i] /= rows[i][i]
	}
	return x[:degree+1]
}

// extrema returns the n largest alternating extrema of the error, and the
// largest absolute value.
func extrema(grid []float64, n int, fault func(float64) float64) ([]float64, float64) {
	var at, size []float64
	for _, x := range grid {
		e := fault(x)
		last := len(at) - 1
		switch {
		case last < 0 || math.Signbit(size[last]) != math.Signbit(e):
			at, size = append(at, x), append(size, e)
		case math.Abs(e) > math.Abs(size[last]):
			at[last], size[last] = x, e
		}
	}
	for len(at) > n {
		if last := len(at) - 1; math.Abs(size[0]) < math.Abs(size[last]) {
			at, size = at[1:], size[1:]
		} else {
			at, size = at[:last], size[:last]
		}
	}
	largest := 0.0
	for _, e := range size {
		largest = math.Max(largest, math.Abs(e))
	}
	return at, largest
}

// monomials turns Chebyshev coefficients on [a, b] into powers of x.
func monomials(c []float64, a, b float64) []float64 {
	scale, offset := 2/(b-a), -(a+b)/(b-a)
	out := make([]float64, len(c))
	before, now := []float64(nil), []float64{1}
	for i, k := range c {
		for j, v := range now {
			out[j] += k * v
		}
		next := make([]float64, len(now)+1)
		double := 2.0
		if i == 0 {
			double = 1
		}
		for j, v := range now {
			next[j] += double * offset * v
			next[j+1] += double * scale * v
		}
		for j, v := range before {
			next[j] -= v
		}
		before, now = now, next
	}
	return out
}
