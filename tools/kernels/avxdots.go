package main

import (
	mem "github.com/mmcloughlin/avo/operand"

	"github.com/mmcloughlin/avo/ir"
)

// The instructions for dot products multiply unsigned bytes with signed ones.
// They get weight + 128, which turning the highest bit over makes, and begin
// with -128 times the sum of the row. AVX2 alone moves the signs of the row to
// the weights, since it, too, takes one side as unsigned; the 16-bit sums of two
// products that it makes hold 2·127².

func (m *avx) beginDots() {
	if m.vnni {
		m.helper = m.bits(0x80808080)
	} else {
		m.helper = m.bits(0x00010001)
	}
}

func (m *avx) endDots() { m.release(m.helper) }

func (m *avx) start(sums bundle, p integer, offset int) {
	m.zero(sums)
	if !m.vnni {
		return
	}
	t := m.splat()
	m.VPBROADCASTD(m.at(p, offset+4), m.vector(t.register))
	m.VPSLLD(mem.U8(7), m.vector(t.register), m.vector(t.register))
	for _, r := range sums {
		m.VPSUBD(m.vector(t.register), m.vector(r), m.vector(r))
	}
	m.release(t)
}

func (m *avx) takeBytes(*rows) {}

func (m *avx) nextBytes(r *rows) {
	for _, p := range r.at {
		m.advance(p, 16)
	}
}

func (m *avx) loadWeights(dst bundle, p integer, offset int) {
	for i, r := range dst {
		at := m.at(p, offset+i*m.size())
		switch {
		case m.wide:
			m.VPXORD(at, m.vector(m.helper.register), m.vector(r))
		case m.vnni:
			m.VPXOR(at, m.vector(m.helper.register), m.vector(r))
		default:
			m.VMOVDQU(at, m.vector(r))
		}
	}
}

func (m *avx) dot(sums, weights bundle, r *rows, row, group int) {
	x := m.splat()
	m.VPBROADCASTD(m.row(r, row, 4*group), m.vector(x.register))
	switch {
	case m.wide:
		for i, sum := range sums {
			m.VPDPBUSD(m.vector(x.register), m.vector(weights[i]), m.vector(sum))
		}
	case m.vnni:
		for i, sum := range sums {
			m.dotProduct(x.register, weights[i], sum)
		}
	default:
		m.dotBySigns(sums, weights, x)
	}
	m.release(x)
}

func (m *avx) dotBySigns(sums, weights bundle, x splat) {
	size, t := m.splat(), m.splat()
	m.VPABSB(m.vector(x.register), m.vector(size.register))
	for i, sum := range sums {
		m.VPSIGNB(m.vector(x.register), m.vector(weights[i]), m.vector(t.register))
		m.VPMADDUBSW(m.vector(t.register), m.vector(size.register), m.vector(t.register))
		m.VPMADDWD(m.vector(m.helper.register), m.vector(t.register), m.vector(t.register))
		m.VPADDD(m.vector(t.register), m.vector(sum), m.vector(sum))
	}
	m.release(size, t)
}

// dotProduct is VPDPBUSD on 256 bits in the encoding of AVX-VNNI, which Go's
// assembler lacks: a prefix of three bytes with the registers' high bits and the
// first source, both inverted, then the operation and the other registers.
func (m *avx) dotProduct(signed, unsigned, sum int) {
	m.Commentf("VPDPBUSD Y%d, Y%d, Y%d", signed, unsigned, sum)
	for _, b := range []int{
		0xc4, (sum>>3^1)<<7 | 1<<6 | (signed>>3^1)<<5 | 2, (unsigned^15)<<3 | 1<<2 | 1,
		0x50, 3<<6 | sum&7<<3 | signed&7,
	} {
		m.Instruction(&ir.Instruction{Opcode: "BYTE", Operands: []mem.Op{mem.U8(b)}})
	}
}
