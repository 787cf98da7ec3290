package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/read/document"
	"parley/corpus/read/maintext"
)

// Text that is left out is listed from this many words on if it stands beside
// the article, and always if it stands within.
const listedWords = 5

// drops lists what is left out: all within the article, and sentences elsewhere on
// the page.
func (c *cutter) drops() []document.Drop {
	first, last := c.first(), c.last()
	var out []document.Drop
	for i := range c.parts {
		p := &c.parts[i]
		if p.Keep || p.Text == "" {
			continue
		}
		between := i > first && i < last && first >= 0
		if between || p.Words >= listedWords {
			out = append(out, document.Drop{Text: strings.TrimSpace(document.Normalise(p.Text)), Reason: c.reason(p, between)})
		}
	}
	return out
}

// reason says why a chunk is left out, by what it says or by where it stands.
func (c *cutter) reason(p *maintext.Part, between bool) string {
	in := c.around(p.Element)
	switch {
	case c.isTitle(p):
		return "title of the page"
	case isByLine(p.Text) || isByline(p.Element):
		return "by-line"
	case isReadingTime(p):
		return "reading time"
	case p.Aside != "":
		return p.Aside
	case in.figure:
		return "photo caption"
	case in.nav:
		return "navigation"
	case p.LinkWords*10 >= p.Words*8:
		return "links"
	case in.header && in.own:
		return "head of the article"
	case in.article && !in.own && c.article != nil:
		return "another article of the page"
	case in.footer:
		return "foot of the page"
	case between:
		return "not part of the text around it"
	}
	return "beside the article"
}

// surroundings are the kinds of elements that a chunk stands in; own is the
// article's.
type surroundings struct{ figure, nav, header, footer, article, own bool }

func (c *cutter) around(n *html.Node) surroundings {
	var s surroundings
	for ; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Figure:
			s.figure = true
		case atom.Nav:
			s.nav = true
		case atom.Header:
			s.header = true
		case atom.Footer:
			s.footer = true
		case atom.Article:
			s.article, s.own = true, s.own || n == c.article
		}
	}
	return s
}

// isTitle reports whether a chunk is a title of the page.
func (c *cutter) isTitle(p *maintext.Part) bool {
	k := keyOf(p.Text)
	return (isHeading(p.Element) || p.Words >= titleWords) && k != "" && slices.ContainsFunc(c.titles, func(t string) bool { return strings.Contains(t, k) })
}

// outermostArticle is the outermost article element around a node, or nil.
func outermostArticle(n *html.Node) *html.Node {
	var out *html.Node
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Article {
			out = n
		}
	}
	return out
}
