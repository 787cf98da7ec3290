package markdown

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	gmtext "github.com/yuin/goldmark/text"

	"parley/corpus/internal/text"
	"parley/corpus/read/markup"
)

// render makes HTML of lines, with marks for the lines of the file, for package
// markup to read. Raw HTML stands in it as it is, or is left out.
func render(lines []line, raw bool) string {
	var b strings.Builder
	r := &renderer{raw: raw}
	for _, l := range lines {
		r.starts = append(r.starts, b.Len())
		r.numbers = append(r.numbers, l.number)
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	r.src = []byte(b.String())
	r.block(parsing().Parse(gmtext.NewReader(r.src)))
	return r.out.String()
}

// parsing is the parser; it keeps nothing of what it has parsed.
var parsing = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.DefinitionList)).Parser()
})

type renderer struct {
	src []byte
	raw bool // raw HTML is kept

	inStruck bool // in struck text

	starts  []int
	numbers []int
	at      int // the line of starts that was asked for last
	out     bytes.Buffer
}

// buffer is a buffer as goldmark's writers of text want it.
type buffer struct{ *bytes.Buffer }

// Buffered is what is not written out yet: nothing, for there is no out.
func (buffer) Buffered() int { return 0 }

// Flush does nothing.
func (buffer) Flush() error { return nil }

// mark states the line that an offset is in.
func (r *renderer) mark(offset int) {
	if len(r.starts) == 0 {
		return
	}
	if r.at >= len(r.starts) || r.starts[r.at] > offset {
		r.at = 0
	}
	for r.at+1 < len(r.starts) && r.starts[r.at+1] <= offset {
		r.at++
	}
	r.out.WriteString(markup.LineMark(r.numbers[r.at]))
}

func (r *renderer) markNode(n ast.Node) {
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		r.mark(lines.At(0).Start)
	}
}

// wrap writes a block's children between tags.
func (r *renderer) wrap(n ast.Node, tag string) {
	r.out.WriteString("<" + tag + ">")
	r.markNode(n)
	r.children(n)
	r.out.WriteString("</" + tag + ">\n")
}

func (r *renderer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			r.inline(c)
		} else {
			r.block(c)
		}
	}
}

// block writes a block. The parser's depth is bounded by what it was given.
func (r *renderer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.wrap(n, "h"+string(rune('0'+n.Level)))
	case *ast.Paragraph:
		r.wrap(n, "p")
	case *ast.TextBlock:
		r.markNode(n)
		r.children(n)
	case *ast.Blockquote:
		r.wrap(n, "blockquote")
	case *ast.List:
		if n.IsOrdered() {
			r.wrap(n, "ol")
		} else {
			r.wrap(n, "ul")
		}
	case *ast.ListItem:
		r.wrap(n, "li")
	case *ast.ThematicBreak:
		r.out.WriteString("<hr>")
	case *ast.CodeBlock: // more often an indented text than code
		r.code(n, "<pre>\n", "</pre>\n")
	case *ast.FencedCodeBlock:
		r.code(n, "<pre>\n<code>", "</code></pre>\n")
	case *ast.HTMLBlock:
		r.html(n)
	case *extast.Table:
		r.wrap(n, "table")
	case *extast.TableHeader, *extast.TableRow:
		r.wrap(n, "tr")
	case *extast.TableCell:
		tag := "td"
		if n.Parent().Kind() == extast.KindTableHeader {
			tag = "th"
		}
		r.wrap(n, tag)
	case *extast.DefinitionList:
		r.wrap(n, "dl")
	case *extast.DefinitionTerm:
		r.wrap(n, "dt")
	case *extast.DefinitionDescription:
		r.wrap(n, "dd")
	default:
		r.children(n)
	}
}

func (r *renderer) code(n ast.Node, open, end string) {
	r.markNode(n)
	r.out.WriteString(open) // HTML does not count a line end behind pre
	lines := n.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		html.DefaultWriter.RawWrite(buffer{&r.out}, segment.Value(r.src))
	}
	r.out.WriteString(end)
}

func (r *renderer) html(n *ast.HTMLBlock) {
	if !r.raw {
		return
	}
	r.markNode(n)
	lines := n.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		r.rawHTML(segment)
	}
	if n.HasClosure() {
		r.rawHTML(n.ClosureLine)
	}
}

// rawHTML writes a piece of HTML. The tag of an element that takes everything up
// to its end for text is made text where that end is missing.
func (r *renderer) rawHTML(s gmtext.Segment) {
	piece := s.Value(r.src)
	if m := swallower().FindSubmatch(piece); m != nil {
		end := append([]byte("</"), bytes.ToLower(m[1])...)
		if !bytes.Contains(bytes.ToLower(r.src[s.Start:]), end) {
			piece = swallower().ReplaceAll(piece, []byte("&lt;$1"))
		}
	}
	r.out.Write(piece)
}

// swallower is such a tag.
var swallower = text.Pattern(`(?i)<(title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext|noscript|template|select|svg)\b`)

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.text(n)
	case *ast.String:
		html.DefaultWriter.Write(buffer{&r.out}, n.Value)
	case *ast.AutoLink:
		html.DefaultWriter.RawWrite(buffer{&r.out}, n.Label(r.src))
	case *ast.Image:
		r.out.WriteString("<img>")
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			if r.raw {
				r.rawHTML(n.Segments.At(i))
			}
		}
	case *extast.Strikethrough:
		r.struck(n)
	case *ast.Link:
		r.link(n)
	default:
		r.children(n)
	}
}

func (r *renderer) text(n *ast.Text) {
	s := n.Segment.Value(r.src)
	if n.IsRaw() {
		html.DefaultWriter.RawWrite(buffer{&r.out}, s)
	} else {
		html.DefaultWriter.Write(buffer{&r.out}, s)
	}
	switch {
	case n.HardLineBreak():
		r.out.WriteString("<br>\n")
	case n.SoftLineBreak():
		if next, ok := n.NextSibling().(*ast.Text); ok {
			last, _ := utf8.DecodeLastRune(s)
			first, _ := utf8.DecodeRune(next.Segment.Value(r.src))
			if isEastAsian(last) && isEastAsian(first) { // which has no blanks between words
				return
			}
		}
		r.out.WriteByte('\n')
	}
}

func isEastAsian(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

// struck writes struck text. What is struck within it is struck once.
func (r *renderer) struck(n ast.Node) {
	if r.inStruck {
		r.children(n)
		return
	}
	r.inStruck = true
	r.out.WriteString("<del>")
	r.children(n)
	r.out.WriteString("</del>")
	r.inStruck = false
}

// link writes a link's label; of one in its page, which may be the mark of a
// footnote, the address too.
func (r *renderer) link(n *ast.Link) {
	if !bytes.HasPrefix(n.Destination, []byte("#")) {
		r.children(n)
		return
	}
	r.out.WriteString(`<a href="`)
	html.DefaultWriter.RawWrite(buffer{&r.out}, n.Destination)
	r.out.WriteString(`">`)
	r.children(n)
	r.out.WriteString("</a>")
}
