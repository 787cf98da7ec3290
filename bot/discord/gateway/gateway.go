// Package gateway keeps sessions with Discord's gateway alive.
//
// A [Session] is discordgo's: it opens one connection, sends heartbeats and
// passes events on. It is never asked to reconnect by itself, and never trusted
// to notice that it is dead. This package decides from outside: [line] watches
// the connection from below, shard replaces a session that is silent or stuck,
// and identifies spaces out what Discord counts.
package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/bot/discord/sleep"
)

const (
	// DefaultOpenTimeout bounds everything up to the first event. A judgement:
	// Discord sends READY within a second or two.
	DefaultOpenTimeout = 30 * time.Second
	// DefaultMissed is how many heartbeats may go unanswered before a session
	// counts as dead. A judgement; Discord's documentation asks to reconnect after one.
	DefaultMissed = 2.5
)

// Session is what this package needs of discordgo's session. Open returns once
// the connection is up, Close ends it. Neither may be called on one that is stuck.
type Session interface {
	Open() error
	Close() error
}

// Hookup is what a new session is to use.
type Hookup struct {
	Shard, Shards int
	// Dial and DialTLS connect, through a proxy where the environment names one;
	// the session must use nothing else, and no proxy of its own.
	Dial, DialTLS func(ctx context.Context, network, addr string) (net.Conn, error)
	// Ready is to be called when READY has come. It does not block.
	Ready func()
}

// Start is what Discord says about new sessions
// (https://discord.com/developers/docs/events/gateway#session-start-limit-object).
type Start struct {
	Shards         int // recommended
	Total          int // IDENTIFYs a day
	Remaining      int
	ResetAfter     time.Duration
	MaxConcurrency int // IDENTIFYs per 5 s
}

// Options say what a [Run] works with. Zero durations and counts mean the defaults.
type Options struct {
	New         func(Hookup) (Session, error)
	Start       func(context.Context) (Start, error) // asks Discord; a *FatalError ends the run
	Shards      int                                  // in all; 0 asks Discord
	ShardIDs    []int                                // those of this process; empty means all
	Log         *slog.Logger
	OpenTimeout time.Duration
	Missed      float64 // heartbeats
	// Proxy names the proxy on the way to an address; nil asks the environment, as
	// [http.ProxyFromEnvironment] does.
	Proxy func(*http.Request) (*url.URL, error)
	Up    func(shard int, up bool)
}

// FatalError says that connecting again is of no use.
type FatalError struct {
	Code int // the gateway's close code, or an HTTP status
	Says string
	Hint string
}

func (e *FatalError) Error() string {
	return fmt.Sprintf("%s (Discord's code %d)", e.Says, e.Code)
}

// fatal returns the error for a close code after which Discord wants no
// reconnection, nil for the others
// (https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
func fatal(code int) error {
	switch code {
	case 4004:
		return &FatalError{code, "the bot's token is not valid", "copy the token anew from the developer portal (Bot, Reset Token) and put it into DISCORD_TOKEN"}
	case 4010:
		return &FatalError{code, "the shard is not one that can be", "set [discord] shards and shard_ids so that every ID is below the number of shards"}
	case 4011:
		return &FatalError{code, "the bot is in too many servers for one connection", `set [discord] shards = "auto"`}
	case 4012:
		return &FatalError{code, "Discord no longer speaks this version of its gateway", "install a newer parley"}
	case 4013:
		return &FatalError{code, "the intents are not ones that can be", "this is a mistake in parley: please report it"}
	case 4014:
		return &FatalError{code, "the bot asks for an intent that it has not been given", "parley needs no privileged intent: report this, with the version"}
	}
	return nil
}

// Run keeps the sessions of all shards alive until ctx ends, or until one of
// them meets a *[FatalError], which it returns.
func Run(ctx context.Context, opts Options) error {
	if opts.OpenTimeout <= 0 {
		opts.OpenTimeout = DefaultOpenTimeout
	}
	if opts.Missed <= 0 {
		opts.Missed = DefaultMissed
	}
	if opts.Proxy == nil {
		opts.Proxy = http.ProxyFromEnvironment
	}
	if opts.Up == nil {
		opts.Up = func(int, bool) {}
	}
	start, err := firstStart(ctx, opts)
	if err != nil {
		return err
	}
	count := opts.Shards
	if count == 0 {
		count = max(start.Shards, 1)
	}
	ids := opts.ShardIDs
	if len(ids) == 0 {
		ids = make([]int, count)
		for i := range ids {
			ids[i] = i
		}
	}
	for _, id := range ids {
		if id < 0 || id >= count {
			return fatal(4010)
		}
	}
	turns := newIdentifies(opts.Start)
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		s := &shard{id: id, count: count, opts: opts, turns: turns, log: opts.Log.With("shard", id)}
		g.Go(func() error { return s.run(ctx) })
	}
	return g.Wait()
}

// firstStart asks Discord until it answers.
func firstStart(ctx context.Context, opts Options) (Start, error) {
	var b backoff
	for {
		start, err := opts.Start(ctx)
		if err == nil {
			return start, nil
		}
		if f, ok := errors.AsType[*FatalError](err); ok {
			return Start{}, f
		}
		if ctx.Err() != nil {
			return Start{}, ctx.Err()
		}
		opts.Log.Warn("gateway not available", "error", err)
		if err := sleep.For(ctx, b.next()); err != nil {
			return Start{}, err
		}
	}
}
