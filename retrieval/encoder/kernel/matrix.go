package kernel

import (
	"bytes"
	"errors"
	"fmt"
)

// maxDepth keeps sums of products of bytes within 32 bits, the weights taken
// as 0 to 255.
const maxDepth = 1 << 16

// together is how many rows are multiplied at a time: a multiple of every path's
// height of a tile, so many that weights are read often from the caches near the
// core, and so few that the rows stay there.
const together = 240

// Matrix is the weights of a linear layer with K inputs and N outputs, both
// multiples of Lanes. It only reads its slices, which may lie in mapped or
// embedded files.
type Matrix struct {
	K, N int
	// Weights are signed bytes from -127 to 127, in blocks of 16 outputs: for
	// each block, for each 4 consecutive inputs, 16 outputs × 4 inputs.
	Weights []byte
	Scale   []float32 // per output: weight = byte · Scale
	Bias    []float32 // per output
}

// Validate says what keeps the matrix from being used. It reads all weights.
func (m *Matrix) Validate() error {
	switch {
	case m.K <= 0 || m.N <= 0 || m.K%Lanes != 0 || m.N%Lanes != 0:
		return fmt.Errorf("matrix of %d × %d: want multiples of %d", m.K, m.N, Lanes)
	case m.K > maxDepth:
		return fmt.Errorf("matrix has %d inputs: at most %d", m.K, maxDepth)
	case len(m.Weights) != m.K*m.N:
		return fmt.Errorf("matrix of %d × %d has %d weights", m.K, m.N, len(m.Weights))
	case len(m.Scale) != m.N || len(m.Bias) != m.N:
		return fmt.Errorf("matrix with %d outputs has %d scales and %d biases", m.N, len(m.Scale), len(m.Bias))
	case bytes.IndexByte(m.Weights, 0x80) >= 0:
		return errors.New("matrix has a weight of -128: want -127 to 127")
	}
	return nil
}

// Pack orders weights given as n rows of k inputs the way Matrix holds them.
func Pack(weights []int8, k, n int) []byte {
	packed := make([]byte, k*n)
	for row := range n {
		for i := range k {
			packed[packedAt(k, row, i)] = byte(weights[row*k+i])
		}
	}
	return packed
}

// packedAt is where Weights of a matrix with k inputs hold one weight.
func packedAt(k, output, input int) int {
	return output/16*16*k + input/4*64 + output%16*4 + input%4
}

// Multiply writes a row of m.N floats to dst for each row of a, whose m.K
// bytes Quantise made and described in rows:
//
//	dst = float32(Σ a·weight) · (row scale · output scale) + bias
//
// each operation rounded by itself. m must be valid.
func (p Path) Multiply(dst []float32, m *Matrix, a []int8, rows []Row) {
	mustDivide(m.K)
	mustDivide(m.N)
	mustHold(len(a), len(rows)*m.K)
	mustHold(len(dst), len(rows)*m.N)
	mustHold(len(m.Weights), m.K*m.N)
	mustHold(min(len(m.Scale), len(m.Bias)), m.N)
	for len(rows) > 0 {
		n := min(len(rows), together)
		p.multiply(dst[:n*m.N], m, a[:n*m.K], rows[:n])
		dst, a, rows = dst[n*m.N:], a[n*m.K:], rows[n:]
	}
}
