package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// What stands in the margins of pages says when and where a text was published.

const (
	pageHead = "head of a page"
	pageFoot = "foot of a page"
)

// margins reads the heads and feet of pages. The first page's head with a day in it
// goes, although it may stand on that page alone, and so does what a browser prints
// around pages.
func margins(pages []*page) (statements []document.Statement, goes []*piece) {
	for _, p := range pages {
		head, foot := p.edgeLine(true), p.edgeLine(false)
		found := datedHead(head)
		if url := addressOf(foot); url != "" {
			found = append(printedHead(head), document.Statement{Field: document.URL, Value: url, From: pageFoot, Rank: document.Shown})
			goes = append(goes, foot...)
		}
		if len(found) == 0 {
			continue
		}
		goes = append(goes, head...)
		if len(statements) == 0 {
			statements = found
		}
	}
	return statements, goes
}

// edgeLine is the line at the top or at the foot of a page, from left to right, if
// it stands in the margin: apart from the text and not larger.
func (pg *page) edgeLine(top bool) []*piece {
	if len(pg.pieces) == 0 {
		return nil
	}
	outer := slices.MaxFunc(pg.pieces, func(a, b *piece) int {
		if top {
			return compare(a.y1, b.y1)
		}
		return compare(b.y0, a.y0)
	})
	const same, apart, larger = 0.5, 0.8, 1.05 // of the letters' size, of that of the text
	if !pg.atEdge(outer) || outer.size > larger*medianSize(pg.pieces) {
		return nil
	}
	var line []*piece
	for _, p := range pg.pieces {
		if math.Abs(p.baseline-outer.baseline) < same*outer.size {
			line = append(line, p)
		}
	}
	for _, p := range pg.pieces {
		gap := outer.y0 - p.y1
		if !top {
			gap = p.y0 - outer.y1
		}
		if !slices.Contains(line, p) && gap < apart*outer.size {
			return nil
		}
	}
	slices.SortStableFunc(line, func(a, b *piece) int { return compare(a.x0, b.x0) })
	return line
}

// addressOf is the address that a browser prints at the foot of a page, beside the
// page's number.
func addressOf(foot []*piece) string {
	address, number := "", false
	for _, p := range foot {
		switch s := p.string(); {
		case pageNumbers().MatchString(s):
			number = true
		case (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.Contains(s, " "):
			address = s
		default:
			return ""
		}
	}
	if !number {
		return ""
	}
	return address
}

// printedHead is what a browser prints at the head of a page: the time of printing,
// which says nothing, and the page's title.
func printedHead(head []*piece) []document.Statement {
	for _, p := range head {
		if s := p.string(); !clock().MatchString(s) {
			return []document.Statement{{Field: document.Title, Value: s, From: pageHead, Rank: document.Implied}}
		}
	}
	return nil
}

// clock is a time of the day.
var clock = text.Pattern(`\d{1,2}:\d{2}`)

// datedHead is what a head says that states a day, alone or with the name of the
// outlet beside it.
func datedHead(head []*piece) []document.Statement {
	const mostWords = 6
	var parts []string
	for _, p := range head {
		parts = append(parts, strings.FieldsFunc(p.string(), func(r rune) bool { return strings.ContainsRune("·|•", r) })...)
	}
	day, name := "", ""
	for _, s := range parts {
		switch s = strings.TrimSpace(s); {
		case s == "" || pageNumbers().MatchString(s):
		case metadata.BareDate(s, metadata.Locale{}) && !clock().MatchString(s) && day == "":
			day = s
		case name == "" && text.Words(s) <= mostWords && unicode.IsUpper(text.FirstRune(s)) && !strings.ContainsFunc(s, unicode.IsDigit):
			name = s
		default:
			return nil
		}
	}
	if day == "" {
		return nil
	}
	out := []document.Statement{{Field: document.Published, Value: day, From: pageHead, Rank: document.Shown}}
	if name != "" {
		out = append(out, document.Statement{Field: document.Publisher, Value: name, From: pageHead, Rank: document.Shown})
	}
	return out
}
