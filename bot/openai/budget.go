package openai

import (
	"sync"
	"time"
)

// budgetWindow is how far back a budget looks, in seconds.
const budgetWindow = 60

// budget bounds the requests that are made more than once: in the last minute at
// most a share of those that are made once, or a floor.
type budget struct {
	share float64
	floor int
	now   func() time.Time

	mu      sync.Mutex
	seconds [budgetWindow]struct {
		at          int64 // seconds since the epoch
		once, extra int
	}
}

// note counts a request that is made for the first time.
func (b *budget) note() {
	b.mu.Lock()
	defer b.mu.Unlock()
	once, _ := b.at(b.now().Unix())
	*once++
}

// take asks for a request more, and counts it.
func (b *budget) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now().Unix()
	once, extra := 0, 0
	for i := range b.seconds {
		if s := &b.seconds[i]; s.at > now-budgetWindow {
			once += s.once
			extra += s.extra
		}
	}
	if float64(extra+1) > max(float64(b.floor), b.share*float64(once)) {
		return false
	}
	_, more := b.at(now)
	*more++
	return true
}

// at is the count of a second. Callers hold b.mu.
func (b *budget) at(second int64) (once, extra *int) {
	s := &b.seconds[second%budgetWindow]
	if s.at != second {
		s.at, s.once, s.extra = second, 0, 0
	}
	return &s.once, &s.extra
}
