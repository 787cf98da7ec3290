package bot

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/bot/answer"
	"parley/bot/conversation"
	"parley/bot/store"
)

// Kinds of what is stored.
const (
	savedAnswer = "answer"
	savedCheck  = "check"
	savedList   = "list"
)

// saved is what buttons need of a reply. Exactly one of Answer, Check and Topic
// counts, as the kind of the state says.
type saved struct {
	Question string         `json:"question,omitempty"`
	Answer   *answer.Answer `json:"answer,omitempty"`
	Check    *answer.Check  `json:"check,omitempty"`
	Topic    string         `json:"topic,omitempty"`
	Shared   bool           `json:"shared,omitempty"` // posted for all

	Offers []answer.Reading `json:"offers,omitempty"` // questions that buttons ask

	state store.State
}

// citations are what the sources button shows.
func (s *saved) citations() []answer.Citation {
	switch {
	case s.Answer != nil:
		return s.Answer.Citations
	case s.Check != nil:
		return s.Check.Citations
	}
	return nil
}

// turn is a stored answer as a part of a conversation.
func (s *saved) turn() conversation.Turn {
	return conversation.Turn{
		User: s.state.Owner, Private: s.state.Private, Ref: s.state.Ref,
		Question: cut(s.Question, conversation.MaxTurnText), Answer: cut(s.Answer.Text, conversation.MaxTurnText),
	}
}

// save stores what buttons need and returns its reference. Without it the reply
// has no buttons, which is no reason to fail.
func (j *job) save(ctx context.Context, kind string, s *saved) string {
	s.state = store.State{
		Ref: rand.Text(), Kind: kind, Owner: j.store.User(j.User.ID), Private: j.Private || j.Kind.alwaysPrivate(), At: time.Now(),
	}
	if err := j.put(ctx, s); err != nil {
		j.log.Error("buttons left out", "request", j.ID, "error", err)
		s.state.Ref = ""
		return ""
	}
	return s.state.Ref
}

func (j *job) put(ctx context.Context, s *saved) (err error) {
	if s.state.Data, err = json.Marshal(s); err != nil {
		return fmt.Errorf("encode state: %w", err)
	}
	defer j.staged(StageStore, time.Now())
	return j.store.Put(ctx, s.state)
}

// markShared marks an answer as posted. It reports false when that has been done
// since it was loaded: of two presses at once one has its way.
func (j *job) markShared(ctx context.Context, s *saved) (bool, error) {
	before := s.state.Data
	s.Shared = true
	data, err := json.Marshal(s)
	if err != nil {
		return false, fmt.Errorf("encode state: %w", err)
	}
	s.state.Data = data
	return j.store.Swap(ctx, s.state.Ref, before, data)
}

// load returns what was saved under a reference, or the refusal: it is no longer
// there, or private and somebody else's.
func (j *job) load(ctx context.Context, ref string) (*saved, *Reply, error) {
	if !isRef(ref) {
		return nil, j.refusePrivately("refused.expired"), nil
	}
	st, err := j.store.State(ctx, ref)
	if errors.Is(err, store.ErrNotFound) {
		return nil, j.refusePrivately("refused.expired"), nil
	}
	if err != nil {
		return nil, nil, err
	}
	if st.Private && st.Owner != j.store.User(j.User.ID) {
		return nil, j.refusePrivately("refused.foreign"), nil
	}
	s := &saved{state: st}
	if err := json.Unmarshal(st.Data, s); err != nil {
		return nil, nil, fmt.Errorf("decode state: %w", err)
	}
	return s, nil, nil
}

func (j *job) refusePrivately(key string) *Reply {
	r := j.refuse(key, nil)
	r.Private = true
	return r
}
