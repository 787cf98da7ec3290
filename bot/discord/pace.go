package discord

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"parley/bot"
	"parley/bot/discord/sleep"
)

// editEvery is the least time between two changes of one message. Discord
// publishes no rate; one a second has been seen to pass.
const editEvery = time.Second

// finalAfter is the least time between the last draft and the answer, which
// people wait for. A judgement: drafts a second apart and the answer together
// stay below 5 changes in 2 s, which Discord's staff once gave as the rate.
const finalAfter = 200 * time.Millisecond

// pace shows drafts of one reply no faster than people and Discord can bear.
// Those that come too fast are left out.
type pace struct {
	show func(context.Context, *bot.Reply) error
	log  *slog.Logger
	wake chan struct{}
	wg   sync.WaitGroup
	over chan struct{} // closed when the answer is there
	last time.Time     // of the last change; read after the goroutine has ended

	mu     sync.Mutex
	newest *bot.Reply
}

// newPace starts the goroutine that shows drafts until end is called. Nothing
// recovers what show panics with.
func newPace(ctx context.Context, show func(context.Context, *bot.Reply) error, log *slog.Logger) *pace {
	p := &pace{show: show, log: log, wake: make(chan struct{}, 1), over: make(chan struct{})}
	p.wg.Go(func() { p.run(ctx) })
	return p
}

// progress takes a draft. It does not wait.
func (p *pace) progress(r *bot.Reply) {
	p.mu.Lock()
	p.newest = r
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *pace) run(ctx context.Context) {
	for {
		select {
		case <-p.wake:
		case <-p.over:
			return
		}
		select {
		case <-time.After(time.Until(p.last.Add(editEvery))):
		case <-p.over:
			return
		}
		p.mu.Lock()
		r := p.newest
		p.mu.Unlock()
		if err := p.show(ctx, r); err != nil {
			p.log.Info("draft not shown", "error", err)
		}
		p.last = time.Now()
	}
}

// end waits until the last draft is through and the message may change again. A
// draft on its way is not called off: it could arrive after the answer.
func (p *pace) end(ctx context.Context) {
	close(p.over)
	p.wg.Wait()
	if !p.last.IsZero() {
		_ = sleep.For(ctx, time.Until(p.last.Add(finalAfter)))
	}
}
