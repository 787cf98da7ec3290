package bot

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"parley/bot/answer"
)

// maxCached bounds the answers kept. An answer has some KB.
const maxCached = 256

// cache keeps answers for a short while, so that the same question asked again,
// or by many at once, is answered once. What a model has written is kept longer:
// it cost more.
type cache struct {
	life time.Duration
	keep time.Duration // of what a model has written

	mu      sync.Mutex
	entries *simplelru.LRU[string, *cached]
}

// cached is an answer, or one that is being made.
type cached struct {
	done   chan struct{} // closed when the rest is there
	at     time.Time     // when it was begun
	answer *answer.Answer
	err    error
}

func newCache(life, keep time.Duration) *cache {
	entries, _ := simplelru.NewLRU[string, *cached](maxCached, nil) // fails for sizes below 1 only
	return &cache{life: life, keep: keep, entries: entries}
}

// get returns the answer kept under a key, or makes and keeps it. Others who
// want it meanwhile wait for it; if making fails, each tries for itself. Answers
// are shared: nobody may change them.
func (c *cache) get(ctx context.Context, key string, create func() (*answer.Answer, error)) (a *answer.Answer, repeated bool, err error) {
	for {
		e, mine := c.claim(key)
		if mine {
			return c.fill(key, e, create)
		}
		select {
		case <-e.done:
		case <-ctx.Done():
			return nil, false, context.Cause(ctx)
		}
		if e.err == nil {
			return e.answer, true, nil
		}
	}
}

// over reports whether an entry is too old.
func (c *cache) over(e *cached) bool {
	life := c.life
	select {
	case <-e.done:
		if e.err == nil && e.answer != nil && e.answer.Usage.Requests > 0 && e.answer.Note == "" {
			life = c.keep
		}
	default: // nobody may read the answer yet
	}
	return time.Since(e.at) >= life
}

// claim returns the entry of a key, and whether the caller is to fill it.
func (c *cache) claim(key string) (e *cached, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries.Get(key); ok && !c.over(e) {
		return e, false
	}
	e = &cached{done: make(chan struct{}), at: time.Now()}
	c.entries.Add(key, e)
	return e, true
}

func (c *cache) fill(key string, e *cached, create func() (*answer.Answer, error)) (a *answer.Answer, repeated bool, err error) {
	finished := false
	defer func() {
		if !finished {
			e.err = context.Canceled // create panicked: those who wait try for themselves
		}
		if e.err != nil {
			c.remove(key, e)
		}
		close(e.done)
	}()
	e.answer, e.err = create()
	finished = true
	return e.answer, false, e.err
}

func (c *cache) remove(key string, e *cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now, _ := c.entries.Peek(key); now == e {
		c.entries.Remove(key)
	}
}

// sweep removes what is too old.
func (c *cache) sweep() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range c.entries.Keys() {
		if e, _ := c.entries.Peek(key); c.over(e) {
			c.entries.Remove(key)
		}
	}
}
