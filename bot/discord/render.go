package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/discord/markup"
)

// Discord's limits, in UTF-16 units
// (https://discord.com/developers/docs/resources/message#embed-object-embed-limits).
const (
	maxContent     = 2000
	maxEmbeds      = 6000 // over all texts of an embed
	maxTitle       = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxLabel       = 80
	maxRow         = 5 // buttons in a row, and rows
	maxModalTitle  = 45
	maxPlaceholder = 100
	maxInput       = 4000
	maxChoices     = 25
	maxChoice      = 100
	maxThreadName  = 100
)

// maxFollowups is how many messages Discord takes after the first where the bot
// itself is not a member, and maxParts how many one reply takes at most.
const (
	maxFollowups = 5
	maxParts     = 1 + maxFollowups
)

// The colours of embeds: Discord's green, yellow, grey and red.
const (
	colourAnswered = 0x57F287
	colourDisputed = 0xFEE75C
	colourTold     = 0x99AAB5
	colourFailed   = 0xED4245
)

// render writes a reply as messages within Discord's limits. Sources and buttons
// stand under the last.
func render(r *bot.Reply) []message { return renderWithin(r, maxParts) }

// renderWithin writes a reply as no more than so many messages.
func renderWithin(r *bot.Reply, most int) []message {
	w := newWriter(links(r.Cards))
	w.most = most
	if r.Title != "" {
		w.block(bot.Block{Style: bot.Heading, Spans: []bot.Span{{Text: r.Title}}})
	}
	for _, b := range r.Blocks {
		w.block(b)
	}
	parts := w.parts()
	embed := sources(r)
	rows := buttons(r)
	if r.Page != nil && embed == nil && r.Page.Label != "" {
		embed = &discordgo.MessageEmbed{Description: markup.Cut(markup.Escape(r.Page.Label), maxDescription), Color: colour(r.Outcome)}
	}
	out := make([]message, max(len(parts), 1))
	for i, p := range parts {
		out[i].Content = p
	}
	last := &out[len(out)-1]
	if embed != nil {
		last.Embeds = []*discordgo.MessageEmbed{embed}
	}
	last.Components = rows
	return out
}

// links are the addresses of cards by their number.
func links(cards []bot.Card) map[int]string {
	out := map[int]string{}
	for _, c := range cards {
		if c.N > 0 {
			out[c.N] = c.URL
		}
	}
	return out
}

// mark writes the mark of a citation, as a link where the article has an address.
func mark(n int, address string) string {
	if s, ok := markup.Link(strconv.Itoa(n), address); ok {
		return s
	}
	return `\[` + strconv.Itoa(n) + `\]`
}

// writer puts blocks on messages. Spans are what is not cut.
type writer struct {
	links map[int]string
	done  []string
	now   strings.Builder
	size  int       // of now, in UTF-16 units
	last  bot.Style // of the block before
	limit int       // of one message
	most  int       // messages
}

func newWriter(links map[int]string) *writer {
	return &writer{links: links, limit: maxContent - 1, most: maxParts}
}

// prefix is what a line of a style begins with.
func prefix(s bot.Style) string {
	switch s {
	case bot.Bullet:
		return "- "
	case bot.Quote:
		return "> "
	case bot.Note:
		return "-# "
	default:
		return ""
	}
}

// block starts a line and writes spans on it, and on lines of further messages.
func (w *writer) block(b bot.Block) {
	open := prefix(b.Style)
	begun := false
	for _, s := range b.Spans {
		if b.Style == bot.Heading {
			s.Bold = true
		}
		for _, text := range w.span(s, w.limit-len(open)) {
			gap := " "
			switch {
			case !begun && w.size == 0:
				gap = open
			case !begun:
				gap = w.between(b.Style) + open
			case s.Glued:
				gap = ""
			}
			if w.size+markup.Len(gap)+markup.Len(text) > w.limit {
				w.flush()
				gap = open
			}
			w.now.WriteString(gap + text)
			w.size += markup.Len(gap) + markup.Len(text)
			begun = true
		}
	}
	if begun {
		w.last = b.Style
	}
}

// between is the distance to the block before.
func (w *writer) between(next bot.Style) string {
	if next == bot.Paragraph && w.last == bot.Paragraph || next == bot.Heading && w.last != bot.Note {
		return "\n\n"
	}
	return "\n"
}

