package main

// What neon does with vectors. Instructions have their destination in the
// lowest bits, the first source 5 bits up and the second 16.

func pair(dst, a int) uint32 { return uint32(a)<<5 | uint32(dst) }

func triple(dst, a, b int) uint32 { return uint32(b)<<16 | pair(dst, a) }

// loadRegister takes offsets that are multiples of 16, and any above -256.
func (m *neon) loadRegister(dst int, p integer, offset int) {
	if offset < 0 {
		m.word(0x3cc00000|uint32(offset&0x1ff)<<12|pair(dst, int(p)), "ldur q%d, [x%d, #%d]", dst, p, offset)
		return
	}
	m.word(0x3dc00000|uint32(offset/16)<<10|pair(dst, int(p)), "ldr q%d, [x%d, #%d]", dst, p, offset)
}

func (m *neon) storeRegister(src int, p integer, offset int) {
	if offset < 0 {
		m.word(0x3c800000|uint32(offset&0x1ff)<<12|pair(src, int(p)), "stur q%d, [x%d, #%d]", src, p, offset)
		return
	}
	m.word(0x3d800000|uint32(offset/16)<<10|pair(src, int(p)), "str q%d, [x%d, #%d]", src, p, offset)
}

func (m *neon) load(dst bundle, p integer, offset int) {
	for i, r := range dst {
		m.loadRegister(r, p, offset+16*i)
	}
}

func (m *neon) store(p integer, offset int, src bundle) {
	for i, r := range src {
		m.storeRegister(r, p, offset+16*i)
	}
}

func (m *neon) storeBytes(p integer, offset int, src bundle) {
	low, high := m.splat(), m.splat()
	l, h := low.register, high.register
	for i := 0; i < len(src); i += 4 {
		m.word(0x0e612800|pair(l, src[i]), "xtn v%d.4h, v%d.4s", l, src[i])
		m.word(0x4e612800|pair(l, src[i+1]), "xtn2 v%d.8h, v%d.4s", l, src[i+1])
		m.word(0x0e612800|pair(h, src[i+2]), "xtn v%d.4h, v%d.4s", h, src[i+2])
		m.word(0x4e612800|pair(h, src[i+3]), "xtn2 v%d.8h, v%d.4s", h, src[i+3])
		m.word(0x0e212800|pair(l, l), "xtn v%d.8b, v%d.8h", l, l)
		m.word(0x4e212800|pair(l, h), "xtn2 v%d.16b, v%d.8h", l, h)
		m.storeRegister(l, p, offset+4*i)
	}
	m.release(low, high)
}

func (m *neon) broadcast(dst splat, p integer, offset int) {
	m.line("ADD $%d, R%d, R%d", offset, p, scratch)
	m.word(0x4d40c800|pair(dst.register, scratch), "ld1r {v%d.4s}, [x%d]", dst.register, scratch)
}

func (m *neon) zero(dst bundle) {
	for _, r := range dst {
		m.word(0x4f000400|uint32(r), "movi v%d.4s, #0", r)
	}
}

func (m *neon) do(op operation, dst, a, b operand) {
	code := map[operation]struct {
		bits uint32
		name string
	}{
		add: {0x4e20d400, "fadd"}, subtract: {0x4ea0d400, "fsub"}, multiply: {0x6e20dc00, "fmul"},
		divide: {0x6e20fc00, "fdiv"}, maximum: {0x4e20c400, "fmaxnm"}, minimum: {0x4ea0c400, "fminnm"},
	}[op]
	left, right, to := registersOf(a), registersOf(b), registersOf(dst)
	if s, ok := b.(splat); ok && s.lane > 0 {
		if op == multiply {
			m.multiplyByLane(to, left, s)
			return
		}
		t := m.splat()
		m.spreadLane(t, s.register, s.lane-1)
		right = registersOf(t)
		defer m.release(t)
	}
	for i, r := range to {
		x, y := left[i%len(left)], right[i%len(right)]
		m.word(code.bits|triple(r, x, y), "%s v%d.4s, v%d.4s, v%d.4s", code.name, r, x, y)
	}
}

func (m *neon) multiplyByLane(dst, a []int, s splat) {
	lane := uint32(s.lane - 1)
	for i, r := range dst {
		m.word(0x4f809000|lane&1<<21|lane>>1<<11|triple(r, a[i], s.register),
			"fmul v%d.4s, v%d.4s, v%d.s[%d]", r, a[i], s.register, lane)
	}
}

// each writes an instruction that goes from one register to another.
func (m *neon) each(bits uint32, name string, dst, a []int) {
	for i, r := range dst {
		m.word(bits|pair(r, a[i]), "%s v%d.4s, v%d.4s", name, r, a[i])
	}
}

func (m *neon) abs(dst, a bundle) { m.each(0x4ea0f800, "fabs", dst, a) }

func (m *neon) sqrt(dst splat) { m.each(0x6ea1f800, "fsqrt", registersOf(dst), registersOf(dst)) }

func (m *neon) toIntegers(dst bundle) { m.each(0x4e21a800, "fcvtns", dst, dst) }

func (m *neon) toFloats(dst bundle) { m.each(0x4e21d800, "scvtf", dst, dst) }

func (m *neon) keep(dst, a bundle, low splat) {
	t := m.splat()
	for i, r := range dst {
		m.word(0x6e20e400|triple(t.register, a[i], low.register), "fcmge v%d.4s, v%d.4s, v%d.4s", t.register, a[i], low.register)
		m.word(0x4e201c00|triple(r, r, t.register), "and v%d.16b, v%d.16b, v%d.16b", r, r, t.register)
	}
	m.release(t)
}

