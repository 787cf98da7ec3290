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

// lane is the way of one kind of request to the endpoint: slots for what is in
// flight, a breaker, retries and their budget, and the books.
type lane struct {
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
}

func newLane(part string, o *Options) *lane {
	return &lane{
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
func (l *lane) do(ctx context.Context, try func(context.Context) error, handed func() bool) error {
	ctx, cancel := context.WithTimeoutCause(ctx, l.timeout, errOwnTime)
	defer cancel()
	var last error
	for n := 0; ; n++ {
		err := l.once(ctx, n == 0, try)
		e, ok := errors.AsType[*Error](err)
		if ok && e.Kind == KindOpen && last != nil {
			return last // it has opened since
		}
		last = err
		if !ok || !e.again() || n >= l.retries || handed() || !l.breaker.closed() {
			return err
		}
		wait := l.backoff << n
		wait = max(wait/2, e.RetryAfter) + rand.N(wait/2+1)
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
			return err
		}
		if !l.budget.take() {
			l.log.LogAttrs(ctx, slog.LevelInfo, "request not made again: the budget of retries is used up", slog.Any("error", e))
			return err
		}
		l.log.LogAttrs(ctx, slog.LevelInfo, "request is made again", slog.Any("error", e), slog.Duration("wait", wait))
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return l.ended(ctx)
		}
	}
}

// extra makes a request beside another one of the same call, once.
func (l *lane) extra(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, l.timeout, errOwnTime)
	defer cancel()
	return l.once(ctx, false, try)
}

// busy reports whether another request would have to wait for a slot.
func (l *lane) busy() bool { return len(l.slots) == cap(l.slots) }

// once makes a request as soon as a slot is free. The first one of a call is
// what the budget goes by.
func (l *lane) once(ctx context.Context, first bool, try func(context.Context) error) error {
	if ctx.Err() != nil {
		return l.ended(ctx)
	}
	if !l.breaker.closed() {
		return l.refuse()
	}
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-ctx.Done():
		return l.ended(ctx)
	}
	leave, ok := l.breaker.admit()
	if !ok {
		return l.refuse()
	}
	if first {
		l.budget.note()
	}
	began := time.Now()
	said := saysNothing
	defer func() { l.breaker.done(leave, said) }() // also when a caller's write panics
	err := try(ctx)
	said = judge(err, time.Since(began))
	l.note(ctx, err)
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
func (l *lane) refuse() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := &Error{Kind: KindOpen, Part: l.part}
	if l.failed != nil {
		e.Detail = l.failed.Message()
	}
	return e
}

// ended is the error of a context that ended before a request was sent.
func (l *lane) ended(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.DeadlineExceeded) {
		return &Error{Kind: KindTimeout, Part: l.part, Detail: "no request could be sent in time", err: cause}
	}
	return context.Canceled
}

// note remembers and logs an error.
func (l *lane) note(ctx context.Context, err error) {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return
	}
	l.mu.Lock()
	l.failed, l.at = e, time.Now()
	l.mu.Unlock()
	l.log.LogAttrs(ctx, slog.LevelWarn, "request failed", slog.String("kind", string(e.Kind)),
		slog.Any("error", e), slog.String("request_id", e.RequestID))
}

// book adds to what the lane has used.
func (l *lane) book(u answer.Usage) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total.Add(u)
}
