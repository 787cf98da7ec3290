package discordtest

import (
	"fmt"
	"hash/fnv"
	"math"
	"net/http"
	"path"
	"strconv"
	"sync"
	"time"
)

// Limit allows so many requests in a time to each channel, webhook or server
// of a route.
type Limit struct {
	Method string // "" = any
	Path   string // a pattern as for Fault
	Count  int
	Per    time.Duration
	// Global counts all requests that match as one, except those to interaction
	// callbacks and webhooks, which Discord's global limit leaves out.
	Global bool
}

// DefaultLimits are like Discord's: 50 requests a second in all, as
// documented, and for the rest what is commonly seen, as no figures are
// published.
func DefaultLimits() []Limit {
	return []Limit{
		{Path: "**", Count: 50, Per: time.Second, Global: true},
		{Method: "POST", Path: "/channels/*/messages", Count: 5, Per: 5 * time.Second},
		{Method: "PATCH", Path: "/channels/*/messages/*", Count: 5, Per: 5 * time.Second},
		{Method: "POST", Path: "/channels/*/typing", Count: 5, Per: 5 * time.Second},
		{Path: "/webhooks/**", Count: 5, Per: 2 * time.Second},
	}
}

// limiter keeps the buckets.
type limiter struct {
	mu      sync.Mutex
	limits  []Limit
	buckets map[string]*bucket
	waits   map[string]*bucket // that faults have announced, by place
	swept   time.Time
}

type bucket struct {
	left  int
	reset time.Time
	// refused is when the first 429 of this window went out, until is the end
	// of the wait that it told.
	refused, until time.Time
}

func newLimiter(limits []Limit) *limiter {
	return &limiter{limits: limits, buckets: map[string]*bucket{}, waits: map[string]*bucket{}}
}

// A verdict is what the limits say of one request.
type verdict struct {
	headers http.Header
	wait    time.Duration // > 0: refused with 429
	global  bool
	ignored time.Duration // how long before the end of an announced wait it came, 0 = none was
}

// inFlight is how long after a 429 further requests of the bucket may still
// arrive that were sent before the bot could read it.
const inFlight = 250 * time.Millisecond

// ignored says how long before the end of an announced wait a request comes, 0
// if that is all right.
func (b *bucket) ignored(now time.Time) time.Duration {
	const rounding = 50 * time.Millisecond
	if left := b.until.Sub(now); now.Sub(b.refused) > inFlight && left > rounding {
		return left
	}
	return 0
}

// announce notes the wait that a fault's 429 tells for a place.
func (l *limiter) announce(place string, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if b := l.waits[place]; b == nil || now.After(b.until) {
		l.waits[place] = &bucket{refused: now, until: now.Add(wait), reset: now.Add(wait)}
	}
}

// early is how long before the end of a wait that was announced for a place a
// request comes, 0 if that is all right.
func (l *limiter) early(place string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := l.waits[place]; b != nil {
		return b.ignored(time.Now())
	}
	return 0
}

// take counts a request. major names the channel, webhook or server.
func (l *limiter) take(method, where, major string, exempt bool) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.sweep(now)
	v := verdict{headers: http.Header{}}
	for i, limit := range l.limits {
		if limit.Method != "" && limit.Method != method || limit.Global && exempt || !match(limit.Path, where) {
			continue
		}
		key := fmt.Sprint(i)
		if !limit.Global {
			key += " " + major
		}
		b := l.buckets[key]
		if b == nil || now.After(b.reset) {
			b = &bucket{left: limit.Count, reset: now.Add(limit.Per)}
			l.buckets[key] = b
		}
		if b.left == 0 {
			if b.refused.IsZero() {
				b.refused, b.until = now, b.reset
			} else {
				v.ignored = max(v.ignored, b.ignored(now))
			}
			v.wait, v.global = b.reset.Sub(now), limit.Global
		} else {
			b.left--
		}
		if !limit.Global {
			v.describe(limit, b, key, now)
		}
		if v.wait > 0 {
			return v
		}
	}
	return v
}

func (v *verdict) describe(limit Limit, b *bucket, key string, now time.Time) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // never fails
	v.headers.Set("X-RateLimit-Bucket", strconv.FormatUint(h.Sum64(), 16))
	v.headers.Set("X-RateLimit-Limit", strconv.Itoa(limit.Count))
	v.headers.Set("X-RateLimit-Remaining", strconv.Itoa(b.left))
	v.headers.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(b.reset.UnixMilli())/1000, 'f', 3, 64))
	v.headers.Set("X-RateLimit-Reset-After", seconds(b.reset.Sub(now)))
}

func seconds(d time.Duration) string {
	return strconv.FormatFloat(math.Ceil(d.Seconds()*1000)/1000, 'f', 3, 64)
}

// sweep drops the buckets that have run out, now and then.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Second {
		return
	}
	l.swept = now
	for _, all := range []map[string]*bucket{l.buckets, l.waits} {
		for key, b := range all {
			if now.After(b.reset) {
				delete(all, key)
			}
		}
	}
}

// writeLimited answers 429.
func writeLimited(w http.ResponseWriter, wait time.Duration, global bool) {
	h := w.Header()
	scope := "user"
	if global {
		scope = "global"
		h.Set("X-RateLimit-Global", "true")
	}
	h.Set("X-RateLimit-Scope", scope)
	h.Set("X-RateLimit-Reset-After", seconds(wait))
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	writeJSON(w, http.StatusTooManyRequests, object{
		"message": "You are being rate limited.", "retry_after": math.Ceil(wait.Seconds()*1000) / 1000, "global": global,
	})
}

// match says whether a path, without /api/vN, fits a pattern: * stands for one
// element, a last ** for all that follow.
func match(pattern, where string) bool {
	if head, ok := cutTail(pattern); ok {
		return head == "" || where == head || matchPrefix(head, where)
	}
	ok, err := path.Match(pattern, where)
	return err == nil && ok
}

func cutTail(pattern string) (string, bool) {
	const tail = "**"
	if len(pattern) < len(tail) || pattern[len(pattern)-len(tail):] != tail {
		return "", false
	}
	head := pattern[:len(pattern)-len(tail)]
	if head != "" && head[len(head)-1] == '/' {
		head = head[:len(head)-1]
	}
	return head, true
}

// matchPrefix says whether some parent of a path fits a pattern.
func matchPrefix(pattern, where string) bool {
	for parent := where; parent != "/" && parent != "."; parent = path.Dir(parent) {
		if ok, err := path.Match(pattern, parent); err == nil && ok {
			return true
		}
	}
	return false
}
