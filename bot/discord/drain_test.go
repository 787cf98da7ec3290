package discord

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
)

// TestNothingRunsAfterDrain guards that requests which come in while the bot ends
// are either waited for or not taken.
func TestNothingRunsAfterDrain(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T) {
		s := newServer(nil, "", Options{Bot: newBot(t), Log: slog.New(slog.DiscardHandler)})
		var begun, ended atomic.Int64
		var senders sync.WaitGroup
		for range 4 {
			senders.Go(func() {
				work := func(context.Context) {
					begun.Add(1)
					time.Sleep(time.Millisecond)
					ended.Add(1)
				}
				for s.run(t.Context(), "1", work) {
					time.Sleep(2 * time.Millisecond) // so that none runs now and then
				}
			})
		}
		time.Sleep(20 * time.Millisecond)
		_, cancel := context.WithCancelCause(t.Context())
		s.drain(cancel, 10*time.Second)
		if b, e := begun.Load(), ended.Load(); b != e || b == 0 {
			t.Errorf("%d requests begun and %d ended when all had drained", b, e)
		}
		senders.Wait()
		if b, e := begun.Load(), ended.Load(); b != e {
			t.Errorf("%d requests begun and %d ended after", b, e)
		}
		if s.run(t.Context(), "2", func(context.Context) {}) {
			t.Error("a request was taken after all had drained")
		}
	})
}

// TestQuestionsOnTheirWayAreTaken guards that what Discord sent before it could
// know that the bot ends gets its answer, although nothing else runs.
func TestQuestionsOnTheirWayAreTaken(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T) {
		s := newServer(nil, "", Options{Bot: newBot(t), Log: slog.New(slog.DiscardHandler)})
		took := make(chan bool, 1)
		time.AfterFunc(linger/4, func() { took <- s.run(t.Context(), "1", func(context.Context) {}) })
		_, cancel := context.WithCancelCause(t.Context())
		s.drain(cancel, 10*time.Second)
		if !<-took {
			t.Error("a question that came right after the signal was not taken")
		}
	})
}

// TestDrain guards that SIGTERM lets answers in flight finish, says so to the
// rest, and ends well. Closing discordgo's session waits for no handler.
func TestDrain(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	started := make(chan string, 8)
	l := serve(t, handler(func(ctx context.Context, r bot.Request) *bot.Reply {
		started <- r.Text
		switch r.Text {
		case "slow":
			<-release
			return echo(ctx, r)
		case "stuck":
			<-ctx.Done()
			if context.Cause(ctx) == bot.ErrRestarting { //nolint:errorlint // as it is documented
				return said(r, "restarting")
			}
		}
		return echo(ctx, r)
	}), discordtest.Options{}, nil)
	slow, stuck := l.ask("slow"), l.ask("stuck")
	<-started
	<-started
	l.stop()
	time.AfterFunc(500*time.Millisecond, func() { close(release) })
	ctx := within(t, 15*time.Second)
	if got := slow.Final(ctx); got.Content != "heard slow" {
		t.Errorf("the answer in flight is %+v", got)
	}
	if got := stuck.Final(ctx); got.Content != "restarting" {
		t.Errorf("the one that does not end gets %+v", got)
	}
	select {
	case err := <-l.ended:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("does not end")
	}
}
