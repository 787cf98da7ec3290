package main

// machine writes assembly for one instruction set. Every kernel is written for
// it once (floats.go, products.go), so that all instruction sets do the same
// operations in the same order.
//
// What it works on are vectors of 16 floats or 32-bit integers, each in as many
// registers as it takes. They come in bundles, which are worked on side by side,
// so that the long chains of operations in the kernels overlap.
type machine interface {
	// function begins a function, finish ends it. name stands for the kernel; its
	// symbol gets the instruction set's name behind it.
	function(name, signature string)
	finish()
	parameter(name string) integer              // a pointer or an int
	floatParameter(name string) splat           // a float32
	result(name string, s splat)                // the function's value
	integerResult(name string, src bundle)      // the sum of src's lanes
	limits(kernel string) (atOnce, columns int) // see each kernel

	copyOf(i integer) integer
	set(i, to integer)
	discard(i ...integer)
	advance(i integer, n int)
	advanceBy(i, n integer)
	scale(i integer, n int) // i *= n, a power of two or the negative of one
	// window points behind 16 times +∞, to 16 times -∞.
	window() integer
	// loop runs body while count ≥ step, and takes step from count each time.
	loop(count integer, step int, body func())

	vectors(n int) bundle
	splat() splat
	constant(value float32) splat // may lie in memory: only the last operand of do
	register(value float32) splat // lies in a register
	release(v ...operand)

	load(dst bundle, p integer, offset int)
	store(p integer, offset int, src bundle)
	storeBytes(p integer, offset int, src bundle) // the integers' lowest bytes
	broadcast(dst splat, p integer, offset int)
	zero(dst bundle)

	// do sets dst to a op b, floats. Maximum and minimum take b where a is NaN,
	// and +0 where b is that and a is -0; which of two other zeros they take must
	// not matter.
	do(op operation, dst, a, b operand)
	abs(dst, a bundle)
	sqrt(dst splat)
	// keep clears the lanes of dst where not a ≥ low.
	keep(dst, a bundle, low splat)
	// power makes 2ⁿ of n + 1.5·2²³.
	power(dst bundle, one splat)
	toIntegers(dst bundle) // rounds to nearest, ties to even
	toFloats(dst bundle)
	addIntegers(dst, a bundle)
	// total and largest add up lanes and find the largest: the upper half to the
	// lower, until one is left, which dst gets in every lane.
	total(dst splat, src bundle)
	largest(dst splat, src bundle)

	// choose runs the code that body writes for the value i has, 1 to most. The
	// function ends with it.
	choose(i integer, most int, body func(value int))

	// rows are n rows that lie stride bytes apart and are read in step.
	rows(p, stride integer, n int) *rows
	discardRows(r *rows)
	next(dst splat, r *rows, row int) // the row's next float
	nextRows(r *rows)                 // all rows' floats were taken

	// Sums of products of bytes, between beginDots and endDots: start sets sums
	// to what they begin with, given the Row at p; takeBytes reads the next 16
	// bytes of each row, and nextBytes ends with them; dot adds to sums the
	// products of a row's group-th four bytes with weights that loadWeights loaded.
	beginDots()
	endDots()
	start(sums bundle, p integer, offset int)
	takeBytes(r *rows)
	nextBytes(r *rows)
	loadWeights(dst bundle, p integer, offset int)
	dot(sums, weights bundle, r *rows, row, group int)
	// prefetch asks for the memory at p + distance + offset.
	prefetch(p, distance integer, offset int)
}

type (
	// integer is a general register.
	integer int
	// operand is a bundle or a splat.
	operand interface{ operand() }
	// bundle is the registers of some vectors, one after the other.
	bundle []int
	// splat is a vector with the same value in every lane.
	splat struct {
		register int    // or -1
		lane     int    // if only one lane has it, which one, from 1
		constant uint32 // its bits, where there is no register
	}
	// rows is what each machine needs to find its rows.
	rows struct {
		at     []integer // pointers to rows
		stride []integer // registers with multiples of the stride
		bytes  bundle
	}
)

func (bundle) operand() {}
func (splat) operand()  {}

type operation int

const (
	add operation = iota
	subtract
	multiply
	divide
	maximum
	minimum
)
