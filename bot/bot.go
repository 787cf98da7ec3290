// Package bot turns a [Request] into a [Reply] and knows no chat network.
//
// It checks rights and quotas, keeps conversations, asks [Answerer], remembers
// what buttons need in a store, and says everything in the reader's language.
// Package bot/discord shows the replies.
package bot

import (
	"context"
	"errors"

	"parley/bot/answer"
	"parley/retrieval/library"
)

// Answerer answers questions over one snapshot of the articles and checks
// statements against it. [answer.Engine] is one.
type Answerer interface {
	Answer(ctx context.Context, q answer.Question) (*answer.Answer, error)
	Check(ctx context.Context, text string) (*answer.Check, error)
}

// Streamer is an [Answerer] that can show an answer while it is written. Each
// draft replaces the one before.
type Streamer interface {
	Answerer
	Stream(ctx context.Context, q answer.Question, draft func(text string)) (*answer.Answer, error)
}

// Options say what a [Bot] works with.
type Options struct {
	Library *library.Library                 // loaded, or loaded by the first Reload
	Engine  func(*library.Snapshot) Answerer // makes the engine over a snapshot
}

// ErrRestarting, as the cause of a cancelled context, makes [Bot.Handle] tell
// people that the bot is being restarted.
var ErrRestarting = errors.New("the bot is restarting")

// Bot answers requests. It is safe for concurrent use.
type Bot struct {
	opts Options
}

// New returns a bot. [Bot.Close] frees what it holds.
func New(opts Options) (*Bot, error) {
	return &Bot{opts: opts}, nil
}

// Handle does what a request asks for and says so. It always returns a reply:
// what went wrong is logged, and told in a fixed sentence with the request's ID.
// Progress of a request hears replies with the outcome [Working] before.
func (b *Bot) Handle(ctx context.Context, r Request) *Reply {
	return &Reply{Outcome: Failed, Private: r.Private}
}

// Stop makes the bot take no new requests: each gets the reply that the bot is
// restarting. Those in flight go on.
func (b *Bot) Stop() {}

// Close stops the bot, waits for the requests in flight until ctx ends, and
// closes the store.
func (b *Bot) Close(ctx context.Context) error { return nil }

// Apology is the reply when handling a request broke off altogether.
func (b *Bot) Apology(locale, requestID string) *Reply { return &Reply{Outcome: Failed, Private: true} }

// Restarting is the reply to requests that there is no time for any more.
func (b *Bot) Restarting(locale string) *Reply { return &Reply{Outcome: Refused, Private: true} }

// Texts returns a fixed text by language tag ("en", "de", "fr", "es", "uk").
// Command names and descriptions have keys such as "command.ask.name",
// "command.ask.description", "command.ask.question.name".
func (b *Bot) Texts(key string) map[string]string { return nil }
