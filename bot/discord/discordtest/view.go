package discordtest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Message is what somebody sees of a message at one moment. It is not to be
// changed.
type Message struct {
	ID, ChannelID string
	AuthorID      string
	FromBot       bool
	Content       string // what is written: the content or, in a message of components of version 2, its texts, a line break between any two
	Embeds        []Embed
	Components    []Component // what can be used, flattened, in order
	Files         []string    // names
	Flags         int
	Ephemeral     bool
	Loading       bool   // "is thinking…"
	ReplyTo       string // a message's ID
	ThreadID      string // of the thread that starts here
	InteractionID string // of the interaction that it answers
	Edits         int
	EditTimes     []time.Time // of each edit
	Idle          int         // edits that changed nothing
	Deleted       bool
	Pinged        []string      // whom its texts have pinged: "everyone", "here", IDs of users and roles
	Shown         []string      // every text it ever had, oldest first, the present one last
	Age           time.Duration // since it was first there
	Raw           json.RawMessage
}

// Embed is an embed of a message.
type Embed struct {
	Title, Description, URL, Timestamp string
	Color                              int
	Author                             struct{ Name, URL string }
	Footer                             struct{ Text string }
	Fields                             []struct {
		Name, Value string
		Inline      bool
	}
}

// Component is a button, a select or an input of a message or modal.
type Component struct {
	Type        int
	Row         int // which row it stands in, from 0
	CustomID    string
	Label       string
	Style       int
	URL         string
	Placeholder string
	Value       string
	Required    bool
	Labelled    bool // a label stands around it, not a row
	Disabled    bool
	MinLength   int
	MaxLength   int
	Options     []Option
}

// Option is a choice of a select.
type Option struct {
	Label, Value, Description string
	Default                   bool
}

// Choice is what autocomplete offers.
type Choice struct {
	Name  string
	Value any
}

// Exists says whether there is such a message: what waits for one in vain
// returns the zero Message.
func (m Message) Exists() bool { return m.ID != "" }

// Component finds a component by its label, else by its custom_id or
// placeholder.
func (m Message) Component(name string) (Component, bool) { return find(m.Components, name) }

func find(all []Component, name string) (Component, bool) {
	for _, by := range []func(Component) string{
		func(c Component) string { return c.Label },
		func(c Component) string { return c.CustomID },
		func(c Component) string { return c.Placeholder },
	} {
		if i := slices.IndexFunc(all, func(c Component) bool { return by(c) == name }); i >= 0 {
			return all[i], true
		}
	}
	return Component{}, false
}

// Text is all that can be read in the message as it stands.
func (m Message) Text() string {
	if len(m.Shown) == 0 {
		return ""
	}
	return m.Shown[len(m.Shown)-1]
}

// view takes the picture, again only when something has changed: those who
// wait look often. Callers hold d.mu.
func (m *message) view() Message {
	if m.seen == nil {
		v := m.picture()
		m.seen = &v
	}
	v := *m.seen
	v.Age = time.Since(m.created)
	return v
}

func (m *message) picture() Message {
	v := Message{
		ID: m.id, ChannelID: m.channel.ID, AuthorID: m.author.ID, FromBot: m.author.bot, Content: m.written(),
		Embeds: embeds(m.embeds), Components: flatten(m.components), Files: slices.Clone(m.files), Flags: m.flags,
		Ephemeral: m.private != nil, Loading: m.flags&FlagLoading != 0, Edits: len(m.edits), Deleted: m.deleted,
		Pinged: slices.Clone(m.pinged), Shown: slices.Clone(m.shown),
		EditTimes: slices.Clone(m.edits), Idle: m.idle,
	}
	if m.replyTo != nil {
		v.ReplyTo = m.replyTo.id
	}
	if m.thread != nil {
		v.ThreadID = m.thread.ID
	}
	if m.interaction != nil {
		v.InteractionID = m.interaction.ID
	}
	v.Raw, _ = json.Marshal(m.payload())
	return v
}

func embeds(raw []any) []Embed {
	var out []Embed
	if b, err := json.Marshal(raw); err == nil {
		_ = json.Unmarshal(b, &out) // what does not fit has been refused before
	}
	return out
}

// written is what stands in the message itself, without embeds and labels.
func (m *message) written() string {
	if m.flags&FlagComponentsV2 == 0 {
		return m.content
	}
	return strings.Join(texts(m.components), "\n")
}

// texts are what text components show, at any depth, in order.
func texts(raw []any) []string {
	var out []string
	for _, o := range objects(raw) {
		if num(o, "type") == componentText {
			out = append(out, str(o, "content"))
		}
		out = append(out, texts(list(o, "components"))...)
	}
	return out
}

