package openai

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"parley/bot/answer"
)

// dispatcher sends one kind of request to the endpoint: slots for what is in
// flight, a breaker, retries and their budget, and the books.
type dispatcher struct {
	part    string
	slots   chan struct{}
	breaker *breaker
	budget  *budget
	retries int
	backoff time.Duration
	timeout time.Duration
	log     *slog.Logger

	mu     sync.Mutex
	total  answer.Usage
	failed *Error
	at     time.Time
	left   []string // texts without a vector
}

func newDispatcher(part string, o *Options) *dispatcher {
	return &dispatcher{
		part:    part,
		slots:   make(chan struct{}, o.Parallel),
		breaker: &breaker{failures: o.Failures, probe: o.Probe, probeMax: o.ProbeMax, now: time.Now},
		budget:  &budget{share: o.RetryShare, floor: o.RetryFloor, now: time.Now},
		retries: o.Retries,
		backoff: o.Backoff,
		timeout: o.Timeout,
		log:     o.Log.With("part", part),
	}
}

// do makes a request, and makes it again while that may help, the time allows
// and nothing of an answer was handed on, which handed reports.
func (d *dispatcher) do(ctx context.Context, try func(context.Context) error, handed func() bool) error {
	ctx, cancel := context.WithTimeoutCause(ctx, d.timeout, errOwnTime)
	defer cancel()
	var last error
	for n := 0; ; n++ {
		err := d.once(ctx, n == 0, try)
		e, ok := errors.AsType[*Error](err)
		if ok && e.Kind == KindOpen && last != nil {
			return last // it has opened since
		}
		last = err
		if !ok || !e.again() || n >= d.retries || handed() || !d.breaker.closed() {
			return err
		}
		wait := d.backoff << n
		wait = max(wait/2, e.RetryAfter) + rand.N(wait/2+1)
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
			return err
		}
		if !d.budget.take() {
			d.log.LogAttrs(ctx, slog.LevelInfo, "request not made again: the budget of retries is used up", slog.Any("error", e))
			return err
		}
		d.log.LogAttrs(ctx, slog.LevelInfo, "request is made again", slog.Any("error", e), slog.Duration("wait", wait))
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return d.ended(ctx)
		}
	}
}

// extra makes a request beside another one of the same call, once.
func (d *dispatcher) extra(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, d.timeout, errOwnTime)
	defer cancel()
	return d.once(ctx, false, try)
}

// busy reports whether another request would have to wait for a slot.
func (d *dispatcher) busy() bool { return len(d.slots) == cap(d.slots) }

// once makes a request as soon as a slot is free. The first one of a call is
// what the budget goes by.
func (d *dispatcher) once(ctx context.Context, first bool, try func(context.Context) error) error {
	if ctx.Err() != nil {
		return d.ended(ctx)
	}
	if !d.breaker.closed() {
		return d.refuse()
	}
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	case <-ctx.Done():
		return d.ended(ctx)
	}
	leave, ok := d.breaker.admit()
	if !ok {
		return d.refuse()
	}
	if first {
		d.budget.note()
	}
	began := time.Now()
	said := saysNothing
	defer func() { d.breaker.done(leave, said) }() // also when a caller's write panics
	err := try(ctx)
	said = judge(err, time.Since(began))
	d.note(ctx, err)
	return err
}

// fair is how long an endpoint has to answer before a deadline is held against
// it: endpoints that are well take 50 to 200 ms for the vector of a query. A
// judgement: a shorter one is the caller's haste.
const fair = 250 * time.Millisecond

func judge(err error, took time.Duration) outcome {
	if err == nil {
		return saysWell
	}
	e, ok := errors.AsType[*Error](err)
	switch {
	case !ok, e.Kind == KindTimeout && took < fair && !errors.Is(err, errOwnTime):
		return saysNothing
	case e.ill():
		return saysIll
	}
	return saysWell
}

// refuse is the error of an open breaker, with what has opened it.
func (d *dispatcher) refuse() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := &Error{Kind: KindOpen, Part: d.part}
	if d.failed != nil {
		e.Detail = d.failed.Message()
	}
	return e
}

// ended is the error of a context that ended before a request was sent.
func (d *dispatcher) ended(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.DeadlineExceeded) {
		return &Error{Kind: KindTimeout, Part: d.part, Detail: "no request could be sent in time", err: cause}
	}
	return context.Canceled
}

// note remembers and logs an error.
func (d *dispatcher) note(ctx context.Context, err error) {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return
	}
	d.mu.Lock()
	d.failed, d.at = e, time.Now()
	d.mu.Unlock()
	d.log.LogAttrs(ctx, slog.LevelWarn, "request failed", slog.String("kind", string(e.Kind)),
		slog.Any("error", e), slog.String("request_id", e.RequestID))
}

// book adds to what the dispatcher has used.
func (d *dispatcher) book(u answer.Usage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.total.Add(u)
}

// maxLeft bounds how many texts without a vector are named.
const maxLeft = 10

// leave notes a text that stays without a vector.
func (d *dispatcher) leave(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.left) < maxLeft {
		d.left = append(d.left, text)
	}
}
