package kernel

import "math"

// The kernels in plain Go. Every product is converted to float32 before
// something is added to it: without that, Go may fuse the two.

// tiny is the magnitude up to which a row counts as zero when quantised: 127
// over much less is no float32.
const tiny = 1e-30

// shifter moves the integer part of what is added to it into the lowest bits:
// 1.5·2²³, whose neighbours lie 1 apart. The addition rounds to even.
const shifter = 3 << 22

func quantise(dst []int8, src []float32) Row {
	largest := float32(0)
	for _, v := range src {
		if v = abs(v); v > largest {
			largest = v
		}
	}
	if largest <= tiny {
		clear(dst)
		return Row{}
	}
	row, inverse := Row{Scale: largest / 127}, 127/largest
	dst = dst[:len(src)]
	for i, v := range src {
		q := int8(math.Float32bits(float32(v*inverse) + shifter)) // the lowest byte
		dst[i] = q
		row.Sum += int32(q)
	}
	return row
}

func gelu(x []float32) {
	for i, v := range x {
		t := abs(v)
		u := float32(t*geluScale) - 1
		if u > 1 {
			u = 1
		}
		w := 1 - u
		w = float32(w * w)
		w = float32(w * w)
		w = float32(w * w)
		p := float32(gelu10)
		p = float32(p*u) + gelu9
		p = float32(p*u) + gelu8
		p = float32(p*u) + gelu7
		p = float32(p*u) + gelu6
		p = float32(p*u) + gelu5
		p = float32(p*u) + gelu4
		p = float32(p*u) + gelu3
		p = float32(p*u) + gelu2
		p = float32(p*u) + gelu1
		p = float32(p*u) + gelu0
		p = float32(float32(p*w) * t)
		if !(v > 0) {
			v = 0
		}
		x[i] = v - p
	}
}

func addNorm(x, residual, gamma, beta []float32, epsilon float32) {
	residual, gamma, beta = residual[:len(x)], gamma[:len(x)], beta[:len(x)]
	width := float32(len(x))
	var sums [Lanes]float32
	for i, v := range x {
		v += residual[i]
		x[i] = v
		sums[i%Lanes] += v
	}
	mean := total(&sums) / width
	sums = [Lanes]float32{}
	for i, v := range x {
		v -= mean
		sums[i%Lanes] += float32(v * v)
	}
	inverse := 1 / float32(math.Sqrt(float64(total(&sums)/width+epsilon)))
	for i, v := range x {
		v = float32((v - mean) * inverse)
		x[i] = float32(v*gamma[i]) + beta[i]
	}
}

func softmax(x []float32, n int) {
	clear(x[n:])
	x = x[:n]
	largest := x[0]
	for _, v := range x {
		if v > largest {
			largest = v
		}
	}
	var sums [Lanes]float32
	for i, v := range x {
		v = exp(v - largest)
		x[i] = v
		sums[i%Lanes] += v
	}
	inverse := 1 / total(&sums)
	for i, v := range x {
		x[i] = float32(v * inverse)
	}
}

// exp returns eˣ for x ≤ 0, or 0 for x below about -87, where float32 ends. It
// splits x into n·ln 2 + r with an integer n, and multiplies eʳ by 2ⁿ.
func exp(x float32) float32 {
	if x < expLowest {
		x = expLowest
	}
	shifted := float32(x*expLog2E) + shifter
	if shifted < shifter+expLeast {
		return 0
	}
	n := shifted - shifter
	r := x - float32(n*expLn2High)
	r -= float32(n * expLn2Low)
	p := float32(exp4)
	p = float32(p*r) + exp3
	p = float32(p*r) + exp2
	p = float32(p*r) + exp1
	p = float32(p*r) + exp0
	p = float32(float32(p*r)*r) + r
	p++
	power := math.Float32frombits(math.Float32bits(shifted)<<23 + expOne)
	return float32(p * power)
}

// total adds up lanes: the upper half to the lower, until one is left.
func total(lanes *[Lanes]float32) float32 {
	for half := Lanes / 2; half > 0; half /= 2 {
		for i := range half {
			lanes[i] += lanes[i+half]
		}
	}
	return lanes[0]
}

func multiplyFloat(dst, a, b Floats, m, n, k int, scale float32) {
	for i := range m {
		out := dst.Data[i*dst.Stride:][:n]
		clear(out)
		for j, v := range a.Data[i*a.Stride:][:k] {
			for c, w := range b.Data[j*b.Stride:][:n] {
				out[c] += float32(v * w)
			}
		}
		for c := range out {
			out[c] = float32(out[c] * scale)
		}
	}
}

func transpose(dst, src Floats, rows, columns int) {
	for c := range columns {
		out := dst.Data[c*dst.Stride:][:padded(rows)]
		for r := range rows {
			out[r] = src.Data[r*src.Stride+c]
		}
		clear(out[rows:])
	}
}

func multiply(dst []float32, m *Matrix, a []int8, rows []Row) {
	for block := 0; block < m.N; block += 16 {
		weights := m.Weights[block*m.K:][:16*m.K]
		scale, bias := m.Scale[block:][:16], m.Bias[block:][:16]
		for r, row := range rows {
			sums := dotBlock(weights, a[r*m.K:][:m.K])
			out := dst[r*m.N+block:][:16]
			for c, sum := range sums {
				out[c] = float32(float32(sum)*float32(row.Scale*scale[c])) + bias[c]
			}
		}
	}
}

// dotBlock multiplies a row with a block of 16 outputs, four of them at a time,
// which leaves their sums in registers.
func dotBlock(weights []byte, a []int8) (sums [16]int32) {
	for c := 0; c < 16; c += 4 {
		var s0, s1, s2, s3 int32
		a, weights := a, weights[4*c:]
		for len(a) >= 4 && len(weights) >= 16 {
			q, w := (*[4]int8)(a), (*[16]byte)(weights)
			q0, q1, q2, q3 := int32(q[0]), int32(q[1]), int32(q[2]), int32(q[3])
			s0 += q0*int32(int8(w[0])) + q1*int32(int8(w[1])) + q2*int32(int8(w[2])) + q3*int32(int8(w[3]))
			s1 += q0*int32(int8(w[4])) + q1*int32(int8(w[5])) + q2*int32(int8(w[6])) + q3*int32(int8(w[7]))
			s2 += q0*int32(int8(w[8])) + q1*int32(int8(w[9])) + q2*int32(int8(w[10])) + q3*int32(int8(w[11]))
			s3 += q0*int32(int8(w[12])) + q1*int32(int8(w[13])) + q2*int32(int8(w[14])) + q3*int32(int8(w[15]))
			a, weights = a[4:], weights[min(64, len(weights)):]
		}
		*(*[4]int32)(sums[c:]) = [4]int32{s0, s1, s2, s3}
	}
	return sums
}

func abs(v float32) float32 {
	return math.Float32frombits(math.Float32bits(v) &^ (1 << 31))
}
