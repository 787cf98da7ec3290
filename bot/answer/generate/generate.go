// Package generate answers questions by having a model write, and shows only
// sentences that it has held against the articles itself. What cannot be had from
// the model is quoted by package extract.
package generate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/conflict"
	"parley/bot/answer/extract"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/corpus"
)

// The defaults of [Options].
const (
	// DefaultTime bounds what models may take for one answer. A judgement: people
	// wait that long for an answer that they see being written.
	DefaultTime = 45 * time.Second
	// DefaultPassageTokens is what the passages of a prompt may have, as
	// [EstimateTokens] counts: enough for the built-in articles to be sent whole.
	DefaultPassageTokens = 8000
	// DefaultAnswerTokens bounds what a model writes: eight sentences with a
	// quotation each have about half of that.
	DefaultAnswerTokens = 1500
	// DefaultFloor is the confidence below which no model is asked. A judgement:
	// what has next to nothing in common with the articles is answered by none of
	// them, whoever reads it.
	DefaultFloor = 0.02
)

// Options tune an [Engine]; zero fields mean the defaults.
type Options struct {
	Time          time.Duration // that models may take for one answer
	PassageTokens int           // of the passages in a prompt
	AnswerTokens  int           // of what the model writes
	Floor         float64       // confidence below which no model is asked
	Log           *slog.Logger  // nil logs nothing
}

func (o Options) withDefaults() Options {
	o.Time = cmp.Or(o.Time, DefaultTime)
	o.PassageTokens = cmp.Or(o.PassageTokens, DefaultPassageTokens)
	o.AnswerTokens = cmp.Or(o.AnswerTokens, DefaultAnswerTokens)
	o.Floor = cmp.Or(o.Floor, DefaultFloor)
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	return o
}

// Engine has a model write about what another engine finds. It is safe for
// concurrent use.
type Engine struct {
	quotes  *extract.Engine
	judge   *support.Judge
	corpus  *corpus.Corpus
	model   answer.Completer
	prompts *Prompts
	opts    Options
}

// New returns an engine on top of one that quotes.
func New(quotes *extract.Engine, model answer.Completer, prompts *Prompts, o Options) *Engine {
	return &Engine{
		quotes: quotes, judge: support.New(quotes.Reader), corpus: quotes.Reader.Corpus(), model: model, prompts: prompts, opts: o.withDefaults(),
	}
}

// Answer answers a question.
func (e *Engine) Answer(ctx context.Context, q answer.Question) (*answer.Answer, error) {
	return e.Stream(ctx, q, nil)
}

// Stream answers a question and hands over what there is of the answer after each
// sentence that has passed. Draft may be nil; calls do not overlap. What has been
// shown stays part of the answer. That a model fails is no error.
func (e *Engine) Stream(ctx context.Context, q answer.Question, draft func(text string)) (*answer.Answer, error) {
	if l := e.quotes.Abroad(q); l != "" {
		return e.abroad(ctx, q, l, draft)
	}
	return e.answer(ctx, q, nil, draft)
}

// answer answers a question in the language of the articles, to somebody who has asked
// in that or in another one.
func (e *Engine) answer(ctx context.Context, q answer.Question, to *asker, draft func(text string)) (*answer.Answer, error) {
	u := question.Read(q)
	if u.Reason != answer.Answered || q.NoModel != "" {
		a, err := e.quotes.Answer(ctx, q)
		if err == nil && (a.Reason == answer.Answered || a.Reason == answer.NotInArticles) {
			a.Note = q.NoModel
		}
		return a, err
	}
	if len(u.Parts) > 0 {
		return e.each(ctx, q, u.Parts, to, draft)
	}
	w := &writing{e: e, q: q, u: u, to: to, draft: draft, log: e.opts.Log}
	if a, err := e.quotes.Told(ctx, u); a != nil || err != nil {
		return w.translated(ctx, a), err
	}
	deadline, cancel := context.WithTimeout(ctx, e.opts.Time)
	defer cancel()
	w.understand(deadline)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err := w.readArticles(ctx); err != nil {
		return nil, err
	}
	if a, err := e.quotes.Unclear(ctx, w.u, w.read); a != nil || err != nil {
		return a, err
	}
	// What leans on a conversation may be understood by the model alone.
	if w.u.Dangling || !w.u.Dependent && w.read.Confidence() < e.opts.Floor {
		return w.unanswered(ctx, w.read.Confidence())
	}
	if err := w.write(deadline); err != nil {
		return nil, err
	}
	return w.result(ctx)
}

