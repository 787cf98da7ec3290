package page

import (
	"strings"

	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
)

// A stamp is the time of an entry of a live report: a chunk of its own, or the
// beginning of one.

// minStamps is how many of them make a live report of a page that says that it is
// one, and stampReach how many chunks its text stands behind a stamp.
const (
	minStamps  = 3
	stampReach = 3
)

var (
	// clock is a time of the day that a text begins with.
	clock = text.Pattern(`(?i)^\D{0,20}\b([01]?\d|2[0-3])([.:h][0-5]\d( ?uhr)?|( ?[ap]\.?m\b\.?))( ?[ap]\.?m\b\.?)?`)
	// startClock is one that stands right at its beginning.
	startClock = text.Pattern(`(?i)^([01]?\d|2[0-3])([.:h][0-5]\d|( ?[ap]\.?m\b\.?))`)
	// liveTitle is what the title of a live report says, liveBadge a line of a page
	// with one.
	liveTitle = text.Pattern(`(?i)^live\s?[:|–—-]|[:|–—-]\s?live\s*([:|–—-]|$)|\blive[ -]?(blog|ticker|updates?|coverage|report)\b|\bas it happen(s|ed)\b|\bminute by minute\b|\ben (direct|vivo)\b|\bin diretta\b|\bao vivo\b`)
	liveBadge = text.Pattern(`(?i)^(live|live[ -]?(blog|ticker|updates?|coverage|report)|(latest|all) updates|liveticker|en direct|en vivo|in diretta|ao vivo)[:.!]?$`)
)

// saysLive reports whether the page says of its text that it is a live report: in
// its title, or in a line above or between it.
func (c *cutter) saysLive(titles []string) bool {
	for _, t := range titles {
		if liveTitle().MatchString(strings.TrimSpace(t)) {
			return true
		}
	}
	first, last := c.first(), c.last()
	for i := max(0, first-headChunks); i < last; i++ {
		if p := &c.parts[i]; p.Words <= timeWords && p.LinkWords == 0 && liveBadge().MatchString(p.Text) {
			return true
		}
	}
	return false
}

// stamped keeps the stamps of a live report whose entries are no elements of their
// own, and returns how many there are. Dates are stamps where hardly any has a time
// of the day.
func (c *cutter) stamped() int {
	var clocks, times []int // those that stand alone
	begin := 0              // those that begin a text
	for i := range c.parts {
		p := &c.parts[i]
		switch {
		case p.Words <= timeWords && p.Aside == "" && (isTime(p.Nodes) || clock().MatchString(p.Text)):
			if !c.textBehind(i) {
				break
			}
			times = append(times, i)
			if clock().MatchString(p.Text) {
				clocks = append(clocks, i)
			}
		case p.Keep && startClock().MatchString(p.Text):
			begin++
		}
	}
	if len(clocks)+begin >= minStamps {
		times = clocks
	}
	if len(times)+begin < minStamps {
		return 0
	}
	for _, i := range times {
		if p := &c.parts[i]; !p.Keep {
			p.Keep = true
			bare(p.Nodes)
		}
	}
	c.lead()
	return len(times) + begin
}

// lead keeps the sentences right above the first entry, which say what is reported.
func (c *cutter) lead() {
	first, within := c.first(), c.article
	if within == nil && c.main != nil {
		within = c.main.Parent
	}
	for i := first - 1; i >= max(0, first-stampReach); i-- {
		if p := &c.parts[i]; p.Element.DataAtom == atom.P && p.Words >= 5 && p.LinkWords == 0 && endsSentence(p.Text) && p.Score >= entryScore && p.Aside == "" && inside(p.Element, within) {
			p.Keep = true
		}
	}
}

// textBehind reports whether text is kept right behind a chunk.
func (c *cutter) textBehind(i int) bool {
	for j := i + 1; j < len(c.parts) && j <= i+stampReach; j++ {
		if p := &c.parts[j]; p.Keep && p.Words > timeWords || p.Keep && p.Words >= 3 && endsSentence(p.Text) {
			return true
		}
	}
	return false
}
