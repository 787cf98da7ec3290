package discord

import (
	"sort"
	"strings"

	"github.com/bwmarrin/discordgo"

	"parley/bot/discord/markup"
)

// classic writes a reply as text with an embed. What is too long for one message
// goes on in further ones.
func (s sheet) classic() []message {
	limit := maxContent
	if s.where() != "" {
		limit -= len(s.where()) + 1
	}
	parts := write(s.blocks(), s.links(), limit, s.most).messages()
	out := make([]message, max(len(parts), 1))
	for i, texts := range parts {
		out[i].Content = strings.Join(texts, "\n\n")
	}
	if s.where() != "" {
		out[0].Content = strings.TrimPrefix(out[0].Content+"\n"+s.where(), "\n")
	}
	last := &out[len(out)-1]
	if embed := s.embed(); embed != nil {
		last.Embeds = []*discordgo.MessageEmbed{embed}
	}
	last.Components = buttons(s.Reply)
	return out
}

// embed writes the cards: those that an answer refers to as lines, a single other
// one at length, several as fields.
func (s sheet) embed() *discordgo.MessageEmbed {
	e := &discordgo.MessageEmbed{Color: colour(s.Outcome)}
	page := ""
	if s.Page != nil {
		page = markup.Line(s.Page.Label)
	}
	switch {
	case len(s.Cards) == 0 && page == "":
		return nil
	case len(s.Cards) == 0:
		e.Description = markup.Cut(markup.Escape(page), maxDescription)
		return e
	case s.reference():
		e.Description = s.references()
		return e
	}
	room := maxEmbeds
	if page != "" {
		e.Footer = &discordgo.MessageEmbedFooter{Text: markup.Cut(page, maxFooter)}
		room -= markup.Len(e.Footer.Text)
	}
	if len(s.Cards) == 1 {
		c := s.Cards[0]
		e.Title = name(c, maxTitle)
		e.Description = body(c, "", min(maxDescription, room-markup.Len(e.Title)))
		return e
	}
	cards := s.Cards[:min(len(s.Cards), maxFields)]
	for i, c := range cards {
		// Each gets its share of what is left, so that the last is not squeezed out.
		share := room / (len(cards) - i)
		f := &discordgo.MessageEmbedField{Name: name(c, min(maxFieldName, share/2))}
		f.Value = body(c, "", min(maxFieldValue, share-markup.Len(f.Name)))
		room -= markup.Len(f.Name) + markup.Len(f.Value)
		e.Fields = append(e.Fields, f)
	}
	return e
}

// references are the lines of what an answer refers to, with as many quotes as fit.
func (s sheet) references() string {
	n := sort.Search(quotes(s.Cards), func(n int) bool { return markup.Len(refer(s.Cards, n+1)) > maxDescription })
	return upTo(refer(s.Cards, n), maxDescription)
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
			p = upTo(p, maxContent-markup.Len(m.Content))
		}
		if markup.Len(m.Content)+markup.Len(p) <= maxContent {
			m.Content += p
		}
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
