package page

import (
	"slices"
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
	meter     *limit.Meter
	body      *html.Node
	main      *html.Node
	parts     []maintext.Part
	titles    []string                  // keys of the page's
	addresses []string                  // that the page gives itself
	article   *html.Node                // the outermost article element around the main text, or nil
	quotes    map[*html.Node]*html.Node // of figures that were looked into
}

// Rows and items stay or go together: those of a table from the first share of
// its words on that are kept, those of a list from the second. A table or list
// between kept paragraphs stays when hardly anything in it is a link.
const (
	wholeTable  = 0.4
	wholeList   = 0.5
	withinLinks = 0.25
	cellWords   = 15 // of a cell, in the mean, of a table that is none to lay out the page
)

// set are the chunks right in the cells of a table or the items of a list.
type set struct {
	parts              []int
	words, links, keep int
	owner              *html.Node
	deep               bool // they are elements within its items
}

// together keeps or drops the cells of a table, and the items of a list, as one.
func (c *cutter) together() {
	sets := make(map[*html.Node]*set)
	var order []*set
	for i := range c.parts {
		p := &c.parts[i]
		owner := c.owner(p.Element)
		if owner == nil {
			continue
		}
		s := sets[owner]
		if s == nil {
			s = &set{owner: owner}
			sets[owner] = s
			order = append(order, s)
		}
		s.parts = append(s.parts, i)
		s.words += p.Words
		s.deep = s.deep || isDeep(p.Element, owner)
		if p.LinkWords > 0 && (opens(p.Element) == nil || leadsAway(p.Nodes)) { // a question that shows its answer is no link
			s.links += p.LinkWords
		}
		if p.Keep {
			s.keep += p.Words
		}
	}
	first, last := c.first(), c.last()
	for _, s := range order {
		if c.whole(s, first, last) {
			for _, i := range s.parts {
				c.parts[i].Keep = true
			}
			c.head(s.parts[0]-1, first)
		}
	}
}

// head keeps the heading right before a table or list that stays.
func (c *cutter) head(i, first int) {
	if i > first && isHeading(c.parts[i].Element) && c.parts[i].InFlow && c.parts[i].LinkWords == 0 && c.parts[i].Aside == "" {
		c.parts[i].Keep = true
	}
}

// whole reports whether all of a set stays.
func (c *cutter) whole(s *set, first, last int) bool {
	table := s.owner.DataAtom == atom.Table
	if table && (s.words > cellWords*len(s.parts) || len(s.parts) < 2 || laysOut(s.owner)) {
		return false
	}
	if s.deep && (s.links > 0 || s.words > cellWords*len(s.parts)) {
		return false
	}
	bar := wholeList
	if table {
		bar = wholeTable
	}
	if s.keep > 0 && float64(s.keep) >= bar*float64(s.words) {
		return true
	}
	if s.owner.DataAtom == atom.Blockquote {
		return false
	}
	start, end := s.parts[0], s.parts[len(s.parts)-1]
	if start <= first || start >= last || end > last && !table || float64(s.links) > withinLinks*float64(s.words) {
		return false
	}
	for _, i := range s.parts {
		if c.parts[i].Aside != "" {
			return false
		}
	}
	return inside(s.owner, c.main)
}

// laysOut reports whether a table holds a table: it lays out the page.
func laysOut(table *html.Node) bool {
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.Table, atom.Form, atom.H1, atom.H2:
			return true
		}
	}
	return false
}

func inside(n, around *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == around {
			return true
		}
	}
	return false
}

// owner is the table of a cell, the list of an item, the quotation of what stands
// in one (the words and who said them), or the outermost element around the text
// that opens and closes.
func (c *cutter) owner(n *html.Node) *html.Node {
	if o := opens(n); o != nil {
		return o
	}
	if item := itemAround(n); item != nil {
		n = item
	}
	switch n.DataAtom {
	case atom.Td, atom.Th, atom.Caption:
		for a := n.Parent; a != nil; a = a.Parent {
			if a.DataAtom == atom.Table {
				return a
			}
		}
	case atom.Li, atom.Dt, atom.Dd:
		return n.Parent
	case atom.Div:
		if isItem(n) {
			return n.Parent
		}
	}
	for a := n; a != nil; a = a.Parent {
		if a.DataAtom == atom.Blockquote {
			return a
		}
	}
	return c.quotedBy(n)
}

