package pdf

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"parley/corpus/read/limit"
)

// box is a rectangle on a page in points, y upwards.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) width() float64  { return b.x1 - b.x0 }
func (b box) height() float64 { return b.y1 - b.y0 }

// join is the rectangle around two.
func (b box) join(c box) box {
	return box{min(b.x0, c.x0), min(b.y0, c.y0), max(b.x1, c.x1), max(b.y1, c.y1)}
}

// glyph is a character on a page.
type glyph struct {
	box
	r     rune
	space bool // white space stands before it
}

// piece is a run of characters in a line, without a wide gap inside.
type piece struct {
	box
	glyphs   []glyph
	baseline float64
	size     float64 // of its letters, in points
	bold     bool
	item     bool // a mark is drawn before it
	heading  bool // the file says that it is one
	letter   int  // the index of one of its letters, -1 for none
	order    int  // among the page's pieces, as its file draws them
}

// page is what stands on a page.
type page struct {
	box
	pieces  []*piece // upright ones
	shapes  []box    // that are drawn
	upright int      // the quarter turns that most characters are set at
	turned  string   // text that is set at another angle
	outside string   // text that the page does not show
	lost    int      // characters that the fonts do not name
	picture bool     // without text
}

// hyphen is what PDFium makes of a hyphen at the end of a line.
const hyphen = '\u0002'

// reader reads the pages of a file.
type reader struct {
	*instance
	meter    *limit.Meter
	document references.FPDF_DOCUMENT
	open     []references.FPDF_PAGE // the pages read last: their fonts stay in memory
}

// charsPerNode is how many characters count as an element: a file may have two
// million of them, some 700 full pages. charTime is what each earns the file of time,
// three times what it takes here: a report of 250 pages takes as long as it must.
const (
	charsPerNode = 2
	charTime     = 20 * time.Microsecond
)

// keepOpen is how many pages stay open. Without that PDFium reads their fonts anew
// on each page.
const keepOpen = 8

// page reads a page.
func (r *reader) page(index int) (*page, error) {
	loaded, err := r.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: r.document, Index: index})
	if err != nil {
		return nil, err
	}
	r.open = append(r.open, loaded.Page)
	if len(r.open) > keepOpen {
		if _, err := r.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: r.open[0]}); err != nil {
			return nil, err
		}
		r.open = r.open[1:]
	}
	ref := requests.Page{ByReference: &loaded.Page}
	structured, err := r.GetPageTextStructured(&requests.GetPageTextStructured{Page: ref, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	if err := r.meter.Nodes(len(structured.Chars) / charsPerNode); err != nil {
		return nil, err
	}
	r.meter.Earn(time.Duration(len(structured.Chars)) * charTime)
	p := &page{box: r.bounds(ref)}
	if len(structured.Chars) == 0 {
		objects, err := r.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
		p.picture = err == nil && objects.Count > 0
		return p, nil
	}
	text, err := r.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return nil, err
	}
	if err = r.split(p, structured.Chars, text.TextPage); err == nil {
		err = r.headings(p, ref, text.TextPage)
	}
	if _, closing := r.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}); err == nil {
		err = closing
	}
	if err == nil {
		err = r.drawn(p, ref)
	}
	return p, err
}

// bounds is the part of a page that is shown. Positions are as the page is stored,
// not turned.
func (r *reader) bounds(ref requests.Page) box {
	got, err := r.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: ref})
	if err != nil {
		return box{}
	}
	b := got.Rect
	return box{float64(b.Left), float64(min(b.Bottom, b.Top)), float64(b.Right), float64(max(b.Bottom, b.Top))}
}

// quarter is the number of quarter turns that a character is set at; characters
// at other angles have none.
func quarter(angle float64) (int, bool) {
	turns := angle / (math.Pi / 2)
	q := math.Round(turns)
	const most = 0.05
	return int(q) & 3, math.Abs(turns-q) < most
}

// split takes a page's characters apart into pieces of lines. The angle that most
// are set at is upright.
func (r *reader) split(p *page, chars []*responses.GetPageTextStructuredChar, text references.FPDF_TEXTPAGE) error {
	var count [4]int
	for _, c := range chars {
		if q, ok := quarter(c.Angle); ok && strings.TrimSpace(c.Text) != "" {
			count[q]++
		}
	}
	upright := slices.Index(count[:], slices.Max(count[:]))
	p.upright, p.box = upright, turn(p.box, upright)
	s := splitter{reader: r, page: p, text: text}
	var turned strings.Builder
	for i, c := range chars {
		ch := []rune(c.Text)
		if len(ch) != 1 {
			p.lost++
			continue
		}
		g := glyph{r: ch[0], box: turn(box{c.PointPosition.Left, c.PointPosition.Bottom, c.PointPosition.Right, c.PointPosition.Top}, upright)}
		switch q, ok := quarter(c.Angle); {
		case g.r == '\r' || g.r == '\n':
			if err := s.end(); err != nil {
				return err
			}
			turned.WriteByte(' ')
			continue
		case unicode.IsSpace(g.r):
			s.space = true
			turned.WriteByte(' ')
			continue
		case !ok || q != upright:
			turned.WriteRune(g.r)
			continue
		case g.r == unicode.ReplacementChar || unicode.Is(unicode.Co, g.r) && g.r != '\uF0B7' || unicode.Is(unicode.Cc, g.r) && g.r != hyphen:
			p.lost++
			continue
		}
		if err := s.add(i, g); err != nil {
			return err
		}
	}
	p.turned = turned.String()
	return s.end()
}

