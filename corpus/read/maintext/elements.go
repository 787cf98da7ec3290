package maintext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// marks are the kinds of elements that a chunk stands in.
type marks uint32

const (
	inArticle marks = 1 << iota
	inMain
	inHeader
	inFooter
	inAside
	inNav
	inFigure
	inCaption
	inForm
	inTable
	inList
	inQuote
	inSection
	inHeading
	inLink
	inButton
	inDetails
	inBody // the element that is marked as the article's text
	inEmbed
)

func marksOf(n *html.Node) marks {
	var m marks
	switch n.DataAtom {
	case atom.Article:
		m = inArticle
	case atom.Main:
		m = inMain
	case atom.Header:
		m = inHeader
	case atom.Footer:
		m = inFooter
	case atom.Aside:
		m = inAside
	case atom.Nav:
		m = inNav
	case atom.Figure:
		m = inFigure
	case atom.Figcaption, atom.Caption:
		m = inCaption
	case atom.Form, atom.Fieldset:
		m = inForm
	case atom.Table:
		m = inTable
	case atom.Ul, atom.Ol, atom.Dl:
		m = inList
	case atom.Blockquote:
		m = inQuote
	case atom.Section:
		m = inSection
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		m = inHeading
	case atom.A:
		m = inLink
	case atom.Button, atom.Label, atom.Select:
		m = inButton
	case atom.Details, atom.Summary:
		m = inDetails
	}
	switch attr(n, "role") {
	case "main":
		m |= inMain
	case "article":
		m |= inArticle
	case "navigation", "menu", "menubar":
		m |= inNav
	case "complementary":
		m |= inAside
	case "contentinfo":
		m |= inFooter
	case "banner":
		m |= inHeader
	}
	if p := attr(n, "itemprop"); p == "articleBody" || p == "text" {
		m |= inBody
	}
	if attr(n, "property") == "articleBody" || attr(n, "property") == "schema:articleBody" {
		m |= inBody
	}
	return m
}

// skipped reports whether an element holds no text for readers.
func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Math, atom.Object, atom.Embed, atom.Canvas,
		atom.Audio, atom.Video, atom.Select, atom.Textarea, atom.Datalist, atom.Iframe, atom.Rp, atom.Rt, atom.Title, atom.Map:
		return true
	}
	return false
}

// hidden reports whether a page says that an element is not shown.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "style":
			v := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.Blockquote, atom.Pre, atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption,
		atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Figure, atom.Figcaption,
		atom.Form, atom.Fieldset, atom.Address, atom.Center, atom.Details, atom.Summary, atom.Dir, atom.Menu, atom.Body,
		atom.Legend, atom.Dialog, atom.Hgroup, atom.Search, atom.Option, atom.Optgroup, atom.Html:
		return true
	}
	return false
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// names are the words of an element's class, id and other attributes that say
// what it is for, in lower case: "relatedPosts-box" is related, posts, box.
func names(n *html.Node) []string {
	var out []string
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "id", "role", "itemprop", "data-component", "data-testid", "data-type", "property", "rel", "aria-label":
			out = nameWords(out, n.Attr[i].Val)
		}
	}
	return out
}

func nameWords(out []string, s string) []string {
	if len(s) > 300 {
		s = s[:300]
	}
	start := -1
	end := func(i int) {
		if start >= 0 && i-start >= 2 && i-start <= 24 {
			w := strings.ToLower(s[start:i])
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
		start = -1
	}
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter {
			end(i)
			continue
		}
		if start >= 0 && c <= 'Z' && s[i-1] >= 'a' { // camelCase
			end(i)
		}
		if start < 0 {
			start = i
		}
	}
	end(len(s))
	return out
}
