package discordtest

import "net/http"

func (d *Discord) channelRoutes() []route {
	const messages = "/channels/{channel_id}/messages"
	return []route{
		{"GET", "/channels/{channel_id}", false, false, d.getChannel},
		{"PATCH", "/channels/{channel_id}", false, true, d.getChannel},
		{"POST", "/channels/{channel_id}/typing", false, false, d.typing},
		{"GET", messages, false, false, d.getMessages},
		{"POST", messages, false, true, d.createMessage},
		{"GET", messages + "/{message_id}", false, false, d.getMessage},
		{"PATCH", messages + "/{message_id}", false, true, d.editMessage},
		{"DELETE", messages + "/{message_id}", false, false, d.deleteMessage},
		{"POST", messages + "/{message_id}/threads", false, true, d.threadFromMessage},
		{"POST", "/channels/{channel_id}/threads", false, true, d.thread},
		{"POST", "/users/@me/channels", false, true, d.openDM},
	}
}

// channel finds the channel of a route and asks for rights in it.
func (c *call) channel(perms uint64) (*Channel, *apiError) {
	ch := c.d.channels[c.param("channel_id")]
	if ch == nil {
		c.d.violate(RuleUnknown, c.where, "no such channel")
		return nil, errUnknownChannel
	}
	if ch.guild == nil && !ch.with(c.d.bot) {
		c.d.violate(RulePermission, c.where, "a private channel without the bot")
		return nil, errMissingAccess
	}
	if err := ch.require(c.where, PermViewChannel|perms); err != nil {
		return nil, err
	}
	return ch, nil
}

// message finds the message of a route. Ephemeral ones cannot be reached so.
func (c *call) message(ch *Channel) (*message, *apiError) {
	m := c.d.messages[c.param("message_id")]
	if m == nil || m.channel != ch || m.deleted {
		return nil, errUnknownMessage
	}
	if m.private != nil {
		c.d.violate(RuleEphemeral, c.where, "the message is ephemeral")
		return nil, errUnknownMessage
	}
	return m, nil
}

// messageIn finds the channel of a route, in which the bot needs a right, and the
// message in it.
func (c *call) messageIn(right uint64) (*Channel, *message, *apiError) {
	ch, err := c.channel(right)
	if err != nil {
		return nil, nil, err
	}
	m, err := c.message(ch)
	return ch, m, err
}

func (d *Discord) getChannel(c *call) (*answer, *apiError) {
	ch, err := c.channel(0)
	if err != nil {
		return nil, err
	}
	return ok(ch.payload())
}

func (d *Discord) typing(c *call) (*answer, *apiError) {
	ch, err := c.channel(PermSendMessages)
	if err != nil {
		return nil, err
	}
	ch.typing++
	return nil, nil
}

func (d *Discord) getMessages(c *call) (*answer, *apiError) {
	ch, err := c.channel(PermReadHistory)
	if err != nil {
		return nil, err
	}
	const most = 50 // Discord's default
	out := []any{}
	for i := len(ch.messages) - 1; i >= 0 && len(out) < most; i-- {
		if m := ch.messages[i]; !m.deleted && m.private == nil {
			out = append(out, m.restPayload())
		}
	}
	return ok(out)
}

// restPayload is a message as REST gives it: the same rule about content.
func (m *message) restPayload() object {
	o := m.payload()
	if !m.open(m.d.opts.Privileged) {
		hide(o)
	}
	return o
}

func (d *Discord) getMessage(c *call) (*answer, *apiError) {
	_, m, err := c.messageIn(PermReadHistory)
	if err != nil {
		return nil, err
	}
	return ok(m.restPayload())
}

// sending are the rights that a message needs.
func (c *call) sending(ch *Channel) uint64 {
	perms := PermSendMessages
	if ch.parent != nil {
		perms = PermSendMessagesInThreads
	}
	if len(list(c.object(), "embeds")) > 0 {
		perms |= PermEmbedLinks
	}
	if len(c.files) > 0 {
		perms |= PermAttachFiles
	}
	return perms
}

