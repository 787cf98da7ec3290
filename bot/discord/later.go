package discord

import (
	"context"

	"parley/bot"
)

// amender is a place where what is shown can be changed.
type amender interface {
	amend(ctx context.Context, r *bot.Reply) error
}

var (
	_ amender = (*pendingReply)(nil)
	_ amender = (*mention)(nil)
)

// later shows what a reply has more of once it is there, in its place.
func (s *server) later(ctx context.Context, to reach, r bot.Request, reply *bot.Reply) {
	place, ok := to.(amender)
	if !ok || reply.Later == nil || s.stopping.Load() {
		return
	}
	more := reply.Later(ctx)
	if more == nil || s.stopping.Load() {
		return
	}
	if err := place.amend(ctx, more); err != nil {
		s.log.Info("reply not amended", "request", r.ID, "error", err)
	}
}

// amend changes a reply that is one message, where it is shown in the place of the
// answer.
func (p *pendingReply) amend(ctx context.Context, r *bot.Reply) error {
	parts := render(r, p.look)
	if len(parts) > 1 || !p.shown || p.state != stateOpen || r.Private && !p.private || p.thread != "" {
		return nil
	}
	return p.edit(ctx, parts[0])
}

// amend changes a reply that is one message, where it stands in the channel.
func (t *mention) amend(ctx context.Context, r *bot.Reply) error {
	parts := render(r, t.look)
	if len(parts) > 1 || t.first == "" || r.Private && t.m.GuildID != "" {
		return nil
	}
	return t.show(ctx, parts[0])
}
