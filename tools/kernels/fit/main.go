// Command fit finds the coefficients of the polynomials in ../coefficients.go
// and prints them with their errors: go run ./fit. They are minimax fits by
// Remez exchange, in float64; the errors quoted include those of evaluating
// the polynomial in float32 the way the kernels do.
package main

import (
	"fmt"
	"math"
	"os"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run() error {
	if err := gelu(); err != nil {
		return err
	}
	return exponential()
}

// gelu fits the normal distribution's upper tail Q(t) = erfc(t/√2)/2 on
// [0, 6.25] as (1-u)⁸·p(u) with u = 2t/6.25 - 1. GELU(x) is max(x,0) - t·Q(t)
// with t = |x|, so the error that counts is that of t·Q(t). The factor makes
// the tail vanish smoothly at the end, where float32 cannot tell it from 0, and
// leaves p little to do; of the powers tried (1 to 16) the eighth needs
// the lowest degree.
func gelu() error {
	const end, degree = 6.25, 10
	factor := func(u float64) float64 { return math.Pow(1-u, 8) }
	at := func(u float64) float64 { return (u + 1) * end / 2 }
	p, fitted, err := remez(degree, -1, 1-1e-9,
		func(u float64) float64 { return math.Erfc(at(u)/math.Sqrt2) / 2 / factor(u) },
		func(u float64) float64 { return at(u) * factor(u) })
	if err != nil {
		return err
	}
	worst := 0.0
	for i := range 2_000_001 {
		x := float32(-10 + 20*float64(i)/2_000_000)
		t := float32(math.Abs(float64(x)))
		u := min(float32(t*float32(2/end))-1, 1)
		w := 1 - u
		w = float32(w * w)
		w = float32(w * w)
		w = float32(w * w)
		got := max(x, 0) - float32(float32(horner(p, u)*w)*t)
		want := float64(x) * math.Erfc(-float64(x)/math.Sqrt2) / 2
		worst = math.Max(worst, math.Abs(float64(got)-want)/math.Max(1, math.Abs(want)))
	}
	show("gelu", p, fitted, worst)
	return nil
}

// exponential fits (eʳ-1-r)/r² on [-ln2/2, ln2/2], weighed by what it adds to
// eʳ relative to eʳ.
func exponential() error {
	const half, degree = math.Ln2 / 2, 4
	p, fitted, err := remez(degree, -half, half,
		func(r float64) float64 {
			if math.Abs(r) < 1e-4 {
				return 0.5 + r/6 + r*r/24
			}
			return (math.Expm1(r) - r) / (r * r)
		},
		func(r float64) float64 { return r * r / math.Exp(r) })
	if err != nil {
		return err
	}
	worst := 0.0
	for i := range 2_000_001 {
		r := float32(-half + 2*half*float64(i)/2_000_000)
		got := float32(float32(horner(p, r)*r)*r) + r + 1
		want := math.Exp(float64(r))
		worst = math.Max(worst, math.Abs(float64(got)/want-1))
	}
	show("exp", p, fitted, worst)
	return nil
}

func horner(p []float64, x float32) float32 {
	sum := float32(p[len(p)-1])
	for i := len(p) - 2; i >= 0; i-- {
		sum = float32(sum*x) + float32(p[i])
	}
	return sum
}

func show(name string, p []float64, fitted, worst float64) {
	fmt.Printf("%s: error %.2g fitted, %.2g in float32\n", name, fitted, worst)
	for i, c := range p {
		fmt.Printf("\t%.9g, // %d\n", float32(c), i)
	}
}
