package main

import (
	"github.com/mmcloughlin/avo/gotypes"
	mem "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// What avx does with vectors. In Go's order of operands, what an instruction
// writes to comes last, and the left side of a difference before it.

func address(c gotypes.Component) mem.Mem {
	at, err := c.Resolve()
	if err != nil {
		panic(err)
	}
	return at.Addr
}

func (m *avx) at(p integer, offset int) mem.Mem {
	return mem.Mem{Base: m.general(p), Disp: offset}
}

// size of a register.
func (m *avx) size() int {
	if m.wide {
		return 64
	}
	return 32
}

func (m *avx) load(dst bundle, p integer, offset int) {
	for i, r := range dst {
		m.VMOVUPS(m.at(p, offset+i*m.size()), m.vector(r))
	}
}

func (m *avx) store(p integer, offset int, src bundle) {
	for i, r := range src {
		m.VMOVUPS(m.vector(r), m.at(p, offset+i*m.size()))
	}
}

func (m *avx) storeBytes(p integer, offset int, src bundle) {
	if m.wide {
		for i, r := range src {
			m.VPMOVDB(m.vector(r), m.at(p, offset+16*i))
		}
		return
	}
	t := m.registers(2)
	low, high := t[0], t[1]
	for i := 0; i < len(src); i += 2 {
		m.VPACKSSDW(m.ymm(src[i+1]), m.ymm(src[i]), m.ymm(low))
		m.VPERMQ(mem.U8(0xd8), m.ymm(low), m.ymm(low))
		m.VEXTRACTI128(mem.U8(1), m.ymm(low), m.xmm(high))
		m.VPACKSSWB(m.xmm(high), m.xmm(low), m.xmm(low))
		m.VMOVDQU(m.xmm(low), m.at(p, offset+8*i))
	}
	m.release(t)
}

func (m *avx) broadcast(dst splat, p integer, offset int) {
	m.VBROADCASTSS(m.at(p, offset), m.vector(dst.register))
}

func (m *avx) zero(dst bundle) {
	for _, r := range dst {
		if m.wide {
			m.VPXORD(m.vector(r), m.vector(r), m.vector(r))
		} else {
			m.VPXOR(m.vector(r), m.vector(r), m.vector(r))
		}
	}
}

func (m *avx) instruction(op operation) func(...mem.Op) {
	return map[operation]func(...mem.Op){
		add: m.VADDPS, subtract: m.VSUBPS, multiply: m.VMULPS, divide: m.VDIVPS, maximum: m.VMAXPS, minimum: m.VMINPS,
	}[op]
}

func (m *avx) do(op operation, dst, a, b operand) {
	left, right, to := registersOf(a), registersOf(b), registersOf(dst)
	if b, ok := b.(splat); ok && b.register < 0 {
		t := m.bits(b.constant)
		right = registersOf(t)
		defer m.release(t)
	}
	for i, r := range to {
		m.instruction(op)(m.vector(right[i%len(right)]), m.vector(left[i%len(left)]), m.vector(r))
	}
}

func registersOf(v operand) []int {
	if s, ok := v.(splat); ok {
		return []int{s.register}
	}
	return v.(bundle)
}

const allButSign = 1<<31 - 1

func (m *avx) abs(dst, a bundle) {
	if m.wide {
		for i, r := range dst {
			m.VPANDD_BCST(m.memory(allButSign), m.vector(a[i]), m.vector(r))
		}
		return
	}
	mask := m.bits(allButSign)
	for i, r := range dst {
		m.VANDPS(m.vector(mask.register), m.vector(a[i]), m.vector(r))
	}
	m.release(mask)
}

func (m *avx) sqrt(dst splat) { m.VSQRTPS(m.vector(dst.register), m.vector(dst.register)) }

func (m *avx) keep(dst, a bundle, low splat) {
	const greaterOrEqual = 0x1d
	if m.wide {
		for i, r := range dst {
			m.VCMPPS(mem.U8(greaterOrEqual), m.vector(low.register), m.vector(a[i]), reg.K1)
			m.VMOVAPS_Z(m.vector(r), reg.K1, m.vector(r))
		}
		return
	}
	t := m.splat()
	for i, r := range dst {
		m.VCMPPS(mem.U8(greaterOrEqual), m.vector(low.register), m.vector(a[i]), m.vector(t.register))
		m.VANDPS(m.vector(t.register), m.vector(r), m.vector(r))
	}
	m.release(t)
}

func (m *avx) power(dst bundle, one splat) {
	for _, r := range dst {
		m.VPSLLD(mem.U8(23), m.vector(r), m.vector(r))
		m.VPADDD(m.vector(one.register), m.vector(r), m.vector(r))
	}
}

func (m *avx) toIntegers(dst bundle) {
	for _, r := range dst {
		m.VCVTPS2DQ(m.vector(r), m.vector(r))
	}
}

func (m *avx) toFloats(dst bundle) {
	for _, r := range dst {
		m.VCVTDQ2PS(m.vector(r), m.vector(r))
	}
}

func (m *avx) addIntegers(dst, a bundle) {
	for i, r := range dst {
		m.VPADDD(m.vector(a[i]), m.vector(r), m.vector(r))
	}
}

// fold combines src's halves until one lane is left, the first.
func (m *avx) fold(src bundle, op func(...mem.Op)) {
	t := m.splat()
	low, other := src[0], t.register
	if m.wide {
		m.VEXTRACTF64X4(mem.U8(1), m.vector(low), m.ymm(other))
		op(m.ymm(other), m.ymm(low), m.ymm(low))
		m.VEXTRACTF32X4(mem.U8(1), m.ymm(low), m.xmm(other))
	} else {
		op(m.ymm(src[1]), m.ymm(low), m.ymm(low))
		m.VEXTRACTF128(mem.U8(1), m.ymm(low), m.xmm(other))
	}
	op(m.xmm(other), m.xmm(low), m.xmm(low))
	m.VPERMILPS(mem.U8(0b01_00_11_10), m.xmm(low), m.xmm(other))
	op(m.xmm(other), m.xmm(low), m.xmm(low))
	m.VPERMILPS(mem.U8(0b10_11_00_01), m.xmm(low), m.xmm(other))
	op(m.xmm(other), m.xmm(low), m.xmm(low))
	m.release(t)
}

func (m *avx) total(dst splat, src bundle) {
	m.fold(src, m.VADDPS)
	m.VBROADCASTSS(m.xmm(src[0]), m.vector(dst.register))
}

func (m *avx) largest(dst splat, src bundle) {
	m.fold(src, m.VMAXPS)
	m.VBROADCASTSS(m.xmm(src[0]), m.vector(dst.register))
}

// Rows are found from every fourth of them, with the stride once, twice and
// thrice.

func (m *avx) rows(p, stride integer, n int) *rows {
	r := &rows{at: []integer{m.copyOf(p)}, stride: []integer{stride}}
	if n > 3 {
		thrice := m.integer()
		r.stride = append(r.stride, thrice)
		m.LEAQ(mem.Mem{Base: m.general(stride), Index: m.general(stride), Scale: 2}, m.general(thrice))
	}
	for i := 4; i < n; i += 4 {
		next := m.integer()
		m.LEAQ(mem.Mem{Base: m.general(r.at[i/4-1]), Index: m.general(stride), Scale: 4}, m.general(next))
		r.at = append(r.at, next)
	}
	return r
}

func (m *avx) discardRows(r *rows) {
	m.discard(r.at...)
	m.discard(r.stride[1:]...)
}

func (m *avx) row(r *rows, i, offset int) mem.Mem {
	at := m.at(r.at[i/4], offset)
	switch i % 4 {
	case 1:
		at.Index, at.Scale = m.general(r.stride[0]), 1
	case 2:
		at.Index, at.Scale = m.general(r.stride[0]), 2
	case 3:
		at.Index, at.Scale = m.general(r.stride[1]), 1
	}
	return at
}

func (m *avx) next(dst splat, r *rows, row int) {
	m.VBROADCASTSS(m.row(r, row, 0), m.vector(dst.register))
}

func (m *avx) nextRows(r *rows) {
	for _, p := range r.at {
		m.advance(p, 4)
	}
}

func (m *avx) prefetch(p, distance integer, offset int) {
	at := m.at(p, offset)
	at.Index, at.Scale = m.general(distance), 1
	m.PREFETCHT1(at)
}
