package maintext

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// pulledWords is the length of a pulled quotation, and pulledFrom how many chunks
// away the text stands that it repeats.
const (
	pulledWords = 40
	pulledFrom  = 8
)

// dropPulled drops quotations and figures in boxes that repeat the text beside
// them.
func (pg *Page) dropPulled(parts []Part) {
	for i := range parts {
		p := &parts[i]
		if !p.Keep || p.Words > pulledWords || p.Words < 3 || !pg.maybePulled(i) {
			continue
		}
		pulled := true
		for sentence := range strings.FieldsFuncSeq(p.Text, func(r rune) bool { return strings.ContainsRune(".!?…", r) }) {
			if key := keyOf(sentence); key != "" && !pg.standsNear(parts, i, key) {
				pulled = false
				break
			}
		}
		if pulled {
			p.Keep, p.pulled = false, true
		}
	}
}

// maybePulled reports whether a chunk stands in an element that a pulled quotation
// may stand in: no plain paragraph and no row, item or heading.
func (pg *Page) maybePulled(i int) bool {
	ch := pg.chunks[i]
	switch ch.tag {
	case atom.Td, atom.Th:
		return false
	case atom.P:
		return ch.frame.marks&(inAside|inQuote) != 0 || pg.namedQuote(ch)
	}
	return pg.marksWithin(i)&(inTable|inList|inHeading) == 0
}

// namedQuote reports whether an element around a chunk has a name of quotations.
func (pg *Page) namedQuote(ch *chunk) bool {
	quote := pg.kindSet("quote")
	for f := ch.frame; f != nil && f.chunks <= boxChunks && !within(pg.main, f); f = f.parent {
		if f.kinds&quote != 0 {
			return true
		}
	}
	return false
}

// marksWithin are the kinds of elements that a chunk stands in, without those that
// the main element stands in too.
func (pg *Page) marksWithin(i int) marks {
	return pg.chunks[i].frame.marks &^ pg.main.marks
}

// standsNear reports whether a longer kept chunk near one has its words.
func (pg *Page) standsNear(parts []Part, i int, key string) bool {
	for j := max(0, i-pulledFrom); j <= min(i+pulledFrom, len(parts)-1); j++ {
		if j != i && parts[j].Keep && parts[j].Words > parts[i].Words && strings.Contains(pg.texts[j].key, key) {
			return true
		}
	}
	return false
}

// keepHeadings keeps headings that stand right before text that is kept, in the flow
// before items too.
func (pg *Page) keepHeadings(parts []Part, level float64) {
	begun := false
	for i := range parts {
		p, ch := &parts[i], pg.chunks[i]
		bar, named := headingAt, begun && pg.namedHeading(p, ch)
		switch {
		case begun && i > 0 && i+1 < len(parts) && parts[i-1].stands() && parts[i+1].stands():
			bar = quoteAt
		case p.InFlow || named:
			bar = flowAt
		}
		if (begun || pg.titleAt >= 0 && pg.titleAt < i) && !p.Keep && (headingLevel(ch.tag) > 1 || named) && ch.linkWords == 0 && p.Score >= bar*level && i+1 < len(parts) &&
			parts[i+1].Keep && (parts[i+1].sentence || p.InFlow) && pg.aside(ch) == "" && !pg.elsewhere(i) {
			p.Keep = true
		}
		begun = begun || p.Keep && p.paragraph
	}
}

// namedHeading reports whether a short line that is no sentence is all that is in an
// element whose names say that it is a heading.
func (pg *Page) namedHeading(p *Part, ch *chunk) bool {
	if headingLevel(ch.tag) > 0 || p.ended || p.Words > headingWords {
		return false
	}
	for f := ch.frame; f != nil && f.chunks == 1; f = f.parent {
		if slices.ContainsFunc(f.class, func(w string) bool { return hasAnySuffix(w, "head", "heading", "headline", "title") }) {
			return true
		}
	}
	return false
}

func hasAnySuffix(s string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(s, end) })
}

// headingWords is the length of a heading in words.
const headingWords = 14

// keepLines keeps what has several lines between sentences that are kept, beside
// the one behind it: an address, verses.
func (pg *Page) keepLines(parts []Part, level float64) {
	for i := 1; i+1 < len(parts); i++ {
		p, ch := &parts[i], pg.chunks[i]
		if !p.Keep && ch.breaks > 1 && ch.linkWords == 0 && p.Score >= flowAt*level && parts[i-1].Keep && parts[i+1].Keep &&
			parts[i-1].sentence && parts[i+1].sentence && pg.beside(ch, i) && pg.aside(ch) == "" && !pg.elsewhere(i) {
			p.Keep = true
		}
	}
}

