package discord

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"
)

// message is what is sent and edited: the only way to write to Discord in this
// package. Lists are always there, so that an edit takes away what was before,
// and mentions are never parsed.
type message struct {
	Content    string
	Embeds     []*discordgo.MessageEmbed
	Components []component
	// V2 says that the components are all there is: Discord takes no content and no
	// embeds beside them, and such a message stays one for ever.
	V2 bool
	// Was is set by an edit that makes a message of components out of one with
	// content, which has to be taken away.
	Was bool
}

// same reports whether two messages look the same.
func (m message) same(other message) bool {
	a, errA := json.Marshal(m.outgoing())
	b, errB := json.Marshal(other.outgoing())
	return errA == nil && errB == nil && string(a) == string(b)
}

// nothing stands for a message without words: Discord takes no empty one.
const nothing = "…"

// outgoing is a message as JSON.
type outgoing struct {
	*classicParts
	Components      []component `json:"components"`
	AllowedMentions noMentions  `json:"allowed_mentions"`
	Flags           int         `json:"flags,omitempty"`
	Nonce           string      `json:"nonce,omitempty"`
	EnforceNonce    bool        `json:"enforce_nonce,omitempty"`
	Reference       *reference  `json:"message_reference,omitempty"`
}

// classicParts are what a message of components must not have. Nil ones are null,
// which takes away what was there.
type classicParts struct {
	Content *string                   `json:"content"`
	Embeds  []*discordgo.MessageEmbed `json:"embeds"`
}

// reference is the message that is replied to. When it is gone, the reply is
// sent all the same.
type reference struct {
	MessageID       string `json:"message_id"`
	FailIfNotExists bool   `json:"fail_if_not_exists"`
}

// noMentions is written as the setting under which Discord looks for no
// mentions, whatever the text says.
type noMentions struct{}

func (noMentions) MarshalJSON() ([]byte, error) { return []byte(`{"parse":[]}`), nil }

func (m message) outgoing() outgoing {
	o := outgoing{Components: m.Components}
	switch {
	case m.V2:
		o.Flags = flagComponents
		if len(o.Components) == 0 {
			o.Components = []component{text(nothing)}
		}
		if m.Was {
			o.classicParts = &classicParts{}
		}
		return o
	case o.Components == nil:
		o.Components = []component{}
	}
	o.classicParts = &classicParts{Content: &m.Content, Embeds: m.Embeds}
	if m.Content == "" && len(m.Embeds) == 0 {
		empty := nothing
		o.Content = &empty
	}
	if o.Embeds == nil {
		o.Embeds = []*discordgo.MessageEmbed{}
	}
	return o
}

// The types of components
// (https://discord.com/developers/docs/components/reference#component-object-component-types).
const (
	typeRow       = 1
	typeButton    = 2
	typeInput     = 4
	typeText      = 10
	typeSeparator = 14
	typeContainer = 17
	typeLabel     = 18
)

// The styles of buttons and inputs, and of the space around a separator.
const (
	styleBlurple   = 1
	styleGrey      = 2
	styleLine      = 1
	styleLines     = 2
	spacingSmall   = 1
	flagComponents = 1 << 15 // IS_COMPONENTS_V2
)

// component is any component: discordgo v0.29.0 has no label and speaks of others
// as interfaces that cannot be read back. What a kind does not have stays zero.
type component struct {
	Type       int         `json:"type"`
	Components []component `json:"components,omitempty"` // of a row, a container
	Component  *component  `json:"component,omitempty"`  // of a label

	Content string `json:"content,omitempty"`      // of a text
	Accent  *int   `json:"accent_color,omitempty"` // of a container
	Divider *bool  `json:"divider,omitempty"`      // of a separator: a line
	Spacing int    `json:"spacing,omitempty"`      // the same

	CustomID    string `json:"custom_id,omitempty"` // of what can be used
	Style       int    `json:"style,omitempty"`
	Label       string `json:"label,omitempty"`
	Disabled    bool   `json:"disabled,omitempty"`
	Placeholder string `json:"placeholder,omitempty"`
	Required    *bool  `json:"required,omitempty"` // true where it is left out
	MaxLength   int    `json:"max_length,omitempty"`
}

// text is a component that shows a text.
func text(content string) component { return component{Type: typeText, Content: content} }

// separator is space, with a line in it or without.
func separator(line bool) component {
	return component{Type: typeSeparator, Divider: &line, Spacing: spacingSmall}
}

// container is a box with a coloured edge.
func container(colour int, inner []component) component {
	return component{Type: typeContainer, Accent: &colour, Components: inner}
}

// The types of the first response to an interaction.
const (
	respondMessage        = 4
	respondDeferred       = 5
	respondDeferredUpdate = 6
	respondChoices        = 8
	respondModal          = 9
)

type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

type flags struct {
	Flags int `json:"flags"`
}

type choices struct {
	Choices []choice `json:"choices"`
}

type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []component `json:"components"`
}
