// Package markdown reads Markdown as sites and notebooks write it: with front
// matter, raw HTML, shortcodes, footnotes and what else their programs add.
//
// front.go finds the front matter, fields.go makes statements of its keys.
// lines.go and inline.go take out what the programs add, bounds.go what would
// cost the parser too much; render.go makes HTML of the parsed text, raw HTML in
// its place, and package markup reads that.
package markdown

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/markup"
)

// Read reads a Markdown article with or without front matter.
func Read(m *limit.Meter, text string) (*document.Document, error) {
	return read(m, text, time.Now())
}

// lineNodes is how many nodes a line is counted for, by what it costs in memory.
const lineNodes = 3

// read is [Read] at a time: an article of a later date is not published yet.
func read(m *limit.Meter, text string, now time.Time) (*document.Document, error) {
	// Line ends, so that blocks know their lines, marks of byte order, which stand
	// within files that were put together, and nothing else: the other characters
	// may be Markdown.
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\uFEFF", ""), gap, "")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if err := m.Nodes(1); err != nil {
		return nil, err
	}
	if n := lineNodes * strings.Count(text, "\n"); n > m.Limits().Nodes {
		return nil, m.Nodes(n)
	}
	front, body := cutFront(text)
	d := &document.Document{Warnings: front.notes}
	front.state(d, now)
	if d.Refused != "" {
		return d, nil
	}
	if err := plainTitles(m, d); err != nil {
		return nil, err
	}
	line := 1 + strings.Count(text[:len(text)-len(body)], "\n")
	p := newPreparer(body, line)
	if err := p.prepare(m); err != nil {
		return nil, err
	}
	d.Dropped = p.dropped
	if err := blocksOf(m, d, p.out); err != nil {
		return nil, err
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Kind == document.Plain && p.code[b.Line] {
			b.Kind = document.Code
		}
	}
	dropGaps(d)
	titleOf(d)
	return d, nil
}

// blocksOf reads the text. HTML in it that is nested too deep is read as text.
func blocksOf(m *limit.Meter, d *document.Document, lines []line) error {
	lines, tamed, err := tame(m, lines)
	if err != nil {
		return err
	}
	if tamed > 0 {
		d.Warnings = append(d.Warnings, document.Note{Line: tamed, Reason: "has more signs of Markdown here than can be read as such: they are read as text"})
	}
	html := render(lines, true)
	if err := m.Clock(); err != nil {
		return err
	}
	blocks, dropped, err := markup.Lined(m, html)
	if errors.Is(err, limit.ErrLimit) && m.Nodes(0) == nil && m.Clock() == nil {
		d.Warnings = append(d.Warnings, document.Note{Reason: fmt.Sprintf("HTML in the text is not read: it %s", err)})
		blocks, dropped, err = markup.Lined(m, render(lines, false))
	}
	if err != nil {
		return err
	}
	d.Blocks, d.Dropped = blocks, append(d.Dropped, dropped...)
	return nil
}

// titleMarks tells a title that is Markdown itself.
var titleMarks = text.Pattern("`[^`]+`|\\*\\S[^*]*\\*|\\]\\(|\\^[^^\\s]+\\^")

// plainTitles takes the signs of Markdown out of titles in front matter. One that
// has a part that its site fills in is left out.
func plainTitles(m *limit.Meter, d *document.Document) error {
	kept := d.Statements[:0]
	for _, s := range d.Statements {
		if s.Field == document.Title && (titleMarks().MatchString(s.Value) || strings.Contains(s.Value, "{{")) {
			p := newPreparer("", 0)
			blocks, _, err := markup.Lined(m, render([]line{{s.Line, p.inline(s.Line, document.OneLine(s.Value))}}, true))
			if err != nil {
				return err
			}
			if len(blocks) == 1 && blocks[0].Kind == document.Plain {
				s.Value = document.Squeeze(closeGaps(blocks[0].Text, true))
			}
			if s.Value == "" || strings.Contains(s.Value, gap) {
				d.Warnings = append(d.Warnings, document.Note{Line: s.Line, Reason: s.From + " has a part that only the program of its site can fill in: it was left out"})
				continue
			}
		}
		kept = append(kept, s)
	}
	d.Statements = kept
	return nil
}

// titleOf states the heading that a text begins with.
func titleOf(d *document.Document) {
	if len(d.Blocks) > 0 && d.Blocks[0].Kind == document.Heading {
		b := d.Blocks[0]
		d.Statements = append(d.Statements, document.Statement{Field: document.Title, Value: b.Text, From: "heading", Rank: document.Shown, Line: b.Line})
	}
}
