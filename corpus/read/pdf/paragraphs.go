package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/sentence"
)

// writer makes paragraphs, headings, items and tables of lines.
type writer struct {
	body     *html.Node
	bodySize float64
	words    vocabulary
	dropped  []document.Drop

	lines   []*line // of the paragraph that is being collected
	hanging bool    // its lines behind the first are indented
	table   *html.Node
	title   *line // the largest heading of the first page
}

// newWriter gets ready for lines: it finds the size of most letters, and the words
// that a hyphen at a line's end is judged by.
func newWriter(columns [][]*line) *writer {
	w := &writer{body: element("body"), words: wordsOf(columns)}
	sizes := make(map[float64]int)
	for _, lines := range columns {
		for _, l := range lines {
			sizes[rounded(l.size)] += len(l.text)
		}
	}
	most := 0
	for size, n := range sizes {
		if n > most || n == most && size < w.bodySize {
			w.bodySize, most = size, n
		}
	}
	return w
}

// columns writes columns, without their footnotes. A paragraph goes on behind what
// stands between its parts, which is written before it.
func (w *writer) columns(all [][]*line) {
	w.markContents(all)
	textAbove := -1 // the page that text of the usual size stands on
	var columns [][]*line
	for _, lines := range all {
		body, notes := footnotes(lines, w.bodySize, textAbove == lines[0].page)
		for _, s := range noteTexts(w, notes) {
			w.drop(s, footnote)
		}
		if len(body) > 0 {
			columns = append(columns, body)
		}
		for _, l := range body {
			if sameSize(l.size, w.bodySize) {
				textAbove = l.page
			}
		}
	}
	columns, between := insets(columns, w.bodySize)
	for i := 0; i < len(columns); i++ {
		if n := between[i]; n > 0 && len(w.lines) > 0 {
			lines, hanging := w.lines, w.hanging
			w.lines = nil
			for _, inset := range columns[i : i+n] {
				w.column(inset)
			}
			w.flush()
			w.lines, w.hanging = lines, hanging
			i += n
		}
		w.column(columns[i])
	}
	w.flush()
}

// column writes the lines of a column.
func (w *writer) column(lines []*line) {
	for i, l := range lines {
		if l.contents || leaders().MatchString(l.text) {
			w.flush()
			w.drop(l.text, contents)
			continue
		}
		if l.row {
			w.row(l)
			continue
		}
		var next *line
		if i+1 < len(lines) {
			next = lines[i+1]
		}
		if n := len(w.lines); n > 0 && w.ends(w.lines[n-1], l, next) {
			w.flush()
		}
		if len(w.lines) == 0 {
			w.hanging = l.isItem()
		}
		w.table = nil
		w.lines = append(w.lines, l)
	}
}

func (w *writer) drop(s, reason string) {
	if s = document.OneLine(s); s != "" {
		w.dropped = append(w.dropped, document.Drop{Text: s, Reason: reason})
	}
}

// row writes a row of a table.
func (w *writer) row(l *line) {
	w.flush()
	if w.table == nil {
		w.table = add(w.body, "table")
	}
	tr := add(w.table, "tr")
	for _, p := range l.cells {
		w.text(add(tr, "td"), p.runs())
	}
}

func (l *line) isItem() bool {
	return l.cells[0].item || bullet().MatchString(l.text) || number().MatchString(l.text)
}

// ends reports whether a paragraph ends between two lines.
func (w *writer) ends(prev, l, next *line) bool {
	if !sameSize(prev.size, l.size) || prev.heading != l.heading || prev.bold != l.bold && (w.isHeading(w.lines) || l.bold) && !prev.breaksWord() {
		return true
	}
	goesOn := prev.breaksWord() || unicode.IsLower(text.FirstRune(l.text))
	full := prev.full(l)
	dashed := dash().MatchString(l.text) && full && !w.hanging && !closesSentence(prev, l)
	if l.cells[0].item || bullet().MatchString(l.text) && !dashed {
		return true
	}
	indent := 0.7 * l.size
	if prev.column != l.column {
		if caption().MatchString(l.text) {
			return true
		}
		if w.hanging && prev.indent() > indent && l.indent() < indent && !goesOn {
			return true // back from an item
		}
		return closesSentence(prev, l) || !full && (!goesOn || prev.ends(l)) || w.isHeading(w.lines)
	}
	gap := prev.baseline - l.baseline
	const wide, least = 1.25, 0.5 // of the leading, points
	if lead := l.column.leading[rounded(l.size)]; lead > 0 && gap > wide*lead+least {
		return true
	}
	switch {
	case prev.breaksWord():
		return false
	case number().MatchString(l.text) && (closesSentence(prev, l) || w.hanging && l.x0 < prev.x0+indent):
		return true
	case w.hanging && len(w.lines) > 1 && l.x0 < prev.x0-indent:
		return true // back from the indented lines of an item
	case len(w.lines) == 1 && full && l.x0 > prev.x0+indent && next != nil && next.column == l.column && next.x0 > prev.x0+indent:
		w.hanging = true
		return false
	case !w.hanging && l.x0 > prev.x0+indent && l.x0 > l.column.x0+indent && !goesOn:
		return true // the first line of a paragraph is indented
	}
	return !full && !goesOn || prev.short(l)
}

// indent is how far a line is indented in its column.
func (l *line) indent() float64 { return l.x0 - l.column.x0 }

