package pdf

import "math"

// trimmed is how many of the pieces of a band are columns for sure. Where columns are
// drawn one after the other, what stands across them is told by when it is drawn: a
// table and its caption below them after both, one above them before both, which
// makes it none.
func trimmed(pieces []*piece, cut, size float64) int {
	n := len(pieces)
	isText := func(p *piece) bool { return p.width() >= minColumn*size }
	after := make([]int, n+1) // the order of the text that is drawn first from a piece on
	after[n] = math.MaxInt
	for i := n - 1; i >= 0; i-- {
		if after[i] = after[i+1]; isText(pieces[i]) {
			after[i] = min(after[i], pieces[i].order)
		}
	}
	last := -1 // the order of the text above that is drawn last
	for i := 0; i < n; {
		k, low, high := i, pieces[i].order, pieces[i].order
		for k < n && pieces[k].isLevel(pieces[i]) {
			low, high = min(low, pieces[k].order), max(high, pieces[k].order)
			k++
		}
		if low > last && high < after[k] {
			switch above, below := pieces[:i], pieces[k:]; {
			case last < 0 && k-i > 1 && standsFirst(pieces[i:k], cut, isText, below):
				return 0
			case last >= 0 && standsFirst(pieces[i:k], cut, isText, above):
				return i
			}
		}
		for ; i < k; i++ {
			if isText(pieces[i]) {
				last = max(last, pieces[i].order)
			}
		}
	}
	return n
}

// standsFirst reports whether a line has a piece in the column that is drawn first,
// where that and the other one are long enough to tell.
func standsFirst(line []*piece, cut float64, isText func(*piece) bool, columns []*piece) bool {
	var sides [2][]*piece
	var sum [2]int
	for _, p := range columns {
		if isText(p) {
			k := side(p, cut)
			sides[k] = append(sides[k], p)
			sum[k] += p.order
		}
	}
	if len(sides[0]) < minColumnLines || len(sides[1]) < minColumnLines || !apart(sides[0], sides[1]) {
		return false
	}
	first := 0
	if sum[1]/len(sides[1]) < sum[0]/len(sides[0]) {
		first = 1
	}
	for _, p := range line {
		if side(p, cut) == first {
			return true
		}
	}
	return false
}

// side is 0 for what stands before a cut, 1 for what stands behind it.
func side(p *piece, cut float64) int {
	if p.x1 <= cut {
		return 0
	}
	return 1
}
