package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/bot/answer"
	"parley/retrieval/library"
)

// Why says why something was refused, for programs.
type Why string

// The reasons that say when there may be an answer again, in Reply.Wait.
const (
	WhyQuota      Why = "quota"      // of the user, the channel or the server
	WhyBusy       Why = "busy"       // too many questions are waiting
	WhyLoading    Why = "loading"    // the articles are still being read
	WhyRestarting Why = "restarting" // the bot is about to end
)

// shortWait is what is waited for what passes soon. A judgement.
const shortWait = 2 * time.Second

// whys are the refusals of a text that pass by themselves.
//
//nolint:gochecknoglobals // a table
var whys = map[string]Why{
	"refused.user": WhyQuota, "refused.channel": WhyQuota, "refused.server": WhyQuota,
	"refused.busy": WhyBusy, "refused.loading": WhyLoading, "refused.restarting": WhyRestarting,
}

// RefusedError is what a program gets in place of an answer.
type RefusedError struct {
	Why  Why
	Wait time.Duration // until it may be asked again; 0 where that would change nothing
	Text string        // for people
}

func (e *RefusedError) Error() string { return e.Text }

// Claimer is an [Answerer] that holds a text against the articles as one statement.
type Claimer interface {
	Answerer
	Claim(ctx context.Context, text string) (*answer.Check, error)
}

// Snapshot is what is answered from now, or nil while nothing has been read.
func (b *Bot) Snapshot() *library.Snapshot {
	if on := b.live.Load(); on != nil {
		return on.snapshot
	}
	return nil
}

// Answer answers a question of a program. It counts in the same quotas and waits in
// the same queue as those of people, and is neither stored nor part of a conversation:
// that of the question is its History. Of r it takes ID, User, Place, Locale, Filter
// and Progress. The error is a [RefusedError] where there was no room.
func (b *Bot) Answer(ctx context.Context, r Request, q answer.Question) (a *answer.Answer, err error) {
	r.Kind = Ask
	err = b.forProgram(ctx, r, func(j *job) (refusal *Reply, err error) {
		q.Locale = j.Locale
		if refusal = j.narrow(&q); refusal == nil {
			a, refusal, err = j.answer(ctx, q)
		}
		return refusal, err
	})
	return a, err
}

// Claim holds a statement of a program against the articles, as [Bot.Answer] answers
// questions.
func (b *Bot) Claim(ctx context.Context, r Request, text string) (c *answer.Check, err error) {
	r.Kind = Cite
	err = b.forProgram(ctx, r, func(j *job) (*Reply, error) {
		engine, ok := j.on.engine.(Claimer)
		if !ok {
			return nil, errors.New("check statement: the engine checks none")
		}
		leave, refusal, err := j.admit(ctx)
		if refusal != nil || err != nil {
			return refusal, err
		}
		defer leave()
		if c, err = engine.Claim(ctx, text); err == nil {
			j.counts.served.Add(1)
		}
		return nil, err
	})
	return c, err
}

// Look has a program look something up in what is answered from: it counts as
// suggestions do, and f holds a place in the queue.
func (b *Bot) Look(ctx context.Context, r Request, f func(*library.Snapshot) error) error {
	return b.forProgram(ctx, r, func(j *job) (*Reply, error) {
		if over := j.lookups.Take(j.asker()); over != nil {
			return j.over(over), nil
		}
		leave, refusal, err := j.enter(ctx)
		if refusal != nil || err != nil {
			return refusal, err
		}
		defer leave()
		return nil, f(j.on.snapshot)
	})
}

// forProgram does something that a program wants, unless it is refused.
func (b *Bot) forProgram(ctx context.Context, r Request, do func(*job) (*Reply, error)) error {
	refused := func(r *Reply) error { return &RefusedError{r.Why, r.Wait, r.Text()} }
	if !b.begin() {
		return refused(b.Restarting(r.Locale))
	}
	defer b.inFlight.Done()
	j := &job{Bot: b, Request: r, say: b.book.For(r.Locale), on: b.live.Load()}
	if j.on == nil {
		return refused(j.refuse("refused.loading", nil))
	}
	refusal, err := do(j)
	switch {
	case err != nil && errors.Is(context.Cause(ctx), ErrRestarting):
		return refused(b.Restarting(r.Locale))
	case err != nil:
		return fmt.Errorf("request %s: %w", r.ID, err)
	case refusal != nil:
		return refused(refusal)
	}
	return nil
}
