package openai

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// clock is a time that a test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) advance(d time.Duration) { c.at = c.at.Add(d) }

func newTestBreaker() (*breaker, *clock) {
	c := &clock{at: time.Unix(1_700_000_000, 0)}
	return &breaker{failures: DefaultFailures, probe: DefaultProbe, probeMax: DefaultProbeMax, now: c.now}, c
}

// run makes one request, if there is leave to.
func run(b *breaker, o outcome) bool {
	p, ok := b.admit()
	if ok {
		b.done(p, o)
	}
	return ok
}

func TestBreakerOpens(t *testing.T) {
	b, c := newTestBreaker()
	for i, o := range []outcome{saysIll, saysIll, saysWell, saysIll, saysNothing, saysIll, saysIll} {
		if !run(b, o) {
			t.Fatalf("request %d: no leave", i)
		}
		c.advance(time.Second)
	}
	if run(b, saysWell) || b.closed() {
		t.Error("three failures in a row: there is leave to go on")
	}
	if state := b.look(); !state.Open || state.Since != c.at.Add(-time.Second) || state.Next != state.Since.Add(DefaultProbe) {
		t.Errorf("got state %+v at %v", state, c.at)
	}
}

func TestBreakerProbes(t *testing.T) {
	b, c := newTestBreaker()
	for range DefaultFailures {
		run(b, saysIll)
	}
	for i, wait := range []time.Duration{5, 10, 20, 20, 20} {
		c.advance(wait*time.Second - 1)
		if run(b, saysWell) {
			t.Fatalf("probe %d: leave before %v s", i, wait)
		}
		c.advance(1)
		if !run(b, saysIll) {
			t.Fatalf("probe %d: no leave after %v s", i, wait)
		}
	}
	c.advance(DefaultProbeMax)
	p, ok := b.admit()
	if _, second := b.admit(); !ok || second {
		t.Errorf("got leave %v, and for a second one beside it %v", ok, second)
	}
	b.done(p, saysNothing) // the caller gave up: the next one is the probe
	if !run(b, saysWell) || b.look().Open {
		t.Error("a probe that went well left it open")
	}
	// From the start again.
	for i := range DefaultFailures {
		if !run(b, saysIll) {
			t.Fatalf("request %d after closing: no leave", i)
		}
	}
	if state := b.look(); state.Next.Sub(state.Since) != DefaultProbe {
		t.Errorf("got state %+v", state)
	}
}

// TestBreakerOldNews: what was under way when it opened neither closes it nor
// keeps it open.
func TestBreakerOldNews(t *testing.T) {
	b, c := newTestBreaker()
	old, _ := b.admit()
	for range DefaultFailures {
		run(b, saysIll)
	}
	b.done(old, saysWell)
	if !b.look().Open {
		t.Error("a request from before has closed it")
	}
	c.advance(DefaultProbe)
	probe, _ := b.admit()
	b.done(probe, saysWell)
	for range DefaultFailures + 1 {
		b.done(probe, saysIll)
	}
	if b.look().Open {
		t.Error("a request from before has opened it")
	}
}

// TestBreakerRecovers: however probes fail or hang, an endpoint that is well
// again is in use within 30 s.
func TestBreakerRecovers(t *testing.T) {
	for hang := range 40 { // seconds that a probe of a broken endpoint takes
		for down := 1; down < 200; down += 7 { // seconds
			b, c := newTestBreaker()
			for range DefaultFailures {
				run(b, saysIll)
			}
			type probe struct {
				pass
				until time.Time
			}
			var hanging []probe
			start := c.at
			recovered := time.Duration(-1)
			for recovered < 0 {
				c.advance(time.Second)
				for len(hanging) > 0 && !c.at.Before(hanging[0].until) {
					b.done(hanging[0].pass, saysIll)
					hanging = hanging[1:]
				}
				p, ok := b.admit()
				well := c.at.Sub(start) >= time.Duration(down)*time.Second
				switch {
				case ok && well:
					b.done(p, saysWell)
					recovered = c.at.Sub(start) - time.Duration(down)*time.Second
				case ok:
					hanging = append(hanging, probe{p, c.at.Add(time.Duration(hang) * time.Second)})
				}
			}
			if recovered > 30*time.Second || b.look().Open {
				t.Errorf("down for %d s, probes hang for %d s: in use after %v", down, hang, recovered)
			}
		}
	}
}

