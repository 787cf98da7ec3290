package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minEntries is how many entries with times make a live report, and
// minMarkedEntries if the page says that it is one.
const (
	minEntries       = 4
	minMarkedEntries = 2
)

// live keeps the times, headings and paragraphs of a live report's entries and
// returns how many entries there are, 0 for a page that is no live report.
func (c *cutter) live(own object, titles []string) int {
	marked := own != nil && own.is(func(t string) bool { return strings.HasSuffix(t, "LiveBlogPosting") }) || c.namesLive() || c.saysLive(titles)
	if n := c.elements(marked); n > 0 || !marked {
		return n
	}
	return c.stamped()
}

// elements keeps the entries that are elements, and returns how many there are.
func (c *cutter) elements(marked bool) int {
	entries := c.entries()
	if len(entries) < minMarkedEntries || !marked && len(entries) < minEntries {
		return 0
	}
	within, all := 0, 0
	for i := range c.parts {
		if p := &c.parts[i]; p.Keep {
			all += p.Words
			if inEntry(p.Element, entries) {
				within += p.Words
			}
		}
	}
	if within*2 < all {
		return 0 // they are something beside the article
	}
	for i := range c.parts {
		p := &c.parts[i]
		if p.Keep || p.Aside != "" || !inEntry(p.Element, entries) {
			continue
		}
		switch {
		case p.LinkWords*2 > p.Words && !isHeading(p.Element):
		case isTime(p.Nodes) || isHeading(p.Element) || p.Words >= 5 && p.Score >= entryScore:
			p.Keep = true
			if isTime(p.Nodes) && p.Words <= timeWords {
				bare(p.Nodes)
			}
		}
	}
	return len(entries)
}

// entryScore is how likely text of an entry is, at least.
const entryScore = 0.03

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
// and kept text; the largest such group of the page.
func (c *cutter) entries() map[*html.Node]bool {
	type group struct {
		parent *html.Node
		name   string
	}
	timed := make(map[*html.Node]bool) // elements with a time within
	for i := range c.parts {
		if p := &c.parts[i]; isTime(p.Nodes) && p.Words <= 12 {
			for n := p.Element; n != nil && !timed[n]; n = n.Parent {
				timed[n] = true
			}
		}
	}
	groups := make(map[group]map[*html.Node]bool)
	var best map[*html.Node]bool
	var of group
	for i := range c.parts {
		p := &c.parts[i]
		if !p.Keep || p.Words < 5 {
			continue
		}
		for n := p.Element; n != nil && n.Parent != nil; n = n.Parent {
			if !timed[n] || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
				continue
			}
			g := group{n.Parent, n.Data + "." + firstWord(attr(n, "class"))}
			if groups[g] == nil {
				groups[g] = make(map[*html.Node]bool)
			}
			groups[g][n] = true
			if len(groups[g]) > len(best) {
				best, of = groups[g], g
			}
		}
	}
	for n := range timed { // those of hardly any text
		if n.Parent == of.parent && n.Data+"."+firstWord(attr(n, "class")) == of.name {
			best[n] = true
		}
	}
	return best
}

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
