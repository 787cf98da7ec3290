package main

import "fmt"

// Products of matrices. Both kernels cut the result into tiles of some rows by
// some columns, whose sums stay in registers.

func writeProducts(m machine) {
	writeMultiplyFloat(m)
	writeMultiplies(m)
}

func writeMultiplies(m machine) {
	height, columns := m.limits("multiply")
	for width := columns; width > 0; width /= 2 {
		if width < columns {
			height = min(height, 4)
		}
		writeMultiply(m, height, width)
	}
}

// writeMultiplyFloat writes one function for each height of a tile and width in
// vectors. It works down all of a's rows, tile by tile, at one place of columns.
func writeMultiplyFloat(m machine) {
	highest, columns := m.limits("multiplyFloat")
	for width := columns; width > 0; width /= 2 {
		m.function(fmt.Sprintf("multiplyFloat%d", width),
			"func(dst, a, b *float32, dstStride, aStride, bStride, rows, k int, scale float32)")
		a, dst, rows := m.parameter("a"), m.parameter("dst"), m.parameter("rows")
		stride, dstStride := m.parameter("aStride"), m.parameter("dstStride")
		bStride := m.parameter("bStride")
		for height := highest; height > 0; height /= 2 {
			m.loop(rows, height, func() {
				floatTile(m, dst, a, stride, dstStride, bStride, height, width)
			})
		}
		m.finish()
	}
}

func floatTile(m machine, dst, a, stride, dstStride, bStride integer, height, width int) {
	sums := make([]bundle, height)
	for i := range sums {
		sums[i] = m.vectors(width)
		m.zero(sums[i])
	}
	weights, product, value := m.vectors(width), m.vectors(width), m.splat()
	from := m.rows(a, stride, height)
	b, k := m.parameter("b"), m.parameter("k")
	m.loop(k, 1, func() {
		m.load(weights, b, 0)
		for i := range sums {
			m.next(value, from, i)
			m.do(multiply, product, weights, value)
			m.do(add, sums[i], sums[i], product)
		}
		m.nextRows(from)
		m.advanceBy(b, bStride)
	})
	m.discardRows(from)
	m.discard(b, k)
	m.release(weights, product, value)
	scale := m.floatParameter("scale")
	for i := range sums {
		m.do(multiply, sums[i], sums[i], scale)
		m.store(dst, 0, sums[i])
		m.advanceBy(dst, dstStride)
		m.advanceBy(a, stride)
		m.release(sums[i])
	}
	m.release(scale)
}

// writeMultiply writes a function that works through some tiles of the same
// height, at one place of columns.
func writeMultiply(m machine, highest, width int) {
	m.function(fmt.Sprintf("multiply%d", width),
		"func(dst *float32, a *int8, rows *float32, weights *byte, scale, bias *float32, k, n, height, tiles int)")
	m.choose(m.parameter("height"), highest, func(height int) {
		tiles := m.parameter("tiles")
		dst, a, rows, stride := m.parameter("dst"), m.parameter("a"), m.parameter("rows"), m.parameter("k")
		m.beginDots()
		m.loop(tiles, 1, func() {
			sums := byteSums(m, a, rows, stride, height, width)
			finishByteTile(m, sums, width, dst, rows)
			for range height {
				m.advanceBy(a, stride)
			}
			m.advance(rows, sizeOfRow*height)
		})
		m.endDots()
		m.discard(tiles, dst, a, rows, stride)
	})
}

const sizeOfRow = 8

// byteSums writes the sums of a tile, as integers.
func byteSums(m machine, a, rows, stride integer, height, width int) []bundle {
	sums := make([]bundle, height)
	for i := range sums {
		sums[i] = m.vectors(width)
		m.start(sums[i], rows, sizeOfRow*i)
	}
	from, k := m.rows(a, stride, height), m.parameter("k")
	ahead := m.copyOf(k)
	m.scale(ahead, 16) // one block of 16 columns
	blocks := []integer{m.parameter("weights")}
	for i := 1; i < width; i++ {
		blocks = append(blocks, m.copyOf(blocks[i-1]))
		m.advanceBy(blocks[i], ahead)
	}
	m.scale(ahead, width)
	weights := m.vectors(width)
	m.loop(k, 16, func() {
		m.takeBytes(from)
		for group := range 4 {
			for i, w := range split(weights, width) {
				m.loadWeights(w, blocks[i], block*group)
				m.prefetch(blocks[i], ahead, block*group)
			}
			for row, sum := range sums {
				m.dot(sum, weights, from, row, group)
			}
		}
		m.nextBytes(from)
		for _, p := range blocks {
			m.advance(p, 4*block)
		}
	})
	m.discardRows(from)
	m.discard(append(blocks, k, ahead)...)
	m.release(weights)
	return sums
}

// finishByteTile writes the floats that sums stand for to dst, and moves dst on.
func finishByteTile(m machine, sums []bundle, width int, dst, rows integer) {
	scale, bias, stride := m.parameter("scale"), m.parameter("bias"), m.parameter("n")
	m.scale(stride, 4)
	scales, t, row := m.vectors(width), m.vectors(width), m.splat()
	m.load(scales, scale, 0)
	for i, sum := range sums {
		m.broadcast(row, rows, sizeOfRow*i)
		m.do(multiply, t, scales, row)
		m.toFloats(sum)
		m.do(multiply, sum, sum, t)
		m.load(t, bias, 0)
		m.do(add, sum, sum, t)
		m.store(dst, 0, sum)
		m.advanceBy(dst, stride)
		m.release(sum)
	}
	m.discard(scale, bias, stride)
	m.release(scales, t, row)
}
