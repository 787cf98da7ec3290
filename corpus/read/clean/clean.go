// Package clean drops what a news page adds around its report, and finds the
// metadata that stands in the text.
package clean

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus"
	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// Result is an article after cleaning.
type Result struct {
	Body       string
	Headings   []corpus.Span
	Dropped    []document.Drop
	Statements []document.Statement // what its lines say about it
}

// passage lengths in words by which cleaning tells lines apart. English
// headlines rarely have more than 20 words, headings fewer; a paragraph of a
// report rarely has fewer than 8.
const (
	paragraphWords = 8
	headlineWords  = 25
	headingWords   = 14
	// maxFurniture is the share of an article's words that may go only because
	// of where they stand and not for what they say. Above it the text is no
	// news page but a list, a poem or a post without punctuation.
	maxFurniture = 0.3
)

// line is a block on its way through cleaning.
type line struct {
	document.Block
	words  int
	ends   bool   // closes like a sentence
	key    string // its letters and digits in lower case: equal for a title and its slug
	reason string // why it is dropped; empty when it stays
}

func (l *line) kept() bool { return l.reason == "" }

// listed reports whether a line is marked as one of a list, a table or code.
func (l *line) listed() bool {
	return l.Kind == document.Item || l.Kind == document.Row || l.Kind == document.Code
}

// paragraph reports whether a line is text of a report and not the name of
// something.
func (l *line) paragraph() bool {
	return l.listed() || l.Kind == document.Plain && (l.ends && l.words >= paragraphWords || l.words > headlineWords)
}

// name reports whether a line looks like a headline, a heading or a label.
func (l *line) name() bool {
	return l.Kind == document.Heading || l.Kind == document.Plain && !l.paragraph() && (!l.ends || l.words < paragraphWords && strings.HasSuffix(l.Text, "?"))
}

// cleaner works on the lines of one article. Each step looks at what the steps
// before it left; nothing is taken out before the end.
type cleaner struct {
	lines      []line
	gaps       bool // paragraphs are separated by blank lines
	stated     []document.Statement
	known      metadata.Known // from stated and statements
	titled     bool           // the file states the title: its first line need not be it
	statements []document.Statement
	dates      []lineDate // in lines above the text that do not say what they are of
	body       string
	headings   []corpus.Span
	dropped    []document.Drop
}

// Clean makes an article's text of a document: what a news page adds around it is
// dropped with a reason, and metadata that stands in the text is stated. Text
// that was cleaned before is only put together.
func Clean(d *document.Document) Result {
	c := &cleaner{stated: d.Statements, known: metadata.Resolve(d.Statements), dropped: slices.Clone(d.Dropped)}
	if d.Light {
		c.lightly(d.Blocks)
	} else {
		c.page(d.Blocks)
	}
	slices.SortStableFunc(c.dropped, func(a, b document.Drop) int { return cmp.Compare(a.Line, b.Line) })
	return Result{Body: c.body, Headings: c.headings, Dropped: c.dropped, Statements: c.statements}
}

// lightly keeps every word. Event dates are worked out for reports only: in an
// encyclopedia's text the latest date says nothing about when it is from.
func (c *cleaner) lightly(blocks []document.Block) {
	c.body, c.headings = document.Compose(blocks)
	if c.known.Published.IsZero() && (c.known.Publisher != "" || c.known.URL != "") {
		c.event()
	}
	c.fallbackTitle()
}

// page runs all steps.
func (c *cleaner) page(blocks []document.Block) {
	c.lines = makeLines(blocks)
	for i := range c.lines {
		c.gaps = c.gaps || i > 0 && c.lines[i].Gap
	}
	c.titled = c.statedTitle() != ""
	c.language()
	c.metadataLines()
	c.embeds()
	c.promotions()
	c.furniture()
	c.captions()
	c.tail()
	c.neighbours()
	c.title()
	c.byline()
	c.markHeadings()
	c.compose()
	c.dateline()
	c.event()
	c.fallbackTitle()
}

func makeLines(blocks []document.Block) []line {
	out := make([]line, len(blocks))
	for i, b := range blocks {
		out[i] = line{Block: b, words: wordsOf(b.Text), ends: closes(b.Text), key: keyOf(b.Text)}
	}
	return out
}

// wordsOf counts words. Scripts that write no blanks between them have two
// characters in one.
func wordsOf(s string) int {
	n := text.Words(s)
	if len(s) < 6 || s[0] < 0x80 && s[len(s)-1] < 0x80 {
		return n
	}
	eastern := 0
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar) {
			eastern++
		}
	}
	return max(n, eastern/2)
}

// closes reports whether a line ends like a sentence.
func closes(s string) bool {
	s = strings.TrimRightFunc(s, text.IsCloser)
	return strings.ContainsRune(".!?…。:;", text.LastRune(s))
}

// keyOf keeps the letters and digits of a text, in lower case.
func keyOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// drop marks a line with the first reason found for it.
func (c *cleaner) drop(i int, reason string) {
	if c.lines[i].kept() && c.lines[i].Kind != document.Code {
		c.lines[i].reason = reason
	}
}

