package pdf

import (
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
)

// gap is white space in a line, between words or cells.
type gap struct {
	span
	loose  bool // it is wider than a blank of its line
	wide   bool // much wider
	closes bool // a sentence ends before it
}

func (g span) width() float64 { return g.x1 - g.x0 }

// gaps are those of a line from left to right, but for the one behind the mark of
// an item or the number of a heading. One is wide that parts pieces, or that is much wider than the others of
// the line.
func (l *line) gaps() []gap {
	var out []gap
	var blanks []float64
	mark := l.cells[0].mark()
	for i, p := range l.cells {
		for k, g := range p.glyphs {
			switch {
			case i == 0 && k == mark:
			case k > 0 && g.space:
				out = append(out, gap{span: span{p.glyphs[k-1].x1, g.x0}, closes: p.closes(k)})
				blanks = append(blanks, g.x0-p.glyphs[k-1].x1)
			case k == 0 && i > 0:
				before := l.cells[i-1]
				out = append(out, gap{span{before.x1, g.x0}, true, true, before.closes(len(before.glyphs))})
			}
		}
	}
	// In letters' sizes, and in parts of the line's other gaps.
	const usual, leastLoose, timesLoose, leastWide, timesWide = 0.28, 0.32, 1.25, 0.5, 1.7
	// Between sentences there is more.
	const sentence, stretched = 1.1, 2.5
	blank := usual * l.size
	numbers := l.areNumbers()
	if len(blanks) > 1 && !numbers {
		slices.Sort(blanks)
		blank = blanks[(len(blanks)-1)/2]
	}
	for i, g := range out {
		is := func(least, times float64) bool { return g.wide || g.width() > max(least*l.size, times*blank) }
		between := g.closes && (g.width() < sentence*l.size || l.isFull() && g.width() < stretched*l.size)
		out[i].loose, out[i].wide = (numbers || is(leastLoose, timesLoose)) && !between, is(leastWide, timesWide) && !between
	}
	return out
}

// areNumbers reports whether most words of a line are numbers: every blank may part
// two of a row's.
func (l *line) areNumbers() bool {
	words, numbers := 0, 0
	for _, p := range l.cells {
		digit := false
		for k, g := range p.glyphs {
			if k == 0 || g.space {
				words++
				digit = false
			}
			if !digit && unicode.IsDigit(g.r) {
				digit = true
				numbers++
			}
		}
	}
	const most = 0.6
	return words > 1 && float64(numbers) >= most*float64(words)
}

// isFull reports whether a line goes to where full lines of its column end.
func (l *line) isFull() bool { return l.x1 > l.right-l.size }

// closes reports whether a sentence may end before the glyph k.
func (p *piece) closes(k int) bool {
	k--
	for k > 0 && text.IsCloser(p.glyphs[k].r) {
		k--
	}
	return k >= 0 && strings.ContainsRune(".!?:", p.glyphs[k].r)
}

// mark is the length in glyphs of what a piece begins with that marks an item or
// numbers a heading, 0 for none.
func (p *piece) mark() int {
	var b strings.Builder
	for k, g := range p.glyphs[:min(len(p.glyphs), len("(viii)")+1)] {
		if k > 0 && g.space {
			if s := b.String(); isMarker(s) || section().MatchString(s) {
				return k
			}
			return 0
		}
		writeRune(&b, g.r)
	}
	return 0
}

// isStretched reports whether a line that wide gaps seem to part is text that is
// stretched to the column's width: its gaps are alike, and the first word of the
// next line would not have gone into it.
func (l *line) isStretched(next *line) bool {
	if len(l.cells) < 2 || l.x1 < l.right-0.6*l.size || next.row {
		return false
	}
	const usual, alike = 0.28, 0.35 // of the letters' size
	all := l.gaps()
	least, most, saved := all[0].width(), all[0].width(), 0.0
	for _, g := range all {
		least, most = min(least, g.width()), max(most, g.width())
		saved += g.width() - usual*l.size
	}
	word := next.cells[0]
	first := word.width()
	for k, g := range word.glyphs {
		if k > 0 && g.space {
			first = word.glyphs[k-1].x1 - word.x0
			break
		}
	}
	return most-least < alike*l.size+least/10 && saved < first+(usual+alike)*l.size
}

// merge makes one cell of a line's.
func (l *line) merge() {
	for _, p := range l.cells[1:] {
		p.glyphs[0].space = true
		l.cells[0].take(p)
	}
	l.cells = l.cells[:1]
}

// parts are what wide gaps leave of a line.
func (l *line) parts() []span {
	var out []span
	from := l.x0
	for _, g := range l.gaps() {
		if g.wide {
			out = append(out, span{from, g.x0})
			from = g.x1
		}
	}
	return append(out, span{from, l.x1})
}
