package bot

import (
	"context"
	"strconv"
	"sync"
	"time"

	"parley/bot/answer"
	"parley/bot/phrases"
	"parley/bot/store"
)

// Budget is what models may take in a day, by UTC; 0 is no limit.
type Budget struct {
	Tokens     int     // of the bot
	UserTokens int     // of one user
	Cost       float64 // of the bot, by the configured prices
}

// Model is how a model is that the engine asks.
type Model struct {
	Name   string
	Embeds bool // it makes vectors; else it writes
	Down   bool
	Since  time.Time // when Down
	Why    string    // when Down: a fixed sentence
}

// budget keeps count of answers in flight, so that many at once do not go beyond
// what one would be refused for.
type budget struct {
	Budget

	mu       sync.Mutex
	inFlight map[string]int // answers by user
	all      int            // answers in flight
	usual    float64        // tokens of an answer, averaged
	price    float64        // of a token, averaged
}

// firstAnswer is what an answer is taken to cost before there was one, in tokens:
// a prompt of the usual budget and what is written. recent is the weight of the
// last answer in the average. Judgements.
const (
	firstAnswer = answer.DefaultPassageTokens + answer.DefaultAnswerTokens
	recent      = 0.2
)

func newBudget(b Budget) *budget {
	return &budget{Budget: b, inFlight: map[string]int{}, usual: firstAnswer}
}

// allowModel says why the engine may not ask a model for this user now; nothing
// when it may. Release ends what it holds back for this answer.
func (j *job) allowModel(ctx context.Context) (why answer.Note, release func()) {
	b := j.budget
	if b.Budget == (Budget{}) {
		return answer.Unaided, func() {}
	}
	user := j.store.User(j.User.ID)
	own, all, err := j.store.Spending(ctx, user, time.Now())
	if err != nil {
		j.log.Error("spending not known", "request", j.ID, "error", err)
		return answer.OverBudget, func() {}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	coming := b.usual * float64(b.all+1)
	mine := b.usual * float64(b.inFlight[user]+1)
	if b.Tokens > 0 && float64(all.Tokens)+coming > float64(b.Tokens) ||
		b.UserTokens > 0 && float64(own.Tokens)+mine > float64(b.UserTokens) ||
		b.Cost > 0 && all.Cost+coming*b.price > b.Cost {
		return answer.OverBudget, func() {}
	}
	b.all++
	b.inFlight[user]++
	return answer.Unaided, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.all--
		if b.inFlight[user]--; b.inFlight[user] == 0 {
			delete(b.inFlight, user)
		}
	}
}

// charge counts what an answer has taken of models, also one that people no
// longer wait for.
func (j *job) charge(ctx context.Context, a *answer.Answer) {
	u := a.Usage
	if u.Requests == 0 {
		return
	}
	tokens := u.PromptTokens + u.CompletionTokens
	b := j.budget
	b.mu.Lock()
	if tokens > 0 {
		b.usual += recent * (float64(tokens) - b.usual)
		b.price += recent * (u.Cost/float64(tokens) - b.price)
	}
	b.mu.Unlock()
	j.log.Info("model asked", "request", j.ID, "engine", a.Engine, "note", string(a.Note), "requests", u.Requests,
		"prompt_tokens", u.PromptTokens, "completion_tokens", u.CompletionTokens, "estimated", u.Estimated, "cost", u.Cost)
	if err := j.store.Spend(context.WithoutCancel(ctx), j.store.User(j.User.ID), time.Now(), store.Spent{Tokens: tokens, Cost: u.Cost}); err != nil {
		j.log.Error("spending not stored", "request", j.ID, "error", err)
	}
}

// models are the lines of the status about models.
func (j *job) models(ctx context.Context) ([]string, error) {
	if j.opts.Models == nil {
		return nil, nil
	}
	var lines []string
	for _, m := range j.opts.Models() {
		part := "status.chat"
		if m.Embeds {
			part = "status.embeddings"
		}
		args := phrases.Args{"Part": j.say.Say(part, nil), "Model": m.Name}
		key := "status.model"
		if m.Down {
			key = "status.model_down"
			args["Ago"], args["Why"] = j.say.Span(time.Since(m.Since)), m.Why
		}
		lines = append(lines, j.say.Say(key, args))
	}
	_, all, err := j.store.Spending(ctx, "", time.Now())
	if err != nil {
		return nil, err
	}
	args := phrases.Args{"Tokens": all.Tokens, "Cost": strconv.FormatFloat(all.Cost, 'f', 4, 64)}
	key := "status.spent"
	switch b := j.opts.Budget; {
	case b.Tokens > 0:
		key, args["Budget"] = "status.spent_of", b.Tokens
	case b.Cost > 0:
		key, args["Budget"] = "status.spent_of", strconv.FormatFloat(b.Cost, 'f', 2, 64)
	}
	return append(lines, j.say.Say(key, args)), nil
}
