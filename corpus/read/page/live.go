package page

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/read/maintext"
)

// minEntries is how many entries with times make a live report, and
// minMarkedEntries if the page says that it is one.
const (
	minEntries       = 4
	minMarkedEntries = 2
)

// live keeps the times, headings and paragraphs of a live report's entries and
// returns how many entries there are, 0 for a page that is no live report.
func (c *cutter) live(declared bool, titles []string) int {
	marked := declared || c.namesLive() || c.saysLive(titles)
	if n := c.elements(marked, declared); n > 0 || !marked {
		return n
	}
	return c.stamped()
}

// elements keeps the entries that are elements, and returns how many there are. If
// machines are told that the page is a live report, what stands behind the last of
// them in another part of the page is no text.
func (c *cutter) elements(marked, declared bool) int {
	entries := c.entries(declared)
	if len(entries) < minMarkedEntries || !marked && len(entries) < minEntries {
		return 0
	}
	keep := make([]bool, len(c.parts))
	within, all, last := 0, 0, 0
	for i := range c.parts {
		p := &c.parts[i]
		if inEntry(p.Element, entries) {
			if keep[i] = p.Keep || c.ofEntry(p); keep[i] {
				last = i
			}
			if p.Keep || declared && keep[i] {
				within += p.Words
			}
		}
		if p.Keep || keep[i] {
			all += p.Words
		}
	}
	if within*2 < all && !declared {
		return 0 // they are something beside the article
	}
	around := c.parentOf(entries)
	for i := range c.parts {
		p := &c.parts[i]
		if keep[i] && !p.Keep {
			p.Keep = true
			if isTime(p.Nodes) && p.Words <= timeWords {
				bare(p.Nodes)
			}
		}
		p.Keep = p.Keep && (!declared || i <= last || p.Score >= tailScore && inside(p.Element, around))
	}
	return len(entries)
}

// ofEntry reports whether a chunk of an entry is its time, its heading or its text.
func (c *cutter) ofEntry(p *maintext.Part) bool {
	switch {
	case p.Aside != "", p.LinkWords*2 > p.Words && !isHeading(p.Element):
		return false
	}
	return isTime(p.Nodes) || isHeading(p.Element) || isClock(p) || p.Words >= 5 && p.Score >= entryScore
}

// isClock reports whether a chunk is a time of the day and hardly anything else.
func isClock(p *maintext.Part) bool {
	return p.Words <= timeWords && p.LinkWords == 0 && startClock().MatchString(p.Text)
}

// leadAway reports whether the headings of most entries lead to other pages: they are
// teasers.
func (c *cutter) leadAway(entries map[*html.Node]bool) bool {
	away := 0
	for i := range c.parts {
		if p := &c.parts[i]; isHeading(p.Element) && p.LinkWords == p.Words && inEntry(p.Element, entries) && !c.leadsHere(p.Nodes) {
			away++
		}
	}
	return away*2 > len(entries)
}

// leadsHere reports whether the link that texts stand in leads to a place in the page.
func (c *cutter) leadsHere(nodes []*html.Node) bool {
	for _, n := range nodes {
		for a := n.Parent; a != nil; a = a.Parent {
			if href := attr(a, "href"); a.DataAtom == atom.A {
				path, _, _ := strings.Cut(href, "#")
				return path == "" || slices.ContainsFunc(c.addresses, func(own string) bool { return pathOf(own) == pathOf(samePage(path)) })
			}
		}
	}
	return true
}

// pathOf is an address of samePage without what stands behind its path.
func pathOf(s string) string {
	s, _, _ = strings.Cut(s, "?")
	return s
}

// parentOf is the outermost article element around entries, else the element that they
// stand in.
func (c *cutter) parentOf(entries map[*html.Node]bool) *html.Node {
	for e := range entries { // all have the same parent
		if a := outermostArticle(e); a != nil {
			return a
		}
		return e.Parent
	}
	return nil
}

