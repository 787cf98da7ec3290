package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// textLines takes a plain text apart into its lines, which are its paragraphs; the
// first has the given number. Somebody has cleaned the text before it came into
// a record, so every word and number of it is kept, unlike in files of plain
// text, where package plain looks for pages, tables and lists. Only a line that
// breaks off is joined to the next.
func textLines(s string, line int) []document.Block {
	s = document.Normalise(document.Unescape(s))
	var out []document.Block
	gap := true
	for raw := range strings.SplitSeq(s, "\n") {
		b := document.Block{Line: line, Text: document.Squeeze(raw), Gap: gap}
		line++
		if b.Text == "" {
			gap = true
			continue
		}
		if t, ok := trimBullet(b.Text); ok {
			b.Text, b.Kind = t, document.Item
		}
		if b.Text == "" {
			continue
		}
		gap = false
		out = append(out, b)
	}
	return unwrap(out)
}

// trimBullet takes the bullet from a line that has one.
func trimBullet(s string) (string, bool) {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '●', '▪', '◦', '‣', '■', '∙', '⁃', '\uf0b7':
		return strings.TrimSpace(s[n:]), true
	case '*', '-', '–', '·':
		if len(s) > n && s[n] == ' ' {
			return strings.TrimSpace(s[n:]), true
		}
	}
	return s, false
}

// Lines that an editor wrapped have between minWrapRunes and maxWrapRunes.
const (
	minWrapRunes = 40
	maxWrapRunes = 100
)

// unwrap joins a line to the one before it if that one breaks off: it is long,
// ends without a mark, and the next goes on with a small letter. A text with
// several such places was wrapped throughout, and there every long line is
// joined to the next.
func unwrap(blocks []document.Block) []document.Block {
	broken, width := 0, 0
	for i := 1; i < len(blocks); i++ {
		if !blocks[i].Gap && breaksOff(blocks[i-1].Text, blocks[i].Text) {
			broken++
		}
		width = max(width, utf8.RuneCountInString(blocks[i-1].Text))
	}
	if broken == 0 {
		return blocks
	}
	wrapped := broken >= 3 && width <= maxWrapRunes
	var out []document.Block
	var parts []string // lines of the last block of out
	flush := func() {
		if len(parts) > 1 {
			out[len(out)-1].Text = strings.Join(parts, " ")
		}
	}
	for i, b := range blocks {
		if i > 0 && !b.Gap && b.Kind == document.Plain {
			last := parts[len(parts)-1]
			if breaksOff(last, b.Text) || wrapped && utf8.RuneCountInString(last) >= width*3/5 {
				parts = append(parts, b.Text)
				continue
			}
		}
		flush()
		out, parts = append(out, b), append(parts[:0], b.Text)
	}
	flush()
	return out
}

func breaksOff(line, next string) bool {
	return utf8.RuneCountInString(line) >= minWrapRunes && unicode.IsLower(text.FirstRune(next)) &&
		!strings.ContainsRune(".!?:;…”\"’)", text.LastRune(line))
}
