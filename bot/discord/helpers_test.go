package discord

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"parley/bot"
	"parley/bot/discord/discordtest"
	"parley/bot/enginetest"
	"parley/retrieval/library"
	"parley/retrieval/library/librarytest"
	"parley/retrieval/lsa"
)

func TestMain(m *testing.M) {
	discordtest.AtOnce(4)
	os.Exit(m.Run())
}

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

// talks is the library of the built-in articles, loaded once for all tests.
var talks = sync.OnceValues(func() (*library.Library, error) { return load(library.Talks{}) })

func load(source library.Source) (*library.Library, error) {
	opts, err := librarytest.Options()
	if err != nil {
		return nil, err
	}
	opts.Weights = library.Weights{Words: library.DefaultWords, Grams: library.DefaultGrams, Vectors: library.DefaultVectors, Neural: library.DefaultNeural}
	opts.LSA.Dims, opts.Retrieval.HalfLife = lsa.DefaultDims, 30
	l := library.New(source, "", opts)
	_, err = l.Reload(context.Background(), nil)
	return l, err
}

// bubble runs a test in a synctest bubble, whose time passes at once when all wait.
// What all tests share is made outside. Nothing in it may use the network.
func bubble(t *testing.T, f func(*testing.T)) {
	t.Helper()
	if _, err := talks(); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, f)
}

// newBot is a bot over the built-in articles, with its store in memory.
func newBot(t testing.TB) *bot.Bot {
	t.Helper()
	l, err := talks()
	if err != nil {
		t.Fatal(err)
	}
	return botWith(t, bot.Options{Library: l})
}

func botWith(t testing.TB, opts bot.Options) *bot.Bot {
	t.Helper()
	opts.Engine = func(s *library.Snapshot) bot.Answerer { return enginetest.New(s) }
	b, err := bot.New(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close(context.Background()) })
	return b
}

var quiet = slog.New(slog.DiscardHandler)
