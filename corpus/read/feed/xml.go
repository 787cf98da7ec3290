package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/decode"
	"parley/corpus/read/limit"
)

// textOf makes UTF-8 of a file of XML and blanks of the control characters that
// XML does not allow and feeds have.
func textOf(data []byte) ([]byte, error) {
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		s, err := decode.ToUTF8(data, false)
		if err != nil {
			return nil, err
		}
		data = []byte(s)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("is empty")
	}
	if bytes.IndexFunc(data, isForbidden) < 0 {
		return data, nil
	}
	return bytes.Map(func(r rune) rune {
		if r == 0 {
			return -1
		}
		if isForbidden(r) {
			return ' '
		}
		return r
	}, data), nil
}

// isForbidden reports whether XML does not allow a character.
func isForbidden(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0xFFFE || r == 0xFFFF
}

// maxTag bounds a tag less what stands in quotation marks: the library reads all
// attributes of an element at once.
const maxTag = 1 << 16

// checkTags refuses a file with a tag that is too long to be one.
func checkTags(data []byte) error {
	for at := 0; ; {
		n := bytes.IndexByte(data[at:], '<')
		if n < 0 {
			return nil
		}
		at += n
		for _, b := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
			if bytes.HasPrefix(data[at:], []byte(b[0])) {
				n := bytes.Index(data[at:], []byte(b[1]))
				if n < 0 {
					return nil
				}
				at += n
			}
		}
		size := 0
		for at < len(data) && data[at] != '>' {
			if c := data[at]; c == '"' || c == '\'' {
				n := bytes.IndexByte(data[at+1:], c)
				if n < 0 {
					return nil
				}
				at += n + 1
			}
			at++
			if size++; size > maxTag {
				return fmt.Errorf("has a tag of more than %d bytes, %w", maxTag, limit.ErrLimit)
			}
		}
	}
}

// walker goes over the elements of a file and counts them. It is used instead of
// a library for feeds because those follow nested elements to any depth, which
// ends the process on a file made for it.
type walker struct {
	m      *limit.Meter
	dec    *xml.Decoder
	depth  int // of the element that has begun
	tokens int
}

// clockEvery is how many tokens are read between two looks at the clock.
const clockEvery = 1 << 10

func newWalker(m *limit.Meter, data []byte) *walker {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false // entities of HTML, missing quotation marks and end tags
	dec.AutoClose = void()
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // textOf did it
	return &walker{m: m, dec: dec}
}

// void are the elements of HTML that have no end.
func void() []string { return []string{"br", "hr", "img", "input", "wbr"} }

// line is the line that the walker has come to.
func (w *walker) line() int {
	line, _ := w.dec.InputPos()
	return line
}

// next is the next token, nil at the end of the file.
func (w *walker) next() (xml.Token, error) {
	token, err := w.dec.Token()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if w.tokens++; w.tokens%clockEvery == 0 {
		if err := w.m.Clock(); err != nil {
			return nil, err
		}
	}
	switch token.(type) {
	case xml.StartElement:
		w.depth++
		if err := w.m.Nodes(1); err != nil {
			return nil, err
		}
		err = w.m.Depth(w.depth)
	case xml.EndElement:
		w.depth--
	}
	return token, err
}

// skip goes behind the end of the element that has begun.
func (w *walker) skip() error {
	for open := w.depth; ; {
		token, err := w.next()
		if err != nil || token == nil || w.depth < open {
			return err
		}
	}
}

// children calls fn for each element in the one that has begun; fn goes behind
// its end.
func (w *walker) children(fn func(xml.StartElement) error) error {
	for open := w.depth; ; {
		token, err := w.next()
		if err != nil || token == nil || w.depth < open {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := fn(start); err != nil {
				return err
			}
		}
	}
}

// content is what stands in an element.
type content struct {
	text   string
	markup bool // it has elements, and text is HTML
	line   int
}

// inner reads what stands in the element that has begun. Elements in it become
// HTML again, whatever the prefix of their names.
func (w *walker) inner() (content, error) {
	out := content{line: w.line()}
	var plain, marked strings.Builder
	most := int(w.m.Limits().ArticleBytes) // an item with more is refused
	for open := w.depth; ; {
		token, err := w.next()
		if err != nil || token == nil || w.depth < open {
			out.text = plain.String()
			if out.markup {
				out.text = marked.String()
			}
			return out, err
		}
		if plain.Len()+marked.Len() > most {
			continue
		}
		switch t := token.(type) {
		case xml.CharData:
			if len(t) > most {
				t = t[:0]
			}
			if out.markup {
				marked.WriteString(html.EscapeString(string(t)))
			} else {
				plain.Write(t)
			}
		case xml.StartElement:
			if !out.markup {
				out.markup = true
				marked.WriteString(html.EscapeString(plain.String()))
			}
			writeStart(&marked, t)
		case xml.EndElement:
			if !slices.Contains(void(), t.Name.Local) {
				marked.WriteString("</" + t.Name.Local + ">")
			}
		}
	}
}

func writeStart(b *strings.Builder, t xml.StartElement) {
	b.WriteString("<" + t.Name.Local)
	for _, a := range t.Attr {
		if isName().MatchString(a.Name.Local) {
			b.WriteString(" " + a.Name.Local + `="` + html.EscapeString(a.Value) + `"`)
		}
	}
	b.WriteString(">")
}

// isName tells the names of attributes that HTML can have.
var isName = text.Pattern(`^[A-Za-z][A-Za-z0-9-]*$`)

// attribute is the value of an attribute, whatever its prefix.
func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// isCore reports whether a name is one of RSS or Atom itself and not of an
// extension: pictures have titles, too.
func isCore(n xml.Name) bool {
	switch s := strings.ToLower(n.Space); s {
	case "", "atom", "rss", "rdf":
		return true
	default:
		return strings.Contains(s, "2005/atom") || strings.Contains(s, "purl.org/atom") || strings.Contains(s, "purl.org/rss/1.0/") && !strings.Contains(s, "modules") ||
			strings.Contains(s, "netscape.com") || strings.Contains(s, "userland.com") || strings.Contains(s, "rss-specification")
	}
}

// isOf reports whether a name is of the extension that is known by a prefix and
// by a part of its address.
func isOf(n xml.Name, prefix, part string) bool {
	return strings.EqualFold(n.Space, prefix) || strings.Contains(n.Space, part)
}
