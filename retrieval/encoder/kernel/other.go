//go:build purego || !(amd64 || arm64)

package kernel

func available() []instructions { return nil }

func (Path) quantise(dst []int8, src []float32) Row { return quantise(dst, src) }

func (Path) gelu(x []float32) { gelu(x) }

func (Path) addNorm(x, residual, gamma, beta []float32, epsilon float32) {
	addNorm(x, residual, gamma, beta, epsilon)
}

func (Path) softmax(x []float32, n int) { softmax(x, n) }

func (Path) multiplyFloat(dst, a, b Floats, m, n, k int, scale float32) {
	multiplyFloat(dst, a, b, m, n, k, scale)
}

func (Path) transpose(dst, src Floats, rows, columns int) { transpose(dst, src, rows, columns) }

func (Path) multiply(dst []float32, m *Matrix, a []int8, rows []Row) { multiply(dst, m, a, rows) }
