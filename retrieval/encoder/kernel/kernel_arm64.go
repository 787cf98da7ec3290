//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

func available() []instructions {
	if cpu.ARM64.HasASIMDDP {
		return []instructions{neon}
	}
	return nil
}

func (p Path) quantise(dst []int8, src []float32) Row {
	if p.set == portable {
		return quantise(dst, src)
	}
	row, inverse := rowOf(largestNEON(&src[0], len(src)/Lanes))
	row.Sum = quantiseNEON(&dst[0], &src[0], len(src)/Lanes, inverse)
	return row
}

func (p Path) gelu(x []float32) {
	if p.set == portable {
		gelu(x)
		return
	}
	geluNEON(&x[0], len(x)/Lanes)
}

func (p Path) addNorm(x, residual, gamma, beta []float32, epsilon float32) {
	if p.set == portable {
		addNorm(x, residual, gamma, beta, epsilon)
		return
	}
	addNormNEON(&x[0], &residual[0], &gamma[0], &beta[0], len(x)/Lanes, float32(len(x)), epsilon)
}

func (p Path) softmax(x []float32, n int) {
	if p.set == portable {
		softmax(x, n)
		return
	}
	clear(x[padded(n):])
	softmaxNEON(&x[0], padded(n)/Lanes, (n-1)%Lanes+1)
}

func (p Path) multiplyFloat(dst, a, b Floats, m, n, k int, scale float32) {
	if p.set == portable || k == 0 {
		multiplyFloat(dst, a, b, m, n, k, scale)
		return
	}
	for c := 0; c < n; c += Lanes {
		multiplyFloat1NEON(&dst.Data[c], &a.Data[0], &b.Data[c], 4*dst.Stride, 4*a.Stride, 4*b.Stride, m, k, scale)
	}
}

func (p Path) transpose(dst, src Floats, rows, columns int) {
	if p.set == portable {
		transpose(dst, src, rows, columns)
		return
	}
	transposeNEON(&dst.Data[0], &src.Data[0], 4*dst.Stride, 4*src.Stride, rows, padded(rows), columns)
}

func (p Path) multiply(dst []float32, m *Matrix, a []int8, rows []Row) {
	if p.set == portable {
		multiply(dst, m, a, rows)
		return
	}
	tiles := tilesOf(len(rows), 4)
	for c := 0; c < m.N; c += Lanes {
		for _, t := range tiles {
			if t.count > 0 {
				multiply1NEON(&dst[t.row*m.N+c], &a[t.row*m.K], &rows[t.row].Scale, &m.Weights[c*m.K],
					&m.Scale[c], &m.Bias[c], m.K, m.N, t.height, t.count)
			}
		}
	}
}
