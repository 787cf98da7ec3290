package body

import (
	"strings"
	"unicode/utf8"

	"parley/corpus/read/document"
)

// textLines takes a plain text apart into its lines, which are its paragraphs; the
// first has the given number. Somebody has cleaned the text before it came into
// a record, so every word and number of it is kept, unlike in files of plain
// text, where package plain looks for pages, tables and lists. Only a line that
// breaks off is joined to the next, and those of a text that was wrapped.
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
	return unwrap(out, s)
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
