// Package body makes blocks of a text that came inside something else, a field
// of a record or an item of a feed, and may be plain text or a piece of HTML.
package body

import (
	"strings"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/markup"
)

// Form is what a text is written in.
type Form int

// The forms.
const (
	Unknown Form = iota // HTML if it has its tags, else plain text
	Text                // plain text
	HTML                // a piece of HTML
)

// What tells HTML from a text that mentions a tag.
var (
	blockStart = text.Pattern(`(?i)^\s*(?:<!--|<(?:!doctype|html|body|p|div|h[1-6]|ul|ol|dl|blockquote|table|section|article|main|header|figure|pre|center)[\s/>])`)
	blockEnd   = text.Pattern(`(?i)</(?:p|div|h[1-6]|ul|ol|li|dl|dd|blockquote|table|tr|td|section|article|figure)\s*>`)
	inlinePair = text.Pattern(`(?i)<(?:a|b|i|u|s|q|em|strong|span|sub|sup|small|cite|code|mark|del|ins|strike|font|abbr|time)(?:\s[^<>]*)?>.*</(?:a|b|i|u|s|q|em|strong|span|sub|sup|small|cite|code|mark|del|ins|strike|font|abbr|time)\s*>`)
	void       = text.Pattern(`(?i)<(?:br|hr|wbr)\s*/?>|<(?:img|a|iframe|video|audio|source|embed|object)\s[^<>]*?\b(?:src|href|data|alt)\s*=[^<>]*>`)
	glued      = text.Pattern(`\S<(?:p|P)>\S`) // paragraphs that nothing closes
	paragraph  = text.Pattern(`(?i)<p[\s>]`)
	blankLine  = text.Pattern(`\n[ \t\r]*\n\s*`)
)

// Blocks reads a text whose first line has the given number. Every block gets
// that number if the text stands in one line of its file, which oneLine says.
func Blocks(m *limit.Meter, s string, form Form, line int, oneLine bool) ([]document.Block, []document.Drop, error) {
	var blocks []document.Block
	var drops []document.Drop
	var err error
	markedUp := form == HTML || form == Unknown && IsHTML(s)
	switch {
	case markedUp:
		blocks, drops, err = markup.Fragment(m, paragraphs(s))
	case form == Unknown && hasInline(s):
		s, drops, err = inline(m, s)
		blocks = textLines(s, line)
	default:
		blocks = textLines(s, line)
	}
	if err != nil {
		return nil, nil, err
	}
	if err := m.Nodes(len(blocks)); err != nil {
		return nil, nil, err
	}
	if markedUp || oneLine {
		for i := range blocks {
			blocks[i].Line = line
		}
		for i := range drops {
			drops[i].Line = line
		}
	}
	return blocks, drops, nil
}

// IsHTML reports whether a text is set in the block elements of HTML: it begins
// with one, or has them in most of its lines.
func IsHTML(s string) bool {
	if !strings.Contains(s, "<") {
		return false
	}
	if blockStart().MatchString(s) {
		return true
	}
	if glued().MatchString(s) {
		return true
	}
	ends := blockEnd().FindAllStringIndex(s, -1)
	if len(ends) == 0 {
		return false
	}
	lines, tagged := 0, 0
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			lines++
			if strings.Contains(line, "</") {
				tagged++
			}
		}
	}
	return tagged*2 >= lines
}

// paragraphs makes paragraphs of what blank lines part, in HTML that has no
// paragraphs of its own: so blogs keep their posts.
func paragraphs(s string) string {
	if !strings.Contains(s, "\n") || paragraph().MatchString(s) {
		return s
	}
	return blankLine().ReplaceAllString(s, "\n<p>\n")
}

// hasInline reports whether a text has elements of HTML that stand in lines.
func hasInline(s string) bool {
	return strings.Contains(s, "<") && (strings.Contains(s, "</") && inlinePair().MatchString(s) || void().MatchString(s))
}

// inline takes the tags from the lines of a text that has no blocks of HTML: its
// lines are its paragraphs.
func inline(m *limit.Meter, s string) (string, []document.Drop, error) {
	s = void().ReplaceAllStringFunc(s, func(tag string) string { return strings.ReplaceAll(tag, "\n", " ") })
	lines := strings.Split(s, "\n")
	var drops []document.Drop
	for i, l := range lines {
		if !hasInline(l) {
			continue
		}
		blocks, dropped, err := markup.Fragment(m, l)
		if err != nil {
			return "", nil, err
		}
		texts := make([]string, len(blocks))
		for j, b := range blocks {
			texts[j] = b.Text
		}
		lines[i] = strings.Join(texts, "\n")
		drops = append(drops, dropped...)
	}
	return strings.Join(lines, "\n"), drops, nil
}

// Line is the text of a title or name that may be HTML, in one line.
func Line(m *limit.Meter, s string) (string, error) {
	if strings.Contains(s, "</") && (inlinePair().MatchString(s) || blockEnd().MatchString(s)) {
		blocks, _, err := markup.Fragment(m, s)
		if err != nil {
			return "", err
		}
		texts := make([]string, len(blocks))
		for i, b := range blocks {
			texts[i] = b.Text
		}
		return strings.Join(texts, " "), nil
	}
	return document.OneLine(document.Unescape(s)), nil
}

// Spent is the error of a meter that has nothing left for its file. Without one
// an error was about a single text, and the others can still be read.
func Spent(m *limit.Meter) error {
	if err := m.Nodes(0); err != nil {
		return err
	}
	return m.Unpack(0)
}

// cutMark is what stands behind the start of a text instead of the rest. Its
// group is for one that has nothing before it.
var cutMark = text.Pattern(`(?i)\s*(?:\[\+?\d+ chars\]|\[(?:\x{2026}|\.{3})\]|(?:(?:\x{2026}|\.{3})\s*|(^))\(?(?:continue reading|read more|read the (?:full|whole|rest)|read full)\b[^.?!]{0,120})\s*$`)

// Cut drops the mark that a text is not whole from its end, such as "[+1234
// chars]" and "… Continue reading", and returns it.
func Cut(d *document.Document) (mark string, cut bool) {
	const longest = 200 // bytes of a mark
	final := &d.Blocks[len(d.Blocks)-1]
	from := max(0, len(final.Text)-longest)
	for from < len(final.Text) && !utf8.RuneStart(final.Text[from]) {
		from++
	}
	m := cutMark().FindStringSubmatchIndex(final.Text[from:])
	if m == nil || m[2] >= 0 && from > 0 || from+m[0] == 0 && len(d.Blocks) == 1 {
		return "", false
	}
	at := from + m[0]
	mark = strings.TrimSpace(final.Text[at:])
	d.Dropped = append(d.Dropped, document.Drop{Line: final.Line, Text: mark, Reason: "mark of a cut text"})
	if final.Text = final.Text[:at]; final.Text == "" {
		d.Blocks = d.Blocks[:len(d.Blocks)-1]
	}
	return mark, true
}
