package discord

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
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

// ticket is one interaction that wants an answer. Its methods do not overlap.
type ticket struct {
	c       *client
	log     *slog.Logger
	i       *interaction
	way     way
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
	_ reach = (*ticket)(nil)
	_ reach = (*mention)(nil)
)

// errUnreachable says that there was no place where the reply may be shown.
var errUnreachable = errors.New("nowhere to show the reply")

// ack acknowledges the interaction, before anything else is done for it. What
// becomes of it is kept for the answer.
func (t *ticket) ack(ctx context.Context) error {
	r := response{Type: respondDeferred}
	switch {
	case t.way == asUpdate:
		r.Type = respondDeferredUpdate
		t.shown = true
	case t.private:
		r.Data = flags{flagEphemeral}
	}
	return t.respond(ctx, r)
}

// respond sends the first response.
func (t *ticket) respond(ctx context.Context, r response) error {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	err := t.c.do(ctx, http.MethodPost, "/interactions/"+t.i.ID+"/"+t.i.Token+"/callback", r, nil)
	switch {
	case code(err) == codeAcknowledged:
		t.state = stateTaken
	case status(err) != 0:
		t.state = stateDead // refused, for whatever reason; without a status it may have arrived
	}
	return err
}

func (t *ticket) hook() string     { return "/webhooks/" + t.i.ApplicationID + "/" + t.i.Token }
func (t *ticket) original() string { return t.hook() + "/messages/@original" }

// life ends requests when the token does.
func (t *ticket) life(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithDeadline(ctx, t.born.Add(tokenLife))
}

// draft shows an answer that is still being written.
func (t *ticket) draft(ctx context.Context, r *bot.Reply) error {
	if t.state != stateOpen || r.Private && !t.private {
		return nil // the final reply finds a place, or not
	}
	return t.edit(ctx, render(r)[0])
}

// edit changes the message in the place of the answer, unless it is the same.
func (t *ticket) edit(ctx context.Context, m message) error {
	if t.shown && t.last.same(m) {
		return nil
	}
	ctx, cancel := t.life(ctx)
	defer cancel()
	if err := t.c.do(ctx, http.MethodPatch, t.original(), m.outgoing(), nil); err != nil {
		t.taken = t.state == stateOpen && code(err) == codeUnknownMessage
		return err
	}
	t.shown, t.last = true, m
	return nil
}

// errUnposted says that what is for all was not posted, although the reply says so.
var errUnposted = errors.New("not posted for all")

// final shows the reply. What is private is never shown where others see it. It
// goes before what is for all, which Discord would put in its place.
func (t *ticket) final(ctx context.Context, r *bot.Reply) error {
	err := t.main(ctx, r)
	if r.Public == nil {
		return err
	}
	posted, failed := t.public(ctx, renderWithin(r.Public, maxFollowups))
	if failed == nil {
		return err
	}
	if s := status(failed); posted == 0 && s >= http.StatusBadRequest && s < http.StatusInternalServerError && r.Unposted != nil {
		r.Unposted(ctx)
	}
	return errors.Join(err, errUnposted, failed)
}

func (t *ticket) waiting() bool {
	return t.way == asNew && t.state == stateOpen && !t.shown && !t.taken
}

func (t *ticket) main(ctx context.Context, r *bot.Reply) error {
	private := t.private || r.Private
	parts := render(r)
	if private && !t.private {
		parts = renderWithin(r, maxFollowups)
	}
	if t.thread != "" {
		parts[0].Content = strings.TrimPrefix(strings.TrimPrefix(parts[0].Content, nothing)+"\n<#"+t.thread+">", "\n") // shown as a link to it
	}
	switch {
	case t.state == stateDead:
		return t.elsewhere(ctx, parts, private)
	case t.state == stateTaken && private && !t.ephemeral(ctx):
		// Whoever took it may have made a place that all see.
		return errUnreachable
	case private && !t.private:
		return t.whisper(ctx, parts)
	}
	err := t.edit(ctx, parts[0])
	switch {
	case gone(err) && t.way == asNew:
		return t.elsewhere(ctx, parts, private)
	case t.state == stateTaken && code(err) == codeUnknownMessage:
		err = t.follow(ctx, parts[0], private)
	}
	for _, m := range parts[1:] {
		err = errors.Join(err, t.follow(ctx, m, private))
	}
	return err
}

// whisper shows a private reply although the place of the answer is public:
// that one is taken away first, for Discord would put the reply into it.
func (t *ticket) whisper(ctx context.Context, parts []message) error {
	if t.way == asNew {
		ctx, cancel := t.life(ctx)
		defer cancel()
		if err := t.c.do(ctx, http.MethodDelete, t.original(), nil, nil); err != nil && status(err) != http.StatusNotFound {
			return err
		}
	}
	var err error
	for _, m := range parts {
		err = errors.Join(err, t.follow(ctx, m, true))
	}
	return err
}

// follow sends a further message.
func (t *ticket) follow(ctx context.Context, m message, private bool) error {
	ctx, cancel := t.life(ctx)
	defer cancel()
	out := m.outgoing()
	if private {
		out.Flags = flagEphemeral
	}
	return t.c.do(ctx, http.MethodPost, t.hook(), out, nil)
}

// public sends messages for all to the channel, and counts those that got there.
func (t *ticket) public(ctx context.Context, parts []message) (posted int, err error) {
	for n, m := range parts {
		err := t.follow(ctx, m, false)
		if gone(err) {
			err = t.elsewhere(ctx, parts[n:], false)
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
func (t *ticket) elsewhere(ctx context.Context, parts []message, private bool) error {
	direct := t.i.GuildID == "" && t.i.present() // nobody else reads it
	if private && !direct || !t.i.present() {
		return errUnreachable
	}
	var err error
	for n, m := range parts {
		out := m.outgoing()
		out.Nonce, out.EnforceNonce = nonce(t.i.ID, n), true
		err = errors.Join(err, t.c.do(ctx, http.MethodPost, "/channels/"+t.i.ChannelID+"/messages", out, nil))
	}
	return err
}

// ephemeral asks Discord whether the place of the answer is private.
func (t *ticket) ephemeral(ctx context.Context) bool {
	var m wireMessage
	ctx, cancel := t.life(ctx)
	defer cancel()
	err := t.c.do(ctx, http.MethodGet, t.original(), nil, &m)
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
