package bot

import (
	"slices"
	"strings"
	"sync"
	"time"

	"parley/bot/answer"
)

// Bounds of what is remembered of conversations. The engine reads the last two
// questions and the last answer; a model reads more. Judgements.
const (
	maxTurns         = 6
	maxTurnText      = 1000 // runes of a question or an answer
	maxConversations = 1000
)

// conversations remembers what was said, in memory only.
type conversations struct {
	quiet time.Duration

	mu    sync.Mutex
	byKey map[string]*conversation
}

type conversation struct {
	turns []turn // oldest first
	last  time.Time
}

// turn is a question and its answer.
type turn struct {
	user     string // of Store.User; whose question it is
	private  bool   // nobody else has seen it
	ref      string // of the stored answer; may be empty
	question string
	answer   string
}

func newConversations(quiet time.Duration) *conversations {
	return &conversations{quiet: quiet, byKey: map[string]*conversation{}}
}

// conversationKey names the conversation that a request belongs to. A thread's
// members share one; elsewhere everybody has their own. What is private is never
// part of a shared one.
func conversationKey(user string, p Place, private bool) string {
	if p.Thread && !private {
		return "thread:" + p.Channel
	}
	return ownPrefix + p.Channel + ":" + user
}

// ownPrefix begins the keys of conversations with one user.
const ownPrefix = "user:"

// isOwn reports whether a key names a conversation with one user, this one.
func isOwn(key, user string) bool {
	return strings.HasPrefix(key, ownPrefix) && strings.HasSuffix(key, ":"+user)
}

// spoken are the turns that a question may be read with: a public one not with
// what was asked in private, for its answer would tell of it.
func spoken(turns []turn, p Place, private bool) []turn {
	if private || p.Direct {
		return turns
	}
	return slices.DeleteFunc(turns, func(t turn) bool { return t.private })
}

// turns returns what was said in a conversation, unless it has ended.
func (c *conversations) turns(key string) []turn {
	c.mu.Lock()
	defer c.mu.Unlock()
	talk := c.byKey[key]
	if talk == nil || time.Since(talk.last) >= c.quiet {
		delete(c.byKey, key)
		return nil
	}
	return slices.Clone(talk.turns)
}

// set makes turns, the oldest first, what was said in a conversation.
func (c *conversations) set(key string, turns []turn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; !ok && len(c.byKey) >= maxConversations {
		c.drop()
	}
	c.byKey[key] = &conversation{turns: slices.Clone(turns[max(0, len(turns)-maxTurns):]), last: time.Now()}
}

// drop removes the conversation that has been quiet for longest.
func (c *conversations) drop() {
	quietest := ""
	for key, talk := range c.byKey {
		if quietest == "" || talk.last.Before(c.byKey[quietest].last) {
			quietest = key
		}
	}
	delete(c.byKey, quietest)
}

// forget drops everything that a user has asked, everywhere, and conversations
// that were the user's alone, whoever asked what they began with. hashed is what
// stands for the user in turns.
func (c *conversations) forget(user, hashed string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, talk := range c.byKey {
		talk.turns = slices.DeleteFunc(talk.turns, func(t turn) bool { return t.user == hashed })
		if len(talk.turns) == 0 || isOwn(key, user) {
			delete(c.byKey, key)
		}
	}
}

// sweep drops the conversations that have ended.
func (c *conversations) sweep() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, talk := range c.byKey {
		if time.Since(talk.last) >= c.quiet {
			delete(c.byKey, key)
		}
	}
}

// history is turns as the engine reads them.
func history(turns []turn) []answer.Turn {
	var out []answer.Turn
	for _, t := range turns {
		out = append(out, answer.Turn{Role: "user", Text: t.question}, answer.Turn{Role: "assistant", Text: t.answer})
	}
	return out
}

// withoutRepeat drops the last turns that asked just this: whoever asks again
// does not lean on the answer that there was.
func withoutRepeat(turns []turn, question string) []turn {
	for len(turns) > 0 && folded(turns[len(turns)-1].question) == folded(question) {
		turns = turns[:len(turns)-1]
	}
	return turns
}

// folded is a question without what does not tell it from another.
func folded(question string) string {
	return strings.ToLower(strings.Join(strings.Fields(question), " "))
}
