package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

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

// lineError is an error about a line of a file.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return e.err.Error() }

// parseMarkdown reads a Markdown article with or without front matter.
func parseMarkdown(content string) (source, error) {
	var s source
	body, bodyLine := content, 1
	if rest, ok := cutFence(content); ok {
		yamlText, after, ok := cutFrontMatter(rest)
		if !ok {
			return s, &lineError{1, errors.New(`front matter is not closed: end it with a line "---"`)}
		}
		if err := s.frontMatter(yamlText); err != nil {
			return s, err
		}
		body = after
		bodyLine += strings.Count(content[:len(content)-len(after)], "\n")
	}
	// Line ends, so that blocks know their lines, and nothing else: the other
	// characters may be Markdown.
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", "\n")
	s.blocks = markdownBlocks(body, bodyLine)
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

// frontMatter fills in the metadata; the text starts in line 2 of the file.
func (s *source) frontMatter(yamlText string) error {
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
		return &lineError{line, fmt.Errorf("front matter is not YAML: %s", strings.TrimSpace(message))}
	}
	s.article = Article{
		ID:        strings.TrimSpace(fm.ID),
		Title:     oneLine(fm.Title),
		Publisher: oneLine(fm.Publisher),
		Author:    oneLine(names(fm.Author)),
		Place:     oneLine(fm.Place),
		URL:       strings.TrimSpace(fm.URL),
	}
	published := fm.Date
	if published == "" {
		published = fm.Published
	}
	for _, d := range []struct {
		key, value string
		to         *time.Time
	}{{"date", published, &s.article.Published}, {"event_date", fm.EventDate, &s.article.Event}} {
		if d.value == "" {
			continue
		}
		day, ok := findTime(d.value)
		if !ok {
			s.warned = append(s.warned, Refusal{Line: 1, Reason: fmt.Sprintf("%s %q is not understood: write it as 2006-01-02", d.key, d.value)})
		}
		*d.to = day
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
func markdownBlocks(content string, firstLine int) []block {
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
	blocks    []block
}

func (m *markdown) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering || n.Type() == ast.TypeInline {
		return ast.WalkContinue, nil
	}
	kind := plain
	switch n := n.(type) {
	case *ast.Heading:
		kind = heading
	case *ast.Paragraph, *ast.TextBlock:
		if n.Parent().Kind() == ast.KindListItem && n.PreviousSibling() == nil {
			kind = item
		}
	case *extast.TableRow, *extast.TableHeader:
		kind = item
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		m.add(n, string(n.Lines().Value(m.src)), plain)
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

func (m *markdown) add(n ast.Node, content string, kind blockKind) {
	line := 0
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		line = m.lineOf(lines.At(0).Start)
	} else if len(m.blocks) > 0 {
		line = m.blocks[len(m.blocks)-1].line + 1
	}
	for i, b := range textBlocks(content, line) {
		b.gap = i == 0
		if kind != plain {
			b.kind = kind
		}
		m.blocks = append(m.blocks, b)
	}
}
