package conversation

import (
	"strings"

	"parley/bot/answer"
)

// Exchange is a question that is being answered, in its conversation. It is for
// one goroutine; [Memory.Forget] may come from any.
type Exchange struct {
	memory *Memory
	where  Where
	user   string // pseudonym
	seen   uint64 // number of the last turn that was there when it began

	// Guarded by memory.mu.
	from      uint64 // turns after this one, up to seen, are left out: the question replies to it
	start     *Turn  // what the conversation is taken up with, not said in it; often nil
	forgotten bool   // the user wants nothing of it kept
}

// Begin opens an exchange for a question; [Exchange.End] must follow. Pseudonym is
// what stands for the user in turns.
func (m *Memory) Begin(w Where, pseudonym string) *Exchange {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := &Exchange{memory: m, where: w, user: pseudonym, seen: m.number, from: m.number}
	m.open[e] = struct{}{}
	return e
}

// End closes an exchange.
func (e *Exchange) End() {
	e.memory.mu.Lock()
	defer e.memory.mu.Unlock()
	delete(e.memory.open, e)
}

// ReplyTo has the question be read with the conversation up to the answer of a
// reference. It reports false when that is no part of it, or no part that may be
// spoken of here.
func (e *Exchange) ReplyTo(ref string) bool {
	e.memory.mu.Lock()
	defer e.memory.mu.Unlock()
	for _, t := range e.before() {
		if t.Ref == ref {
			e.from = t.number
			return true
		}
	}
	return false
}

// StartFrom has the question be read with a turn that is no part of the
// conversation, in place of what is.
func (e *Exchange) StartFrom(t Turn) {
	e.memory.mu.Lock()
	defer e.memory.mu.Unlock()
	e.from, e.start = 0, &t
}

// History is what a question is read with, oldest first. Whoever asks just the
// same again does not lean on the answer that there was.
func (e *Exchange) History(question string) []answer.Turn {
	e.memory.mu.Lock()
	defer e.memory.mu.Unlock()
	var out []answer.Turn
	for _, t := range withoutRepeat(e.before(), question) {
		out = append(out, answer.Turn{Role: "user", Text: t.Question}, answer.Turn{Role: "assistant", Text: t.Answer})
	}
	return out
}

// before are the turns that the question may be read with: a public one not with
// what was asked in private, for its answer would tell of it. The caller holds
// the memory's mu.
func (e *Exchange) before() []Turn {
	var out []Turn
	if e.start != nil {
		out = append(out, *e.start)
	}
	for _, t := range e.memory.turns(e.where.key()) {
		if t.number <= e.from && (!t.Private || e.where.Private || e.where.Alone) {
			out = append(out, t)
		}
	}
	return out
}

// Add adds the question with its answer to the conversation as it is by now, and
// reports whether it did: not when its user has had everything forgotten since.
func (e *Exchange) Add(t Turn) bool {
	m := e.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	if e.forgotten {
		return false
	}
	key := e.where.key()
	var turns []Turn
	if e.start != nil {
		turns = append(turns, m.next(*e.start))
	}
	for _, t := range m.turns(key) {
		if t.number <= e.from || t.number > e.seen {
			turns = append(turns, t)
		}
	}
	m.put(key, append(withoutRepeat(turns, t.Question), m.next(t)))
	return true
}

// forget takes out of an open exchange what is of a user. The caller holds the
// memory's mu.
func (e *Exchange) forget(pseudonym string) {
	e.forgotten = e.forgotten || e.user == pseudonym
	if e.start != nil && e.start.User == pseudonym {
		e.start = nil
	}
}

// withoutRepeat drops the last turns that asked just this.
func withoutRepeat(turns []Turn, question string) []Turn {
	for len(turns) > 0 && Folded(turns[len(turns)-1].Question) == Folded(question) {
		turns = turns[:len(turns)-1]
	}
	return turns
}

// Folded is a question without what does not tell it from another.
func Folded(question string) string {
	return strings.ToLower(strings.Join(strings.Fields(question), " "))
}
