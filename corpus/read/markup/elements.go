package markup

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attr is the value of an attribute, empty for none.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// hasClass reports whether one of an element's classes fits.
func hasClass(n *html.Node, fits func(string) bool) bool {
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if fits(strings.ToLower(class)) {
			return true
		}
	}
	return false
}

// language is the language that is stated for a node by it or those around it.
func language(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if lang := attr(n, "lang"); lang != "" {
			return lang
		}
	}
	return ""
}

// has reports whether an element that fits is inside a node, not looking into
// those named: so nodes in nested lists or tables are looked at once.
func has(n *html.Node, fits func(*html.Node) bool, closed ...string) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if fits(c) || !slices.Contains(closed, c.Data) && has(c, fits, closed...) {
			return true
		}
	}
	return false
}

// textOf is the text of a node, as it stands; it ends early when it has most
// bytes. Zero is no bound.
func textOf(n *html.Node, most int) string {
	var b strings.Builder
	var add func(*html.Node) bool
	add = func(n *html.Node) bool {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return most == 0 || b.Len() < most
		case n.Type != html.ElementNode && n.Type != html.DocumentNode, n.Data == "script", n.Data == "style":
			return true
		case n.Data == "br" || isBlock(n, false) && b.Len() > 0:
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !add(c) {
				return false
			}
		}
		return true
	}
	add(n)
	return b.String()
}

func firstRune(s string) rune {
	r, n := utf8.DecodeRuneInString(strings.TrimSpace(s))
	if n == 0 {
		return utf8.RuneError
	}
	return r
}

func isHeading(n *html.Node) bool {
	return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

// isBlock reports whether an element begins and ends lines. One that HTML does not
// know does where [settle] or its own style says so, cells in a table that only
// lays out the page.
func isBlock(n *html.Node, layout bool) bool {
	if style := attr(n, "style"); style != "" {
		switch d := declaration(style, "display"); {
		case d == "inline" && n.Data != "li" && n.Data != "tr":
			return false
		case d == "block", d == "flex", d == "grid", d == "table", d == "list-item":
			return true
		}
	}
	switch n.Data {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
		"fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
		"html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section",
		"summary", "table", "tbody", "tfoot", "thead", "ul", "xmp":
		return true
	case "tr", "td", "th":
		return layout
	case "body.head", "body.content", "body.end", "block", "hedline", "hl1", "hl2", "media", "tagline": // of NITF, in which agencies write
		return true
	}
	return n.DataAtom == atom.Div
}

// declaration is the value of a property in a style attribute, in lower case.
func declaration(style, property string) string {
	value := ""
	for d := range strings.SplitSeq(strings.ToLower(style), ";") {
		key, v, ok := strings.Cut(d, ":")
		if ok && strings.TrimSpace(key) == property {
			value = strings.TrimSpace(strings.ReplaceAll(v, "!important", ""))
		}
	}
	return value
}
