package pdf

import (
	"math"
	"slices"
)

// join puts pieces together that touch: a raised number or a word in another font
// is a piece of its own first.
func join(pieces []*piece) []*piece {
	var out []*piece
	for _, p := range pieces {
		switch n := len(out); {
		case n > 0 && out[n-1].touches(p) && !(out[n-1].mayBeInitial() && out[n-1].size > largeInitial*p.size):
			out[n-1].take(p)
			continue
		}
		out = append(out, p)
	}
	return out
}

// touches reports whether a piece goes on another in its line.
func (p *piece) touches(q *piece) bool {
	overlap := min(p.y1, q.y1) - max(p.y0, q.y0)
	size := max(p.size, q.size)
	gap := q.x0 - p.x1
	const most = 0.4 // of the lower of the two
	return overlap > most*min(p.height(), q.height()) && gap > -wordGap*size && gap < cellGap*size
}

// take adds another piece behind this one.
func (p *piece) take(q *piece) {
	if gap := q.x0 - p.x1; gap > wordGap*max(p.size, q.size) {
		q.glyphs[0].space = true
	}
	p.glyphs = append(p.glyphs, q.glyphs...)
	p.box = p.join(q.box)
	if q.size > p.size && len(q.glyphs) > 1 {
		p.size, p.baseline = q.size, q.baseline
	}
	p.bold = p.bold && q.bold
}

// maxOrdered is how many pieces of a page are put in order of columns: a dense
// table has some 1,500. More are read as they come.
const maxOrdered = 4000

// order splits what stands on a page, or in a part of it, into columns and what
// lies between them, in order of reading.
//
// Pieces are taken from the top. As long as a gutter stays free between some on the
// left and some on the right, they are one band of columns; a piece that crosses it
// ends the band.
func (ls *layouts) order(pieces []*piece) [][]*piece {
	if len(pieces) == 0 {
		return nil
	}
	if len(pieces) > maxOrdered {
		return [][]*piece{pieces}
	}
	slices.SortStableFunc(pieces, func(a, b *piece) int {
		switch {
		case a.y1 != b.y1:
			return compare(b.y1, a.y1)
		}
		return compare(a.x0, b.x0)
	})
	var out [][]*piece
	var flow []*piece
	size := medianSize(pieces)
	for len(pieces) > 0 {
		n, cut := 0, 0.0
		if k := len(flow); k == 0 || !pieces[0].goesOnHeading(flow[k-1], size) && !pieces[0].isLevel(flow[k-1]) {
			n, cut = ls.band(pieces)
			n = trimmed(pieces[:n], cut, size)
		}
		if n == 0 {
			flow, pieces = append(flow, pieces[0]), pieces[1:]
			continue
		}
		if len(flow) > 0 {
			out, flow = append(out, flow), nil
		}
		var left, right []*piece
		for _, p := range pieces[:n] {
			if p.x1 <= cut {
				left = append(left, p)
			} else {
				right = append(right, p)
			}
		}
		out = append(append(out, ls.order(left)...), ls.order(right)...)
		pieces = pieces[n:]
	}
	if len(flow) > 0 {
		out = append(out, flow)
	}
	return out
}

// goesOnHeading reports whether a piece is the next line of a heading above it: of
// the same size, which is larger than that of the text, and below its beginning
// or its middle.
func (p *piece) goesOnHeading(above *piece, textSize float64) bool {
	const larger, far = 1.12, 1.7
	gap := above.baseline - p.baseline
	return sameSize(p.size, above.size) && p.size > larger*textSize && gap > 0 && gap < far*p.size &&
		(math.Abs(p.x0-above.x0) < p.size || math.Abs(p.x0+p.x1-above.x0-above.x1) < 2*p.size)
}

