package page

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/markup"
)

// nitfHead is how far from its beginning a text names itself NITF, in bytes.
const nitfHead = 1000

// isNITF reports whether a text is NITF, the XML of news agencies.
func isNITF(s string) bool {
	head := s[:min(len(s), nitfHead)]
	return strings.Contains(head, "<nitf>") || strings.Contains(head, "<nitf ") || strings.Contains(head, "<nitf\n")
}

// nitf reads a document of NITF.
type nitf struct {
	meter *limit.Meter
	doc   document.Document
	path  []string
	at    *html.Node   // where text goes in the tree of the body
	back  []*html.Node // where it goes when the elements that are open end
	body  *html.Node
	value strings.Builder // the text of the element of the head that is read
}

// readNITF reads the head of a document as statements and its body as HTML, to
// which NITF's elements of text are much alike.
func readNITF(m *limit.Meter, s string) (*document.Document, error) {
	n := &nitf{meter: m, body: &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}}
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.AutoClose = []string{"br", "hr"}
	d.Entity = xml.HTMLEntity
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("is not whole NITF: %w", err)
		}
		if err := n.token(t); err != nil {
			return nil, err
		}
	}
	blocks, drops, err := markup.Blocks(m, n.body)
	if err != nil {
		return nil, err
	}
	if len(blocks) == 0 {
		return nil, errors.New("is NITF without text: body.content is empty")
	}
	n.doc.Blocks, n.doc.Dropped = blocks, drops
	return &n.doc, nil
}

func (n *nitf) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if err := n.meter.Nodes(1); err != nil {
			return err
		}
		n.path = append(n.path, t.Name.Local)
		if err := n.meter.Depth(len(n.path)); err != nil {
			return err
		}
		n.start(t)
	case xml.EndElement:
		n.end(t.Name.Local)
		n.path = n.path[:max(0, len(n.path)-1)]
	case xml.CharData:
		switch {
		case n.at != nil:
			n.at.AppendChild(&html.Node{Type: html.TextNode, Data: string(t)})
		default:
			n.value.Write(t)
		}
	}
	return nil
}

// nitfField is the field that an element of the head states by its text.
func nitfField(name string) (document.Field, bool) {
	switch name {
	case "hl1":
		return document.Title, true
	case "byline", "person":
		return document.Author, true
	case "distributor":
		return document.Publisher, true
	case "location":
		return document.Place, true
	}
	return "", false
}

func (n *nitf) start(t xml.StartElement) {
	name := t.Name.Local
	get := func(key string) string {
		for _, a := range t.Attr {
			if a.Name.Local == key {
				return a.Value
			}
		}
		return ""
	}
	if n.at != nil {
		n.element(name)
		return
	}
	n.value.Reset()
	switch name {
	case "body.content":
		n.at = n.body
	case "hl2", "abstract":
		n.at = n.body
		n.element("div")
	case "date.issue":
		n.state(document.Published, get("norm"), name)
	case "story.date":
		n.state(document.Published, get("norm"), name)
	case "doc.copyright":
		n.state(document.Publisher, get("holder"), name)
	case "pubdata":
		n.state(document.Publisher, get("name"), name)
		n.state(document.Published, get("date.publication"), name)
		n.state(document.URL, get("ex-ref"), name)
	case "doc-id":
		n.state(document.ID, get("id-string"), name)
	}
}

// element opens an element of text. Media have captions, which are no text of
// the article. What they do not hold ends them.
func (n *nitf) element(name string) {
	n.back = append(n.back, n.at)
	if m := n.media(); m != nil && !strings.HasPrefix(name, "media-") && (n.at == m || n.at.DataAtom == atom.Img || name == "block" || name == "media") {
		n.at = m.Parent
	}
	switch name {
	case "media":
		name = "figure"
	case "media-caption", "media-producer":
		name = "figcaption"
	case "media-reference", "media-metadata":
		name = "img"
	case "hl2":
		name = "h2"
	case "block":
		name = "div"
	}
	c := &html.Node{Type: html.ElementNode, DataAtom: atom.Lookup([]byte(name)), Data: name}
	n.at.AppendChild(c)
	n.at = c
}

// media is the outermost open medium, or nil.
func (n *nitf) media() *html.Node {
	var out *html.Node
	for a := n.at; a != nil; a = a.Parent {
		if a.DataAtom == atom.Figure {
			out = a
		}
	}
	return out
}

func (n *nitf) end(name string) {
	if n.at != nil {
		last := len(n.back) - 1
		if last < 0 {
			n.at = nil // the end of body.content
			return
		}
		n.at, n.back = n.back[last], n.back[:last]
		if n.at == n.body && (name == "hl2" || name == "abstract") && len(n.path) > 1 && !n.inContent() {
			n.at = nil
		}
		return
	}
	if f, ok := nitfField(name); ok {
		n.state(f, n.value.String(), name)
		n.value.Reset()
	}
}

func (n *nitf) inContent() bool {
	return slices.Contains(n.path, "body.content")
}

func (n *nitf) state(f document.Field, value, name string) {
	if value = document.OneLine(value); value != "" {
		n.doc.Statements = append(n.doc.Statements, document.Statement{Field: f, Value: value, From: "NITF " + name, Rank: document.Linked})
	}
}
