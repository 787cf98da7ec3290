package discordtest

// Say posts a message.
func (u *User) Say(c *Channel, text string) Message {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	return u.post(&message{channel: c, author: u, content: text})
}

// Reply posts a message that replies to another, with or without a ping to its
// author.
func (u *User) Reply(to Message, text string, ping bool) Message {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	if u.d.channels[to.ChannelID] == nil {
		u.d.tb.Errorf("discordtest: %s replies to a message that does not exist", u.Name)
		return Message{}
	}
	return u.post(&message{
		channel: u.d.channels[to.ChannelID], author: u, content: text, kind: messageReply,
		replyTo: u.d.messages[to.ID], pingsReply: ping,
	})
}

func (u *User) post(m *message) Message {
	u.d.addMessage(m)
	m.tell("MESSAGE_CREATE")
	return m.view()
}

// Edit changes the text of one of the user's messages.
func (u *User) Edit(own Message, text string) {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	if m := u.d.messages[own.ID]; m != nil && m.author == u {
		m.edit(object{"content": text}, nil)
	}
}

// Delete removes one of the user's messages, as its author or a moderator can.
func (u *User) Delete(target Message) {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	if m := u.d.messages[target.ID]; m != nil {
		m.remove()
	}
}

// Thread is the channel of a thread that started from a message, nil when
// there is none.
func (d *Discord) Thread(from Message) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.messages[from.ID]; m != nil {
		return m.thread
	}
	return nil
}
