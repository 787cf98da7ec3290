package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleaned is an article after cleaning.
type cleaned struct {
	article Article
	dropped []Drop
}

// Where an article's title was found, for [Article.TitleFrom].
const (
	TitleFromMetadata = "metadata" // front matter, .jsonl, HTML or a "Title:" line
	TitleFromLine     = "line"     // a line of its own above the text; it is not in Body
	TitleFromHeading  = "heading"  // the first heading; it stays in Body
	TitleFromLead     = "lead"     // the first words of the text; they stay in Body
)

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
	block
	words  int
	ends   bool   // closes like a sentence
	key    string // its letters and digits in lower case: equal for a title and its slug
	reason string // why it is dropped; empty when it stays
}

func (l *line) kept() bool { return l.reason == "" }

// paragraph reports whether a line is text of a report and not the name of
// something.
func (l *line) paragraph() bool {
	return l.kind == item || l.kind == plain && (l.ends && l.words >= paragraphWords || l.words > headlineWords)
}

// name reports whether a line looks like a headline, a heading or a label.
func (l *line) name() bool {
	return l.kind == heading || l.kind == plain && !l.paragraph() && (!l.ends || l.words < paragraphWords && strings.HasSuffix(l.text, "?"))
}

// cleaner works on the lines of one article. Each step looks at what the steps
// before it left; nothing is taken out before the end.
type cleaner struct {
	article Article
	lines   []line
	gaps    bool // paragraphs are separated by blank lines
	dropped []Drop
}

// clean makes an article of a source: what a news page adds around its text is
// dropped with a reason, and metadata the text has is filled in where the
// format states none. Text that was cleaned before is only put together.
func clean(s *source) cleaned {
	c := &cleaner{article: s.article}
	if c.article.Title != "" {
		c.article.TitleFrom = TitleFromMetadata
	}
	if s.light {
		c.lightly(s.blocks)
	} else {
		c.page(s.blocks)
	}
	return cleaned{article: c.article, dropped: c.dropped}
}

// lightly keeps every word. Event dates are worked out for reports only: in an
// encyclopedia's text the latest date says nothing about when it is from.
func (c *cleaner) lightly(blocks []block) {
	c.article.Body, c.article.Headings = composeBody(blocks)
	if c.article.Published.IsZero() && c.article.Event.IsZero() && (c.article.Publisher != "" || c.article.URL != "") {
		c.article.Event = c.latestDate()
	}
	c.fallbackTitle()
}

// page runs all steps.
func (c *cleaner) page(blocks []block) {
	c.lines = makeLines(blocks)
	for i := range c.lines {
		c.gaps = c.gaps || i > 0 && c.lines[i].gap
	}
	c.metadataLines()
	c.embeds()
	c.promotions()
	c.furniture()
	c.captions()
	c.neighbours()
	c.title()
	c.byline()
	c.headings()
	c.compose()
	c.dateline()
	if c.article.Event.IsZero() {
		c.article.Event = c.latestDate()
	}
	c.fallbackTitle()
}

func makeLines(blocks []block) []line {
	out := make([]line, len(blocks))
	for i, b := range blocks {
		out[i] = line{block: b, words: countWords(b.text), ends: closes(b.text), key: keyOf(b.text)}
	}
	return out
}

// closes reports whether a line ends like a sentence.
func closes(s string) bool {
	s = strings.TrimRightFunc(s, isCloser)
	return strings.ContainsRune(".!?…。:;", lastRune(s))
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
	if c.lines[i].kept() {
		c.lines[i].reason = reason
	}
}

// cut drops the first n bytes of a line and keeps the rest.
func (c *cleaner) cut(i, n int, reason string) {
	l := &c.lines[i]
	c.dropped = append(c.dropped, Drop{Line: l.line, Text: strings.TrimSpace(l.text[:n]), Reason: reason})
	b := l.block
	b.text = strings.TrimSpace(b.text[n:])
	*l = makeLines([]block{b})[0]
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
	var kept []block
	for i := range c.lines {
		l := &c.lines[i]
		switch {
		case l.kept():
			kept = append(kept, l.block)
		default:
			c.dropped = append(c.dropped, Drop{Line: l.line, Text: l.text, Reason: l.reason})
		}
	}
	sortDrops(c.dropped)
	c.article.Body, c.article.Headings = composeBody(kept)
}

// titleLines is how many lines of a page, menus among them, may stand above its
// title.
const titleLines = 60

