package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	mem "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// avx is AVX2, with a vector in two registers, or AVX-512, with one. Registers
// are handed out here rather than by avo, so that what fits is plain to see.
type avx struct {
	*build.Context
	name     string
	wide     bool // AVX-512
	vnni     bool // has dot products; AVX-512 does
	integers []integer
	free     []int // vector registers
	chosen   bool
	helper   splat // for dot
	labels   int
	symbols  map[string]mem.Mem
}

var _ machine = (*avx)(nil)

func newAVX(name string) *avx {
	m := &avx{Context: build.NewContext(), name: name, symbols: map[string]mem.Mem{}}
	m.wide, m.vnni = name == "AVX512", name != "AVX2"
	m.ConstraintExpr("amd64,!purego")
	return m
}

func (m *avx) limits(kernel string) (atOnce, columns int) {
	narrow := map[string][2]int{"gelu": {2}, "softmax": {1}, "largest": {2}, "multiplyFloat": {4, 1}, "multiply": {4, 1}}
	wide := map[string][2]int{"gelu": {4}, "softmax": {2}, "largest": {4}, "multiplyFloat": {8, 2}, "multiply": {12, 2}}
	limits := narrow[kernel]
	if m.wide {
		limits = wide[kernel]
	} else if m.vnni && kernel == "multiply" {
		limits[0] = 5
	}
	return limits[0], limits[1]
}

// Registers.

func (m *avx) general(i integer) reg.Register {
	return []reg.Register{
		reg.RAX, reg.RBX, reg.RCX, reg.RDX, reg.RSI, reg.RDI, reg.R8, reg.R9, reg.R10, reg.R11, reg.R12, reg.R13, reg.R14,
	}[i]
}

const generals = 13

// vector is a whole register, ymm and xmm are its lower parts.
func (m *avx) vector(i int) reg.Register {
	if m.wide {
		return zmm(i)
	}
	return m.ymm(i)
}

func (m *avx) ymm(i int) reg.Register { return zmm(i).AsY() }

func (m *avx) xmm(i int) reg.Register { return zmm(i).AsX() }

func zmm(i int) reg.VecPhysical {
	return []reg.VecPhysical{
		reg.Z0, reg.Z1, reg.Z2, reg.Z3, reg.Z4, reg.Z5, reg.Z6, reg.Z7,
		reg.Z8, reg.Z9, reg.Z10, reg.Z11, reg.Z12, reg.Z13, reg.Z14, reg.Z15,
		reg.Z16, reg.Z17, reg.Z18, reg.Z19, reg.Z20, reg.Z21, reg.Z22, reg.Z23,
		reg.Z24, reg.Z25, reg.Z26, reg.Z27, reg.Z28, reg.Z29, reg.Z30, reg.Z31,
	}[i]
}

func (m *avx) reset() {
	m.integers, m.free = nil, nil
	for i := range integer(generals) {
		m.integers = append(m.integers, i)
	}
	count := 16
	if m.wide {
		count = 32
	}
	for i := range count {
		m.free = append(m.free, i)
	}
}

func (m *avx) integer() integer {
	if len(m.integers) == 0 {
		panic("out of general registers")
	}
	i := m.integers[0]
	m.integers = m.integers[1:]
	return i
}

func (m *avx) discard(i ...integer) {
	m.integers = append(m.integers, i...)
	slices.Sort(m.integers)
}

func (m *avx) registers(n int) bundle {
	if len(m.free) < n {
		panic("out of vector registers")
	}
	b := slices.Clone(m.free[:n])
	m.free = m.free[n:]
	return b
}

func (m *avx) vectors(n int) bundle {
	if m.wide {
		return m.registers(n)
	}
	return m.registers(2 * n)
}

func (m *avx) splat() splat { return splat{register: m.registers(1)[0]} }

func (m *avx) release(v ...operand) {
	for _, v := range v {
		switch v := v.(type) {
		case bundle:
			m.free = append(m.free, v...)
		case splat:
			if v.register >= 0 {
				m.free = append(m.free, v.register)
			}
		}
	}
	slices.Sort(m.free)
}

