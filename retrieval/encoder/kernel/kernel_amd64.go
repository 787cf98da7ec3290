//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

func available() []instructions {
	var sets []instructions
	if x := cpu.X86; x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512VNNI && x.HasAVX2 {
		sets = append(sets, avx512)
	}
	if cpu.X86.HasAVX2 {
		if cpu.X86.HasAVXVNNI {
			sets = append(sets, avxVNNI)
		}
		sets = append(sets, avx2)
	}
	return sets
}

func (p Path) quantise(dst []int8, src []float32) Row {
	blocks := len(src) / Lanes
	switch p.set {
	case avx512:
		row, inverse := rowOf(largestAVX512(&src[0], blocks))
		row.Sum = quantiseAVX512(&dst[0], &src[0], blocks, inverse)
		return row
	case avx2, avxVNNI:
		row, inverse := rowOf(largestAVX2(&src[0], blocks))
		row.Sum = quantiseAVX2(&dst[0], &src[0], blocks, inverse)
		return row
	default:
		return quantise(dst, src)
	}
}

func (p Path) gelu(x []float32) {
	switch p.set {
	case avx512:
		geluAVX512(&x[0], len(x)/Lanes)
	case avx2, avxVNNI:
		geluAVX2(&x[0], len(x)/Lanes)
	default:
		gelu(x)
	}
}

func (p Path) addNorm(x, residual, gamma, beta []float32, epsilon float32) {
	blocks, width := len(x)/Lanes, float32(len(x))
	switch p.set {
	case avx512:
		addNormAVX512(&x[0], &residual[0], &gamma[0], &beta[0], blocks, width, epsilon)
	case avx2, avxVNNI:
		addNormAVX2(&x[0], &residual[0], &gamma[0], &beta[0], blocks, width, epsilon)
	default:
		addNorm(x, residual, gamma, beta, epsilon)
	}
}

func (p Path) softmax(x []float32, n int) {
	blocks, rest := padded(n)/Lanes, (n-1)%Lanes+1
	switch p.set {
	case avx512:
		clear(x[padded(n):])
		softmaxAVX512(&x[0], blocks, rest)
	case avx2, avxVNNI:
		clear(x[padded(n):])
		softmaxAVX2(&x[0], blocks, rest)
	default:
		softmax(x, n)
	}
}

func (p Path) multiplyFloat(dst, a, b Floats, m, n, k int, scale float32) {
	if p.set == portable || k == 0 {
		multiplyFloat(dst, a, b, m, n, k, scale)
		return
	}
	to, from, by := 4*dst.Stride, 4*a.Stride, 4*b.Stride
	for c := 0; c < n; {
		switch {
		case p.set != avx512:
			multiplyFloat1AVX2(&dst.Data[c], &a.Data[0], &b.Data[c], to, from, by, m, k, scale)
			c += Lanes
		case n-c >= 2*Lanes:
			multiplyFloat2AVX512(&dst.Data[c], &a.Data[0], &b.Data[c], to, from, by, m, k, scale)
			c += 2 * Lanes
		default:
			multiplyFloat1AVX512(&dst.Data[c], &a.Data[0], &b.Data[c], to, from, by, m, k, scale)
			c += Lanes
		}
	}
}

func (p Path) transpose(dst, src Floats, rows, columns int) {
	if p.set == portable {
		transpose(dst, src, rows, columns)
		return
	}
	transposeAVX2(&dst.Data[0], &src.Data[0], 4*dst.Stride, 4*src.Stride, rows, padded(rows), columns)
}

func (p Path) multiply(dst []float32, m *Matrix, a []int8, rows []Row) {
	switch p.set {
	case avx512:
		pairs := m.N / (2 * Lanes) * (2 * Lanes)
		p.multiplyColumns(columns{0, pairs, 2 * Lanes, 12}, dst, m, a, rows)
		p.multiplyColumns(columns{pairs, m.N, Lanes, 4}, dst, m, a, rows)
	case avxVNNI:
		p.multiplyColumns(columns{0, m.N, Lanes, 5}, dst, m, a, rows)
	case avx2:
		p.multiplyColumns(columns{0, m.N, Lanes, 4}, dst, m, a, rows)
	default:
		multiply(dst, m, a, rows)
	}
}

// columns are taken width at a time, in tiles of at most highest rows.
type columns struct{ from, to, width, highest int }

func (p Path) multiplyColumns(in columns, dst []float32, m *Matrix, a []int8, rows []Row) {
	tiles := tilesOf(len(rows), in.highest)
	for c := in.from; c < in.to; c += in.width {
		for _, t := range tiles {
			if t.count == 0 {
				continue
			}
			to, bytes, row := &dst[t.row*m.N+c], &a[t.row*m.K], &rows[t.row].Scale
			weights, scale, bias := &m.Weights[c*m.K], &m.Scale[c], &m.Bias[c]
			switch {
			case p.set == avx2:
				multiply1AVX2(to, bytes, row, weights, scale, bias, m.K, m.N, t.height, t.count)
			case p.set == avxVNNI:
				multiply1AVXVNNI(to, bytes, row, weights, scale, bias, m.K, m.N, t.height, t.count)
			case in.width == Lanes:
				multiply1AVX512(to, bytes, row, weights, scale, bias, m.K, m.N, t.height, t.count)
			default:
				multiply2AVX512(to, bytes, row, weights, scale, bias, m.K, m.N, t.height, t.count)
			}
		}
	}
}