// keepWithin keeps what ends like a sentence between two kept texts, of which
// only br parts it from one, although much of it is a link.
func (pg *Page) keepWithin(parts []Part, level float64) {
	for i := 1; i+1 < len(parts); i++ {
		p, ch := &parts[i], pg.chunks[i]
		if !p.Keep && ch.words >= 4 && ch.linkWords < ch.words && pg.texts[i].ends > 0 && p.Score >= sentenceAt*level && parts[i-1].Keep && parts[i+1].Keep &&
			(pg.chunks[i-1].frame == ch.frame || pg.chunks[i+1].frame == ch.frame) {
			p.Keep = true
		}
	}
}

// keepAddresses keeps the lines of an address in the text, right before a sentence
// that is kept.
func (pg *Page) keepAddresses(parts []Part) {
	begun := false
	for i := range parts {
		begun = begun || parts[i].stands()
		if f := pg.address(i); begun && f != nil && parts[f.first+f.chunks].stands() {
			for j := i; j < f.first+f.chunks; j++ {
				parts[j].Keep = parts[j].Keep || pg.aside(pg.chunks[j]) == ""
			}
		}
	}
}

// address is the address that begins with a chunk, of several lines without links and
// not at the end of the page; nil for none.
func (pg *Page) address(i int) *frame {
	var out *frame
	for f := pg.chunks[i].frame; f != nil && f.chunks <= boxChunks && !within(pg.main, f); f = f.parent {
		if isAddress(f) {
			out = f
		}
	}
	if out == nil || out.first != i || out.chunks < 2 || out.linkWords > 0 || i+out.chunks >= len(pg.chunks) {
		return nil
	}
	return out
}

// isAddress reports whether an element is an address, by its name or by the class that
// microformats give it.
func isAddress(f *frame) bool {
	return f.node.DataAtom == atom.Address || slices.ContainsFunc(f.class, func(w string) bool { return w == "vcard" || w == "adr" || w == "address" })
}

// plainAt is the bar for a sentence between kept ones that nothing tells to be
// something else.
const plainAt = 0.02

// keepPlain keeps sentences between two that are kept, if no element on the way to
// the main one has a name or is of a kind of its own.
func (pg *Page) keepPlain(parts []Part, level float64) {
	for i := 1; i+1 < len(parts); i++ {
		p, ch := &parts[i], pg.chunks[i]
		if !p.Keep && p.sentence && p.LinkWords == 0 && p.Score >= plainAt*level && parts[i-1].Keep && parts[i+1].Keep && pg.isPlain(ch) && !pg.elsewhere(i) {
			p.Keep = true
		}
	}
}

// keepBelow keeps tables and lists without links and names that stand right below a
// sentence that is kept, a line that announces them or others of them, in the same
// element: no page adds to a text what tells nobody where to go.
func (pg *Page) keepBelow(parts []Part) {
	for i := 1; i < len(parts); i++ {
		if parts[i].Keep || pg.aside(pg.chunks[i]) != "" || pg.elsewhere(i) {
			continue
		}
		above, rows := pg.holds(parts, i-1), outerRows(pg.chunks[i].frame)
		if above == nil || rows == nil || rows.parent != above || rows.first != i || rows.linkWords > 0 || rows.asks {
			continue
		}
		for j := i; j < i+rows.chunks; j++ {
			parts[j].Keep = true
		}
	}
}

// holds is the element in which kept text stands below which more of it may come; nil
// for none.
func (pg *Page) holds(parts []Part, i int) *frame {
	p, f := &parts[i], pg.chunks[i].frame
	switch rows := outerRows(f); {
	case !p.Keep:
		return nil
	case rows != nil:
		return rows.parent
	case p.stands(), p.InFlow && strings.HasSuffix(pg.chunks[i].text, ":"):
		return f.parent
	}
	return nil
}

// outerRows is the outermost table or list around an element, if nothing on the way to
// it has a name; nil for none.
func outerRows(f *frame) (out *frame) {
	for ; f != nil && len(f.class) == 0; f = f.parent {
		switch f.node.DataAtom {
		case atom.Table, atom.Dl, atom.Ul, atom.Ol:
			out = f
		case atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Tfoot, atom.P, atom.Div, atom.Caption:
		default:
			return out
		}
	}
	return out
}

// isPlain reports whether a chunk stands in nothing but sections, divisions and
// paragraphs without names, within the main element.
func (pg *Page) isPlain(ch *chunk) bool {
	f := ch.frame
	for ; f != nil && f != pg.main; f = f.parent {
		switch f.node.DataAtom {
		case atom.P, atom.Div, atom.Section, atom.Span, atom.Font:
		default:
			return false
		}
		if len(f.class) > 0 {
			return false
		}
	}
	return f != nil
}

