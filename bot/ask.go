package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/tongue"
	"parley/bot/conversation"
	"parley/bot/limits"
	"parley/bot/phrases"
)

// ask answers a question, with the conversation that it is part of.
func (j *job) ask(ctx context.Context) (*Reply, error) {
	q := answer.Question{Text: j.Text, AsOf: j.At, Clarify: true, Locale: j.Locale}
	if refusal := j.narrow(&q); refusal != nil {
		return refusal, nil
	}
	talk := j.talks.Begin(j.where(), j.store.User(j.User.ID))
	defer talk.End()
	if !j.Action.IsZero() {
		refusal, err := j.replyTo(ctx, talk)
		if refusal != nil || err != nil {
			return refusal, err
		}
	}
	q.History = talk.History(q.Text)
	a, refusal, err := j.answer(ctx, q)
	if refusal != nil || err != nil {
		return refusal, err
	}
	return j.replied(ctx, talk, q.History, a), nil
}

// replied is the reply to a question that has its answer. The answer is stored
// and becomes a part of the conversation.
func (j *job) replied(ctx context.Context, talk *conversation.Exchange, history []answer.Turn, a *answer.Answer) *Reply {
	s := &saved{Question: cut(j.Text, conversation.MaxTurnText*2), Answer: a, Offers: offers(a)}
	ref := ""
	if a.Reason == answer.Answered || a.Reason == answer.NotInArticles || a.Reason == answer.Ambiguous {
		ref = j.save(ctx, savedAnswer, s)
		kept := talk.Add(s.turn())
		if kept && a.Reason == answer.NotInArticles {
			if err := j.store.Refuse(j.store.User(j.User.ID), s.Question, j.At); err != nil {
				j.log.Error("refused question not stored", "request", j.ID, "error", err)
			}
		}
	}
	reply := j.answered(a)
	if j.Unseen && !reply.Private && ref != "" {
		reply.Blocks = append([]Block{j.asked(s)}, reply.Blocks...)
	}
	reply.Ref, reply.Citations = ref, s.citations()
	reply.Buttons = j.answerButtons(s)
	reply.Later = j.suggests(s, history, reply)
	return reply
}

// where is where the conversation takes place that the request is part of.
func (j *job) where() conversation.Where {
	return conversation.Where{
		User: j.User.ID, Channel: j.Place.Channel, Shared: j.Place.Thread, Alone: j.Place.Direct, Private: j.Private,
	}
}

// replyTo has a question be read with what was said up to the answer that it is a
// reply to: in the conversation, if the answer is part of it, else in the store.
func (j *job) replyTo(ctx context.Context, talk *conversation.Exchange) (*Reply, error) {
	if talk.ReplyTo(j.Action.Ref) {
		return nil, nil
	}
	s, refusal, err := j.load(ctx, j.Action.Ref)
	switch {
	case err != nil:
		return nil, err
	case refusal != nil && j.Kind == Ask:
		return nil, nil // a reply to an old message is a question all the same
	case refusal != nil:
		return refusal, nil
	case s.state.Private && !j.Private:
		return nil, nil // what was private is not spoken of in public
	case s.Answer != nil:
		talk.StartFrom(s.turn())
	}
	return nil, nil
}

// narrow reads the filter of a request into a question.
func (j *job) narrow(q *answer.Question) *Reply {
	for _, d := range [...]struct {
		text string
		into *time.Time
	}{{j.Filter.Since, &q.Filter.Since}, {j.Filter.Until, &q.Filter.Until}} {
		if strings.TrimSpace(d.text) == "" {
			continue
		}
		day, err := readDay(d.text)
		if err != nil {
			return j.refuse("refused.date", phrases.Args{"Text": shorten(d.text, 60)})
		}
		*d.into = day
	}
	if !q.Filter.Since.IsZero() && !q.Filter.Until.IsZero() && q.Filter.Since.After(q.Filter.Until) {
		return j.refuse("refused.range", nil)
	}
	if text := strings.TrimSpace(j.Filter.Article); text != "" {
		i, ok := j.on.catalogue.Find(text)
		if !ok {
			return j.refuse("refused.article", phrases.Args{"Text": shorten(text, 100)})
		}
		q.Filter.Articles = []string{j.on.catalogue.Corpus.Articles[i].ID}
	}
	if !q.Filter.Active() {
		return nil
	}
	for i := range j.on.catalogue.Corpus.Articles {
		if q.Filter.Allows(&j.on.catalogue.Corpus.Articles[i]) {
			return nil
		}
	}
	return j.refuse("refused.filter", nil)
}

