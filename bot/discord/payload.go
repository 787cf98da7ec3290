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
	Components []discordgo.MessageComponent
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
	Content         string                       `json:"content"`
	Embeds          []*discordgo.MessageEmbed    `json:"embeds"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions noMentions                   `json:"allowed_mentions"`
	Flags           int                          `json:"flags,omitempty"`
	Nonce           string                       `json:"nonce,omitempty"`
	EnforceNonce    bool                         `json:"enforce_nonce,omitempty"`
	Reference       *reference                   `json:"message_reference,omitempty"`
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
	o := outgoing{Content: m.Content, Embeds: m.Embeds, Components: m.Components}
	if m.Content == "" && len(m.Embeds) == 0 {
		o.Content = nothing
	}
	if o.Embeds == nil {
		o.Embeds = []*discordgo.MessageEmbed{}
	}
	if o.Components == nil {
		o.Components = []discordgo.MessageComponent{}
	}
	return o
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
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}
