package discordtest

import (
	"bytes"
	"fmt"
	"slices"
	"time"
)

// Message flags.
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagHasThread             = 1 << 5
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagComponentsV2          = 1 << 15
)

// Message types.
const (
	messageDefault     = 0
	messageReply       = 19
	messageCommand     = 20
	messageContextMenu = 23
)

// message is one as Discord keeps it. d.mu guards it.
type message struct {
	d           *Discord
	id          string
	channel     *Channel
	author      *User
	kind        int
	content     string
	embeds      []any
	components  []any
	flags       int
	files       []string
	private     *User // the only one who sees it, nil = everyone
	deleted     bool
	interaction *Interaction
	nonce       string // given with enforce_nonce
	replyTo     *message
	pingsReply  bool
	thread      *Channel
	created     time.Time
	edited      time.Time
	edits       []time.Time
	idle        int // edits that changed nothing
	pinged      []string
	shown       []string // every text it ever had, oldest first
	seen        *Message // what view returned last, nil after a change
}

// addMessage puts a message into its channel. Callers hold d.mu.
func (d *Discord) addMessage(m *message) *message {
	m.d, m.id, m.created = d, d.id(), time.Now()
	m.channel.messages = append(m.channel.messages, m)
	d.messages[m.id] = m
	d.order = append(d.order, m.id)
	m.remember()
	d.forget()
	return m
}

// forget drops the oldest messages and interactions over Options.Keep.
// Callers hold d.mu.
func (d *Discord) forget() {
	keep := d.opts.Keep
	if keep <= 0 {
		return
	}
	// Dropping a tenth at a time makes the copying rare.
	if len(d.order) > keep+keep/10 {
		for _, id := range d.order[:len(d.order)-keep] {
			m := d.messages[id]
			delete(d.messages, id)
			if i := slices.Index(m.channel.messages, m); i >= 0 {
				m.channel.messages = slices.Delete(m.channel.messages, i, i+1)
			}
		}
		d.order = slices.Clone(d.order[len(d.order)-keep:])
	}
	if len(d.asked) > keep+keep/10 {
		for _, id := range d.asked[:len(d.asked)-keep] {
			d.interactions[id].checkUnanswered()
			delete(d.interactions, id)
		}
		d.asked = slices.Clone(d.asked[len(d.asked)-keep:])
	}
}

// remember notes the text that is now on people's screens. Callers hold d.mu.
func (m *message) remember() {
	if text := m.text(); text != "" && (len(m.shown) == 0 || m.shown[len(m.shown)-1] != text) {
		m.shown = append(m.shown, text)
	}
}

// fill sets what a request's body says. Keys that are not there stay as they
// are, as in an edit.
func (m *message) fill(body object, files []string) {
	m.seen = nil
	if _, ok := body["content"]; ok {
		m.content = str(body, "content")
	}
	if _, ok := body["embeds"]; ok {
		m.embeds = list(body, "embeds")
	}
	if _, ok := body["components"]; ok {
		m.components = list(body, "components")
	}
	if has(body, "flags") {
		keep := m.flags & (FlagEphemeral | FlagHasThread | FlagComponentsV2)
		m.flags = num(body, "flags") | keep
	}
	m.files = append(m.files, files...)
	m.flags &^= FlagLoading
	if pinged := m.d.pings(m, body); len(pinged) > 0 {
		m.pinged = append(m.pinged, pinged...)
		m.d.violate(RuleMentions, "message "+m.id, "pinged %v", pinged)
	}
	m.remember()
}

// edit changes a message and tells the bot.
func (m *message) edit(body object, files []string) {
	before := marshal([]any{m.content, m.embeds, m.components, m.flags})
	m.fill(body, files)
	if bytes.Equal(before, marshal([]any{m.content, m.embeds, m.components, m.flags})) {
		m.idle++
	}
	m.edited = time.Now()
	m.edits = append(m.edits, m.edited)
	m.seen = nil
	m.tell("MESSAGE_UPDATE")
}

// remove deletes a message.
func (m *message) remove() {
	m.seen = nil
	m.deleted = true
	m.dispatch("MESSAGE_DELETE", func(int) object {
		o := object{"id": m.id, "channel_id": m.channel.ID}
		if m.guild() != nil {
			o["guild_id"] = m.guild().ID
		}
		return o
	})
}