// isLevel reports whether two pieces stand on one line.
func (p *piece) isLevel(q *piece) bool {
	const same = 0.35 // of the letters' size
	return math.Abs(p.baseline-q.baseline) < same*min(p.size, q.size)
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// span is a part of a page's width.
type span struct{ x0, x1 float64 }

// The narrowest gutters between columns, in parts of the letters' size: minGutter
// where nothing else says that they are columns, surestGutter where long ones are
// drawn one after the other.
const (
	minGutter    = 0.9
	surestGutter = 0.4
)

// band is how many pieces from the top are columns, and where they part; 0 for
// none.
func (ls *layouts) band(pieces []*piece) (n int, cut float64) {
	n, cut = ls.bandWith(pieces, minGutter)
	if more, at := ls.bandWith(pieces, surestGutter); more > n {
		return more, at
	}
	return n, cut
}

// bandWith is a band whose gutters have a width at least. Each piece that closes a
// gutter may end the columns beside it. Where it is not the last one, the columns
// have to be surer.
func (ls *layouts) bandWith(pieces []*piece, gutter float64) (n int, cut float64) {
	size := medianSize(pieces)
	whole := span{pieces[0].x0, pieces[0].x1}
	for _, p := range pieces {
		whole = span{min(whole.x0, p.x0), max(whole.x1, p.x1)}
	}
	const crossing, tries = 0.6, 8
	var ends []int // before pieces that close a gutter
	var states [][]span
	var used []span
	top := 0 // the first piece of the line
	for i, p := range pieces {
		if !p.isLevel(pieces[top]) {
			top = i
		}
		after := cover(slices.Clone(used), span{p.x0, p.x1}, gutter*size)
		if len(after) < len(used) {
			ends, states = append(ends, top), append(states, used)
		}
		if used = after; len(used) == 1 && used[0].x1-used[0].x0 > crossing*(whole.x1-whole.x0) && !ls.inColumn(used[0]) {
			break
		}
	}
	if len(used) > 1 {
		ends, states = append(ends, len(pieces)), append(states, used)
	}
	for k := len(ends) - 1; k >= max(0, len(ends)-tries); k-- {
		if cut, ok := ls.parting(pieces[:ends[k]], states[k], whole, size, k < len(ends)-1); ok {
			return ends[k], cut
		}
	}
	return 0, 0
}

// parting is the middle of the widest gutter between parts of a page that are
// columns. Those that have to be surer are wide and drawn one after the other.
func (ls *layouts) parting(pieces []*piece, parts []span, whole span, size float64, surer bool) (cut float64, ok bool) {
	best := 0.0
	for k := 1; k < len(parts); k++ {
		gutter := parts[k].x0 - parts[k-1].x1
		at := (parts[k].x0 + parts[k-1].x1) / 2
		here := layout{parts[k-1].x0, parts[k].x0}
		switch {
		case gutter <= best:
		case gutter < minGutter*size && !ls.areSurest(pieces, span{parts[k-1].x0, parts[k].x1}, at, size) && !ls.areSurest(pieces, whole, at, size):
		case areColumns(pieces, span{parts[k-1].x0, parts[k].x1}, at, size, surer), areColumns(pieces, whole, at, size, surer):
			if l, r := parted(pieces, span{here.left, math.Inf(1)}, at); isLong(l, size) && isLong(r, size) && apart(l, r) && !slices.ContainsFunc(ls.known, here.same) {
				ls.known = append(ls.known, here)
			}
			best, cut = gutter, at
		case !surer && len(parts) <= mostColumns && slices.ContainsFunc(ls.known, here.same) && apart(parted(pieces, span{here.left, parts[k].x1}, at)):
			best, cut = gutter, at
		}
	}
	return cut, best > 0
}

// areSurest reports whether columns are long and drawn one after the other.
func (ls *layouts) areSurest(pieces []*piece, in span, cut, size float64) bool {
	left, right := parted(pieces, in, cut)
	return isLong(left, size) && isLong(right, size) && apart(left, right)
}

// layouts are the columns that pages of a file have. Where one stands in the columns
// of another, they are columns however little text they have.
type layouts struct{ known []layout }

// mostColumns is how many columns of text pages have: more are a table's.
const mostColumns = 3

// layout is where two columns beside each other begin.
type layout struct{ left, right float64 }

func (a layout) same(b layout) bool {
	const most = 3 // points
	return math.Abs(a.left-b.left) < most && math.Abs(a.right-b.right) < most
}

// inColumn reports whether something stands in the left one of two columns.
func (ls *layouts) inColumn(s span) bool {
	return slices.ContainsFunc(ls.known, func(a layout) bool { return a.same(layout{s.x0, a.right}) && s.x1 < a.right })
}

// parted are the pieces left and right of a gutter in a part of the width.
func parted(pieces []*piece, in span, cut float64) (left, right []*piece) {
	for _, p := range pieces {
		switch {
		case p.x0 < in.x0 || p.x1 > in.x1:
		case p.x0 >= cut:
			right = append(right, p)
		default:
			left = append(left, p)
		}
	}
	return left, right
}

// cover adds a part to those that are used, joining those that are nearer to each
// other than gap.
func cover(used []span, s span, gap float64) []span {
	i := 0
	for i < len(used) && used[i].x1+gap < s.x0 {
		i++
	}
	j := i
	for j < len(used) && used[j].x0 <= s.x1+gap {
		s = span{min(s.x0, used[j].x0), max(s.x1, used[j].x1)}
		j++
	}
	return slices.Replace(used, i, j, s)
}

func medianSize(pieces []*piece) float64 {
	sizes := make([]float64, len(pieces))
	for i, p := range pieces {
		sizes[i] = p.size
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// A column of text has at least minColumnLines lines that are minColumn letters'
// sizes wide and go over most of its width. A narrower one is a column if most of
// its lines do. Cells of a table are shorter.
const (
	minColumnLines = 3
	minColumn      = 11
	minNarrow      = 6
)

// areColumns reports whether a gutter parts columns of text, not cells of a table,
// judging by what stands in a part of the width.
func areColumns(pieces []*piece, in span, cut, size float64, surer bool) bool {
	var sides [2][]*piece
	sides[0], sides[1] = parted(pieces, in, cut)
	least := 2 * size
	switch {
	case surer:
		if !isWide(sides[0], size) || !isWide(sides[1], size) || !apart(sides[0], sides[1]) {
			return false
		}
	case !isColumn(sides[0], size) || !isColumn(sides[1], size):
		// A column that ends soon is one if it was not drawn line by line with the other.
		if !isWide(sides[0], size) && !isWide(sides[1], size) || !apart(sides[0], sides[1]) {
			return false
		}
		if least = 1.5 * size; isLong(sides[0], size) || isLong(sides[1], size) {
			least = 0.5 * size
		}
	}
	// They stand beside each other.
	top, bottom := [2]float64{}, [2]float64{}
	for k, side := range sides {
		top[k], bottom[k] = side[0].y1, side[0].y0
		for _, p := range side {
			top[k], bottom[k] = max(top[k], p.y1), min(bottom[k], p.y0)
		}
	}
	return min(top[0], top[1])-max(bottom[0], bottom[1]) > least
}

// apart reports whether some pieces are drawn before others, but for a stray one
// among many.
func apart(a, b []*piece) bool {
	orders := make([]int, len(b))
	for i, p := range b {
		orders[i] = p.order
	}
	slices.Sort(orders)
	before := 0 // pairs of which that of b is drawn first
	for _, p := range a {
		n, _ := slices.BinarySearch(orders, p.order)
		before += n
	}
	const few = 25 // one pair in so many
	all := len(a) * len(b)
	return all > 0 && min(before, all-before)*few <= all
}

// isColumn reports whether enough of some lines are as wide as a column is.
func isColumn(lines []*piece, size float64) bool {
	width, filled := filling(lines)
	return isWide(lines, size) || len(lines) >= minColumnLines && width >= minNarrow*size && 2*len(filled) > len(lines)
}

// isLong reports whether a column has enough wide lines to be sure of it.
func isLong(lines []*piece, size float64) bool {
	const many = 8
	return wideLines(lines, size) >= many
}

// isWide reports whether enough of some lines are lines of a column that is not
// narrow.
func isWide(lines []*piece, size float64) bool { return wideLines(lines, size) >= minColumnLines }

func wideLines(lines []*piece, size float64) int {
	_, filled := filling(lines)
	wide := 0
	for _, p := range filled {
		if p.width() >= minColumn*size {
			wide++
		}
	}
	return wide
}

// filling are the lines that fill most of the width that some have together.
func filling(lines []*piece) (width float64, filled []*piece) {
	if len(lines) == 0 {
		return 0, nil
	}
	whole := lines[0].box
	for _, p := range lines {
		whole = whole.join(p.box)
	}
	for _, p := range lines {
		const most = 0.65
		if p.width() >= most*whole.width() {
			filled = append(filled, p)
		}
	}
	return whole.width(), filled
}
