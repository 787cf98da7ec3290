package maintext

import (
	"cmp"
	"slices"

	"golang.org/x/net/html/atom"
)

// What a chunk is held against is how sure the model is of the page's surest
// paragraphs, the level: on a page unlike those it was fitted to it is sure of
// nothing. Of that share a chunk is kept from keepAt on, a paragraph from
// paragraphAt on, or from leadAt on where the text may begin, and what stands in
// the flow of the article's paragraphs, once they have begun, from flowAt on: a
// line too many costs less than a lost one.
// Sentences in elements that a page builder put beside that of the text are kept from
// besideAt on.
// Sentences in what holds nearly all of the text are kept from sentenceAt on,
// from paragraphAt on far behind the last kept one, quotations between paragraphs from
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
	quoteAt     = 0.02
	besideAt    = 0.01
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
		case pg.inComment(ch) || signsComment(ch) || pg.inOther(ch) || pg.inLinkedColumn(ch) || pg.isLinkedRow(i) || pg.belowLink(i) && pg.aside(ch) == linksAside:
			bar = otherAt / level
		case pg.column(ch) != nil:
			bar = columnAt
		case pg.isTeaser(i) || pg.asks(ch):
			bar = teaserAt / level
		case pg.inNotice(ch):
			bar = teaserAt
		case pg.inBox(ch) || pg.isAside(ch):
			bar = farAt
		case !p.InFlow && pg.up(ch.frame) >= farUp:
			bar = farAt
		case p.InFlow && i > last && pg.isLabel(p, ch):
			bar = farAt
		case p.InFlow && begun && p.ended && ch.linkWords == 0 && ch.tag == atom.P && pg.isBeside(ch.frame.parent) && pg.aside(ch) == "":
			bar = besideAt
		case p.InFlow && begun && (pg.flows(p, ch) || i < last && pg.isLabel(p, ch)) && pg.aside(ch) == "":
			bar = flowAt
		case begun && p.sentence && i > kept+apart && i >= whole.first && i < whole.first+whole.chunks && within(ch.frame, whole):
			bar = paragraphAt
		case begun && p.sentence && i >= whole.first && i < whole.first+whole.chunks && within(ch.frame, whole) && pg.aside(ch) == "":
			bar = sentenceAt
		case !begun && p.paragraph && ch.tag == atom.P && within(ch.frame, whole):
			bar = leadAt
		case p.paragraph:
			bar = paragraphAt
		}
		p.Keep = p.Score >= bar*level
		if p.Keep || kept == i-1 && isCell(ch) {
			kept = i
		}
		begun = begun || (p.InFlow || within(ch.frame, whole)) && p.Words >= paragraphWords && p.Score >= keepAt*level
	}
	pg.keepHeadings(parts, level)
	pg.keepLines(parts, level)
	pg.keepWithin(parts, level)
	pg.keepAddresses(parts)
	pg.keepPlain(parts, level)
	pg.keepAlike(parts, level)
	pg.keepBelow(parts)
	pg.keepQuotes(parts, level)
	pg.dropLabels(parts)
	pg.dropHeads(parts)
}

// flows reports whether a chunk in the flow is a paragraph by its element, or has
// the path of most others and is no label.
func (pg *Page) flows(p *Part, ch *chunk) bool {
	return ch.tag == atom.P && !pg.isBoxed(p, ch) || ch.tag == atom.Blockquote || ch.tag == atom.Pre || ch.frame.path == pg.flowPath && (p.ended || p.Words > labelWords)
}

// isBoxed reports whether a paragraph that is no sentence stands alone in an element
// with a name, as other paragraphs of the text do not: what it says is rather of the
// page than of the text.
func (pg *Page) isBoxed(p *Part, ch *chunk) bool {
	box := ch.frame.parent
	return !p.ended && ch.frame.path != pg.flowPath && box != nil && box != pg.main && box.chunks == 1 && len(box.class) > 0
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

// labelWords is the length of a label in words: what follows a text of lines in
// one element may be the heading of something else.
const labelWords = 6

// isCell reports whether a chunk is a cell or an item without links: it stays or
// goes with its table or list.
func isCell(ch *chunk) bool {
	switch ch.tag {
	case atom.Td, atom.Th, atom.Li, atom.Dt, atom.Dd, atom.Caption:
		return ch.linkWords == 0
	}
	return false
}

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
