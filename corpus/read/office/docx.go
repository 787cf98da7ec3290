package office

import (
	"encoding/xml"
	"errors"
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// ReadDOCX reads a file of Word or of another program that writes its format.
func ReadDOCX(m *limit.Meter, data []byte) (*document.Document, error) {
	a, err := open(m, data, "a .docx file")
	if err != nil {
		return nil, err
	}
	main := "word/document.xml"
	relations, err := readRelations(a, "_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	if r, ok := relations["officeDocument"]; ok {
		main = r[0]
	}
	s, err := a.scan(main)
	if errors.Is(err, errMissing) {
		return nil, errors.New("is not a .docx file: " + main + " is missing")
	}
	if err != nil {
		return nil, err
	}
	d := &document.Document{}
	if err := readCore(a, d, first(relations["core-properties"], "docProps/core.xml")); err != nil {
		return nil, err
	}
	if relations, err = readRelations(a, relationsOf(main), main); err != nil {
		return nil, err
	}
	body := element("body")
	w := &word{scanner: s, doc: d, body: body, front: front{doc: d, body: body}}
	if w.styles, err = readWordStyles(a, first(relations["styles"], resolve(main, "styles.xml"))); err != nil {
		return nil, err
	}
	if _, ok, err := s.find("body"); err != nil || !ok {
		if err == nil {
			err = errors.New("is not a .docx file: " + main + " has no body")
		}
		return nil, err
	}
	if err := w.container(w.body); err != nil {
		return nil, err
	}
	w.front.state()
	if err := fill(m, d, w.body); err != nil {
		return nil, err
	}
	return d, leftParts(a, d, relations)
}

func first(s []string, other string) string {
	if len(s) > 0 {
		return s[0]
	}
	return other
}

// relationsOf is the file that says what a file of the archive refers to.
func relationsOf(name string) string {
	dir, file := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, file = name[:i+1], name[i+1:]
	}
	return dir + "_rels/" + file + ".rels"
}

// readRelations reads which files a file refers to, by the kind of reference.
func readRelations(a *archive, name, from string) (map[string][]string, error) {
	s, err := a.scan(name)
	if errors.Is(err, errMissing) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if _, ok, err := s.find("Relationships"); err != nil || !ok {
		return nil, err
	}
	out := make(map[string][]string)
	return out, s.each(func(e xml.StartElement) error {
		if kind := attr(e, "Type"); attr(e, "TargetMode") != "External" {
			kind = kind[strings.LastIndexByte(kind, '/')+1:]
			out[kind] = append(out[kind], resolve(from, attr(e, "Target")))
		}
		return nil
	}, nil)
}

// readCore reads the properties of the file: title, authors, dates.
func readCore(a *archive, d *document.Document, name string) error {
	s, err := a.scan(name)
	if errors.Is(err, errMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, ok, err := s.find("coreProperties"); err != nil || !ok {
		return err
	}
	fields := map[string]document.Field{
		"title": document.Title, "creator": document.Author, "created": document.Published, "modified": document.Updated, "language": document.Language,
	}
	var l noted
	err = s.each(func(e xml.StartElement) error {
		field, ok := fields[e.Name.Local]
		if !ok {
			return nil
		}
		value, err := s.text()
		l.add(field, value, e.Name.Local)
		return err
	}, nil)
	d.Statements = append(d.Statements, l.statements()...)
	return err
}

// leftParts notes what stands around the text or beside it.
func leftParts(a *archive, d *document.Document, relations map[string][]string) error {
	for _, part := range []struct{ kind, element, reason string }{
		{"header", "p", pageHeader},
		{"footer", "p", pageFooter},
		{"footnotes", "footnote", footnote},
		{"endnotes", "endnote", footnote},
		{"comments", "comment", comment},
	} {
		for _, name := range relations[part.kind] {
			s, err := a.scan(name)
			if errors.Is(err, errMissing) {
				continue
			}
			if err != nil {
				return err
			}
			for {
				_, ok, err := s.find(part.element)
				if err != nil {
					return err
				}
				if !ok {
					break
				}
				text, err := wordText(s)
				if err != nil {
					return err
				}
				left(d, text, part.reason)
			}
		}
	}
	return nil
}

// wordText is the text of an element, without instructions of fields.
func wordText(s *scanner) (string, error) {
	var b strings.Builder
	var child func(xml.StartElement) error
	child = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			text, err := s.text()
			b.WriteString(text)
			return err
		case "instrText", "delText":
			return nil
		case "p", "tab", "br":
			b.WriteByte(' ')
		}
		return s.each(child, nil)
	}
	err := s.each(child, nil)
	return b.String(), err
}

