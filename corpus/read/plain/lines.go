package plain

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// classify says what each line is: a heading with a line under it, an item of a
// list, a row of a table. Rules between parts become gaps.
func classify(in []line) []line {
	out := in[:0:0]
	rule := false
	for i := range in {
		l := in[i]
		if isRule(l.text) {
			if n := len(out); n > 0 && !l.gap && underlines(l.text, out[n-1]) {
				out[n-1].kind, out[n-1].alone = document.Heading, true
			}
			rule = rule || !strings.ContainsAny(l.text, "|+") || l.gap // else it is part of a table
			continue
		}
		l.gap = l.gap || rule
		rule = false
		out = append(out, l)
	}
	letterhead(out)
	rows(out)
	items(out)
	labels(out)
	return out
}

// label begins a line that is what its label says: "Author: Ann Finch".
var label = text.Pattern(`^\p{Lu}[\p{L} -]{1,20}:\s+\S`)

// labels marks the lines of a group half of which have labels, such as those above
// the text of an article: each stands for itself.
func labels(lines []line) {
	for start := 0; start < len(lines); {
		end, labelled := start, 0
		for end < len(lines) && (end == start || !lines[end].gap) {
			if strings.Contains(lines[end].text, ": ") && label().MatchString(lines[end].text) {
				labelled++
			}
			end++
		}
		for i := start; i < end && labelled > 1 && 2*labelled >= end-start; i++ {
			lines[i].alone = true
		}
		start = end
	}
}

// isRule reports whether a line is drawn: ----, ====, ****, _____, * * *.
func isRule(s string) bool {
	if len(s) < 3 || !strings.ContainsRune("-=*_~#+—–─═•", text.FirstRune(s)) {
		return false
	}
	marks := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("-=*_~#+—–─═•", r):
			marks++
		case r != ' ' && r != '|':
			return false
		}
	}
	return marks >= 3
}

// underlines reports whether a rule stands under a heading: both are as long, and
// the line has the length of one.
func underlines(rule string, above line) bool {
	if mark := rule[0]; mark != '=' && mark != '-' && mark != '~' || strings.ContainsAny(rule, " |+") {
		return false
	}
	n := runes(above.text)
	drawn := runes(rule)
	return above.kind == document.Plain && n <= maxHeading && drawn >= n/2 && drawn <= n+8 && (above.gap || rule[0] == '=')
}

// maxHeading is how many characters a heading in one line has at most.
const maxHeading = 90

// rows marks the rows of tables: lines whose cells a pipe separates, or three
// blanks and more, with as many cells in each of several lines.
func rows(lines []line) {
	for i := 0; i < len(lines); {
		end := i
		var cells [][]string
		for end < len(lines) && (end == i || !lines[end].gap) {
			c := cellsOf(lines[end].raw)
			if len(c) < 2 || len(cells) > 0 && len(c) != len(cells[0]) {
				break
			}
			cells = append(cells, c)
			end++
		}
		if len(cells) < minRows {
			i = max(end, i+1)
			continue
		}
		for j, c := range cells {
			l := &lines[i+j]
			l.text = document.Squeeze(strings.Join(c, " | "))
			l.kind, l.alone = document.Row, true
		}
		i = end
	}
}

// letterhead marks a row that stands alone at the top of a text: the name of a paper,
// its day and its number.
func letterhead(lines []line) {
	if len(lines) < 2 || !lines[1].gap {
		return
	}
	cells := cellsOf(lines[0].raw)
	if len(cells) < 2 || strings.Contains(lines[0].raw, "|") || !issue().MatchString(lines[0].text) || endsSentence(lines[0].text) {
		return
	}
	lines[0].text = document.Squeeze(strings.Join(cells, " | "))
	lines[0].kind, lines[0].alone = document.Row, true
}

// issue is what tells a letterhead from other rows: a year or the number of an issue.
var issue = text.Pattern(`\b(?:19|20)\d\d\b|\b(?:No|Nr|Vol|Issue|Ausgabe)\b\.? ?\d`)