// turn turns a box back by quarter turns, which PDFium counts clockwise.
func turn(b box, quarters int) box {
	switch quarters {
	case 1:
		return box{-b.y1, b.x0, -b.y0, b.x1}
	case 2:
		return box{-b.x1, -b.y1, -b.x0, -b.y0}
	case 3:
		return box{b.y0, -b.x1, b.y1, -b.x0}
	}
	return b
}

// hides reports whether all of something stands outside of the part of a page that is
// shown.
func (pg *page) hides(b box) bool {
	return pg.width() > 0 && (b.x1 < pg.x0 || b.x0 > pg.x1 || b.y1 < pg.y0 || b.y0 > pg.y1)
}

// splitter makes pieces of characters.
type splitter struct {
	*reader
	page  *page
	text  references.FPDF_TEXTPAGE
	piece *piece
	space bool // white space stands before the next character

	glyphs  []glyph // of the piece
	letters []int   // the indices of those that are letters
}

// The gaps between pieces, in parts of the letters' size: from wordGap on there is
// a blank, from cellGap on another cell or column. Between characters that follow
// each other PDFium sets the blanks.
const (
	wordGap = 0.2
	cellGap = 1.2
	// accent is how far above or below other letters of a line something stands
	// that belongs to it.
	accent = 0.35
)

func (s *splitter) add(i int, g glyph) error {
	g.space = s.space
	s.space = false
	if p := s.piece; p != nil {
		last := s.glyphs[len(s.glyphs)-1]
		gap := g.x0 - last.x1
		apart := g.y0 > p.y1+accent*p.size || g.y1 < p.y0-accent*p.size // above or below the line
		if gap > cellGap*p.size || gap < -p.size || apart {
			if err := s.end(); err != nil {
				return err
			}
		}
	}
	if s.piece == nil {
		size, err := s.size(i)
		if err != nil {
			return err
		}
		if size <= 0 {
			size = max(g.height(), 1)
		}
		s.piece = &piece{box: g.box, size: size, letter: -1}
		s.glyphs, s.letters = s.glyphs[:0], s.letters[:0]
	}
	if unicode.IsLetter(g.r) || unicode.IsDigit(g.r) {
		s.letters = append(s.letters, i)
	}
	s.glyphs = append(s.glyphs, g)
	s.piece.box = s.piece.join(g.box)
	return nil
}

// end ends a piece. It is bold if the letters in its middle and at its end are.
func (s *splitter) end() error {
	s.space = false
	if s.piece == nil {
		return nil
	}
	s.piece.glyphs = slices.Clone(s.glyphs) // no larger than it must be: a report has a million
	if n := len(s.letters); n > 0 {
		if err := s.settleSize(); err != nil {
			return err
		}
		s.piece.letter = s.letters[n/2]
		s.piece.bold = s.isBold(s.letters[n/2]) && s.isBold(s.letters[n-1])
	}
	s.piece.settle()
	if s.page.hides(s.piece.box) {
		s.page.outside += s.piece.string() + " "
		s.piece = nil
		return nil
	}
	s.piece.order = len(s.page.pieces)
	s.page.pieces = append(s.page.pieces, s.piece)
	s.piece = nil
	return nil
}

// settleSize finds the size of most of a piece: what stands first may be a bullet or
// an initial, what stands in the middle a raised number.
func (s *splitter) settleSize() error {
	n := len(s.letters)
	middle, err := s.size(s.letters[n/2])
	if err != nil || middle <= 0 || sameSize(middle, s.piece.size) {
		return err
	}
	last, err := s.size(s.letters[n-1])
	if err != nil {
		return err
	}
	three := []float64{s.piece.size, middle, last}
	slices.Sort(three)
	s.piece.size = three[1]
	return nil
}

// size is that of a character.
func (s *splitter) size(i int) (float64, error) {
	f, err := s.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: s.text, Index: i})
	if err != nil {
		return 0, err
	}
	mx, err := s.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: s.text, Index: i})
	if err != nil {
		return f.FontSize, s.meter.Clock()
	}
	return f.FontSize * math.Hypot(float64(mx.Matrix.C), float64(mx.Matrix.D)), nil
}

// isBold reports whether a character is, by the weight or the name of its font.
func (s *splitter) isBold(i int) bool {
	if w, err := s.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: s.text, Index: i}); err == nil && w.FontWeight >= boldWeight {
		return true
	}
	info, err := s.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: s.text, Index: i})
	if err != nil {
		return false
	}
	name := strings.ToLower(info.FontName)
	return strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") || strings.Contains(name, "cmbx")
}

// boldWeight is the weight from which on a font is bold: that of "semi-bold".
const boldWeight = 600

// settle finds the line that a piece's letters stand on.
func (p *piece) settle() {
	var bottoms []float64
	for _, g := range p.glyphs {
		if standsOnLine(g.r) {
			bottoms = append(bottoms, g.y0)
		}
	}
	if len(bottoms) == 0 {
		p.baseline = p.y0
		return
	}
	slices.Sort(bottoms)
	p.baseline = bottoms[len(bottoms)/2]
}

// standsOnLine reports whether a character's lower edge is the line: letters
// without a part below it, and digits.
func standsOnLine(r rune) bool {
	switch {
	case strings.ContainsRune("gjpqyQJ", r):
		return false
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r)
}