// word reads the body of a .docx file.
type word struct {
	*scanner
	doc    *document.Document
	styles *wordStyles
	body   *html.Node
	fields []field    // that the text is in
	goesOn *html.Node // the paragraph that the next one goes on: its end was deleted, or it is an initial
	boxes  []*html.Node
	front  front

	inContents bool // the paragraph belongs to a table of contents
}

// field is a field of a text: an instruction and its result.
type field struct {
	instruction strings.Builder
	result      bool // its result has begun
	contents    bool // it makes a table of contents
}

// container reads what stands in the body, a cell or a box.
func (w *word) container(parent *html.Node) error {
	return w.each(func(e xml.StartElement) error { return w.block(parent, e) }, nil)
}

func (w *word) block(parent *html.Node, e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		return w.paragraph(parent)
	case "tbl":
		w.goesOn = nil
		return w.table(parent)
	case "sdt":
		return w.control(parent)
	case "del", "moveFrom":
		return w.container(add(parent, "del"))
	case "ins", "moveTo", "smartTag", "customXml", "sdtContent":
		return w.container(parent)
	case "AlternateContent":
		return w.alternative(func(e xml.StartElement) error { return w.block(parent, e) })
	}
	return nil
}

// alternative reads the first of the forms that a piece stands in.
func (w *word) alternative(f func(xml.StartElement) error) error {
	done := false
	return w.each(func(xml.StartElement) error {
		if done {
			return nil
		}
		done = true
		return w.each(f, nil)
	}, nil)
}

// control reads a control around blocks: a table of contents is one.
func (w *word) control(parent *html.Node) error {
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "sdtPr":
			gallery := ""
			err := w.each(func(e xml.StartElement) error {
				if e.Name.Local != "docPartObj" {
					return nil
				}
				return w.each(func(e xml.StartElement) error {
					if e.Name.Local == "docPartGallery" {
						gallery = attr(e, "val")
					}
					return nil
				}, nil)
			}, nil)
			if gallery == "Table of Contents" {
				parent = nil
			}
			return err
		case "sdtContent":
			if parent == nil {
				text, err := wordText(w.scanner)
				left(w.doc, text, contents)
				return err
			}
			return w.container(parent)
		}
		return nil
	}, nil)
}

func (w *word) table(parent *html.Node) error {
	t := add(parent, "table")
	return w.each(func(e xml.StartElement) error { return w.row(t, e) }, nil)
}

func (w *word) row(t *html.Node, e xml.StartElement) error {
	switch e.Name.Local {
	case "tr":
	case "ins", "moveTo", "customXml", "sdt", "sdtContent":
		return w.each(func(e xml.StartElement) error { return w.row(t, e) }, nil)
	default:
		return nil
	}
	tr := add(t, "tr")
	var cell func(xml.StartElement) error
	cell = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			return w.each(func(e xml.StartElement) error {
				switch {
				case e.Name.Local == "del":
					t.RemoveChild(tr)
					tr = add(add(w.body, "del"), "div")
				case e.Name.Local == "hidden" && isOn(e):
					tr.Attr = append(tr.Attr, html.Attribute{Key: "hidden"})
				}
				return nil
			}, nil)
		case "tc":
			w.goesOn = nil
			return w.container(add(tr, "td"))
		case "sdt", "sdtContent", "customXml":
			return w.each(cell, nil)
		}
		return nil
	}
	return w.each(cell, nil)
}
