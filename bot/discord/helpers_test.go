package discord

import (
	"context"
	"flag"
	"log/slog"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"parley/bot"
	"parley/bot/answer"
	"parley/retrieval"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
	"parley/retrieval/lsa"
	"parley/retrieval/wordvec"
)

// TestMain runs more tests at once than there are processors: most of what they
// do is waiting, for limits and heartbeats.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f.Value.String() == f.DefValue {
		_ = f.Value.Set(strconv.Itoa(2 * runtime.GOMAXPROCS(0)))
	}
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
	words, err := lexicon.Open()
	if err != nil {
		return nil, err
	}
	l := library.New(source, "", library.Options{
		Weights: library.Weights{Words: library.DefaultWords, Grams: library.DefaultGrams, Vectors: library.DefaultVectors},
		LSA:     lsa.Options{Dims: lsa.DefaultDims}, Lexicon: words, Retrieval: retrieval.Options{HalfLife: 30},
	})
	_, err = l.Reload(context.Background(), nil)
	return l, err
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
	opts.Engine = func(s *library.Snapshot) bot.Answerer {
		return answer.New(s.Index, answer.Options{Lexicon: s.Lexicon, Vectors: wordVectors()})
	}
	b, err := bot.New(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close(context.Background()) })
	return b
}

var quiet = slog.New(slog.DiscardHandler)

// wordVectors are the program's own, read once for all tests.
var wordVectors = sync.OnceValue(func() *wordvec.Table {
	t, err := wordvec.Open()
	if err != nil {
		panic(err)
	}
	return t
})
