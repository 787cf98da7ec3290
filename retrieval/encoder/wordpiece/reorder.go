package wordpiece

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sign is a mark or a moving letter after decomposition.
type sign struct {
	r     rune
	order uint8 // its canonical combining class; 0 stays where it is
	added bool  // by decomposition: it stands where the sign before it does
	moves bool  // class moving: it stays in the text
}

// span is where a character stands in the text.
type span struct{ start, end int }

// reorder reads the marks and moving letters from e.starter on, beyond what
// [encoder.character] has read of them, and returns where they end.
//
// Decomposition puts them in an order of its own (Unicode, canonical ordering).
// The reference keeps the offsets as they were, so that a letter which has moved
// takes the place of the mark it has changed with. As long as there are only marks,
// which are taken off, nobody sees it; a moving letter shows it. These are rare, and
// this is slower than the rest.
func (e *encoder) reorder() int {
	var (
		signs  []sign
		places = []span{{e.starter, e.starter}}
		parts  [maxParts]rune
		i      = e.starter
	)
	for i < len(e.text) {
		r, size := utf8.DecodeRuneInString(e.text[i:])
		if classOf(r) == dropped {
			i += size
			continue
		}
		here := span{i, i + size}
		for n, p := range decompose(&parts, r, e.text[i:i+size]) {
			k := classOf(p)
			switch {
			case k == mark || k == moving:
				if n == 0 {
					places = append(places, here)
				}
				signs = append(signs, sign{p, order(p), n > 0, k == moving})
			case i > e.starter:
				e.keep(signs, places)
				return i
			default: // the starter, a part of the word already
				places[0] = here
			}
		}
		i += size
	}
	e.keep(signs, places)
	return i
}

// keep puts signs in order and adds those that stay to the word. The first place
// is the starter's, the others are those of the signs that are not added.
func (e *encoder) keep(signs []sign, places []span) {
	for at := 0; at < len(signs); {
		end := at + 1
		for end < len(signs) && signs[end].order > 0 {
			end++
		}
		slices.SortStableFunc(signs[at:end], func(a, b sign) int { return cmp.Compare(a.order, b.order) })
		at = end
	}
	at := 0
	for _, s := range signs {
		if !s.added {
			at++
		}
		if s.moves {
			e.word.add(s.r, places[at].start, places[at].end)
		}
	}
}

func order(r rune) uint8 {
	var b [utf8.UTFMax]byte
	return norm.NFD.Properties(utf8.AppendRune(b[:0], r)).CCC()
}
