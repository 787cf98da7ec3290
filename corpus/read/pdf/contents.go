package pdf

import (
	"strconv"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
)

// entry is a line of a table of contents that has no dots between what it names and
// the page of that.
var entry = text.Pattern(`^(.*\pL.*?)[\s.…]*\s(\d{1,3}|[ivxl]{1,6})$`)

// markContents finds tables of contents whose entries have no dots: lines that end in
// numbers of pages, of which most stand again elsewhere, as headings.
func (w *writer) markContents(columns [][]*line) {
	headings := make(map[string]bool)
	for _, c := range columns {
		above := ""
		for i, l := range c {
			if l.row || !w.isHeading(c[i:i+1]) || entry().MatchString(l.text) {
				above = ""
				continue
			}
			s := letters(l.text)
			headings[s], headings[above+s] = true, true
			above = s
		}
	}
	for _, c := range columns {
		for i := 0; i < len(c); {
			n := entries(c[i:], headings)
			for _, l := range c[i : i+n] {
				l.contents = true
			}
			const mostWords = 3
			if n > 0 && i > 0 && text.Words(c[i-1].text) <= mostWords && (c[i-1].bold || c[i-1].heading || c[i-1].size > c[i].size) {
				c[i-1].contents = true
			}
			i += max(n, 1)
		}
	}
}

// entries is how many lines from the first one on are a table of contents. An entry
// may have two lines.
func entries(lines []*line, headings map[string]bool) int {
	all, again, n, page := 0, 0, 0, 0
	title := ""
	named := make(map[string]bool)
	for i, l := range lines {
		const apart = 2 // lines
		if i > n+apart {
			break
		}
		m := entry().FindStringSubmatch(l.text)
		if m == nil || len(l.cells) > 3 {
			title = letters(l.text)
			if i == 0 {
				return 0
			}
			continue
		}
		if at, err := strconv.Atoi(m[2]); err == nil {
			if at < page {
				break
			}
			page = at
		}
		all++
		if s := letters(m[1]); s != "" && (headings[s] || headings[title+s]) && !named[title+s] {
			again++
			named[title+s] = true
		}
		n, title = i+1, ""
	}
	const least = 3
	if all < least || 2*again < all {
		return 0
	}
	return n
}

// letters are those of a text, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