// full reports whether the first word of the next line would not have gone into
// this one: it ended for want of space.
func (l *line) full(next *line) bool {
	const slack = 1.2
	return l.room(next) < slack*l.size
}

// room is how much of a line would be left if the first word of the next one stood
// in it.
func (l *line) room(next *line) float64 {
	word, _, _ := strings.Cut(next.text, " ")
	width := 0.0
	if n := utf8.RuneCountInString(next.text); n > 0 {
		width = next.width() * float64(utf8.RuneCountInString(word)) / float64(n)
	}
	return l.right - l.x1 - width
}

// short reports whether a line is an item of a list whose marks are drawn and not
// written: it and the next one are indented, and it ends well before it must.
func (l *line) short(next *line) bool {
	const indent, same = 1, 0.5
	return l.x0 > l.column.x0+indent*l.size && math.Abs(next.x0-l.x0) < same*l.size && l.ends(next)
}

// ends reports whether a line ends so early that a word of any length would have
// gone into it.
func (l *line) ends(next *line) bool {
	const much = 0.25 // of its width
	return l.room(next) > much*(l.right-l.x0)
}

// breaksWord reports whether a line ends inside a word.
func (l *line) breaksWord() bool {
	switch text.LastRune(l.text) {
	case hyphen, '-', '\u00AD', '‐':
		return true
	}
	return false
}

// endsSentence reports whether a text ends in a mark that sentences end with.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return text.IsCloser(r) || unicode.IsDigit(r) && len(s) > 1 })
	return strings.ContainsRune(".!?:…。！？", text.LastRune(s))
}

// closesSentence reports whether a sentence ends where one line does and another
// begins: not behind an abbreviation.
func closesSentence(l, next *line) bool {
	if !endsSentence(l.text) {
		return false
	}
	words := strings.Fields(l.text)
	const few = 6
	before := strings.Join(words[max(0, len(words)-few):], " ")
	for _, end := range sentence.All(before + " " + next.text) {
		if end >= len(before) {
			return end <= len(before)+1
		}
	}
	return true
}

// isHeading reports whether lines are a heading: few words, larger or bolder than
// the text.
func (w *writer) isHeading(lines []*line) bool {
	if len(lines) == 0 {
		return false
	}
	const mostLines, mostWords, larger = 4, 25, 1.12
	words, bold, stated := 0, true, true
	for _, l := range lines {
		words += text.Words(l.text)
		bold, stated = bold && l.bold, stated && l.heading
	}
	size, s := lines[0].size, lines[len(lines)-1].text
	switch {
	case len(lines) > mostLines || words > mostWords || !strings.ContainsFunc(lines[0].text, unicode.IsLetter):
		return false
	case stated:
		return true
	case size > larger*w.bodySize:
		const much, sentence = 1.4, 7 // words
		return size > much*w.bodySize || words < sentence || !strings.ContainsRune(".,;", text.LastRune(s))
	}
	const shortWords = 14
	return bold && words <= shortWords && size > 0.93*w.bodySize && !strings.ContainsRune(".,;", text.LastRune(s))
}

// flush writes the paragraph that is being collected.
func (w *writer) flush() {
	if len(w.lines) == 0 {
		return
	}
	lines := w.lines
	w.lines = nil
	var to *html.Node
	switch {
	case w.isHeading(lines):
		to = add(w.body, "h2")
		if l := lines[0]; l.page == 0 && (w.title == nil || l.size > w.title.size+1) {
			w.title = &line{text: joined(w.join(lines)), size: l.size}
		}
	case lines[0].cells[0].item, bullet().MatchString(lines[0].text):
		list := w.body.LastChild
		if list == nil || list.Data != "ul" {
			list = add(w.body, "ul")
		}
		to = add(list, "li")
	default:
		to = add(w.body, "p")
	}
	runs := w.join(lines)
	if to.Data == "li" && !lines[0].cells[0].item {
		runs[0].text = strings.TrimLeftFunc(runs[0].text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("“\"‘'([$€£«", r)
		})
	}
	w.text(to, runs)
}

func joined(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return document.OneLine(b.String())
}

// join are the texts of lines as one: words that were broken are whole again.
func (w *writer) join(lines []*line) []run {
	var out []run
	for i, l := range lines {
		var runs []run
		for j, p := range l.cells {
			if j > 0 {
				runs = append(runs, run{text: " "})
			}
			runs = append(runs, p.runs()...)
		}
		if i > 0 {
			last := &out[len(out)-1]
			w.words.mend(last, l.text)
			if last.shifted != "" && !strings.HasSuffix(last.text, "-") {
				out = append(out, run{text: " "})
			}
		}
		out = append(out, runs...)
	}
	for i := range out {
		out[i].text = strings.ReplaceAll(out[i].text, string(hyphen), "-")
	}
	return out
}

// text writes runs of text to a node.
func (w *writer) text(to *html.Node, runs []run) {
	for _, r := range runs {
		n := to
		if r.shifted != "" {
			n = add(to, r.shifted)
		}
		n.AppendChild(&html.Node{Type: html.TextNode, Data: r.text})
	}
}

func element(name string) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: atom.Lookup([]byte(name)), Data: name}
}

func add(parent *html.Node, name string) *html.Node {
	n := element(name)
	parent.AppendChild(n)
	return n
}
