package manage

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"parley/retrieval/library"
	"parley/retrieval/retrievaltest"
)

// TestRunHasEnded guards that a keeper told to end begins no work, also where
// there is some: a context that has ended and a look that is due are both ready.
func TestRunHasEnded(t *testing.T) {
	e := retrievaltest.NewEmbedder("model", 8)
	e.Fail(errors.New("down"))
	l := library.New(library.Talks{}, "", library.Options{Embedder: e})
	if _, err := l.ReloadAtOnce(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if l.Vectors().Since.IsZero() {
		t.Fatal("nothing stands in for the embedder: there is no work")
	}
	shown := 0
	k, err := NewKeeper(Options{Library: l, Live: func() { shown++ }, Log: slog.New(slog.DiscardHandler), Retry: time.Hour, RetryMost: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for range 64 { // select picks either of two that are ready
		k.lookAfterEmbedder()
		k.Run(ended)
	}
	if shown > 0 {
		t.Errorf("%d of 64 keepers began to work after their end", shown)
	}
}
