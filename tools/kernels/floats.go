package main

// The kernels that work on floats. They do what the functions of the same names
// in the kernel package's portable.go do, operation by operation.

const block = 64 // bytes in a vector

func writeFloats(m machine) {
	writeGELU(m)
	writeAddNorm(m)
	writeSoftmax(m)
	writeLargest(m)
	writeQuantise(m)
}

// each runs body on all vectors, as many at once as the machine's registers
// allow, then one by one.
func each(m machine, count integer, atOnce int, body func(n int)) {
	for _, n := range []int{atOnce, 1} {
		m.loop(count, n, func() { body(n) })
		if atOnce == 1 {
			break
		}
	}
}

func writeGELU(m machine) {
	m.function("gelu", "func(x *float32, blocks int)")
	x, blocks := m.parameter("x"), m.parameter("blocks")
	one, zero := m.register(1), m.register(0)
	scale, minusOne := m.constant(geluScale), m.constant(-1)
	var c []splat
	for _, value := range geluCoefficients() {
		c = append(c, m.constant(value))
	}
	atOnce, _ := m.limits("gelu")
	each(m, blocks, atOnce, func(n int) {
		u, p := m.vectors(n), m.vectors(n)
		m.load(u, x, 0)
		m.abs(u, u)
		m.do(multiply, u, u, scale)
		m.do(add, u, u, minusOne)
		m.do(minimum, u, u, one)
		horner(m, p, u, c)
		m.do(subtract, u, one, u)
		for range 3 {
			m.do(multiply, u, u, u)
		}
		m.do(multiply, p, p, u)
		t := m.vectors(n)
		m.load(u, x, 0)
		m.abs(t, u)
		m.do(multiply, p, p, t)
		m.do(maximum, u, u, zero)
		m.do(subtract, u, u, p)
		m.store(x, 0, u)
		m.advance(x, n*block)
		m.release(u, p, t)
	})
	m.finish()
}

// horner sets p to the polynomial with coefficients c, the lowest first, at x.
func horner(m machine, p, x bundle, c []splat) {
	last := len(c) - 1
	m.do(multiply, p, x, c[last])
	m.do(add, p, p, c[last-1])
	for i := last - 2; i >= 0; i-- {
		m.do(multiply, p, p, x)
		m.do(add, p, p, c[i])
	}
}

func writeAddNorm(m machine) {
	m.function("addNorm", "func(x, residual, gamma, beta *float32, blocks int, width, epsilon float32)")
	x, residual, blocks := m.parameter("x"), m.parameter("residual"), m.parameter("blocks")
	start, count := m.copyOf(x), m.copyOf(blocks)
	v, w, sum := m.vectors(1), m.vectors(1), m.vectors(1)
	width, mean, inverse := m.floatParameter("width"), m.splat(), m.splat()

	m.zero(sum)
	m.loop(count, 1, func() {
		m.load(v, x, 0)
		m.load(w, residual, 0)
		m.do(add, v, v, w)
		m.store(x, 0, v)
		m.do(add, sum, sum, v)
		m.advance(x, block)
		m.advance(residual, block)
	})
	m.total(mean, sum)
	m.do(divide, mean, mean, width)

	m.set(x, start)
	m.set(count, blocks)
	m.zero(sum)
	m.loop(count, 1, func() {
		m.load(v, x, 0)
		m.do(subtract, v, v, mean)
		m.do(multiply, v, v, v)
		m.do(add, sum, sum, v)
		m.advance(x, block)
	})
	m.total(inverse, sum)
	m.do(divide, inverse, inverse, width)
	m.do(add, inverse, inverse, m.floatParameter("epsilon"))
	m.sqrt(inverse)
	m.do(divide, inverse, m.register(1), inverse)

	m.discard(residual)
	gamma, beta := m.parameter("gamma"), m.parameter("beta")
	m.loop(blocks, 1, func() {
		m.load(v, start, 0)
		m.do(subtract, v, v, mean)
		m.do(multiply, v, v, inverse)
		m.load(w, gamma, 0)
		m.do(multiply, v, v, w)
		m.load(w, beta, 0)
		m.do(add, v, v, w)
		m.store(start, 0, v)
		for _, p := range []integer{start, gamma, beta} {
			m.advance(p, block)
		}
	})
	m.finish()
}

