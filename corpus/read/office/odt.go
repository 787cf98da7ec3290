package office

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// ReadODT reads a text of OpenDocument: of LibreOffice and others.
func ReadODT(m *limit.Meter, data []byte) (*document.Document, error) {
	a, err := open(m, data, "an .odt file")
	if err != nil {
		return nil, err
	}
	if manifest, err := a.read("META-INF/manifest.xml"); err == nil && strings.Contains(string(manifest), "encryption-data") {
		return nil, errors.New("is protected with a password: save a copy without it")
	} else if err != nil && !errors.Is(err, errMissing) {
		return nil, err
	}
	s, err := a.scan("content.xml")
	if errors.Is(err, errMissing) {
		return nil, errors.New("is not an .odt file: content.xml is missing")
	}
	if err != nil {
		return nil, err
	}
	d := &document.Document{}
	if err := readMeta(a, d); err != nil {
		return nil, err
	}
	found, body := false, element("body")
	w := &writer{scanner: s, doc: d, front: front{doc: d, body: body}, styles: make(map[string]*writerStyle)}
	if err := w.readStyles(a); err != nil {
		return nil, err
	}
	err = s.each(func(xml.StartElement) error { // the root
		return s.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "automatic-styles":
				return w.stylesIn(s)
			case "body":
				return s.each(func(e xml.StartElement) error {
					found = found || e.Name.Local == "text"
					return w.container(body)
				}, nil)
			}
			return nil
		}, nil)
	}, nil)
	if err == nil && !found {
		err = errors.New("is not an .odt file: content.xml holds no text")
	}
	if err != nil {
		return nil, err
	}
	w.front.state()
	return d, fill(m, d, body)
}

// readMeta reads the properties of the file.
func readMeta(a *archive, d *document.Document) error {
	s, err := a.scan("meta.xml")
	if errors.Is(err, errMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, ok, err := s.find("meta"); err != nil || !ok {
		return err
	}
	fields := map[string]document.Field{
		"title": document.Title, "initial-creator": document.Author, "creation-date": document.Published, "date": document.Updated, "language": document.Language,
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

// writerStyle is what a style says of text, as far as it matters for reading.
type writerStyle struct {
	parent  string
	level   int
	hidden  bool
	struck  bool
	shifted string // sup, sub
}

// writer reads the text of an .odt file.
type writer struct {
	*scanner
	doc    *document.Document
	styles map[string]*writerStyle
	boxes  []*html.Node
	front  front
}

func (w *writer) readStyles(a *archive) error {
	s, err := a.scan("styles.xml")
	if errors.Is(err, errMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.each(func(xml.StartElement) error {
		return s.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "styles", "automatic-styles":
				return w.stylesIn(s)
			case "master-styles":
				return s.each(func(xml.StartElement) error { return w.masterPage(s) }, nil)
			}
			return nil
		}, nil)
	}, nil)
}

// masterPage notes the headers and footers of pages.
func (w *writer) masterPage(s *scanner) error {
	return s.each(func(e xml.StartElement) error {
		reason := ""
		switch {
		case strings.HasPrefix(e.Name.Local, "header"):
			reason = pageHeader
		case strings.HasPrefix(e.Name.Local, "footer"):
			reason = pageFooter
		default:
			return nil
		}
		text, err := s.text()
		left(w.doc, text, reason)
		return err
	}, nil)
}

// stylesIn reads the styles of an element.
func (w *writer) stylesIn(s *scanner) error {
	return s.each(func(e xml.StartElement) error {
		if e.Name.Local != "style" {
			return nil
		}
		st := &writerStyle{parent: attr(e, "parent-style-name")}
		if n, err := strconv.Atoi(attr(e, "default-outline-level")); err == nil && n > 0 {
			st.level = min(n, 6)
		}
		w.styles[attr(e, "name")] = st
		return s.each(func(e xml.StartElement) error {
			if e.Name.Local != "text-properties" && e.Name.Local != "section-properties" {
				return nil
			}
			st.hidden = st.hidden || attr(e, "display") == "none"
			if v := attr(e, "text-line-through-style"); v != "" && v != "none" {
				st.struck = true
			}
			switch position, _, _ := strings.Cut(attr(e, "text-position"), " "); {
			case position == "super", strings.HasSuffix(position, "%") && position[0] != '-' && position[0] != '0':
				st.shifted = "sup"
			case position == "sub", strings.HasPrefix(position, "-"):
				st.shifted = "sub"
			}
			return nil
		}, nil)
	}, nil)
}

// named are the styles that a style is based on, itself first.
func (w *writer) named(name string, f func(name string, st *writerStyle) bool) {
	for range maxBased {
		st := w.styles[name]
		if st == nil {
			st = &writerStyle{}
		}
		if f(name, st) || st.parent == "" {
			return
		}
		name = st.parent
	}
}

// looks are the elements that say of a text what its style does.
func (w *writer) looks(style string) []string {
	var all writerStyle
	w.named(style, func(_ string, st *writerStyle) bool {
		all.hidden, all.struck = all.hidden || st.hidden, all.struck || st.struck
		if all.shifted == "" {
			all.shifted = st.shifted
		}
		return false
	})
	var names []string
	if all.hidden {
		names = append(names, "span")
	}
	if all.struck {
		names = append(names, "s")
	}
	if all.shifted != "" {
		names = append(names, all.shifted)
	}
	return names
}

// level is that of a heading by its style, 0 for none.
func (w *writer) level(style string) int {
	level := 0
	w.named(style, func(name string, st *writerStyle) bool {
		switch {
		case name == "Title":
			level = 1
		case name == "Subtitle":
			level = 2
		case st.level > 0:
			level = st.level
		}
		return level > 0
	})
	return level
}