func (d *Discord) createMessage(c *call) (*answer, *apiError) {
	ch := d.channels[c.param("channel_id")]
	if ch != nil {
		if _, err := c.channel(c.sending(ch)); err != nil {
			return nil, err
		}
	} else if _, err := c.channel(0); err != nil {
		return nil, err
	}
	body := c.object()
	if err := c.heed(checkMessage(body, c.files, useCreate, nil)); err != nil {
		return nil, err
	}
	m := &message{d: d, channel: ch, author: d.bot}
	if truth(body, "enforce_nonce") {
		m.nonce = str(body, "nonce")
		for _, old := range ch.messages { // Discord looks back some minutes
			if m.nonce != "" && old.nonce == m.nonce && old.author == d.bot {
				return ok(old.payload())
			}
		}
	}
	if ref := sub(body, "message_reference"); ref != nil {
		if ch.require(c.where, PermReadHistory) != nil {
			return nil, errCannotReply
		}
		to := d.messages[str(ref, "message_id")]
		exists := to != nil && to.channel == ch && !to.deleted && to.private == nil
		if fail, given := ref["fail_if_not_exists"].(bool); !exists && (!given || fail) {
			d.violate(RuleUnknown, c.where, "a reply to a message that is not there")
			return nil, errForm.with(object{"message_reference": object{"_errors": []any{
				object{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"},
			}}})
		}
		if exists {
			m.replyTo, m.kind = to, messageReply
		}
	}
	d.addMessage(m)
	m.fill(body, c.files)
	m.tell("MESSAGE_CREATE")
	return ok(m.payload())
}

func (d *Discord) editMessage(c *call) (*answer, *apiError) {
	var perms uint64
	if len(list(c.object(), "embeds")) > 0 {
		perms = PermEmbedLinks
	}
	_, m, err := c.messageIn(perms)
	if err != nil {
		return nil, err
	}
	if m.author != d.bot {
		d.violate(RulePermission, c.where, "another's message")
		return nil, errOthersMessage
	}
	if err := c.heed(checkMessage(c.object(), c.files, useEdit, m)); err != nil {
		return nil, err
	}
	m.edit(c.object(), c.files)
	return ok(m.payload())
}

func (d *Discord) deleteMessage(c *call) (*answer, *apiError) {
	ch, m, err := c.messageIn(0)
	if err != nil {
		return nil, err
	}
	if m.author != d.bot {
		if err := ch.require(c.where, PermManageMessages); err != nil {
			return nil, err
		}
	}
	m.remove()
	return nil, nil
}

func (d *Discord) threadFromMessage(c *call) (*answer, *apiError) {
	ch, m, err := c.messageIn(PermCreatePublicThreads)
	if err != nil {
		return nil, err
	}
	if m.thread != nil {
		return nil, errThreadExists
	}
	return d.startThread(c, ch, m)
}

func (d *Discord) thread(c *call) (*answer, *apiError) {
	ch, err := c.channel(PermCreatePublicThreads)
	if err != nil {
		return nil, err
	}
	return d.startThread(c, ch, nil)
}

func (d *Discord) startThread(c *call, ch *Channel, m *message) (*answer, *apiError) {
	name := str(c.object(), "name")
	if n := length(name); n == 0 || n > 100 {
		return nil, c.heed([]problem{refuse(RuleThread, "name of %d characters", n)})
	}
	if ch.guild == nil || ch.parent != nil {
		return nil, c.heed([]problem{refuse(RuleThread, "a thread cannot start in a DM or a thread")})
	}
	t := d.addChannel(&Channel{Name: name, Type: TypePublicThread, guild: ch.guild, parent: ch})
	if m != nil {
		// A thread that starts from a message has the message's ID.
		delete(d.channels, t.ID)
		t.ID = m.id
		d.channels[t.ID] = t
		m.thread, m.seen = t, nil
		m.flags |= FlagHasThread
	}
	d.dispatch(ch.guild, intentGuilds, "THREAD_CREATE", func(int) object {
		o := t.payload()
		o["newly_created"] = true
		return o
	})
	ch.changed.wake()
	return &answer{http.StatusCreated, t.payload()}, nil
}

func (d *Discord) openDM(c *call) (*answer, *apiError) {
	u := d.users[str(c.object(), "recipient_id")]
	switch {
	case u == nil:
		d.violate(RuleUnknown, c.where, "no such user")
		return nil, errUnknownUser
	case u.bot:
		d.violate(RulePermission, c.where, "a DM with itself")
		return nil, errCannotDM
	}
	return ok(d.dm(u).payload())
}
