package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"parley/corpus/read/limit"
)

// scanner reads XML element by element. Elements are told by their local names:
// formats change their namespaces from one version to the next.
type scanner struct {
	meter *limit.Meter
	dec   *xml.Decoder
	name  string // of the file, for errors
	depth int
}

// scan starts to read XML.
func scan(m *limit.Meter, data []byte, name string) (*scanner, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	label := ""
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		label = "utf-16"
	}
	s := &scanner{meter: m, name: name}
	in := io.Reader(bytes.NewReader(data))
	if label != "" {
		r, err := charset.NewReaderLabel(label, in)
		if err != nil {
			return nil, fmt.Errorf("is damaged, %s is in no known encoding: %w", name, err)
		}
		in = r
	}
	s.dec = xml.NewDecoder(in)
	s.dec.Strict = false
	s.dec.Entity = xml.HTMLEntity
	s.dec.CharsetReader = func(declared string, r io.Reader) (io.Reader, error) {
		if label != "" {
			return r, nil
		}
		return charset.NewReaderLabel(declared, r)
	}
	return s, nil
}

// token is the next token; it is valid until the one after it.
func (s *scanner) token() (xml.Token, error) {
	t, err := s.dec.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if over := s.meter.Clock(); over != nil {
			return nil, over
		}
		line, _ := s.dec.InputPos()
		return nil, fmt.Errorf("is damaged, %s is no XML in its line %d: save it again", s.name, line)
	}
	switch t.(type) {
	case xml.StartElement:
		s.depth++
		if err := s.meter.Depth(s.depth); err != nil {
			return nil, err
		}
		if err := s.meter.Nodes(1); err != nil {
			return nil, err
		}
	case xml.EndElement:
		s.depth--
	}
	return t, nil
}

// each calls f for the children of the element whose start was read last, or of
// the document. f may read to the child's end; what it does not read of it is
// skipped. Characters between the children are handed to chars, which may be nil.
func (s *scanner) each(f func(xml.StartElement) error, chars func(string) error) error {
	at := s.depth
	for {
		t, err := s.token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
			if err := s.leaveTo(at); err != nil {
				return err
			}
		case xml.CharData:
			if chars != nil {
				if err := chars(string(t)); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if s.depth < at {
				return nil
			}
		}
	}
}

// leaveTo skips to where the elements around are depth many.
func (s *scanner) leaveTo(depth int) error {
	for s.depth > depth {
		if _, err := s.token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
	return nil
}

// text is all text of the element whose start was read last.
func (s *scanner) text() (string, error) {
	var b strings.Builder
	add := func(t string) error {
		_, err := b.WriteString(t)
		return err
	}
	var child func(xml.StartElement) error
	child = func(xml.StartElement) error { return s.each(child, add) }
	err := s.each(child, add)
	return b.String(), err
}

// find goes to the start of the first element of a name.
func (s *scanner) find(local string) (xml.StartElement, bool, error) {
	for {
		t, err := s.token()
		switch {
		case errors.Is(err, io.EOF):
			return xml.StartElement{}, false, nil
		case err != nil:
			return xml.StartElement{}, false, err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == local {
			return e, true, nil
		}
	}
}

// attr is the value of an attribute by its local name, empty for none.
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// isOn is the value of a switch, such as <w:vanish/> or <w:vanish w:val="0"/>.
func isOn(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
