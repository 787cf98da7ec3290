package office

import (
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// front takes what stands above the text in paragraphs whose style says that they
// are no text: the title, the authors, the day. Word and Writer name their styles in
// English in every language, and so does Pandoc.
type front struct {
	doc    *document.Document
	body   *html.Node // the paragraphs of which count, not those of tables and boxes
	stated []document.Statement
	titled bool
	over   bool // text has begun
}

// take takes a paragraph of a style, by its name in lower case, out of the tree if it
// belongs there.
func (f *front) take(node *html.Node, style string) {
	s := document.OneLine(textOf(node))
	if s == "" || node.Parent == nil {
		return
	}
	if node.Parent != f.body {
		style = ""
	}
	field, reason, rank := document.Title, "title", document.Declared
	switch {
	case style == "title" && !f.titled:
		if f.titled = true; f.over {
			rank = document.Shown
		}
	case style == "author" && !f.over && len(metadata.Names(s)) > 0:
		field, reason = document.Author, "by-line"
	case style == "date" && !f.over && metadata.HasDate(s, metadata.Locale{}):
		field, reason = document.Published, "date line"
	case style == "subtitle" && !f.over && !strings.ContainsRune(".!?…", text.LastRune(s)):
		node.Parent.RemoveChild(node)
		left(f.doc, s, "subtitle")
		return
	default:
		f.over = f.over || style != "subtitle" // one of a sentence or more is the beginning of the text
		return
	}
	f.stated = append(f.stated, document.Statement{Field: field, Value: s, From: "paragraph in the style " + map[document.Field]string{document.Title: "Title", document.Author: "Author", document.Published: "Date"}[field], Rank: rank})
	if !f.over {
		node.Parent.RemoveChild(node)
		left(f.doc, s, reason)
	}
}

// state puts what was found before the properties of the file, which programs fill
// in.
func (f *front) state() { f.doc.Statements = append(f.stated, f.doc.Statements...) }
