package office

import (
	"encoding/xml"
	"errors"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/read/decode"
	"parley/corpus/read/document"
	"parley/corpus/read/markup"
)

// chapters are the articles of a book, in its order. A file that begins without a
// heading, and that the table of contents does not name, goes on the chapter before
// it: books are cut into files of some size.
func (b *book) chapters() ([]*document.Document, error) {
	var out []*document.Document
	var around []document.Drop
	for _, it := range b.spine {
		root, err := b.parse(it.name)
		if errors.Is(err, errMissing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if reason := b.aroundText(it, root); reason != "" {
			if s := document.OneLine(textOf(root)); s != "" {
				around = append(around, document.Drop{Text: s, Reason: reason})
			}
			continue
		}
		d := &document.Document{Part: strings.TrimSuffix(path.Base(it.name), path.Ext(it.name))}
		if err := fill(b.archive.meter, d, root); err != nil {
			return nil, err
		}
		if len(d.Blocks) == 0 {
			around = append(around, d.Dropped...)
			continue
		}
		if n := len(out); n > 0 && len(b.labels) > 0 && len(b.labels[it.name]) == 0 && d.Blocks[0].Kind != document.Heading {
			out[n-1].Blocks = append(out[n-1].Blocks, d.Blocks...)
			out[n-1].Dropped = append(out[n-1].Dropped, d.Dropped...)
			continue
		}
		b.state(d, it.name)
		out = append(out, d)
	}
	if len(out) > 0 {
		out[0].Dropped = append(around, out[0].Dropped...)
	}
	return out, nil
}

// state adds what is known about a chapter: the book's title with the chapter's.
func (b *book) state(d *document.Document, name string) {
	chapter := ""
	if d.Blocks[0].Kind == document.Heading {
		chapter = d.Blocks[0].Text
	} else if labels := b.labels[name]; len(labels) > 0 {
		chapter = labels[0]
	}
	title, from := b.title, "EPUB property title"
	switch {
	case title == "":
		title, from = chapter, "EPUB table of contents"
	case chapter != "" && !strings.EqualFold(chapter, title):
		title, from = title+": "+chapter, "EPUB property title, table of contents"
	}
	all := b.properties
	all.All = slices.Clip(all.All)
	all.Add(document.Title, title, from)
	d.Statements = all.All
}

// aroundText says what a page is that is not text of the book, by what the book
// states of it or by its file's name; empty for text.
func (b *book) aroundText(it bookItem, root *html.Node) string {
	if it.aside {
		return "page beside the text"
	}
	if reason := roleReason(b.roles[it.name]); reason != "" {
		return reason
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data != "section" && n.Data != "div" && n.Data != "body" && n.Data != "nav" {
			continue
		}
		if len(strings.TrimSpace(textOf(n))) < len(strings.TrimSpace(textOf(root))) {
			break // it is a part of the page
		}
		for _, a := range n.Attr {
			if a.Key == "epub:type" || a.Key == "type" || a.Key == "role" {
				if reason := roleReason(strings.TrimPrefix(a.Val, "doc-")); reason != "" {
					return reason
				}
			}
		}
	}
	stem := strings.ToLower(strings.TrimSuffix(path.Base(it.name), path.Ext(it.name)))
	switch strings.Trim(stem, "0123456789_-") {
	case "cover", "coverpage", "titlepage", "title-page", "title_page", "title", "toc", "contents", "nav", "copyright", "copyright-page", "imprint", "colophon":
		return roleReason(strings.Trim(stem, "0123456789_-"))
	}
	return ""
}

// roleReason is why a page of a role is left out: the roles of EPUB's vocabulary,
// and names of files.
func roleReason(roles string) string {
	for role := range strings.FieldsSeq(roles) {
		switch role {
		case "cover", "coverpage":
			return "cover"
		case "titlepage", "title-page", "title_page", "title", "halftitlepage", "halftitle", "frontispiece":
			return "title page"
		case "toc", "contents", "nav", "toc-brief", "landmarks", "loi", "lot", "page-list", "pagelist":
			return contents
		case "copyright-page", "copyright", "imprint", "imprimatur", "colophon":
			return "copyright page"
		case "index":
			return "index"
		case "other-credits", "seriespage", "ad", "advertisement":
			return "page beside the text"
		}
	}
	return ""
}

// parse makes a tree of a chapter. It is XML; what is not well-formed is read as
// browsers read pages.
func (b *book) parse(name string) (*html.Node, error) {
	data, err := b.archive.read(name)
	if err != nil {
		return nil, err
	}
	s, err := scan(b.archive.meter, data, name)
	if err != nil {
		return nil, err
	}
	s.dec.Strict = true
	body := element("body")
	_, ok, err := s.find("body")
	if err == nil && ok {
		err = s.copyTo(body)
	}
	if over := b.archive.meter.Clock(); over != nil {
		return nil, over
	}
	if err == nil && ok {
		return body, nil
	}
	text, err := decode.Text(data, true)
	if err != nil {
		return body, nil // an empty page
	}
	root, err := markup.Parse(b.archive.meter, text)
	if err != nil {
		return nil, err
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "body" {
			return n, nil
		}
	}
	return root, nil
}

// copyTo makes HTML of the content of the element whose start was read last.
func (s *scanner) copyTo(parent *html.Node) error {
	return s.each(func(e xml.StartElement) error {
		n := add(parent, strings.ToLower(e.Name.Local))
		for _, a := range e.Attr {
			n.Attr = append(n.Attr, html.Attribute{Key: strings.ToLower(a.Name.Local), Val: a.Value})
		}
		return s.copyTo(n)
	}, func(t string) error {
		write(parent, t)
		return nil
	})
}
