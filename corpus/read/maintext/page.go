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
	flowFirst, flowLast       int    // the first and last chunk in it or in one of its path
	flowPath                  uint64 // that most of its words have
	titleAt                   int    // index of the chunk that is the title, or -1
}

type pathFacts struct{ words, linkWords, chunks, first, last int }

type textFacts struct {
	ends, colon, lower, quote, url, at, date, bar float32
	commas, digits, caps, function, length, stops float32
	dup, title, summary, ld, author               float32
	numerals                                      int
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
	head := -1
	for i, ch := range pg.chunks {
		for f := ch.frame; f != nil && !f.counted; f = f.parent {
			f.counted = true
			pg.repeats[f.path]++
			f.kinds = names.kindsOf(f.class)
			for a := f; a != nil && a.chunks <= boxChunks; a = a.parent {
				a.inner |= f.kinds
			}
		}
		if ch.words >= 4 && ch.linkWords*10 >= 9*ch.words {
			for a := ch.frame; a != nil && a.chunks <= boxChunks; a = a.parent {
				a.inner |= linkedLine
			}
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
		pg.texts[i] = pg.factsOf(ch)
	}
	pg.findMain(func(int) float64 { return 1 })
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

// findMain finds the element with most text in paragraphs right in it, by how
// likely each is text.
func (pg *Page) findMain(likely func(i int) float64) {
	direct := map[*frame]float64{}
	count, words, rather := map[*frame]int{}, map[*frame]int{}, map[*frame]int{}
	pg.main = nil
	for i, ch := range pg.chunks {
		if ch.words < paragraphWords || ch.linkWords*3 >= ch.words {
			continue
		}
		f := ch.frame
		if f.parent != nil && (f.node.DataAtom == atom.P || f.chunks == 1) {
			f = f.parent
			for f.parent != nil && f.chunks == 1 {
				f = f.parent
			}
		}
		add := likely(i) * float64(max(0, ch.words-2*ch.linkWords)) // teasers have their headline in them
		if direct[f] += add; add > 0 {
			rather[f]++
		}
		count[f]++
		words[f] += ch.words
		if pg.main == nil || direct[f] > direct[pg.main] {
			pg.main = f
		}
	}
	if lone := pg.main; lone != nil && rather[lone] == 1 {
		for _, ch := range pg.chunks { // several paragraphs are rather the text than one
			for f, up := ch.frame, 0; f != nil && up < 2; f, up = f.parent, up+1 {
				if rather[f] >= someParagraphs && direct[f]*2 >= direct[lone] && (pg.main == lone || direct[f] > direct[pg.main]) {
					pg.main = f
				}
			}
		}
	}
	pg.flowParagraphs, pg.flowWords = count[pg.main], words[pg.main]
	if pg.main == nil {
		pg.main = pg.root
	}
}

// someParagraphs is how many paragraphs an element has that is preferred to one with a
// single one.
const someParagraphs = 3

// isMain reports whether an element is the main one, or another of its path if
// that has names: pages have their text in several elements of one class.
func (pg *Page) isMain(f *frame) bool {
	return f == pg.main || f.path == pg.main.path && attr(pg.main.node, "class") != "" || pg.isBeside(f)
}

// isBeside reports whether an element is of the class of the main one, in an element
// beside that which holds that: page builders have their text in several such.
func (pg *Page) isBeside(f *frame) bool {
	class := attr(pg.main.node, "class")
	return f != pg.main && class != "" && f.parent != nil && pg.main.parent != nil && f.parent.parent != nil && f.parent.parent == pg.main.parent.parent &&
		f.node.Data == pg.main.node.Data && attr(f.node, "class") == class
}

// findFlow finds where the main element, and those of its path, begin and end,
// and the path of most words in them.
func (pg *Page) findFlow() {
	words := map[uint64]int{}
	pg.flowPath = 0
	pg.flowFirst, pg.flowLast = -1, -1
	for i, ch := range pg.chunks {
		within := false
		for f := ch.frame; f != nil && !within; f = f.parent {
			within = pg.isMain(f)
		}
		if !within {
			continue
		}
		if pg.flowFirst < 0 {
			pg.flowFirst = i
		}
		pg.flowLast = i
		if path := ch.frame.path; ch.linkWords*2 < ch.words && !pg.isTeaser(i) {
			if words[path] += ch.words; words[path] > words[pg.flowPath] {
				pg.flowPath = path
			}
		}
	}
}
