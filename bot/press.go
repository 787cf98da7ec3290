package bot

import (
	"context"
	"strings"
	"time"

	"parley/bot/phrases"
	"parley/bot/store"
)

// press does what a button is for. Every reference is looked up and its owner
// compared: the network's own record of who sees a button proves nothing.
func (j *job) press(ctx context.Context) (*Reply, error) {
	s, refusal, err := j.load(ctx, j.Action.Ref)
	if refusal != nil || err != nil {
		return refusal, err
	}
	if s.state.Kind == savedList {
		if j.Action.Verb != TurnPage {
			return j.refusePrivately("refused.expired"), nil
		}
		if over := j.lookups.Take(j.asker()); over != nil {
			return j.over(over), nil
		}
		articles, err := j.listed(ctx, s.Topic)
		if err != nil {
			return nil, err
		}
		j.Private = j.Private || s.state.Private
		return j.list(s, articles, j.Action.Index), nil
	}
	switch j.Action.Verb {
	case ShowSources, TurnPage:
		return j.showSource(s), nil
	case Share:
		return j.share(ctx, s)
	}
	if s.Answer == nil {
		return j.refusePrivately("refused.expired"), nil
	}
	switch j.Action.Verb {
	case FollowUp:
		return j.form("form.follow_up", true), nil
	case Helpful:
		return j.vote(ctx, s, true, ""), nil
	case NotHelpful:
		// The mark counts even if the form is closed without a reason.
		form := j.form("form.reason", false)
		form.After = func(ctx context.Context) { _ = j.storeVote(ctx, s, false, "") }
		return form, nil
	case Continue:
		return j.proposeThread(s), nil
	case Pick:
		return j.pick(ctx, s)
	}
	return j.refusePrivately("refused.expired"), nil
}

// pick asks a question that was offered, as if the user had asked it.
func (j *job) pick(ctx context.Context, s *saved) (*Reply, error) {
	if j.Action.Index >= len(s.Offers) {
		return j.refusePrivately("refused.expired"), nil
	}
	j.Private = j.Private || s.state.Private
	j.Text = s.Offers[j.Action.Index].Question
	return j.ask(ctx)
}

// maxEntered bounds what may be entered into a form, in runes.
const maxEntered = 1000

// form asks for a text.
func (j *job) form(key string, required bool) *Reply {
	return &Reply{Outcome: Told, Private: true, Form: &Form{
		Title: j.say.Say(key+".title", nil), Label: j.say.Say(key+".label", nil), Placeholder: j.say.Say(key+".placeholder", nil),
		Long: true, Required: required, MaxLength: maxEntered, Action: j.Action,
	}}
}

// submit takes what was entered into a form.
func (j *job) submit(ctx context.Context) (*Reply, error) {
	s, refusal, err := j.load(ctx, j.Action.Ref)
	if refusal != nil || err != nil {
		return refusal, err
	}
	if s.Answer == nil {
		return j.refusePrivately("refused.expired"), nil
	}
	switch j.Action.Verb {
	case FollowUp:
		j.Private = j.Private || s.state.Private
		return j.ask(ctx)
	case NotHelpful:
		return j.vote(ctx, s, false, cut(strings.TrimSpace(j.Text), maxEntered)), nil
	}
	return j.refusePrivately("refused.expired"), nil
}

// vote stores what the user thinks of an answer, and says so.
func (j *job) vote(ctx context.Context, s *saved, helpful bool, reason string) *Reply {
	if err := j.storeVote(ctx, s, helpful, reason); err != nil {
		r := j.tell(j.say.Say("feedback.failed", nil))
		r.Outcome = Failed
		return r
	}
	return j.tell(j.say.Say("feedback.thanks", nil))
}

// storeVote stores what the user thinks of an answer. An error is in the log.
func (j *job) storeVote(ctx context.Context, s *saved, helpful bool, reason string) error {
	err := j.store.Vote(ctx, store.Vote{
		At: time.Now(), Ref: s.state.Ref, User: j.store.User(j.User.ID), Helpful: helpful, Reason: reason,
		Question: s.Question, Answer: s.Answer.Text, Engine: s.Answer.Engine,
	})
	if err != nil {
		j.log.Error("vote not stored", "request", j.ID, "error", err)
	}
	return err
}

