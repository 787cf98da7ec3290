package limits

import (
	"sync"
	"time"
)

// Quotas are how many questions may be asked within a window, in sum by each user
// and in each channel and server. Below 1 is no limit.
type Quotas struct {
	PerUser, PerChannel, PerServer int
	Window                         time.Duration
}

// Times is n times as many within the same window.
func (q Quotas) Times(n int) Quotas {
	q.PerUser, q.PerChannel, q.PerServer = q.PerUser*n, q.PerChannel*n, q.PerServer*n
	return q
}

// Questions counts questions in sliding windows, by user, channel and server. It is
// safe for concurrent use. The windows are our own and not golang.org/x/time/rate:
// that one refills a bit at a time and keeps no count, so it cannot say "30
// questions, again in four minutes", nor be taken back when another of the three
// is used up.
type Questions struct {
	quotas Quotas

	mu    sync.Mutex
	asked map[counted][]time.Time // times of questions within the window, oldest first
}

// Scope is what a quota is of.
type Scope int

// The scopes.
const (
	PerUser Scope = iota
	PerChannel
	PerServer
)

// counted is one whose questions are counted.
type counted struct {
	scope Scope
	id    string
}

// NewQuestions returns a count of no questions.
func NewQuestions(q Quotas) *Questions {
	return &Questions{quotas: q, asked: map[counted][]time.Time{}}
}

// Asked is who asks a question where. What is empty is not counted.
type Asked struct {
	User, Channel, Server string // IDs
}

// Exceeded is which quota is used up, and when there is room again.
type Exceeded struct {
	Scope Scope
	Limit int
	Wait  time.Duration
}

// Take counts a question, or returns which quota it exceeds; then none counts it.
func (q *Questions) Take(a Asked) *Exceeded {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	all := [...]counted{{PerUser, a.User}, {PerChannel, a.Channel}, {PerServer, a.Server}}
	for _, c := range all {
		limit := q.limit(c)
		if asked := q.recent(c, now); limit > 0 && len(asked) >= limit {
			free := asked[len(asked)-limit] // when it leaves the window there is room
			return &Exceeded{c.scope, limit, free.Add(q.quotas.Window).Sub(now)}
		}
	}
	for _, c := range all {
		if q.limit(c) > 0 {
			q.asked[c] = append(q.asked[c], now)
		}
	}
	return nil
}

func (q *Questions) limit(c counted) int {
	if c.id == "" {
		return 0
	}
	return [...]int{q.quotas.PerUser, q.quotas.PerChannel, q.quotas.PerServer}[c.scope]
}

// recent drops the times that have left the window and returns the others.
func (q *Questions) recent(c counted, now time.Time) []time.Time {
	asked := q.asked[c]
	n := 0
	for n < len(asked) && now.Sub(asked[n]) >= q.quotas.Window {
		n++
	}
	if n == len(asked) {
		delete(q.asked, c)
		return nil
	}
	if n > 0 {
		asked = append(asked[:0], asked[n:]...)
		q.asked[c] = asked
	}
	return asked
}

// Sweep forgets those who have asked nothing within the window.
func (q *Questions) Sweep() {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	for c := range q.asked {
		q.recent(c, now)
	}
}
