// Package extract answers questions by quoting: every sentence of an answer is one
// of an article, as it stands there.
package extract

import (
	"context"
	"fmt"
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/conflict"
	"parley/bot/answer/evidence"
	"parley/bot/answer/names"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/encoder"
)

// Name is what [answer.Answer.Engine] says of a quoted answer.
const Name = "extractive"

// The defaults of [Options].
const (
	DefaultThreshold    = .4
	DefaultMaxSentences = 4
)

// Options tune an [Engine].
type Options struct {
	Threshold    float64 // probability below which it abstains, 0 to 1
	MaxSentences int     // statements of an answer at most, at least 1
}

// Engine answers questions over one corpus by quoting it. It is safe for
// concurrent use.
type Engine struct {
	Reader *reading.Reader
	judge  *support.Judge
	opts   Options
	corpus *corpus.Corpus
	fwd    *analysis.Forward
	names  *names.Names
	spoken func() map[string]bool // the languages of the articles, by locale
}

// New returns an engine.
func New(s answer.Source, pairs *encoder.PairModel, o Options) *Engine {
	r := reading.New(s, pairs)
	return &Engine{Reader: r, judge: support.New(r), opts: o, corpus: r.Corpus(), fwd: s.Forward(), names: names.New(s.Forward()), spoken: spokenIn(r.Corpus())}
}

// Answer answers a question. An abstention is an answer, not an error.
func (e *Engine) Answer(ctx context.Context, ask answer.Question) (*answer.Answer, error) {
	if l := e.Abroad(ask); l != "" {
		return e.Unread(l, ask.Locale)
	}
	q := question.Read(ask)
	if q.Reason == answer.SmallTalk {
		return e.talk(question.TalkOf(ask.Text)), nil
	}
	if q.Reason != answer.Answered {
		return e.decline(q.Reason, nil, 0), nil
	}
	if len(q.Parts) > 0 {
		return Each(ctx, ask, q.Parts, func(ctx context.Context, part answer.Question, _ *answer.Answer) (*answer.Answer, error) {
			return e.Answer(ctx, part)
		})
	}
	return e.reply(ctx, q)
}

// reply answers a question that is one.
func (e *Engine) reply(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	if a, err := e.Told(ctx, q); a != nil || err != nil {
		return a, err
	}
	read, err := e.Reader.Read(ctx, q)
	if err != nil {
		return nil, err
	}
	a, err := e.Unclear(ctx, q, read)
	if a == nil && err == nil {
		a, err = e.Quote(ctx, q, read)
	}
	if err != nil {
		return nil, err
	}
	if !a.Abstained {
		a.Follows = q.Guessed()
	}
	if q.Explained() {
		a.Explain = e.Explain(q, read)
	}
	return a, nil
}

// Told answers what is asked about the articles themselves, and what no single
// sentence answers: an overview, a bare name, what is new. It is nil for other
// questions, and where the articles do not speak of the topic.
func (e *Engine) Told(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	if a := e.About(q.Text, q.Filter()); a != nil {
		return a, nil
	}
	switch q.Kind {
	case question.Overview, question.Subject, question.Latest:
		return e.overview(ctx, q)
	case question.Words:
		if outlet := e.outlet(q.Speaker, q); q.Speaker != "" && len(outlet) > 0 {
			return e.overview(ctx, q.Within(retrieval.Filter{Articles: outlet}, q.Topic))
		}
	case question.Compare:
		return e.compare(ctx, q)
	case question.More:
		return e.more(ctx, q)
	case question.Origin:
		return e.origin(ctx, q)
	case question.Whose:
		return e.whose(ctx, q)
	case question.Sure:
		if before := q.Again(); before != nil {
			return e.reply(ctx, before)
		}
	}
	return nil, nil //nolint:nilnil // another question
}

