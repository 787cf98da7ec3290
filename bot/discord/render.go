package discord

import (
	"strconv"

	"parley/bot"
	"parley/bot/discord/markup"
)

// Look is how replies look.
type Look string

// The looks.
const (
	Components Look = "components" // boxes and text components, an answer in one message
	Classic    Look = "classic"    // text with an embed below it
)

// Discord's limits, in UTF-16 units
// (https://discord.com/developers/docs/resources/message#embed-object-embed-limits,
// https://discord.com/developers/docs/components/reference).
const (
	maxContent     = 2000
	maxText        = 4000 // over all texts of a message of components
	maxComponents  = 40   // in such a message, nested ones too
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

// The colours at the edge: Discord's green, yellow, grey and red.
const (
	colourAnswered = 0x57F287
	colourDisputed = 0xFEE75C
	colourTold     = 0x99AAB5
	colourFailed   = 0xED4245
)

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

// sheet is a reply to be rendered.
type sheet struct {
	*bot.Reply
	look   Look
	most   int    // messages
	thread string // ID of a thread to link to; empty without
}

// render writes a reply as messages within Discord's limits. Sources and buttons
// stand under the last.
func (s sheet) render() []message {
	if s.most == 0 {
		s.most = maxParts
	}
	if s.look == Classic {
		return s.classic()
	}
	if s.reference() {
		s.most = 1
	}
	return s.components()
}

// render writes a reply in a look.
func render(r *bot.Reply, look Look) []message { return sheet{Reply: r, look: look}.render() }

// reference reports whether the cards are what an answer refers to. Else they are
// the reply itself: a list, a passage.
func (s sheet) reference() bool { return s.HasAnswer() || s.Outcome == bot.Declined }

// blocks are the title and the blocks.
func (s sheet) blocks() []bot.Block {
	var out []bot.Block
	if s.Title != "" {
		out = append(out, bot.Block{Style: bot.Heading, Spans: []bot.Span{{Text: s.Title}}})
	}
	return append(out, s.Blocks...)
}

// links are the addresses of the cards by their numbers.
func (s sheet) links() map[int]string {
	out := map[int]string{}
	for i := range s.Cards {
		for _, n := range s.Cards[i].Numbers() {
			out[n] = s.Cards[i].URL
		}
	}
	return out
}

// where is a link to the thread that was opened, on a line of its own; empty without.
func (s sheet) where() string {
	if s.thread == "" {
		return ""
	}
	return "<#" + s.thread + ">"
}

// mark writes the mark of a citation, as a link where the article has an address.
func mark(n int, address string) string {
	if s, ok := markup.Link(strconv.Itoa(n), address); ok {
		return s
	}
	return unlinked(n)
}

// unlinked writes the mark of a citation without a link.
func unlinked(n int) string { return `\[` + strconv.Itoa(n) + `\]` }
