package limits

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

var (
	// ErrBusy is returned when as many wait as may.
	ErrBusy = errors.New("the queue is full")
	// ErrWanted is the cause for which work in spare time ends.
	ErrWanted = errors.New("somebody wants an answer")
)

// Queue bounds how many questions are answered at once and how many wait for that.
// It is safe for concurrent use.
type Queue struct {
	slots   chan struct{}
	waiting atomic.Int64
	most    int64

	mu    sync.Mutex
	spare context.CancelCauseFunc // ends the work in spare time; nil while there is none
}

// NewQueue returns an empty queue.
func NewQueue(atOnce, waiting int) *Queue {
	return &Queue{slots: make(chan struct{}, atOnce), most: int64(waiting)}
}

// Waiting is how many wait now.
func (q *Queue) Waiting() int { return int(q.waiting.Load()) }

// AtWork is how many are answered now.
func (q *Queue) AtWork() int { return len(q.slots) }

// Enter waits for a turn; leave ends it. When too many wait it returns [ErrBusy]
// at once, and the cause of ctx when that ends first.
func (q *Queue) Enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-q.slots }
	select {
	case q.slots <- struct{}{}:
		q.want()
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
		q.want()
		return leave, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// Spare begins work that nobody waits for; leave ends it. It is not ok while a question
// is answered, or other such work is done. The context of the work ends with
// [ErrWanted] as soon as a question has its turn.
func (q *Queue) Spare(ctx context.Context) (work context.Context, leave func(), ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.spare != nil || len(q.slots) > 0 {
		return nil, nil, false
	}
	work, q.spare = context.WithCancelCause(ctx)
	return work, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.spare(nil)
		q.spare = nil
	}, true
}

// want ends the work in spare time.
func (q *Queue) want() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.spare != nil {
		q.spare(ErrWanted)
	}
}
