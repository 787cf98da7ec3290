package pdf

import (
	"unicode"

	"parley/corpus/internal/text"
)

// mostInset is how many lines may stand between two parts of a paragraph.
const mostInset = 60

// insets says how many columns, from each one on, stand between two parts of a
// paragraph and hold nothing of it: a table at the head of a page, a picture's caption,
// a box that text flows around. It takes what stands above the second part in its
// column apart from it.
func insets(columns [][]*line, bodySize float64) (parted [][]*line, between map[int]int) {
	for _, lines := range columns {
		if n := headOf(lines, bodySize); n > 0 {
			parted = append(parted, lines[:n])
			lines = lines[n:]
		}
		parted = append(parted, lines)
	}
	between = make(map[int]int)
	for i := 0; i+2 < len(parted); i++ {
		last := parted[i][len(parted[i])-1]
		if last.row || !isOpen(last) || !sameSize(last.size, bodySize) {
			continue
		}
		n := 0
		for j := i + 1; j < len(parted) && n <= mostInset; j++ {
			first := parted[j][0]
			if !first.row && sameSize(first.size, last.size) && (unicode.IsLower(text.FirstRune(first.text)) || j == i+1 && last.breaksWord()) {
				if j > i+1 {
					between[i+1] = j - i - 1
				}
				break
			}
			if !isInset(parted[j], bodySize) {
				break
			}
			n += len(parted[j])
		}
	}
	return parted, between
}

// caption is what the captions of tables and pictures begin with.
var caption = text.Pattern(`^\p{Lu}\p{L}*\.? \d{1,3}(\.\d{1,3})?[.:] `)

// isInset reports whether a column is no part of the text: it is a caption, or few of
// its lines are text of the usual size.
func isInset(lines []*line, bodySize float64) bool {
	const mostCaption = 6
	if caption().MatchString(lines[0].text) && len(lines) <= mostCaption {
		return true
	}
	usual := 0
	for _, l := range lines {
		if !l.row && sameSize(l.size, bodySize) {
			usual++
		}
	}
	return 3*usual < len(lines)
}

// isOpen reports whether a line is of a paragraph that goes on: it is full, and no
// sentence ends with it.
func isOpen(l *line) bool {
	return l.breaksWord() || l.isFull() && !endsSentence(l.text)
}

// headOf is how many lines at the top of a column are rows or of another size than
// the text, if text that goes on stands below them.
func headOf(lines []*line, bodySize float64) int {
	n := 0
	for n < len(lines) && (lines[n].row || !sameSize(lines[n].size, bodySize)) {
		n++
	}
	if n == len(lines) || !unicode.IsLower(text.FirstRune(lines[n].text)) {
		return 0
	}
	return n
}
