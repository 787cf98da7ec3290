package page

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
	"parley/corpus/read/maintext"
	"parley/corpus/read/metadata"
)

// titleWords is how many words a line has at least that is known for a title.
const titleWords = 3

// apart makes a part of each line of the head of an article whose lines only br
// ends. Of these the title, what stands above it, by-lines, dates, links and the
// time that reading takes are no text.
func (f *facts) apart(parts []maintext.Part) []maintext.Part {
	for i := range parts {
		if isReadingTime(&parts[i]) {
			parts[i].Keep = false
		}
	}
	titles, loc := f.titleKeys(), metadata.LocaleOf(f.lang, f.canonical)
	for i := range parts {
		p := &parts[i]
		if len(p.Lines) < 2 || len(p.LineEnds) != len(p.Lines)-1 {
			continue
		}
		title := slices.IndexFunc(p.Lines, func(line string) bool {
			return text.Words(line) >= titleWords && inTitle(line, titles)
		})
		if title < 0 {
			continue
		}
		lines := splitLines(p)
		for j := range lines {
			l := &lines[j]
			l.Keep = j > title && !ofHead(l, loc) && p.Keep
		}
		f.headEnd = i + len(lines)
		parts = slices.Replace(parts, i, i+1, lines...)
		for f.headEnd < len(parts) && allOfHead(&parts[f.headEnd], loc) {
			parts[f.headEnd].Keep = false
			f.headEnd++
		}
		return parts
	}
	return parts
}

// ofHead reports whether a line below a title is a by-line, a date or links.
func ofHead(l *maintext.Part, loc metadata.Locale) bool {
	return isByLine(l.Text) || onlyLinks(l.Nodes) || l.Words <= maxHeadLine && metadata.HasDate(l.Text, loc) && !endsSentence(l.Text) || isStamp(l.Text) || isReadingTime(l)
}

// allOfHead reports whether all lines of a part are such.
func allOfHead(p *maintext.Part, loc metadata.Locale) bool {
	if len(p.Lines) > 1 && len(p.LineEnds) != len(p.Lines)-1 {
		return false
	}
	lines := splitLines(p)
	return !slices.ContainsFunc(lines, func(l maintext.Part) bool { return !ofHead(&l, loc) })
}

// readingTime is how a page says how long reading it takes.
var readingTime = text.Pattern(`(?i)\b(min(ute)?s?\.?[- ](to )?read|reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo d[ei] lettura|tempo de leitura|` +
	`(min\.?|minut[eo]s?|minuti) d[ei] (lecture|lectura|lettura|leitura))\b`)

// isReadingTime reports whether a part is such a line.
func isReadingTime(p *maintext.Part) bool {
	return p.Words <= stampWords && readingTime().MatchString(p.Text)
}

// isStamp reports whether a short line says when a page was published or changed.
func isStamp(s string) bool {
	if endsSentence(s) || text.Words(s) > stampWords {
		return false
	}
	w, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch strings.Trim(w, ":") {
	case "updated", "published", "posted", "modified", "aktualisiert", "veröffentlicht", "publié", "actualizado", "publicado", "aggiornato", "pubblicato":
		return true
	}
	return false
}

// stampWords is the length of such a line.
const stampWords = 8

// splitLines are the lines of a part as parts.
func splitLines(p *maintext.Part) []maintext.Part {
	out := make([]maintext.Part, 0, len(p.Lines))
	from := 0
	for i, line := range p.Lines {
		to := len(p.Nodes)
		if i < len(p.LineEnds) {
			to = p.LineEnds[i]
		}
		one := *p
		one.Text, one.Lines, one.LineEnds, one.Nodes = line, []string{line}, nil, p.Nodes[from:to]
		one.Words, one.LinkWords = 0, 0
		for _, n := range one.Nodes {
			words := text.Words(n.Data)
			one.Words += words
			if within(n, isLink) {
				one.LinkWords += words
			}
		}
		out = append(out, one)
		from = to
	}
	return out
}

// onlyLinks reports whether all words of a line stand in links, but for marks
// between them.
func onlyLinks(nodes []*html.Node) bool {
	return !slices.ContainsFunc(nodes, func(n *html.Node) bool {
		return strings.IndexFunc(n.Data, unicode.IsLetter) >= 0 && !within(n, isLink)
	})
}

func isLink(n *html.Node) bool { return n.DataAtom == atom.A }

// endsSentence reports whether a line ends as a sentence does.
func endsSentence(s string) bool { return strings.ContainsRune(".!?…", text.LastRune(s)) }
