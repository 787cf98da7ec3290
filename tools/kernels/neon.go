package main

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/mmcloughlin/avo/gotypes"
)

// neon is the vector instructions of 64-bit ARM with the dot product of
// ARMv8.2, a vector in four registers. Go's assembler lacks most of them: they
// are written as words, with what they mean behind them; see encoding_test.go.
type neon struct {
	text, stubs bytes.Buffer
	signature   *gotypes.Signature
	integers    []integer
	free        []int
	chosen      bool
	labels      int
	constants   []uint32 // of all functions, four to a register
	group       int      // the register that takes further ones, if constants is not full
}

var _ machine = (*neon)(nil)

func (*neon) limits(kernel string) (atOnce, columns int) {
	limits := map[string][2]int{"gelu": {2}, "softmax": {1}, "largest": {2}, "multiplyFloat": {4, 1}, "multiply": {4, 1}}[kernel]
	return limits[0], limits[1]
}

const scratch = 26 // a general register for what lies between two lines

// line writes a line of Go's assembly.
func (m *neon) line(format string, values ...any) { fmt.Fprintf(&m.text, "\t"+format+"\n", values...) }

// word writes an instruction that Go's assembler lacks.
func (m *neon) word(bits uint32, format string, values ...any) {
	m.line("WORD $%#08x // "+format, append([]any{bits}, values...)...)
}

func (m *neon) files() []file {
	var s bytes.Buffer
	s.WriteString(header + "\n//go:build !purego\n\n#include \"textflag.h\"\n\n")
	s.Write(m.text.Bytes())
	table := func(name string, values []uint32) {
		for i, v := range values {
			fmt.Fprintf(&s, "DATA %s<>+%d(SB)/4, $%#08x\n", name, 4*i, v)
		}
		fmt.Fprintf(&s, "GLOBL %s<>(SB), RODATA|NOPTR, $%d\n\n", name, 4*len(values))
	}
	table("constantsNEON", append(slices.Clone(m.constants), make([]uint32, -len(m.constants)&3)...))
	table("windowNEON", slices.Concat(slices.Repeat([]uint32{0x7f800000}, 16), slices.Repeat([]uint32{0xff800000}, 16)))
	text := append(bytes.TrimSpace(s.Bytes()), '\n')
	stubs := header + "\n//go:build !purego\n\npackage kernel\n" + m.stubs.String()
	return []file{{"neon_arm64.s", text}, {"neon_arm64.go", []byte(stubs)}}
}

// Registers.

func (m *neon) reset() {
	m.integers, m.free = nil, nil
	for i := range integer(scratch) {
		if i != 18 { // the platform's
			m.integers = append(m.integers, i)
		}
	}
	for i := range 32 {
		m.free = append(m.free, i)
	}
}

func (m *neon) integer() integer {
	i := m.integers[0]
	m.integers = m.integers[1:]
	return i
}

func (m *neon) discard(i ...integer) {
	m.integers = append(m.integers, i...)
	slices.Sort(m.integers)
}

func (m *neon) registers(n int) bundle {
	b := slices.Clone(m.free[:n])
	m.free = m.free[n:]
	return b
}

func (m *neon) vectors(n int) bundle { return m.registers(4 * n) }

func (m *neon) splat() splat { return splat{register: m.registers(1)[0]} }

func (m *neon) release(v ...operand) {
	for _, v := range v {
		m.free = append(m.free, registersOf(v)...)
	}
	slices.Sort(m.free)
}

// constant puts up to four values into one register.
func (m *neon) constant(value float32) splat {
	lane := len(m.constants) % 4
	if lane == 0 || m.group < 0 {
		m.constants = append(m.constants, make([]uint32, -len(m.constants)&3)...)
		lane = 0
		m.group = m.registers(1)[0]
		m.line("MOVD $constantsNEON<>+%d(SB), R%d", 4*len(m.constants), scratch)
		m.loadRegister(m.group, scratch, 0)
	}
	m.constants = append(m.constants, math.Float32bits(value))
	return splat{register: m.group, lane: lane + 1}
}

func (m *neon) register(value float32) splat {
	s := m.splat()
	if value == 0 {
		m.zero(registersOf(s))
		return s
	}
	m.line("MOVD $%#x, R%d", math.Float32bits(value), scratch)
	m.spread(s, scratch)
	return s
}

