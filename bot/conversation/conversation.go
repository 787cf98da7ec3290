// Package conversation remembers what was said in conversations, in memory only,
// so that a question can be read with what came before it.
//
// A question opens an [Exchange] (exchange.go) with [Memory.Begin], is read with
// its turns while it is answered, and adds a [Turn] in the end. Several exchanges
// of one conversation may be open at once: what others add, or have forgotten by
// [Memory.Forget], meanwhile, is what counts when one of them adds its own.
package conversation

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Bounds of what is remembered. The engine reads the last two questions and the
// last answer; a model reads more. Judgements.
const (
	// MaxTurnText is how much of a question or an answer a turn is to have, in runes.
	MaxTurnText      = 1000
	maxTurns         = 6
	maxConversations = 1000
)

// Turn is a question and its answer.
type Turn struct {
	User     string // whose question it is, by the pseudonym that the store has for the user
	Private  bool   // nobody else has seen it
	Ref      string // of the stored answer; may be empty
	Question string
	Answer   string

	number uint64 // in the order in which they were added, from 1
}

// Where is where a question is asked, as far as it decides what it is read with.
type Where struct {
	User    string // ID on the network
	Channel string // ID
	Shared  bool   // the channel's members have one conversation together, as in a thread
	Alone   bool   // nobody but the user reads what is public there
	Private bool   // the answer is for the user alone
}

// ownPrefix begins the keys of conversations with one user.
const ownPrefix = "user:"

// key names the conversation that a question belongs to. What is private is never
// part of a shared one.
func (w Where) key() string {
	if w.Shared && !w.Private {
		return "channel:" + w.Channel
	}
	return ownPrefix + w.Channel + ":" + w.User
}

// isOwn reports whether a key names a conversation with one user, this one.
func isOwn(key, user string) bool {
	return strings.HasPrefix(key, ownPrefix) && strings.HasSuffix(key, ":"+user)
}

// Memory is what was said in all conversations. It is safe for concurrent use.
type Memory struct {
	quiet time.Duration

	mu     sync.Mutex
	talks  *simplelru.LRU[string, *talk] // by key, the one that was last added to first
	open   map[*Exchange]struct{}
	number uint64 // of the last turn
}

// talk is one conversation.
type talk struct {
	turns []Turn // oldest first
	last  time.Time
}

// NewMemory returns an empty memory. A conversation ends when nothing was added
// to it for the time given.
func NewMemory(quiet time.Duration) *Memory {
	talks, _ := simplelru.NewLRU[string, *talk](maxConversations, nil) // fails for sizes below 1 only
	return &Memory{quiet: quiet, talks: talks, open: map[*Exchange]struct{}{}}
}

// turns are what was said in a conversation, unless it has ended. The caller
// holds mu and changes nothing of it.
func (m *Memory) turns(key string) []Turn {
	t, ok := m.talks.Peek(key)
	if !ok || time.Since(t.last) >= m.quiet {
		return nil
	}
	return t.turns
}

// put makes turns what was said in a conversation, the last of them just now. The
// caller holds mu.
func (m *Memory) put(key string, turns []Turn) {
	m.talks.Add(key, &talk{turns: slices.Clone(turns[max(0, len(turns)-maxTurns):]), last: time.Now()})
}

// next numbers a turn. The caller holds mu.
func (m *Memory) next(t Turn) Turn {
	m.number++
	t.number = m.number
	return t
}

// Open begins a conversation with a turn, unless there is one already.
func (m *Memory) Open(w Where, t Turn) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if key := w.key(); len(m.turns(key)) == 0 {
		m.put(key, []Turn{m.next(t)})
	}
}

// Forget drops everything that a user has asked, everywhere, also what is being
// answered, and conversations that were the user's alone, whoever asked what they
// began with. Pseudonym is what stands for the user in turns.
func (m *Memory) Forget(user, pseudonym string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range m.talks.Keys() {
		t, _ := m.talks.Peek(key)
		t.turns = slices.DeleteFunc(t.turns, func(t Turn) bool { return t.User == pseudonym })
		if len(t.turns) == 0 || isOwn(key, user) {
			m.talks.Remove(key)
		}
	}
	for e := range m.open {
		e.forget(pseudonym)
	}
}

// Sweep drops the conversations that have ended.
func (m *Memory) Sweep() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range m.talks.Keys() {
		if len(m.turns(key)) == 0 {
			m.talks.Remove(key)
		}
	}
}
