// Package office reads texts of word processors and electronic books: .docx, .odt
// and .epub, which are ZIP files of XML.
//
// Each reader makes a tree of HTML of its file and hands it to package markup, so
// that lists, tables, raised characters, struck text and notes come out as they do
// from a page. archive.go opens the ZIP file, scan.go reads XML and tree.go builds
// the HTML, each at a cost that the meter bounds.
package office

import (
	"golang.org/x/net/html"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/markup"
)

// The reasons that texts are left out for, beside those of package markup.
const (
	contents   = "table of contents"
	pageHeader = "page header"
	pageFooter = "page footer"
	comment    = "comment"
	footnote   = "footnote"
	deleted    = "deleted text"
)

// fill reads a tree into a document.
func fill(m *limit.Meter, d *document.Document, root *html.Node) error {
	blocks, dropped, err := markup.Blocks(m, root)
	if err != nil {
		return err
	}
	d.Blocks = append(d.Blocks, blocks...)
	d.Dropped = append(d.Dropped, dropped...)
	d.Light = true
	return nil
}

// left notes a text that is left out.
func left(d *document.Document, s, reason string) {
	if s = document.OneLine(s); s != "" {
		d.Dropped = append(d.Dropped, document.Drop{Text: s, Reason: reason})
	}
}