// spread puts a general register into all lanes.
func (m *neon) spread(dst splat, from integer) {
	m.word(0x4e040c00|uint32(from)<<5|uint32(dst.register), "dup v%d.4s, w%d", dst.register, from)
}

// spreadLane puts a lane, from 0, into all lanes.
func (m *neon) spreadLane(dst splat, from, lane int) {
	m.word(0x4e040400|uint32(lane)<<19|uint32(from)<<5|uint32(dst.register), "dup v%d.4s, v%d.s[%d]", dst.register, from, lane)
}

// Functions and loops.

func (m *neon) function(name, signature string) {
	s, err := gotypes.ParseSignature(signature)
	if err != nil {
		panic(err)
	}
	m.signature, m.chosen, m.group = s, false, -1
	m.reset()
	fmt.Fprintf(&m.text, "// %s\nTEXT ·%sNEON(SB), NOSPLIT, $0-%d\n", strings.Replace(signature, "func", "func "+name+"NEON", 1), name, s.Bytes())
	fmt.Fprintf(&m.stubs, "\n//go:noescape\nfunc %sNEON%s\n", name, strings.TrimPrefix(signature, "func"))
}

func (m *neon) finish() {
	if !m.chosen {
		m.line("RET\n")
	}
}

func (m *neon) parameter(name string) integer {
	i := m.integer()
	m.line("MOVD %s, R%d", address(m.signature.Params().Lookup(name)).Asm(), i)
	return i
}

func (m *neon) floatParameter(name string) splat {
	s := m.splat()
	m.line("MOVWU %s, R%d", address(m.signature.Params().Lookup(name)).Asm(), scratch)
	m.spread(s, scratch)
	return s
}

func (m *neon) result(name string, s splat) {
	m.line("FMOVS F%d, %s", s.register, address(m.signature.Results().Lookup(name)).Asm())
}

func (m *neon) integerResult(name string, src bundle) {
	for i := 3; i > 0; i-- {
		m.addIntegers(src[i-1:i], src[i:i+1])
	}
	m.word(0x4eb1b800|pair(src[0], src[0]), "addv s%d, v%d.4s", src[0], src[0])
	m.result(name, splat{register: src[0]})
}

func (m *neon) label() string {
	m.labels++
	return fmt.Sprintf("l%d", m.labels)
}

func (m *neon) putLabel(name string) { fmt.Fprintf(&m.text, "%s:\n", name) }

func (m *neon) loop(count integer, step int, body func()) {
	again, end := m.label(), m.label()
	m.line("CMP $%d, R%d", step, count)
	m.line("BLT %s", end)
	m.putLabel(again)
	body()
	m.line("SUB $%d, R%d", step, count)
	m.line("CMP $%d, R%d", step, count)
	m.line("BGE %s", again)
	m.putLabel(end)
}

func (m *neon) choose(i integer, most int, body func(value int)) {
	labels := make([]string, most+1)
	for value := 1; value < most; value++ {
		labels[value] = m.label()
		m.line("CMP $%d, R%d", value, i)
		m.line("BEQ %s", labels[value])
	}
	m.discard(i)
	integers, free := slices.Clone(m.integers), slices.Clone(m.free)
	for value := most; value > 0; value-- {
		if value < most {
			m.putLabel(labels[value])
		}
		body(value)
		m.finish()
		m.integers, m.free = slices.Clone(integers), slices.Clone(free)
	}
	m.chosen = true
}

func (m *neon) copyOf(i integer) integer {
	c := m.integer()
	m.set(c, i)
	return c
}

func (m *neon) set(i, to integer) { m.line("MOVD R%d, R%d", to, i) }

func (m *neon) advance(i integer, n int) { m.line("ADD $%d, R%d", n, i) }

func (m *neon) advanceBy(i, n integer) { m.line("ADD R%d, R%d", n, i) }

func (m *neon) scale(i integer, n int) {
	if n < 0 {
		m.line("NEG R%d, R%d", i, i)
		n = -n
	}
	if n > 1 {
		m.line("LSL $%d, R%d", math.Ilogb(float64(n)), i)
	}
}

func (m *neon) window() integer {
	p := m.integer()
	m.line("MOVD $windowNEON<>+%d(SB), R%d", block, p)
	return p
}
