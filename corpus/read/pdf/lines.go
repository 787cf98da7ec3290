package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
)

// line is a line of a column, or a row of a table.
type line struct {
	box
	cells    []*piece
	baseline float64
	size     float64
	bold     bool
	page     int
	column   *column
	row      bool // it is a row of a table
	text     string
}

// column is a part of a page that is read from top to bottom.
type column struct {
	span
	leading float64 // between its lines, from one to the next
}

// linesOf are the lines of a column.
func linesOf(pieces []*piece, page int) []*line {
	slices.SortStableFunc(pieces, func(a, b *piece) int { return compare(b.baseline, a.baseline) })
	var out []*line
	for _, p := range pieces {
		const same = 0.35 // of the letters' size
		if n := len(out); n > 0 && math.Abs(out[n-1].baseline-p.baseline) < same*min(out[n-1].size, p.size) {
			out[n-1].cells = append(out[n-1].cells, p)
			out[n-1].size = max(out[n-1].size, p.size)
			continue
		}
		out = append(out, &line{cells: []*piece{p}, baseline: p.baseline, size: p.size, page: page})
	}
	c := &column{}
	for i, l := range out {
		l.settle()
		l.column = c
		if i == 0 {
			c.span = span{l.x0, l.x1}
		}
		c.span = span{min(c.x0, l.x0), max(c.x1, l.x1)}
	}
	c.leading = leading(out)
	markRows(out)
	for _, l := range out {
		l.text = l.plain()
	}
	return out
}

// settle puts a line's cells in order and together where no wide gap parts them.
func (l *line) settle() {
	slices.SortStableFunc(l.cells, func(a, b *piece) int { return compare(a.x0, b.x0) })
	var cells []*piece
	for _, p := range l.cells {
		if n := len(cells); n > 0 && (p.x0-cells[n-1].x1 < cellGap*l.size || n == 1 && isMarker(cells[0].string())) {
			cells[n-1].take(p)
			continue
		}
		cells = append(cells, p)
	}
	l.cells = cells
	l.box = cells[0].box
	l.bold = true
	letters := 0
	for _, p := range cells {
		l.box = l.join(p.box)
		l.bold = l.bold && p.bold
		if len(p.glyphs) > letters {
			letters, l.size, l.baseline = len(p.glyphs), p.size, p.baseline
		}
	}
}

// leading is the distance from line to line that most lines of a column have.
func leading(lines []*line) float64 {
	var gaps []float64
	for i := 1; i < len(lines); i++ {
		if gap := lines[i-1].baseline - lines[i].baseline; gap > 0 && sameSize(lines[i-1].size, lines[i].size) {
			gaps = append(gaps, gap)
		}
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	const low = 3 // of ten: gaps between paragraphs are the larger ones
	return gaps[len(gaps)*low/10]
}

func sameSize(a, b float64) bool { return math.Abs(a-b) <= 0.08*max(a, b) }

// markRows finds the rows of tables: lines of several cells, at least two in
// sequence, that stand below each other.
func markRows(lines []*line) {
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		if len(a.cells) > 1 && len(b.cells) > 1 && a.baseline-b.baseline < 4*max(a.size, b.size) && aligned(a, b) {
			a.row, b.row = true, true
		}
	}
}

// aligned reports whether a cell behind the first stands below one of the line
// above: their left or right edges or their middles do.
func aligned(a, b *line) bool {
	near := 0.6 * b.size
	for _, p := range a.cells[1:] {
		for _, q := range b.cells[1:] {
			if math.Abs(p.x0-q.x0) < near || math.Abs(p.x1-q.x1) < near || math.Abs(p.x0+p.x1-q.x0-q.x1) < 2*near {
				return true
			}
		}
	}
	return false
}

// plain is a line's text without regard to raised characters.
func (l *line) plain() string {
	parts := make([]string, len(l.cells))
	for i, p := range l.cells {
		parts[i] = p.string()
	}
	return strings.Join(parts, " ")
}

func (p *piece) string() string {
	var b strings.Builder
	for _, s := range p.runs() {
		b.WriteString(s.text)
	}
	return b.String()
}

// run is text that stands on the line, above or below it.
type run struct {
	text    string
	shifted string // "", "sup", "sub"
}

// runs are the texts of a piece.
func (p *piece) runs() []run {
	var out []run
	var b strings.Builder
	now := ""
	last := ' '
	for i, g := range p.glyphs {
		if s := p.shift(g); i == 0 || s != now {
			if b.Len() > 0 {
				out = append(out, run{b.String(), now})
				b.Reset()
			}
			now = s
		}
		if g.space && i > 0 && !(isIdeograph(last) && isIdeograph(g.r)) {
			b.WriteByte(' ')
		}
		writeRune(&b, g.r)
		last = g.r
	}
	return append(out, run{b.String(), now})
}

// writeRune writes a character; ligatures are letters.
func writeRune(b *strings.Builder, r rune) {
	switch r {
	case 'ﬀ':
		b.WriteString("ff")
	case 'ﬁ':
		b.WriteString("fi")
	case 'ﬂ':
		b.WriteString("fl")
	case 'ﬃ':
		b.WriteString("ffi")
	case 'ﬄ':
		b.WriteString("ffl")
	case 'ﬅ', 'ﬆ':
		b.WriteString("st")
	case '\uF0B7':
		b.WriteString("•")
	default:
		b.WriteRune(r)
	}
}

// shift says whether a character is raised or lowered: it is small and stands
// above or below the line.
func (p *piece) shift(g glyph) string {
	const small, above, below = 0.62, 0.2, 0.08 // of the letters' size
	if !(g.r >= '0' && g.r <= '9' || unicode.IsLetter(g.r)) || g.height() > small*p.size {
		return ""
	}
	switch {
	case g.y0 > p.baseline+above*p.size:
		return "sup"
	case g.y0 < p.baseline-below*p.size && unicode.IsDigit(g.r):
		return "sub"
	}
	return ""
}

// isIdeograph reports whether a character is of a script without blanks.
func isIdeograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0
}

var (
	// bullet begins an item of a list.
	bullet = text.Pattern(`^([•●▪◦‣■∙⁃○□▸►➢✓✔❖·*–—-]|\x{F0B7})(\s|$)`)
	// number begins an item of a list that is numbered.
	number = text.Pattern(`^(\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])(\s|$)`)
	// leaders are the dots between an entry of a table of contents and its page.
	leaders = text.Pattern(`(\.\s?){4,}\s*[\divxlc]{1,5}$|(…\s?){2,}\s*\d{1,5}$`)
)

// isMarker reports whether a text is only what an item of a list begins with.
func isMarker(s string) bool {
	return utf8.RuneCountInString(s) <= len("(viii)") && (bullet().MatchString(s) || number().MatchString(s))
}
