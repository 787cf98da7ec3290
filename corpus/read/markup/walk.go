package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/plain"
)

// walker goes over a tree and collects its blocks.
type walker struct {
	meter   *limit.Meter
	blocks  []document.Block
	dropped []document.Drop

	own    *html.Node // where it began
	sheet  sheet      // what the page's own style sheets hide
	flow   flow
	kind   document.Kind // of the block that is being collected
	term   string        // of a list of definitions, to stand before the next block
	lang   string        // of the text, for its quotation marks
	quotes int           // q elements around the text
	pre    bool          // white space counts
	layout bool          // the cells around the text are parts of the page, not of a table
	spans  []span        // by column, cells of the rows above that span the next
	marks  int           // the last number among the marks of footnotes
}

func (w *walker) node(n *html.Node, depth int) error {
	if err := w.meter.Nodes(1); err != nil {
		return err
	}
	switch n.Type {
	case html.TextNode:
		if w.pre {
			w.flow.raw(n.Data)
		} else {
			w.flow.write(n.Data)
		}
	case html.CommentNode:
		w.atLine(n.Data)
	case html.DocumentNode:
		return w.children(n, depth)
	case html.ElementNode:
		if err := w.meter.Depth(depth); err != nil {
			return err
		}
		return w.element(n, depth)
	}
	return nil
}

func (w *walker) children(n *html.Node, depth int) error {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := w.node(c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// drop notes a text that is left out.
func (w *walker) drop(s, reason string) {
	if s = document.OneLine(s); s != "" {
		w.dropped = append(w.dropped, document.Drop{Line: w.flow.line, Text: s, Reason: reason})
	}
}

// atLine takes the line that a comment of [LineMark] states.
func (w *walker) atLine(comment string) {
	if number, ok := strings.CutPrefix(comment, lineMark); ok && w.flow.line > 0 {
		if line, err := strconv.Atoi(number); err == nil && line > 0 {
			w.flow.line = line
		}
	}
}

func (w *walker) element(n *html.Node, depth int) error {
	if n != w.own && w.leave(n) {
		return nil
	}
	if lang := attr(n, "lang"); lang != "" {
		defer func(before string) { w.lang = before }(w.lang)
		w.lang = lang
	}
	switch n.Data {
	case "br":
		w.flow.lineEnd()
		return nil
	case "q":
		return w.quotation(n, depth)
	case "sup":
		return w.raised(n, depth)
	case "sub":
		return w.lowered(n, depth)
	case "math":
		w.formula(n)
		return nil
	case "table":
		return w.table(n, depth)
	case "tr":
		if !w.layout {
			return w.row(n, depth)
		}
	case "dt":
		return w.definitionTerm(n, depth)
	case "pre", "listing", "xmp", "plaintext":
		return w.preformatted(n, depth)
	}
	if isBlock(n, w.layout) {
		return w.block(n, depth)
	}
	w.flow.seam = w.flow.seam || seam(n)
	return w.children(n, depth)
}

// seam reports whether an element follows right behind one of another class: style
// sheets set such two apart, as a name and its price.
func seam(n *html.Node) bool {
	before := n.PrevSibling
	return before != nil && before.Type == html.ElementNode && !isBlock(before, false) && attr(n, "class") != "" && attr(before, "class") != "" && attr(n, "class") != attr(before, "class")
}

// block reads an element that begins and ends lines.
func (w *walker) block(n *html.Node, depth int) error {
	w.flush()
	defer func(before document.Kind) { w.kind = before }(w.kind)
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "summary":
		w.kind = document.Heading
	case "li", "dd":
		w.kind = document.Item
		if has(n, isHeading, "ul", "ol", "dl") { // of a list of articles, say
			w.kind = document.Plain
		}
	case "article", "section", "main", "aside", "nav", "header", "footer":
		w.kind = document.Plain
	case "div", "p":
		if attr(n, "role") == "heading" {
			w.kind = document.Heading
		}
	case "dl":
		w.endTerm()
	case "thead", "tbody", "tfoot":
		w.spans = nil
	}
	if err := w.children(n, depth); err != nil {
		return err
	}
	w.flush()
	if n.Data == "dl" {
		w.endTerm()
	}
	return nil
}

// definitionTerm keeps the term for the definition that follows. Of several
// terms in a row all stand before it.
func (w *walker) definitionTerm(n *html.Node, depth int) error {
	blocks, err := w.capture(func() error { return w.children(n, depth) })
	if err != nil {
		return err
	}
	if len(blocks) != 1 || has(n, isHeading) {
		w.endTerm()
		w.blocks = append(w.blocks, blocks...)
		return nil
	}
	if w.term != "" {
		w.term += ", "
	}
	w.term += blocks[0].Text
	return nil
}

// endTerm makes a block of a term without definition.
func (w *walker) endTerm() {
	if w.term != "" {
		w.blocks = append(w.blocks, document.Block{Line: w.flow.line, Text: w.term, Kind: document.Item, Gap: true})
		w.term = ""
	}
}

// capture returns the blocks that read collects, apart from those before it.
func (w *walker) capture(read func() error) ([]document.Block, error) {
	w.flush()
	before, kind, term := w.blocks, w.kind, w.term
	w.blocks, w.kind, w.term = nil, document.Plain, ""
	err := read()
	w.flush()
	w.endTerm()
	captured := w.blocks
	w.blocks, w.kind, w.term = before, kind, term
	return captured, err
}

// preformatted reads text whose line ends count. Where it is no code it is read
// as plain text is: lines that were wrapped are joined.
func (w *walker) preformatted(n *html.Node, depth int) error {
	w.flush()
	defer func(before bool) { w.pre = before }(w.pre)
	w.pre = true
	if err := w.children(n, depth); err != nil {
		return err
	}
	if isCode(n) || w.term != "" {
		w.flush()
		return nil
	}
	text, lines := w.flow.take()
	for _, b := range plain.Lines(text, at(lines, 0)) {
		if w.kind != document.Plain && b.Kind == document.Plain {
			b.Kind = w.kind
		}
		w.blocks = append(w.blocks, b)
	}
	return nil
}

func isCode(n *html.Node) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c = strings.ToLower(c); c == "code" || c == "highlight" || strings.HasPrefix(c, "language-") || strings.HasPrefix(c, "brush") {
			return true
		}
	}
	return has(n, func(c *html.Node) bool { return c.Data == "code" || c.Data == "samp" || c.Data == "kbd" })
}

