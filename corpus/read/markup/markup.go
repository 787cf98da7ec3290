// Package markup reads HTML as people see it on a page: a tree, or a piece of
// one, becomes blocks of text with each visible word once. What is not to be
// read as text (hidden and struck words, marks of footnotes, captions of
// photographs, controls of forms) is left out and listed. Which part of a page
// is its article is not decided here.
//
// settle.go says which unknown elements are blocks, walk.go goes over the tree, flow.go sets white space, leave.go says what is
// left out, scripts.go reads raised and lowered characters, table.go tables and
// math.go formulas.
package markup

import (
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// Blocks are the paragraphs, headings, items and rows under a node. The tree is
// not changed. Whether the node itself is hidden does not matter.
func Blocks(m *limit.Meter, root *html.Node) ([]document.Block, []document.Drop, error) {
	if root == nil {
		return nil, nil, nil
	}
	return blocks(m, root, 0)
}

func blocks(m *limit.Meter, root *html.Node, line int) ([]document.Block, []document.Drop, error) {
	w := &walker{meter: m, lang: language(root), own: root, sheet: readSheet(root), layout: inLayout(root)}
	w.flow.line = line
	if err := w.node(root, 0); err != nil {
		return nil, nil, err
	}
	w.flush()
	return w.blocks, w.dropped, nil
}

// Fragment are the blocks of a piece of HTML that stands in the body of a page.
func Fragment(m *limit.Meter, htmlText string) ([]document.Block, []document.Drop, error) {
	return fragment(m, htmlText, 0)
}

// Lined reads a piece of HTML as [Fragment] does, with the lines of its blocks:
// those that a [LineMark] states, and the line ends of text after it. The first
// line is 1.
func Lined(m *limit.Meter, htmlText string) ([]document.Block, []document.Drop, error) {
	return fragment(m, htmlText, 1)
}

// LineMark says, in HTML for [Lined], which line of the file the text after it
// stands in.
func LineMark(line int) string { return "<!--" + lineMark + strconv.Itoa(line) + "-->" }

const lineMark = "line "

func fragment(m *limit.Meter, htmlText string, line int) ([]document.Block, []document.Drop, error) {
	if err := bound(m, htmlText); err != nil {
		return nil, nil, err
	}
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := html.ParseFragmentWithOptions(metered(m, htmlText), body, html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, nil, parseError(m, err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	settle(body)
	return blocks(m, body, line)
}

// Parse makes a tree of a page, at a cost that the meter bounds.
func Parse(m *limit.Meter, htmlText string) (*html.Node, error) {
	if err := bound(m, htmlText); err != nil {
		return nil, err
	}
	root, err := html.ParseWithOptions(metered(m, htmlText), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, parseError(m, err)
	}
	settle(root)
	return root, nil
}

// source is HTML that the parser reads while the meter's time lasts.
type source struct {
	meter *limit.Meter
	text  strings.Reader
	err   error // why reading ended early
}

func metered(m *limit.Meter, text string) *source {
	return &source{meter: m, text: *strings.NewReader(text)}
}

// Read implements [io.Reader].
func (s *source) Read(p []byte) (int, error) {
	if s.err = s.meter.Clock(); s.err != nil {
		return 0, s.err
	}
	return s.text.Read(p)
}

var _ io.Reader = (*source)(nil)

// parseError is the meter's error, or else that about nesting: the parser fails
// for nothing else.
func parseError(m *limit.Meter, err error) error {
	if over := m.Clock(); over != nil {
		return over
	}
	if over := m.Depth(m.Limits().Depth + 1); over != nil {
		return over
	}
	return err
}

// bound fails for HTML whose tree would have too many nodes. It counts before
// the parser builds them: each tag makes an element and often a text, and each
// element of formatting that is not closed is made anew in every block after it.
func bound(m *limit.Meter, s string) error {
	most := m.Limits().Nodes
	open := formatting{seen: map[string]int{}}
	nodes := 0
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			return nil
		}
		s = s[i+1:]
		closing := s[0] == '/'
		name := tagName(strings.TrimPrefix(s[:min(len(s), maxTagName)], "/"))
		switch {
		case name == "":
			s = skipComment(s)
			continue
		case closing:
			open.end(name)
			continue
		case name == "script" || name == "style":
			s = skipRaw(s, name)
		case open.start(name, s):
		default:
			nodes += min(open.n, maxOpen)
		}
		if nodes += 2; nodes > most {
			return m.Nodes(most + 1)
		}
	}
}

// maxTagName is longer than the names of all elements that bound asks for;
// maxOpen is how many open elements the parser allows.
const (
	maxTagName = 16
	maxOpen    = 512
)

// tagName is the name in lower case that a text begins with, empty for none.
func tagName(s string) string {
	n := 0
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || n > 0 && s[n] >= '0' && s[n] <= '9') {
		n++
	}
	return strings.ToLower(s[:n])
}

// skipComment goes behind a comment that starts here.
func skipComment(s string) string {
	if strings.HasPrefix(s, "!--") {
		if i := strings.Index(s, "-->"); i >= 0 {
			return s[i:]
		}
	}
	return s
}

// skipRaw goes to the end of a script or a style sheet.
func skipRaw(s, name string) string {
	for at := 0; ; {
		i := strings.Index(s[at:], "</")
		if i < 0 {
			return ""
		}
		at += i + 2
		if len(s)-at >= len(name) && strings.EqualFold(s[at:at+len(name)], name) {
			return s[at:]
		}
	}
}

// formatting counts the elements that the parser makes anew in each block until
// they are closed. Of equal ones it keeps three.
type formatting struct {
	seen map[string]int // how often a tag is open
	n    int
}

func (f *formatting) start(name, rest string) bool {
	if !isFormatting(name) {
		return false
	}
	tag, _, _ := strings.Cut(rest, ">")
	if f.seen[tag] < 3 {
		f.n++
	}
	f.seen[tag]++
	return true
}

func (f *formatting) end(name string) {
	if !isFormatting(name) {
		return
	}
	f.n = max(0, f.n-1)
	if f.n == 0 {
		clear(f.seen)
	}
}

func isFormatting(name string) bool {
	switch name {
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}
