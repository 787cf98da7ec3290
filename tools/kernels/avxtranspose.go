package main

import mem "github.com/mmcloughlin/avo/operand"

// transpose writes the kernel of that name, for both sets: it moves squares of
// 8 × 8 floats. rows are those that there are; padded, a multiple of 8, those to
// write, with zeros for the rest.
func (m *avx) transpose() {
	m.function("transpose", "func(dst, src *float32, dstStride, srcStride, rows, padded, columns int)")
	dst, src := m.parameter("dst"), m.parameter("src")
	dstStride, srcStride := m.parameter("dstStride"), m.parameter("srcStride")
	left, padded := m.parameter("rows"), m.parameter("padded")
	m.loop(padded, 8, func() {
		from, to, columns := m.copyOf(src), m.copyOf(dst), m.parameter("columns")
		whole, end := m.label(), m.label()
		m.CMPQ(m.general(left), mem.I32(8))
		m.JGE(mem.LabelRef(whole))
		m.loop(columns, 8, func() { m.square(from, to, srcStride, dstStride, left) })
		m.JMP(mem.LabelRef(end))
		m.Label(whole)
		m.loop(columns, 8, func() { m.square(from, to, srcStride, dstStride, -1) })
		m.Label(end)
		m.discard(from, to, columns)
		m.advance(dst, 32)
		for range 8 {
			m.advanceBy(src, srcStride)
		}
		m.advance(left, -8)
	})
	m.finish()
}

// square moves one, and from and to on to the next. Where left is a register,
// rows from that one on count as zeros.
func (m *avx) square(from, to, srcStride, dstStride, left integer) {
	m.moveRows(from, srcStride, func(at mem.Mem, i int, ready string) {
		if left >= 0 {
			m.CMPQ(m.general(left), mem.I32(i))
			m.JLE(mem.LabelRef(ready))
		}
		m.VMOVUPS(at, m.ymm(i))
	}, left >= 0)
	pairs := func(base int) {
		for i := 0; i < 8; i += 2 {
			m.VUNPCKLPS(m.ymm(base+i+1), m.ymm(base+i), m.ymm(8+i))
			m.VUNPCKHPS(m.ymm(base+i+1), m.ymm(base+i), m.ymm(9+i))
		}
	}
	pairs(0)
	for i := 0; i < 8; i += 4 {
		for j := range 2 {
			a, b := m.ymm(8+i+j), m.ymm(10+i+j)
			m.VUNPCKLPD(b, a, m.ymm(i+2*j))
			m.VUNPCKHPD(b, a, m.ymm(i+2*j+1))
		}
	}
	for i := range 4 {
		m.VPERM2F128(mem.U8(0x20), m.ymm(4+i), m.ymm(i), m.ymm(8+i))
		m.VPERM2F128(mem.U8(0x31), m.ymm(4+i), m.ymm(i), m.ymm(12+i))
	}
	m.moveRows(to, dstStride, func(at mem.Mem, i int, _ string) { m.VMOVUPS(m.ymm(8+i), at) }, false)
	m.advance(from, 32)
	for range 8 {
		m.advanceBy(to, dstStride)
	}
}

// moveRows runs move for eight rows' addresses. cleared sets the registers 0 to
// 7 to zero before.
func (m *avx) moveRows(p, stride integer, move func(at mem.Mem, i int, ready string), cleared bool) {
	ready := m.label()
	if cleared {
		m.zero(bundle{0, 1, 2, 3, 4, 5, 6, 7})
	}
	r := m.rows(p, stride, 8)
	for i := range 8 {
		move(m.row(r, i, 0), i, ready)
	}
	m.Label(ready)
	m.discardRows(r)
}