// flatten lists what can be used in rows, sections, containers and labels.
func flatten(raw []any) []Component {
	var out []Component
	row := 0
	var walk func(l []any, labelled bool)
	walk = func(l []any, labelled bool) {
		for _, o := range objects(l) {
			for _, key := range []string{"component", "accessory"} {
				if inner := sub(o, key); inner != nil {
					if label := str(o, "label"); label != "" && str(inner, "label") == "" {
						inner["label"] = label
					}
					walk([]any{inner}, key == "component")
				}
			}
			if inner := list(o, "components"); inner != nil {
				walk(inner, false)
				if num(o, "type") == componentRow {
					row++
				}
				continue
			}
			if !usable(num(o, "type")) {
				continue
			}
			c := Component{
				Type: num(o, "type"), Row: row, CustomID: str(o, "custom_id"), Label: str(o, "label"),
				Style: num(o, "style"), URL: str(o, "url"), Placeholder: str(o, "placeholder"), Value: str(o, "value"),
				Disabled: truth(o, "disabled"), MinLength: num(o, "min_length"), MaxLength: num(o, "max_length"),
				Required: !has(o, "required") || truth(o, "required"), Labelled: labelled,
			}
			for _, opt := range objects(list(o, "options")) {
				c.Options = append(c.Options, Option{
					Label: str(opt, "label"), Value: str(opt, "value"),
					Description: str(opt, "description"), Default: truth(opt, "default"),
				})
			}
			out = append(out, c)
		}
	}
	walk(raw, false)
	return out
}

// usable reports whether people do something with a component of a kind.
func usable(kind int) bool {
	return kind >= componentButton && kind < componentSection || kind > componentLabel
}

// text is all that can be read: content, embeds, labels, names of files.
func (m *message) text() string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	line(m.content)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			line(v)
		case []any:
			for _, e := range v {
				walk(e)
			}
		case object:
			for _, key := range []string{"author", "name", "title", "url", "description", "fields", "value", "text", "footer", "label", "content", "placeholder", "accessory", "component", "components", "options"} {
				walk(v[key])
			}
		}
	}
	walk(m.embeds)
	walk(m.components)
	for _, name := range m.files {
		line(name)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// visible says whether a user sees a message that is not deleted.
func (m *message) visible(u *User) bool {
	return (m.private == nil || m.private == u) && u.sees(m.channel)
}

// VisibleTo are the messages that a user sees in a channel, oldest first.
func (d *Discord) VisibleTo(u *User, c *Channel) []Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Message
	for _, m := range c.messages {
		if !m.deleted && m.visible(u) {
			out = append(out, m.view())
		}
	}
	return out
}

// SeenBy names the people, sorted, who could at any time read the text in any
// message of the bot, deleted ones and those before an edit included. It is
// how a test finds a leak.
func (d *Discord) SeenBy(text string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var names []string
	for _, m := range d.messages {
		if !m.author.bot || !slices.ContainsFunc(m.shown, func(s string) bool { return strings.Contains(s, text) }) {
			continue
		}
		for name, u := range d.names {
			if m.visible(u) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// BotMessages are all remembered messages of the bot, oldest first.
func (d *Discord) BotMessages() []Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Message
	for _, id := range d.order {
		if m := d.messages[id]; m.author.bot {
			out = append(out, m.view())
		}
	}
	return out
}

// Message is a message as it stands now, the zero one when it is forgotten.
func (d *Discord) Message(id string) Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.messages[id]; m != nil {
		return m.view()
	}
	return Message{}
}

// Await waits for a message in the channel of which ok is true, deleted ones
// left out, and returns the first. It fails the test when ctx ends before.
func (c *Channel) Await(ctx context.Context, ok func(Message) bool) Message {
	c.d.tb.Helper()
	var found Message
	err := c.d.await(ctx, &c.changed, func() bool {
		for _, m := range c.messages {
			if v := m.view(); !m.deleted && ok(v) {
				found = v
				return true
			}
		}
		return false
	})
	if err != nil {
		c.d.tb.Errorf("discordtest: no such message in %s: %v", c.Name, err)
	}
	return found
}

// ReplyTo waits until the bot's reply to a message, a reply by reference or
// else the bot's next one in the channel, stays unchanged for Options.Settle
// (or looks complete, see Options.Done).
func (d *Discord) ReplyTo(ctx context.Context, to Message) Message {
	d.tb.Helper()
	d.mu.Lock()
	c := d.channels[to.ChannelID]
	d.mu.Unlock()
	reply := c.Await(ctx, func(m Message) bool {
		return m.FromBot && !m.Loading && (m.ReplyTo == to.ID || m.ReplyTo == "" && later(m.ID, to.ID))
	})
	if !reply.Exists() {
		return reply
	}
	return d.settled(ctx, &c.changed, func() (Message, time.Time) {
		if m := d.messages[reply.ID]; m != nil {
			reply = m.view()
			return reply, m.since()
		}
		return reply, time.Time{}
	})
}

func later(a, b string) bool { return len(a) > len(b) || len(a) == len(b) && a > b }

// settled waits until what look shows, called with d.mu held, has not changed
// for Options.Settle or looks complete.
func (d *Discord) settled(ctx context.Context, s *signal, look func() (Message, time.Time)) Message {
	for {
		d.mu.Lock()
		now, since := look()
		changed := s.wait()
		d.mu.Unlock()
		rest := d.opts.Settle - time.Since(since)
		if rest <= 0 || d.opts.Done != nil && d.opts.Done(now) {
			return now
		}
		timer := time.NewTimer(rest)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			return now
		}
		timer.Stop()
	}
}

// since is when a message last changed.
func (m *message) since() time.Time {
	if m.edited.After(m.created) {
		return m.edited
	}
	return m.created
}
