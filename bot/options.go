package bot

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"runtime"
	"time"

	"parley/bot/answer"
	"parley/bot/limits"
	"parley/bot/manage"
	"parley/retrieval/library"
)

// Answerer answers questions over one state of the articles and checks
// statements against it.
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

// Suggester is an [Answerer] that finds questions to go on with from an answer, n at
// most, which the articles answer. Asked are those of the conversation.
type Suggester interface {
	Answerer
	Suggest(ctx context.Context, asked []string, a *answer.Answer, n int) ([]string, error)
}

// The defaults of [Options]. All are judgements: what a server of some hundred
// people asks, on a machine with few cores.
const (
	DefaultQuiet      = 30 * time.Minute
	DefaultRetention  = 90 * 24 * time.Hour
	DefaultPerUser    = 30
	DefaultPerChannel = 120
	DefaultPerServer  = 600
	DefaultWindow     = 10 * time.Minute
	DefaultQueue      = 200
	DefaultRepeat     = time.Minute
	DefaultGapDays    = 30
	DefaultSuggest    = 3
	DefaultRetry      = 5 * time.Second
	DefaultRetryMost  = time.Minute
)

// MaxSuggest is how many questions are offered under an answer at most: each has a row
// of its own, of which a message has five.
const MaxSuggest = 3

// Options say what a [Bot] works with. Zero fields without a note mean the
// defaults.
type Options struct {
	Library *library.Library                 // required; loaded, or loaded by the first Reload
	Engine  func(*library.Snapshot) Answerer // required; makes the engine over a state of the articles
	Writer  string                           // the model that writes answers; empty where they are quoted
	Version string                           // of the engine: answers of another are not repeated; empty for the extractive one
	Models  func() []manage.Model            // how the models are that the engine asks; nil without any
	Budget  limits.Budget                    // of models a day; zero is no limit
	Keep    time.Duration                    // for which a model's answer is repeated, not less than Repeat
	Log     *slog.Logger                     // nil logs nothing
	Observe Observer                         // hears what the bot does; may be nil

	Data      string        // folder of the store and of snapshots; empty keeps everything in memory
	Retention time.Duration // how long answers, votes and refused questions are stored
	Quiet     time.Duration // after which a conversation ends
	Managers  manage.Managers
	Quotas    limits.Quotas // a field that is 0 means the default
	AtOnce    int           // questions answered at the same time; 0 is one less than there are processors, at least 1
	Queue     int           // questions that may wait for that
	Repeat    time.Duration // for which a question that is asked again has the same answer
	Suggest   int           // questions offered under an answer, MaxSuggest at most; below 0 none
	GapDays   int           // how far back Gaps looks when the request does not say

	// Retry is the time from one look at the embedder to the next, and to the first
	// try after it failed. Each further one waits twice as long, RetryMost at most.
	Retry, RetryMost time.Duration
}

// engineName is what the status calls the engine.
func (o *Options) engineName() string { return cmp.Or(o.Writer, "extractive") }

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	defaultTo(&o.Observe, Observer(unheard{}))
	defaultTo(&o.Retention, DefaultRetention)
	defaultTo(&o.Quiet, DefaultQuiet)
	defaultTo(&o.Quotas.PerUser, DefaultPerUser)
	defaultTo(&o.Quotas.PerChannel, DefaultPerChannel)
	defaultTo(&o.Quotas.PerServer, DefaultPerServer)
	defaultTo(&o.Quotas.Window, DefaultWindow)
	// One processor is left to what people notice at once: acknowledgements.
	defaultTo(&o.AtOnce, max(1, runtime.GOMAXPROCS(0)-1))
	defaultTo(&o.Queue, DefaultQueue)
	defaultTo(&o.Repeat, DefaultRepeat)
	o.Keep = max(o.Keep, o.Repeat)
	defaultTo(&o.GapDays, DefaultGapDays)
	defaultTo(&o.Suggest, DefaultSuggest)
	defaultTo(&o.Retry, DefaultRetry)
	defaultTo(&o.RetryMost, max(DefaultRetryMost, o.Retry))
	return o
}

func defaultTo[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func (o *Options) validate() error {
	switch {
	case o.Library == nil:
		return errors.New("no library")
	case o.Engine == nil:
		return errors.New("no engine")
	case o.Retention < 0 || o.Quiet < 0 || o.Quotas.Window < 0 || o.Repeat < 0:
		return errors.New("a time is below zero")
	case o.Budget.Tokens < 0 || o.Budget.UserTokens < 0 || o.Budget.Cost < 0:
		return errors.New("a budget is below zero")
	case o.Suggest > MaxSuggest:
		return errors.New("more questions to be offered than there is room for")
	case o.AtOnce < 1 || o.Queue < 1 || o.GapDays < 1:
		return errors.New("a number is below one")
	}
	return nil
}
