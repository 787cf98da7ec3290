package bot

import (
	"parley/bot/catalogue"
	"parley/retrieval/library"
)

// live is one state of the articles with everything over it. It never changes: a
// request that holds it is not touched by a reload.
type live struct {
	snapshot  *library.Snapshot
	engine    Answerer
	catalogue *catalogue.Catalogue
}

func (b *Bot) newLive(s *library.Snapshot) *live {
	return &live{snapshot: s, engine: b.opts.Engine(s), catalogue: catalogue.New(s.Index)}
}

// goLive shows people what the library holds now, if it is something else.
func (b *Bot) goLive() {
	b.showing.Lock() // so that of two that swap at once the later one stays
	defer b.showing.Unlock()
	s := b.opts.Library.Snapshot()
	if on := b.live.Load(); s != nil && (on == nil || on.snapshot != s) {
		b.live.Store(b.newLive(s))
	}
}