func (m *neon) power(dst bundle, one splat) {
	for _, r := range dst {
		m.word(0x4f375400|pair(r, r), "shl v%d.4s, v%d.4s, #23", r, r)
		m.word(0x4ea08400|triple(r, r, one.register), "add v%d.4s, v%d.4s, v%d.4s", r, r, one.register)
	}
}

func (m *neon) addIntegers(dst, a bundle) {
	for i, r := range dst {
		m.word(0x4ea08400|triple(r, r, a[i]), "add v%d.4s, v%d.4s, v%d.4s", r, r, a[i])
	}
}

func (m *neon) total(dst splat, src bundle) { m.fold(add, dst, src) }

func (m *neon) largest(dst splat, src bundle) { m.fold(maximum, dst, src) }

func (m *neon) fold(op operation, dst splat, src bundle) {
	m.do(op, src[:2], src[:2], src[2:])
	m.do(op, src[:1], src[:1], src[1:2])
	t, low := m.splat(), src[0]
	for _, distance := range []uint32{8, 4} {
		m.word(0x6e000000|distance<<11|triple(t.register, low, low), "ext v%d.16b, v%d.16b, v%d.16b, #%d", t.register, low, low, distance)
		m.do(op, src[:1], src[:1], t)
	}
	m.spreadLane(dst, low, 0)
	m.release(t)
}

// Every row has a pointer of its own, which reading moves on.

func (m *neon) rows(p, stride integer, n int) *rows {
	r := &rows{at: []integer{m.copyOf(p)}}
	for i := 1; i < n; i++ {
		r.at = append(r.at, m.integer())
		m.line("ADD R%d, R%d, R%d", stride, r.at[i-1], r.at[i])
	}
	return r
}

func (m *neon) discardRows(r *rows) { m.discard(r.at...) }

func (m *neon) next(dst splat, r *rows, row int) {
	m.word(0x4ddfc800|pair(dst.register, int(r.at[row])), "ld1r {v%d.4s}, [x%d], #4", dst.register, r.at[row])
}

func (*neon) nextRows(*rows) {}

func (*neon) beginDots() {}

func (*neon) endDots() {}

func (m *neon) start(sums bundle, _ integer, _ int) { m.zero(sums) }

func (m *neon) takeBytes(r *rows) {
	r.bytes = m.registers(len(r.at))
	for i, p := range r.at {
		m.word(0x4cdf7000|pair(r.bytes[i], int(p)), "ld1 {v%d.16b}, [x%d], #16", r.bytes[i], p)
	}
}

func (m *neon) nextBytes(r *rows) { m.release(r.bytes) }

func (m *neon) loadWeights(dst bundle, p integer, offset int) { m.load(dst, p, offset) }

func (m *neon) dot(sums, weights bundle, r *rows, row, group int) {
	for i, sum := range sums {
		m.word(0x4f80e000|uint32(group&1)<<21|uint32(group>>1)<<11|triple(sum, weights[i], r.bytes[row]),
			"sdot v%d.4s, v%d.16b, v%d.4b[%d]", sum, weights[i], r.bytes[row], group)
	}
}

func (m *neon) prefetch(p, distance integer, offset int) {
	m.line("ADD R%d, R%d, R%d", distance, p, scratch)
	m.line("PRFM %d(R%d), PLDL2KEEP", offset, scratch)
}

// transpose writes the kernel of that name: it moves squares of 4 × 4 floats.
func (m *neon) transpose() {
	m.function("transpose", "func(dst, src *float32, dstStride, srcStride, rows, padded, columns int)")
	dst, src := m.parameter("dst"), m.parameter("src")
	dstStride, srcStride := m.parameter("dstStride"), m.parameter("srcStride")
	left, padded := m.parameter("rows"), m.parameter("padded")
	m.loop(padded, 4, func() {
		from, to, columns := m.rows(src, srcStride, 4), m.copyOf(dst), m.parameter("columns")
		m.loop(columns, 4, func() {
			ready := m.label()
			m.zero(bundle{0, 1, 2, 3})
			for i, p := range from.at {
				m.line("CMP $%d, R%d", i, left)
				m.line("BLE %s", ready)
				m.word(0x4cdf7800|pair(i, int(p)), "ld1 {v%d.4s}, [x%d], #16", i, p)
			}
			m.putLabel(ready)
			for i := range 2 {
				m.word(0x4e802800|triple(4+2*i, 2*i, 2*i+1), "trn1 v%d.4s, v%d.4s, v%d.4s", 4+2*i, 2*i, 2*i+1)
				m.word(0x4e806800|triple(5+2*i, 2*i, 2*i+1), "trn2 v%d.4s, v%d.4s, v%d.4s", 5+2*i, 2*i, 2*i+1)
			}
			for i := range 2 {
				m.word(0x4ec02800|triple(i, 4+i, 6+i), "trn1 v%d.2d, v%d.2d, v%d.2d", i, 4+i, 6+i)
				m.word(0x4ec06800|triple(2+i, 4+i, 6+i), "trn2 v%d.2d, v%d.2d, v%d.2d", 2+i, 4+i, 6+i)
			}
			for i := range 4 {
				m.storeRegister(i, to, 0)
				m.advanceBy(to, dstStride)
			}
		})
		m.discardRows(from)
		m.discard(to, columns)
		m.advance(dst, 16)
		for range 4 {
			m.advanceBy(src, srcStride)
		}
		m.advance(left, -4)
	})
	m.finish()
}
