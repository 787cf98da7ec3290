package maintext

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
)

// What a chunk is held against is how sure the model is of the page's surest
// paragraphs, the level: on a page unlike those it was fitted to it is sure of
// nothing. Of that share a chunk is kept from keepAt on, a paragraph from
// paragraphAt on, or from leadAt on where the text may begin, and what stands in
// the flow of the article's paragraphs, once they have begun, from flowAt on: a
// line too many costs less than a lost one.
// Sentences in what holds nearly all of the text are kept from sentenceAt on,
// from leadAt on far behind the last kept one, quotations between paragraphs from
// quoteAt on. Headings right before text that is
// kept stay from headingAt on, in the flow from flowAt on.
// Chunks in readers' comments and in other articles are kept from otherAt on,
// those far from that flow from farAt on, those in a column beside it from
// columnAt on, and those in notices, in boxes that ask for an address of mail or of
// a row that each begin with a link, as teasers do, from teaserAt on.
const (
	keepAt      = 0.55
	paragraphAt = 0.4
	leadAt      = 0.25
	headingAt   = 0.25
	flowAt      = 0.1
	sentenceAt  = 0.12
	quoteAt     = 0.05
	farAt       = 0.75
	teaserAt    = 0.9
	columnAt    = 0.97
	otherAt     = 0.97 // of one, whatever the level: what another hand wrote
)

// minLevel is the least that a level is taken for.
const minLevel = 0.2

// apart is how many chunks behind kept text a sentence stands that goes on with
// it.
const apart = 3

// farUp is how many elements one leaves on the way to the main element from what
// is far from it.
const farUp = 4

// paragraphWords is the length of a paragraph that is surely one.
const paragraphWords = 12

// choose keeps the chunks that are likely enough.
func (pg *Page) choose(parts []Part) {
	level := max(minLevel, pg.level(parts))
	whole := pg.whole(parts, level)
	begun, kept, last := false, 0, pg.lastInFlow(parts, level)
	for i := range parts {
		p, ch := &parts[i], pg.chunks[i]
		bar := keepAt
		switch {
		case pg.inComment(ch) || signsComment(ch) || pg.inOther(ch) || pg.inLinkedColumn(ch):
			bar = otherAt / level
		case pg.column(ch) != nil:
			bar = columnAt
		case pg.isTeaser(i) || pg.asksMail(ch):
			bar = teaserAt / level
		case pg.inNotice(ch):
			bar = teaserAt
		case pg.inBox(ch) || !p.InFlow && pg.isAside(ch):
			bar = farAt
		case !p.InFlow && pg.up(ch.frame) >= farUp:
			bar = farAt
		case p.InFlow && i > last && pg.isLabel(p, ch):
			bar = farAt
		case p.InFlow && begun && (pg.flows(p, ch) || i < last && pg.isLabel(p, ch)) && pg.aside(ch) == "":
			bar = flowAt
		case begun && p.sentence && i > kept+apart && i >= whole.first && i < whole.first+whole.chunks && within(ch.frame, whole):
			bar = leadAt
		case begun && p.sentence && i >= whole.first && i < whole.first+whole.chunks && within(ch.frame, whole) && pg.aside(ch) == "":
			bar = sentenceAt
		case !begun && p.paragraph && ch.tag == atom.P && within(ch.frame, whole):
			bar = leadAt
		case p.paragraph:
			bar = paragraphAt
		}
		p.Keep = p.Score >= bar*level
		if p.Keep {
			kept = i
		}
		begun = begun || (p.InFlow || within(ch.frame, whole)) && p.Words >= paragraphWords && p.Score >= keepAt*level
	}
	pg.keepHeadings(parts, level)
	pg.keepLines(parts, level)
	pg.keepAlike(parts, level)
	pg.keepQuotes(parts, level)
	pg.dropLabels(parts)
}

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
		return ch.frame.marks&(inAside|inQuote) != 0
	}
	return pg.marksWithin(i)&(inTable|inList|inHeading) == 0
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

// boxChunks and boxWords are the most that a box in the text has.
const (
	boxChunks = 6
	boxWords  = 80
)

// inBox reports whether a chunk stands in a small element beside a headline that
// is a link, or something that by its names asks readers to subscribe or is an
// advertisement.
func (pg *Page) inBox(ch *chunk) bool {
	ask := pg.kindSet("letter", "ad") | linkedLine
	for f := ch.frame; f != nil && f.chunks <= boxChunks && f.words <= boxWords && !within(pg.main, f); f = f.parent {
		if f.inner&ask != 0 {
			return true
		}
	}
	return false
}

// isAside reports whether the names around a chunk say that it is something else
// than text. Those of media say it of paragraphs with a picture too.
func (pg *Page) isAside(ch *chunk) bool {
	reason := pg.aside(ch)
	return reason != "" && reason != photoCaption
}

