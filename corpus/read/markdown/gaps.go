package markdown

import (
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/sentence"
)

// dropGaps takes out the sentences that words are missing in, for nobody can tell
// what they say. A gap between two sentences does no harm.
func dropGaps(d *document.Document) {
	if !slices.ContainsFunc(d.Blocks, func(b document.Block) bool { return strings.Contains(b.Text, gap) }) {
		return
	}
	kept := d.Blocks[:0]
	before := false // a blank line before what was taken out
	for _, b := range d.Blocks {
		b.Gap = b.Gap || before
		if before = false; strings.Contains(b.Text, gap) {
			whole, broken := parts(b)
			for _, s := range broken {
				d.Dropped = append(d.Dropped, document.Drop{Line: b.Line, Text: s, Reason: "sentence with a part that only the program of its site can fill in"})
			}
			if b.Text = whole; whole == "" {
				before = b.Gap
				continue
			}
		}
		kept = append(kept, b)
	}
	clear(d.Blocks[len(kept):])
	d.Blocks = kept
}

// parts are what can be read of a block, and its sentences that have gaps, with
// "…" in these. A row of a table is one.
func parts(b document.Block) (whole string, broken []string) {
	s := b.Text
	if b.Kind != document.Row {
		if s = closeGaps(s, b.Kind == document.Heading); !strings.Contains(s, gap) {
			return document.Squeeze(s), nil
		}
	}
	show := func(s string) string { return document.Squeeze(strings.ReplaceAll(s, gap, "…")) }
	if b.Kind == document.Row || b.Kind == document.Heading {
		return "", []string{show(s)}
	}
	var kept []string
	for start, end := range sentence.All(s) {
		if one := s[start:end]; strings.Contains(one, gap) {
			broken = append(broken, show(one))
		} else {
			kept = append(kept, one)
		}
	}
	return document.Squeeze(strings.Join(kept, " ")), broken
}

// closeGaps takes out the gaps between sentences: at the start or behind the end of
// one, before the start of another. A heading ends where it ends.
func closeGaps(s string, heading bool) string {
	var b strings.Builder
	rest := s
	for {
		before, after, ok := strings.Cut(rest, gap)
		if !ok {
			b.WriteString(rest)
			return b.String()
		}
		b.WriteString(before)
		for strings.HasPrefix(strings.TrimLeft(after, " "), gap) {
			after = strings.TrimPrefix(strings.TrimLeft(after, " "), gap)
		}
		between := ends(b.String()) && begins(after)
		if edge := strings.TrimSpace(b.String()) == "" || strings.TrimSpace(after) == ""; !between && (!heading || !edge) {
			b.WriteString(gap)
		}
		rest = after
	}
}

// ends reports whether a text is empty or closes like a sentence.
func ends(s string) bool {
	s = strings.TrimRight(s, " ")
	return s == "" || strings.ContainsRune(".!?…:。！？", text.LastRune(strings.TrimRightFunc(s, text.IsCloser)))
}

// begins reports whether a text is empty or begins like a sentence, apart from the
// gap before it.
func begins(s string) bool {
	t := strings.TrimLeft(s, " ")
	if t == "" {
		return true
	}
	r := text.FirstRune(strings.TrimLeft(t, "\"'“‘«„([¿¡"))
	return len(t) < len(s) && (unicode.IsUpper(r) || unicode.Is(unicode.Lo, r))
}
