// Package rest carries HTTP requests to Discord within its limits.
//
// [Transport] is an [http.RoundTripper]: it sends requests to the configured
// root, waits where Discord's headers ask for it, repeats what was refused with
// 429 or failed with 5xx, and never waits longer than the request's context
// allows. A wait holds up the requests of its own route only.
package rest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"parley/bot/discord/sleep"
)

const (
	// attempts is how often a request is sent at most when Discord fails with
	// 5xx or the connection breaks, while its context lasts. A judgement: with
	// backoff it spans more than a minute, for which people still wait.
	attempts = 9
	// firstBackoff is the pause after the first failure; it doubles. A judgement.
	firstBackoff = 250 * time.Millisecond
	// attemptTimeout bounds one attempt, so that a connection that hangs is
	// given up while the interaction still lives. A judgement.
	attemptTimeout = 10 * time.Second
	// maxResponse bounds a response body, in bytes. Discord's largest here, the
	// list of commands, is far below it.
	maxResponse = 8 << 20
)

// ErrRefused says that Discord has refused so many requests that one more
// could get this address banned.
var ErrRefused = errors.New("too many refused requests in ten minutes")

// Options say where a [Transport] sends to.
type Options struct {
	Root *url.URL          // such as https://discord.com/api/v10
	Base http.RoundTripper // nil means a clone of [http.DefaultTransport]
	Log  *slog.Logger
}

// Transport sends requests within Discord's limits. It is safe for concurrent use.
type Transport struct {
	root    *url.URL
	base    http.RoundTripper
	log     *slog.Logger
	limits  *limits
	refused refusals
}

var _ http.RoundTripper = (*Transport)(nil)

// New returns a transport to one root.
func New(opts Options) (*Transport, error) {
	switch {
	case opts.Root == nil || opts.Root.Host == "" || (opts.Root.Scheme != "http" && opts.Root.Scheme != "https"):
		return nil, fmt.Errorf("make transport: %v is no http address", opts.Root)
	case opts.Log == nil:
		return nil, errors.New("make transport: no logger")
	}
	if opts.Base == nil {
		base, ok := http.DefaultTransport.(*http.Transport)
		if !ok {
			return nil, errors.New("make transport: the default one was replaced")
		}
		base = base.Clone()
		// Most requests go to one host; the default of 2 idle connections
		// would open a new one for nearly every acknowledgement.
		base.MaxIdleConnsPerHost = 128
		opts.Base = base
	}
	return &Transport{root: opts.Root, base: opts.Base, log: opts.Log, limits: newLimits()}, nil
}

// versioned is the root that discordgo writes into its URLs.
var versioned = regexp.MustCompile(`^/api/v\d+`)

// RoundTrip sends a request to the configured root. The response is read whole;
// its rate-limit headers are taken out, because they have been honoured.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	r := routeOf(req.Method, versioned.ReplaceAllString(req.URL.Path, ""))
	for attempt := 1; ; attempt++ {
		if !r.callback && t.refused.many(time.Now()) {
			return nil, ErrRefused
		}
		if err := t.limits.wait(ctx, r); err != nil {
			return nil, fmt.Errorf("wait for rate limit: %w", err)
		}
		resp, err := t.once(req)
		pause, again := t.judge(r, resp, err, attempt)
		if !again || !fits(ctx, pause) {
			if resp != nil {
				stripLimits(resp.Header)
			}
			return resp, err
		}
		t.log.Debug("repeating request", "route", r.name, "attempt", attempt, "pause", pause)
		if err := sleep.For(ctx, pause); err != nil {
			return nil, fmt.Errorf("wait to repeat request: %w", err)
		}
	}
}

// once makes one attempt and reads the response.
func (t *Transport) once(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), attemptTimeout)
	defer cancel()
	out := req.Clone(ctx)
	out.URL.Scheme, out.URL.Host, out.Host = t.root.Scheme, t.root.Host, ""
	out.URL.Path = strings.TrimSuffix(t.root.Path, "/") + versioned.ReplaceAllString(req.URL.Path, "")
	out.URL.RawPath = ""
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, fmt.Errorf("read request again: %w", err)
		}
		out.Body = body
	}
	resp, err := t.base.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	_ = resp.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("read response: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// judge notes what a response says about limits, and reports whether to send
// the request again and after what pause.
func (t *Transport) judge(r route, resp *http.Response, err error, attempt int) (pause time.Duration, again bool) {
	backoff := firstBackoff << (attempt - 1)
	backoff += rand.N(backoff / 2)
	switch {
	case err != nil:
		var op *net.OpError
		unsent := errors.As(err, &op) && op.Op == "dial"
		return backoff, attempt < attempts && (unsent || r.repeatable) && !errors.Is(err, context.Canceled)
	case resp.StatusCode == http.StatusTooManyRequests:
		t.refused.add(time.Now())
		pause = retryAfter(resp)
		t.limits.block(r, isGlobal(resp), pause)
		t.log.Info("rate limited", "route", r.name, "scope", resp.Header.Get("X-RateLimit-Scope"), "retry_after", pause)
		return pause, true
	case resp.StatusCode >= http.StatusInternalServerError:
		return backoff, attempt < attempts
	case resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden:
		t.refused.add(time.Now())
	}
	t.limits.note(r, resp.Header)
	return 0, false
}

// fits reports whether a pause ends before the context does.
func fits(ctx context.Context, pause time.Duration) bool {
	end, ok := ctx.Deadline()
	return !ok || time.Until(end) > pause
}

// stripLimits takes out what discordgo would wait for a second time, in waits
// that no context ends.
func stripLimits(h http.Header) {
	for name := range h {
		if strings.HasPrefix(name, "X-Ratelimit-") {
			h.Del(name)
		}
	}
}
