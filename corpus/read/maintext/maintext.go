// Package maintext finds the text of the article on a web page. It takes the
// page apart into chunks (paragraphs, headings, items, cells) and gives each a
// probability that it belongs to the article. What it looks at are the chunk's
// words and punctuation, the elements around it and their names, its place, its
// neighbours, and what machines are told of the article.
//
// The probabilities come from three models that were fitted to labelled pages
// by tools/maintext: a linear one of names and words (sparse.go), trees over
// the features of each chunk (features.go, around.go), and trees that also see
// what those before them made of the chunks around (second.go). chunks.go walks
// the page, elements.go and kinds.go say what elements are for, text.go and
// words.go look at texts, model.go holds the models. choose.go holds the
// probabilities against bars, boxes.go says what stands in something else than the
// text, and mend.go looks at what was kept once more.
package maintext

import (
	"golang.org/x/net/html"

	"parley/corpus/read/limit"
)

// Hints are what a page tells machines of its article, as far as it does.
type Hints struct {
	Titles    []string
	Summaries []string
	Authors   []string
	Body      string // its text
}

// Part is a chunk of a page with the verdict on it.
type Part struct {
	Text      string       // white space squeezed
	Lines     []string     // those that br ends
	Nodes     []*html.Node // its texts
	LineEnds  []int        // after how many of them each line but the last ends
	Element   *html.Node   // the element of a block that it stands in
	Words     int
	LinkWords int
	Score     float64 // the probability that it belongs to the article
	Keep      bool
	InFlow    bool   // it stands in the element that most paragraphs stand in
	Aside     string // what the names around it say that it is, for a reason: "reader comments"; empty for nothing

	paragraph bool // it is surely one
	sentence  bool // it ends like one and has no links
	ended     bool // it does, or is a shorter line that ends like one
	pulled    bool // it repeats text beside it
}

// hintWords is the length that a text has that machines are told, at least; what
// is shorter is its beginning.
const hintWords = 50

// Find takes a page apart. The tree is not changed.
func Find(m *limit.Meter, body *html.Node, h Hints) (*Page, error) {
	pg := &Page{}
	for _, t := range h.Titles {
		if k := keyOf(t); len(k) > 3 {
			pg.titles = append(pg.titles, k)
		}
	}
	for _, s := range h.Summaries {
		if k := keyOf(s); len(k) > len(pg.summary) {
			pg.summary = k
		}
	}
	for _, a := range h.Authors {
		pg.author = append(pg.author, keyOf(a))
	}
	if countWords(h.Body) >= hintWords {
		pg.body = map[uint64]bool{}
		for three := range threes(h.Body) {
			pg.body[three] = true
		}
	}
	var err error
	if pg.chunks, pg.root, err = segment(body, m.Nodes); err != nil {
		return nil, err
	}
	pg.prepare()
	return pg, nil
}

// Parts are the chunks of the page in order, with verdicts.
func (pg *Page) Parts(m *limit.Meter) ([]Part, error) {
	scores, err := pg.scores(m)
	if err != nil {
		return nil, err
	}
	return pg.judge(scores), nil
}

// judge makes parts of the chunks by their probabilities.
func (pg *Page) judge(scores []float64) []Part {
	pg.findMain(func(i int) float64 {
		if pg.inComment(pg.chunks[i]) || pg.isTeaser(i) {
			return 0
		}
		return scores[i]
	})
	pg.findFlow()
	pg.findStories()
	parts := make([]Part, len(pg.chunks))
	for i, ch := range pg.chunks {
		p := &parts[i]
		*p = Part{Text: ch.text, Lines: ch.lines, Nodes: ch.nodes, LineEnds: ch.ends, Element: ch.frame.node, Words: ch.words, LinkWords: ch.linkWords, Score: scores[i]}
		p.InFlow = pg.inFlow(ch, i)
		if p.Lines == nil {
			p.Lines = []string{ch.text}
		}
		p.sentence = ch.words >= 4 && pg.texts[i].ends > 0 && ch.linkWords*10 < 3*ch.words
		p.ended = p.sentence || ch.words >= endedWords && pg.texts[i].ends > 0 && ch.linkWords == 0
		p.paragraph = ch.words >= paragraphWords && pg.texts[i].ends > 0 && ch.linkWords*10 < 3*ch.words
	}
	pg.choose(parts)
	pg.dropPulled(parts)
	for i, ch := range pg.chunks {
		if !parts[i].Keep {
			parts[i].Aside = pg.aside(ch)
			if parts[i].pulled {
				parts[i].Aside = "repeats the text beside it"
			}
		}
	}
	return parts
}

// endedWords is the length of the shortest sentence that is one without its
// neighbours saying so, such as "Nobody moved".
const endedWords = 2

// Main is the element that most of the page's paragraphs stand in.
func (pg *Page) Main() *html.Node { return pg.main.node }

// Flow says how much text stands right in the main element: its paragraphs and
// their words.
func (pg *Page) Flow() (paragraphs, words int) { return pg.flowParagraphs, pg.flowWords }

// inFlow reports whether a chunk stands beside the paragraphs of the main
// element.
func (pg *Page) inFlow(ch *chunk, i int) bool {
	if i < pg.flowFirst || i > pg.flowLast || ch.linkWords*2 >= ch.words {
		return false
	}
	f := ch.frame
	for f.parent != nil && f.parent.chunks == 1 && !pg.isMain(f) { // what is wrapped around it alone
		f = f.parent
	}
	for range 2 {
		if pg.isMain(f) {
			return true
		}
		if f = f.parent; f == nil {
			return false
		}
	}
	return false
}

const (
	photoCaption = "photo caption"
	linksAside   = "links to other articles"
)

// aside says what the names of the elements around a chunk tell that it is.
func (pg *Page) aside(ch *chunk) string {
	reasons := map[string]string{
		"comment": "reader comments", "related": linksAside, "letter": "call to subscribe", "ad": "advertisement",
		"caption": photoCaption, "author": "about the author", "cookie": "notice of the page", "share": "links to share",
	}
	for f := ch.frame; f != nil && f != pg.root; f = f.parent {
		for g, k := range pg.kinds {
			if f.kinds&(1<<g) != 0 && reasons[k.name] != "" && !within(pg.main, f) {
				return reasons[k.name]
			}
		}
	}
	return ""
}
