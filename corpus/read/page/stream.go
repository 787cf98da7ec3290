package page

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unstream puts the parts of a page that React sent late into their places, as
// its script does in a browser: until then they are hidden. A part is
// <div hidden id="S:0">, its place <template id="B:0">, followed by what is shown
// while it is awaited, up to a comment.
func unstream(root *html.Node) {
	parts, places := map[string]*html.Node{}, map[string]*html.Node{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.Div && n.DataAtom != atom.Template {
			continue
		}
		id := attr(n, "id")
		switch {
		case n.DataAtom == atom.Div && strings.HasPrefix(id, "S:") && hasAttr(n, "hidden"):
			parts[id[2:]] = n
		case n.DataAtom == atom.Template && (strings.HasPrefix(id, "B:") || strings.HasPrefix(id, "P:")):
			places[id[2:]] = n
		}
	}
	for _, id := range slices.Sorted(maps.Keys(parts)) {
		part, place := parts[id], places[id]
		if place == nil || place.Parent == nil || part.Parent == nil || inside(place, part) {
			continue
		}
		for c := place.NextSibling; c != nil && strings.HasPrefix(attr(place, "id"), "B:"); {
			next := c.NextSibling
			if c.Type == html.CommentNode && c.Data == "/$" {
				break
			}
			if inside(part, c) {
				break
			}
			place.Parent.RemoveChild(c)
			c = next
		}
		for c := part.FirstChild; c != nil; c = part.FirstChild {
			part.RemoveChild(c)
			place.Parent.InsertBefore(c, place)
		}
		part.Parent.RemoveChild(part)
	}
}
