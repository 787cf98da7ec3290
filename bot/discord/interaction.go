package discord

import (
	"context"
	"net/http"
	"time"

	"parley/bot"
)

// formTime is how long making a form may take: it is the first response, which
// Discord takes for 3 s.
const formTime = 1500 * time.Millisecond

// interaction answers an interaction: first of all it acknowledges, and says so
// by sent.
func (s *server) interaction(ctx context.Context, i *interaction, sent func()) {
	r, way, ok := s.request(i)
	p := &pendingReply{c: s.c, log: s.log, i: i, way: way, look: s.opts.Look, private: r.Private, born: time.Now()}
	if way == asUpdate {
		p.look, p.was = i.lookOfMessage(s.opts.Look)
	}
	switch {
	case i.Type == typeAutocomplete:
		s.complete(ctx, p, r)
		return
	case !ok:
		s.expired(ctx, p, r)
		return
	case way == asFirst:
		s.open(ctx, p, r)
		return
	}
	err := p.ack(whenWritten(ctx, sent))
	sent()
	if p.state == stateTaken {
		s.log.Error("answered by another process: a second one runs with this token", "request", r.ID, "kind", string(r.Kind))
	} else if err != nil {
		s.log.Warn("not acknowledged", "request", r.ID, "kind", string(r.Kind), "error", err)
	}
	s.answer(ctx, p, r)
}

// request is what an interaction asks for and how to answer it. It is not ok
// for a button or form that is not ours.
func (s *server) request(i *interaction) (r bot.Request, how way, ok bool) {
	who := i.user()
	r = bot.Request{ID: requestID(i.ID), Locale: i.Locale, Unseen: true, User: bot.User{ID: who.ID, Name: who.called()}, Place: bot.Place{
		Guild: i.GuildID, Channel: i.ChannelID, Direct: i.direct(),
	}}
	if i.Member != nil {
		r.User.Roles, r.User.Manager = i.Member.Roles, has(i.Member.Permissions, permManage)
	}
	if i.Channel != nil {
		r.Place.Thread, r.Place.NoThreads = isThread(i.Channel.Type), !hasThreads(i.Channel.Type) || !i.opensThreads()
	}
	switch i.Type {
	case typeCommand:
		ok = command(i, &r)
	case typeComponent:
		var update bool
		var err error
		r.Kind = bot.Press
		r.Action, update, err = parseID(i.Data.CustomID)
		ok = err == nil
		// What a button makes is for who pressed it; questions go where the answer is.
		r.Private = true
		switch {
		case r.Action.OpensForm():
			how = asFirst
			r.Private = i.onPrivate()
		case update && i.ownMessage():
			how = asUpdate
			r.Private = i.onPrivate()
		case r.Action.Asks():
			r.Private = i.onPrivate()
		}
	case typeModal:
		var err error
		r.Kind, r.Text = bot.Submit, i.entered()
		r.Action, _, err = parseID(i.Data.CustomID)
		ok = err == nil
		r.Private = r.Action.Verb != bot.FollowUp || i.onPrivate()
	}
	if !ok {
		r.Private = true
	}
	return r, how, ok
}

// onPrivate reports whether a button stands under a message that its user alone sees.
func (i *interaction) onPrivate() bool {
	return i.Message != nil && i.Message.Flags&flagEphemeral != 0
}

// ownMessage reports whether a message may change because its button was pressed:
// it is private, or it was made for who pressed it.
func (i *interaction) ownMessage() bool {
	return i.onPrivate() || i.Message != nil && i.Message.Meta != nil && i.Message.Meta.User.ID == i.user().ID
}

// lookOfMessage is how the message with the button is to look when it changes: one of
// components stays one, another becomes one where that is wanted, which it reports.
func (i *interaction) lookOfMessage(wanted Look) (look Look, was bool) {
	if i.Message.Flags&flagComponents != 0 {
		return Components, false
	}
	return wanted, wanted == Components
}