// inNotice reports whether a chunk stands in a dialog, or in a small element whose
// names say at once that it is an advertisement, asks for consent or leads to a
// podcast.
func (pg *Page) inNotice(ch *chunk) bool {
	for f := ch.frame; f != nil && !within(pg.main, f); f = f.parent {
		if role := attr(f.node, "role"); role == "dialog" || role == "alertdialog" || attr(f.node, "aria-modal") == "true" {
			return true
		}
		if f.chunks <= boxChunks && f.words <= boxWords && len(f.class) > 0 && isNoticeName(f.class[0]) {
			return true
		}
	}
	return false
}

// asksMail reports whether a chunk stands in a small element with a field for an
// address of mail.
func (pg *Page) asksMail(ch *chunk) bool {
	for f := ch.frame; f != nil && f.chunks <= boxChunks && f.words <= boxWords && !within(pg.main, f); f = f.parent {
		if f.asks {
			return true
		}
	}
	return false
}

func isNoticeName(w string) bool {
	switch w {
	case "ad", "ads", "advert", "advertisement", "adsbygoogle", "adslot", "cookie", "consent", "gdpr", "podcast":
		return true
	}
	return false
}

// kindSet is the set of some kinds of names.
func (pg *Page) kindSet(names ...string) uint32 {
	var set uint32
	for g, k := range pg.kinds {
		if slices.Contains(names, k.name) {
			set |= 1 << g
		}
	}
	return set
}

// inComment reports whether a chunk stands in an element that is named after
// comments alone, and does not hold the title too.
func (pg *Page) inComment(ch *chunk) bool {
	for f := ch.frame; f != nil && f != pg.root; f = f.parent {
		if slices.ContainsFunc(f.class, isCommentName) && f.node.DataAtom != atom.Article && !slices.ContainsFunc(f.class, isPostName) && !pg.holdsTitle(f) {
			return true
		}
	}
	return false
}

func isCommentName(w string) bool {
	switch w {
	case "comment", "comments", "commentlist", "commentbody", "disqus", "replies", "respond":
		return true
	}
	return false
}

func isPostName(w string) bool {
	switch w {
	case "post", "hentry", "entry", "article", "story", "single", "page":
		return true
	}
	return false
}

// commentSign is how programs for comments and letters head one: "Ann wrote on
// 3/12/2026:", "Ann schrieb am 12.3.2026:".
var commentSign = text.Pattern(`(?i)^.{1,40}\b(wrote|writes|posted|commented|replied|said|schrieb|a écrit|escribió|ha scritto)( on| at| am| um| le| el| il)? .{0,24}\d{1,4}[-/.:]\d.{0,24}:$`)

// signsComment reports whether the first line of a chunk heads a comment.
func signsComment(ch *chunk) bool {
	return len(ch.lines) > 1 && commentSign().MatchString(ch.lines[0])
}

// inOther reports whether a chunk stands in another article element than that of
// the title and the main text.
func (pg *Page) inOther(ch *chunk) bool {
	own := article(pg.main)
	if own == nil || !pg.holdsTitle(own) {
		return false
	}
	other := article(ch.frame)
	return other != nil && !within(other, own) && !within(own, other)
}

// column is the cell that a chunk stands in beside that of the main element, in
// the same row: another column of a table that lays out the page. It is nil for
// none.
func (pg *Page) column(ch *chunk) *frame {
	var cell *frame
	f := ch.frame
	for f != nil && !within(pg.main, f) {
		cell, f = f, f.parent
	}
	if f == nil || f == pg.main || f.node.DataAtom != atom.Tr {
		return nil
	}
	return cell
}

// inLinkedColumn reports whether a chunk stands in a column of links.
func (pg *Page) inLinkedColumn(ch *chunk) bool {
	cell := pg.column(ch)
	return cell != nil && cell.linkWords*columnLinks >= cell.words
}

// columnLinks is one in how many words of a column of links stands in them.
const columnLinks = 8

// article is the outermost article element around a frame.
func article(f *frame) *frame {
	var out *frame
	for ; f != nil; f = f.parent {
		if f.node.DataAtom == atom.Article {
			out = f
		}
	}
	return out
}

// holdsTitle reports whether the title stands in an element.
func (pg *Page) holdsTitle(f *frame) bool {
	return pg.titleAt >= 0 && within(pg.chunks[pg.titleAt].frame, f)
}

// flows reports whether a chunk in the flow is a paragraph by its element, or has
// the path of most others and is no label.
func (pg *Page) flows(p *Part, ch *chunk) bool {
	return ch.tag == atom.P || ch.tag == atom.Blockquote || ch.tag == atom.Pre || ch.frame.path == pg.flowPath && (p.ended || p.Words > labelWords)
}

// isLabel reports whether a chunk in the flow is a short line like its sentences:
// before the last of them a row or a heading, behind it the heading of something
// else.
func (pg *Page) isLabel(p *Part, ch *chunk) bool {
	return ch.frame.path == pg.flowPath && ch.tag != atom.P && ch.linkWords == 0 && !p.ended && p.Words <= labelWords
}

// lastInFlow is the last chunk in the flow that is surely a sentence, or -1.
func (pg *Page) lastInFlow(parts []Part, level float64) int {
	for i, p := range slices.Backward(parts) {
		if p.InFlow && p.sentence && p.Score >= keepAt*level {
			return i
		}
	}
	return -1
}

