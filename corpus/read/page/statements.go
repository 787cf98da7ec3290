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
		out = append(out, f.linked.statements(own, "JSON-LD", document.Linked)...)
		for _, also := range f.linked.alike(own) {
			out = append(out, missing(out, f.linked.statements(also, "JSON-LD", document.Linked))...)
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

// missing are those of more statements whose fields are not stated yet.
func missing(stated, more []document.Statement) []document.Statement {
	return slices.DeleteFunc(more, func(s document.Statement) bool {
		return slices.ContainsFunc(stated, func(have document.Statement) bool { return have.Field == s.Field })
	})
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
		for _, line := range headParts(creditLines(p.Lines, loc), titles) {
			words := text.Words(line)
			if words == 0 || words > maxHeadLine {
				continue
			}
			by, ok := byLine(line)
			switch {
			case ok:
				state(document.Author, by, "by-line", document.Shown)
			case credited(line, loc):
				state(document.Author, line, "by-line", document.Shown)
			case words >= 3 && !metadata.HasDate(line, loc) && inTitle(line, titles):
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

// headParts are the lines of a head, those with marks between a by-line, a date and
// the like taken apart. Titles stay whole, and lines without a by-line.
func headParts(lines, titles []string) []string {
	var out []string
	for _, line := range lines {
		whole := []string{line}
		if !inTitle(line, titles) {
			parts := strings.Split(strings.NewReplacer(" · ", " • ", " | ", " • ", " ∙ ", " • ").Replace(line), " • ")
			if slices.ContainsFunc(parts, isByLine) {
				whole = parts
			}
		}
		for _, part := range whole {
			out = append(out, strings.TrimSpace(part))
		}
	}
	return out
}

// inTitle reports whether a line stands in a title, by their keys.
func inTitle(line string, titles []string) bool {
	return slices.ContainsFunc(titles, func(t string) bool { return strings.Contains(t, keyOf(line)) })
}

// byLine is the part of a line from its "By" on, if it is a by-line.
func byLine(s string) (by string, ok bool) {
	s = strings.TrimSpace(s)
	w, rest, _ := strings.Cut(s, " ")
	switch strings.ToLower(w) {
	case "words", "text", "story", "written", "reported", "posted":
		s = rest
		if w, rest, _ = strings.Cut(rest, " "); w != "by" && w != "By" {
			return "", false
		}
	}
	switch w {
	case "By", "BY", "by", "Von", "VON", "Par", "Por", "POR", "Di":
		r, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
		return s, unicode.IsUpper(r)
	}
	return "", false
}

// isByLine reports whether a line begins as by-lines do.
func isByLine(s string) bool {
	_, ok := byLine(s)
	return ok
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
