package discord

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"parley/bot"
)

const (
	// ackTimeout bounds an acknowledgement: Discord takes none after 3 s.
	ackTimeout = 2 * time.Second
	// tokenLife is how long an interaction can be written to, of Discord's 15 minutes.
	tokenLife = 14*time.Minute + 30*time.Second
)

// way is how an interaction is answered.
type way int

const (
	asNew    way = iota // a message of its own, "thinking" until then
	asUpdate            // the message with the button changes
	asFirst             // the first response is the answer: forms
)

// state is what became of an acknowledgement.
type state int

const (
	stateOpen  state = iota // acknowledged, or it may have been
	stateDead               // Discord no longer knows the token
	stateTaken              // somebody else acknowledged it
)

// pendingReply is the reply to an interaction that waits for its answer. Its methods do not overlap.
type pendingReply struct {
	c       *client
	log     *slog.Logger
	i       *interaction
	way     way
	look    Look
	was     bool // the message that changes has content, which a message of components must not
	private bool // only the user sees what stands in the place of the answer
	born    time.Time

	thread string // ID of the thread that was opened; empty without
	state  state
	shown  bool // there is something of ours in that place
	taken  bool // somebody has deleted what was there
	last   message
}

// reach is a place where a reply can be shown, private or not.
type reach interface {
	draft(ctx context.Context, r *bot.Reply) error
	final(ctx context.Context, r *bot.Reply) error
	// waiting reports whether the place shows that an answer is on its way.
	waiting() bool
}

var (
	_ reach = (*pendingReply)(nil)
	_ reach = (*mention)(nil)
)

// errUnreachable says that there was no place where the reply may be shown.
var errUnreachable = errors.New("nowhere to show the reply")

// ack acknowledges the interaction, before anything else is done for it. What
// becomes of it is kept for the answer.
func (p *pendingReply) ack(ctx context.Context) error {
	r := response{Type: respondDeferred}
	switch {
	case p.way == asUpdate:
		r.Type = respondDeferredUpdate
		p.shown = true
	case p.private:
		r.Data = flags{flagEphemeral}
	}
	return p.respond(ctx, r)
}

// respond sends the first response.
func (p *pendingReply) respond(ctx context.Context, r response) error {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	err := p.c.do(ctx, http.MethodPost, "/interactions/"+p.i.ID+"/"+p.i.Token+"/callback", r, nil)
	switch {
	case code(err) == codeAcknowledged:
		p.state = stateTaken
	case status(err) != 0:
		p.state = stateDead // refused, for whatever reason; without a status it may have arrived
	}
	return err
}

func (p *pendingReply) hook() string     { return "/webhooks/" + p.i.ApplicationID + "/" + p.i.Token }
func (p *pendingReply) original() string { return p.hook() + "/messages/@original" }

// life ends requests when the token does.
func (p *pendingReply) life(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithDeadline(ctx, p.born.Add(tokenLife))
}

// draft shows an answer that is still being written.
func (p *pendingReply) draft(ctx context.Context, r *bot.Reply) error {
	if p.state != stateOpen || r.Private && !p.private {
		return nil // the final reply finds a place, or not
	}
	return p.edit(ctx, p.render(r, 0)[0])
}

// edit changes the message in the place of the answer, unless it is the same.
func (p *pendingReply) edit(ctx context.Context, m message) error {
	if p.shown && p.last.same(m) {
		return nil
	}
	ctx, cancel := p.life(ctx)
	defer cancel()
	out := m
	out.Was = p.was && m.V2
	if err := p.c.do(ctx, http.MethodPatch, p.original(), out.outgoing(), nil); err != nil {
		p.taken = p.state == stateOpen && code(err) == codeUnknownMessage
		return err
	}
	p.shown, p.was, p.last = true, false, m
	return nil
}

// errUnposted says that what is for all was not posted, although the reply says so.
var errUnposted = errors.New("not posted for all")

// final shows the reply. What is private is never shown where others see it. It
// goes before what is for all, which Discord would put in its place.
func (p *pendingReply) final(ctx context.Context, r *bot.Reply) error {
	err := p.main(ctx, r)
	if r.Public == nil {
		return err
	}
	posted, failed := p.public(ctx, sheet{Reply: r.Public, look: p.look, most: maxFollowups}.render())
	if failed == nil {
		return err
	}
	if s := status(failed); posted == 0 && s >= http.StatusBadRequest && s < http.StatusInternalServerError && r.Unposted != nil {
		r.Unposted(ctx)
	}
	return errors.Join(err, errUnposted, failed)
}