// showSource shows one cited sentence in its passage.
func (j *job) showSource(s *saved) *Reply {
	citations := s.citations()
	if j.Action.Index >= len(citations) {
		return j.refusePrivately("refused.expired")
	}
	c := &citations[j.Action.Index]
	card := j.citation(c)
	quote := []Block{{Style: Paragraph, Spans: []Span{{Text: c.Quote, Bold: true}}}}
	r := &Reply{Outcome: Told, Private: true, Ref: s.state.Ref}
	before, after, ok := j.on.catalogue.Around(c.ArticleID, c.Span, c.Quote)
	switch _, known := j.on.catalogue.Corpus.Lookup(c.ArticleID); {
	case !known:
		r.Blocks = []Block{plain(Note, j.say.Say("view.gone", nil))}
	case !ok:
		r.Blocks = []Block{plain(Note, j.say.Say("view.changed", nil))}
	default:
		quote = around(before, c.Quote, after)
	}
	card.Blocks = quote
	r.Cards = []Card{card}
	if len(citations) > 1 {
		r.Page = j.page(j.Action.Index, len(citations))
		r.Buttons = j.turning(ShowSources, s.state.Ref, j.Action.Index, len(citations))
	}
	return r
}

// around is a quotation within its passage, on the article's own lines: a
// heading does not run into the sentence below it.
func around(before, quote, after string) []Block {
	var out []Block
	fresh := true
	add := func(text string, bold bool) {
		for i, line := range strings.Split(text, "\n") {
			fresh = fresh || i > 0
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			if fresh {
				out = append(out, Block{Style: Paragraph})
				fresh = false
			}
			b := &out[len(out)-1]
			b.Spans = append(b.Spans, Span{Text: line, Bold: bold})
		}
	}
	add(before, false)
	add(quote, true)
	add(after, false)
	return out
}

// share posts a private answer for all to see. Only who asked can, and once.
func (j *job) share(ctx context.Context, s *saved) (*Reply, error) {
	switch {
	case s.state.Owner != j.store.User(j.User.ID):
		return j.refusePrivately("refused.foreign"), nil
	case !s.state.Private:
		return j.tell(j.say.Say("share.public", nil)), nil
	case s.Shared:
		return j.tell(j.say.Say("share.again", nil)), nil
	case s.Question == "": // a check of somebody else's message
		return j.refusePrivately("refused.expired"), nil
	}
	// Marked first: rather not posted than posted twice.
	before := s.state.Data
	marked, err := j.markShared(ctx, s)
	if err != nil {
		return nil, err
	}
	if !marked {
		return j.tell(j.say.Say("share.again", nil)), nil
	}
	forAll := *j
	forAll.Private, forAll.Kind = false, Ask
	public := &saved{Question: s.Question, Answer: s.Answer, Check: s.Check}
	forAll.save(ctx, s.state.Kind, public)
	reply := j.tell(j.say.Say("share.done", nil))
	reply.Unposted = func(ctx context.Context) {
		if _, err := j.store.Swap(ctx, s.state.Ref, s.state.Data, before); err != nil {
			j.log.Error("answer still counts as posted", "request", j.ID, "error", err)
		}
	}
	if s.Answer != nil {
		reply.Public = forAll.answered(s.Answer)
		reply.Public.Blocks = append([]Block{j.asked(s)}, reply.Public.Blocks...)
	} else {
		reply.Public = forAll.evidence(public)
	}
	reply.Public.Ref = public.state.Ref
	reply.Public.Buttons = forAll.answerButtons(public)
	return reply, nil
}

// asked shows the question of an answer to those who have not seen it.
func (j *job) asked(s *saved) Block {
	return plain(Note, j.say.Say("share.asked", phrases.Args{"Text": shorten(s.Question, maxQuestionShown)}))
}

// maxThreadName bounds the name of a thread, in runes.
const maxThreadName = 90

// proposeThread asks for a thread to be opened for an answer.
func (j *job) proposeThread(s *saved) *Reply {
	if s.state.Private || !j.Place.takesThreads() {
		return j.refusePrivately("thread.not_here")
	}
	title := shorten(s.Question, maxThreadName)
	if title == "" {
		title = j.say.Say("thread.name", nil)
	}
	return &Reply{Outcome: Told, Private: true, Thread: &Opening{Name: title, Action: j.Action}}
}

// openThread takes the conversation into a thread that was opened.
func (j *job) openThread(ctx context.Context) (*Reply, error) {
	s, refusal, err := j.load(ctx, j.Action.Ref)
	if refusal != nil || err != nil {
		return refusal, err
	}
	if s.Answer == nil || s.state.Private || !j.Place.Thread {
		return j.refusePrivately("thread.not_here"), nil
	}
	at := j.where()
	at.Private = false
	j.talks.Open(at, s.turn())
	return &Reply{Outcome: Told, Blocks: paragraphs(j.say.Say("thread.opened", nil), j.say.Say("thread.mention", nil))}, nil
}
