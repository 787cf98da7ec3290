package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/maintext"
	"parley/corpus/read/markup"
)

// cutter cuts the article out of its page.
type cutter struct {
	meter *limit.Meter
	body  *html.Node
	main  *html.Node
	parts []maintext.Part
}

// Rows and items stay or go together: those of a table from the first share of
// its words on that are kept, those of a list from the second.
const (
	wholeTable = 0.4
	wholeList  = 0.5
)

// together keeps or drops the cells of a table, and the items of a list, as one.
func (c *cutter) together() {
	type set struct {
		parts       []int
		words, keep int
		score       float64
	}
	sets := make(map[*html.Node]*set)
	var order []*html.Node
	for i := range c.parts {
		p := &c.parts[i]
		owner := owner(p.Element)
		if owner == nil {
			continue
		}
		s := sets[owner]
		if s == nil {
			s = &set{}
			sets[owner] = s
			order = append(order, owner)
		}
		s.parts = append(s.parts, i)
		s.words += p.Words
		if p.Keep {
			s.keep += p.Words
		}
	}
	for _, o := range order {
		s := sets[o]
		bar := wholeList
		if o.DataAtom == atom.Table {
			bar = wholeTable
		}
		if float64(s.keep) < bar*float64(s.words) || s.keep == 0 {
			continue
		}
		for _, i := range s.parts {
			c.parts[i].Keep = true
		}
	}
}

// owner is the table of a cell or the list of an item.
func owner(n *html.Node) *html.Node {
	switch n.DataAtom {
	case atom.Td, atom.Th:
		for a := n.Parent; a != nil; a = a.Parent {
			if a.DataAtom == atom.Table {
				return a
			}
		}
	case atom.Li, atom.Dt, atom.Dd:
		return n.Parent
	}
	return nil
}

// first is the first kept chunk, or -1.
func (c *cutter) first() int {
	for i := range c.parts {
		if c.parts[i].Keep {
			return i
		}
	}
	return -1
}

// cut fills in a document's blocks and drops. The tree is changed: the texts of
// chunks that are left out are gone from it.
func (c *cutter) cut(d *document.Document) error {
	var top *html.Node
	for i := range c.parts {
		if c.parts[i].Keep {
			top = common(top, c.parts[i].Element)
		}
	}
	d.Dropped = c.drops()
	if top == nil {
		return nil
	}
	for i := range c.parts {
		if c.parts[i].Keep {
			continue
		}
		for _, n := range c.parts[i].Nodes {
			n.Data = ""
		}
	}
	blocks, drops, err := markup.Blocks(c.meter, top)
	if err != nil {
		return err
	}
	d.Blocks = blocks
	d.Dropped = append(d.Dropped, drops...)
	return nil
}

// common is the lowest element that two elements stand in.
func common(a, b *html.Node) *html.Node {
	if a == nil {
		return b
	}
	da, db := depth(a), depth(b)
	for ; da > db; da-- {
		a = a.Parent
	}
	for ; db > da; db-- {
		b = b.Parent
	}
	for a != b {
		a, b = a.Parent, b.Parent
	}
	return a
}

func depth(n *html.Node) int {
	d := 0
	for ; n != nil; n = n.Parent {
		d++
	}
	return d
}

// Text that is left out is listed from this many words on if it stands beside
// the article, and always if it stands within.
const listedWords = 12

// drops lists what is left out and could be missed: all within the article, and
// paragraphs elsewhere on the page.
func (c *cutter) drops() []document.Drop {
	first, last := c.first(), -1
	for i := range c.parts {
		if c.parts[i].Keep {
			last = i
		}
	}
	var out []document.Drop
	for i := range c.parts {
		p := &c.parts[i]
		if p.Keep || p.Text == "" {
			continue
		}
		inside := i > first && i < last && first >= 0
		if !inside && (p.Words < listedWords || p.LinkWords*2 > p.Words) {
			continue
		}
		reason := p.Aside
		switch {
		case reason != "":
		case within(p.Element, func(n *html.Node) bool { return n.DataAtom == atom.Figure }):
			reason = "photo caption"
		case p.Words > 0 && p.LinkWords*10 >= p.Words*8:
			reason = "links"
		case inside:
			reason = "not part of the text around it"
		default:
			reason = "beside the article"
		}
		out = append(out, document.Drop{Text: strings.TrimSpace(document.Normalise(p.Text)), Reason: reason})
	}
	return out
}
