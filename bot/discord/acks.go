package discord

import (
	"context"
	"net/http/httptrace"
	"sync"
	"time"
)

// acksFirst is how long an answer waits at most for the acknowledgements of
// others to be on their way. A judgement: it spares a burst of interactions from
// waiting behind answers, and nobody notices it in an answer.
const acksFirst = 250 * time.Millisecond

// acks counts the interactions whose acknowledgement has not been sent yet.
// Answers let them go first, for they have seconds and answers have minutes. The
// zero value is ready for use.
type acks struct {
	mu    sync.Mutex
	open  int
	clear chan struct{} // closed when open comes to 0; nil while it is
}

// begin notes an interaction. The function it returns notes that the
// acknowledgement is on its way, or will not be; it can be called again.
func (a *acks) begin() (sent func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.open++; a.clear == nil {
		a.clear = make(chan struct{})
	}
	return sync.OnceFunc(func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.open--; a.open == 0 {
			close(a.clear)
			a.clear = nil
		}
	})
}

// wait returns when all are on their way, or time is over.
func (a *acks) wait(ctx context.Context) {
	a.mu.Lock()
	sent := a.clear
	a.mu.Unlock()
	if sent == nil {
		return
	}
	timer := time.NewTimer(acksFirst)
	defer timer.Stop()
	select {
	case <-sent:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// whenWritten calls f as soon as a request under the context has been written,
// before its answer is there.
func whenWritten(ctx context.Context, f func()) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(httptrace.WroteRequestInfo) { f() },
	})
}