// span writes a run of text with its marks, in several pieces only when it is
// too long for a message of its own. Pieces are cut before they are escaped.
func (w *writer) span(s bot.Span, room int) []string {
	marks := ""
	for _, n := range s.Marks {
		marks += mark(n, w.links[n])
	}
	dress := func(raw string) string {
		text := markup.Escape(raw)
		if s.Bold && text != "" {
			text = "**" + text + "**"
		}
		return text
	}
	raw := markup.Line(s.Text)
	if raw == "" {
		if marks == "" {
			return nil
		}
		return []string{marks}
	}
	if marks != "" {
		marks = " " + marks
	}
	// No more than can be shown, and one to see that there is more.
	raw, _ = markup.Split(raw, (w.most+1)*w.limit)
	var out []string
	for {
		text := dress(raw)
		if markup.Len(text)+markup.Len(marks) <= room {
			return append(out, text+marks)
		}
		limit := min(room, markup.Len(raw)) - 1
		head, tail := markup.Split(raw, limit)
		for markup.Len(dress(head)) > room {
			limit = limit * 3 / 4
			head, tail = markup.Split(raw, limit)
		}
		if tail == "" || head == "" {
			// The marks alone do not fit beside the last letters.
			return append(out, dress(raw), strings.TrimSpace(marks))
		}
		out = append(out, dress(head))
		raw = tail
	}
}

func (w *writer) flush() {
	if w.size > 0 {
		w.done = append(w.done, w.now.String())
		w.now.Reset()
		w.size = 0
	}
}

// parts are the messages. What is over the most is left off with a sign of it.
func (w *writer) parts() []string {
	w.flush()
	if len(w.done) > w.most {
		w.done = w.done[:w.most]
		w.done[w.most-1] += "…" // newWriter's limits leave room for it
	}
	return w.done
}

func colour(o bot.Outcome) int {
	switch o {
	case bot.Answered:
		return colourAnswered
	case bot.Disputed:
		return colourDisputed
	case bot.Failed:
		return colourFailed
	default:
		return colourTold
	}
}

// sources writes the cards as one embed: a single one at length, several as fields.
func sources(r *bot.Reply) *discordgo.MessageEmbed {
	if len(r.Cards) == 0 {
		return nil
	}
	e := &discordgo.MessageEmbed{Color: colour(r.Outcome)}
	room := maxEmbeds
	if r.Page != nil && r.Page.Label != "" {
		e.Footer = &discordgo.MessageEmbedFooter{Text: markup.Cut(markup.Line(r.Page.Label), maxFooter)}
		room -= markup.Len(e.Footer.Text)
	}
	if len(r.Cards) == 1 {
		c := r.Cards[0]
		e.Title = name(c, maxTitle)
		e.Description = body(c, min(maxDescription, room-markup.Len(e.Title)))
		return e
	}
	cards := r.Cards[:min(len(r.Cards), maxFields)]
	for i, c := range cards {
		// Each gets its share of what is left, so that the last is not squeezed out.
		share := room / (len(cards) - i)
		f := &discordgo.MessageEmbedField{Name: name(c, min(maxFieldName, share/2))}
		f.Value = body(c, min(maxFieldValue, share-markup.Len(f.Name)))
		room -= markup.Len(f.Name) + markup.Len(f.Value)
		e.Fields = append(e.Fields, f)
	}
	return e
}

// withoutEmbeds is the message for places where no embeds may be: what they say
// stands in its text, as far as there is room.
func (m message) withoutEmbeds() message {
	var parts []string
	for _, e := range m.Embeds {
		if e.Title != "" || e.Description != "" {
			parts = append(parts, bold(e.Title)+e.Description)
		}
		for _, f := range e.Fields {
			parts = append(parts, bold(f.Name)+f.Value)
		}
	}
	m.Embeds = nil
	for _, p := range parts {
		if m.Content != "" {
			p = "\n" + p
		}
		if markup.Len(m.Content)+markup.Len(p) > maxContent {
			break
		}
		m.Content += p
	}
	return m
}

// bold is a line of its own in bold.
func bold(s string) string {
	if s == "" {
		return ""
	}
	return "**" + s + "**\n"
}

// name is a card's number and title.
func name(c bot.Card, limit int) string {
	number := ""
	if c.N > 0 {
		number = `\[` + strconv.Itoa(c.N) + `\] `
	}
	title := shorten(c.Title, limit-len(number))
	if number+title == "" {
		return "—"
	}
	return number + title
}

// shorten escapes a text and cuts it to a length.
func shorten(s string, limit int) string {
	raw := markup.Line(s)
	for n := limit; n > 1; n = n * 3 / 4 {
		if out := markup.Escape(markup.Cut(raw, n)); markup.Len(out) <= limit {
			return out
		}
	}
	return ""
}

// body is the facts of a card, then what it quotes, as far as there is room.
func body(c bot.Card, room int) string {
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
	if markup.Len(out) > room {
		out = ""
	}
	for _, b := range c.Blocks {
		w := newWriter(nil)
		w.most, w.limit = 1, room-markup.Len(out)-3 // for the line breaks and an ellipsis
		if w.limit < 40 {
			break
		}
		w.block(b)
		parts := w.parts()
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
		out += parts[0]
	}
	if out == "" {
		return "—"
	}
	return out
}

// linkLabel is what links to a card's article: Discord does not escape within
// labels, so it is a number or an arrow of ours.
func linkLabel(c bot.Card) string {
	if c.N > 0 {
		return strconv.Itoa(c.N)
	}
	return "→"
}