func TestBudget(t *testing.T) {
	c := &clock{at: time.Unix(1_700_000_000, 0)}
	b := &budget{share: 0.2, floor: 3, now: c.now}
	taken := func(n int) (got int) {
		for range n {
			if b.take() {
				got++
			}
		}
		return got
	}
	if got := taken(10); got != 3 {
		t.Errorf("without requests: got %d, want the floor", got)
	}
	for range 50 {
		b.note()
		c.advance(time.Second / 2)
	}
	if got := taken(20); got != 7 {
		t.Errorf("after 50 requests and 3 more: got %d, want 7", got)
	}
	c.advance(40 * time.Second) // the first ones are forgotten
	for range 100 {
		b.note()
	}
	if got := taken(50); got < 13 || got > 20 {
		t.Errorf("after 100 requests: got %d", got)
	}
	c.advance(time.Hour)
	if got := taken(10); got != 3 {
		t.Errorf("after an hour: got %d, want the floor", got)
	}
}

// TestOpensWhileWaiting: who waits to ask again and may not is told what went
// wrong, not that the breaker is open.
func TestOpensWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := Options{ChatModel: "x", Backoff: 40 * time.Millisecond}.withDefaults()
		l := newDispatcher(partChat, &o)
		var wg sync.WaitGroup
		defer wg.Wait()
		tries := 0
		err := l.do(t.Context(), func(context.Context) error {
			tries++
			wg.Go(func() {
				time.Sleep(5 * time.Millisecond)
				for range DefaultFailures {
					run(l.breaker, saysIll)
				}
			})
			return &Error{Kind: KindServer, Part: partChat}
		}, func() bool { return false })
		if e, ok := errors.AsType[*Error](err); !ok || e.Kind != KindServer || tries != 1 {
			t.Errorf("got %v after %d tries", err, tries)
		}
		err = l.do(t.Context(), func(context.Context) error { return nil }, func() bool { return false })
		if e, ok := errors.AsType[*Error](err); !ok || e.Kind != KindOpen || e.Detail == "" {
			t.Errorf("got %#v from an open breaker", err)
		}
	})
}

func TestJudge(t *testing.T) {
	tests := []struct {
		err  error
		took time.Duration
		want outcome
	}{
		{nil, 0, saysWell},
		{context.Canceled, time.Hour, saysNothing},
		{errors.New("of the caller's write"), 0, saysNothing},
		{&Error{Kind: KindUnreachable}, 0, saysIll},
		{&Error{Kind: KindTLS}, 0, saysIll},
		{&Error{Kind: KindAuth}, 0, saysIll},
		{&Error{Kind: KindServer}, 0, saysIll},
		{&Error{Kind: KindStalled}, 0, saysIll},
		{&Error{Kind: KindProtocol}, 0, saysIll},
		{&Error{Kind: KindTimeout, err: context.DeadlineExceeded}, time.Minute, saysIll},
		{&Error{Kind: KindTimeout, err: errOwnTime}, 0, saysIll},
		{&Error{Kind: KindTimeout, err: context.DeadlineExceeded}, time.Millisecond, saysNothing},
		{&Error{Kind: KindRate}, 0, saysIll},
		{&Error{Kind: KindRate, given: true}, 0, saysWell},
		{&Error{Kind: KindTooLong}, 0, saysWell},
		{&Error{Kind: KindModel}, 0, saysWell},
		{&Error{Kind: KindRequest}, 0, saysWell},
	}
	for _, tt := range tests {
		if got := judge(tt.err, tt.took); got != tt.want {
			t.Errorf("%#v after %v: got %v, want %v", tt.err, tt.took, got, tt.want)
		}
	}
}
