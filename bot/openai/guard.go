package openai

import (
	"context"
	"io"
	"sync"
	"time"
)

// guard reads an answer's body within a number of bytes and cuts it when it is
// silent for too long. The time between two reads does not count.
type guard struct {
	body  io.ReadCloser
	left  int64             // bytes that may still come
	any   bool              // some have come
	fail  func(error) error // what an error of the body means
	stall time.Duration
	timer *time.Timer
	end   context.CancelCauseFunc

	closing sync.Once
}

// newGuard begins to watch for the first byte of an answer.
func newGuard(cancel context.CancelCauseFunc, stall time.Duration) *guard {
	return &guard{stall: stall, end: cancel, timer: time.AfterFunc(stall, func() { cancel(errStalled) })}
}

// rest ends the watch until the next read.
func (g *guard) rest() { g.timer.Stop() }

// Read reads from the body. Its errors are those of fail, but for io.EOF.
func (g *guard) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, g.fail(errTooLarge)
	}
	p = p[:min(int64(len(p)), g.left)]
	g.timer.Reset(g.stall)
	n, err := g.body.Read(p)
	g.rest()
	g.left -= int64(n)
	g.any = g.any || n > 0
	if err != nil && err != io.EOF { //nolint:errorlint // a Reader's io.EOF is not wrapped
		err = g.fail(err)
	}
	return n, err
}

// Close ends the request.
func (g *guard) Close() error {
	var err error
	g.closing.Do(func() {
		g.rest()
		err = g.body.Close()
		g.end(nil)
	})
	return err
}
