package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/corpus/internal/text"
)

// line is a line of a column, or a row of a table.
type line struct {
	box
	cells    []*piece
	baseline float64
	size     float64
	bold     bool
	heading  bool    // the file says that it is one
	contents bool    // it is of a table of contents
	right    float64 // where it would end if it was full
	page     int
	column   *column
	row      bool // it is a row of a table
	text     string
}

// column is a part of a page that is read from top to bottom.
type column struct {
	span
	leading map[float64]float64 // by size: between its lines, from one to the next
}

// linesOf are the lines of a column, given the rules that are drawn on its page.
func linesOf(pieces []*piece, page int, rules []box) []*line {
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
	setRight(out)
	out = rows(out, rules)
	for _, l := range out {
		l.text = l.plain()
	}
	return out
}

// sameEnd is how near to each other, in letters' sizes, lines end that are set to
// end at the same place.
const sameEnd = 0.3

// setRight works out for each line of a column where it would end if it was full:
// where its neighbours do that end at one place, else where most of the column do,
// else where the longest does. In justified text one line may stick out.
func setRight(lines []*line) {
	if len(lines) == 0 {
		return
	}
	right, most, first := lines[0].x1, 0, 0
	var ends []float64 // of text
	for _, l := range lines {
		right = max(right, l.x1)
		if len(l.cells) == 1 {
			ends = append(ends, l.x1)
		}
	}
	slices.Sort(ends)
	for i := range ends {
		for ends[i]-ends[first] > sameEnd*lines[0].size {
			first++
		}
		const least, share = 4, 0.3
		if n := i - first + 1; n >= max(most, least) && float64(n) >= share*float64(len(ends)) {
			right, most = ends[i], n
		}
	}
	for _, l := range lines {
		l.right = right
	}
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && math.Abs(lines[j].x1-lines[i].x1) < sameEnd*lines[i].size && sameSize(lines[j].size, lines[i].size) {
			j++
		}
		const least = 3
		if j-i >= least && areStretched(lines[i:j]) {
			for _, l := range lines[i:j] {
				l.right = min(right, lines[i].x1)
			}
		}
		i = j
	}
}

// areStretched reports whether the blanks of some lines differ: they are not of one
// length by chance.
func areStretched(lines []*line) bool {
	least, most := math.Inf(1), 0.0
	for _, l := range lines {
		sum, n := 0.0, 0
		for _, g := range l.gaps() {
			sum += g.width()
			n++
		}
		if n > 0 {
			least, most = min(least, sum/float64(n)), max(most, sum/float64(n))
		}
	}
	const differ = 1.05
	return most > differ*least
}

// settle puts a line's cells in order and together where no wide gap parts them.
func (l *line) settle() {
	slices.SortStableFunc(l.cells, func(a, b *piece) int { return compare(a.x0, b.x0) })
	var cells []*piece
	for _, p := range l.cells {
		if n := len(cells); n > 0 && (p.x0-cells[n-1].x1 < cellGap*l.size || n == 1 && (isMarker(cells[0].string()) || isSection(cells[0], p))) {
			cells[n-1].take(p)
			continue
		}
		cells = append(cells, p)
	}
	l.cells = cells
	l.box = cells[0].box
	l.bold, l.heading = true, true
	letters := 0
	for _, p := range cells {
		l.box = l.join(p.box)
		l.bold, l.heading = l.bold && p.bold, l.heading && p.heading
		if len(p.glyphs) > letters {
			letters, l.size, l.baseline = len(p.glyphs), p.size, p.baseline
		}
	}
}

// section is the number of a part of a text.
var section = text.Pattern(`^(\d{1,2}(\.\d{1,2})*\.?|[A-Z](\.\d{1,2})+)$`)

// isSection reports whether a piece is the number of the heading that follows.
func isSection(p, heading *piece) bool {
	return p.bold && heading.bold && section().MatchString(p.string())
}