// tell announces a message to the bot and to those who wait.
func (m *message) tell(event string) {
	m.dispatch(event, m.event)
	if m.interaction != nil {
		m.interaction.touch()
	}
}

// guild is the server that an event about the message names. Ephemeral ones go
// to the bot and the user directly, as if it were a DM.
func (m *message) guild() *Guild {
	if m.private != nil {
		return nil
	}
	return m.channel.guild
}

func (m *message) dispatch(event string, data func(intents int) object) {
	intent := intentGuildMessages
	if m.guild() == nil {
		intent = intentDirectMessages
	}
	if m.channel.permissions()&PermViewChannel != 0 {
		m.d.dispatch(m.guild(), intent, event, data)
	}
	m.channel.changed.wake()
	m.d.changed.wake()
}

// payload is the message object with all its content.
func (m *message) payload() object {
	o := object{
		"id": m.id, "channel_id": m.channel.ID, "author": m.author.payload(), "content": m.content,
		"timestamp": stamp(m.created), "edited_timestamp": nil, "tts": false, "mention_everyone": false,
		"mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "pinned": false, "type": m.kind,
		"embeds": nonNil(m.embeds), "components": nonNil(m.components), "flags": m.flags,
	}
	if len(m.edits) > 0 {
		o["edited_timestamp"] = stamp(m.edited)
	}
	if m.mentionsBot() {
		o["mentions"] = []any{m.d.bot.payload()}
	}
	if len(m.files) > 0 {
		var files []any
		for i, name := range m.files {
			files = append(files, object{"id": fmt.Sprint(i), "filename": name, "size": 1, "url": "", "proxy_url": ""})
		}
		o["attachments"] = files
	}
	if m.author.bot {
		o["application_id"] = m.d.appID
	}
	if m.interaction != nil {
		o["webhook_id"] = m.d.appID
		o["interaction_metadata"] = object{
			"id": m.interaction.ID, "type": m.interaction.kind, "user": m.interaction.User.payload(),
			"authorizing_integration_owners": m.interaction.owners(),
		}
	}
	if m.thread != nil {
		o["thread"] = m.thread.payload()
	}
	if m.replyTo != nil {
		ref := object{"message_id": m.replyTo.id, "channel_id": m.channel.ID, "type": 0}
		if m.channel.guild != nil {
			ref["guild_id"] = m.channel.guild.ID
		}
		o["message_reference"] = ref
		if m.replyTo.deleted {
			o["referenced_message"] = nil
		} else {
			under := *m.replyTo
			under.replyTo = nil // Discord nests once
			o["referenced_message"] = under.payload()
		}
	}
	return o
}

func nonNil(l []any) []any {
	if l == nil {
		return []any{}
	}
	return l
}

// event is the message as a gateway session with these intents sees it: without
// the message content intent, only what is the bot's business has content.
func (m *message) event(intents int) object {
	o := m.payload()
	if g := m.guild(); g != nil {
		o["guild_id"] = g.ID
		if !m.author.bot {
			o["member"] = m.author.member(g, nil)
		}
	}
	if !m.open(intents) {
		hide(o)
	}
	if ref, ok := o["referenced_message"].(object); ok && !m.replyTo.open(intents) {
		hide(ref)
	}
	return o
}

func hide(o object) {
	o["content"], o["embeds"], o["attachments"], o["components"] = "", []any{}, []any{}, []any{}
}

// open says whether a session with these intents sees a message's content.
func (m *message) open(intents int) bool {
	return m.author.bot || m.channel.guild == nil || m.mentionsBot() || intents&IntentMessageContent != 0
}

// mentionsBot says whether a person's message mentions the bot: in its text,
// or as a reply with a ping to a message that is no answer to an interaction.
func (m *message) mentionsBot() bool {
	if m.author.bot {
		return false
	}
	if mentioned(m.content, m.d.bot.ID) {
		return true
	}
	return m.pingsReply && m.replyTo != nil && m.replyTo.author.bot && m.replyTo.interaction == nil
}
