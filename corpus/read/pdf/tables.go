package pdf

import (
	"math"
	"slices"
)

// rows finds the rows of tables among the lines of a column, and takes their cells
// apart. Lines that go on cells of a row are put to it.
func rows(lines []*line, rules []box) []*line {
	lines = ruled(centred(lines), rules)
	for i, l := range lines[:max(len(lines)-1, 0)] {
		if l.isStretched(lines[i+1]) {
			l.merge()
		}
	}
	for _, table := range tables(lines) {
		for _, l := range table {
			l.row = true
		}
		for _, x := range borders(table) {
			for _, l := range table {
				l.splitAt(x)
			}
		}
	}
	lines = wrapped(lines)
	var out []*line
	for i, l := range lines {
		var after *line
		if i+1 < len(lines) {
			after = lines[i+1]
		}
		if n := len(out); n > 0 && out[n-1].row && (out[n-1].takeCells(l) || out[n-1].takeFirst(l, after)) {
			continue
		}
		out = append(out, l)
	}
	return out
}

// tables are lines of several cells, at least two of them, that stand below each
// other.
func tables(lines []*line) [][]*line {
	var out [][]*line
	var last *line
	var lastParts []span
	for _, l := range lines {
		parts := l.parts()
		if len(parts) < 2 || last != nil && len(l.cells) == 1 && last.goesOn(l) {
			continue
		}
		const far = 5 // letters' sizes
		if last != nil && last.baseline-l.baseline < far*max(last.size, l.size) && belong(last, l, lastParts, parts) {
			if n := len(out); n > 0 && out[n-1][len(out[n-1])-1] == last {
				out[n-1] = append(out[n-1], l)
			} else {
				out = append(out, []*line{last, l})
			}
		}
		last, lastParts = l, parts
	}
	return out
}

// belong reports whether two lines, in the parts that wide gaps make of them, are
// rows of one table. A gap that is wider than a cell's padding parts cells for sure;
// in a line without one all parts have to stand below such cells, in two without one
// below each other.
func belong(a, b *line, aParts, bParts []span) bool {
	near := alignment * b.size
	sure := func(l *line) bool { return len(l.cells) > 1 }
	switch {
	case sure(a) && sure(b):
		return below(aParts, bParts, near) > 0
	case sure(a):
		return below(aParts, bParts, near) == len(bParts)-1
	case sure(b):
		return below(bParts, aParts, near) == len(aParts)-1
	case a.isFull() || b.isFull() || len(aParts) != len(bParts):
		return false
	}
	for i := range aParts {
		if math.Abs(aParts[i].x0-bParts[i].x0) > near/2 {
			return false
		}
	}
	return true
}

// alignment is how exactly cells stand below each other, in letters' sizes.
const alignment = 0.6

// below is how many parts of a line behind the first stand below or above one of
// another: their left or right edges or their middles do.
func below(a, b []span, near float64) int {
	n := 0
	for _, q := range b[1:] {
		if slices.ContainsFunc(a[1:], func(p span) bool {
			return math.Abs(p.x0-q.x0) < near || math.Abs(p.x1-q.x1) < near || math.Abs(p.x0+p.x1-q.x0-q.x1) < 2*near
		}) {
			n++
		}
	}
	return n
}

// borders are where the columns of a table part: at wide gaps of a row that stay
// free in nearly all others.
func borders(table []*line) []float64 {
	all := make([][]gap, len(table))
	for i, l := range table {
		all[i] = l.gaps()
	}
	var out []float64
	for i := range table {
		for _, g := range all[i] {
			if !g.wide || slices.ContainsFunc(out, func(x float64) bool { return g.x0 <= x && x <= g.x1 }) {
				continue
			}
			free, crossed := g.span, 0
			for j, l := range table {
				if narrower, ok := l.leavesFree(free, all[j]); ok {
					free = narrower
				} else {
					crossed++
				}
			}
			const few = 5 // of the rows, one in so many
			if crossed*few <= len(table) {
				out = append(out, (free.x0+free.x1)/2)
			}
		}
	}
	return out
}

// leavesFree is the part of a span that nothing of a line stands in.
func (l *line) leavesFree(s span, gaps []gap) (span, bool) {
	least := 0.15 * l.size
	best := span{}
	for _, g := range append([]gap{{span: span{math.Inf(-1), l.x0}, loose: true}, {span: span{l.x1, math.Inf(1)}, loose: true}}, gaps...) {
		if !g.loose {
			continue
		}
		if both := (span{max(s.x0, g.x0), min(s.x1, g.x1)}); both.width() > best.width() {
			best = both
		}
	}
	return best, best.width() >= min(least, s.width())
}

