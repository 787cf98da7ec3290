// Package manage is what the managers of the corpus do and see. [Managers] says
// who they are. A [Keeper] reads the articles again (reload.go) and brings the
// embedder's vectors back whenever something stands in for them (vectors.go).
// [Look] says how the bot is, [Gaps] what it could not answer.
//
// It returns what is so; package bot says it to people.
package manage

import (
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"parley/retrieval/library"
)

// Options say what a [Keeper] keeps. All are required but Data.
type Options struct {
	Library *library.Library
	Data    string // folder of snapshots; empty saves none
	Live    func() // shows people what the library holds now, if it is something else
	Log     *slog.Logger

	// Retry is the time from one look at the embedder to the next, and to the first
	// try after it failed. Each further one waits twice as long, RetryMost at most.
	Retry, RetryMost time.Duration
}

func (o *Options) validate() error {
	switch {
	case o.Library == nil || o.Live == nil || o.Log == nil:
		return errors.New("no library, nobody to show it, or no log")
	case o.Retry <= 0 || o.RetryMost < o.Retry:
		return errors.New("retries of the embedder are not apart")
	}
	return nil
}

// Keeper keeps the articles and their vectors up to date. It is safe for
// concurrent use.
type Keeper struct {
	opts    Options
	log     *slog.Logger
	reloads reloads
	look    chan struct{} // makes Run look at the embedder at once
	stored  fs.FileInfo   // of the store's file, as the first reload found it; nil for none
}

// NewKeeper returns a keeper, which does nothing by itself: see [Keeper.Run].
func NewKeeper(opts Options) (*Keeper, error) {
	if err := opts.validate(); err != nil {
		return nil, err
	}
	return &Keeper{opts: opts, log: opts.Log, look: make(chan struct{}, 1)}, nil
}

// Vectors says by which vectors the articles are ranked.
func (k *Keeper) Vectors() library.Vectors { return k.opts.Library.Vectors() }
