package library

import (
	"context"
	"errors"
	"testing"
)

// TestTakeEnded is that nobody keeps the turn under a context that has ended: the
// next one would wait for ever.
func TestTakeEnded(t *testing.T) {
	l := New(Talks{}, "", Options{})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 { // of two cases that are ready, select picks any
		if err := l.take(ended); !errors.Is(err, context.Canceled) {
			t.Fatalf("got the error %v", err)
		}
		select {
		case l.turn <- struct{}{}:
			l.give()
		default:
			t.Fatal("the turn was kept")
		}
	}
}
