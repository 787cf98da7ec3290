// Package pdf reads PDF files. PDFium says which characters stand where on a page;
// what is a column, a line, a paragraph, a heading or a table is worked out here,
// and package markup makes blocks of it.
//
// engine.go runs PDFium, glyphs.go makes pieces of lines of its characters,
// columns.go finds the order of reading, lines.go lines and rows of tables,
// furniture.go running heads and notes, paragraphs.go paragraphs.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	pdfium "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/markup"
	"parley/corpus/read/properties"
)

// Read reads a PDF file. The first one of a process waits for PDFium to be made
// ready, which does not count as the file's time.
func Read(m *limit.Meter, data []byte) (*document.Document, error) {
	i, err := borrow(m)
	if err != nil {
		return nil, err
	}
	pages, d, err := readPages(m, i, data)
	i.giveBack()
	if err != nil {
		return nil, err
	}
	if err := check(d, pages); err != nil {
		return nil, err
	}
	return d, layOut(m, d, pages)
}

// mostDamaged is how many pages of a file may be damaged: after that the number of
// its pages is not to be believed either.
const mostDamaged = 100

// readPages reads what stands on the pages, and the file's properties.
func readPages(m *limit.Meter, i *instance, data []byte) ([]*page, *document.Document, error) {
	opened, err := i.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))})
	switch {
	case errors.Is(err, pdfium.ErrPassword):
		return nil, nil, errors.New("is protected with a password: save a copy without it")
	case errors.Is(err, pdfium.ErrSecurity):
		return nil, nil, errors.New("is encrypted in a way that is not known: save a copy without that")
	case err != nil && m.Clock() == nil && !bytes.Contains(data, []byte("%PDF-")):
		return nil, nil, errors.New("is not a PDF file")
	case err != nil:
		return nil, nil, failure(m, err)
	}
	r := &reader{instance: i, meter: m, document: opened.Document}
	count, err := i.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, nil, failure(m, err)
	}
	d := &document.Document{}
	var pages []*page
	for n := range count.PageCount {
		if err := m.Nodes(1); err != nil {
			return nil, nil, err
		}
		p, err := r.page(n)
		if err != nil && errors.Is(err, pdfium.ErrPage) && m.Clock() == nil {
			if len(d.Warnings) == mostDamaged {
				d.Warnings = append(d.Warnings, document.Note{Reason: fmt.Sprintf("its pages from %d on were not read: too many before it are damaged", n+1)})
				break
			}
			d.Warnings = append(d.Warnings, document.Note{Reason: fmt.Sprintf("its page %d is damaged and was not read", n+1)})
			continue
		}
		if err != nil {
			return nil, nil, failure(m, err)
		}
		pages = append(pages, p)
	}
	said, made := stated(i, opened.Document)
	more, alsoMade, err := readXMP(m, xmp(data))
	if err != nil {
		return nil, nil, err
	}
	if sameFile(made, alsoMade) {
		said = append(more, said...)
		if made.Changed.Value == "" {
			made = alsoMade
		}
	}
	d.Statements = append(said, made.Statements(false)...)
	return pages, d, nil
}

// stated are the properties that a file states about itself, and when it was made. A
// PDF file is nearly always made at one go, of a page, a draft or another file.
func stated(i *instance, doc references.FPDF_DOCUMENT) ([]document.Statement, properties.Made) {
	var l properties.List
	var made properties.Made
	for _, f := range []struct {
		tag   string
		field document.Field
	}{{"Title", document.Title}, {"Author", document.Author}, {"CreationDate", document.Published}, {"ModDate", document.Updated}} {
		v, err := i.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: f.tag})
		if err != nil {
			continue
		}
		from := "PDF property " + f.tag
		if strings.HasSuffix(f.tag, "Date") {
			made.Note(f.field, date(v.Value), from)
			continue
		}
		l.Add(f.field, v.Value, from)
	}
	if lang, err := i.FPDFCatalog_GetLanguage(&requests.FPDFCatalog_GetLanguage{Document: doc}); err == nil {
		l.Add(document.Language, lang.Language, "PDF property Lang")
	}
	return l.All, made
}

// date is a date of PDF, D:20250506101500+02'00', as others write it.
func date(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits < len("20250506") {
		return s
	}
	out := s[:4] + "-" + s[4:6] + "-" + s[6:8]
	if digits < len("20250506101500") {
		return out
	}
	out += "T" + s[8:10] + ":" + s[10:12] + ":" + s[12:14]
	switch zone := strings.ReplaceAll(s[14:], "'", ""); {
	case strings.HasPrefix(zone, "Z"):
		return out + "Z"
	case len(zone) >= len("+0200") && (zone[0] == '+' || zone[0] == '-'):
		return out + zone[:3] + ":" + zone[3:5]
	}
	return out
}

// check fails for files whose text cannot be had, and warns of pages without.
func check(d *document.Document, pages []*page) error {
	glyphs, lost, empty := 0, 0, 0
	for n, p := range pages {
		lost += p.lost
		for _, q := range p.pieces {
			glyphs += len(q.glyphs)
		}
		glyphs += len(p.turned)
		if len(p.pieces) > 0 || len(p.turned) > 0 || p.lost > 0 {
			continue
		}
		if empty++; p.picture {
			d.Warnings = append(d.Warnings, document.Note{Reason: fmt.Sprintf("its page %d has no text, only a picture: it would need OCR", n+1)})
		}
	}
	switch {
	case len(pages) == 0:
		return errors.New("has no pages that can be read")
	case empty == len(pages) && len(d.Warnings) > 0:
		return errors.New("has no text, only pictures: it would need OCR")
	case empty == len(pages):
		return errors.New("has no text, its pages are empty")
	case lost > glyphs:
		return errors.New("has text that cannot be read: its fonts do not say which letters they draw; print it to a new PDF file or use OCR")
	case lost > glyphs/20:
		d.Doubt = fmt.Sprintf("%d of %d characters are lost: its fonts do not say which letters they draw", lost, lost+glyphs)
	}
	return nil
}

// layOut makes blocks of pages.
func layOut(m *limit.Meter, d *document.Document, pages []*page) error {
	for _, p := range pages {
		p.pieces = join(p.pieces)
		p.markItems()
	}
	initials(pages)
	margin, known := margins(pages)
	d.Statements = append(d.Statements, margin...)
	d.Dropped = furniture(pages, known)
	ls := &layouts{}
	for _, p := range pages {
		ls.order(p.pieces)
		if err := m.Clock(); err != nil {
			return err
		}
	}
	var columns [][]*line
	for n, p := range pages {
		rules := p.rules()
		for _, pieces := range ls.order(p.pieces) {
			if err := m.Nodes(len(pieces)); err != nil {
				return err
			}
			columns = append(columns, linesOf(pieces, n, rules))
		}
		if err := m.Clock(); err != nil {
			return err
		}
	}
	w := newWriter(columns)
	w.columns(columns)
	for _, p := range pages {
		w.drop(p.turned, turnedText)
		w.drop(p.outside, outsideText)
	}
	if w.title != nil {
		d.Statements = append(d.Statements, document.Statement{Field: document.Title, Value: w.title.text, From: "largest line of the first page", Rank: document.Shown})
	}
	blocks, hidden, err := markup.Blocks(m, w.body)
	d.Blocks = blocks
	d.Dropped = append(append(d.Dropped, w.dropped...), hidden...)
	d.Light = true
	return err
}
