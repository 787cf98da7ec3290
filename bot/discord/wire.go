package discord

import (
	"encoding/json"
	"strconv"
)

// What the gateway sends, as far as parley reads it. Components stay raw, so
// that new kinds of them break nothing.

// The types of interactions and channels, and the flags of messages, that
// parley tells apart (https://discord.com/developers/docs/interactions/receiving-and-responding,
// https://discord.com/developers/docs/resources/channel#channel-object-channel-types).
const (
	typeCommand      = 2
	typeComponent    = 3
	typeAutocomplete = 4
	typeModal        = 5

	messageDefault  = 0
	messageReply    = 19
	channelText     = 0
	channelDM       = 1
	channelGroup    = 3
	channelNews     = 5
	threadNews      = 10
	threadPublic    = 11
	threadPrivate   = 12
	contextGuild    = 0
	contextBotDM    = 1
	flagEphemeral   = 1 << 6
	commandMessage  = 3
	permManage      = 1 << 5  // MANAGE_GUILD
	permAdmin       = 1 << 3  // ADMINISTRATOR
	permSend        = 1 << 11 // SEND_MESSAGES
	permSendThreads = 1 << 38 // SEND_MESSAGES_IN_THREADS
	permView        = 1 << 10 // VIEW_CHANNEL
)

type interaction struct {
	ID             string       `json:"id"`
	ApplicationID  string       `json:"application_id"`
	Type           int          `json:"type"`
	Token          string       `json:"token"`
	Data           commandData  `json:"data"`
	GuildID        string       `json:"guild_id"`
	ChannelID      string       `json:"channel_id"`
	Channel        *wireChannel `json:"channel"`
	Member         *wireMember  `json:"member"`
	User           *wireUser    `json:"user"`
	Locale         string       `json:"locale"`
	Message        *wireMessage `json:"message"`
	Context        *int         `json:"context"`
	AppPermissions string       `json:"app_permissions"`
	// Owners has the key "0" where the bot itself was added, "1" where the user brought it along.
	Owners map[string]json.RawMessage `json:"authorizing_integration_owners"`
}

type commandData struct {
	Name       string          `json:"name"`
	Type       int             `json:"type"`
	Options    []commandOption `json:"options"`
	TargetID   string          `json:"target_id"`
	CustomID   string          `json:"custom_id"`
	Components []nested        `json:"components"`
	Resolved   struct {
		Messages map[string]wireMessage `json:"messages"`
	} `json:"resolved"`
}

// nested is a component as Discord sends it back, whatever stands around it: rows
// hold several, labels and sections one.
type nested struct {
	CustomID   string   `json:"custom_id"`
	Value      string   `json:"value"`
	Components []nested `json:"components"`
	Component  *nested  `json:"component"`
	Accessory  *nested  `json:"accessory"`
}

// walk visits components and what is in them, in order, until visit reports true.
func walk(all []nested, visit func(*nested) bool) bool {
	for i := range all {
		c := &all[i]
		if c.CustomID != "" && visit(c) || walk(c.Components, visit) {
			return true
		}
		for _, one := range []*nested{c.Component, c.Accessory} {
			if one != nil && walk([]nested{*one}, visit) {
				return true
			}
		}
	}
	return false
}

type commandOption struct {
	Name    string          `json:"name"`
	Value   json.RawMessage `json:"value"`
	Options []commandOption `json:"options"`
	Focused bool            `json:"focused"`
}

type wireChannel struct {
	ID   string `json:"id"`
	Type int    `json:"type"`
}

type wireUser struct {
	ID      string `json:"id"`
	Bot     bool   `json:"bot"`
	Name    string `json:"username"`
	Display string `json:"global_name"`
}

// called is the name that people see.
func (u *wireUser) called() string {
	if u.Display != "" {
		return u.Display
	}
	return u.Name
}

type wireMember struct {
	User        *wireUser `json:"user"`
	Roles       []string  `json:"roles"`
	Permissions string    `json:"permissions"`
}