// itemAround is the item that holds a paragraph, or a division alone or within others;
// nil for none.
func itemAround(n *html.Node) *html.Node {
	for n.DataAtom == atom.P || n.DataAtom == atom.Div && n.Data == "div" {
		n = n.Parent
		if n.DataAtom == atom.Li || n.DataAtom == atom.Dd {
			return n
		}
	}
	return nil
}

// isDeep reports whether an element of a list is more than an item or the paragraph of
// one.
func isDeep(n, list *html.Node) bool {
	return (list.DataAtom == atom.Ul || list.DataAtom == atom.Ol) && n.Parent != list && (n.DataAtom != atom.P || n.Parent.Parent != list)
}

// leadsAway reports whether a link that texts stand in leads somewhere else than to a
// place in the page.
func leadsAway(nodes []*html.Node) bool {
	return slices.ContainsFunc(nodes, func(n *html.Node) bool {
		return within(n, func(a *html.Node) bool {
			href := strings.TrimSpace(attr(a, "href"))
			return isLink(a) && href != "" && href[0] != '#'
		})
	})
}

// isItem reports whether an element that HTML does not know stands beside one of
// its name, as items of a list do.
func isItem(n *html.Node) bool {
	beside := func(c *html.Node, next func(*html.Node) *html.Node) bool {
		if c != nil && c.Type == html.TextNode {
			c = next(c)
		}
		return c != nil && c.Data == n.Data
	}
	return n.Data != "div" && (beside(n.PrevSibling, func(c *html.Node) *html.Node { return c.PrevSibling }) ||
		beside(n.NextSibling, func(c *html.Node) *html.Node { return c.NextSibling }))
}

// opens is the outermost element around a node that shows its text when readers
// click on its heading, or nil.
func opens(n *html.Node) *html.Node {
	var out *html.Node
	for a := n; a != nil; a = a.Parent {
		if a.DataAtom == atom.Details || strings.HasSuffix(a.Data, "-accordion") || isAccordion(attr(a, "class")) {
			out = a
		}
	}
	return out
}

// isAccordion reports whether a class is that of a list of headings that show their
// texts.
func isAccordion(class string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(class)) {
		if w == "accordion" || strings.HasSuffix(w, "-accordion") || strings.HasPrefix(w, "accordion-") {
			return true
		}
	}
	return false
}

// quotedBy is the quotation that a caption is of: it says who said it.
func (c *cutter) quotedBy(n *html.Node) *html.Node {
	if n.DataAtom != atom.Figcaption || n.Parent.DataAtom != atom.Figure {
		return nil
	}
	quote, ok := c.quotes[n.Parent]
	if !ok {
		if c.quotes == nil {
			c.quotes = make(map[*html.Node]*html.Node)
		}
		quote = quoteIn(n.Parent)
		c.quotes[n.Parent] = quote
	}
	return quote
}

// quoteIn is the quotation in a figure without picture, or nil.
func quoteIn(figure *html.Node) *html.Node {
	var quote *html.Node
	for d := range figure.Descendants() {
		switch d.DataAtom {
		case atom.Img, atom.Picture, atom.Video, atom.Svg, atom.Iframe:
			return nil
		case atom.Blockquote:
			quote = d
		}
	}
	return quote
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

// last is the last kept chunk, or -1.
func (c *cutter) last() int {
	for i, p := range slices.Backward(c.parts) {
		if p.Keep {
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
			c.readable(&c.parts[i])
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

// captionWords is how many words a text in a figure has at least that is none of
// its caption, but a part of the article.
const captionWords = 12

// readable makes words of buttons that stand in a kept sentence part of it: what
// opens a note on a word is marked so. The text of a kept chunk in a figure is no
// caption.
func (c *cutter) readable(p *maintext.Part) {
	for _, n := range p.Nodes {
		for a := n.Parent; a != nil && a != p.Element; a = a.Parent {
			if (a.DataAtom == atom.Button || a.DataAtom == atom.Label) && len(p.Nodes) > 1 {
				a.DataAtom, a.Data = atom.Span, "span"
			}
		}
	}
	if p.Words < captionWords || p.Element.DataAtom == atom.Figcaption {
		return
	}
	for a := p.Element; a != nil && a != c.body; a = a.Parent {
		switch a.DataAtom {
		case atom.Figcaption:
			return
		case atom.Figure:
			a.DataAtom, a.Data = atom.Div, "div"
		}
	}
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
