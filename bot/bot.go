// Package bot turns a [Request] into a [Reply] and knows no chat network.
//
// Bottom up: package store keeps what buttons need and what people think of
// answers, phrases has what the bot itself says, in five languages, catalogue
// lists the articles and finds them by title, conversation remembers what was
// said, limits bounds what people and models may take, and manage is what the
// managers of the corpus do and see. None of them knows requests or replies.
//
// [Bot.Handle] checks rights and sends a request on (job.go). A question (ask.go)
// passes the limits, is read with its conversation, and answered from a cache
// where it can (cache.go), else by an [Answerer] over the live articles (live.go);
// saved.go stores what its buttons need. Every file makes blocks of what it has to
// show: answered.go of answers, missing.go of refusals, suggest.go of questions to go on
// with, check.go of statements checked, sources.go of
// lists, press.go of what buttons do, reload.go, status.go and gaps.go for
// managers, about.go of the rest.
//
// Package bot/discord shows the replies.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"parley/bot/conversation"
	"parley/bot/limits"
	"parley/bot/manage"
	"parley/bot/phrases"
	"parley/bot/store"
	"parley/retrieval/library"
)

// ErrRestarting as the cause of a cancelled context makes [Bot.Handle] tell
// people that the bot is being restarted.
var ErrRestarting = errors.New("the bot is restarting")

// Bot answers requests. It is safe for concurrent use.
type Bot struct {
	opts     Options
	log      *slog.Logger
	book     *phrases.Book
	store    *store.Store
	noFolder error // why the store is in memory although a folder is set
	started  time.Time

	live     atomic.Pointer[live]
	showing  sync.Mutex // held while live is replaced
	keeper   *manage.Keeper
	quotas   *limits.Questions
	lookups  *limits.Questions // suggestions while somebody types, and pages of lists
	queue    *limits.Queue
	spending *limits.Spending
	cache    *cache
	talks    *conversation.Memory
	counts   counts

	mu       sync.Mutex
	stopped  bool
	inFlight sync.WaitGroup
	end      context.CancelFunc // of the caretakers
	caring   sync.WaitGroup
}

// counts are figures since the start.
type counts struct{ served, declined, cached atomic.Int64 }

// lookupsPerQuestion is how many suggestions and pages of lists are let through where
// one question is: a title is typed with some twenty keys. A judgement.
const lookupsPerQuestion = 20

// New returns a bot. It opens the store; where that cannot be, the bot works all
// the same and forgets when it ends. [Bot.Close] frees what it holds.
func New(ctx context.Context, opts Options) (*Bot, error) {
	opts = opts.withDefaults()
	if err := opts.validate(); err != nil {
		return nil, fmt.Errorf("make bot: %w", err)
	}
	book, err := phrases.Open()
	if err != nil {
		return nil, fmt.Errorf("make bot: %w", err)
	}
	b := &Bot{
		opts: opts, log: opts.Log, book: book, started: time.Now(),
		quotas: limits.NewQuestions(opts.Quotas), lookups: limits.NewQuestions(opts.Quotas.Times(lookupsPerQuestion)), queue: limits.NewQueue(opts.AtOnce, opts.Queue), cache: newCache(opts.Repeat, opts.Keep),
		talks: conversation.NewMemory(opts.Quiet),
	}
	b.keeper, err = manage.NewKeeper(manage.Options{
		Library: opts.Library, Data: opts.Data, Live: b.goLive, Log: opts.Log, Retry: opts.Retry, RetryMost: opts.RetryMost,
	})
	if err != nil {
		return nil, fmt.Errorf("make bot: %w", err)
	}
	if err := b.openStore(ctx); err != nil {
		return nil, fmt.Errorf("make bot: %w", err)
	}
	b.spending = limits.NewSpending(opts.Budget, b.store, firstAnswer)
	b.goLive()
	caring, end := context.WithCancel(context.WithoutCancel(ctx))
	b.end = end
	b.caring.Go(func() { b.takeCare(caring) })
	b.caring.Go(func() { b.keeper.Run(caring) })
	return b, nil
}

func (b *Bot) openStore(ctx context.Context) (err error) {
	if b.opts.Data != "" {
		if b.store, err = store.Open(ctx, b.opts.Data, b.opts.Retention); err == nil {
			return nil
		}
		b.noFolder = err
		b.log.Warn("store is in memory", "folder", b.opts.Data, "error", err)
	}
	b.store, err = store.Memory(ctx, b.opts.Retention)
	return err
}

// careInterval is the time between two rounds of dropping what is too old. What
// is too old is not used in between either.
const careInterval = 10 * time.Minute