type wireMessage struct {
	ID         string          `json:"id"`
	Type       int             `json:"type"`
	ChannelID  string          `json:"channel_id"`
	GuildID    string          `json:"guild_id"`
	Author     wireUser        `json:"author"`
	Member     *wireMember     `json:"member"`
	WebhookID  string          `json:"webhook_id"`
	Content    string          `json:"content"`
	Flags      int             `json:"flags"`
	Mentions   []wireUser      `json:"mentions"`
	Components json.RawMessage `json:"components"`
	Referenced *wireMessage    `json:"referenced_message"`
	Meta       *struct {
		User wireUser `json:"user"`
	} `json:"interaction_metadata"`
}

// user is who made the interaction.
func (i *interaction) user() wireUser {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return *i.Member.User
	case i.User != nil:
		return *i.User
	}
	return wireUser{}
}

// option is the raw value of an option, of a subcommand too; nil when it was not given.
func (i *interaction) option(name string) json.RawMessage {
	options := i.Data.Options
	for len(options) == 1 && options[0].Value == nil {
		options = options[0].Options // of a subcommand
	}
	for _, o := range options {
		if o.Name == name {
			return o.Value
		}
	}
	return nil
}

// text is an option's text, "" when it was not given.
func (i *interaction) text(name string) string {
	var s string
	_ = json.Unmarshal(i.option(name), &s) // not given, or of another type than registered
	return s
}

func (i *interaction) flag(name string) bool {
	var b bool
	_ = json.Unmarshal(i.option(name), &b)
	return b
}

func (i *interaction) number(name string) int {
	var n int
	_ = json.Unmarshal(i.option(name), &n)
	return n
}

// subcommand is the name of the subcommand, or "".
func (i *interaction) subcommand() string {
	if o := i.Data.Options; len(o) == 1 && o[0].Value == nil {
		return o[0].Name
	}
	return ""
}

// focused is what has been typed so far into the option that wants completing.
func (i *interaction) focused() string {
	for _, o := range i.Data.Options {
		if o.Focused {
			var s string
			_ = json.Unmarshal(o.Value, &s)
			return s
		}
	}
	return ""
}

// entered is the text of a modal's one field.
func (i *interaction) entered() (text string) {
	walk(i.Data.Components, func(c *nested) bool {
		text = c.Value
		return true
	})
	return text
}

// isThread reports whether a channel of that type is a thread.
func isThread(channelType int) bool {
	return channelType == threadNews || channelType == threadPublic || channelType == threadPrivate
}

// hasThreads reports whether messages in a channel of that type can have threads.
func hasThreads(channelType int) bool {
	return channelType == channelText || channelType == channelNews
}

// has reports whether a string of permission bits has all of some.
func has(permissions string, bits uint64) bool {
	p, err := strconv.ParseUint(permissions, 10, 64)
	return err == nil && (p&permAdmin != 0 || p&bits == bits)
}

// direct reports whether only the user and the bot are where the interaction was
// made. Without a server it can be among other people, too.
func (i *interaction) direct() bool {
	if i.Context != nil {
		return *i.Context == contextBotDM
	}
	return i.GuildID == "" && i.Channel != nil && i.Channel.Type == channelDM
}

// opensThreads reports whether the bot is where the interaction was made, and may
// open threads there.
func (i *interaction) opensThreads() bool {
	_, installed := i.Owners["0"]
	return installed && i.GuildID != "" && has(i.AppPermissions, permView|permThreads|permSendThreads)
}

// present reports whether the bot itself, not only the user's app, is where the
// interaction was made, and may write there.
func (i *interaction) present() bool {
	if i.direct() {
		return true
	}
	if _, installed := i.Owners["0"]; !installed || i.GuildID == "" {
		return false
	}
	bits := uint64(permView | permSend)
	if i.Channel != nil && isThread(i.Channel.Type) {
		bits = permView | permSendThreads
	}
	return has(i.AppPermissions, bits)
}
