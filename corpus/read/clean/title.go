package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
	"parley/corpus/sentence"
)

// The title, and where it stands in the text.

// titleLines is how many lines of a page, menus among them, may stand above its
// title.
const titleLines = 60

// title finds the title among the lines above the text and drops it there and
// wherever it is repeated. A line is surely the title if it is a slug in words
// or stands in the page again; else the first line of some length is.
func (c *cleaner) title() {
	slug := ""
	for i := range min(c.top(), titleLines) {
		l := &c.lines[i]
		if l.kept() && !l.listed() && strings.Count(l.Text, "_") >= 2 && l.key == strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(l.Text)) {
			slug = l.key
			c.drop(i, "slug")
			break
		}
	}
	known := keyOf(c.statedTitle())
	best, sure := -1, false
	for i := range min(c.top()+1, len(c.lines), titleLines) {
		l := &c.lines[i]
		if !l.kept() || l.listed() || l.words < 3 || l.words > headlineWords {
			continue
		}
		surely := l.key == slug || l.key == known || c.repeated(i)
		if !sure && surely || best < 0 && l.name() && (l.words >= 4 || l.Kind == document.Heading) && l.kept() {
			best, sure = i, surely
		}
	}
	if best < 0 && known == "" {
		best = c.shortTitle()
	}
	if i := c.pieceOfTitle(); i >= 0 {
		c.state(document.Title, c.lines[i].Text, "line above the text", i)
		best, known = i, c.lines[i].key
	}
	if best >= 0 && known == "" {
		c.state(document.Title, c.lines[best].Text, "line above the text", best)
		known = c.lines[best].key
	}
	if known == "" {
		return
	}
	found := sure || best >= 0 && c.lines[best].key == known // else the title is not in the text
	for i := range c.lines {
		l := &c.lines[i]
		switch {
		case l.key == known:
			c.drop(i, "title")
		case found && i < best && l.kept() && l.name():
			if c.known.Publisher == "" && l.Kind == document.Plain && metadata.NamesOutlet(l.Text) {
				c.state(document.Publisher, l.Text, "line above the title", i)
			}
			c.drop(i, "label above the title")
		}
	}
}

// shortTitle finds a title of one or two words, or one in a script that does not
// part them: the only line above the text.
func (c *cleaner) shortTitle() int {
	i := c.next(-1)
	if i >= len(c.lines) {
		return -1
	}
	l, n := &c.lines[i], c.next(i)
	if l.words == 1 && c.known.Title != "" && !strings.Contains(keyOf(c.known.Title), l.key) {
		return -1 // the file has a better name: this is "Introduction"
	}
	if l.Kind == document.Item || l.Kind == document.Row || !l.name() || formatLabel(l.Text) || n >= len(c.lines) || c.lines[n].Kind != document.Plain || !c.lines[n].paragraph() || !l.titled() || c.repeated(i) {
		return -1
	}
	return i
}

// titled reports whether a line may be a title: it begins with a capital or is of
// a script that has none.
func (l *line) titled() bool {
	r := text.FirstRune(l.Text)
	return unicode.IsLetter(r) && !unicode.IsLower(r) && !strings.ContainsAny(l.Text, "_:=<>{}@#/|") && !strings.HasSuffix(l.Text, ",")
}

// statedTitle is the title that is known, but for one by the name of the file.
func (c *cleaner) statedTitle() string {
	if c.known.From[document.Title] == metadata.FromFileName {
		return ""
	}
	return c.known.Title
}

// pieceOfTitle finds the line above the text that is a piece of a title which
// something else than the article implies: the title element of a page names its
// site beside it. It is -1 where there is none.
func (c *cleaner) pieceOfTitle() int {
	known := ""
	for _, s := range c.stated {
		switch {
		case s.From == metadata.FromFileName:
		case s.Field == document.Title && s.Rank < document.Implied:
			return -1
		case s.Field == document.Title && known == "":
			known = keyOf(s.Value)
		}
	}
	for i := range min(c.top()+1, len(c.lines), titleLines) {
		l := &c.lines[i]
		if l.kept() && l.Kind != document.Item && l.words >= 3 && l.words <= headlineWords && len(l.key) < len(known) &&
			(strings.HasPrefix(known, l.key) || strings.HasSuffix(known, l.key)) && 2*len(l.key) > len(known) {
			return i
		}
	}
	return -1
}

// repeated reports whether a line's words stand in the page again, as a line or
// at the start of one.
func (c *cleaner) repeated(i int) bool {
	for j := range c.lines {
		if j != i && (c.lines[j].key == c.lines[i].key || strings.HasPrefix(c.lines[j].Text, c.lines[i].Text)) {
			return true
		}
	}
	return false
}

// fallbackTitle names an article that has no title line: by its first heading,
// else by its first words. The name of the file, if it is words, comes before them,
// but for a heading that says the same.
func (c *cleaner) fallbackTitle() {
	named := c.known.Title
	if c.statedTitle() != "" || c.body == "" {
		return
	}
	if c.headed(named) {
		c.state(document.Title, c.body[c.headings[0].Start:c.headings[0].End], "first heading", -1)
		return
	}
	if named != "" {
		return
	}
	lead, _, _ := strings.Cut(c.body, "\n")
	for start, end := range sentence.All(lead) {
		lead = strings.TrimSuffix(lead[start:end], ".")
		break
	}
	lead = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(lead, "UPDATE:"), "BREAKING:"))
	c.state(document.Title, shorten(lead, titleRunes), "first words", -1)
}

// headed reports whether the first heading is a better title than the name of the
// file: it says the same, or it stands above everything and is no label.
func (c *cleaner) headed(named string) bool {
	if len(c.headings) == 0 || named == "" {
		return len(c.headings) > 0
	}
	first := c.body[c.headings[0].Start:c.headings[0].End]
	return strings.Contains(keyOf(first), keyOf(named)) || c.headings[0].Start == 0 && wordsOf(first) > 1
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
