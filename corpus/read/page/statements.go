package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/maintext"
	"parley/corpus/read/metadata"
)

// maxByline is the length of a by-line in runes; what is longer tells of the
// author.
const maxByline = 120

// statements are all that the page states of its article. first is the first
// chunk of its text, -1 for none.
func (f *facts) statements(own object, parts []maintext.Part, first int) []document.Statement {
	var out []document.Statement
	state := func(field document.Field, value, from string, rank document.Rank) {
		if value = document.OneLine(value); value != "" {
			out = append(out, document.Statement{Field: field, Value: value, From: from, Rank: rank})
		}
	}
	if own != nil {
		for _, o := range f.linked.same(own) { // of two about the article each says what the other does not
			out = append(out, f.linked.statements(o, "JSON-LD", document.Linked)...)
		}
	}
	out = append(out, f.marked...)
	state(document.URL, f.canonical, "link canonical", document.Declared)
	place := places(parts)
	heading, rank := f.heading(place, first), document.Shown
	if key := keyOf(heading); key != "" && slices.ContainsFunc(f.titles, func(t string) bool { return strings.Contains(keyOf(t), key) }) {
		rank = document.Declared // by the title element too, and not written for those who share it
	}
	state(document.Title, heading, "h1", rank)
	out = append(out, metaStatements(f.meta)...)
	for _, p := range f.linked.pages {
		if !p.is(isListType) {
			out = append(out, f.linked.statements(p, "JSON-LD of the page", document.Declared)...)
		}
	}
	state(document.Language, f.lang, "html lang", document.Declared)
	f.shown(state, place, parts, first)
	f.headLines(state, parts, first)
	for _, t := range f.titles {
		state(document.Title, t, "title element", document.Implied)
	}
	return out
}

// places says for each text of a page in which chunk it stands.
func places(parts []maintext.Part) map[*html.Node]int {
	at := make(map[*html.Node]int)
	for i := range parts {
		for _, n := range parts[i].Nodes {
			at[n] = i
		}
	}
	return at
}

// placeOf is the chunk of the first text under a node.
func placeOf(n *html.Node, at map[*html.Node]int) (int, bool) {
	for c := range n.Descendants() {
		if i, ok := at[c]; ok && strings.TrimSpace(c.Data) != "" {
			return i, true
		}
	}
	return 0, false
}

// heading is the first-level heading of the article: the last one before its
// text, else the first on the page.
func (f *facts) heading(at map[*html.Node]int, first int) string {
	best := ""
	for _, h := range f.headings {
		shown := textOf(h)
		if shown == "" {
			continue
		}
		i, ok := placeOf(h, at)
		if best == "" || ok && i <= first {
			best = shown
		}
	}
	return best
}

// headChunks is how far from the first chunk of the text its by-line and date
// stand, in chunks.
const headChunks = 12

// shown states dates and names that stand near the beginning or at the end of
// the text.
func (f *facts) shown(state func(document.Field, string, string, document.Rank), at map[*html.Node]int, parts []maintext.Part, first int) {
	if first < 0 {
		first = len(parts)
	}
	near := func(c *html.Node) bool {
		i, ok := placeOf(c, at)
		return ok && i >= first-headChunks && i <= first+1 && !parts[i].Keep // a time in the text is of what it tells
	}
	for _, t := range f.times {
		value := valueOf(t)
		updated := hasWord(attr(t, "class"), "updated") || strings.Contains(strings.ToLower(attr(t, "itemprop")), "modified") || saysUpdated(t)
		switch {
		case updated && near(t):
			state(document.Updated, value, "time element", document.Shown)
		case hasAttr(t, "pubdate") || attr(t, "itemprop") == "datePublished" || near(t):
			state(document.Published, value, "time element", document.Shown)
		}
	}
	for _, b := range f.bylines {
		shown := textOf(b)
		if near(b) && len([]rune(shown)) <= maxByline && strings.IndexFunc(shown, unicode.IsLetter) >= 0 {
			state(document.Author, shown, "by-line", document.Shown)
		}
	}
}

// headLines states what short lines above the text say that is left out of it: a
// by-line, a date, and a title that machines are told too.
func (f *facts) headLines(state func(document.Field, string, string, document.Rank), parts []maintext.Part, first int) {
	titles, loc := f.titleKeys(), metadata.LocaleOf(f.lang, f.canonical)
	for i := max(first, f.headEnd) - 1; i >= max(0, first-headChunks); i-- { // the nearest count
		p := &parts[i]
		if i >= first && p.Keep {
			continue
		}
		for _, line := range creditLines(p.Lines, loc) {
			words := text.Words(line)
			if words == 0 || words > maxHeadLine {
				continue
			}
			switch {
			case isByLine(line), credited(line, loc):
				state(document.Author, line, "by-line", document.Shown)
			case words >= 3 && !metadata.HasDate(line, loc) && slices.ContainsFunc(titles, func(t string) bool { return strings.Contains(t, keyOf(line)) }):
				state(document.Title, line, "line above the text", document.Shown)
			}
			if metadata.HasDate(line, loc) {
				state(document.Published, line, "date line", document.Shown)
			}
		}
	}
}

// creditLines are the lines of a part, or one if they are a name, a place and a date
// below each other.
func creditLines(lines []string, loc metadata.Locale) []string {
	if len(lines) < 2 || len(lines) > 4 {
		return lines
	}
	if all := strings.Join(lines, " | "); credited(all, loc) {
		return []string{all}
	}
	return lines
}

// maxHeadLine is the length of a by-line, a title or a date in words.
const maxHeadLine = 32

// isByLine reports whether a line begins as by-lines do.
func isByLine(s string) bool {
	w, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	switch w {
	case "By", "BY", "by", "Von", "VON", "Par", "Por", "POR", "Di":
		r, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
		return unicode.IsUpper(r)
	}
	return false
}

// credited reports whether a line says who wrote the article, in whatever form.
func credited(line string, loc metadata.Locale) bool {
	credits, ok := metadata.ReadCredits(line, loc)
	return ok && credits.Author() != "" && credits.Certain()
}

// saysUpdated reports whether the words before a time say that it is of a change.
func saysUpdated(t *html.Node) bool {
	if t.Parent == nil {
		return false
	}
	before := strings.ToLower(textOf(t.Parent))
	at := strings.Index(before, strings.ToLower(textOf(t)))
	return at > 0 && (strings.Contains(before[:at], "updated") || strings.Contains(before[:at], "modified"))
}
