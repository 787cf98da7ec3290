package main

import (
	"bytes"
	"fmt"
	"go/format"
	"math"
)

// The polynomials' coefficients, the lowest first, as ./fit finds them, and
// the numbers around them. The kernel package's portable.go says what is done
// with them.
const (
	geluScale = 0.32 // 2/6.25

	shifter    = 3 << 22
	expLowest  = -87
	expLeast   = -125 // the lowest power of two that eʳ times it stays normal for
	expLog2E   = math.Log2E
	expLn2High = 0.693359375 // few bits, so that its products with integers are exact
	expLn2Low  = math.Ln2 - expLn2High
)

func geluCoefficients() []float32 {
	return []float32{
		0.000889049785, -0.00233277911, 0.00255769305, 0.000852683675, -0.0037225734, 0.00364706991,
		0.00200036028, -0.00510625448, -0.000196368623, 0.00426337495, 0.0017490976,
	}
}

func expCoefficients() []float32 {
	return []float32{0.49999994, 0.166665211, 0.041668389, 0.00836871006, 0.00138146128}
}

// coefficientsFile is the same for the kernels in plain Go.
func coefficientsFile() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(header + "\npackage kernel\n\nconst (\n")
	fmt.Fprintf(&b, "geluScale = %v\n", float32(geluScale))
	for i, c := range geluCoefficients() {
		fmt.Fprintf(&b, "gelu%d = %v\n", i, c)
	}
	b.WriteString("\n")
	for i, c := range expCoefficients() {
		fmt.Fprintf(&b, "exp%d = %v\n", i, c)
	}
	fmt.Fprintf(&b, "expLowest = %v\nexpLeast = %v\nexpLog2E = %v\nexpLn2High = %v\nexpLn2Low = %v\nexpOne = %#x // the bits of 1\n)\n",
		float32(expLowest), float32(expLeast), float32(expLog2E), float32(expLn2High), float32(expLn2Low), math.Float32bits(1))
	return format.Source(b.Bytes())
}
