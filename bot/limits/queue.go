package limits

import (
	"context"
	"errors"
	"sync"
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

	mu    sync.Mutex
	spare map[*context.CancelCauseFunc]struct{} // ends of work in spare time
}

// NewQueue returns an empty queue.
func NewQueue(atOnce, waiting int) *Queue {
	return &Queue{slots: make(chan struct{}, atOnce), most: int64(waiting), spare: map[*context.CancelCauseFunc]struct{}{}}
}

// Waiting is how many wait now.
func (q *Queue) Waiting() int { return int(q.waiting.Load()) }

// ErrWanted is the cause for which spare time ends.
var ErrWanted = errors.New("the turn is wanted")

// Spare takes a turn for work that nobody waits for, if one is free; leave ends it. The
// context of the work ends with [ErrWanted] as soon as somebody else waits for a turn.
func (q *Queue) Spare(ctx context.Context) (work context.Context, leave func(), ok bool) {
	if q.Waiting() > 0 {
		return nil, nil, false
	}
	select {
	case q.slots <- struct{}{}:
	default:
		return nil, nil, false
	}
	work, end := context.WithCancelCause(ctx)
	q.mu.Lock()
	q.spare[&end] = struct{}{}
	q.mu.Unlock()
	return work, func() {
		q.mu.Lock()
		delete(q.spare, &end)
		q.mu.Unlock()
		end(nil)
		<-q.slots
	}, true
}

// want ends the work that nobody waits for.
func (q *Queue) want() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for end := range q.spare {
		(*end)(ErrWanted)
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
	q.want()
	select {
	case q.slots <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
