package limits

import (
	"context"
	"errors"
	"sync/atomic"
)

// ErrBusy is returned when as many wait as may.
var ErrBusy = errors.New("the queue is full")

// Queue bounds how many questions are answered at once and how many wait for that.
// It is safe for concurrent use.
type Queue struct {
	slots   chan struct{}
	waiting atomic.Int64
	most    int64
}

// NewQueue returns an empty queue.
func NewQueue(atOnce, waiting int) *Queue {
	return &Queue{slots: make(chan struct{}, atOnce), most: int64(waiting)}
}

// Waiting is how many wait now.
func (q *Queue) Waiting() int { return int(q.waiting.Load()) }

// TryEnter takes a turn if one is free and nobody waits; leave ends it.
func (q *Queue) TryEnter() (leave func(), ok bool) {
	if q.Waiting() > 0 {
		return nil, false
	}
	select {
	case q.slots <- struct{}{}:
		return func() { <-q.slots }, true
	default:
		return nil, false
	}
}

// Enter waits for a turn; leave ends it. When too many wait it returns [ErrBusy]
// at once, and the cause of ctx when that ends first.
func (q *Queue) Enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-q.slots }
	select {
	case q.slots <- struct{}{}:
		return leave, nil
	default:
	}
	if q.waiting.Add(1) > q.most {
		q.waiting.Add(-1)
		return nil, ErrBusy
	}
	defer q.waiting.Add(-1)
	select {
	case q.slots <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
