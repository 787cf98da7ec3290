package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
)

// wrapped makes one row of the lines of a row whose cells have several: they stand
// nearer to each other than rows do, and go on cells of the line above.
func wrapped(lines []*line) []*line {
	var out []*line
	for i := 0; i < len(lines); {
		n := 1
		for i+n < len(lines) && lines[i].row && lines[i+n].row {
			n++
		}
		out = append(out, wrappedRows(lines[i:i+n])...)
		i += n
	}
	return out
}

// wrappedRows are the rows of a table, given its lines.
func wrappedRows(lines []*line) []*line {
	const same, farther, most = 1.1, 1.25, 4
	tight, widest := math.Inf(1), 0.0
	for i := 1; i < len(lines); i++ {
		gap := lines[i-1].baseline - lines[i].baseline
		tight, widest = min(tight, gap), max(widest, gap)
	}
	if widest < farther*tight {
		return lines
	}
	var out []*line
	for i := 0; i < len(lines); {
		n := 1
		for i+n < len(lines) && lines[i+n-1].baseline-lines[i+n].baseline < same*tight {
			n++
		}
		if n > most || slices.ContainsFunc(lines[i+1:i+n], func(l *line) bool { return !lines[i].wraps(l) }) {
			out = append(out, lines[i:i+n]...)
		} else {
			out = append(out, oneRow(lines[i:i+n]))
		}
		i += n
	}
	return out
}

// wraps reports whether a line goes on the cells of a row: below a cell that begins
// like a sentence one begins in the middle of it, and none stands so that it could
// not.
func (l *line) wraps(next *line) bool {
	return !l.conflicts(next) && slices.ContainsFunc(next.cells, func(q *piece) bool {
		return unicode.IsLower(text.FirstRune(q.string())) && slices.ContainsFunc(l.cells, func(p *piece) bool {
			return q.x0 < p.x1 && p.x0 < q.x1 && !unicode.IsLower(text.FirstRune(p.string()))
		})
	})
}

// conflicts reports whether a line cannot go on the cells of a row: a number stands
// below one, or a cell below or above two.
func (l *line) conflicts(next *line) bool {
	above := make(map[*piece]int)
	for _, q := range next.cells {
		n := 0
		for _, p := range l.cells {
			if q.x0 >= p.x1 || p.x0 >= q.x1 {
				continue
			}
			n++
			above[p]++
			if n > 1 || above[p] > 1 || isNumber(q.string()) && isNumber(p.string()) {
				return true
			}
		}
	}
	return false
}

// isNumber reports whether a cell holds a number, with what may stand around one.
func isNumber(s string) bool {
	return strings.ContainsFunc(s, unicode.IsDigit) && !strings.ContainsFunc(s, unicode.IsLetter)
}