// render writes a reply as no more than so many messages.
func (p *pendingReply) render(r *bot.Reply, most int) []message {
	return sheet{Reply: r, look: p.look, most: most, thread: p.thread}.render()
}

func (p *pendingReply) waiting() bool {
	return p.way == asNew && p.state == stateOpen && !p.shown && !p.taken
}

func (p *pendingReply) main(ctx context.Context, r *bot.Reply) error {
	private := p.private || r.Private
	most := maxParts
	if private && !p.private {
		most = maxFollowups
	}
	parts := p.render(r, most)
	switch {
	case p.state == stateDead:
		return p.elsewhere(ctx, parts, private)
	case p.state == stateTaken && private && !p.ephemeral(ctx):
		// Whoever took it may have made a place that all see.
		return errUnreachable
	case private && !p.private:
		return p.whisper(ctx, parts)
	}
	err := p.edit(ctx, parts[0])
	switch {
	case gone(err) && p.way == asNew:
		return p.elsewhere(ctx, parts, private)
	case p.state == stateTaken && code(err) == codeUnknownMessage:
		err = p.follow(ctx, parts[0], private)
	}
	for _, m := range parts[1:] {
		err = errors.Join(err, p.follow(ctx, m, private))
	}
	return err
}

// whisper shows a private reply although the place of the answer is public:
// that one is taken away first, for Discord would put the reply into it.
func (p *pendingReply) whisper(ctx context.Context, parts []message) error {
	if p.way == asNew {
		ctx, cancel := p.life(ctx)
		defer cancel()
		if err := p.c.do(ctx, http.MethodDelete, p.original(), nil, nil); err != nil && status(err) != http.StatusNotFound {
			return err
		}
	}
	var err error
	for _, m := range parts {
		err = errors.Join(err, p.follow(ctx, m, true))
	}
	return err
}

// follow sends a further message.
func (p *pendingReply) follow(ctx context.Context, m message, private bool) error {
	ctx, cancel := p.life(ctx)
	defer cancel()
	out := m.outgoing()
	if private {
		out.Flags |= flagEphemeral
	}
	return p.c.do(ctx, http.MethodPost, p.hook(), out, nil)
}

// public sends messages for all to the channel, and counts those that got there.
func (p *pendingReply) public(ctx context.Context, parts []message) (posted int, err error) {
	for n, m := range parts {
		err := p.follow(ctx, m, false)
		if gone(err) {
			err = p.elsewhere(ctx, parts[n:], false)
			if err == nil {
				return len(parts), nil
			}
		}
		if err != nil {
			return n, err
		}
	}
	return len(parts), nil
}

// elsewhere answers in a normal message, where the bot may and all may see it.
func (p *pendingReply) elsewhere(ctx context.Context, parts []message, private bool) error {
	direct := p.i.GuildID == "" && p.i.present() // nobody else reads it
	if private && !direct || !p.i.present() {
		return errUnreachable
	}
	var err error
	for n, m := range parts {
		out := m.outgoing()
		out.Nonce, out.EnforceNonce = nonce(p.i.ID, n), true
		err = errors.Join(err, p.c.do(ctx, http.MethodPost, "/channels/"+p.i.ChannelID+"/messages", out, nil))
	}
	return err
}

// ephemeral asks Discord whether the place of the answer is private.
func (p *pendingReply) ephemeral(ctx context.Context) bool {
	var m wireMessage
	ctx, cancel := p.life(ctx)
	defer cancel()
	err := p.c.do(ctx, http.MethodGet, p.original(), nil, &m)
	return err == nil && m.Flags&flagEphemeral != 0
}

// The codes of an interaction, or an answer, that is no longer there.
const (
	codeUnknownMessage = 10008
	codeUnknownWebhook = 10015
	codeInvalidToken   = 50027
)

// gone reports whether an interaction's token is dead, or its time is over.
func gone(err error) bool {
	switch code(err) {
	case codeUnknownInteraction, codeUnknownWebhook, codeInvalidToken:
		return true
	}
	return false
}
