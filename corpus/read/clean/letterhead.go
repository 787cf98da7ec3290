package clean

import (
	"slices"
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// What stands at the top of a printed page or a letter: the name of the outlet, the
// number of the issue, how to reach it.

// maxCell is the length in words of a cell of a letterhead.
const maxCell = 6

// issue is what a letterhead says beside the name and the date.
var issue = text.Pattern(`(?i)^((vol(ume)?|no|nr|nº|n°|issue|edition|ausgabe|jahrgang|année|año|anno|page|seite|p|price|preis|tel|phone|telefon|fax|e-?mail|web)\b.*|\S+@\S+|(https?://|www\.)\S+|\+?[\d ()/.-]{6,}|[€$£]? ?\d+([.,]\d\d)? ?([€$£]|cents|pence)?)$`)

// letterhead takes a row of the names, dates and numbers that stand at the top of a
// printed page.
func (c *cleaner) letterhead(i int) bool {
	l := &c.lines[i]
	if l.Kind != document.Row || i > 3 {
		return false
	}
	cells := strings.Split(l.Text, " | ")
	date, signs, name := "", 0, i > 0 && c.lines[i-1].reason == "letterhead"
	for _, cell := range cells {
		credits, ok := metadata.ReadCredits(cell, c.locale())
		switch {
		case ok && credits.Alone:
			date = credits.Date()
			signs++
		case issue().MatchString(cell):
			signs++
		case text.Words(cell) > maxCell || closes(cell) || slices.ContainsFunc(strings.Fields(cell), smallWord):
			return false
		default:
			name = name || text.Words(cell) > 1 || metadata.NamesOutlet(cell)
		}
	}
	if signs == 0 || !name || i > 0 && c.lines[i-1].kept() {
		return false
	}
	if date != "" {
		c.imply(document.Published, date, "letterhead")
	}
	if len(cells) > signs && metadata.NamesOutlet(cells[0]) {
		c.state(document.Publisher, cells[0], "letterhead", i)
	}
	c.drop(i, "letterhead")
	return true
}

// maxLetterhead is how many lines a letterhead has.
const maxLetterhead = 6

// letterheadLines takes the lines that stand together above everything else and say
// how to reach whoever published the text.
func (c *cleaner) letterheadLines() {
	end, signs := 0, 0
	for end < len(c.lines) && end <= maxLetterhead && (end == 0 || !c.lines[end].Gap) {
		l := &c.lines[end]
		if l.Kind != document.Plain || l.words > dateWords || l.ends && !issue().MatchString(l.Text) {
			return
		}
		if contact().MatchString(l.Text) {
			signs++
		}
		end++
	}
	if signs == 0 || end < 2 || end > maxLetterhead || !c.gaps || end >= len(c.lines) {
		return
	}
	if name := c.lines[0].Text; metadata.NamesOutlet(name) {
		c.state(document.Publisher, name, "letterhead", 0)
	}
	for i := range end {
		c.drop(i, "letterhead")
	}
}

// contact is a line that says how to reach somebody and nothing else.
var contact = text.Pattern(`(?i)^((tel|phone|telephone|telefon|tél|fax|e-?mail|web|mobile)\b.*\d{3}.*|(e-?mail|web) ?:? *\S+|\S+@\S+\.\S+|(https?://|www\.)\S+)$`)

// smallWord reports whether a word begins with a small letter and is too long for
// one within a name.
func smallWord(w string) bool { return len(w) > 3 && w[0] >= 'a' && w[0] <= 'z' }