// splitAt parts a cell that stands on both sides of a place between words.
func (l *line) splitAt(x float64) {
	if !slices.ContainsFunc(l.gaps(), func(g gap) bool { return g.loose && g.x0 <= x && x <= g.x1 }) {
		return
	}
	for i, p := range l.cells {
		for k := 1; k < len(p.glyphs); k++ {
			if p.glyphs[k-1].x1 <= x && x <= p.glyphs[k].x0 {
				l.cells = slices.Insert(l.cells, i+1, p.cut(k))
				return
			}
		}
	}
}

// cut takes the glyphs from k on away into a piece of their own.
func (p *piece) cut(k int) *piece {
	q := *p
	q.glyphs = slices.Clone(p.glyphs[k:])
	q.glyphs[0].space = false
	p.glyphs = slices.Clip(p.glyphs[:k])
	p.fit()
	q.fit()
	return &q
}

// fit makes a piece's box that of its glyphs.
func (p *piece) fit() {
	p.box = p.glyphs[0].box
	for _, g := range p.glyphs[1:] {
		p.box = p.join(g.box)
	}
}

// takeCells adds a line to the row above it if it goes on cells of that.
func (l *line) takeCells(next *line) bool {
	if !l.goesOn(next) || slices.ContainsFunc(next.cells, func(q *piece) bool { return isNumber(q.string()) && isNumber(l.cellAt(q).string()) }) {
		return false
	}
	var above []*piece // before any of them grows
	for _, q := range next.cells {
		above = append(above, l.cellAt(q))
	}
	for i, q := range next.cells {
		above[i].below(q)
	}
	l.box = l.join(next.box)
	return true
}

// goesOn reports whether a line goes on cells of a row above it: it has none in the
// first column, and each of its own begins where one of the row's does.
func (l *line) goesOn(next *line) bool {
	const tight = 1.5 // letters' sizes
	return len(next.cells) < len(l.cells) && l.y0-next.y1 < tight*next.size && next.x0 > l.cells[0].x1 &&
		!slices.ContainsFunc(next.cells, func(q *piece) bool { return l.cellAt(q) == nil })
}

// cellAt is the cell behind the first that begins where a piece does, nil for none.
func (l *line) cellAt(q *piece) *piece {
	for _, p := range l.cells[1:] {
		if math.Abs(p.x0-q.x0) < alignment*q.size {
			return p
		}
	}
	return nil
}

// takeFirst adds a line to the row above it if it goes on the first cell of that: it
// stands below it alone, nearer than the next row.
func (l *line) takeFirst(next, after *line) bool {
	const nearer = 1.2
	if next.row || after == nil || !after.row || len(next.cells) > 1 || len(l.cells) < 2 || next.x1 > l.cells[1].x0 ||
		math.Abs(next.x0-l.x0) > alignment*next.size || next.baseline-after.baseline < nearer*(l.baseline-next.baseline) {
		return false
	}
	l.cells[0].below(next.cells[0])
	l.box = l.join(next.box)
	return true
}

// below adds what stands in the next line of a cell.
func (p *piece) below(q *piece) {
	q.glyphs[0].space = true
	p.glyphs = append(p.glyphs, q.glyphs...)
	p.box = p.join(q.box)
}

// centred makes rows of lines that overlap in height and stand beside each other:
// cells of several lines in a row whose other cells are set at half their height.
func centred(lines []*line) []*line {
	var out []*line
	for i := 0; i < len(lines); {
		n := 1
		for i+n < len(lines) && lines[i+n-1].isBeside(lines[i+n]) {
			n++
		}
		const most = 5 // lines: more are columns
		if group := lines[i : i+n]; n > 1 && n <= most && slices.ContainsFunc(group, func(l *line) bool { return len(l.cells) > 1 }) {
			out = append(out, oneRow(group))
		} else {
			out = append(out, group...)
		}
		i += n
	}
	return out
}

// isBeside reports whether two lines overlap in height and nowhere in width.
func (l *line) isBeside(next *line) bool {
	const overlap = 0.2 // of the letters' size
	if next.y1-l.y0 < overlap*l.size || !sameSize(l.size, next.size) {
		return false
	}
	for _, p := range l.cells {
		for _, q := range next.cells {
			if p.x0 < q.x1 && q.x0 < p.x1 {
				return false
			}
		}
	}
	return true
}

// oneRow makes a row of lines.
func oneRow(group []*line) *line {
	row := *group[0]
	row.cells = nil
	for _, l := range group {
		row.box = row.join(l.box)
	next:
		for _, p := range l.cells {
			for _, q := range row.cells {
				if q.x0 < p.x1 && p.x0 < q.x1 {
					q.below(p)
					continue next
				}
			}
			row.cells = append(row.cells, p)
		}
	}
	slices.SortStableFunc(row.cells, func(a, b *piece) int { return compare(a.x0, b.x0) })
	row.row = true
	return &row
}