// title finds the title among the lines above the text and drops it there and
// wherever it is repeated. A line is surely the title if it is a slug in words
// or stands in the page again; else the first line of some length is.
func (c *cleaner) title() {
	slug := ""
	for i := range c.lines {
		l := &c.lines[i]
		if l.kept() && strings.Count(l.text, "_") >= 2 && !strings.Contains(l.text, " ") {
			slug = l.key
			c.drop(i, "slug")
			break
		}
	}
	known := keyOf(c.article.Title)
	best, sure := -1, false
	for i := range min(c.top()+1, len(c.lines), titleLines) {
		l := &c.lines[i]
		if !l.kept() || l.kind == item || l.words < 3 || l.words > headlineWords {
			continue
		}
		surely := l.key == slug || l.key == known || c.repeated(i)
		if !sure && surely || best < 0 && l.name() && (l.words >= 4 || l.kind == heading) && l.kept() {
			best, sure = i, surely
		}
	}
	if best >= 0 && known == "" {
		c.article.Title = c.lines[best].text
		c.article.TitleFrom = TitleFromLine
		known = c.lines[best].key
	}
	if known == "" {
		return
	}
	for i := range c.lines {
		l := &c.lines[i]
		switch {
		case l.key == known:
			c.drop(i, "title")
		case best >= 0 && i < best && l.kept() && l.name():
			c.drop(i, "label above the title")
		}
	}
}

// repeated reports whether a line's words stand in the page again, as a line or
// at the start of one.
func (c *cleaner) repeated(i int) bool {
	for j := range c.lines {
		if j != i && (c.lines[j].key == c.lines[i].key || strings.HasPrefix(c.lines[j].text, c.lines[i].text)) {
			return true
		}
	}
	return false
}

// fallbackTitle names an article that has no title line: by its first heading,
// else by its first words.
func (c *cleaner) fallbackTitle() {
	a := &c.article
	if a.Title != "" || a.Body == "" {
		return
	}
	if len(a.Headings) > 0 {
		a.Title, a.TitleFrom = a.Body[a.Headings[0].Start:a.Headings[0].End], TitleFromHeading
		return
	}
	lead, _, _ := strings.Cut(a.Body, "\n")
	if spans := splitLine(nil, lead); len(spans) > 0 {
		lead = strings.TrimSuffix(lead[:spans[0].End], ".")
	}
	lead = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(lead, "UPDATE:"), "BREAKING:"))
	a.Title, a.TitleFrom = shorten(lead, titleRunes), TitleFromLead
}

// titleRunes is the length of a title made of the lead: a headline's.
const titleRunes = 80

// shorten cuts text to at most n runes at the end of a word.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	at := 0
	count := 0
	for i, r := range s {
		if count++; count > n {
			break
		}
		if r == ' ' {
			at = i
		}
	}
	if at == 0 {
		at = len(string([]rune(s)[:n-1]))
	}
	return strings.TrimRightFunc(s[:at], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) + "…"
}

// headings marks the short lines between paragraphs as headings, drops those
// that only name a format, and drops the lines after the last paragraph: a page
// ends in links.
func (c *cleaner) headings() {
	last := -1
	total, loose := 0, 0
	for i := range c.lines {
		if !c.lines[i].kept() {
			continue
		}
		total += c.lines[i].words
		if c.lines[i].paragraph() || c.lines[i].ends && c.lines[i].kind != heading {
			last = i
		}
	}
	for i := last + 1; i < len(c.lines); i++ {
		if c.lines[i].kept() {
			loose += c.lines[i].words
		}
	}
	for i := range c.lines {
		l := &c.lines[i]
		switch {
		case !l.kept():
		case l.name() && formatLabel(l.text):
			c.drop(i, "label")
		case i > last && float64(loose) <= maxFurniture*float64(total):
			c.drop(i, "after the end of the text")
		case l.kind == plain && i < last && c.isHeading(i):
			l.kind = heading
		}
	}
}

// isHeading reports whether a short line heads what follows it. A line that
// belongs to a list of short lines does not, nor does one that reads like a
// sentence without its full stop.
func (c *cleaner) isHeading(i int) bool {
	l := &c.lines[i]
	if !l.name() || l.words > headingWords || unicode.IsLower(firstRune(l.text)) {
		return false
	}
	if l.words > paragraphWords && !titleCase(l.text) {
		return false
	}
	next := c.next(i)
	if next == len(c.lines) {
		return false
	}
	if c.lines[next].paragraph() || c.lines[next].kind == heading {
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
		if unicode.IsUpper(firstRune(w)) || isDigit(w[0]) {
			upper++
		}
	}
	return upper*10 >= long*6
}
