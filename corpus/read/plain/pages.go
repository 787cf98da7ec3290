package plain

import (
	"strconv"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// Printed texts that were saved as plain text repeat a line above or below each
// page, and number the pages.

// edgeLines is how many lines at the start and at the end of a page may be its
// head and foot.
const edgeLines = 2

// dropPages leaves out the numbers, heads and feet of pages.
func dropPages(lines []line) ([]line, []document.Drop) {
	reasons := make([]string, len(lines))
	numbers := pageNumbers(lines)
	if len(lines) > 0 && lines[len(lines)-1].page > 0 {
		heads(lines, reasons)
	} else {
		headsAtNumbers(lines, numbers, reasons)
	}
	for _, i := range numbers {
		reasons[i] = "page number"
	}
	var kept []line
	var dropped []document.Drop
	for i, l := range lines {
		if reasons[i] != "" {
			dropped = append(dropped, document.Drop{Line: l.number, Text: l.text, Reason: reasons[i]})
			continue
		}
		if i > 0 && reasons[i-1] != "" && len(kept) > 0 {
			l.gap, l.edge = true, true
		}
		kept = append(kept, l)
	}
	return kept, dropped
}

var (
	pageWord   = text.Pattern(`(?i)^\W{0,3}(page|p\.|seite|página|pagina|стр\.?)\s*(\d{1,4})(\s*(of|/|von|de|di|из)\s*\d{1,4})?\W{0,3}$`)
	bareNumber = text.Pattern(`^[-–—\[(|\s]{0,3}(\d{1,4})(\s*/\s*\d{1,4})?[-–—\])|\s]{0,3}$`)
)

// maxPageMark is how long the number of a page is at most, in bytes.
const maxPageMark = 40

// pageNumbers are the lines that number pages: a number alone in its line, or
// "Page 3 of 9". A number without the word is one where the page ends by a form
// feed, or where others go on from it.
func pageNumbers(lines []line) []int {
	var sure, bare []int
	values := map[int]int{}
	for i := range lines {
		if len(lines[i].text) > maxPageMark || !hasDigit(lines[i].text) {
			continue
		}
		if m := pageWord().FindStringSubmatch(lines[i].text); m != nil {
			sure = append(sure, i)
			continue
		}
		m := bareNumber().FindStringSubmatch(lines[i].text)
		last := i+1 == len(lines) || lines[i+1].gap
		if m == nil || !lines[i].gap && !last {
			continue
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			continue
		}
		bare = append(bare, i)
		values[i] = n
	}
	// The longest row of bare numbers that goes up by one.
	var best, run []int
	for _, i := range bare {
		if n := len(run); n > 0 && values[i] != values[run[n-1]]+1 {
			run = nil
		}
		if run = append(run, i); len(run) > len(best) {
			best = run
		}
	}
	if paged := len(lines) > 0 && lines[len(lines)-1].page > 0; len(best) >= 3 || len(best) == 2 && paged {
		sure = append(sure, best...)
	}
	return sure
}

// heads finds lines at the edges of pages that half of the pages have, and at
// least two. Figures in them may differ. The first one stays where it may be the
// title.
func heads(lines []line, reasons []string) {
	pages := lines[len(lines)-1].page + 1
	at := map[string][]int{}
	for start := 0; start < len(lines); {
		end := start
		for end < len(lines) && lines[end].page == lines[start].page {
			end++
		}
		for i := start; i < end; i++ {
			if i < start+edgeLines || i >= end-edgeLines {
				k := pattern(lines[i].text)
				at[k] = append(at[k], i)
			}
		}
		start = end
	}
	for k, where := range at {
		if len(where) < max(2, (pages+1)/2) || strings.Trim(k, "# ") == "" {
			continue
		}
		for _, i := range where {
			if i > 0 || hasDigit(lines[i].text) {
				reasons[i] = "head or foot of a page"
			}
		}
	}
}

// headsAtNumbers finds the same in a text without form feeds: lines right above
// or below the number of each page.
func headsAtNumbers(lines []line, numbers []int, reasons []string) {
	at := map[string][]int{}
	for _, n := range numbers {
		for _, i := range []int{n - 1, n + 1} {
			if i >= 0 && i < len(lines) {
				k := pattern(lines[i].text)
				at[k] = append(at[k], i)
			}
		}
	}
	for k, where := range at {
		if len(where) >= 2 && len(where) >= len(numbers)/2 && strings.Trim(k, "# ") != "" {
			for _, i := range where {
				reasons[i] = "head or foot of a page"
			}
		}
	}
}

// pattern is a line with one sign for every number in it.
func pattern(s string) string {
	var b strings.Builder
	digit := false
	for _, r := range s {
		if unicode.IsDigit(r) {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
