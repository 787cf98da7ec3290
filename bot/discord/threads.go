package discord

import (
	"context"
	"net/http"
	"sync"

	"parley/bot/discord/markup"
)

// maxChannels is of how many channels the type is remembered. A judgement: some
// 100 bytes each.
const maxChannels = 4096

// channels remembers the types of channels: messages do not say, and what is a
// thread, or has threads, does not change. The zero value is ready for use.
type channels struct {
	mu    sync.Mutex
	known map[string]int
}

// kind is the type of a server's channel; that of a text channel when Discord
// does not say.
func (t *channels) kind(ctx context.Context, c *client, id string) int {
	t.mu.Lock()
	kind, ok := t.known[id]
	t.mu.Unlock()
	if ok {
		return kind
	}
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	var got wireChannel
	if err := c.do(ctx, http.MethodGet, "/channels/"+id, nil, &got); err != nil {
		return channelText
	}
	t.add(id, got.Type)
	return got.Type
}

func (t *channels) add(id string, kind int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil || len(t.known) >= maxChannels {
		t.known = map[string]int{} // they are asked for again
	}
	t.known[id] = kind
}

// threadName is a name that Discord takes for a thread.
func threadName(s string) string {
	if s = markup.Cut(markup.Line(s), maxThreadName); s == "" {
		return "…"
	}
	return s
}
