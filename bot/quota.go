package bot

import (
	"sync"
	"time"
)

// quotas count questions in sliding windows, by user, channel and server. They
// are windows of our own and not golang.org/x/time/rate: that one refills a bit
// at a time and keeps no count, so it cannot say "30 questions, again in four
// minutes", nor be taken back when another of the three is used up.
type quotas struct {
	limits Quotas

	mu    sync.Mutex
	asked map[quotaKey][]time.Time // times of questions within the window, oldest first
}

// scope is what a quota is of.
type scope int

const (
	perUser scope = iota
	perChannel
	perServer
)

type quotaKey struct {
	scope scope
	id    string
}

func newQuotas(limits Quotas) *quotas {
	return &quotas{limits: limits, asked: map[quotaKey][]time.Time{}}
}

// exceeded says which quota is used up and when there is room again.
type exceeded struct {
	scope scope
	limit int
	wait  time.Duration
}

// key returns the text that says so.
func (e *exceeded) key() string {
	return [...]string{"refused.user", "refused.channel", "refused.server"}[e.scope]
}

// take counts a question, or returns which quota it exceeds; then none counts it.
func (q *quotas) take(user string, place Place) *exceeded {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	keys := []quotaKey{{perUser, user}}
	if !place.Direct {
		keys = append(keys, quotaKey{perChannel, place.Channel})
	}
	if place.Guild != "" {
		keys = append(keys, quotaKey{perServer, place.Guild})
	}
	for _, k := range keys {
		limit := q.limit(k.scope)
		if asked := q.recent(k, now); limit > 0 && len(asked) >= limit {
			free := asked[len(asked)-limit] // when it leaves the window there is room
			return &exceeded{k.scope, limit, free.Add(q.limits.Window).Sub(now)}
		}
	}
	for _, k := range keys {
		if q.limit(k.scope) > 0 {
			q.asked[k] = append(q.asked[k], now)
		}
	}
	return nil
}

func (q *quotas) limit(s scope) int {
	return [...]int{q.limits.PerUser, q.limits.PerChannel, q.limits.PerServer}[s]
}

// recent drops the times that have left the window and returns the others.
func (q *quotas) recent(k quotaKey, now time.Time) []time.Time {
	asked := q.asked[k]
	n := 0
	for n < len(asked) && now.Sub(asked[n]) >= q.limits.Window {
		n++
	}
	if n == len(asked) {
		delete(q.asked, k)
		return nil
	}
	if n > 0 {
		asked = append(asked[:0], asked[n:]...)
		q.asked[k] = asked
	}
	return asked
}

// sweep forgets those who have asked nothing within the window.
func (q *quotas) sweep() {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	for k := range q.asked {
		q.recent(k, now)
	}
}
