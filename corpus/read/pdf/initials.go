package pdf

import (
	"slices"
	"strings"
	"unicode"
)

// initials puts large initials, several lines high, to the text that begins beside
// their tops. They may be drawn long before it, and no blank says whether they are
// words.
func initials(pages []*page) {
	var words map[string]int
	for _, p := range pages {
		for i, q := range slices.Backward(p.pieces) {
			if !q.mayBeInitial() {
				continue
			}
			text := q.begins(p.pieces)
			if text == nil {
				continue
			}
			if words == nil {
				words = wordsIn(pages)
			}
			text.glyphs[0].space = q.isWord(text, words)
			text.glyphs = append(slices.Clip(q.glyphs), text.glyphs...)
			text.x0 = min(text.x0, q.x0)
			p.pieces = slices.Delete(p.pieces, i, i+1)
		}
	}
}

// largeInitial is how large an initial is at least, in sizes of the text.
const largeInitial = 1.7

// mayBeInitial reports whether a piece is a capital, with a quotation mark before it
// or not.
func (p *piece) mayBeInitial() bool {
	return len(p.glyphs) <= 2 && unicode.IsUpper(p.glyphs[len(p.glyphs)-1].r)
}

// begins is the text that an initial begins: the nearest to its top of the pieces
// beside it, if there is another below.
func (p *piece) begins(pieces []*piece) *piece {
	const near = 0.5 // of its size
	var text *piece
	beside := 0
	for _, q := range pieces {
		if q == p || p.size < largeInitial*q.size || q.x0 <= p.x0 || q.x0-p.x1 > near*p.size || q.y0 > p.y1 || q.y1 < p.y0 {
			continue
		}
		if beside++; text == nil || q.baseline > text.baseline {
			text = q
		}
	}
	if text == nil || text.baseline <= p.baseline || !unicode.IsLetter(text.glyphs[0].r) || beside < 2 && text.size*largeInitial*largeInitial > p.size {
		return nil
	}
	return text
}

// isWord reports whether an initial is a word of its own. Both together are none that
// stands elsewhere in the file; what stands behind the initial is one, or begins as
// one does and the initial stands alone elsewhere.
func (p *piece) isWord(text *piece, words map[string]int) bool {
	rest, _, _ := strings.Cut(text.string(), " ")
	rest = bare(rest)
	initial := strings.ToLower(string(p.glyphs[len(p.glyphs)-1].r))
	const begin = "\x00"
	return words[initial+rest] == 0 && (words[rest] > 1 || words[initial] > 0 && words[begin+firstLetters(rest)] > 1)
}

// firstLetters are the first letters of a word.
func firstLetters(word string) string {
	const letters = 3
	r := []rune(word)
	return string(r[:min(len(r), letters)])
}

// wordsIn counts the words of pages, and how they start, behind a zero.
func wordsIn(pages []*page) map[string]int {
	words := make(map[string]int)
	for _, p := range pages {
		for _, q := range p.pieces {
			if q.mayBeInitial() {
				continue
			}
			for w := range strings.FieldsSeq(q.string()) {
				w = bare(w)
				words[w]++
				words["\x00"+firstLetters(w)]++
			}
		}
	}
	return words
}
