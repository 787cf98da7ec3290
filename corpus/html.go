package corpus

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parseHTML finds the main text and the metadata of a page. The publication
// date is what the page's own metadata says, never a guess from its text or
// address.
func parseHTML(content string) (source, error) {
	var s source
	doc, err := html.Parse(strings.NewReader(content))
	if err != nil {
		return s, fmt.Errorf("is not HTML: %w", err)
	}
	published := publishedTime(doc) // before trafilatura takes the tree apart
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		EnableFallback:  true,
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil || res == nil || res.ContentNode == nil {
		return s, errors.New("has no main text that could be told from its page")
	}
	m := res.Metadata
	s.article = Article{
		Title:     oneLine(m.Title),
		Publisher: oneLine(m.Sitename),
		Author:    oneLine(m.Author),
		URL:       absoluteURL(m.URL),
		Published: published,
	}
	p := page{}
	p.walk(res.ContentNode)
	p.flush(plain)
	s.blocks = p.blocks
	return s, nil
}

// publishedTime is the publication date a page states for machines: in a meta
// element, in JSON-LD or in a time element marked as such.
func publishedTime(doc *html.Node) time.Time {
	var meta, linked, marked time.Time
	take := func(t *time.Time, value string) {
		if day, ok := parseTime(value); ok && t.IsZero() {
			*t = day
		}
	}
	for n := range doc.Descendants() {
		attr := func(key string) string {
			for _, a := range n.Attr {
				if a.Key == key {
					return a.Val
				}
			}
			return ""
		}
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Meta && statesPublication(attr("property"), attr("name"), attr("itemprop")):
			take(&meta, attr("content"))
		case n.DataAtom == atom.Script && attr("type") == "application/ld+json" && n.FirstChild != nil:
			if m := datePublished().FindStringSubmatch(n.FirstChild.Data); m != nil {
				take(&linked, m[1])
			}
		case n.DataAtom == atom.Time && (attr("itemprop") == "datePublished" || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "pubdate" })):
			take(&marked, attr("datetime"))
		}
	}
	for _, t := range []time.Time{meta, linked, marked} {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// datePublished finds the date in JSON-LD, which nests in too many ways to be
// worth taking apart.
var datePublished = pattern(`"datePublished"\s*:\s*"([^"]{8,40})"`)

// statesPublication reports whether one of a meta element's names stands for the
// publication date.
func statesPublication(names ...string) bool {
	for _, name := range names {
		switch strings.ToLower(name) {
		case "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
			"dcterms.issued", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date",
			"sailthru.date", "article.published", "published-date", "bt:pubdate", "citation_publication_date":
			return true
		}
	}
	return false
}

// absoluteURL is an address if it is a whole one.
func absoluteURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// page collects the blocks of a page's main text.
type page struct {
	blocks []block
	text   strings.Builder
}

func (p *page) walk(n *html.Node) {
	if n.Type == html.TextNode {
		p.text.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		return
	}
	kind, isBlock := plain, true
	name := n.DataAtom
	if name == 0 { // an element trafilatura made
		name = atom.Lookup([]byte(n.Data))
	}
	switch name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		kind = heading
	case atom.Li, atom.Tr, atom.Dd, atom.Dt:
		kind = item
	case atom.P, atom.Div, atom.Blockquote, atom.Pre, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tbody, atom.Section, atom.Article,
		atom.Body, atom.Main, atom.Figure, atom.Header, atom.Footer, atom.Aside:
	case atom.Figcaption, atom.Script, atom.Style, atom.Noscript, atom.Template:
		return
	case atom.Br:
		p.text.WriteByte('\n')
		return
	case atom.Td, atom.Th:
		if p.text.Len() > 0 {
			p.text.WriteString(" | ")
		}
		isBlock = false
	default:
		isBlock = false
	}
	if isBlock {
		p.flush(plain)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
	if isBlock {
		p.flush(kind)
	}
}

// flush ends the block that is being collected.
func (p *page) flush(kind blockKind) {
	if strings.TrimSpace(p.text.String()) == "" {
		p.text.Reset()
		return
	}
	for i, b := range textBlocks(p.text.String(), 0) {
		b.line, b.gap = 0, i == 0
		if kind != plain {
			b.kind = kind
		}
		p.blocks = append(p.blocks, b)
	}
	p.text.Reset()
}