// memory is a constant there.
func (m *avx) memory(bits uint32) mem.Mem {
	name := fmt.Sprintf("bits%08x%s", bits, m.name)
	if _, ok := m.symbols[name]; !ok {
		m.symbols[name] = m.ConstData(name, mem.U32(bits))
	}
	return m.symbols[name]
}

func (m *avx) constant(value float32) splat {
	if m.wide {
		return m.register(value)
	}
	return splat{constant: math.Float32bits(value), register: -1}
}

func (m *avx) register(value float32) splat { return m.bits(math.Float32bits(value)) }

func (m *avx) bits(bits uint32) splat {
	s := m.splat()
	m.VBROADCASTSS(m.memory(bits), m.vector(s.register))
	return s
}

// Functions and loops.

func (m *avx) function(name, signature string) {
	m.Function(name + m.name)
	m.Attributes(attr.NOSPLIT)
	m.Pragma("noescape")
	m.SignatureExpr(signature)
	m.chosen = false
	m.reset()
}

func (m *avx) finish() {
	if !m.chosen {
		m.VZEROUPPER()
		m.RET()
	}
}

func (m *avx) parameter(name string) integer {
	i := m.integer()
	m.Load(m.Param(name), m.general(i))
	return i
}

func (m *avx) floatParameter(name string) splat {
	s := m.splat()
	m.VBROADCASTSS(address(m.Param(name)), m.vector(s.register))
	return s
}

func (m *avx) result(name string, s splat) {
	m.VMOVSS(m.xmm(s.register), address(m.Return(name)))
}

func (m *avx) integerResult(name string, src bundle) {
	m.fold(src, m.VPADDD)
	m.VMOVD(m.xmm(src[0]), reg.EAX)
	m.MOVL(reg.EAX, address(m.Return(name)))
}

func (m *avx) label() string {
	m.labels++
	return fmt.Sprintf("l%d", m.labels)
}

func (m *avx) loop(count integer, step int, body func()) {
	again, end := m.label(), m.label()
	m.CMPQ(m.general(count), mem.I32(step))
	m.JLT(mem.LabelRef(end))
	m.Label(again)
	body()
	m.SUBQ(mem.I32(step), m.general(count))
	m.CMPQ(m.general(count), mem.I32(step))
	m.JGE(mem.LabelRef(again))
	m.Label(end)
}

func (m *avx) choose(i integer, most int, body func(value int)) {
	labels := make([]string, most+1)
	for value := 1; value < most; value++ {
		labels[value] = m.label()
		m.CMPQ(m.general(i), mem.I32(value))
		m.JEQ(mem.LabelRef(labels[value]))
	}
	m.discard(i)
	integers, free := slices.Clone(m.integers), slices.Clone(m.free)
	for value := most; value > 0; value-- {
		if value < most {
			m.Label(labels[value])
		}
		body(value)
		m.finish()
		m.integers, m.free = slices.Clone(integers), slices.Clone(free)
	}
	m.chosen = true
}

func (m *avx) copyOf(i integer) integer {
	c := m.integer()
	m.set(c, i)
	return c
}

func (m *avx) set(i, to integer) { m.MOVQ(m.general(to), m.general(i)) }

func (m *avx) advance(i integer, n int) { m.ADDQ(mem.I32(n), m.general(i)) }

func (m *avx) advanceBy(i, n integer) { m.ADDQ(m.general(n), m.general(i)) }

func (m *avx) scale(i integer, n int) {
	if n < 0 {
		m.NEGQ(m.general(i))
		n = -n
	}
	if n > 1 {
		m.SHLQ(mem.U8(math.Ilogb(float64(n))), m.general(i))
	}
}

func (m *avx) window() integer {
	table := m.StaticGlobal("window" + m.name)
	m.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range 32 {
		m.AppendDatum(mem.U32(math.Float32bits(float32(math.Inf(15 - i)))))
	}
	table.Disp += block
	p := m.integer()
	m.LEAQ(table, m.general(p))
	return p
}
