// Package sentence finds where the sentences of a paragraph start and end.
//
// One pass over the paragraph (scan) notes the places where a sentence may end,
// with what stands around them, and the quotations and brackets that are short
// enough to stay whole (marks). What lies inside those is no border; of every
// other place the words before and after it decide (border, stop), with what is
// known of abbreviations in the languages of Europe (words). Sentences that are
// too long to quote are then cut at a semicolon, a comma or a blank (cut).
//
// Unicode's own rules (UAX 29) and the splitters that public packages offer were
// tried beside these: of the paragraphs in testdata/hard.txt the best of them
// gets two in five wrong.
//
// Everything looks at a bounded stretch of text around a place, so that a
// paragraph costs time in proportion to its length, whatever is in it.
package sentence

import (
	"iter"
	"strings"
	"unicode"
)

// All returns the sentences of a paragraph in order, as byte offsets of their
// start and end. Every byte that is not white space lies in exactly one of
// them, none begins or ends with white space or inside a character, and none
// is longer than a quote may be.
func All(paragraph string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		var p scanner
		p.yield = yield
		if p.scan(paragraph) && p.decide(len(paragraph)) {
			pieces(paragraph, p.start, len(paragraph), yield)
		}
	}
}

// decide yields the sentences that end at the places up to an offset, before which no
// quotation begins that is still open. It reports whether to go on.
func (p *scanner) decide(upTo int) bool {
	i := 0
	for ; i < len(p.places) && p.places[i].next <= upTo; i++ {
		at := &p.places[i]
		for len(p.ranges) > 0 && p.ranges[0].end <= at.next {
			p.ranges = p.ranges[1:]
		}
		if len(p.ranges) > 0 && p.ranges[0].start < at.next || !p.border(at, p.start) {
			continue
		}
		if !pieces(p.s, p.start, at.next, p.yield) {
			return false
		}
		p.start = at.next
	}
	p.places = p.places[:copy(p.places, p.places[i:])]
	return true
}

// Trimmed returns the whole paragraph as one sentence, for what is known to be
// one, as a heading is: without the white space around it, and cut where it is
// too long.
func Trimmed(paragraph string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) { pieces(paragraph, 0, len(paragraph), yield) }
}

// pieces yields s[start:end] without the white space around it, in several
// pieces if it is too long and not at all if it is blank. It reports whether to
// go on.
func pieces(s string, start, end int, yield func(int, int) bool) bool {
	for {
		text := strings.TrimRightFunc(s[start:end], unicode.IsSpace)
		end = start + len(text)
		start = end - len(strings.TrimLeftFunc(text, unicode.IsSpace))
		if start == end {
			return true
		}
		cut := longCut(s[start:end])
		if cut == 0 {
			return yield(start, end)
		}
		if !pieces(s, start, start+cut, yield) {
			return false
		}
		start += cut
	}
}
