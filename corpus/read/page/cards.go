package page

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/internal/text"
	"parley/corpus/read/maintext"
)

// A card is a headline that leads to an article, with its beginning.
type card struct {
	kept       int // words of it that are kept as text
	paragraphs int
	look       string // name and class of the headline's element
}

// minCards is how many cards make a page a list of articles, and cardShare the
// share of its kept text that they have then. cardParagraphs is the most
// paragraphs of a card, in the mean: those of an article under its headings are
// more. A beginning has beginWords or more, a headline up to headlineWords.
const (
	minCards       = 3
	cardShare      = 0.7
	cardParagraphs = 2
	beginWords     = 5
	headlineWords  = 25
)

// cards finds the cards of a page.
func (f *facts) cards(parts []maintext.Part) []card {
	var out []card
	open := -1    // the card that goes on
	heading := -1 // the last heading that is no card yet
	var before *html.Node
	for i := range parts {
		p := &parts[i]
		link := f.leads(p.Nodes)
		headline, begin := false, false
		if link == nil || link != before { // a link around a card is one headline
			headline, begin = cardIn(p, link)
		}
		before = link
		switch {
		case headline:
			out = append(out, card{look: lookOf(p.Element)})
			open, heading = len(out)-1, -1
			if begin {
				out[open].paragraphs++
			}
		case heading >= 0 && f.leadsOn(p): // a headline that is no link, and the link behind the beginning
			out = append(out, card{look: lookOf(parts[heading].Element), paragraphs: 1, kept: keptWords(parts[heading:i])})
			open, heading = len(out)-1, -1
		case open >= 0 && p.Words >= beginWords:
			out[open].paragraphs++
		}
		if isHeading(p.Element) && !headline && p.LinkWords == 0 {
			open, heading = -1, i
		}
		if open >= 0 && p.Keep {
			out[open].kept += p.Words
		}
	}
	begun := out[:0]
	for _, c := range out {
		if c.paragraphs > 0 {
			begun = append(begun, c)
		}
	}
	return begun
}

func keptWords(parts []maintext.Part) int {
	n := 0
	for i := range parts {
		if parts[i].Keep {
			n += parts[i].Words
		}
	}
	return n
}

func lookOf(n *html.Node) string {
	if isHeading(n) {
		return "heading"
	}
	return n.Data + "." + attr(n, "class")
}

// cardIn reports whether a chunk that begins with a link is a headline, alone or
// with the beginning of the article in the lines behind it.
func cardIn(p *maintext.Part, link *html.Node) (headline, begin bool) {
	if link == nil || p.Words < 2 || goesOn().MatchString(textOf(link)) {
		return false, false
	}
	if p.LinkWords == p.Words {
		return p.Words <= headlineWords, false
	}
	words := text.Words(textOf(link))
	return words >= 2 && words <= headlineWords && len(p.Lines) > 1 && text.Words(p.Lines[0]) == words && p.Words >= words+beginWords, true
}

// leads is the link to another page of the site that texts begin with, or nil.
func (f *facts) leads(nodes []*html.Node) *html.Node {
	for _, n := range nodes {
		if strings.TrimSpace(n.Data) == "" {
			continue
		}
		for a := n.Parent; a != nil; a = a.Parent {
			if a.DataAtom == atom.A {
				if f.isOwnPage(attr(a, "href")) {
					return a
				}
				return nil
			}
		}
		return nil
	}
	return nil
}

// isOwnPage reports whether an address is of a page of the same site, and not of a
// place in the page.
func (f *facts) isOwnPage(href string) bool {
	href = strings.TrimSpace(href)
	if href == "" || strings.HasPrefix(href, "#") {
		return false
	}
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return u.Host == "" || f.isOwnHost(hostOf(u))
}

// isOwnHost reports whether a host is that of the page: the one it states, or the
// one that most of its links lead to.
func (f *facts) isOwnHost(host string) bool {
	if f.ownHosts == nil {
		f.ownHosts = make(map[string]bool)
		for _, a := range f.addresses() {
			h, _, _ := strings.Cut(a, "/")
			f.ownHosts[strings.TrimSuffix(h, "?")] = true
		}
		if len(f.ownHosts) == 0 {
			most := 0
			for _, n := range f.hosts {
				most = max(most, n)
			}
			for h, n := range f.hosts {
				f.ownHosts[h] = n == most
			}
		}
	}
	return f.ownHosts[host]
}

// goesOn is what a link says behind the beginning of an article.
var goesOn = text.Pattern(`(?i)^\W*((read|see|show|learn|view)? ?(more|on|the full (story|article))|continue( reading)?|read (the )?(full )?(story|article|post)|full (story|article)|(jetzt |hier )?(weiterlesen|mehr( lesen)?)|(lire )?(la )?suite|lire (plus|l.article)|(leer|seguir leyendo|ver) ?(más)?|leggi( tutto)?|continua( a leggere)?|читать( далее)?)\b.{0,40}$`)

// leadsOn reports whether a chunk ends in a link to the whole article, which it is
// the beginning of, or is one.
func (f *facts) leadsOn(p *maintext.Part) bool {
	for _, n := range slices.Backward(p.Nodes) {
		if strings.TrimSpace(n.Data) == "" {
			continue
		}
		for a := n.Parent; a != nil && a != p.Element; a = a.Parent {
			if a.DataAtom == atom.A {
				return f.isOwnPage(attr(a, "href")) && goesOn().MatchString(textOf(a))
			}
		}
		return false
	}
	return false
}

// isFront reports whether a page is made of cards, and nothing much besides. Of
// some length, one of them does not have most of the text: it would be an article
// below a link. They are several whole articles if they have more paragraphs than
// beginnings do.
func isFront(cards []card, kept int) (front, whole bool) {
	looks := make(map[string]int)
	for _, c := range cards {
		looks[c.look]++
	}
	n, words, paragraphs, most := 0, 0, 0, 0
	for _, c := range cards {
		if looks[c.look] < minCards {
			continue
		}
		n++
		words += c.kept
		paragraphs += c.paragraphs
		most = max(most, c.kept)
	}
	front = n > 0 && float64(words) >= cardShare*float64(kept) && (most*2 <= kept || kept < shortText)
	return front, front && paragraphs > cardParagraphs*n
}
