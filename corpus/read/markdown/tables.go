package markdown

import (
	"strings"
	"unicode/utf8"
)

// grid makes a table of Pandoc's and reStructuredText's grids: a row is what
// stands between two borders.
func (p *preparer) grid(l line) bool {
	if p.at < p.plain {
		return false
	}
	width := utf8.RuneCountInString(strings.TrimSpace(l.text))
	var rows [][]string
	var row []string
	end := p.at
	numbers := []int{l.number}
	for ; end < len(p.in); end++ {
		s := strings.TrimSpace(p.in[end].text)
		if gridBorder().MatchString(s) {
			if row != nil {
				rows = append(rows, row)
			}
			row = nil
			numbers = append(numbers, p.in[end].number)
			continue
		}
		if len(s) < 2 || s[0] != '|' || !strings.HasSuffix(s, "|") || utf8.RuneCountInString(s) > 2*width {
			break
		}
		for i, cell := range strings.Split(s[1:len(s)-1], "|") {
			if i == len(row) {
				row = append(row, "")
			}
			row[i] = strings.TrimSpace(row[i] + " " + strings.TrimSpace(cell))
		}
	}
	if len(rows) == 0 || row != nil {
		p.plain = end
		return false
	}
	p.at = end
	p.emit(l.number, "")
	for i, cells := range rows {
		number := numbers[min(i, len(numbers)-1)] + 1
		p.emit(number, "| "+p.inline(number, strings.Join(cells, " | "))+" |")
		if i == 0 {
			p.emit(number, "|"+strings.Repeat("---|", len(cells)))
		}
	}
	p.emit(l.number, "")
	return true
}

// pipes reads lines that begin with a pipe: a table without a line under its
// header gets one, and lines without another pipe are verse.
func (p *preparer) pipes(l line) bool {
	end := p.at
	table, verse := isTableRow(l.text), isVerse(l.text)
	if n := len(p.out); !table && !verse || n > 0 && p.out[n-1].text != "" || p.at < p.plain {
		return false
	}
	for ; end < len(p.in); end++ {
		s := p.in[end].text
		if !strings.HasPrefix(strings.TrimSpace(s), "|") {
			break
		}
		if delimiter().MatchString(strings.TrimSpace(s)) && strings.Contains(s, "-") {
			return false // the parser knows it
		}
		table, verse = table && isTableRow(s), verse && isVerse(s)
	}
	if end == p.at || !table && !verse {
		p.plain = end
		return false
	}
	if table {
		cells := strings.Count(strings.Trim(strings.TrimSpace(l.text), "|"), "|") + 1
		p.emit(l.number, p.inline(l.number, l.text))
		p.emit(l.number, "|"+strings.Repeat("---|", cells))
		return true
	}
	for ; ; p.at++ {
		p.emit(l.number, p.inline(l.number, strings.TrimSpace(l.text)[1:])+"  ")
		if p.at == end {
			break
		}
		l = p.in[p.at]
	}
	return true
}

func isTableRow(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) > 2 && s[0] == '|' && s[len(s)-1] == '|' && strings.Contains(s[1:len(s)-1], "|")
}

func isVerse(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "| ") && !strings.Contains(s[1:], "|")
}