// Quote answers from what was read.
func (e *Engine) Quote(ctx context.Context, q *question.Question, read *reading.Result) (*answer.Answer, error) {
	confidence := read.Confidence()
	if q.Dangling {
		return e.Unanswered(ctx, q, read, min(confidence, unknownMeta))
	}
	enough := e.opts.Threshold
	if q.Kind == question.Words {
		read, enough = e.saying(q, read)
	}
	ev, err := e.choose(ctx, q, read, enough)
	if err != nil {
		return nil, err
	}
	if len(ev.Statements) == 0 && q.Kind == question.YesOrNo && !q.Dependent {
		s, p, err := e.ruling(ctx, q, read)
		if err != nil {
			return nil, err
		}
		if p >= ruled {
			ev.Statements, confidence = []evidence.Statement{{Main: s}}, max(p, confidence)
		}
	}
	if len(ev.Statements) == 0 {
		if q.Kind == question.Detail && q.Topic != "" { // who somebody is
			if a, err := e.overview(ctx, q); a != nil || err != nil {
				return a, err
			}
		}
		return e.Unanswered(ctx, q, read, confidence)
	}
	switch q.Kind {
	case question.YesOrNo:
		if err := e.opposed(ctx, q, read, ev, enough); err != nil {
			return nil, err
		}
	case question.Words:
		e.beside(ev, enough)
	}
	a := e.compose(ev)
	a.Confidence = confidence
	if (q.Several || q.Kind == question.Sum) && len(ev.Statements) > 1 {
		a.Shape = answer.List
		a.Text = quote.Text(a)
	}
	if q.Kind == question.YesOrNo {
		if err := e.lead(ctx, q, a, ev); err != nil {
			return nil, err
		}
		a.Text = quote.Text(a)
	}
	if wrong := quote.Verify(e.corpus, a); len(wrong) > 0 {
		return nil, fmt.Errorf("verify answer: %s", wrong[0])
	}
	if i := slices.IndexFunc(a.Claims, func(c answer.Claim) bool { return !quote.Supported(a, c) }); i >= 0 {
		return nil, fmt.Errorf("verify answer: claim %d is not what it cites", i+1)
	}
	return a, nil
}

// Choose picks the sentences of an answer from what was read.
func (e *Engine) Choose(ctx context.Context, q *question.Question, read *reading.Result) (*evidence.Evidence, error) {
	return e.choose(ctx, q, read, e.opts.Threshold)
}

// choose picks sentences of which the first is likely enough to answer.
func (e *Engine) choose(ctx context.Context, q *question.Question, read *reading.Result, enough float64) (*evidence.Evidence, error) {
	ev, err := evidence.Choose(ctx, e.Reader, q, read, evidence.Options{Threshold: enough, Most: e.opts.MaxSentences})
	if err != nil {
		return nil, err
	}
	ev.Rivals = slices.DeleteFunc(ev.Rivals, func(r evidence.Rival) bool { return e.ofAnother(q, r.Number) })
	return ev, nil
}

// MaxSentences is how many statements an answer has at most.
func (e *Engine) MaxSentences() int { return e.opts.MaxSentences }

// compose writes the answer.
func (e *Engine) compose(ev *evidence.Evidence) *answer.Answer {
	a := &answer.Answer{Engine: Name}
	w := quote.NewWriter(e.corpus, a)
	told := map[int]bool{}
	if d, ok := conflict.Find(e.corpus, ev); ok {
		a.Conflicts = append(a.Conflicts, e.Tell(w, d))
		for _, s := range d.Sides {
			told[s.Number] = true
		}
	}
	for _, s := range ev.Statements {
		if told[s.Main.Number] {
			continue
		}
		spans := []quote.Cited{cited(s.Main)}
		for _, o := range s.Also {
			spans = append(spans, cited(o))
		}
		w.Sentence("", spans...)
	}
	a.Text = quote.Text(a)
	return a
}

// Tell quotes every side of a dispute under the name of its report.
func (e *Engine) Tell(w *quote.Writer, d conflict.Dispute) answer.Conflict {
	return w.Conflict(d.Kind, cited(d.Sides[0]), cited(d.Sides[1]))
}

func cited(s reading.Sentence) quote.Cited { return quote.Cited{Sentence: s.Number, Answer: s.Answer} }
