package bot

import (
	"time"

	"parley/bot/answer"
	"parley/bot/manage"
	"parley/bot/store"
	"parley/retrieval/library"
)

// Stage is a part of the way of a question.
type Stage string

// The stages.
const (
	StageQueue  Stage = "queue"  // waiting for a turn
	StageEngine Stage = "engine" // finding, reading and writing, models included
	StageStore  Stage = "store"  // keeping what buttons need
)

// Observer hears what a bot does, for figures. Its methods are called by many
// goroutines at once and must not block. Nothing that it hears has words of a user.
type Observer interface {
	// Replied is told of each request. Engine is empty where none was asked; cached says
	// that it answered the same before.
	Replied(kind Kind, outcome Outcome, engine string, cached bool, took time.Duration)
	// Staged is told how long a part of the way took.
	Staged(s Stage, took time.Duration)
	// Spent is told what an answer has taken of models.
	Spent(u answer.Usage)
}

// unheard is the observer of a bot that has none.
type unheard struct{}

func (unheard) Replied(Kind, Outcome, string, bool, time.Duration) {}
func (unheard) Staged(Stage, time.Duration)                        {}
func (unheard) Spent(answer.Usage)                                 {}

// State is how a bot is at a moment.
type State struct {
	Articles, Passages int       // that questions are answered from; 0 before they are loaded
	Built              time.Time // when their index was made; zero before
	Reloaded           time.Time // when they were last read by this process; zero before

	Waiting, AtWork int // questions
	Vectors         library.Vectors
	Store           store.Backlog
	OnDisk          bool // what is stored outlives the process
	Models          []manage.Model
	Stopped         bool // no new requests are taken
}

// State returns how the bot is.
func (b *Bot) State() State {
	s := State{Waiting: b.queue.Waiting(), AtWork: b.queue.AtWork(), Vectors: b.keeper.Vectors(), Store: b.store.Backlog(), OnDisk: b.store.OnDisk()}
	if on := b.live.Load(); on != nil {
		s.Articles, s.Passages, s.Built = len(on.snapshot.Corpus.Articles), len(on.snapshot.Corpus.Passages), on.snapshot.BuiltAt
	}
	s.Reloaded = b.keeper.LastReload().At
	if b.opts.Models != nil {
		s.Models = b.opts.Models()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	s.Stopped = b.stopped
	return s
}