// quotation puts the marks around a q that a browser shows.
func (w *walker) quotation(n *html.Node, depth int) error {
	first, last := quotationMarks(w.lang, w.quotes)
	marked := strings.ContainsRune("“”„«»‘’‚\"'", firstRune(textOf(n, maxMark)))
	if !marked {
		w.flow.write(first)
	}
	w.quotes++
	err := w.children(n, depth)
	w.quotes--
	if !marked {
		w.flow.write(last)
	}
	return err
}

// quotationMarks are the marks of a language, at a depth of quotations in
// quotations. They are those of the Unicode locale data (CLDR) for the languages
// that browsers are set in most.
func quotationMarks(lang string, depth int) (first, last string) {
	marks := [4]string{"“", "”", "‘", "’"}
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	switch lang {
	case "de", "cs", "sk", "sl", "bg", "is", "lt", "et", "ka":
		marks = [4]string{"„", "“", "‚", "‘"}
	case "pl", "ro", "hu", "hr", "sr":
		marks = [4]string{"„", "”", "«", "»"}
	case "fr", "es", "it", "pt", "ru", "uk", "be", "el", "no", "nb", "nn", "ca", "fa", "hy":
		marks = [4]string{"«", "»", "“", "”"}
		if lang == "ru" || lang == "uk" || lang == "be" {
			marks[2], marks[3] = "„", "“"
		}
	case "sv", "fi":
		marks = [4]string{"”", "”", "’", "’"}
	case "ja", "zh":
		marks = [4]string{"「", "」", "『", "』"}
	}
	if depth%2 == 1 {
		return marks[2], marks[3]
	}
	return marks[0], marks[1]
}
