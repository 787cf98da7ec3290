package manage

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"parley/retrieval/library"
)

// tellEvery is the time between two lines in the log about how far embedding is.
const tellEvery = 10 * time.Second

// lookAfterEmbedder makes Run look at once.
func (k *Keeper) lookAfterEmbedder() {
	select {
	case k.look <- struct{}{}:
	default: // it is about to
	}
}

// Run brings the embedder back whenever something stands in for it, until ctx
// ends.
func (k *Keeper) Run(ctx context.Context) {
	timer := time.NewTimer(k.opts.Retry)
	defer timer.Stop()
	pause := k.opts.Retry // after the next failure
	for lost := false; ; {
		select {
		case <-ctx.Done():
			return
		case <-k.look:
			pause = k.opts.Retry
		case <-timer.C:
		}
		if ctx.Err() != nil {
			return // of several that are ready, select picks any
		}
		next := k.opts.Retry
		v := k.Vectors()
		work := k.tryRecover
		if v.Since.IsZero() {
			work = k.fillSentences
		} else if !lost {
			k.tellLost(ctx, v)
			lost = true
		}
		switch err := work(ctx); {
		case err == nil:
			pause = k.opts.Retry
		case ctx.Err() == nil:
			next, pause = pause, min(2*pause, k.opts.RetryMost)
			k.log.Warn("embedder is not back", "error", err, "next_try", next)
		}
		if v := k.Vectors(); lost && v.Since.IsZero() {
			k.log.Info("embedder is back", "model", v.Model, "searches_without", v.StoodIn)
			lost, next = false, 0 // the sentences are next
		}
		timer.Reset(next)
	}
}

func (k *Keeper) tellLost(ctx context.Context, v library.Vectors) {
	level := slog.LevelInfo
	if v.Err != nil {
		level = slog.LevelWarn
	}
	k.log.Log(ctx, level, "embedder is replaced for now", "model", v.Model, "stand_in", v.StandIn,
		"missing", v.Missing, "total", v.Total, "error", v.Err)
}

// fillSentences makes the vectors of sentences that are missing.
func (k *Keeper) fillSentences(ctx context.Context) error {
	return k.embed(ctx, k.opts.Library.FillSentences)
}

// tryRecover tries once to bring the embedder back.
func (k *Keeper) tryRecover(ctx context.Context) error {
	err := k.embed(ctx, k.opts.Library.Recover)
	k.opts.Live()
	if unsaved := k.Vectors().Unsaved; unsaved != nil {
		k.log.Warn("vectors not saved", "error", unsaved)
	}
	if err != nil {
		return fmt.Errorf("recover embedder: %w", err)
	}
	return nil
}

// embed has the library embed, and tells now and then how far it is.
func (k *Keeper) embed(ctx context.Context, work func(context.Context, library.Progress) error) (err error) {
	// Nobody else recovers in this goroutine.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	told := time.Now()
	return work(ctx, func(stage string, done, total int) {
		if now := time.Now(); now.Sub(told) >= tellEvery {
			k.log.Info("embedding", "stage", stage, "done", done, "total", total)
			told = now
		}
	})
}
