package clean

import (
	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// Lines that say who wrote a text and when.

// bylineWords is the length of the longest by-line in words, with roles, places
// and dates.
const bylineWords = 32

// dateLine is why a line goes that is a date alone.
const dateLine = "date line"

// credits takes the line at i if it says who wrote the text or when. Below a
// paragraph it must say which of it: a date alone may head an entry there.
func (c *cleaner) credits(i int, below bool) bool {
	l := &c.lines[i]
	if l.words > bylineWords || c.known.Title != "" && l.key == keyOf(c.known.Title) {
		return false
	}
	if !below && c.placeDate(i) {
		return true
	}
	credits, ok := metadata.ReadCredits(l.Text, c.locale())
	if !ok {
		return c.nameBelowDate(i) || !below && c.agencyLine(i)
	}
	said := credits.By || credits.Published+credits.Updated != ""
	dated := credits.Date()+credits.Updated != ""
	switch {
	case l.ends && !credits.Alone && (!said || !dated):
		return false // a sentence
	case below && !said && !c.besideByline(i):
		return false
	case credits.By && !credits.Said && !dated && len(credits.Authors) == 0 && credits.Agency == "" && !c.roleLine(i):
		return false
	}
	c.credit(i, &credits)
	return true
}

// credit states what a line says and drops it.
func (c *cleaner) credit(i int, credits *metadata.Credits) {
	reason, from := "by-line", "by-line"
	if !credits.By && len(credits.Authors) == 0 {
		reason, from = dateLine, dateLine
	}
	switch names := credits.Author(); {
	case names == "":
	case credits.Certain():
		c.state(document.Author, names, from, i)
	default:
		c.imply(document.Author, names, "line above the text")
	}
	if credits.Published != "" {
		c.state(document.Published, credits.Published, from, i)
	}
	if credits.Updated != "" {
		c.state(document.Updated, credits.Updated, from, i)
	}
	switch {
	case credits.Plain == "":
	case reason != dateLine:
		c.state(document.Published, credits.Plain, from, i)
	default:
		c.dates = append(c.dates, lineDate{i, credits.Plain})
	}
	c.drop(i, reason)
	if credits.Alone && credits.Plain != "" {
		c.nameAboveDate(i)
	}
}

// lineDate is a date in a line that does not say what it is of.
type lineDate struct {
	line int
	date string
}

// published takes the date of a line that is a date alone, next to the by-line if
// one is, else the last above the text: the first may be the day of the visit,
// which some pages show at their top.
func (c *cleaner) published() {
	best := -1
	for i, d := range c.dates {
		if best < 0 || !c.besideByline(c.dates[best].line) || c.besideByline(d.line) {
			best = i
		}
	}
	if best < 0 || !c.known.Published.IsZero() {
		return
	}
	if d := c.dates[best]; d.line > 0 || c.titled || c.besideByline(d.line) {
		c.state(document.Published, d.date, dateLine, d.line)
	}
}

// besideByline reports whether a by-line stands right above or below a line.
func (c *cleaner) besideByline(i int) bool {
	return i > 0 && c.lines[i-1].reason == "by-line" || i+1 < len(c.lines) && c.lines[i+1].reason == "by-line"
}

// placeDate takes "Kyiv, January 5, 2026".
func (c *cleaner) placeDate(i int) bool {
	l := &c.lines[i]
	m := placeDate().FindStringSubmatch(l.Text)
	if m == nil || l.words > dateWords || metadata.BareDate(l.Text, c.locale()) || !metadata.BareDate(m[2], c.locale()) {
		return false
	}
	c.state(document.Place, m[1], "dateline", i)
	c.dates = append(c.dates, lineDate{i, m[2]})
	c.drop(i, dateLine)
	return true
}

// dateWords is the length of the longest line that is a date alone: "Updated
// Monday, March 30, 2026, at 9:15 a.m. Eastern Time".
const dateWords = 10

// nameAboveDate takes the name of somebody, or a name and a place, in lines of
// their own above a date.
func (c *cleaner) nameAboveDate(i int) {
	at, first := i-1, 1 // line 0 may be the title
	if c.titled {
		first = 0
	}
	if at > first && c.short(at) && c.lines[at].words == 1 && c.names(at-1) {
		c.state(document.Place, c.lines[at].Text, "dateline", at)
		c.drop(at, "by-line")
		at--
	}
	if at >= first && c.names(at) {
		c.state(document.Author, c.lines[at].Text, "by-line", at)
		c.drop(at, "by-line")
	}
}

// nameBelowDate takes the name of somebody in a line of its own below a date and
// right above the text.
func (c *cleaner) nameBelowDate(i int) bool {
	if i < 2 || c.lines[i-1].reason != dateLine || c.known.Author != "" || !c.names(i) || i+1 >= len(c.lines) || !c.lines[i+1].paragraph() {
		return false
	}
	c.state(document.Author, c.lines[i].Text, "by-line", i)
	c.drop(i, "by-line")
	return true
}

// short reports whether a line is a few words that are no sentence.
func (c *cleaner) short(i int) bool {
	l := &c.lines[i]
	return l.kept() && l.Kind == document.Plain && l.words <= 4 && !l.ends
}

// names reports whether a line is the name of somebody.
func (c *cleaner) names(i int) bool {
	return c.short(i) && person().MatchString(c.lines[i].Text) && len(metadata.Names(c.lines[i].Text)) > 0
}

// roleLine takes what somebody does, below their name or in their place: "Staff
// reporter". Alone it is a by-line where a name or a date stands beside it, or if
// it is of the paper's own.
func (c *cleaner) roleLine(i int) bool {
	if i == 0 {
		return c.titled && ownRole().MatchString(c.lines[i].Text)
	}
	above := &c.lines[i-1]
	if i > 1 && c.names(i-1) {
		c.state(document.Author, above.Text, "by-line", i-1)
		c.drop(i-1, "by-line")
		return true
	}
	return !above.kept() && (above.reason == "by-line" || above.reason == dateLine) || ownRole().MatchString(c.lines[i].Text)
}

// ownRole is what papers call those who write without their names.
var ownRole = text.Pattern(`(?i)^(by |from |von |de |por |par )?(our |the |a |unser\w* |notre |nuestr\w+ |own )*(own |special |staff|news |web |city |sports? |foreign |political |local |online |editorial |agenc|redak|redac|rédac|redaz|корреспондент|редакц)`)

// agencyLine takes "By" and the name of a news agency.
func (c *cleaner) agencyLine(i int) bool {
	l := &c.lines[i]
	m := byAgency().FindStringSubmatch(l.Text)
	if m == nil || !loneCredit().MatchString(m[1]) || l.words > 5 {
		return false
	}
	c.state(document.Author, m[1], "by-line", i)
	c.drop(i, "by-line")
	return true
}

var byAgency = text.Pattern(`^(?i:by:?) (\p{L}.*)$`)

// tailLines is how many lines below a text may be its by-line.
const tailLines = 4

// tail takes the by-line and the date that stand below a text.
func (c *cleaner) tail() {
	for i, n := len(c.lines)-1, 0; i > 0 && n < tailLines; i-- {
		l := &c.lines[i]
		if !l.kept() {
			continue
		}
		n++
		credits, ok := metadata.ReadCredits(l.Text, c.locale())
		said := credits.By && len(credits.Authors)+len(credits.Agency) > 0 || credits.Published+credits.Updated != ""
		if !ok || l.Kind != document.Plain || l.words > bylineWords || l.ends || !said {
			return
		}
		if c.known.Author == "" && len(credits.Authors) > 0 {
			c.state(document.Author, credits.Author(), "by-line", i)
		}
		if c.known.Published.IsZero() && credits.Published != "" {
			c.state(document.Published, credits.Published, dateLine, i)
		}
		c.drop(i, "by-line")
	}
}
