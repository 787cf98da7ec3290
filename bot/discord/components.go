package discord

import (
	"sort"
	"strings"

	"parley/bot"
	"parley/bot/discord/markup"
)

// components writes a reply as messages of components. What an answer refers to
// stands below a line. Where all of it is too much for a message, the quotes below
// go first, then the links of marks, then the end of the list and of the text.
func (s sheet) components() []message {
	var parts [][]string
	var below []string
	if s.reference() {
		text, cards := s.fitted(maxText - s.extra())
		parts = [][]string{text}
		if cards != "" {
			below = []string{cards}
		}
	} else {
		below = s.list(maxText - s.extra())
		parts = write(s.blocks(), s.links(), maxText-s.extra()-length(below), s.most).messages()
	}
	out := make([]message, max(len(parts), 1))
	for i := range out {
		m := &out[i]
		m.V2 = true
		var texts, cards []string
		if i < len(parts) {
			texts = parts[i]
		}
		last := i == len(out)-1
		if last {
			cards = below
			if s.where() != "" {
				cards = append(cards, s.where())
			}
		}
		var rows []component
		if last {
			rows = buttons(s.Reply)
		}
		m.Components = append(s.boxed(texts, cards, maxComponents-count(rows)), rows...)
	}
	return out
}

// extra is the room for what is always there.
func (s sheet) extra() int { return len(s.where()) + gapSize }

// fitted is the text and what it refers to, within a limit over both.
func (s sheet) fitted(limit int) (text []string, cards string) {
	blocks := s.blocks()
	least := refer(s.Cards, 0)
	for _, links := range []map[int]string{s.links(), nil} {
		w := write(blocks, links, limit, 1)
		if !w.whole() {
			continue
		}
		for _, texts := range w.messages() { // one, or none
			text = texts
		}
		room := limit - length(text)
		if markup.Len(least) > room {
			continue
		}
		n := sort.Search(quotes(s.Cards), func(n int) bool { return markup.Len(refer(s.Cards, n+1)) > room })
		return text, refer(s.Cards, n)
	}
	cards = upTo(least, limit/2)
	for _, texts := range write(blocks, nil, limit-markup.Len(cards), 1).messages() {
		text = texts
	}
	return text, cards
}

// list writes cards that are the reply itself, each within its share of half the
// limit or, where there is no text, of all of it.
func (s sheet) list(limit int) []string {
	if len(s.Cards) == 0 && (s.Page == nil || s.Page.Label == "") {
		return nil
	}
	room := limit
	page := ""
	if s.Page != nil {
		if page = shorten(s.Page.Label, maxFooter/2); page != "" {
			page = "-# " + page
		}
	}
	room -= markup.Len(page) + gapSize
	if len(s.blocks()) > 0 {
		room = room * 3 / 4
	}
	var out []string
	cards := s.Cards[:min(len(s.Cards), maxFields)]
	for i, c := range cards {
		share := room / (len(cards) - i)
		head := titled(c, share/2)
		text := head + "\n" + body(untitled(c), prefix(bot.Note), share-markup.Len(head)-1-gapSize)
		text = strings.TrimSuffix(text, "\n—")
		room -= markup.Len(text) + gapSize
		out = append(out, text)
	}
	if page != "" {
		out = append(out, page)
	}
	return out
}

// titled is a card's title in bold, as a link where it can be one.
func titled(c bot.Card, limit int) string {
	if title, ok := titleLink(&c); ok {
		if head := strings.TrimSpace(bareMarks(c.Numbers()) + " **" + title + "**"); markup.Len(head) <= limit {
			return head
		}
	}
	return "**" + name(c, limit-4) + "**"
}

// untitled is a card without its address where the title links there.
func untitled(c bot.Card) bot.Card {
	if _, ok := titleLink(&c); ok {
		c.URL = ""
	}
	return c
}

// boxed puts texts into a box with the colour of the outcome, and what an answer refers
// to below a line, in no more than so many components. A word of confirmation needs no
// box.
func (s sheet) boxed(texts, below []string, most int) []component {
	if len(texts) == 0 && len(below) == 0 {
		return []component{text(nothing)}
	}
	if s.Title == "" && len(s.Cards) == 0 && s.Outcome != bot.Answered && s.Outcome != bot.Disputed && s.Outcome != bot.Working && len(s.Blocks) < 3 {
		return []component{text(strings.Join(append(texts, below...), "\n"))}
	}
	var inner []component
	each := (most - 1) / 4 // of two groups, with a separator before each
	for _, group := range [][]string{gathered(texts, each), gathered(below, each)} {
		for i, t := range group {
			if len(inner) > 0 {
				inner = append(inner, separator(i == 0 && s.HasAnswer()))
			}
			inner = append(inner, text(t))
		}
	}
	return []component{container(colour(s.Outcome), inner)}
}

// gathered are texts, the last ones together where there are too many.
func gathered(texts []string, most int) []string {
	if len(texts) <= most {
		return texts
	}
	return append(texts[:most-1:most-1], strings.Join(texts[most-1:], "\n\n"))
}

// count is how many components there are, nested ones too.
func count(all []component) int {
	n := len(all)
	for i := range all {
		n += count(all[i].Components)
	}
	return n
}

// length is that of texts with what stands between them.
func length(texts []string) int {
	n := 0
	for _, t := range texts {
		n += markup.Len(t) + gapSize
	}
	return n
}
