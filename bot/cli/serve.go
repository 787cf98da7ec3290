package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"parley/bot"
	"parley/bot/discord"
	"parley/bot/discord/gateway"
	"parley/bot/watch"
)

type serveCmd struct {
	Verbose bool   `short:"v" help:"Log every request that is repeated, too."`
	Watch   string `placeholder:"ADDRESS" help:"Serve /healthz, /readyz and /metrics there, such as 127.0.0.1:9464."`
}

// secret is a text that nothing prints.
type secret string

// String hides the secret.
func (secret) String() string { return "<secret>" }

// GoString hides it from %#v, too.
func (secret) GoString() string { return "<secret>" }

// LogValue hides it from logs.
func (secret) LogValue() slog.Value { return slog.StringValue("<secret>") }

// Run answers in Discord until the process is told to end.
func (cmd serveCmd) Run(ctx context.Context, a *app) error {
	// Before anything is read, which can take long: by default the signal
	// ends a process.
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	cfg, token, err := a.account()
	if err != nil {
		return err
	}
	if cmd.Watch != "" {
		cfg.Watch.Listen = cmd.Watch
	}
	log := a.logger(cmd.Verbose)
	w, stopWatch, err := a.watch(ctx, &cfg, log)
	if err != nil {
		return err
	}
	defer stopWatch()
	b, err := a.bot(ctx, cfg, w, log)
	if err != nil {
		if ctx.Err() != nil {
			return nil // told to end while it was reading: done, as later
		}
		return err
	}
	defer a.closeBot(b, log)
	reloads, stop := context.WithCancel(ctx)
	done := reloadOnHangup(reloads, hup, b, log)
	defer func() {
		stop()
		<-done
	}()
	opts := cfg.discord(token, b, log)
	opts.Up = w.Up
	err = discord.Serve(ctx, opts)
	return explain(err)
}

// account is the configuration and the bot's token.
func (a *app) account() (Config, secret, error) {
	cfg, err := a.config()
	if err != nil {
		return cfg, "", err
	}
	token, err := a.token()
	return cfg, token, err
}

// discord is what package discord is told.
func (c *Config) discord(token secret, b *bot.Bot, log *slog.Logger) discord.Options {
	return discord.Options{
		Token: string(token), API: c.Discord.APIURL, Bot: b, Log: log,
		Shards: int(c.Discord.Shards), ShardIDs: c.Discord.ShardIDs,
		Grace: time.Duration(c.Discord.GraceSeconds) * time.Second,
		Look:  discord.Look(c.Discord.Look),
	}
}

// explain adds what to do about an end that Discord wanted.
func explain(err error) error {
	if f, ok := errors.AsType[*gateway.FatalError](err); ok {
		return hint(err, f.Hint)
	}
	return err
}

// bot makes the bot over the configured articles, watched from the start.
func (a *app) bot(ctx context.Context, cfg Config, w *watched, log *slog.Logger) (*bot.Bot, error) {
	lib, err := a.library(&cfg, log)
	if err != nil {
		return nil, err
	}
	opts, err := a.botOptions(&cfg, lib, log)
	if err != nil {
		return nil, err
	}
	opts.Observe = w
	b, err := bot.New(ctx, opts)
	if err != nil {
		return nil, err
	}
	w.bot.Store(b)
	bar := newProgress(a.env)
	report, err := b.Reload(ctx, "", bar.step)
	bar.end()
	if err != nil {
		a.closeBot(b, log)
		return nil, err
	}
	if n := unread(report.Snapshot.Reading); n > 0 {
		a.note("%s not read; parley index says why", count(n, "text was", "texts were"))
	}
	return b, nil
}

// closeTimeout bounds closing the store at the end. A judgement: all requests
// have ended by then.
const closeTimeout = 5 * time.Second

func (a *app) closeBot(b *bot.Bot, logger *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if err := b.Close(ctx); err != nil {
		logger.Error("store not closed", "error", err)
	}
}

// logger writes to standard error, as JSON with --json.
func (a *app) logger(verbose bool) *slog.Logger {
	opts := &slog.HandlerOptions{Level: slog.LevelInfo}
	if verbose {
		opts.Level = slog.LevelDebug
	}
	if a.flags.JSON {
		return slog.New(slog.NewJSONHandler(a.env.Stderr, opts))
	}
	return slog.New(slog.NewTextHandler(a.env.Stderr, opts))
}

// quietLogger writes errors only: for commands that answer on the terminal, which
// say themselves what went wrong.
func (a *app) quietLogger() *slog.Logger {
	return slog.New(slog.NewTextHandler(a.env.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

// reloadOnHangup reads the articles again on each signal until ctx ends; then
// the channel it returns is closed.
func reloadOnHangup(ctx context.Context, hup <-chan os.Signal, b *bot.Bot, logger *slog.Logger) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hup:
			}
			if _, err := b.Reload(ctx, "", nil); err != nil && ctx.Err() == nil {
				logger.Error("articles not reloaded", "error", err)
			}
		}
	}()
	return done
}

// The environment's names of the bot's token, and of a file that holds it.
const (
	tokenKey     = "DISCORD_TOKEN"
	tokenFileKey = "DISCORD_TOKEN_FILE" //nolint:gosec // the name of a variable, no secret
)

// token is the bot's token, from the environment or from the file it names.
func (a *app) token() (secret, error) {
	text := a.env.Getenv(tokenKey)
	if path := a.env.Getenv(tokenFileKey); text == "" && path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			return "", hint(fmt.Errorf("read bot token: %w", err), tokenFileKey+" names the file that holds the token")
		}
		text = string(data)
	}
	text = strings.TrimPrefix(strings.TrimSpace(text), "Bot ")
	if text == "" {
		return "", hint(errors.New("no bot token"), "set "+tokenKey+" to the token of the developer portal (Bot, Reset Token), or "+tokenFileKey+" to a file that holds it")
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }); i >= 0 {
		return "", hint(fmt.Errorf("read bot token: character %d is none that a token has", i+1), "copy the token anew from the developer portal (Bot, Reset Token), nothing before or after it")
	}
	return secret(text), nil
}

type commandsCmd struct{}

// Run registers the commands.
func (commandsCmd) Run(ctx context.Context, a *app) error {
	cfg, token, err := a.account()
	if err != nil {
		return err
	}
	log := a.logger(false)
	b, err := a.bot(ctx, cfg, &watched{Watch: watch.New()}, log)
	if err != nil {
		return err
	}
	defer a.closeBot(b, log)
	changed, err := discord.Register(ctx, cfg.discord(token, b, log))
	if err != nil {
		return explain(err)
	}
	if a.flags.JSON {
		return a.out.object(map[string]bool{"changed": changed})
	}
	if changed {
		a.out.line("The commands are registered.")
	} else {
		a.out.line("The commands were registered already.")
	}
	return nil
}
