package openai

import (
	"sync"
	"time"
)

// breaker leaves an endpoint alone that has failed several times in a row. While
// it is open it lets one request through now and then: the first after probe,
// the next ones after waits twice as long, up to probeMax, each counted from the
// request before it, so that a request that hangs delays no other.
type breaker struct {
	failures        int
	probe, probeMax time.Duration
	now             func() time.Time

	mu    sync.Mutex
	row   int // failures in a row
	state BreakerState
	wait  time.Duration
	epoch int // of openings and closings: what was admitted in another one says nothing
}

// BreakerState is what a breaker is doing.
type BreakerState struct {
	Open  bool
	Since time.Time // open; zero when closed
	Next  time.Time // when a request is let through; zero when closed
}

// pass is the leave to send one request.
type pass struct {
	epoch int
	sent  time.Time
}

// outcome is what a request says about the endpoint.
type outcome int

const (
	saysNothing outcome = iota // it was given up by the caller
	saysWell
	saysIll
)

// admit gives leave to send a request.
func (b *breaker) admit() (pass, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if b.state.Open {
		if now.Before(b.state.Next) {
			return pass{}, false
		}
		b.state.Next = now.Add(b.wait)
	}
	return pass{b.epoch, now}, true
}

// closed reports whether a request would be let through.
func (b *breaker) closed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return !b.state.Open || !b.now().Before(b.state.Next)
}

// done tells what became of a request.
func (b *breaker) done(p pass, o outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p.epoch != b.epoch {
		return
	}
	switch {
	case o == saysWell:
		b.row = 0
		if b.state.Open {
			b.state = BreakerState{}
			b.epoch++
		}
	case o == saysIll && b.state.Open:
		b.wait = min(2*b.wait, b.probeMax)
		b.state.Next = p.sent.Add(b.wait)
	case o == saysIll:
		if b.row++; b.row >= b.failures {
			b.wait, b.row = b.probe, 0
			now := b.now()
			b.state = BreakerState{Open: true, Since: now, Next: now.Add(b.wait)}
			b.epoch++
		}
	case b.state.Open: // a probe that says nothing is no probe
		b.state.Next = b.now()
	}
}

func (b *breaker) look() BreakerState {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state
}
