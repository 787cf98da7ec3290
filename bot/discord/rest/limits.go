package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/bot/discord/sleep"
)

const (
	// perSecond is Discord's global limit for a bot
	// (https://discord.com/developers/docs/topics/rate-limits#global-rate-limit).
	perSecond = 50
	// sweepEvery is after how many new routes the idle ones are dropped. A judgement.
	sweepEvery = 256
	// noRetryAfter is the pause after a 429 that does not name one. A judgement.
	noRetryAfter = time.Second
	// maxRefused is how many refusals in ten minutes are let through. Discord bans
	// an address at 10,000; half leaves room for other processes behind it.
	maxRefused = 5000
)

// route is what requests share a limit with.
type route struct {
	key        string // method and path with the major parameter; "" is never limited by route
	name       string // the same without tokens, for the log
	callback   bool   // the first response to an interaction
	hook       bool   // goes by an interaction's token, outside the bot's global limit
	repeatable bool   // sending twice does no more than sending once
}

// routeOf names the route of a request. Discord limits by method, path and the
// major parameter: the channel, the server, or the webhook with its token.
func routeOf(method, path string) route {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	r := route{repeatable: method != http.MethodPost}
	switch parts[0] {
	case "interactions":
		// A second callback is refused with 40060, so repeating is safe.
		return route{name: method + " interactions", callback: true, hook: true, repeatable: true}
	case "webhooks":
		r.hook = true
	}
	for i, p := range parts {
		major := i == 1 && (parts[0] == "channels" || parts[0] == "guilds") || r.hook && i <= 2
		if _, err := strconv.ParseUint(p, 10, 64); err == nil && !major {
			parts[i] = "id"
		}
	}
	if method == http.MethodPost && parts[0] == "channels" && parts[len(parts)-1] == "messages" {
		r.repeatable = true // they carry a nonce that Discord enforces
	}
	r.key = method + " " + strings.Join(parts, "/")
	if r.hook && len(parts) > 2 {
		parts[2] = "<token>"
	}
	r.name = method + " " + strings.Join(parts, "/")
	return r
}

// limits is what Discord has said about its limits. It keeps routes only while
// what was said about them holds.
type limits struct {
	mu     sync.Mutex
	routes map[string]*bucket
	grown  int       // routes added since the last sweep
	global time.Time // nothing goes out before
	second time.Time // of the global count
	sent   int       // in that second
}

// bucket is one route's allowance.
type bucket struct {
	limit, remaining int
	reset            time.Time
	window           time.Duration // the longest reset seen
}

func newLimits() *limits {
	return &limits{routes: map[string]*bucket{}}
}

// wait returns when a request of a route may go out. No lock is held meanwhile.
func (l *limits) wait(ctx context.Context, r route) error {
	for {
		d := l.reserve(r, time.Now())
		if d <= 0 {
			return ctx.Err()
		}
		if !fits(ctx, d) {
			return context.DeadlineExceeded
		}
		if err := sleep.For(ctx, d); err != nil {
			return err
		}
	}
}

// reserve takes one request from a route's allowance, or says how long to wait.
func (l *limits) reserve(r route, now time.Time) time.Duration {
	if r.callback {
		return 0 // 3 seconds to live: let Discord decide
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if d := l.global.Sub(now); d > 0 {
		return d
	}
	b := l.routes[r.key]
	if b != nil {
		if !now.Before(b.reset) {
			b.remaining, b.reset = max(b.limit, 1), now.Add(b.window)
		}
		if b.remaining <= 0 {
			return b.reset.Sub(now)
		}
	}
	if !r.hook {
		if now.Sub(l.second) >= time.Second {
			l.second, l.sent = now, 0
		}
		if l.sent >= perSecond {
			return l.second.Add(time.Second).Sub(now)
		}
		l.sent++
	}
	if b != nil {
		b.remaining--
	}
	return 0
}

// note keeps what a response's headers say about its route.
func (l *limits) note(r route, h http.Header) {
	remaining, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	after := seconds(h.Get("X-RateLimit-Reset-After"))
	if err != nil || after <= 0 || r.key == "" {
		return
	}
	limit, _ := strconv.Atoi(h.Get("X-RateLimit-Limit")) // 0 counts as 1
	l.mu.Lock()
	defer l.mu.Unlock()
	reset := time.Now().Add(after)
	b := l.bucket(r.key)
	// Answers overtake each other: within one window the smaller number is the later one.
	if d := reset.Sub(b.reset).Abs(); b.window > 0 && d < b.window/2 {
		remaining = min(remaining, b.remaining)
	}
	b.limit, b.remaining, b.reset, b.window = limit, remaining, reset, max(b.window, after)
}

// block holds a route, or all of them, back.
func (l *limits) block(r route, global bool, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := time.Now().Add(d)
	if global {
		if until.After(l.global) {
			l.global = until
		}
		return
	}
	if r.key == "" {
		return
	}
	b := l.bucket(r.key)
	b.remaining, b.window = 0, max(b.window, d)
	if until.After(b.reset) {
		b.reset = until
	}
}

// bucket returns a route's bucket, made if need be, and now and then drops the
// idle ones. The caller holds mu.
func (l *limits) bucket(key string) *bucket {
	if b := l.routes[key]; b != nil {
		return b
	}
	if l.grown++; l.grown >= sweepEvery {
		l.grown = 0
		now := time.Now()
		for k, b := range l.routes {
			if now.After(b.reset) {
				delete(l.routes, k)
			}
		}
	}
	b := &bucket{remaining: 1}
	l.routes[key] = b
	return b
}

// retryAfter is the pause a 429 asks for: the longer of what header and body say.
func retryAfter(resp *http.Response) time.Duration {
	body, _ := io.ReadAll(resp.Body) // in memory already
	resp.Body = io.NopCloser(bytes.NewReader(body))
	var said struct {
		RetryAfter float64 `json:"retry_after"`
	}
	_ = json.Unmarshal(body, &said) // a proxy's page has no such field
	d := max(seconds(resp.Header.Get("Retry-After")), time.Duration(said.RetryAfter*float64(time.Second)))
	if d <= 0 {
		return noRetryAfter
	}
	return d
}

// isGlobal reports whether a 429 is about the whole bot.
func isGlobal(resp *http.Response) bool {
	return resp.Header.Get("X-RateLimit-Global") != "" || resp.Header.Get("X-RateLimit-Scope") == "global"
}

// seconds reads a header that counts seconds, with or without a fraction.
func seconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > float64(24*time.Hour/time.Second) {
		return 0
	}
	return time.Duration(f * float64(time.Second))
}

// refusals counts 401, 403 and 429 over the last ten minutes.
type refusals struct {
	mu     sync.Mutex
	minute [10]struct {
		at int64 // minutes since 1970
		n  int
	}
}

func (r *refusals) add(now time.Time) {
	at := now.Unix() / 60
	r.mu.Lock()
	defer r.mu.Unlock()
	m := &r.minute[at%10]
	if m.at != at {
		m.at, m.n = at, 0
	}
	m.n++
}

// many reports whether one more refusal could be one too many.
func (r *refusals) many(now time.Time) bool {
	at := now.Unix() / 60
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, m := range r.minute {
		if at-m.at < 10 {
			n += m.n
		}
	}
	return n >= maxRefused
}
