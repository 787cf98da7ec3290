package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"parley/bot/discord/sleep"
)

const (
	// settled is how long a connection must have lived for the next failure to
	// count as the first. A judgement.
	settled = time.Minute
	// closeTimeout bounds closing a session at the end: discordgo sleeps a second in it.
	closeTimeout = 3 * time.Second
)

// shard keeps one session alive, and replaces it.
type shard struct {
	id, count int
	opts      Options
	turns     *identifies
	log       *slog.Logger
}

// liveSession is a session and the connection it has.
type liveSession struct {
	session Session
	ready   atomic.Bool // Discord knows the session: opening it again resumes

	mu   sync.Mutex
	line *line // the newest; nil before the first
}

// errStuck is returned for a session that must not be touched any more.
var errStuck = errors.New("session is stuck")

// run opens sessions until ctx ends or there is no use.
func (s *shard) run(ctx context.Context) error {
	var h *liveSession
	var b backoff
	for {
		if h == nil {
			var err error
			if h, err = s.create(ctx); err != nil {
				if f, ok := errors.AsType[*FatalError](err); ok {
					return f
				}
				if ctx.Err() != nil {
					return nil
				}
				s.log.Warn("cannot start session", "error", err)
				if sleep.For(ctx, b.next()) != nil {
					return nil
				}
				continue
			}
		}
		began := time.Now()
		err := s.live(ctx, h)
		if ctx.Err() != nil {
			return nil
		}
		over := h.ended()
		if f := fatal(over.code); f != nil {
			return f
		}
		again := !errors.Is(err, errStuck) && h.ready.Load() && resumes(over)
		if time.Since(began) >= settled {
			b = backoff{}
		}
		pause := b.pause(again, over.invalid)
		s.log.Warn("gateway connection over", "error", err, "close_code", over.code, "reason", over.reason,
			"reconnect", over.reconnect, "invalid", over.invalid, "resume", again, "pause", pause, "lived", time.Since(began))
		if !again {
			h = nil
		}
		if sleep.For(ctx, pause) != nil {
			return nil
		}
	}
}

// resumes reports whether the session can go on after its connection ended so.
func resumes(over end) bool {
	switch over.code {
	case 4003, 4007, 4009: // not authenticated, invalid sequence, session timed out
		return false
	}
	return !over.invalid || over.resumeable
}

// create waits for a turn to IDENTIFY and makes a session for it.
func (s *shard) create(ctx context.Context) (*liveSession, error) {
	wait, err := s.turns.wait(ctx, s.id)
	if err != nil {
		return nil, err
	}
	if wait > 0 {
		s.log.Warn("held back to spare the day's sessions", "waited", wait)
	}
	h, d := &liveSession{}, dialer{s.opts.Proxy}
	connect := func(dial func(context.Context, string, string) (*line, error)) func(context.Context, string, string) (net.Conn, error) {
		return func(ctx context.Context, network, addr string) (net.Conn, error) {
			l, err := dial(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			h.mu.Lock()
			defer h.mu.Unlock()
			h.line = l
			return l, nil
		}
	}
	h.session, err = s.opts.New(Hookup{
		Shard: s.id, Shards: s.count, Dial: connect(d.plain), DialTLS: connect(d.secure),
		Ready: func() { h.ready.Store(true) },
	})
	if err != nil {
		return nil, fmt.Errorf("make session: %w", err)
	}
	return h, nil
}

// live opens a session and watches it until its connection is over. The session
// must not be used again after errStuck.
func (s *shard) live(ctx context.Context, h *liveSession) error {
	h.forget()
	opened := make(chan error, 1)
	// Nothing waits for this goroutine when the session is stuck: discordgo
	// holds a lock for ever then, and ending the process is the only end.
	go func() { opened <- h.session.Open() }()
	timeout := time.NewTimer(s.opts.OpenTimeout)
	defer timeout.Stop()
	select {
	case err := <-opened:
		if err != nil {
			return fmt.Errorf("open session: %w", err)
		}
	case <-timeout.C:
		h.hangUp()
		return errStuck
	case <-ctx.Done():
		h.hangUp()
		return ctx.Err()
	}
	l := h.current()
	if l == nil {
		return errStuck // it did not use our dialer
	}
	s.log.Info("gateway connected")
	s.opts.Up(s.id, true)
	defer s.opts.Up(s.id, false)
	look := time.NewTicker(watchEvery(l))
	defer look.Stop()
	for {
		select {
		case <-l.closed:
			return errors.New("connection closed")
		case now := <-look.C:
			if missed := l.silent(now); missed > s.opts.Missed {
				h.hangUp()
				s.log.Warn("session abandoned", "missed_heartbeats", missed)
				return errStuck
			}
		case <-ctx.Done():
			h.close()
			return ctx.Err()
		}
	}
}

// watchEvery is how often a session is looked at: several times a heartbeat.
func watchEvery(l *line) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return max(l.interval/8, 10*time.Millisecond)
}

func (h *liveSession) current() *line {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.line
}

// forget drops the connection before, so that its end is not taken for the next one's.
func (h *liveSession) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.line = nil
}

func (h *liveSession) ended() end {
	if l := h.current(); l != nil {
		return l.ended()
	}
	return end{}
}

// hangUp cuts the connection without touching the session.
func (h *liveSession) hangUp() {
	if l := h.current(); l != nil {
		_ = l.Close()
	}
}

// close ends a session that works, so that Discord shows the bot as offline.
func (h *liveSession) close() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = h.session.Close()
	}()
	select {
	case <-done:
	case <-time.After(closeTimeout):
		h.hangUp()
	}
}
