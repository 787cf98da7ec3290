package pdf

import (
	"math"
	"slices"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

// What is drawn on a page and not written says what the text is: a dot before a line
// makes an item of it, rules part the rows of a table.

// mostDrawn is how many things on a page are looked at, each for some 2 µs. Maps and
// charts have more.
const mostDrawn = 10_000

// drawn reads where a page's lines, rectangles and dots stand.
func (r *reader) drawn(p *page, ref requests.Page) error {
	objects, err := r.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return r.meter.Clock()
	}
	for i := range min(objects.Count, mostDrawn) {
		o, err := r.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			return r.meter.Clock()
		}
		kind, err := r.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		if err != nil || kind.Type != enums.FPDF_PAGEOBJ_PATH {
			continue
		}
		b, err := r.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o.PageObject})
		if err == nil {
			p.shapes = append(p.shapes, turn(box{float64(b.Left), float64(b.Bottom), float64(b.Right), float64(b.Top)}, p.upright))
		}
	}
	return r.meter.Nodes(len(p.shapes))
}

// mostDots is how many dots a page may have that are marks of items. A chart has
// more.
const mostDots = 100

// markItems finds the pieces that a dot is drawn before.
func (p *page) markItems() {
	var dots []box
	for _, s := range p.shapes {
		const small, large, square = 1, 8, 1.4 // points, points, parts
		if w, h := s.width(), s.height(); w > small && w < large && h > small && h < large && max(w, h) < square*min(w, h) {
			dots = append(dots, s)
		}
	}
	if len(dots) > mostDots {
		return
	}
	for _, q := range p.pieces {
		q.item = slices.ContainsFunc(dots, q.isMarkedBy)
	}
}

// isMarkedBy reports whether a dot stands before a piece, at the height of its small
// letters.
func (p *piece) isMarkedBy(dot box) bool {
	const least, most, large, top = 0.2, 2.5, 0.7, 0.75 // of the letters' size
	gap, middle := p.x0-dot.x1, (dot.y0+dot.y1)/2
	return gap > least*p.size && gap < most*p.size && dot.height() < large*p.size && middle > p.baseline && middle < p.baseline+top*p.size
}

// rules are the lines that are drawn across a page, those around a rectangle among
// them, from the top.
func (p *page) rules() []box {
	const thin, long, low = 2, 20, 6 // points
	var out []box
	for _, s := range p.shapes {
		switch {
		case s.width() < long:
		case s.height() <= thin:
			out = append(out, s)
		case s.height() >= low:
			out = append(out, box{s.x0, s.y1, s.x1, s.y1}, box{s.x0, s.y0, s.x1, s.y0})
		}
	}
	slices.SortStableFunc(out, func(a, b box) int { return compare(b.y0+b.y1, a.y0+a.y1) })
	var joined []box
	for _, b := range out {
		const same = 3 // points
		if n := len(joined); n > 0 && math.Abs(joined[n-1].y0-b.y0) < same && b.x0 < joined[n-1].x1+same && joined[n-1].x0 < b.x1+same {
			joined[n-1] = box{min(joined[n-1].x0, b.x0), joined[n-1].y0, max(joined[n-1].x1, b.x1), joined[n-1].y1}
			continue
		}
		joined = append(joined, b)
	}
	return joined
}

// ruled makes rows of the lines of a table that stand between the same two rules.
// It takes at least three rows that rules part.
func ruled(lines []*line, rules []box) []*line {
	var out []*line
	for i := 0; i < len(lines); {
		k, ok := bandOf(lines[i].box, rules)
		n := 1
		for ok && i+n < len(lines) {
			if next, also := bandOf(lines[i+n].box, rules); !also || next != k {
				break
			}
			n++
		}
		if n > 1 && isTable(rules, k) && areOneRow(lines[i:i+n]) {
			out = append(out, oneRow(lines[i:i+n]))
		} else {
			out = append(out, lines[i:i+n]...)
		}
		i += n
	}
	return out
}

// bandOf is the number of the rule above a line, if there is another below it, both
// as wide at least.
func bandOf(b box, rules []box) (int, bool) {
	const slack = 2 // points
	middle := (b.y0 + b.y1) / 2
	spans := func(r box) bool { return r.x0 < b.x0+slack && r.x1 > b.x1-slack }
	k, _ := slices.BinarySearchFunc(rules, middle, func(r box, y float64) int { return compare(y, r.y0) })
	if k == 0 || k == len(rules) || !spans(rules[k-1]) || !spans(rules[k]) {
		return 0, false
	}
	return k - 1, true
}

// isTable reports whether the band below a rule is one of three of the same width.
func isTable(rules []box, k int) bool {
	const same = 3 // points
	first, last := k, k+1
	alike := func(i int) bool {
		return math.Abs(rules[i].x0-rules[k].x0) < same && math.Abs(rules[i].x1-rules[k].x1) < same
	}
	if !alike(k + 1) {
		return false
	}
	for first > 0 && alike(first-1) {
		first--
	}
	for last+1 < len(rules) && alike(last+1) {
		last++
	}
	const least = 4
	return last-first+1 >= least
}

// areOneRow reports whether lines may be those of one row: each has fewer cells than
// the fullest or goes on in the middle of a sentence, and no number stands below one.
func areOneRow(lines []*line) bool {
	const most = 8
	fullest := lines[0]
	for _, l := range lines {
		if len(l.cells) > len(fullest.cells) {
			fullest = l
		}
	}
	if len(lines) > most || len(fullest.cells) < 2 {
		return false
	}
	for i, l := range lines {
		if len(l.cells) == len(fullest.cells) && l != fullest && !fullest.wraps(l) ||
			slices.ContainsFunc(lines[:i], func(above *line) bool { return above.conflicts(l) }) {
			return false
		}
	}
	return true
}
