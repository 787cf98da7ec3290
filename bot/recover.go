package bot

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

// lookAfterEmbedder makes keepEmbedder look at once.
func (b *Bot) lookAfterEmbedder() {
	select {
	case b.look <- struct{}{}:
	default: // it is about to
	}
}

// keepEmbedder brings the embedder back whenever something stands in for it,
// until ctx ends.
func (b *Bot) keepEmbedder(ctx context.Context) {
	timer := time.NewTimer(b.opts.Retry)
	defer timer.Stop()
	pause := b.opts.Retry // after the next failure
	for lost := false; ; {
		select {
		case <-ctx.Done():
			return
		case <-b.look:
			pause = b.opts.Retry
		case <-timer.C:
		}
		next := b.opts.Retry
		v := b.opts.Library.Vectors()
		work := b.tryRecover
		if v.Since.IsZero() {
			work = b.fillSentences
		} else if !lost {
			b.tellLost(ctx, v)
			lost = true
		}
		switch err := work(ctx); {
		case err == nil:
			pause = b.opts.Retry
		case ctx.Err() == nil:
			next, pause = pause, min(2*pause, b.opts.RetryMost)
			b.log.Warn("embedder is not back", "error", err, "next_try", next)
		}
		if v := b.opts.Library.Vectors(); lost && v.Since.IsZero() {
			b.log.Info("embedder is back", "model", v.Model, "searches_without", v.StoodIn)
			lost, next = false, 0 // the sentences are next
		}
		timer.Reset(next)
	}
}

func (b *Bot) tellLost(ctx context.Context, v library.Vectors) {
	level := slog.LevelInfo
	if v.Err != nil {
		level = slog.LevelWarn
	}
	b.log.Log(ctx, level, "embedder is replaced for now", "model", v.Model, "stand_in", v.StandIn,
		"missing", v.Missing, "total", v.Total, "error", v.Err)
}

// fillSentences makes the vectors of sentences that are missing.
func (b *Bot) fillSentences(ctx context.Context) error {
	return b.embed(ctx, b.opts.Library.FillSentences)
}

// tryRecover tries once to bring the embedder back.
func (b *Bot) tryRecover(ctx context.Context) error {
	err := b.embed(ctx, b.opts.Library.Recover)
	b.goLive()
	if unsaved := b.opts.Library.Vectors().Unsaved; unsaved != nil {
		b.log.Warn("vectors not saved", "error", unsaved)
	}
	if err != nil {
		return fmt.Errorf("recover embedder: %w", err)
	}
	return nil
}

// embed has the library embed, and tells now and then how far it is.
func (b *Bot) embed(ctx context.Context, work func(context.Context, library.Progress) error) (err error) {
	// Nobody else recovers in this goroutine.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	told := time.Now()
	return work(ctx, func(stage string, done, total int) {
		if now := time.Now(); now.Sub(told) >= tellEvery {
			b.log.Info("embedding", "stage", stage, "done", done, "total", total)
			told = now
		}
	})
}
