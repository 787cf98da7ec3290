package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// The reasons that lines are left out for.
const (
	runningHead = "running head"
	pageNumber  = "page number"
	footnote    = "footnote"
	contents    = "table of contents"
	turnedText  = "text set sideways"
	outsideText = "text outside the page"
	lineNumber  = "line number"
)

// pageNumbers are what pages are numbered with.
var pageNumbers = text.Pattern(`(?i)^[\s|–—-]*((page|p\.|pg\.?|seite|side|sida|página|pagina|strona|str\.|стр\.?|страница)\s*)?(\d{1,4}|[ivxlc]{1,7})(\s*(of|/|von|de|di|av|из|z)\s*\d{1,4})?[\s|–—-]*$`)

// edge is how much of a page's height, at its top and bottom, running heads and
// page numbers stand in.
const edge = 0.13

// furniture takes the lines out of pages that stand on many of them at the same
// height, page numbers, and those that are known to be no text. Each text is noted
// once.
func furniture(pages []*page, known []*piece) []document.Drop {
	heads := headsOf(pages)
	var drops []document.Drop
	noted := make(map[string]bool)
	note := func(key, s, reason string) {
		if !noted[key] {
			noted[key] = true
			drops = append(drops, document.Drop{Text: s, Reason: reason})
		}
	}
	for _, pg := range pages {
		if numbers := pg.numberLines(); numbers != "" {
			note(lineNumber, numbers, lineNumber)
		}
		const mostInHead = 3
		var edges []*piece
		for _, line := range [][]*piece{pg.edgeLine(true), pg.edgeLine(false)} {
			if len(line) <= mostInHead {
				edges = append(edges, line...)
			}
		}
		var left []*piece
		for _, p := range pg.pieces {
			if !pg.atEdge(p) {
				left = append(left, p)
				continue
			}
			switch s := p.string(); {
			case slices.Contains(known, p):
				note(generic(s), s, runningHead)
			case pageNumbers().MatchString(s) && !pg.isBody(p) && (pg.isAlone(p) || slices.Contains(edges, p)):
				note(generic(s), s, pageNumber)
			case heads.has(pg, p) && !pg.isBody(p) && !pg.isInLine(p, heads):
				note(generic(s), s, runningHead)
			default:
				left = append(left, p)
			}
		}
		pg.pieces = left
	}
	return drops
}

// place is where a text stands at the edge of pages.
type place struct {
	text   string
	height int
}

func placeOf(pg *page, p *piece) place {
	const step = 6 // points
	return place{generic(p.string()), int(math.Round((p.y0 - pg.y0) / step))}
}

// heads are on how many pages what stands at their edges does.
type heads struct {
	seen  map[place]int
	least int
}

func headsOf(pages []*page) heads {
	h := heads{make(map[place]int), 3}
	if len(pages) < 6 {
		h.least = 2
	}
	for _, pg := range pages {
		once := make(map[place]bool)
		for _, p := range pg.pieces {
			if !pg.atEdge(p) {
				continue
			}
			if at := placeOf(pg, p); !once[at] {
				once[at] = true
				h.seen[at]++
			}
		}
	}
	return h
}

// has reports whether a piece stands on many pages.
func (h heads) has(pg *page, p *piece) bool {
	at := placeOf(pg, p)
	n := h.seen[at]
	at.height++
	n += h.seen[at]
	at.height -= 2
	return n+h.seen[at] >= h.least
}

// isInLine reports whether a piece is a word of a line whose blanks are wide: what
// stands beside it does not stand on many pages.
func (pg *page) isInLine(p *piece, h heads) bool {
	const wide = 4 // letters' sizes
	return slices.ContainsFunc(pg.pieces, func(q *piece) bool {
		return q != p && q.isLevel(p) && sameSize(q.size, p.size) && max(q.x0-p.x1, p.x0-q.x1) < wide*p.size &&
			!pageNumbers().MatchString(q.string()) && !h.has(pg, q)
	})
}

// generic is a text with its digits alike, so that it is the same on all pages.
func generic(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return unicode.ToLower(r)
	}, s)
}

func (pg *page) atEdge(p *piece) bool {
	return p.y0 > pg.y1-edge*pg.height() || p.y1 < pg.y0+edge*pg.height()
}

// isBody reports whether a line is nearer to those around it, on its inner side,
// than running heads are: it belongs to the text.
func (pg *page) isBody(p *piece) bool {
	top := p.y0 > (pg.y0+pg.y1)/2
	for _, q := range pg.pieces {
		gap := p.y0 - q.y1
		if !top {
			gap = q.y0 - p.y1
		}
		near := 0.35 * p.size
		if q != p && !pg.atEdge(q) && gap > 0 && gap < near && q.x0 < p.x1 && p.x0 < q.x1 {
			return true
		}
	}
	return false
}

// isAlone reports whether nothing but numbers of pages stands in a piece's line.
func (pg *page) isAlone(p *piece) bool {
	return !slices.ContainsFunc(pg.pieces, func(q *piece) bool {
		return q != p && q.isLevel(p) && !pageNumbers().MatchString(q.string())
	})
}

// footnotes takes the footnotes from the end of a column: lines smaller than the
// text, from one on that begins with a mark. Below says that text stands above the
// column.
func footnotes(lines []*line, bodySize float64, below bool) (body, notes []*line) {
	i := len(lines)
	for i > 0 && lines[i-1].size < 0.93*bodySize && len(lines[i-1].cells) == 1 {
		i--
	}
	for ; i < len(lines); i++ {
		if (i > 0 || below) && startsNote(lines[i]) {
			return lines[:i], lines[i:]
		}
	}
	return lines, nil
}

var noteMark = text.Pattern(`^(\d{1,3}|[*†‡§]{1,3})$`)

// startsNote reports whether a line begins as footnotes do: with a raised number or
// with a sign, or with a number, a blank and a capital.
func startsNote(l *line) bool {
	runs := l.cells[0].runs()
	if runs[0].shifted == "sup" && len(runs) > 1 {
		return noteMark().MatchString(strings.TrimSpace(runs[0].text))
	}
	first, rest, ok := strings.Cut(l.text, " ")
	if unicode.IsDigit(text.FirstRune(first)) && unicode.IsUpper(text.FirstRune(strings.TrimLeftFunc(first, unicode.IsDigit))) {
		return true // 1See
	}
	return noteMark().MatchString(first) && ok && unicode.IsUpper(text.FirstRune(rest)) || strings.ContainsRune("*†‡§", text.FirstRune(l.text))
}

// noteTexts are the texts of footnotes, each one whole.
func noteTexts(w *writer, lines []*line) []string {
	var out []string
	var note []*line
	end := func() {
		if len(note) > 0 {
			out = append(out, joined(w.join(note)))
		}
		note = nil
	}
	for _, l := range lines {
		if startsNote(l) {
			end()
		}
		note = append(note, l)
	}
	end()
	return out
}