// readDay reads a day as people of several countries write it when they are
// asked for one like 2025-12-02. Forms that mean different days in different
// countries, such as 02/12/2025, are not read.
func readDay(text string) (time.Time, error) {
	text = strings.Join(strings.Fields(text), " ")
	for _, layout := range [...]string{time.DateOnly, "2006-1-2", "2006/1/2", "2006.1.2", "2.1.2006", "2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day, nil
		}
	}
	return time.Time{}, fmt.Errorf("no day: %q", text)
}

// admit takes from the quotas and a place in the queue, which leave gives back.
// Where either refuses, the reply says so.
func (j *job) admit(ctx context.Context) (leave func(), refusal *Reply, err error) {
	if over := j.quotas.Take(j.asker()); over != nil {
		return nil, j.over(over), nil
	}
	return j.enter(ctx)
}

// enter takes a place in the queue, which leave gives back.
func (j *job) enter(ctx context.Context) (leave func(), refusal *Reply, err error) {
	defer j.staged(StageQueue, time.Now())
	leave, err = j.queue.Enter(ctx)
	if errors.Is(err, limits.ErrBusy) {
		return nil, j.refuse("refused.busy", nil), nil
	}
	return leave, nil, err
}

// answer gets the answer to a question: a quota, a place in the queue, the cache,
// the engine. Where one of the first two refuses, the reply says so.
func (j *job) answer(ctx context.Context, q answer.Question) (*answer.Answer, *Reply, error) {
	leave, refusal, err := j.admit(ctx)
	if refusal != nil || err != nil {
		return nil, refusal, err
	}
	defer leave()
	var release func()
	q.NoModel, release = j.allowModel()
	defer release()
	j.engine = j.opts.engineName()
	a, repeated, err := j.cache.get(ctx, j.cacheKey(q), func() (*answer.Answer, error) { return j.engineAnswer(ctx, q) })
	if err == nil && !repeated {
		j.charge(a)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("answer question: %w", err)
	}
	j.engine, j.cached = a.Engine, repeated
	j.counts.served.Add(1)
	if a.Reason == answer.NotInArticles {
		j.counts.declined.Add(1)
	}
	if repeated {
		j.counts.cached.Add(1)
	}
	return a, nil, nil
}

// staged tells how long a part of the way took that began at a time.
func (j *job) staged(s Stage, began time.Time) { j.opts.Observe.Staged(s, time.Since(began)) }

// asker is whose quotas the request counts in.
func (j *job) asker() limits.Asked {
	by := limits.Asked{User: j.User.ID, Channel: j.Place.Channel, Server: j.Place.Guild}
	if j.Place.Direct {
		by.Channel = ""
	}
	return by
}

// over says which quota is used up.
func (j *job) over(e *limits.Exceeded) *Reply {
	key := map[limits.Scope]string{limits.PerUser: "refused.user", limits.PerChannel: "refused.channel", limits.PerServer: "refused.server"}[e.Scope]
	r := j.refuse(key, phrases.Args{"Count": e.Limit, "Wait": j.say.Wait(e.Wait)})
	r.Wait = e.Wait
	return r
}

// cacheKey holds all that an answer depends on: the articles, the vectors, the
// question, and what goes with it.
func (j *job) cacheKey(q answer.Question) string {
	locale := q.Locale
	if tongue.Of(q.Text, tongue.Hints{Locale: locale}) == "" {
		locale = "" // in English, who asks is all the same
	}
	return fmt.Sprintf("%s %q %s %q %q %s %v %q %q %t %t",
		j.on.snapshot.Fingerprint, j.on.snapshot.Model, j.opts.Version, conversation.Folded(q.Text), q.Filter.Articles, q.AsOf.Format(time.DateOnly),
		[2]time.Time{q.Filter.Since, q.Filter.Until}, q.History, locale, q.Clarify, q.Explain)
}

// engineAnswer asks the engine, showing drafts where it writes some.
func (j *job) engineAnswer(ctx context.Context, q answer.Question) (*answer.Answer, error) {
	defer j.staged(StageEngine, time.Now())
	s, ok := j.on.engine.(Streamer)
	if !ok || j.Progress == nil {
		return j.on.engine.Answer(ctx, q)
	}
	return s.Stream(ctx, q, func(draft string) { j.progress(&Reply{Blocks: paragraphs(draft)}) })
}