// cut drops the first n bytes of a line and keeps the rest.
func (c *cleaner) cut(i, n int, reason string) {
	l := &c.lines[i]
	if l.Kind == document.Code {
		return
	}
	c.dropped = append(c.dropped, document.Drop{Line: l.Line, Text: strings.TrimSpace(l.Text[:n]), Reason: reason})
	b := l.Block
	b.Text = strings.TrimSpace(b.Text[n:])
	*l = makeLines([]document.Block{b})[0]
}

// next returns the first kept line after i, or len(c.lines).
func (c *cleaner) next(i int) int {
	for i++; i < len(c.lines); i++ {
		if c.lines[i].kept() {
			break
		}
	}
	return i
}

// top returns the index of the first paragraph, or len(c.lines).
func (c *cleaner) top() int {
	for i := range c.lines {
		if c.lines[i].kept() && c.lines[i].paragraph() {
			return i
		}
	}
	return len(c.lines)
}

// compose makes the body of the lines that stay, and the list of those that do
// not.
func (c *cleaner) compose() {
	var kept []document.Block
	for i := range c.lines {
		l := &c.lines[i]
		switch {
		case l.kept():
			kept = append(kept, l.Block)
		case l.reason == divider && len(kept) > 0:
			l.Kind = document.Heading // it begins another part
			kept = append(kept, l.Block)
		default:
			c.dropped = append(c.dropped, document.Drop{Line: l.Line, Text: l.Text, Reason: l.reason})
		}
	}
	c.body, c.headings = document.Compose(kept)
}

// markHeadings marks the short lines between paragraphs as headings, drops those
// that only name a format, and drops the lines after the last paragraph where
// furniture stands among them or they are headlines: a page ends in links, a list
// of winners does not.
func (c *cleaner) markHeadings() {
	last := -1
	total, loose := 0, 0
	furnished := false
	for i := range c.lines {
		if !c.lines[i].kept() {
			continue
		}
		total += c.lines[i].words
		if c.lines[i].paragraph() || c.lines[i].ends && c.lines[i].Kind != document.Heading {
			last = i
		}
	}
	tail, headlines := 0, 0
	for i := last + 1; i < len(c.lines); i++ {
		if l := &c.lines[i]; l.kept() {
			loose += l.words
			tail++
			if headline(l) {
				headlines++
			}
			furnished = furnished || isByline(l.Text) || metadata.BareDate(l.Text, c.locale())
		} else {
			furnished = furnished || l.reason != "title"
		}
	}
	furnished = furnished || headlines > 1 && headlines*2 >= tail
	for i := range c.lines {
		l := &c.lines[i]
		switch {
		case !l.kept():
		case l.Kind == document.Plain && l.name() && formatLabel(l.Text):
			c.drop(i, "label")
		case i > last && furnished && float64(loose) <= maxFurniture*float64(total):
			c.drop(i, "after the end of the text")
		case l.Kind == document.Plain && i < last && c.isHeading(i):
			l.Kind = document.Heading
		}
	}
}

// isByline reports whether a line begins like the by-line of a report.
func isByline(s string) bool { return byLine().MatchString(s) }

var byLine = text.Pattern(`^(?i:by:?|(?:written|story|posted|reported|words|text|analysis)(?: by:?|:)) \p{L}`)

// headline reports whether a line reads like the headline of another report and
// not like an entry of a list: it has some length and says what somebody does.
func headline(l *line) bool {
	if l.words < 6 || l.words > headlineWords || l.ends {
		return false
	}
	for w := range strings.FieldsSeq(l.Text) {
		if len(w) > 3 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz,'’") == "" && !slices.Contains([]string{"with", "from", "into", "over", "that", "this"}, w) {
			return true
		}
	}
	return titleCase(l.Text) && l.words > paragraphWords
}

// isHeading reports whether a short line heads what follows it. A line that
// belongs to a list of short lines does not, nor does one that reads like a
// sentence without its full stop.
func (c *cleaner) isHeading(i int) bool {
	l := &c.lines[i]
	if !l.name() || l.words > headingWords || unicode.IsLower(text.FirstRune(l.Text)) {
		return false
	}
	if l.words > paragraphWords && !titleCase(l.Text) {
		return false
	}
	next := c.next(i)
	if next == len(c.lines) {
		return false
	}
	if c.lines[next].paragraph() || c.lines[next].Kind == document.Heading {
		return true
	}
	after := c.next(next)
	return after < len(c.lines) && c.lines[after].paragraph() && (i == 0 || !c.lines[i-1].name() || !c.lines[i-1].kept())
}

// titleCase reports whether most of a line's longer words are capitalised.
func titleCase(s string) bool {
	long, upper := 0, 0
	for w := range strings.FieldsSeq(s) {
		w = strings.TrimLeft(w, "“\"‘'(")
		if utf8.RuneCountInString(w) < 4 {
			continue
		}
		long++
		if unicode.IsUpper(text.FirstRune(w)) || text.IsDigit(w[0]) {
			upper++
		}
	}
	return upper*10 >= long*6
}