// takeCare drops what is too old until ctx ends.
func (b *Bot) takeCare(ctx context.Context) {
	tick := time.NewTicker(careInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		b.talks.Sweep()
		b.quotas.Sweep()
		b.lookups.Sweep()
		b.cache.sweep()
		if err := b.store.Prune(ctx); err != nil && ctx.Err() == nil {
			b.log.Error("old rows not deleted", "error", err)
		}
		if w := b.store.Backlog(); w.Waiting > 0 && w.Failure != nil || w.Lost > 0 {
			b.log.Error("rows not on the disk", "waiting", w.Waiting, "lost", w.Lost, "error", w.Failure)
		}
	}
}

// Reload reads the articles again and makes them live; see [manage.Keeper.Reload].
// Requests being answered go on with those of before.
func (b *Bot) Reload(ctx context.Context, who string, progress library.Progress) (*library.Report, error) {
	return b.keeper.Reload(ctx, who, progress)
}

// Handle does what a request asks for and says so. It always returns a reply:
// what went wrong is logged, and told in a fixed sentence with the request's ID.
// Progress of a request hears replies with the outcome [Working] before.
func (b *Bot) Handle(ctx context.Context, r Request) *Reply {
	if !b.begin() {
		return b.Restarting(r.Locale)
	}
	defer b.inFlight.Done()
	began := time.Now()
	if r.At.IsZero() {
		r.At = began
	}
	length := utf8.RuneCountInString(r.Text)
	for _, text := range [...]*string{&r.Text, &r.Filter.Article, &r.Filter.Since, &r.Filter.Until, &r.User.Name} {
		*text = strings.ToValidUTF8(cut(*text, maxText), "")
	}
	job := &job{Bot: b, Request: r, say: b.book.For(r.Locale), length: length}
	reply, err := job.handle(ctx)
	switch {
	case err == nil:
	case errors.Is(context.Cause(ctx), ErrRestarting):
		reply = b.Restarting(r.Locale)
	default:
		b.log.Error("request failed", "request", r.ID, "kind", string(r.Kind), "error", err)
		reply = b.Apology(r.Locale, r.ID)
	}
	if r.Private || r.Kind.alwaysPrivate() {
		reply.Private = true
	}
	b.opts.Observe.Replied(r.Kind, reply.Outcome, job.engine, job.cached, time.Since(began))
	return reply
}

// maxText bounds what is read of any text, in runes: more than an option of a
// command or a message of a network holds.
const maxText = 6000

// begin counts a request in, unless the bot has been stopped.
func (b *Bot) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped {
		return false
	}
	b.inFlight.Add(1)
	return true
}

// Stop makes the bot take no new requests: each gets the reply that the bot is
// restarting. Those in flight go on.
func (b *Bot) Stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = true
}

// Close stops the bot, waits for the requests in flight and for what is embedded
// to be saved until ctx ends, and closes the store.
func (b *Bot) Close(ctx context.Context) error {
	b.Stop()
	b.end()
	done := make(chan struct{})
	go func() { // ends with the last request, at the latest when the process does
		b.caring.Wait()
		b.inFlight.Wait()
		close(done)
	}()
	var late error
	select {
	case <-done:
	case <-ctx.Done():
		late = fmt.Errorf("close bot: work is under way: %w", ctx.Err())
	}
	return errors.Join(late, b.store.Close())
}

// Apology is the reply when handling a request broke off altogether.
func (b *Bot) Apology(locale, requestID string) *Reply {
	text := b.book.For(locale).Say("failed", phrases.Args{"ID": requestID})
	return &Reply{Outcome: Failed, Private: true, Blocks: paragraphs(text)}
}

// Restarting is the reply to requests that there is no time for any more.
func (b *Bot) Restarting(locale string) *Reply {
	return &Reply{Outcome: Refused, Private: true, Blocks: paragraphs(b.book.For(locale).Say("refused.restarting", nil)), Why: WhyRestarting, Wait: shortWait}
}

// NoThread is the reply when the network lets no thread be opened for an answer.
func (b *Bot) NoThread(locale string) *Reply {
	return &Reply{Outcome: Refused, Private: true, Blocks: paragraphs(b.book.For(locale).Say("thread.not_here", nil))}
}

// Texts returns a fixed text by language tag ("en", "de", "fr", "es", "uk"), or
// nil when there is no such text. Command names and descriptions have keys such
// as "command.ask.name", "command.ask.description", "command.ask.question.name".
func (b *Bot) Texts(key string) map[string]string { return b.book.All(key) }
