package discord

import (
	"strconv"
	"strings"
	"unicode"

	"parley/bot"
	"parley/bot/discord/markup"
)

// refer writes the cards that an answer refers to, one below the other: number,
// outlet, title, date, and what is quoted there; of the quotes so many.
func refer(cards []bot.Card, quotes int) string {
	var b strings.Builder
	quoted := false
	for i := range cards {
		if i > 0 {
			b.WriteByte('\n')
		}
		if quoted {
			b.WriteByte('\n') // a quotation stands with what it is from
		}
		quoted = quotes > 0 && len(cards[i].Blocks) > 0
		b.WriteString("-# " + entry(&cards[i]))
		for _, block := range cards[i].Blocks {
			if quotes--; quotes < 0 {
				continue
			}
			for _, texts := range write([]bot.Block{block}, nil, maxText, 1).messages() {
				b.WriteString("\n" + strings.Join(texts, "\n"))
			}
		}
	}
	return b.String()
}

// quotes is how many blocks stand on cards.
func quotes(cards []bot.Card) int {
	n := 0
	for i := range cards {
		n += len(cards[i].Blocks)
	}
	return n
}

// upTo is as many lines of a text as fit, with a sign where there are more.
func upTo(text string, limit int) string {
	if markup.Len(text) <= limit {
		return text
	}
	out := ""
	for line := range strings.SplitSeq(text, "\n") {
		if markup.Len(out)+markup.Len(line)+len("\n…") > limit {
			break
		}
		out += line + "\n"
	}
	return out + "…"
}

// The longest parts of an entry: what is longer is cut with a sign.
const (
	maxEntryTitle = 150
	maxFact       = 100
)

// entry is a card on a line.
func entry(c *bot.Card) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(shorten(c.Outlet, maxFact))
	title, linked := titleLink(c)
	add(title)
	add(shorten(c.Date, maxFact))
	add(shorten(c.Detail, maxFact))
	numbers := c.Numbers()
	head := bareMarks(numbers)
	if !linked {
		label := "→"
		if len(numbers) > 0 {
			label = ""
			for _, n := range numbers {
				label += mark(n, c.URL)
			}
			head = label
		} else if link, ok := markup.Link(label, c.URL); ok {
			add(link)
		}
	}
	out := strings.TrimSpace(head + " " + strings.Join(parts, " · "))
	if out == "" {
		return "—"
	}
	return out
}

// titleLink is a card's title, as a link where it has an address and the title may
// be the label of one.
func titleLink(c *bot.Card) (title string, linked bool) {
	raw := markup.Cut(markup.Line(c.Title), maxEntryTitle)
	if canLabel(raw) {
		if link, ok := markup.Link(raw, c.URL); ok {
			return link, true
		}
	}
	return shorten(c.Title, maxEntryTitle), false
}

// canLabel reports whether Discord shows a text as the label of a link: it knows no
// escapes there, breaks links with an emoji in the label, and writes out a label
// that looks like an address.
func canLabel(s string) bool {
	if s == "" || markup.Escape(s) != s {
		return false
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.So, unicode.Sk, unicode.Cf, unicode.Mn, unicode.Me) }) {
		return false
	}
	for word := range strings.FieldsSeq(s) {
		if host, end, ok := strings.Cut(strings.TrimRight(word, ".,;:!?…”’)"), "."); ok && host != "" && len(end) > 1 && !strings.Contains(end, ".") && isLetters(end) {
			return false // example.com
		}
	}
	return true
}

func isLetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// name is a card's numbers and title.
func name(c bot.Card, limit int) string {
	number := bareMarks(c.Numbers())
	if number != "" {
		number += " "
	}
	title := shorten(c.Title, limit-len(number))
	if number+title == "" {
		return "—"
	}
	return number + title
}

// body is the facts of a card behind a prefix, then what it quotes, as far as there is
// room.
func body(c bot.Card, prefix string, room int) string {
	var facts []string
	for _, s := range []string{c.Outlet, c.Date, c.Detail} {
		if s = shorten(s, 200); s != "" {
			facts = append(facts, s)
		}
	}
	if link, ok := markup.Link(linkLabel(c), c.URL); ok {
		facts = append(facts, link)
	}
	out := strings.Join(facts, " · ")
	if out != "" {
		out = prefix + out
	}
	if markup.Len(out) > room {
		out = ""
	}
	for _, b := range c.Blocks {
		limit := room - markup.Len(out) - 3 // for the line breaks and an ellipsis
		if limit < 80 {
			break
		}
		parts := write([]bot.Block{b}, nil, limit, 1).messages()
		if len(parts) == 0 {
			continue
		}
		switch {
		case out == "":
		case b.Style == bot.Paragraph:
			out += "\n\n"
		default:
			out += "\n"
		}
		out += strings.Join(parts[0], "\n")
	}
	if out == "" {
		return "—"
	}
	return out
}

// linkLabel is what links to a card's article where its title does not: Discord does
// not escape within labels, so it is a number or an arrow of ours.
func linkLabel(c bot.Card) string {
	if c.N > 0 {
		return strconv.Itoa(c.N)
	}
	return "→"
}
