package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
)

// sentenceWords is how many words an element has at least that is taken for a
// sentence of its own, and lineWords one that is taken for a line.
const (
	sentenceWords = 3
	lineWords     = 2
)

// shown is what a node shows.
type shown struct {
	node  *html.Node
	first rune
	last  rune
	words int
	block bool // it is a block or holds one
}

// settle gives the elements that HTML does not know, and that stand as blocks, the
// atom of a div: a browser shows them as their page's styles say, which are not
// looked at. Those within a sentence stay in their line. What AMP shows only until
// something is loaded, or if it cannot be, is hidden.
func settle(n *html.Node) shown {
	all := shown{node: n}
	var line []shown
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s := shown{node: c}
		switch {
		case c.Type == html.TextNode:
			s.words, s.first, s.last = text.Words(c.Data), firstRune(c.Data), text.LastRune(strings.TrimSpace(c.Data))
		case c.Type != html.ElementNode || c.Data == "script" || c.Data == "style":
			continue
		default:
			standby(c)
			s = settle(c)
			s.block = s.block || c.Data == "br" || isBlock(c, true)
		}
		if s.words > 0 || s.block {
			line = append(line, s)
		}
	}
	for first := 0; first < len(line); {
		last := first
		for last+1 < len(line) && alike(line[last+1], line[first]) {
			last++
		}
		if isUnknown(line[first].node) {
			settleRun(n, line, first, last)
		}
		for _, s := range line[first : last+1] {
			all.add(s)
		}
		first = last + 1
	}
	return all
}

func (s *shown) add(next shown) {
	if next.words > 0 {
		if s.words == 0 {
			s.first = next.first
		}
		s.last = next.last
	}
	s.words += next.words
	s.block = s.block || next.block
}

// standby hides what stands in an element of AMP in place of it.
func standby(n *html.Node) {
	isAMP := strings.HasPrefix(n.Data, "amp-")
	ofAMP := n.Parent != nil && strings.HasPrefix(n.Parent.Data, "amp-")
	if isAMP && attr(n, "layout") == "nodisplay" || ofAMP && (hasAttr(n, "placeholder") || hasAttr(n, "fallback") || hasAttr(n, "overflow")) {
		n.Attr = append(n.Attr, html.Attribute{Key: "hidden"})
	}
}

// isUnknown reports whether HTML does not know an element.
func isUnknown(n *html.Node) bool {
	return n.Type == html.ElementNode && n.Namespace == "" && atom.Lookup([]byte(n.Data)) == 0
}

// settleRun makes blocks of those of a run of unknown elements of one name that
// hold blocks, of two sentences beside each other, and of sentences or lines with
// no text before and after them.
func settleRun(parent *html.Node, line []shown, first, last int) {
	alone := !isPhrase(parent) && (first == 0 || !inLine(line[first-1].node)) && (last+1 == len(line) || !inLine(line[last+1].node))
	lines := alone && last > first
	for _, s := range line[first : last+1] {
		lines = lines && s.words >= lineWords
	}
	before := false // the one before is a sentence
	for i := first; i <= last; i++ {
		s := &line[i]
		sentence := s.isSentence()
		beside := before || i < last && line[i+1].isSentence()
		if s.block || lines || sentence && (alone || beside) {
			s.node.DataAtom, s.block = atom.Div, true
		}
		before = sentence
	}
}

func alike(a, b shown) bool { return a.node.Type == html.ElementNode && a.node.Data == b.node.Data }

// isSentence reports whether a text begins and ends as sentences do.
func (s shown) isSentence() bool {
	return s.words >= sentenceWords && !unicode.IsLower(s.first) && s.first != utf8.RuneError && isStop(s.last)
}

// isPhrase reports whether an element holds one run of text.
func isPhrase(n *html.Node) bool {
	switch n.Data {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "caption", "figcaption", "summary", "label", "button":
		return true
	}
	return isFormat(n)
}

// inLine reports whether a node is text, or an element that text goes on over.
func inLine(n *html.Node) bool { return n.Type == html.TextNode || isFormat(n) }

func isFormat(n *html.Node) bool {
	switch n.Data {
	case "a", "span", "b", "strong", "i", "em", "u", "small", "font", "mark", "q", "cite", "code", "abbr", "sub", "sup", "ins":
		return true
	}
	return false
}
