package office

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

// wordStyle is what a style says of text, as far as it matters for reading.
type wordStyle struct {
	name    string // the same in all languages for the styles that Word has
	based   string
	level   int // of an outline, from 1; 0 for none
	list    toggle
	hidden  toggle
	struck  toggle
	shifted string // superscript, subscript
}

// toggle is a property that is set, cleared or left to others.
type toggle int

const (
	inherit toggle = iota
	off
	on
)

func toggled(b bool) toggle {
	if b {
		return on
	}
	return off
}

// wordStyles are the styles of a file by their IDs, which are translated.
type wordStyles struct {
	byID    map[string]*wordStyle
	initial string // of paragraphs that name none
}

// readWordStyles reads a file's styles. There need not be any.
func readWordStyles(a *archive, name string) (*wordStyles, error) {
	out := &wordStyles{byID: make(map[string]*wordStyle)}
	s, err := a.scan(name)
	if errors.Is(err, errMissing) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	for {
		e, ok, err := s.find("style")
		if err != nil || !ok {
			return out, err
		}
		st := &wordStyle{}
		id := attr(e, "styleId")
		if attr(e, "type") == "paragraph" && attr(e, "default") == "1" {
			out.initial = id
		}
		err = s.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "name":
				st.name = strings.ToLower(attr(e, "val"))
			case "basedOn":
				st.based = attr(e, "val")
			case "pPr":
				return s.each(func(e xml.StartElement) error { return st.paragraphProperty(s, e) }, nil)
			case "rPr":
				return s.each(func(e xml.StartElement) error {
					st.runProperty(e)
					return nil
				}, nil)
			}
			return nil
		}, nil)
		if err != nil {
			return nil, err
		}
		out.byID[id] = st
	}
}

// paragraphProperty reads one property of a paragraph.
func (st *wordStyle) paragraphProperty(s *scanner, e xml.StartElement) error {
	switch e.Name.Local {
	case "outlineLvl":
		st.level = 0
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
			st.level = n + 1
		}
	case "numPr":
		st.list = on
		return s.each(func(e xml.StartElement) error {
			if e.Name.Local == "numId" && attr(e, "val") == "0" {
				st.list = off
			}
			return nil
		}, nil)
	}
	return nil
}

// runProperty reads one property of a run of text.
func (st *wordStyle) runProperty(e xml.StartElement) {
	switch e.Name.Local {
	case "vanish", "webHidden":
		if e.Name.Local == "vanish" || isOn(e) {
			st.hidden = toggled(isOn(e))
		}
	case "strike", "dstrike":
		if st.struck != on || isOn(e) {
			st.struck = toggled(isOn(e))
		}
	case "vertAlign":
		st.shifted = attr(e, "val")
	case "position": // as LibreOffice writes raised text
		switch n, _ := strconv.Atoi(attr(e, "val")); {
		case n >= minRaised:
			st.shifted = "superscript"
		case n <= -minRaised:
			st.shifted = "subscript"
		}
	}
}

// minRaised is how far, in half points, text is raised or lowered that is meant to
// be so; less than that is for looks.
const minRaised = 4

// maxBased is how many styles may be based on each other.
const maxBased = 16

// resolve is a style with what it has of those that it is based on.
func (w *wordStyles) resolve(id string) wordStyle {
	var out wordStyle
	for range maxBased {
		st := w.byID[id]
		if st == nil {
			break
		}
		out.over(*st)
		id = st.based
	}
	return out
}

// over fills in what is not set yet.
func (st *wordStyle) over(from wordStyle) {
	if st.name == "" || !isBuiltIn(st.name) && isBuiltIn(from.name) {
		st.name = from.name
	}
	if st.level == 0 {
		st.level = from.level
	}
	if st.list == inherit {
		st.list = from.list
	}
	if st.hidden == inherit {
		st.hidden = from.hidden
	}
	if st.struck == inherit {
		st.struck = from.struck
	}
	if st.shifted == "" {
		st.shifted = from.shifted
	}
}

// isBuiltIn reports whether a style is one of Word's own that says what a
// paragraph is.
func isBuiltIn(name string) bool {
	return headingLevel(name) > 0 || isContents(name) || name == "author" || name == "date"
}

// headingLevel is that of a style by its name, 0 for no heading.
func headingLevel(name string) int {
	switch {
	case name == "title":
		return 1
	case name == "subtitle":
		return 2
	case strings.HasPrefix(name, "heading "):
		if n, err := strconv.Atoi(name[len("heading "):]); err == nil && n > 0 && n < 10 {
			return min(n, 6)
		}
	}
	return 0
}

func isContents(name string) bool {
	return strings.HasPrefix(name, "toc ") && name != "toc heading" || name == "table of figures"
}