// command reads a command; false is one that parley does not have.
func command(i *interaction, r *bot.Request) bool {
	if i.Data.Type == commandMessage {
		r.Kind, r.Private = bot.Check, true
		r.Text = i.Data.Resolved.Messages[i.Data.TargetID].Content
		return true
	}
	switch i.Data.Name {
	case "ask":
		r.Kind, r.Text, r.Private = bot.Ask, i.text("question"), i.flag("private")
		r.Filter = bot.Filter{Article: i.text("article"), Since: i.text("since"), Until: i.text("until")}
	case "cite":
		r.Kind, r.Text, r.Private = bot.Cite, i.text("statement"), i.flag("private")
	case "sources":
		r.Kind, r.Text, r.Private = bot.Sources, i.text("topic"), true
	case "forget":
		r.Kind, r.Private = bot.Forget, true
	case "help":
		r.Kind, r.Private = bot.Help, true
	case "about":
		r.Kind, r.Private = bot.About, true
	case "corpus":
		r.Private = true
		switch i.subcommand() {
		case "reload":
			r.Kind = bot.Reload
		case "status":
			r.Kind = bot.Status
		case "gaps":
			r.Kind, r.Days = bot.Gaps, i.number("days")
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// complete suggests articles for what is being typed.
func (s *server) complete(ctx context.Context, p *pendingReply, r bot.Request) {
	r.Kind, r.Text = bot.Complete, p.i.focused()
	ctx, cancel := context.WithTimeout(ctx, formTime)
	defer cancel()
	reply := s.handle(ctx, r)
	if err := p.respond(context.WithoutCancel(ctx), response{respondChoices, suggestions(reply.Choices)}); err != nil {
		s.log.Info("suggestions not shown", "request", r.ID, "error", err)
	}
}

// open answers a press with a form, or says why there is none.
func (s *server) open(ctx context.Context, p *pendingReply, r bot.Request) {
	handling, cancel := context.WithTimeout(ctx, formTime)
	defer cancel()
	reply := s.handle(handling, r)
	if reply.Form != nil {
		err := p.respond(ctx, response{respondModal, form(reply.Form)})
		if err != nil {
			s.log.Warn("form not shown", "request", r.ID, "error", err)
		}
		if reply.After != nil {
			reply.After(ctx)
		}
		return
	}
	s.first(ctx, p, r, reply)
}

// first gives a reply as the first response, for the user alone.
func (s *server) first(ctx context.Context, p *pendingReply, r bot.Request, reply *bot.Reply) {
	out := render(reply, s.opts.Look)[0].outgoing()
	out.Flags |= flagEphemeral
	if err := p.respond(ctx, response{respondMessage, out}); err != nil {
		s.log.Warn("reply not shown", "request", r.ID, "kind", string(r.Kind), "error", err)
	}
}

// expired answers what parley does not know, or no longer: commands and buttons
// of another version.
func (s *server) expired(ctx context.Context, p *pendingReply, r bot.Request) {
	s.log.Info("unknown interaction", "request", r.ID, "type", p.i.Type, "name", p.i.Data.Name)
	r.Kind = bot.Press // of nothing that is stored: the bot says that it has expired
	s.first(ctx, p, r, s.handle(ctx, r))
}

// openThread opens a thread for an answer and has its first message written. It
// returns the reply to show where the thread was asked for.
func (s *server) openThread(ctx context.Context, to reach, r bot.Request, reply *bot.Reply) *bot.Reply {
	p, ok := to.(*pendingReply)
	if !ok || p.i.Message == nil || p.i.onPrivate() {
		s.log.Error("no message to open a thread at", "request", r.ID)
		return s.opts.Bot.Apology(r.Locale, r.ID)
	}
	id, fresh, err := s.c.thread(ctx, p.i.ChannelID, p.i.Message.ID, reply.Thread.Name)
	if err != nil {
		s.log.Warn("thread not opened", "request", r.ID, "error", err)
		if status(err) == http.StatusForbidden {
			return s.opts.Bot.NoThread(r.Locale) // the right was taken away since the button was shown
		}
		return s.opts.Bot.Apology(r.Locale, r.ID)
	}
	s.channels.add(id, threadPublic)
	if fresh {
		r.Kind, r.Action, r.Progress, r.Private = bot.Thread, reply.Thread.Action, nil, false
		r.Place.Channel, r.Place.Thread = id, true
		into := &mention{c: s.c, look: s.opts.Look, m: &wireMessage{ID: p.i.ID, ChannelID: id, GuildID: r.Place.Guild, Author: wireUser{ID: r.User.ID}}, plain: true}
		s.show(ctx, into, r, s.handle(ctx, r))
	}
	p.thread = id
	return reply
}

// thread opens a thread at a message. A message has one at most, with its own ID.
func (c *client) thread(ctx context.Context, channel, at, name string) (id string, fresh bool, err error) {
	in := struct {
		Name string `json:"name"`
	}{threadName(name)}
	var got wireChannel
	err = c.do(ctx, http.MethodPost, "/channels/"+channel+"/messages/"+at+"/threads", in, &got)
	if code(err) == codeThreadExists {
		return at, false, nil
	}
	return got.ID, err == nil, err
}
