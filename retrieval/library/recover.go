package library

import (
	"context"
	"errors"
	"time"

	"parley/retrieval/vector"
)

// saveEvery is how often what the embedder gives is saved while it works, for the
// case that the process dies. A judgement: a minute of an endpoint's time is
// cheap, and writing the whole file more often is not.
const saveEvery = time.Minute

// Recover brings the embedder's vectors back while something stands in for them.
// It asks for those that are missing, beside the live snapshot, and swaps when it
// has all; or it tries whether queries can be embedded again. When the embedder
// fails it returns why, and the next call goes on from there. It does nothing
// while all is well, and waits for its turn while a reload asks the embedder.
func (l *Library) Recover(ctx context.Context, progress Progress) error {
	progress = progress.locked()
	if err := l.take(ctx); err != nil {
		return err
	}
	defer l.give()
	for {
		s := l.live.Load()
		switch {
		case s == nil:
			return nil
		case !s.wants():
			if again, err := l.probe(ctx, s); !again {
				return err
			}
			continue
		}
		if _, err := l.fill(ctx, s, progress); err != nil {
			if ctx.Err() == nil {
				l.note(err)
			}
			return err
		}
		whole, err := s.embedded(ctx, &l.opts, l.from, progress)
		if err != nil {
			return err
		}
		l.live.CompareAndSwap(s, whole) // unless a reload was quicker
		l.note(nil)
		// Once more: for the articles of that reload, or a try of queries.
	}
}

// probe tries whether the embedder can be asked again, where it failed for
// queries. Again is that it has come to give vectors of another length, so that
// all are to be made anew.
func (l *Library) probe(ctx context.Context, s *Snapshot) (again bool, err error) {
	if since, _ := l.from.health.failing(); since.IsZero() || s.neural == nil {
		return false, nil
	}
	err = s.neural.probe(ctx)
	if again = errors.Is(err, vector.ErrUnfit) && l.from.known.doubt(); again {
		l.note(err)
	}
	return again, err
}

// take waits for the turn to ask the embedder about passages, so that no two ask
// about the same. Give ends the turn.
func (l *Library) take(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}: // of two that are ready, select picks any
		if err := ctx.Err(); err != nil {
			l.give()
			return err
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Library) give() { <-l.turn }

// embed completes a snapshot that nobody has yet. When the embedder fails it
// returns a degraded one.
func (l *Library) embed(ctx context.Context, s *Snapshot, progress Progress) (out *Snapshot, saved bool, err error) {
	if err := l.take(ctx); err != nil {
		return nil, false, err
	}
	defer l.give()
	saved, err = l.fill(ctx, s, progress)
	if err == nil {
		out, err = s.embedded(ctx, &l.opts, l.from, progress)
	}
	switch {
	case err == nil:
		return out, saved, nil
	case ctx.Err() != nil:
		return nil, saved, ctx.Err()
	}
	degraded := *s
	degraded.Degraded = s.incomplete(err)
	return &degraded, saved, nil
}

// fill asks for the vectors that a snapshot lacks, and saves what it gets: now
// and then, and at the end, whatever that is.
func (l *Library) fill(ctx context.Context, s *Snapshot, progress Progress) (saved bool, err error) {
	last, fresh := time.Now(), false
	err = s.fill(ctx, l.opts.Embedder, progress, func() {
		fresh = true
		l.note(nil)
		if time.Since(last) >= saveEvery {
			l.save(s)
			last = time.Now()
		}
	})
	if fresh {
		saved = l.save(s)
	}
	return saved, err
}

// save saves a snapshot, if there is a folder, and reports whether it did.
func (l *Library) save(s *Snapshot) bool {
	if l.dir == "" || l.opts.ReadOnly {
		return false
	}
	err := Save(l.dir, s)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unsaved = err
	return err == nil
}

// note takes down how the live snapshot is, and what the embedder failed with.
func (l *Library) note(cause error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.live.Load()
	switch {
	case s == nil || !s.wants():
		l.degraded, l.cause = time.Time{}, nil
	case l.degraded.IsZero():
		l.degraded, l.cause = time.Now(), cause
	default:
		l.cause = cause
	}
}

// Why says what keeps an embedder's vectors from ranking.
type Why int

// The reasons for which something stands in.
const (
	Nothing   Why = iota // they rank
	Embedding            // not all passages have been embedded yet
	Failing              // the embedder fails
	Slow                 // it does not answer in time
	Unfit                // it gives vectors that cannot be used
)

// Vectors is by which vectors a library ranks.
type Vectors struct {
	Model   string // that ranks while all is well: the embedder's, else LSA's; empty for words alone
	StandIn string // the one that ranks instead; empty when words alone do, or nothing is wrong

	Since time.Time // since when it stands in; zero while all is well
	Why   Why
	Err   error // details, for the log; nil when the embedder has not failed

	Missing, Total int   // texts of passages that it has not embedded yet, and all
	StoodIn        int64 // searches since the start whose query it could not embed
	Unsaved        error // why vectors could not be saved the last time; nil when they were
}

// Vectors says by which vectors the live snapshot ranks.
func (l *Library) Vectors() Vectors {
	s := l.live.Load()
	if s == nil {
		return Vectors{Model: l.opts.model()}
	}
	l.mu.Lock()
	since, cause, unsaved := l.degraded, l.cause, l.unsaved
	l.mu.Unlock()
	if s.embedder == "" {
		return Vectors{Model: s.Model}
	}
	v := Vectors{Model: s.embedder, Total: len(s.hashes), StoodIn: l.from.health.stoodIn(), Unsaved: unsaved}
	failing, err := l.from.health.failing()
	switch {
	case s.wants():
		v.Since, v.Err, v.Missing = since, cause, len(s.known.missing(s.hashes))
		v.Why = why(cause)
	case !failing.IsZero():
		v.Since, v.Err, v.Why = failing, err, why(err)
	default:
		return v
	}
	if s.parts.lsa != nil {
		v.StandIn = s.model.Model()
	}
	return v
}

// why is what an embedder's failure comes down to.
func why(err error) Why {
	var late interface{ Timeout() bool }
	switch {
	case err == nil:
		return Embedding
	case errors.Is(err, vector.ErrUnfit):
		return Unfit
	case errors.As(err, &late) && late.Timeout(): // also context.DeadlineExceeded
		return Slow
	}
	return Failing
}
