package discord

import (
	"context"
	"net/http"
	"sync"

	"parley/bot/discord/markup"
)

// maxThreads is how many channels are remembered as threads or not. A judgement:
// some 100 bytes each.
const maxThreads = 4096

// threads remembers which channels are threads: messages do not say, and a
// channel never changes from one to the other. The zero value is ready for use.
type threads struct {
	mu    sync.Mutex
	known map[string]bool
}

// is reports whether a channel is a thread; false when Discord does not say.
func (t *threads) is(ctx context.Context, c *client, id string) bool {
	t.mu.Lock()
	thread, ok := t.known[id]
	t.mu.Unlock()
	if ok {
		return thread
	}
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	var got wireChannel
	if err := c.do(ctx, http.MethodGet, "/channels/"+id, nil, &got); err != nil {
		return false
	}
	t.add(id, isThread(got.Type))
	return isThread(got.Type)
}

func (t *threads) add(id string, thread bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil || len(t.known) >= maxThreads {
		t.known = map[string]bool{} // they are asked for again
	}
	t.known[id] = thread
}

// threadName is a name that Discord takes for a thread.
func threadName(s string) string {
	if s = markup.Cut(markup.Line(s), maxThreadName); s == "" {
		return "…"
	}
	return s
}
