package markdown

import (
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/limit"
)

// What the parser needs grows with the square of the signs in a paragraph, with
// the product of lines and nesting, and with that of a table's columns and rows.
// Texts of people stay far below the bounds here.
const (
	// maxSigns bounds the sum over all paragraphs of the square of their signs:
	// a second or so.
	maxSigns = 250_000_000
	// maxContainers is how deep quotations and lists may be nested.
	maxContainers = 24
	maxIndent     = 4 * maxContainers
	// maxCells is how many cells one table may have, empty ones included.
	maxCells = 100_000
)

// signs are the characters that begin something in a paragraph.
const signs = "*_[]<!~`=|&\\"

// tame makes lines that the parser reads in bounded time and memory: paragraphs
// that would cost too much are made text, nesting that is too deep is cut. It
// returns the number of the first such line, 0 for none, and fails when the whole
// has too many parts.
func tame(m *limit.Meter, lines []line) ([]line, int, error) {
	t := &tamer{}
	for i := range lines {
		l := &lines[i]
		if shallow := flatten(l.text); shallow != l.text {
			l.text = shallow
			t.note(l.number)
		}
	}
	nodes := 0
	for start := 0; start < len(lines); {
		end := start
		count := 0
		for end < len(lines) && lines[end].text != "" && (end == start || !beginsBlock(lines[end].text)) {
			count += countSigns(lines[end].text)
			end++
		}
		if end == start {
			end++
		}
		nodes += count + 4 + 2*(end-start)
		if nodes > m.Limits().Nodes {
			return nil, 0, m.Nodes(nodes)
		}
		if !beginsHTML(lines[start].text) {
			t.paragraph(lines[start:end], count)
		}
		start = end
	}
	t.tables(lines)
	return lines, t.first, m.Clock()
}

type tamer struct {
	spent int
	first int // the first line that was made text
}

func (t *tamer) note(number int) {
	if t.first == 0 {
		t.first = number
	}
}

// paragraph makes text of a paragraph for which there are no means left.
func (t *tamer) paragraph(lines []line, count int) {
	if count == 0 {
		return
	}
	if cost := count * count; t.spent+cost <= maxSigns {
		t.spent += cost
		return
	}
	for i := range lines {
		lines[i].text = escape(lines[i].text)
	}
	t.note(lines[0].number)
}

// tables makes text of tables that have too many cells: the parser fills each row
// up to the width of the header.
func (t *tamer) tables(lines []line) {
	for i := range lines {
		s := strings.Trim(lines[i].text, " \t>")
		columns := strings.Count(s, "|") + 1
		if columns < 3 || !strings.Contains(s, "-") || !delimiter().MatchString(s) {
			continue
		}
		rows := 0
		for j := i + 1; j < len(lines) && lines[j].text != ""; j++ {
			rows++
		}
		if columns*rows > maxCells {
			lines[i].text = ""
			t.note(lines[i].number)
		}
	}
}

// escape takes the meaning from the signs of a line.
func escape(s string) string {
	if !strings.ContainsAny(s, signs) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(signs, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func countSigns(s string) int {
	n := 0
	for i := range len(s) {
		switch s[i] {
		case '*', '_', '[', ']', '<', '!', '~', '`', '=', '|', '&', '\\':
			n++
		}
	}
	return n
}

// beginsBlock reports whether a line begins a block of its own.
func beginsBlock(s string) bool {
	s = strings.TrimLeft(s, " \t")
	return s != "" && (s[0] == '#' || listMark().MatchString(s))
}

// beginsHTML reports whether a line begins a block of HTML, in which the parser
// looks for no signs.
func beginsHTML(s string) bool {
	s = strings.TrimLeft(s, " ")
	return htmlBlock().MatchString(s[:min(len(s), maxTag)])
}

const maxTag = 20

var htmlBlock = text.Pattern(`(?i)^</?(address|article|aside|blockquote|body|center|details|dialog|div|dl|dt|dd|fieldset|figure|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|p|section|summary|table|tbody|td|th|thead|tr|ul)[\s/>]`)

// flatten cuts the nesting that a line states: signs of quotations and lists at
// its start, and indentation.
func flatten(s string) string {
	at, columns, containers := 0, 0, 0
	for at < len(s) {
		switch c := s[at]; {
		case c == ' ':
			columns++
		case c == '\t':
			columns += 4
		case c == '>', c == ':':
			containers++
		case strings.IndexByte("-*+", c) >= 0 && (at+1 == len(s) || s[at+1] == ' ' || s[at+1] == '\t'):
			containers++
		case c >= '0' && c <= '9' && listMark().MatchString(s[at:]):
			containers++
			at += strings.IndexAny(s[at:], ".)")
		default:
			if columns > maxIndent || containers > maxContainers {
				return s[at:]
			}
			return s
		}
		at++
		if containers > maxContainers && strings.Trim(s, "-*_ \t") != "" {
			return strings.TrimLeft(s[at:], "> \t-*+:")
		}
	}
	if columns > maxIndent || containers > maxContainers && strings.Trim(s, "-*_ \t") != "" {
		return ""
	}
	return s
}