// each answers the questions of a message, which share the time that models may take.
func (e *Engine) each(ctx context.Context, q answer.Question, parts []string, to *asker, draft func(text string)) (*answer.Answer, error) {
	sub := *e
	sub.opts.Time /= time.Duration(len(parts))
	return extract.Each(ctx, q, parts, func(ctx context.Context, part answer.Question, before *answer.Answer) (*answer.Answer, error) {
		var shown func(string)
		if draft != nil && before == nil {
			shown = draft
		}
		if to == nil {
			return sub.Stream(ctx, part, shown)
		}
		return sub.answer(ctx, part, to, shown)
	})
}

// writing is one answer being written.
type writing struct {
	e     *Engine
	q     answer.Question
	to    *asker // nil where the question is in the language of the articles
	draft func(string)
	log   *slog.Logger

	asked     string // the question, without instructions and standing alone
	u         *question.Question
	read      *reading.Result
	dispute   *conflict.Dispute // that the articles are known to have; nil for none
	passages  []int             // shown to the model, by their numbers in the prompt less 1
	prompt    answer.Prompt
	passed    []passed
	failed    []failure
	seen      int // sentences that the model has written
	declines  bool
	trouble   error // why the model did not come to its end
	usage     answer.Usage
	rewritten string
	steps     []string // for Answer.Explain
}

// step notes how the answer comes about.
func (w *writing) step(format string, args ...any) {
	if w.q.Explain {
		w.steps = append(w.steps, fmt.Sprintf(format, args...))
	}
}

// readArticles reads what the articles say, and where they differ.
func (w *writing) readArticles(ctx context.Context) error {
	var err error
	if w.read, err = w.e.quotes.Reader.Read(ctx, w.u); err != nil {
		return err
	}
	ev, err := w.e.quotes.Choose(ctx, w.u, w.read)
	if err != nil {
		return err
	}
	if d, ok := conflict.Find(w.e.corpus, ev); ok && len(ev.Statements) > 0 {
		w.dispute = &d
	}
	return nil
}

// finish adds what answering took.
func (w *writing) finish(a *answer.Answer) *answer.Answer {
	if !a.Abstained {
		a.Follows = w.u.Guessed()
	}
	a.Usage = w.usage
	a.Rewritten = w.rewritten
	if w.q.Explain {
		w.step("asked the model %d times: %d tokens of prompts, %d written%s, cost %.6f", w.usage.Requests, w.usage.PromptTokens, w.usage.CompletionTokens,
			map[bool]string{true: " (estimated)"}[w.usage.Estimated], w.usage.Cost)
		a.Explain = append(append(w.steps, w.e.quotes.Explain(w.u, w.read)...), a.Explain...)
	}
	return a
}

// sureness is how much a model's answer, or its finding that there is none, adds
// to the log-odds of the confidence. A judgement: no model could be measured.
const sureness = 1.5

// result is the answer after all that was written.
func (w *writing) result(ctx context.Context) (*answer.Answer, error) {
	e := w.e
	if w.trouble != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		w.step("the model failed: %v", w.trouble)
		level := slog.LevelWarn
		if errors.Is(w.trouble, answer.ErrResting) {
			level = slog.LevelDebug // what it rests from has been said
		}
		w.log.Log(ctx, level, "model failed", "model", e.model.Model(), "error", w.trouble, "sentences", len(w.passed))
	}
	if len(w.passed) == 0 {
		switch {
		case w.trouble != nil:
			return w.fallBack(ctx, answer.ModelFailed)
		case w.declines:
			// It has read what the words only match.
			return w.unanswered(ctx, shift(w.read.Confidence(), -sureness))
		}
		return w.fallBack(ctx, answer.NothingHeld)
	}
	a := w.answer()
	a.Confidence = shift(a.Confidence, sureness)
	if slices.ContainsFunc(a.Conflicts, func(c answer.Conflict) bool { return !c.Woven }) {
		a = w.translated(ctx, a)
	}
	if wrong := quote.Verify(e.corpus, a); len(wrong) > 0 {
		w.log.Error("answer does not hold", "wrong", wrong)
		return w.fallBack(ctx, answer.NothingHeld)
	}
	return w.finish(a), nil
}

// unanswered says that the articles do not answer.
func (w *writing) unanswered(ctx context.Context, confidence float64) (*answer.Answer, error) {
	a, err := w.e.quotes.Unanswered(ctx, w.u, w.read, confidence)
	if err != nil {
		return nil, err
	}
	return w.finish(a), nil
}

// fallBack answers by quoting, from what was read.
func (w *writing) fallBack(ctx context.Context, why answer.Note) (*answer.Answer, error) {
	a, err := w.e.quotes.Quote(ctx, w.u, w.read)
	if err != nil {
		return nil, err
	}
	a.Note = why
	if why == answer.NothingHeld {
		a = w.translated(ctx, a)
	}
	return w.finish(a), nil
}

// shift moves a probability by an amount of log-odds.
func shift(p, by float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return 1 / (1 + math.Exp(-math.Log(p/(1-p))-by))
}