// minRows is how many lines make a table.
const minRows = 2

// cellsOf are the cells of a line, one for a line that is no row.
func cellsOf(s string) []string {
	s = strings.TrimSpace(s)
	var parts []string
	if strings.Count(s, "|") > 0 {
		parts = strings.Split(strings.Trim(s, "|"), "|")
	} else {
		for s != "" {
			i := strings.Index(s, "   ")
			if i < 0 {
				i = len(s)
			}
			parts = append(parts, s[:i])
			s = strings.TrimLeft(s[i:], " ")
		}
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if len(parts) > 1 && !strings.Contains(s, "|") && leadMark().MatchString(parts[0]) {
		parts[1] = parts[0] + " " + parts[1]
		parts = parts[1:]
	}
	return parts
}

// leadMark is what stands before a text and is no cell of a table: the sign of an
// item, and who speaks or what follows: "Q.", "JUDGE HOLM:", "Date:".
var leadMark = text.Pattern(`^(?:[-–—*•·o]|[QA]|\(?(?:\d{1,3}|[\pL]|[ivxlIVXL]{2,5})[.):]+|\pL[\pL.'’ -]{0,40}:)$`)

// items marks items of lists and takes their signs away. A number is one only
// beside the number before or after it, and "o" beside another "o".
func items(lines []line) {
	for i := range lines {
		l := &lines[i]
		if l.kind != document.Plain {
			continue
		}
		if t, ok := trimBullet(l.text); ok {
			l.text, l.kind = t, document.Item
		}
	}
	for i := range lines {
		if n, ok := numbered(lines[i]); ok && n == 1 {
			number(lines, i)
		}
	}
	letterO(lines)
}

// letterO marks the items of lists whose sign is an "o", as text from Word has
// them.
func letterO(lines []line) {
	var at []int
	for i := range lines {
		if lines[i].kind == document.Plain && strings.HasPrefix(lines[i].text, "o ") && unicode.IsUpper(text.FirstRune(lines[i].text[2:])) {
			at = append(at, i)
		}
	}
	if len(at) < minRows {
		return
	}
	for _, i := range at {
		lines[i].text, lines[i].kind = strings.TrimSpace(lines[i].text[2:]), document.Item
	}
}

// maxItemLines is how many lines an item of a numbered list has at most.
const maxItemLines = 12

// number marks the items of a list that begins at a line with the number 1.
func number(lines []line, first int) {
	run := []int{first}
	for i, far := first+1, 0; i < len(lines) && far < maxItemLines; i, far = i+1, far+1 {
		if n, ok := numbered(lines[i]); ok && n == len(run)+1 {
			run, far = append(run, i), 0
		}
	}
	if len(run) < minRows {
		return
	}
	for _, i := range run {
		_, rest, _ := strings.Cut(lines[i].text, " ")
		lines[i].text, lines[i].kind = rest, document.Item
	}
}

// numbered is the number of an item: "1. ", "1) ", "(1) ".
func numbered(l line) (int, bool) {
	if l.kind != document.Plain || l.text == "" || l.text[0] != '(' && !text.IsDigit(l.text[0]) {
		return 0, false
	}
	mark, rest, _ := strings.Cut(l.text, " ")
	if rest == "" || len(mark) > len("(99)") || !strings.HasSuffix(mark, ".") && !strings.HasSuffix(mark, ")") {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimPrefix(mark[:len(mark)-1], "("))
	return n, err == nil && n > 0
}

// trimBullet takes the bullet from a line that has one.
func trimBullet(s string) (string, bool) {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '●', '▪', '◦', '‣', '■', '∙', '⁃', '►', '▶', '➤', '➢', '✓', '✔', '□', '○', '◆', '❖', '\uf0b7', '\uf0a7', '\uf0d8':
		return strings.TrimSpace(s[n:]), true
	case '*', '-', '–', '·', '+':
		if len(s) > n && s[n] == ' ' {
			return strings.TrimSpace(s[n:]), true
		}
	}
	return s, false
}
