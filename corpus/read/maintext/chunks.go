package maintext

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A frame is an element on the way from the body to a chunk, with what is known
// about it once its subtree was walked.
type frame struct {
	node   *html.Node
	parent *frame
	depth  int
	marks  marks    // of it and of the elements around it
	class  []string // the words of its class, id, role and other names
	path   uint64   // hash of the tags and classes from the body to here

	words     int // of the chunks within
	linkWords int
	chunks    int
	paraWords int // of the chunks that read like paragraphs
	counted   bool
	story     bool   // it holds another story than the page's own
	asks      bool   // a field for an address of mail stands in it, or for an answer
	kinds     uint32 // of its names
	inner     uint32 // kinds of the names within, of a small element
	first     int    // index of the first chunk within
}

// A chunk is the text of one paragraph, heading, item or cell: what stands
// between two borders of blocks.
type chunk struct {
	lines []string     // of the text, that br ends
	ends  []int        // after how many of its texts each line but the last ends
	text  string       // white space squeezed
	nodes []*html.Node // its text nodes
	frame *frame       // of the block it stands in
	tag   atom.Atom    // of that block

	words     int
	linkWords int
	links     int
	bold      int // words in strong, b
	ital      int
	breaks    int // lines ended by br
	afterHR   bool
	linkFirst bool // it begins with a link
}

// elementCost and chunkCost are what an element and a chunk count as: each is
// walked, measured and held against two models.
const (
	elementCost = 2
	chunkCost   = 2
)

// lineEnd stands for a br while a chunk is collected; it is white space.
const lineEnd = '\v'

// segmenter walks a page once.
type segmenter struct {
	chunks []*chunk
	cur    *chunk
	buf    strings.Builder
	link   int // depth of links around
	bold   int
	ital   int
	brs    int
	hr     bool
	count  func(n int) error
	err    error
}

// segment takes the body of a page apart into chunks.
func segment(body *html.Node, count func(int) error) ([]*chunk, *frame, error) {
	s := &segmenter{count: count}
	root := &frame{node: body, class: names(body), path: 1}
	s.children(body, root)
	s.flush()
	return s.chunks, root, s.err
}

func (s *segmenter) children(n *html.Node, f *frame) {
	for c := n.FirstChild; c != nil && s.err == nil; c = c.NextSibling {
		s.node(c, f)
	}
}

func (s *segmenter) node(n *html.Node, f *frame) {
	switch n.Type {
	case html.TextNode:
		s.textNode(n, f)
		return
	case html.ElementNode:
	default:
		return
	}
	if s.err = s.count(elementCost); s.err != nil {
		return
	}
	if skipped(n) || hidden(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		s.lineBreak()
		return
	case atom.Hr:
		s.flush()
		s.hr = true
		return
	case atom.Input:
		f.input(n)
		return
	case atom.Img, atom.Iframe, atom.Wbr:
		return
	}
	switch n.DataAtom {
	case atom.A:
		s.link++
		if s.cur != nil {
			s.cur.links++
		}
		defer func() { s.link-- }()
	case atom.B, atom.Strong:
		s.bold++
		defer func() { s.bold-- }()
	case atom.I, atom.Em:
		s.ital++
		defer func() { s.ital-- }()
	}
	child := newFrame(n, f)
	block := isBlock(n.DataAtom)
	if block {
		s.flush()
		s.brs = 0
	}
	s.children(n, child)
	if block {
		s.flush()
		s.brs = 0
	}
}

// lineBreak ends a line, a second one in a row the chunk.
func (s *segmenter) lineBreak() {
	s.brs++
	if s.brs >= 2 {
		s.flush()
	} else if s.cur != nil {
		s.cur.breaks++
		s.cur.ends = append(s.cur.ends, len(s.cur.nodes))
		s.buf.WriteByte(lineEnd)
	}
}

// input notes a field for an address of mail, or a button to choose with, as polls
// have them.
func (f *frame) input(n *html.Node) {
	if kind := strings.ToLower(attr(n, "type")); kind != "email" && kind != "radio" && !strings.EqualFold(attr(n, "name"), "email") {
		return
	}
	for a := f; a != nil && !a.asks; a = a.parent {
		a.asks = true
	}
}

func newFrame(n *html.Node, f *frame) *frame {
	own := marksOf(n)
	child := &frame{node: n, parent: f, depth: f.depth + 1, marks: f.marks | own, class: names(n)}
	h := f.path
	add := func(t string) {
		for i := range len(t) {
			h = (h ^ uint64(t[i])) * 1099511628211
		}
		h = (h ^ 0xFF) * 1099511628211
	}
	add(n.Data)
	add(attr(n, "class"))
	child.path = h
	return child
}

func (s *segmenter) textNode(n *html.Node, f *frame) {
	blank := strings.TrimSpace(n.Data) == ""
	if s.cur == nil {
		if blank {
			return
		}
		block := f
		for block.parent != nil && !isBlock(block.node.DataAtom) {
			block = block.parent
		}
		s.cur = &chunk{frame: block, tag: block.node.DataAtom, afterHR: s.hr, linkFirst: s.link > 0}
		s.hr = false
		if s.link > 0 {
			s.cur.links++
		}
	}
	if !blank {
		s.brs = 0
	}
	s.cur.nodes = append(s.cur.nodes, n)
	s.buf.WriteString(n.Data)
	w := countWords(n.Data)
	if s.link > 0 {
		s.cur.linkWords += w
	}
	if s.bold > 0 {
		s.cur.bold += w
	}
	if s.ital > 0 {
		s.cur.ital += w
	}
}

func (s *segmenter) flush() {
	c := s.cur
	if c == nil {
		return
	}
	s.cur = nil
	if s.err = s.count(chunkCost); s.err != nil {
		return
	}
	c.text = squeeze(s.buf.String())
	if c.breaks > 0 {
		for line := range strings.SplitSeq(s.buf.String(), string(lineEnd)) {
			c.lines = append(c.lines, squeeze(line))
		}
	}
	s.buf.Reset()
	c.words = countWords(c.text)
	c.linkWords = min(c.linkWords, c.words)
	i := len(s.chunks)
	s.chunks = append(s.chunks, c)
	para := 0
	if c.words >= 12 && c.linkWords*3 < c.words {
		para = c.words
	}
	for f := c.frame; f != nil; f = f.parent {
		if f.chunks == 0 {
			f.first = i
		}
		f.words += c.words
		f.linkWords += c.linkWords
		f.paraWords += para
		f.chunks++
	}
}
