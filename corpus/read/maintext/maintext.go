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
// words.go look at texts, model.go holds the models.
package maintext

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

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
	Element   *html.Node   // the element of a block that it stands in
	Words     int
	LinkWords int
	Score     float64 // the probability that it belongs to the article
	Keep      bool
	InFlow    bool   // it stands in the element that most paragraphs stand in
	Aside     string // what the names around it say that it is, for a reason: "reader comments"; empty for nothing

	paragraph bool // it is surely one
	sentence  bool // it ends like one and has no links
	pulled    bool // it repeats text beside it
}

// What a chunk is held against is how sure the model is of the page's surest
// paragraphs, the level: on a page unlike those it was fitted to it is sure of
// nothing. Of that share a chunk is kept from keepAt on, a paragraph from
// paragraphAt on, or from leadAt on where the text may begin, and what stands in
// the flow of the article's paragraphs, once they have begun, from flowAt on: a
// line too many costs less than a lost one.
// Sentences in what holds nearly all of the text are kept from sentenceAt on.
// Chunks in readers' comments and in other articles are kept from otherAt on,
// those far from that flow from farAt on, and those of a row that each begin with
// a link, as teasers do, from teaserAt on.
const (
	keepAt      = 0.55
	paragraphAt = 0.4
	leadAt      = 0.25
	flowAt      = 0.1
	sentenceAt  = 0.12
	farAt       = 0.75
	teaserAt    = 0.9
	otherAt     = 0.97 // of one, whatever the level: what another hand wrote
)

// minLevel is the least that a level is taken for.
const minLevel = 0.2

// farUp is how many elements one leaves on the way to the main element from what
// is far from it.
const farUp = 4

// paragraphWords is the length of a paragraph that is surely one.
const paragraphWords = 12

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
	pg.findMain(func(i int) float64 {
		if pg.inComment(pg.chunks[i]) {
			return 0
		}
		return scores[i]
	})
	pg.findFlow()
	parts := make([]Part, len(pg.chunks))
	for i, ch := range pg.chunks {
		p := &parts[i]
		*p = Part{Text: ch.text, Lines: ch.lines, Nodes: ch.nodes, Element: ch.frame.node, Words: ch.words, LinkWords: ch.linkWords, Score: scores[i]}
		p.InFlow = pg.inFlow(ch, i)
		if p.Lines == nil {
			p.Lines = []string{ch.text}
		}
		p.sentence = ch.words >= 4 && pg.texts[i].ends > 0 && ch.linkWords*10 < 3*ch.words
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
	return parts, nil
}

// choose keeps the chunks that are likely enough.
func (pg *Page) choose(parts []Part) {
	level := max(minLevel, pg.level(parts))
	whole := pg.whole(parts, level)
	begun := false
	for i := range parts {
		p, ch := &parts[i], pg.chunks[i]
		bar := keepAt
		switch {
		case pg.inComment(ch) || pg.inOther(ch):
			bar = otherAt / level
		case pg.isTeaser(i):
			bar = teaserAt
		case !p.InFlow && pg.up(ch.frame) >= farUp:
			bar = farAt
		case p.InFlow && begun && pg.flows(ch) && pg.aside(ch) == "":
			bar = flowAt
		case begun && p.sentence && i >= whole.first && i < whole.first+whole.chunks && within(ch.frame, whole) && pg.aside(ch) == "":
			bar = sentenceAt
		case !begun && p.paragraph && ch.tag == atom.P && within(ch.frame, whole):
			bar = leadAt
		case p.paragraph:
			bar = paragraphAt
		}
		p.Keep = p.Score >= bar*level
		begun = begun || p.InFlow && p.Words >= paragraphWords && p.Score >= keepAt*level
	}
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
		if !p.Keep || p.Words > pulledWords || p.Words < 3 || pg.chunks[i].tag == atom.P && pg.chunks[i].frame.marks&(inAside|inQuote) == 0 || pg.chunks[i].frame.marks&(inTable|inList|inHeading) != 0 {
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

// standsNear reports whether a longer kept chunk near one has its words.
func (pg *Page) standsNear(parts []Part, i int, key string) bool {
	for j := max(0, i-pulledFrom); j <= min(i+pulledFrom, len(parts)-1); j++ {
		if j != i && parts[j].Keep && parts[j].Words > parts[i].Words && strings.Contains(pg.texts[j].key, key) {
			return true
		}
	}
	return false
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
// the path of most others.
func (pg *Page) flows(ch *chunk) bool {
	return ch.tag == atom.P || ch.tag == atom.Blockquote || ch.frame.path == pg.flowPath
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
// of those that are rather text than not; without any, that of the surest.
func (pg *Page) level(parts []Part) float64 {
	type part struct {
		score float64
		words int
	}
	var sure []part
	words, best := 0, 0.0
	for i := range parts {
		if p := &parts[i]; p.Words >= paragraphWords && p.LinkWords*3 < p.Words {
			best = max(best, p.Score)
			if p.Score >= minLevel {
				sure = append(sure, part{p.Score, p.Words})
				words += p.Words
			}
		}
	}
	slices.SortFunc(sure, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	sum := 0
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

// aside says what the names of the elements around a chunk tell that it is.
func (pg *Page) aside(ch *chunk) string {
	reasons := map[string]string{
		"comment": "reader comments", "related": "links to other articles", "letter": "call to subscribe", "ad": "advertisement",
		"caption": "photo caption", "author": "about the author", "cookie": "notice of the page", "share": "links to share",
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