// beside reports whether the chunk before one or the one behind it stands in the
// element that holds its block.
func (pg *Page) beside(ch *chunk, i int) bool {
	return within(pg.chunks[i+1].frame, ch.frame.parent) || within(pg.chunks[i-1].frame, ch.frame.parent)
}

// keepAlike keeps sentences that follow a kept one in an element that looks the
// same: of the same name and classes, in such a one.
func (pg *Page) keepAlike(parts []Part, level float64) {
	for i := 1; i < len(parts); i++ {
		p, ch, before := &parts[i], pg.chunks[i], pg.chunks[i-1]
		if !p.Keep && parts[i-1].Keep && parts[i-1].sentence && p.sentence && p.Score >= sentenceAt*level && (looksLike(ch.frame, before.frame) || flowsOut(ch, before)) &&
			pg.aside(ch) == "" && !pg.elsewhere(i) {
			p.Keep = true
		}
	}
}

// flowsOut reports whether a paragraph follows one of the same element around which
// something more was opened and closed.
func flowsOut(ch, before *chunk) bool {
	return ch.tag == atom.P && before.tag == atom.P && ch.frame.parent != before.frame.parent && within(before.frame, ch.frame.parent) && attr(ch.frame.node, "class") == ""
}

// looksLike reports whether two elements, and those around them, have the same
// names and classes.
func looksLike(f, g *frame) bool {
	same := func(f, g *frame) bool {
		return f != nil && g != nil && f.node.Data == g.node.Data && attr(f.node, "class") == attr(g.node, "class")
	}
	return attr(f.node, "class") != "" && same(f, g) && same(f.parent, g.parent)
}

// dropLabels drops lines behind the last sentence that are headings of teasers and
// comments.
func (pg *Page) dropLabels(parts []Part) {
	for i, p := range slices.Backward(parts) {
		ch := pg.chunks[i]
		if !p.Keep {
			continue
		}
		if p.ended || p.Words > labelWords || p.LinkWords > 0 || ch.breaks > 0 || i+1 < len(parts) && parts[i+1].Keep {
			return
		}
		if pg.marksWithin(i)&(inList|inQuote) != 0 || i+1 == len(parts) || !pg.isTeaser(i+1) && !signsComment(pg.chunks[i+1]) && !pg.inComment(pg.chunks[i+1]) {
			return
		}
		parts[i].Keep = false
	}
}

// dropHeads drops headings of boxes in which nothing below them is kept: questions of
// polls, what an advertisement is of.
func (pg *Page) dropHeads(parts []Part) {
	for i := range parts {
		if ch := pg.chunks[i]; parts[i].Keep && headingLevel(ch.tag) > 1 && i+1 < len(parts) && !parts[i+1].Keep {
			box := ch.frame.parent
			if box.chunks > boxChunks || box.chunks < 2 || box.first != i || within(pg.main, box) || len(box.class) == 0 {
				continue
			}
			parts[i].Keep = slices.ContainsFunc(parts[i+1:i+box.chunks], func(p Part) bool { return p.Keep })
		}
	}
}

// keepQuotes keeps quotations, in a figure too, that stand between paragraphs in
// the flow which are kept.
func (pg *Page) keepQuotes(parts []Part, level float64) {
	for i := 0; i < len(parts); i++ {
		quote := pg.quotation(i)
		if quote == nil {
			continue
		}
		end := quote.first + quote.chunks
		if quote.first > 0 && end < len(parts) && parts[quote.first-1].stands() && parts[end].stands() {
			for j := quote.first; j < end; j++ {
				p, ch := &parts[j], pg.chunks[j]
				if ch.frame.marks&inQuote != 0 && p.sentence && p.Score >= quoteAt*level && !pg.isAside(ch) && !pg.elsewhere(j) {
					p.Keep = true
				}
			}
		}
		i = end - 1
	}
}

// stands reports whether a chunk is a kept one of the article's flow.
func (p *Part) stands() bool { return p.Keep && p.InFlow && p.sentence }

// quotation is the quotation that a chunk stands in, or the figure around it; nil
// for none.
func (pg *Page) quotation(i int) *frame {
	var out *frame
	for f := pg.chunks[i].frame; f != nil && f != pg.main && f.chunks <= boxChunks; f = f.parent {
		if f.node.DataAtom == atom.Blockquote || out != nil && f.node.DataAtom == atom.Figure {
			out = f
		}
	}
	return out
}
