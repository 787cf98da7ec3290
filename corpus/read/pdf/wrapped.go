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

// wraps reports whether a line may go on the cells of a row: one of its own begins in
// the middle of a sentence, no number stands below one, and none below or above two.
func (l *line) wraps(next *line) bool {
	goesOn := false
	above := make(map[*piece]int)
	for _, q := range next.cells {
		s := q.string()
		goesOn = goesOn || unicode.IsLower(text.FirstRune(s))
		n := 0
		for _, p := range l.cells {
			if q.x0 >= p.x1 || p.x0 >= q.x1 {
				continue
			}
			n++
			above[p]++
			if n > 1 || above[p] > 1 || isNumber(s) && isNumber(p.string()) {
				return false
			}
		}
	}
	return goesOn
}

// isNumber reports whether a cell holds a number, with what may stand around one.
func isNumber(s string) bool {
	return strings.ContainsFunc(s, unicode.IsDigit) && !strings.ContainsFunc(s, unicode.IsLetter)
}
