package discord

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
)

// brittle is a place that cannot show what is not an apology.
type brittle struct{ shown []*bot.Reply }

func (*brittle) waiting() bool { return false }

func (b *brittle) draft(context.Context, *bot.Reply) error { panic("draft") }

func (b *brittle) final(_ context.Context, r *bot.Reply) error {
	if r.Outcome != bot.Failed {
		panic("final")
	}
	b.shown = append(b.shown, r)
	return nil
}

// TestPanicWhileShowing guards that a panic in writing a reply, or a draft of
// one, ends in an apology: a draft's goroutine would end the process.
func TestPanicWhileShowing(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T) {
		to := &brittle{}
		s := newServer(&client{}, "2", Options{Log: quiet, Bot: newBot(t), Handler: handler(func(ctx context.Context, r bot.Request) *bot.Reply {
			r.Progress(said(r, "so far"))
			time.Sleep(50 * time.Millisecond)
			return echo(ctx, r)
		})})
		s.answer(t.Context(), to, bot.Request{ID: "abc"})
		if len(to.shown) != 1 || to.shown[0].Outcome != bot.Failed {
			t.Errorf("shown was %+v, want an apology", to.shown)
		}
		if n := s.panics.Load(); n != 2 {
			t.Errorf("%d panics are counted, want 2", n)
		}
	})
}

// TestNoDirectMessages guards that somebody who takes no direct messages hears
// all the same that a question in public could not be answered.
func TestNoDirectMessages(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(func(_ context.Context, r bot.Request) *bot.Reply {
		reply := said(r, "sorry for "+r.Text)
		reply.Private = true
		if r.Text == "boom" {
			reply.Outcome = bot.Failed
		}
		return reply
	}), discordtest.Options{}, nil)
	ctx := within(t, 10*time.Second)
	l.Fault(discordtest.Fault{Path: "/channels/" + l.DM(l.user).ID + "/messages", Times: -1, Status: http.StatusForbidden, Code: codeNoDirect})
	l.user.Say(l.channel, l.Mention()+" secret")
	if got := l.ReplyTo(ctx, l.user.Say(l.channel, l.Mention()+" boom")); got.Content != "sorry for boom" {
		t.Errorf("got %+v", got)
	}
	l.Eventually(ctx, "logged", func() bool { return strings.Contains(l.log.text.String(), "reply not shown") })
	if seen := l.SeenBy("sorry for secret"); len(seen) > 0 {
		t.Errorf("what is private is seen by %v", seen)
	}
}
