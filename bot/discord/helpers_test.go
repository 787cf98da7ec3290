package discord

import (
	"log/slog"
	"strings"
	"sync"
	"testing"

	"parley/bot"
)

// lockedText is a log that can be read while it is written.
type lockedText struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newBot(t *testing.T) *bot.Bot {
	t.Helper()
	b, err := bot.New(bot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var quiet = slog.New(slog.DiscardHandler)
