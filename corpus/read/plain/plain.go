// Package plain reads plain text: lines that an editor or a page of paper broke
// are joined, and lists, headings and tables are told from them.
//
// pages.go takes out what the pages of a printed text repeat, lines.go says what
// a line is, wrap.go joins lines and hyphen.go words.
package plain

import (
	"strings"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// lineNodes is how many nodes a line is counted for, by what it costs in memory.
const lineNodes = 4

// Read reads a file of plain text. What its pages repeat is left out.
func Read(m *limit.Meter, s string) (*document.Document, error) {
	if n := lineNodes * (1 + strings.Count(s, "\n") + strings.Count(s, "\r") + strings.Count(s, "\f")); n > m.Limits().Nodes {
		return nil, m.Nodes(n)
	}
	raw := split(document.Unescape(strings.TrimPrefix(s, "\uFEFF")), 1)
	if err := m.Nodes(len(raw)); err != nil {
		return nil, err
	}
	kept, dropped := dropPages(raw)
	if err := m.Clock(); err != nil {
		return nil, err
	}
	return &document.Document{Blocks: blocks(kept), Dropped: dropped}, m.Clock()
}

// Blocks takes plain text apart into its paragraphs, headings, items and rows;
// the first line has the given number.
func Blocks(s string, line int) []document.Block {
	return blocks(split(document.Unescape(s), line))
}

// Lines are the blocks of a text that is not of a file, such as preformatted text
// in a page, with its character references resolved already. The first line has
// the given number; zero is for none.
func Lines(s string, line int) []document.Block {
	out := blocks(split(s, line))
	if line == 0 {
		for i := range out {
			out[i].Line = 0
		}
	}
	return out
}

// line is a line on its way to a block.
type line struct {
	number int
	text   string // normalised
	raw    string // with its blanks, for columns
	indent int    // columns before the text
	quote  int    // signs of quoted mail before the text
	page   int    // the page that it stands on, from 0
	kind   document.Kind
	gap    bool // a blank line, a rule or the end of a page stands before it
	edge   bool // the end of a page does
	alone  bool // it is never joined to another
}

// tab is the columns that a tab is taken for.
const tab = "    "

// split takes a text apart into its lines, blank ones left out.
func split(s string, number int) []line {
	var out []line
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	page := 0
	gap, edge := true, false
	for raw := range strings.SplitSeq(s, "\n") {
		for i, part := range strings.Split(raw, "\f") {
			if i > 0 {
				page++
				gap, edge = true, true
			}
			for one := range strings.SplitSeq(document.Normalise(strings.ReplaceAll(part, "\t", tab)), "\n") {
				l := makeLine(one)
				l.number, l.page, l.gap, l.edge = number, page, gap, edge
				if l.text == "" {
					gap = true
					continue
				}
				gap, edge = false, false
				out = append(out, l)
			}
		}
		number++
	}
	return out
}

func makeLine(s string) line {
	l := line{raw: s}
	rest := strings.TrimLeft(s, " ")
	for strings.HasPrefix(rest, ">") {
		l.quote++
		rest = strings.TrimPrefix(rest[1:], " ")
		l.raw = rest
	}
	l.indent = len(l.raw) - len(strings.TrimLeft(l.raw, " "))
	l.text = document.Squeeze(rest)
	return l
}

func runes(s string) int { return utf8.RuneCountInString(s) }
