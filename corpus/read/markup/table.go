package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/read/document"
)

// table reads a table: one of data row by row, one that lays out a page as what
// its cells hold.
func (w *walker) table(n *html.Node, depth int) error {
	w.flush()
	defer func(layout bool, spans []span) { w.layout, w.spans = layout, spans }(w.layout, w.spans)
	w.layout, w.spans = isLayout(n), nil
	if err := w.children(n, depth); err != nil {
		return err
	}
	w.flush()
	return nil
}

// span is a cell of a row above that belongs to the rows below too.
type span struct {
	text string
	rows int  // how many more rows it belongs to
	more bool // it is a further column of the cell before it
}

// maxSpan is how many columns or rows a cell spans at most. HTML allows 1000.
const maxSpan = 100

// spanOf is a number of columns or rows that a cell spans; 0 rows are all that
// follow.
func spanOf(n *html.Node, key string) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, key)))
	switch {
	case err == nil && v == 0 && key == "rowspan":
		return maxSpan
	case err != nil || v < 1:
		return 1
	}
	return min(v, maxSpan)
}

// cells are those of a row, with the cells of rows above that span it in their
// places.
type cells struct {
	w     *walker
	texts []string
	own   bool // the row has cells with text of its own
	at    int  // the column that comes next
}

// bytesOfNode is how many bytes of repeated text count as one node.
const bytesOfNode = 64

// above adds the cells that span the row from above up to the next free column.
func (c *cells) above() error {
	for ; c.at < len(c.w.spans) && c.w.spans[c.at].rows > 0; c.at++ {
		s := &c.w.spans[c.at]
		if s.rows--; s.more {
			continue
		}
		if err := c.w.meter.Nodes(1 + len(s.text)/bytesOfNode); err != nil {
			return err
		}
		c.texts = append(c.texts, s.text)
	}
	return nil
}

// add adds a cell of the row. Of several columns it is one text.
func (c *cells) add(n *html.Node, text string) error {
	if err := c.above(); err != nil {
		return err
	}
	c.texts = append(c.texts, text)
	c.own = c.own || text != ""
	if n.Type != html.ElementNode {
		return nil
	}
	rows := spanOf(n, "rowspan") - 1
	first, end := c.at, min(c.at+spanOf(n, "colspan"), maxSpan)
	for ; c.at < end; c.at++ {
		if rows > 0 {
			for len(c.w.spans) <= c.at {
				c.w.spans = append(c.w.spans, span{})
			}
			c.w.spans[c.at] = span{text, rows, c.at > first}
		}
	}
	return nil
}

// row makes a row of its cells, with " | " between them. Rows of a table in a
// cell follow as rows of their own.
func (w *walker) row(n *html.Node, depth int) error {
	row := cells{w: w}
	var inner []document.Block
	line := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
			continue
		}
		blocks, err := w.capture(func() error { return w.node(c, depth+1) })
		if err != nil {
			return err
		}
		isCell := c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th")
		if len(blocks) == 0 && (!isCell || w.unseen(c)) {
			continue
		}
		var parts []string
		for _, b := range blocks {
			if line == 0 {
				line = b.Line
			}
			if b.Kind == document.Row {
				inner = append(inner, b)
			} else {
				parts = append(parts, b.Text)
			}
		}
		if err := row.add(c, strings.Join(parts, " ")); err != nil {
			return err
		}
	}
	if err := row.above(); err != nil {
		return err
	}
	s := strings.Join(row.texts, " | ")
	if s = document.Squeeze(strings.Trim(s, " |")); s != "" && row.own {
		w.blocks = append(w.blocks, document.Block{Line: line, Text: s, Kind: document.Row, Gap: true})
	}
	w.blocks = append(w.blocks, inner...)
	return nil
}

// unseen reports whether a cell is hidden and not only empty.
func (w *walker) unseen(n *html.Node) bool { return isHidden(n) || w.sheet.hides(n) }

// maxCellBytes is the longest text of a cell: three sentences or so. Longer ones
// are the text of a page.
const maxCellBytes = 600

// isLayout reports whether a table only lays out what it holds: its role says
// so, its cells hold what tables of data do not, or no row has two of them.
func isLayout(n *html.Node) bool {
	if role := attr(n, "role"); role == "presentation" || role == "none" {
		return true
	}
	look := tableLook{}
	look.at(n)
	switch {
	case look.marked && !look.nested:
		return false
	case look.nested && !look.marked, look.parts:
		return true
	}
	return look.cells < 2
}

// inLayout reports whether a node is a part of a table that lays out a page.
func inLayout(n *html.Node) bool {
	for a := n.Parent; a != nil; a = a.Parent {
		if a.Type == html.ElementNode && a.Data == "table" {
			return isLayout(a)
		}
	}
	return false
}

// tableLook is what a table has, without the tables in its cells.
type tableLook struct {
	marked bool // header cells, a caption: what tables of data have
	nested bool // tables in cells
	parts  bool // parts of a page in cells
	cells  int  // most cells of a row
}

func (l *tableLook) at(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "table":
			l.nested = true
			continue
		case "th", "thead", "caption":
			l.marked = l.marked || firstRune(textOf(c, maxMark)) != runeNone
		case "article", "section", "main", "nav", "header", "footer", "h1", "h2", "h3", "form":
			l.parts = true
		case "tr":
			l.row(c)
		case "td":
			l.parts = l.parts || paragraphs(c) > 1 && len(textOf(c, maxCellBytes)) >= maxCellBytes
		}
		l.at(c)
	}
}

func (l *tableLook) row(n *html.Node) {
	cells := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") && firstRune(textOf(c, maxMark)) != runeNone {
			cells++
		}
	}
	l.cells = max(l.cells, cells)
}

// paragraphs is the number of paragraphs right in a cell, those between line
// breaks included.
func paragraphs(cell *html.Node) int {
	n := 0
	for c := cell.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "br" || isBlock(c, false)) {
			n++
		}
	}
	return n
}
