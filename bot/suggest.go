package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/bot/answer"
	"parley/bot/limits"
)

// suggestTime is how long finding questions to offer may take: some tenths of a second
// on a machine with nothing else to do. A judgement: later, people have read the answer
// and gone on.
const suggestTime = 10 * time.Second

// suggests returns what finds questions to be offered under an answer, once that is
// shown; nil where none are.
func (j *job) suggests(s *saved, history []answer.Turn, reply *Reply) func(context.Context) *Reply {
	engine, ok := j.on.engine.(Suggester)
	if !ok || j.opts.Suggest < 1 || s.state.Ref == "" || !reply.HasAnswer() {
		return nil
	}
	asked := []string{s.Question}
	for _, t := range history {
		if t.Role == "user" {
			asked = append(asked, t.Text)
		}
	}
	shown := *reply
	return func(ctx context.Context) *Reply {
		more, err := j.offer(ctx, engine, s, asked)
		if err != nil && !errors.Is(err, limits.ErrWanted) {
			j.log.Info("no questions offered", "request", j.ID, "error", err)
		}
		if err != nil || !more {
			return nil
		}
		shown.Buttons = j.answerButtons(s)
		return &shown
	}
}

// offer finds questions and stores them with an answer. It gives up where others wait
// for answers of their own.
func (j *job) offer(ctx context.Context, engine Suggester, s *saved, asked []string) (bool, error) {
	if !j.begin() {
		return false, nil
	}
	defer j.inFlight.Done()
	ctx, cancel := context.WithTimeout(ctx, suggestTime)
	defer cancel()
	work, leave, ok := j.queue.Spare(ctx)
	if !ok {
		return false, nil
	}
	defer leave()
	found, err := engine.Suggest(work, asked, s.Answer, j.opts.Suggest)
	if work.Err() != nil {
		err = context.Cause(work)
	}
	if err != nil || len(found) == 0 {
		return false, err
	}
	before, offers := s.state.Data, s.Offers
	for _, q := range found {
		s.Offers = append(s.Offers, answer.Reading{Name: q, Question: q})
	}
	data, err := json.Marshal(s)
	if err != nil {
		return false, fmt.Errorf("encode state: %w", err)
	}
	stored, err := j.store.Swap(ctx, s.state.Ref, before, data)
	if err != nil || !stored {
		s.Offers = offers
		return false, err
	}
	s.state.Data = data
	return true, nil
}