// keepHeadings keeps headings that stand right before text that is kept, in the flow
// before items too.
func (pg *Page) keepHeadings(parts []Part, level float64) {
	begun := false
	for i := range parts {
		p, ch := &parts[i], pg.chunks[i]
		bar := headingAt
		if p.InFlow {
			bar = flowAt
		}
		if (begun || pg.titleAt >= 0 && pg.titleAt < i) && !p.Keep && headingLevel(ch.tag) > 1 && ch.linkWords == 0 && p.Score >= bar*level && i+1 < len(parts) &&
			parts[i+1].Keep && (parts[i+1].sentence || p.InFlow) && pg.aside(ch) == "" && !pg.inBox(ch) && !pg.inComment(ch) && !pg.inOther(ch) {
			p.Keep = true
		}
		begun = begun || p.Keep && p.paragraph
	}
}

// keepLines keeps what has several lines between sentences that are kept, beside
// the one behind it: an address, verses.
func (pg *Page) keepLines(parts []Part, level float64) {
	for i := 1; i+1 < len(parts); i++ {
		p, ch := &parts[i], pg.chunks[i]
		if !p.Keep && ch.breaks > 1 && ch.linkWords == 0 && p.Score >= flowAt*level && parts[i-1].Keep && parts[i+1].Keep &&
			parts[i-1].sentence && parts[i+1].sentence && pg.beside(ch, i) && pg.aside(ch) == "" &&
			!pg.inBox(ch) && !pg.inNotice(ch) && !pg.inComment(ch) && !pg.inOther(ch) {
			p.Keep = true
		}
	}
}

// beside reports whether a chunk's block stands beside that of the chunk before it
// or of the one behind it.
func (pg *Page) beside(ch *chunk, i int) bool {
	return ch.frame.parent == pg.chunks[i+1].frame.parent || ch.frame.parent == pg.chunks[i-1].frame.parent
}

// keepAlike keeps sentences that follow a kept one in an element that looks the
// same: of the same name and classes, in such a one.
func (pg *Page) keepAlike(parts []Part, level float64) {
	for i := 1; i < len(parts); i++ {
		p, ch, before := &parts[i], pg.chunks[i], pg.chunks[i-1]
		if !p.Keep && parts[i-1].Keep && parts[i-1].sentence && p.sentence && p.Score >= sentenceAt*level && (looksLike(ch.frame, before.frame) || flowsOut(ch, before)) &&
			pg.aside(ch) == "" && !pg.inBox(ch) && !pg.inNotice(ch) && !pg.inComment(ch) && !pg.inOther(ch) {
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
				if ch.frame.marks&inQuote != 0 && p.sentence && p.Score >= quoteAt*level && pg.aside(ch) == "" && !pg.inBox(ch) && !pg.inNotice(ch) {
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

// labelWords is the length of a label in words: what follows a text of lines in
// one element may be the heading of something else.
const labelWords = 6

// nearlyAll is the share of an article's words that its container holds.
const nearlyAll = 0.9

// whole is the smallest element around the main one that holds nearly all that
// is likely text.
func (pg *Page) whole(parts []Part, level float64) *frame {
	held := map[*frame]float64{}
	for i := range parts {
		if parts[i].Score < sentenceAt*level {
			continue
		}
		for f := pg.chunks[i].frame; f != nil; f = f.parent {
			held[f] += parts[i].Score * float64(parts[i].Words)
		}
	}
	f := pg.main
	for f.parent != nil && held[f] < nearlyAll*held[pg.root] {
		f = f.parent
	}
	return f
}

// level is the probability that the surer half of the words in paragraphs have,
// of those that are rather text than not, each counted as far as it is likely;
// without any, that of the surest.
func (pg *Page) level(parts []Part) float64 {
	type part struct {
		score float64
		words float64
	}
	var sure []part
	words, best := 0.0, 0.0
	for i := range parts {
		if p := &parts[i]; p.Words >= paragraphWords && p.LinkWords*3 < p.Words && !pg.isTeaser(i) {
			best = max(best, p.Score)
			if p.Score >= minLevel {
				likely := p.Score * float64(p.Words)
				sure = append(sure, part{p.Score, likely})
				words += likely
			}
		}
	}
	slices.SortFunc(sure, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	sum := 0.0
	for _, p := range sure {
		if sum += p.words; sum*2 >= words {
			return p.score
		}
	}
	return best
}

// isTeaser reports whether a chunk and one beside it each begin with a link that
// goes on as text.
func (pg *Page) isTeaser(i int) bool {
	begins := func(j int) bool {
		if j < 0 || j >= len(pg.chunks) {
			return false
		}
		ch := pg.chunks[j]
		return ch.linkFirst && ch.linkWords >= 3 && ch.linkWords*6 >= ch.words && ch.words >= paragraphWords
	}
	return begins(i) && (begins(i-1) || begins(i+1) || i+2 < len(pg.chunks) && begins(i+2) || begins(i-2))
}
