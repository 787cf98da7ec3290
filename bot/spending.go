package bot

import (
	"parley/bot/answer"
	"parley/bot/answer/generate"
	"parley/bot/store"
)

// firstAnswer is what an answer is taken to cost before there was one, in tokens:
// a prompt of the usual budget and what is written.
const firstAnswer = generate.DefaultPassageTokens + generate.DefaultAnswerTokens

// allowModel says why the engine may not ask a model for this user now; nothing
// when it may. Release ends what it holds back for this answer.
func (j *job) allowModel() (why answer.Note, release func()) {
	release, ok := j.spending.Allow(j.store.User(j.User.ID))
	if !ok {
		return answer.OverBudget, release
	}
	return answer.Unaided, release
}

// charge counts what an answer has taken of models, also one that people no
// longer wait for.
func (j *job) charge(a *answer.Answer) {
	u := a.Usage
	if u.Requests == 0 {
		return
	}
	j.opts.Observe.Spent(u)
	j.log.Info("model asked", "request", j.ID, "engine", a.Engine, "note", string(a.Note), "requests", u.Requests,
		"prompt_tokens", u.PromptTokens, "completion_tokens", u.CompletionTokens, "estimated", u.Estimated, "cost", u.Cost)
	spent := store.Spent{Tokens: u.PromptTokens + u.CompletionTokens, Cost: u.Cost}
	if err := j.spending.Charge(j.store.User(j.User.ID), spent); err != nil {
		j.log.Error("spending not stored", "request", j.ID, "error", err)
	}
}
