// Package discord shows bot's replies in Discord and makes requests of what
// people do there. It is the only importer of discordgo.
//
// Bottom up: package rest carries requests within Discord's limits, package
// gateway keeps the sessions alive, package markup writes strangers' texts so
// that they do nothing. client.go sends, payload.go is what is sent, wire.go
// what comes in. render.go begins to turn a reply into messages, components.go and
// classic.go do so in the two looks, out of what text.go, sources.go and controls.go
// write. pending.go and mention.go show it where it was asked for, pace.go while it
// is written.
// serve.go takes what comes in; commands.go registers the commands.
package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley/bot"
	"parley/bot/discord/gateway"
	"parley/bot/discord/rest"
	"parley/bot/discord/sleep"
)

const (
	// DefaultAPI is Discord itself.
	DefaultAPI = "https://discord.com"
	// apiVersion is of the REST interface.
	apiVersion = "/api/v10"
	// DefaultGrace is how long answers in flight may take after the bot was told
	// to stop. A judgement: process managers kill after 30 to 90 s.
	DefaultGrace = 20 * time.Second
	// lastWords bounds telling the rest that the bot is restarting. A judgement.
	lastWords = 5 * time.Second
	// linger is how long the bot goes on hearing people after it was told to end,
	// to tell those that it is restarting whose question was on its way. A
	// judgement: some round trips to Discord, and a busy machine.
	linger = time.Second
)

// Handler does what a request asks for. [bot.Bot] is one. It always returns a
// reply.
type Handler interface {
	Handle(ctx context.Context, r bot.Request) *bot.Reply
}

var _ Handler = (*bot.Bot)(nil)

// Options say what to serve and where. Zero fields without a note mean the defaults.
type Options struct {
	Token    string // required
	API      string // address above /api/v10, without a trailing slash
	Bot      *bot.Bot
	Handler  Handler // nil means Bot
	Log      *slog.Logger
	Shards   int           // in all; 0 asks Discord
	ShardIDs []int         // of this process; empty means all
	Grace    time.Duration // for answers in flight at the end
	Look     Look          // of replies
	// OpenTimeout and Missed say when a session counts as dead; see [gateway.Options].
	OpenTimeout time.Duration
	Missed      float64
	// Up hears when a connection of the gateway is up, and when it is no longer. It may
	// be nil, and must not block.
	Up func(shard int, up bool)
}

func (o *Options) validate() error {
	switch {
	case o.Token == "":
		return errors.New("no token")
	case o.Bot == nil:
		return errors.New("no bot")
	case o.Log == nil:
		return errors.New("no logger")
	}
	if o.API == "" {
		o.API = DefaultAPI
	}
	if o.Handler == nil {
		o.Handler = o.Bot
	}
	if o.Look == "" {
		o.Look = Components
	}
	if o.Grace <= 0 {
		o.Grace = DefaultGrace
	}
	return nil
}

// connect makes a client of Discord's REST interface. It sends nothing yet.
func connect(token, api string, log *slog.Logger) (*client, *http.Client, error) {
	root, err := url.Parse(strings.TrimSuffix(api, "/") + apiVersion)
	if err != nil {
		return nil, nil, fmt.Errorf("read discord address: %w", err)
	}
	transport, err := rest.New(rest.Options{Root: root, Log: log})
	if err != nil {
		return nil, nil, err
	}
	hc := &http.Client{Transport: transport}
	s, err := bare(token, hc)
	if err != nil {
		return nil, nil, err
	}
	return &client{session: s}, hc, nil
}

// Serve answers in Discord until ctx ends, then finishes what is in flight
// within the grace period and returns nil. A *[gateway.FatalError] says that
// Discord does not want the bot as it is.
func Serve(ctx context.Context, opts Options) error {
	if err := opts.validate(); err != nil {
		return fmt.Errorf("serve discord: %w", err)
	}
	c, hc, err := connect(opts.Token, opts.API, opts.Log)
	if err != nil {
		return err
	}
	me, err := c.login(ctx, opts.Log)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	c.app = me.ID
	opts.Log.Info("logged in", "application", me.Name, "application_id", me.ID)
	if changed, err := c.registerSoon(ctx, definitions(opts.Bot.Texts)); err != nil {
		// The commands of the last time are still there, and mentions need none.
		opts.Log.Error("commands not registered", "error", err)
	} else if changed {
		opts.Log.Info("commands registered")
	}

	// Handlers outlive ctx: that is what the grace period is for.
	work, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	s := newServer(c, me.Bot.ID, opts)
	line, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	lost := make(chan error, 1)
	go func() {
		lost <- gateway.Run(line, gateway.Options{
			New: sessions(opts.Token, hc, opts.Log, func(e event) { s.take(work, e) }), Start: c.start,
			Shards: opts.Shards, ShardIDs: opts.ShardIDs, Log: opts.Log,
			OpenTimeout: opts.OpenTimeout, Missed: opts.Missed, Up: opts.Up,
		})
	}()
	select {
	case err = <-lost:
		lost <- nil
	case <-ctx.Done():
	}
	s.drain(cancel, opts.Grace)
	hangUp()
	if late := <-lost; late != nil {
		opts.Log.Warn("gateway over while ending", "error", late)
	}
	return err
}

// login asks Discord who the bot is until it answers.
func (c *client) login(ctx context.Context, logger *slog.Logger) (identity, error) {
	for pause := time.Second; ; pause = min(2*pause, time.Minute) {
		me, err := c.whoami(ctx)
		if _, fatal := errors.AsType[*gateway.FatalError](err); err == nil || fatal || ctx.Err() != nil {
			return me, err
		}
		logger.Warn("discord not available", "error", err, "pause", pause)
		if err := sleep.For(ctx, pause); err != nil {
			return identity{}, err
		}
	}
}

// Register makes Discord's commands those of this version, when they differ. It
// reports whether they did. Of opts it needs Token, Bot, Log and perhaps API.
func Register(ctx context.Context, opts Options) (changed bool, err error) {
	if err := opts.validate(); err != nil {
		return false, fmt.Errorf("register commands: %w", err)
	}
	c, _, err := connect(opts.Token, opts.API, opts.Log)
	if err != nil {
		return false, err
	}
	me, err := c.whoami(ctx)
	if err != nil {
		return false, err
	}
	c.app = me.ID
	return c.registerSoon(ctx, definitions(opts.Bot.Texts))
}
