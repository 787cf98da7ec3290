package bot

import (
	"context"
	"errors"
	"sync/atomic"
)

// errBusy is returned when as many wait as may.
var errBusy = errors.New("the queue is full")

// queue bounds how many questions are answered at once and how many wait.
type queue struct {
	slots   chan struct{}
	waiting atomic.Int64
	most    int64
}

func newQueue(atOnce, waiting int) *queue {
	return &queue{slots: make(chan struct{}, atOnce), most: int64(waiting)}
}

// enter waits for a turn; leave ends it. When too many wait it returns errBusy
// at once.
func (q *queue) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-q.slots }
	select {
	case q.slots <- struct{}{}:
		return leave, nil
	default:
	}
	if q.waiting.Add(1) > q.most {
		q.waiting.Add(-1)
		return nil, errBusy
	}
	defer q.waiting.Add(-1)
	select {
	case q.slots <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