// entryScore is how likely text of an entry is, at least, and tailScore that of a report
// behind its last entry.
const (
	entryScore = 0.03
	tailScore  = 0.5
)

// timeWords is the length of the line of an entry's time, with what is to click.
const timeWords = 6

// bare leaves of a line of texts only those that are no links.
func bare(nodes []*html.Node) {
	for _, n := range nodes {
		for a := n.Parent; a != nil && a.DataAtom != atom.Div && a.DataAtom != atom.P; a = a.Parent {
			if a.DataAtom == atom.A || a.DataAtom == atom.Button {
				n.Data = ""
			}
			if a.DataAtom == atom.Time {
				break
			}
		}
	}
}

// namesLive reports whether an element of the page is named as a live report.
func (c *cutter) namesLive() bool {
	for i := range c.parts {
		if !c.parts[i].Keep {
			continue
		}
		for n := c.parts[i].Element; n != nil; n = n.Parent {
			if itemType := attr(n, "itemtype"); strings.Contains(itemType, "LiveBlog") {
				return true
			}
			names := strings.ToLower(attr(n, "class") + " " + attr(n, "id"))
			if strings.Contains(names, "liveblog") || strings.Contains(names, "live-blog") || strings.Contains(names, "live-update") || strings.Contains(names, "live_blog") {
				return true
			}
		}
		return false // what holds the first holds the others
	}
	return false
}

// entries are the elements of one name, beside each other, that each have a time
// and kept text, or what may be text if machines are told that the page is a live
// report; the largest such group of the page.
func (c *cutter) entries(declared bool) map[*html.Node]bool {
	type group struct {
		parent *html.Node
		name   string
	}
	timed := make(map[*html.Node]bool) // elements with a time within
	for i := range c.parts {
		if p := &c.parts[i]; isTime(p.Nodes) && p.Words <= 12 || declared && isClock(p) {
			for n := p.Element; n != nil && !timed[n]; n = n.Parent {
				timed[n] = true
			}
		}
	}
	groups := make(map[group]map[*html.Node]bool)
	var order []group
	for i := range c.parts {
		p := &c.parts[i]
		if p.Words < 5 || !p.Keep && (!declared || p.Aside != "" || p.Score < entryScore) {
			continue
		}
		for n := p.Element; n != nil && n.Parent != nil; n = n.Parent {
			if !timed[n] || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
				continue
			}
			g := group{n.Parent, n.Data + "." + firstWord(attr(n, "class"))}
			if groups[g] == nil {
				groups[g] = make(map[*html.Node]bool)
				order = append(order, g)
			}
			groups[g][n] = true
		}
	}
	slices.SortStableFunc(order, func(g, h group) int { return cmp.Compare(len(groups[h]), len(groups[g])) })
	for _, g := range order[:min(len(order), maxGroups)] {
		entries := groups[g]
		for n := range timed { // those of hardly any text
			if n.Parent == g.parent && n.Data+"."+firstWord(attr(n, "class")) == g.name {
				entries[n] = true
			}
		}
		if len(entries) >= minMarkedEntries && !c.leadAway(entries) {
			return entries
		}
	}
	return nil
}

// maxGroups is how many groups of elements alike may be the entries.
const maxGroups = 4

func firstWord(s string) string {
	for w := range strings.FieldsSeq(s) {
		return w
	}
	return ""
}

// inEntry reports whether an element stands in one of some.
func inEntry(n *html.Node, entries map[*html.Node]bool) bool {
	for ; n != nil; n = n.Parent {
		if entries[n] {
			return true
		}
	}
	return false
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// isTime reports whether texts stand in a time element.
func isTime(nodes []*html.Node) bool {
	for _, n := range nodes {
		for a := n.Parent; a != nil; a = a.Parent {
			if a.DataAtom == atom.Time {
				return true
			}
			if a.DataAtom == atom.Div || a.DataAtom == atom.P || a.DataAtom == atom.Body {
				break
			}
		}
	}
	return false
}
