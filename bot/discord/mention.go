package discord

import (
	"context"
	"errors"
	"net/http"

	"parley/bot"
)

// mention is a message to the bot that wants an answer: one that mentions it,
// replies to it, or a direct message. Its methods do not overlap.
type mention struct {
	c     *client
	look  Look
	m     *wireMessage
	plain bool   // m stands for an interaction in another place: there is nothing to reply to
	first string // ID of our first message; empty before
	last  message
}

// typing shows that an answer is being written. It does not matter when it fails.
func (t *mention) typing(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	_ = t.c.do(ctx, http.MethodPost, "/channels/"+t.m.ChannelID+"/typing", nil, nil)
}

// waiting is false: all that is shown is that somebody types, for some seconds.
func (*mention) waiting() bool { return false }

// draft shows an answer that is still being written.
func (t *mention) draft(ctx context.Context, r *bot.Reply) error {
	if r.Private && t.m.GuildID != "" {
		return nil // only the final reply knows where it may be shown
	}
	return t.show(ctx, render(r, t.look)[0])
}

// show sends the first message, or changes it.
func (t *mention) show(ctx context.Context, m message) error {
	switch {
	case t.first == "":
		id, err := t.send(ctx, t.m.ChannelID, m, 0)
		if err != nil {
			return err
		}
		t.first = id
	case t.last.same(m):
		return nil
	default:
		if err := t.change(ctx, m); err != nil {
			return err
		}
	}
	t.last = m
	return nil
}

// change makes the first message another. A draft has no embeds, so that it may
// stand where the answer's are refused.
func (t *mention) change(ctx context.Context, m message) error {
	path := "/channels/" + t.m.ChannelID + "/messages/" + t.first
	err := t.c.do(ctx, http.MethodPatch, path, m.outgoing(), nil)
	if code(err) == codeMissingPermissions && len(m.Embeds) > 0 {
		err = t.c.do(ctx, http.MethodPatch, path, m.withoutEmbeds().outgoing(), nil)
	}
	return err
}

// final shows the reply. A private one goes to the user's direct messages.
func (t *mention) final(ctx context.Context, r *bot.Reply) error {
	parts := render(r, t.look)
	if r.Private && t.m.GuildID != "" {
		err := t.whisper(ctx, parts)
		if code(err) != codeNoDirect || r.Outcome != bot.Failed && r.Outcome != bot.Refused {
			return errors.Join(err, t.retract(ctx))
		}
		// The user takes no direct messages. All have seen the question, and
		// there is nothing to hide in why there is no answer.
	}
	err := t.show(ctx, parts[0])
	if t.m.GuildID != "" && t.first == "" && (code(err) == codeMissingPermissions || code(err) == codeMissingAccess) {
		// The bot may not write where it was asked: the answer is no secret, and
		// better told to one than to nobody.
		if dm := t.whisper(ctx, parts); dm != nil {
			return errors.Join(err, dm)
		}
		return nil
	}
	for n, m := range parts[1:] {
		_, more := t.send(ctx, t.m.ChannelID, m, n+1)
		err = errors.Join(err, more)
	}
	return err
}

// retract takes away a draft that all see.
func (t *mention) retract(ctx context.Context) error {
	if t.first == "" {
		return nil
	}
	return t.c.do(ctx, http.MethodDelete, "/channels/"+t.m.ChannelID+"/messages/"+t.first, nil, nil)
}

// whisper writes to the user alone.
func (t *mention) whisper(ctx context.Context, parts []message) error {
	var dm wireChannel
	in := map[string]string{"recipient_id": t.m.Author.ID}
	if err := t.c.do(ctx, http.MethodPost, "/users/@me/channels", in, &dm); err != nil {
		return err
	}
	var err error
	for n, m := range parts {
		_, more := t.send(ctx, dm.ID, m, n)
		err = errors.Join(err, more)
	}
	return err
}

// send posts a message, the first in the channel as a reply to the question.
func (t *mention) send(ctx context.Context, channel string, m message, part int) (id string, err error) {
	out := m.outgoing()
	out.Nonce, out.EnforceNonce = nonce(t.m.ID, part), true
	if part == 0 && channel == t.m.ChannelID && !t.plain {
		out.Reference = &reference{MessageID: t.m.ID}
	}
	var sent wireMessage
	err = t.c.do(ctx, http.MethodPost, "/channels/"+channel+"/messages", out, &sent)
	if c := code(err); c == codeMissingPermissions || c == codeCannotReply {
		// Perhaps only embeds, or replies, are not allowed here.
		plain := m.withoutEmbeds().outgoing()
		plain.Nonce, plain.EnforceNonce = out.Nonce, true
		err = t.c.do(ctx, http.MethodPost, "/channels/"+channel+"/messages", plain, &sent)
	}
	return sent.ID, err
}

// The codes after which a message may pass in another place, without its embed,
// or not as a reply.
const (
	codeMissingAccess      = 50001
	codeMissingPermissions = 50013
	codeNoDirect           = 50007  // the user takes no direct messages of the bot
	codeCannotReply        = 160002 // without the right to read the channel's history
)
