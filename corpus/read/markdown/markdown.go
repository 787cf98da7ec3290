// Package markdown reads Markdown with front matter.
package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/plain"

	"github.com/goccy/go-yaml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// frontMatter is the metadata above a Markdown text. Keys it does not name are
// ignored: site generators have many.
type frontMatter struct {
	ID        string `yaml:"id"`
	Title     string `yaml:"title"`
	Publisher string `yaml:"publisher"`
	Author    any    `yaml:"author"` // a name or a list of names
	Place     string `yaml:"place"`
	URL       string `yaml:"url"`
	Date      string `yaml:"date"`
	Published string `yaml:"published"`  // the same as Date
	EventDate string `yaml:"event_date"` // the day of the events told
}

// Read reads a Markdown article with or without front matter.
func Read(_ *limit.Meter, content string) (*document.Document, error) {
	s := &document.Document{}
	body, bodyLine := content, 1
	if rest, ok := cutFence(content); ok {
		yamlText, after, ok := cutFrontMatter(rest)
		if !ok {
			return nil, &document.LineError{Line: 1, Err: errors.New(`front matter is not closed: end it with a line "---"`)}
		}
		if err := frontMatterOf(s, yamlText); err != nil {
			return nil, err
		}
		body = after
		bodyLine += strings.Count(content[:len(content)-len(after)], "\n")
	}
	// Line ends, so that blocks know their lines, and nothing else: the other
	// characters may be Markdown.
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", "\n")
	s.Blocks = markdownBlocks(body, bodyLine)
	return s, nil
}

// cutFence takes the line "---" from the start of a file.
func cutFence(s string) (string, bool) {
	first, rest, _ := strings.Cut(s, "\n")
	return rest, strings.TrimRight(first, " \r") == "---"
}

// cutFrontMatter cuts after the first line "---" or "...".
func cutFrontMatter(s string) (front, after string, ok bool) {
	for at := 0; at < len(s); {
		end := len(s)
		if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if mark := strings.TrimRight(s[at:end], " \r\n"); mark == "---" || mark == "..." {
			return s[:at], s[end:], true
		}
		at = end
	}
	return "", "", false
}

// frontMatterOf states the metadata; the text starts in line 2 of the file.
func frontMatterOf(s *document.Document, yamlText string) error {
	var fm frontMatter
	if err := yaml.Unmarshal([]byte(yamlText), &fm); err != nil {
		line := 1
		message := err.Error()
		if located, ok := errors.AsType[yaml.Error](err); ok {
			message = located.GetMessage()
			if token := located.GetToken(); token != nil && token.Position != nil {
				line += token.Position.Line
			}
		}
		return &document.LineError{Line: line, Err: fmt.Errorf("front matter is not YAML: %s", strings.TrimSpace(message))}
	}
	for _, f := range []struct {
		field      document.Field
		key, value string
	}{
		{document.ID, "id", fm.ID},
		{document.Title, "title", fm.Title},
		{document.Publisher, "publisher", fm.Publisher},
		{document.Author, "author", names(fm.Author)},
		{document.Place, "place", fm.Place},
		{document.URL, "url", fm.URL},
		{document.Published, "date", fm.Date},
		{document.Published, "published", fm.Published},
		{document.Event, "event_date", fm.EventDate},
	} {
		s.Statements = append(s.Statements, document.Statement{Field: f.field, Value: f.value, From: fmt.Sprintf("front matter %q", f.key), Line: 1})
	}
	return nil
}

// names is one name or a list of them.
func names(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var list []string
		for _, name := range v {
			list = append(list, fmt.Sprint(name))
		}
		return strings.Join(list, ", ")
	}
	return fmt.Sprint(v)
}

// markdownBlocks returns the blocks of a Markdown text; its first line has the
// given number.
func markdownBlocks(content string, firstLine int) []document.Block {
	src := []byte(content)
	doc := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser().Parse(text.NewReader(src))
	m := markdown{src: src, firstLine: firstLine}
	// Walk fails only if its callback does, which never does.
	_ = ast.Walk(doc, m.visit)
	return m.blocks
}

// markdown collects the blocks of a parsed text.
type markdown struct {
	src       []byte
	firstLine int
	lines     int // lines before the byte at counted
	counted   int
	blocks    []document.Block
}

func (m *markdown) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering || n.Type() == ast.TypeInline {
		return ast.WalkContinue, nil
	}
	kind := document.Plain
	switch n := n.(type) {
	case *ast.Heading:
		kind = document.Heading
	case *ast.Paragraph, *ast.TextBlock:
		if n.Parent().Kind() == ast.KindListItem && n.PreviousSibling() == nil {
			kind = document.Item
		}
	case *extast.TableRow, *extast.TableHeader:
		kind = document.Item
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		m.add(n, string(n.Lines().Value(m.src)), document.Plain)
		return ast.WalkSkipChildren, nil
	case *ast.HTMLBlock:
		return ast.WalkSkipChildren, nil
	default:
		return ast.WalkContinue, nil
	}
	var b strings.Builder
	m.inline(&b, n)
	m.add(n, b.String(), kind)
	return ast.WalkSkipChildren, nil
}

// inline writes the text of inline nodes: of a link its label, of an image
// nothing.
func (m *markdown) inline(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Value(m.src))
			if c.SoftLineBreak() {
				b.WriteByte(' ')
			}
			if c.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(m.src))
		case *ast.Image, *ast.RawHTML:
		case *extast.TableCell:
			if b.Len() > 0 {
				b.WriteString(" | ")
			}
			m.inline(b, c)
		default:
			m.inline(b, c)
		}
	}
}

// lineOf is the number of the line that holds an offset. Offsets come in order,
// so that each byte is looked at once.
func (m *markdown) lineOf(offset int) int {
	if offset < m.counted {
		return m.firstLine + bytes.Count(m.src[:offset], []byte("\n"))
	}
	m.lines += bytes.Count(m.src[m.counted:offset], []byte("\n"))
	m.counted = offset
	return m.firstLine + m.lines
}

func (m *markdown) add(n ast.Node, content string, kind document.Kind) {
	line := 0
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		line = m.lineOf(lines.At(0).Start)
	} else if len(m.blocks) > 0 {
		line = m.blocks[len(m.blocks)-1].Line + 1
	}
	for i, b := range plain.Blocks(content, line) {
		b.Gap = i == 0
		if kind != document.Plain {
			b.Kind = kind
		}
		m.blocks = append(m.blocks, b)
	}
}
