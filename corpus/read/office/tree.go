package office

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// element makes an element with attributes, names and values in turn.
func element(name string, attrs ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: atom.Lookup([]byte(name)), Data: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: attrs[i], Val: attrs[i+1]})
	}
	return n
}

// add makes an element under another.
func add(parent *html.Node, name string, attrs ...string) *html.Node {
	n := element(name, attrs...)
	parent.AppendChild(n)
	return n
}

// write adds text to a node, to the text that it ends in if it does.
func write(parent *html.Node, s string) {
	if s == "" {
		return
	}
	if last := parent.LastChild; last != nil && last.Type == html.TextNode {
		// A text of many pieces would be copied for each of them.
		if len(last.Data) < maxPiece {
			last.Data += s
			return
		}
	}
	parent.AppendChild(&html.Node{Type: html.TextNode, Data: s})
}

// item is where the text of the next item of a list goes: in the list that a node
// ends in, or in a new one.
func item(parent *html.Node) *html.Node {
	list := parent.LastChild
	if list == nil || list.Data != "ul" {
		list = add(parent, "ul")
	}
	return add(list, "li")
}

// within is the node that a run of text goes to: inside elements of the given
// names, of which those that the node ends in are gone on with. So text that an
// editor cut in pieces is whole again.
func within(parent *html.Node, names []string) *html.Node {
	for _, name := range names {
		last := parent.LastChild
		if last == nil || last.Data != name || last.Type != html.ElementNode {
			last = add(parent, name)
			if name == "span" { // the one element that is used to hide text
				last.Attr = []html.Attribute{{Key: "hidden"}}
			}
		}
		parent = last
	}
	return parent
}

// maxPiece is how long a text gets that others are added to.
const maxPiece = 4 << 10

// textOf is the text of a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