// leading is the distance from line to line that most lines of a size have.
func leading(lines []*line) map[float64]float64 {
	gaps := make(map[float64][]float64)
	for i := 1; i < len(lines); i++ {
		gap, size := lines[i-1].baseline-lines[i].baseline, lines[i].size
		const least = 0.8 // of the size: less is no new line
		if gap > least*size && sameSize(lines[i-1].size, size) {
			gaps[rounded(size)] = append(gaps[rounded(size)], gap)
		}
	}
	out := make(map[float64]float64, len(gaps))
	for size, g := range gaps {
		slices.Sort(g)
		const low = 3 // of ten: gaps between paragraphs are the larger ones
		out[size] = g[len(g)*low/10]
	}
	return out
}

// rounded is a size in half points.
func rounded(size float64) float64 { return math.Round(2*size) / 2 }

func sameSize(a, b float64) bool { return math.Abs(a-b) <= 0.08*max(a, b) }

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
		if i > 0 {
			if r, ok := accented(p.glyphs[i-1], g); ok {
				undo(&b)
				b.WriteRune(r)
				last = r
				continue
			}
		}
		if g.space && i > 0 && (!isIdeograph(last) || !isIdeograph(g.r)) {
			b.WriteByte(' ')
		}
		writeRune(&b, g.r)
		last = g.r
	}
	out = append(out, run{b.String(), now})
	for i := range out {
		out[i].text = ellipsis().ReplaceAllString(out[i].text, "$1…$2")
	}
	return out
}

// ellipsis is one that is set as three stops with blanks between.
var ellipsis = text.Pattern(`(^|[^.\s]\s?)\. \. \.(\s?[^.\s]|$)`)

// accented is the letter that an accent and the letter under it are: old fonts have
// them as two characters, one above the other.
func accented(a, g glyph) (rune, bool) {
	mark, letter := combining(a.r), g
	if mark == 0 {
		mark, letter = combining(g.r), a
	}
	if mark == 0 {
		return 0, false
	}
	if middle := (a.x0 + a.x1) / 2; !unicode.IsLetter(letter.r) || middle < g.x0 || middle > g.x1 {
		return 0, false
	}
	base := letter.r
	switch base {
	case 'ı':
		base = 'i'
	case 'ȷ':
		base = 'j'
	}
	composed := []rune(norm.NFC.String(string([]rune{base, mark})))
	return composed[0], len(composed) == 1
}

// combining is the mark that an accent is above or below a letter, 0 for none.
func combining(r rune) rune {
	switch r {
	case '´':
		return 0x301
	case '`':
		return 0x300
	case '¨':
		return 0x308
	case 'ˆ', '^':
		return 0x302
	case '˜', '~':
		return 0x303
	case '¸':
		return 0x327
	case 'ˇ':
		return 0x30C
	case '˚':
		return 0x30A
	case '¯':
		return 0x304
	case '˘':
		return 0x306
	case '˙':
		return 0x307
	case '˝':
		return 0x30B
	}
	return 0
}

// undo takes back the character that was written last.
func undo(b *strings.Builder) {
	s := b.String()
	_, n := utf8.DecodeLastRuneInString(s)
	b.Reset()
	b.WriteString(s[:len(s)-n])
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
	if !unicode.IsDigit(g.r) && !unicode.IsLetter(g.r) || g.height() > small*p.size {
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
	bullet = text.Pattern(`^([•●▪◦‣■∙⁃○□▸►➢✓✔❖·*–—−-]|\x{F0B7})(\s|$)`)
	// dash is a bullet that also stands inside sentences.
	dash = text.Pattern(`^[–—−-]`)
	// number begins an item of a list that is numbered.
	number = text.Pattern(`^(\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])(\s|$)`)
	// leaders are the dots between an entry of a table of contents and its page.
	leaders = text.Pattern(`(\.\s?){4,}\s*[\divxlc]{1,5}$|(…\s?){2,}\s*\d{1,5}$`)
)

// isMarker reports whether a text is only what an item of a list begins with.
func isMarker(s string) bool {
	return utf8.RuneCountInString(s) <= len("(viii)") && (bullet().MatchString(s) || number().MatchString(s))
}
