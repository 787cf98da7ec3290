package answer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// The defaults of [GenerativeOptions].
const (
	// DefaultModelTime bounds what models may take for one answer. A judgement:
	// people wait that long for an answer that they see being written.
	DefaultModelTime = 45 * time.Second
	// DefaultPassageTokens is what the passages of a prompt may have, as
	// [EstimateTokens] counts: enough for the built-in articles to be sent whole.
	DefaultPassageTokens = 8000
	// DefaultAnswerTokens bounds what a model writes: eight sentences with a
	// quotation each have about half of that.
	DefaultAnswerTokens = 1500
	// DefaultFloor is the confidence below which no model is asked. A judgement:
	// a question that has hardly a word in common with the articles is answered by
	// none of them, whoever reads it.
	DefaultFloor = 0.05
)

// GenerativeOptions tune a [Generative]; zero fields mean the defaults.
type GenerativeOptions struct {
	Time          time.Duration // that models may take for one answer
	PassageTokens int           // of the passages in a prompt
	AnswerTokens  int           // of what the model writes
	Floor         float64       // confidence below which no model is asked
	Log           *slog.Logger  // nil logs nothing
}

func (o GenerativeOptions) withDefaults() GenerativeOptions {
	if o.Time <= 0 {
		o.Time = DefaultModelTime
	}
	if o.PassageTokens <= 0 {
		o.PassageTokens = DefaultPassageTokens
	}
	if o.AnswerTokens <= 0 {
		o.AnswerTokens = DefaultAnswerTokens
	}
	if o.Floor <= 0 {
		o.Floor = DefaultFloor
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Generative answers questions by having a model write, and shows only sentences
// that it has held against the articles itself. What cannot be had from the model
// comes from the extractive [Engine] under it. It is safe for concurrent use.
type Generative struct {
	engine  *Engine
	model   Completer
	prompts *Prompts
	opts    GenerativeOptions
}

// NewGenerative returns an engine that has a model write about what another one
// finds.
func NewGenerative(e *Engine, model Completer, prompts *Prompts, opts GenerativeOptions) *Generative {
	return &Generative{engine: e, model: model, prompts: prompts, opts: opts.withDefaults()}
}

// Check holds a text against the articles, without a model: see [Engine.Check].
func (g *Generative) Check(ctx context.Context, text string) (*Check, error) {
	return g.engine.Check(ctx, text)
}

// Answer answers a question.
func (g *Generative) Answer(ctx context.Context, q Question) (*Answer, error) {
	return g.Stream(ctx, q, nil)
}

// Stream answers a question and hands over what there is of the answer after each
// sentence that has passed. Draft may be nil; calls do not overlap. What has been
// shown stays part of the answer. That a model fails is no error.
func (g *Generative) Stream(ctx context.Context, q Question, draft func(text string)) (*Answer, error) {
	e := g.engine
	r := sift(q.Text)
	if r.reason != Answered || q.NoModel != "" {
		return g.quote(ctx, q, q.NoModel, nil)
	}
	if a := e.metadata(r.text, q.Filter); a != nil {
		return a, nil
	}
	w := &writing{g: g, q: q, draft: draft, log: g.opts.Log}
	deadline, cancel := context.WithTimeout(ctx, g.opts.Time)
	defer cancel()
	w.understand(deadline, r)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	in, err := e.inquire(ctx, w.u, w.q)
	if err != nil {
		return nil, err
	}
	w.in = in
	if w.u.dangling || len(in.evidence.candidates) == 0 || in.confidence < g.opts.Floor {
		return g.finish(w, e.decline(NotInArticles, in.hits, in.confidence)), nil
	}
	w.disputes = e.disputes(in.evidence)
	if err := w.write(deadline); err != nil {
		return nil, err
	}
	return w.result(ctx)
}

// quote answers without the model, and says why.
func (g *Generative) quote(ctx context.Context, q Question, why Note, used *writing) (*Answer, error) {
	a, err := g.engine.Answer(ctx, q)
	if err != nil {
		return nil, err
	}
	if a.Reason == Answered || a.Reason == NotInArticles {
		a.Note = why
	}
	if used != nil {
		a = g.finish(used, a)
	}
	return a, nil
}

// finish adds what answering took.
func (g *Generative) finish(w *writing, a *Answer) *Answer {
	a.Usage = w.usage
	a.Rewritten = w.rewritten
	if w.q.Explain {
		w.step("asked the model %d times: %d tokens of prompts, %d written%s, cost %.6f", w.usage.Requests, w.usage.PromptTokens, w.usage.CompletionTokens,
			map[bool]string{true: " (estimated)"}[w.usage.Estimated], w.usage.Cost)
		a.Explain = append(append(w.steps, g.engine.explain(w.u, w.in.evidence)...), a.Explain...)
	}
	return a
}

// writing is one answer being written.
type writing struct {
	g     *Generative
	q     Question
	draft func(string)
	log   *slog.Logger

	asked     string // the question, without instructions and standing alone
	u         *understood
	in        *inquiry
	disputes  []dispute
	passages  []int // shown to the model, by their numbers in the prompt less 1
	prompt    Prompt
	passed    []passed
	failed    []failure
	seen      int // sentences that the model has written
	declines  bool
	trouble   error // why the model did not come to its end
	usage     Usage
	rewritten string
	steps     []string // for Answer.Explain
}

// passed is a sentence that may be shown.
type passed struct {
	at        int // its place among those the model wrote
	text      string
	sentences []int // of the corpus, cited
}

// failure is a sentence that may not be shown.
type failure struct {
	at    int
	text  string
	wrong string
}

// step notes how the answer comes about.
func (w *writing) step(format string, args ...any) {
	if w.q.Explain {
		w.steps = append(w.steps, fmt.Sprintf(format, args...))
	}
}

// errEnough stops a model that has written all that is read.
var errEnough = errors.New("enough has been written")

// write has the model write, and repair once what cannot be shown. That the model
// fails is noted in trouble and no error.
func (w *writing) write(ctx context.Context) error {
	budget := w.g.opts.PassageTokens
	for {
		if err := w.compose(budget); err != nil {
			return err
		}
		err := w.listen(ctx, w.prompt, func(d drafted) {
			w.seen++
			w.look(ctx, d, w.seen)
		})
		if errors.Is(err, ErrTooLong) && w.seen == 0 && budget > minPassageTokens {
			budget /= 2
			w.step("the prompt was too long, trying with %d tokens of passages", budget)
			continue
		}
		w.trouble = err
		break
	}
	if len(w.failed) > 0 && w.trouble == nil && len(w.passed) < w.most() {
		w.repair(ctx)
	}
	return nil
}

// minPassageTokens is where a prompt is not made any shorter.
const minPassageTokens = 500

// listen sends a prompt and hands over each sentence as it is completed. It
// returns why the model did not come to its end; nil when it did.
func (w *writing) listen(ctx context.Context, p Prompt, hear func(drafted)) error {
	text := newModelText()
	got, err := w.g.model.Complete(ctx, p, func(piece string) error {
		for _, d := range text.add(piece) {
			hear(d)
		}
		if text.full() || text.sentences >= maxDrafted {
			return errEnough
		}
		return nil
	})
	w.usage.Add(got.Usage)
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if got.Finish == Refused {
		return fmt.Errorf("the model refuses: %s", clip(got.Refusal, 120))
	}
	for _, d := range text.end() {
		hear(d)
	}
	w.declines = w.declines || text.declines()
	return nil
}

// look checks a sentence and shows it when it passes.
func (w *writing) look(ctx context.Context, d drafted, at int) {
	if len(w.passed) >= w.most() {
		return
	}
	text := plainSentence(d.text)
	ok, wrong := w.check(ctx, text, d.sources)
	if wrong != "" {
		w.step("not shown: %s (%s)", clip(text, 160), wrong)
		w.failed = append(w.failed, failure{at, text, wrong})
		return
	}
	ok.at = at
	if slices.ContainsFunc(w.passed, func(p passed) bool { return repeats(p.text, ok.text) }) {
		return
	}
	w.passed = append(w.passed, ok)
	slices.SortStableFunc(w.passed, func(a, b passed) int { return a.at - b.at })
	if w.draft != nil {
		w.draft(w.answer().Text)
	}
}

// most is how many sentences may be shown: some more than are asked for, so that
// a model that does not count well loses none of two accounts.
func (w *writing) most() int { return w.g.engine.opts.MaxSentences + 2 }

// repeats reports whether two sentences are nearly the same words.
func repeats(a, b string) bool {
	sa, sb := newStatement(a).stems, newStatement(b).stems
	both := 0
	for s := range sa {
		if sb[s] {
			both++
		}
	}
	union := len(sa) + len(sb) - both
	return union == 0 || float64(both) >= 0.9*float64(union)
}

// repair lets the model write anew, once, what could not be shown.
func (w *writing) repair(ctx context.Context) {
	failed := w.failed
	w.failed = nil
	var lines []string
	for i, f := range failed {
		lines = append(lines, line(struct {
			Sentence int    `json:"sentence"`
			Text     string `json:"text"`
			Reason   string `json:"reason"`
		}{i + 1, f.text, f.wrong}))
	}
	text, err := w.g.prompts.write("repair", struct{ Failed string }{strings.Join(lines, "\n")})
	if err != nil {
		w.log.Error("repair prompt not written", "error", err)
		return
	}
	p := w.prompt
	said := `{"answerable": true, "sentences": [` + strings.Join(lines, ", ") + "]}"
	p.Messages = append(slices.Clone(p.Messages), Turn{Role: "assistant", Text: said}, Turn{Role: "user", Text: text})
	p.Schema = &Schema{Name: "repaired", JSON: []byte(repairSchema)}
	used := map[int]bool{}
	declines := w.declines
	err = w.listen(ctx, p, func(d drafted) {
		if d.replaces < 1 || d.replaces > len(failed) || used[d.replaces] {
			return
		}
		used[d.replaces] = true
		w.look(ctx, d, failed[d.replaces-1].at)
	})
	w.declines = declines
	if err != nil {
		w.step("no repair: %v", err)
		w.log.Warn("repair failed", "model", w.g.model.Model(), "error", err)
	}
}

// answer is what can be shown so far.
func (w *writing) answer() *Answer {
	e := w.g.engine
	a := &Answer{Confidence: w.in.confidence, Engine: w.g.model.Model()}
	out := newWriter(e.fwd.Corpus, a)
	for _, p := range w.passed {
		out.claim(p.text, p.sentences...)
	}
	a.Text = render(a)
	return a
}

// sureness is how much a model's answer, or its finding that there is none, adds
// to the log-odds of the confidence. A judgement: no model could be measured.
const sureness = 1.5

// result is the answer after all that was written.
func (w *writing) result(ctx context.Context) (*Answer, error) {
	e := w.g.engine
	if w.trouble != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		w.step("the model failed: %v", w.trouble)
		level := slog.LevelWarn
		if errors.Is(w.trouble, ErrResting) {
			level = slog.LevelDebug // what it rests from has been said
		}
		w.log.Log(ctx, level, "model failed", "model", w.g.model.Model(), "error", w.trouble, "sentences", len(w.passed))
	}
	if len(w.passed) == 0 {
		switch {
		case w.trouble != nil:
			return w.fallBack(ModelFailed)
		case w.declines:
			// It has read what the words only match.
			return w.g.finish(w, e.decline(NotInArticles, w.in.hits, shift(w.in.confidence, -sureness))), nil
		}
		return w.fallBack(NothingHeld)
	}
	a := w.answer()
	w.tellBoth(a)
	a.Confidence = shift(a.Confidence, sureness)
	if wrong := Verify(e.fwd.Corpus, a); len(wrong) > 0 {
		w.log.Error("answer does not hold", "wrong", wrong)
		return w.fallBack(NothingHeld)
	}
	return w.g.finish(w, a), nil
}

// fallBack answers by quoting, from the evidence that is there.
func (w *writing) fallBack(why Note) (*Answer, error) {
	e := w.g.engine
	a := e.concludes(w.u, w.in)
	a.Note = why
	return w.g.finish(w, a), nil
}
