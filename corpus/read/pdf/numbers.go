package pdf

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// numberLines takes the numbers of lines away that stand beside the text of drafts,
// laws and papers of courts, and says which: five or more below each other, from one
// to the next by the same step, with nothing farther out.
func (pg *page) numberLines() string {
	var numbers []*piece
	for _, p := range pg.pieces {
		const most = 4 // digits
		if len(p.glyphs) > most || !unicode.IsDigit(p.glyphs[0].r) {
			continue
		}
		if _, err := strconv.Atoi(p.string()); err == nil {
			numbers = append(numbers, p)
		}
	}
	for _, left := range []bool{true, false} {
		column := outermost(numbers, left)
		const least = 5
		if len(column) < least || !countUp(column) || slices.ContainsFunc(pg.pieces, func(p *piece) bool {
			return !slices.Contains(column, p) && !pg.atEdge(p) && (left && p.x0 < column[0].x1 || !left && p.x1 > column[0].x0)
		}) {
			continue
		}
		var s []string
		for _, p := range column {
			s = append(s, p.string())
		}
		pg.pieces = slices.DeleteFunc(pg.pieces, func(p *piece) bool { return slices.Contains(column, p) })
		return strings.Join(s, " ")
	}
	return ""
}

// outermost are the pieces at the left or right that end at one place, from the top.
func outermost(pieces []*piece, left bool) []*piece {
	if len(pieces) == 0 {
		return nil
	}
	outer := slices.MinFunc(pieces, func(a, b *piece) int {
		if left {
			return compare(a.x1, b.x1)
		}
		return compare(b.x1, a.x1)
	})
	const same = 0.8 // of the letters' size
	var out []*piece
	for _, p := range pieces {
		if math.Abs(p.x1-outer.x1) < same*p.size || math.Abs(p.x0-outer.x0) < same*p.size {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b *piece) int { return compare(b.baseline, a.baseline) })
	return out
}

// countUp reports whether pieces are numbers that grow by one step, but for a few.
func countUp(pieces []*piece) bool {
	steps := make(map[int]int)
	most := 0
	for i := 1; i < len(pieces); i++ {
		a, _ := strconv.Atoi(pieces[i-1].string())
		b, _ := strconv.Atoi(pieces[i].string())
		if b > a {
			steps[b-a]++
			most = max(most, steps[b-a])
		}
	}
	const few = 10 // one in so many
	return (len(pieces)-1-most)*few <= len(pieces)
}