func writeSoftmax(m machine) {
	m.function("softmax", "func(x *float32, blocks, rest int)")
	x, blocks := m.parameter("x"), m.parameter("blocks")
	start, count := m.copyOf(x), m.copyOf(blocks)
	v, sum, top, inverse := m.vectors(1), m.vectors(1), m.splat(), m.splat()

	// The last vector's lanes from rest on become -∞.
	last, window := m.copyOf(blocks), m.window()
	m.scale(last, block)
	m.advanceBy(last, x)
	rest := m.parameter("rest")
	m.scale(rest, -4)
	m.advanceBy(window, rest)
	m.load(v, last, -block)
	m.load(sum, window, 0)
	m.do(minimum, v, v, sum)
	m.store(last, -block, v)
	m.discard(last, window, rest)

	m.load(sum, x, 0)
	m.loop(count, 1, func() {
		m.load(v, x, 0)
		m.do(maximum, sum, v, sum)
		m.advance(x, block)
	})
	m.largest(top, sum)
	m.release(v)

	m.set(x, start)
	m.set(count, blocks)
	m.zero(sum)
	e := newExponential(m)
	atOnce, _ := m.limits("softmax")
	each(m, count, atOnce, func(n int) {
		v := m.vectors(n)
		m.load(v, x, 0)
		m.do(subtract, v, v, top)
		p := e.of(v, n)
		m.store(x, 0, p)
		for _, lanes := range split(p, n) {
			m.do(add, sum, sum, lanes)
		}
		m.advance(x, n*block)
		m.release(v, p)
	})
	m.total(inverse, sum)
	m.do(divide, inverse, e.one, inverse)

	v = m.vectors(1)
	m.loop(blocks, 1, func() {
		m.load(v, start, 0)
		m.do(multiply, v, v, inverse)
		m.store(start, 0, v)
		m.advance(start, block)
	})
	m.finish()
}

// split takes a bundle of n vectors apart.
func split(b bundle, n int) []bundle {
	var parts []bundle
	for size := len(b) / n; len(b) > 0; b = b[size:] {
		parts = append(parts, b[:size])
	}
	return parts
}

type exponential struct {
	m                                       machine
	lowest, log2E, shifter, ln2High, ln2Low splat
	one, least                              splat
	c                                       []splat
}

func newExponential(m machine) *exponential {
	e := &exponential{
		m: m, lowest: m.constant(expLowest), log2E: m.constant(expLog2E), shifter: m.constant(shifter),
		ln2High: m.constant(expLn2High), ln2Low: m.constant(expLn2Low),
		one: m.register(1), least: m.register(shifter + expLeast),
	}
	for _, value := range expCoefficients() {
		e.c = append(e.c, m.constant(value))
	}
	return e
}

// of returns eˣ of some vectors, and uses up x.
func (e *exponential) of(x bundle, vectors int) bundle {
	m := e.m
	shifted, n, p := m.vectors(vectors), m.vectors(vectors), m.vectors(vectors)
	m.do(maximum, x, x, e.lowest)
	m.do(multiply, shifted, x, e.log2E)
	m.do(add, shifted, shifted, e.shifter)
	m.do(subtract, n, shifted, e.shifter)
	m.do(multiply, p, n, e.ln2High)
	m.do(subtract, x, x, p)
	m.do(multiply, n, n, e.ln2Low)
	m.do(subtract, x, x, n)
	horner(m, p, x, e.c)
	m.do(multiply, p, p, x)
	m.do(multiply, p, p, x)
	m.do(add, p, p, x)
	m.do(add, p, p, e.one)
	m.keep(p, shifted, e.least)
	m.power(shifted, e.one)
	m.do(multiply, p, p, shifted)
	m.release(shifted, n)
	return p
}

func writeLargest(m machine) {
	m.function("largest", "func(x *float32, blocks int) (result float32)")
	x, blocks := m.parameter("x"), m.parameter("blocks")
	atOnce, _ := m.limits("largest")
	top := m.vectors(atOnce)
	m.zero(top)
	tops := split(top, atOnce)
	each(m, blocks, atOnce, func(n int) {
		v := m.vectors(n)
		m.load(v, x, 0)
		m.abs(v, v)
		for i, part := range split(v, n) {
			m.do(maximum, tops[i], part, tops[i])
		}
		m.advance(x, n*block)
		m.release(v)
	})
	for _, other := range tops[1:] {
		m.do(maximum, tops[0], other, tops[0])
	}
	s := m.splat()
	m.largest(s, tops[0])
	m.result("result", s)
	m.finish()
}

func writeQuantise(m machine) {
	m.function("quantise", "func(dst *int8, src *float32, blocks int, inverse float32) (result int32)")
	dst, src, blocks := m.parameter("dst"), m.parameter("src"), m.parameter("blocks")
	inverse := m.floatParameter("inverse")
	v, sum := m.vectors(1), m.vectors(1)
	m.zero(sum)
	m.loop(blocks, 1, func() {
		m.load(v, src, 0)
		m.do(multiply, v, v, inverse)
		m.toIntegers(v)
		m.addIntegers(sum, v)
		m.storeBytes(dst, 0, v)
		m.advance(src, block)
		m.advance(dst, 16)
	})
	m.integerResult("result", sum)
	m.finish()
}
