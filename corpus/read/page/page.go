// Package page reads HTML pages.
package page

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/metadata"
	"parley/corpus/read/plain"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Read finds the main text and the metadata of a page. The publication date is
// what the page's own metadata says, never a guess from its text or address.
func Read(_ *limit.Meter, content string) (*document.Document, error) {
	doc, err := html.Parse(strings.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("is not HTML: %w", err)
	}
	published := publishedTime(doc) // before trafilatura takes the tree apart
	markBlocks(doc)
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		EnableFallback:  true,
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil || res == nil || res.ContentNode == nil {
		return nil, errors.New("has no main text that could be told from its page")
	}
	m := res.Metadata
	d := &document.Document{Statements: []document.Statement{
		{Field: document.Title, Value: unmarked(m.Title), From: "page", Rank: document.Declared},
		{Field: document.Publisher, Value: unmarked(m.Sitename), From: "page", Rank: document.Declared},
		{Field: document.Author, Value: unmarked(m.Author), From: "page", Rank: document.Declared},
		{Field: document.URL, Value: absoluteURL(m.URL), From: "page", Rank: document.Declared},
	}}
	if !published.IsZero() {
		d.Statements = append(d.Statements, document.Statement{Field: document.Published, Value: published.Format(time.RFC3339Nano), From: "page", Rank: document.Declared})
	}
	p := page{}
	p.walk(res.ContentNode)
	p.flush(document.Plain)
	d.Blocks = p.blocks
	return d, nil
}

// publishedTime is the publication date a page states for machines: in a meta
// element, in JSON-LD or in a time element marked as such.
func publishedTime(doc *html.Node) time.Time {
	var meta, linked, marked time.Time
	take := func(t *time.Time, value string) {
		if day, ok := metadata.ParseDate(value, metadata.Locale{}); ok && t.IsZero() {
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
var datePublished = text.Pattern(`"datePublished"\s*:\s*"([^"]{8,40})"`)

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

// blockEnd stands in a page's text where a block ends. Of a page of hardly more
// than a heading and a paragraph, trafilatura gives the text without its elements,
// one block run into the next. It is a character for private use.
const blockEnd = "\uE000"

// markBlocks puts blockEnd at the end of every heading, paragraph and item.
func markBlocks(doc *html.Node) {
	var blocks []*html.Node
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.P, atom.Li, atom.Dd, atom.Dt, atom.Blockquote, atom.Tr:
			blocks = append(blocks, n)
		}
	}
	for _, n := range blocks {
		n.AppendChild(&html.Node{Type: html.TextNode, Data: blockEnd})
	}
}

// unmarked is a text without the marks of blocks.
func unmarked(s string) string { return strings.ReplaceAll(s, blockEnd, " ") }

// page collects the blocks of a page's main text.
type page struct {
	blocks []document.Block
	buf    strings.Builder
}

func (p *page) walk(n *html.Node) {
	if n.Type == html.TextNode {
		for i, part := range strings.Split(n.Data, blockEnd) {
			if i > 0 {
				p.flush(document.Plain)
			}
			p.buf.WriteString(strings.ReplaceAll(part, "\n", " "))
		}
		return
	}
	kind, isBlock := document.Plain, true
	name := n.DataAtom
	if name == 0 { // an element trafilatura made
		name = atom.Lookup([]byte(n.Data))
	}
	switch name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		kind = document.Heading
	case atom.Li, atom.Tr, atom.Dd, atom.Dt:
		kind = document.Item
	case atom.P, atom.Div, atom.Blockquote, atom.Pre, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tbody, atom.Section, atom.Article,
		atom.Body, atom.Main, atom.Figure, atom.Header, atom.Footer, atom.Aside:
	case atom.Figcaption, atom.Script, atom.Style, atom.Noscript, atom.Template:
		return
	case atom.Br:
		p.buf.WriteByte('\n')
		return
	case atom.Td, atom.Th:
		if p.buf.Len() > 0 {
			p.buf.WriteString(" | ")
		}
		isBlock = false
	default:
		isBlock = false
	}
	if isBlock {
		p.flush(document.Plain)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
	if isBlock {
		p.flush(kind)
	}
}

// flush ends the block that is being collected.
func (p *page) flush(kind document.Kind) {
	if strings.TrimSpace(p.buf.String()) == "" {
		p.buf.Reset()
		return
	}
	for i, b := range plain.Blocks(p.buf.String(), 0) {
		b.Line, b.Gap = 0, i == 0
		if kind != document.Plain {
			b.Kind = kind
		}
		p.blocks = append(p.blocks, b)
	}
	p.buf.Reset()
}
