package maintext

import (
	"golang.org/x/net/html/atom"
)

// Page is a page taken apart into chunks, with what tells the article among them.
type Page struct {
	chunks                    []*chunk
	root                      *frame
	titles                    []string        // keys of the headings that machines are told
	summary                   string          // keys of what the page says of itself in one sentence
	author                    []string        // keys
	body                      map[uint64]bool // hashes of every three words of the text that JSON-LD gives
	main                      *frame          // the element with most text in paragraphs right in it
	texts                     []textFacts
	paths                     map[uint64]pathFacts
	keys                      map[string]int // how often a text stands on the page
	total                     int
	heads                     []int          // of each chunk, the heading above it or -1
	repeats                   map[uint64]int // of elements, by their path
	kinds                     []kind
	flowParagraphs, flowWords int    // right in it
	flowPath                  uint64 // that most of its words have
	titleAt                   int    // index of the chunk that is the title, or -1
}

type pathFacts struct{ words, linkWords, chunks, first, last int }

type textFacts struct {
	ends, colon, lower, quote, url, at, date, bar float32
	commas, digits, caps, function, length, stops float32
	dup, title, summary, ld, author               float32
	key                                           string
}

func (pg *Page) prepare() {
	pg.paths = map[uint64]pathFacts{}
	pg.keys = map[string]int{}
	pg.repeats = map[uint64]int{}
	pg.texts = make([]textFacts, len(pg.chunks))
	pg.heads = make([]int, len(pg.chunks))
	pg.titleAt = -1
	pg.kinds = kinds()
	names := namer{pg.kinds, map[string]uint32{}}
	direct := map[*frame]int{}
	count := map[*frame]int{}
	head := -1
	for i, ch := range pg.chunks {
		for f := ch.frame; f != nil && !f.counted; f = f.parent {
			f.counted = true
			pg.repeats[f.path]++
			f.kinds = names.kindsOf(f.class)
		}
		p, ok := pg.paths[ch.frame.path]
		if !ok {
			p.first = i
		}
		p.words += ch.words
		p.linkWords += ch.linkWords
		p.chunks++
		p.last = i
		pg.paths[ch.frame.path] = p
		pg.total += ch.words
		pg.heads[i] = head
		if headingLevel(ch.tag) > 0 || ch.frame.marks&inHeading != 0 {
			head = i
		}
		if ch.words >= 12 && ch.linkWords*3 < ch.words {
			f := ch.frame
			if f.parent != nil && (f.node.DataAtom == atom.P || f.chunks == 1) {
				f = f.parent
				for f.parent != nil && f.chunks == 1 {
					f = f.parent
				}
			}
			direct[f] += max(0, ch.words-2*ch.linkWords) // teasers have their headline in them
			count[f]++
			if pg.main == nil || direct[f] > direct[pg.main] {
				pg.main = f
			}
		}
		pg.texts[i] = pg.factsOf(ch)
	}
	pg.flowPath = pg.mostIn(pg.main)
	pg.flowParagraphs, pg.flowWords = count[pg.main], direct[pg.main]
	if pg.main == nil {
		pg.main = pg.root
	}
	for i := range pg.texts {
		if pg.titleAt < 0 && pg.texts[i].title >= 1 && (pg.chunks[i].frame.marks&inHeading != 0) {
			pg.titleAt = i
		}
	}
	if pg.titleAt < 0 {
		for i := range pg.chunks {
			if pg.chunks[i].tag == atom.H1 {
				pg.titleAt = i
				break
			}
		}
	}
}

// mostIn is the path of most words in an element.
func (pg *Page) mostIn(f *frame) uint64 {
	if f == nil {
		return 0
	}
	words := map[uint64]int{}
	best := uint64(0)
	for _, ch := range pg.chunks[f.first : f.first+f.chunks] {
		if ch.linkWords*2 < ch.words && within(ch.frame, f) {
			words[ch.frame.path] += ch.words
			if words[ch.frame.path] > words[best] {
				best = ch.frame.path
			}
		}
	}
	return best
}
