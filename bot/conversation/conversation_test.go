package conversation

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var (
	thread = Where{User: "1", Channel: "t", Shared: true}
	own    = Where{User: "1", Channel: "c"}
)

// say asks and answers a question in one go.
func say(m *Memory, w Where, user, question string) {
	e := m.Begin(w, user)
	defer e.End()
	e.Add(Turn{User: user, Private: w.Private, Ref: "ref " + question, Question: question, Answer: "answer"})
}

// before is what a question would be read with.
func before(m *Memory, w Where) []string {
	e := m.Begin(w, "somebody")
	defer e.End()
	return questions(e)
}

func questions(e *Exchange) []string {
	var out []string
	for _, t := range e.History("?") {
		if t.Role == "user" {
			out = append(out, t.Text)
		}
	}
	return out
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestConversationEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewMemory(time.Minute)
		say(m, own, "a", "q")
		time.Sleep(time.Minute - time.Second)
		expect(t, "a second before its end", before(m, own), "q")
		time.Sleep(time.Second)
		expect(t, "at its end", before(m, own))
		say(m, own, "a", "q")
		time.Sleep(time.Minute)
		m.Sweep()
		if m.talks.Len() != 0 {
			t.Error("what has ended is still kept")
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	m := NewMemory(time.Hour)
	for i := range maxConversations + 10 {
		say(m, Where{User: "1", Channel: fmt.Sprint(i)}, "a", "q")
	}
	if n := m.talks.Len(); n != maxConversations {
		t.Errorf("%d conversations are kept, want %d", n, maxConversations)
	}
	expect(t, "the first", before(m, Where{User: "1", Channel: "0"}))
	for i := range maxTurns + 3 {
		say(m, own, "a", strings.Repeat("q", i+1))
	}
	if got := before(m, own); len(got) != maxTurns || got[0] != "qqqq" {
		t.Errorf("%d turns are kept from %q on, want the last %d", len(got), got[0], maxTurns)
	}
}

func TestRepeat(t *testing.T) {
	m := NewMemory(time.Hour)
	say(m, own, "a", "First?")
	say(m, own, "a", "Second?")
	say(m, own, "a", "  SECOND? ")
	expect(t, "asked twice", before(m, own), "First?", "  SECOND? ")
	e := m.Begin(own, "a")
	defer e.End()
	if h := e.History("second?"); len(h) != 2 || h[0].Text != "First?" {
		t.Errorf("a third time it is read with %v", h)
	}
}

// TestReplyTo guards that a reply to an earlier answer takes the conversation back
// to that answer, and keeps what others have said while it was answered.
func TestReplyTo(t *testing.T) {
	m := NewMemory(time.Hour)
	for _, q := range []string{"one", "two", "three"} {
		say(m, thread, "a", q)
	}
	e := m.Begin(thread, "a")
	defer e.End()
	if e.ReplyTo("ref four") || !e.ReplyTo("ref one") {
		t.Fatal("the answer replied to was not found")
	}
	expect(t, "the reply", questions(e), "one")
	say(m, thread, "b", "meanwhile")
	expect(t, "the reply, later", questions(e), "one")
	e.Add(Turn{User: "a", Question: "reply"})
	expect(t, "after it", before(m, thread), "one", "meanwhile", "reply")
}

func TestStartFrom(t *testing.T) {
	m := NewMemory(time.Hour)
	say(m, own, "a", "old")
	e := m.Begin(own, "a")
	defer e.End()
	e.StartFrom(Turn{User: "b", Question: "stored"})
	expect(t, "the reply", questions(e), "stored")
	e.Add(Turn{User: "a", Question: "reply"})
	expect(t, "after it", before(m, own), "stored", "reply")
	m.Forget("9", "b")
	expect(t, "without its start", before(m, own), "reply")
	m.Open(own, Turn{User: "a", Question: "opened"})
	expect(t, "opened although it goes on", before(m, own), "reply")
}

// TestForgetOpenExchanges guards that nothing of a user comes back with an answer
// that was under way: not the question, nor what another's was taken up with.
func TestForgetOpenExchanges(t *testing.T) {
	m := NewMemory(time.Hour)
	say(m, thread, "a", "before")
	mine, theirs := m.Begin(thread, "a"), m.Begin(thread, "b")
	defer mine.End()
	defer theirs.End()
	theirs.StartFrom(Turn{User: "a", Question: "stored"})
	m.Forget("1", "a")
	if mine.Add(Turn{User: "a", Question: "mine"}) || !theirs.Add(Turn{User: "b", Question: "theirs"}) {
		t.Error("the forgotten question was added, or the other was not")
	}
	expect(t, "in the thread", before(m, thread), "theirs")
}

func TestPrivate(t *testing.T) {
	m := NewMemory(time.Hour)
	whisper := own
	whisper.Private = true
	say(m, whisper, "a", "secret")
	say(m, own, "a", "open")
	expect(t, "in public", before(m, own), "open")
	expect(t, "in private", before(m, whisper), "secret", "open")
	alone := own
	alone.Alone = true
	expect(t, "where nobody reads along", before(m, alone), "secret", "open")
	e := m.Begin(own, "a")
	defer e.End()
	if e.ReplyTo("ref secret") {
		t.Error("a public reply is read with what was private")
	}
}

// TestTogether guards, under the race detector, that no question is lost of those
// that are answered together.
func TestTogether(t *testing.T) {
	m := NewMemory(time.Hour)
	var wg sync.WaitGroup
	for i := range maxTurns {
		wg.Go(func() {
			for range 50 {
				say(m, Where{Channel: fmt.Sprint(i)}, "a", "q")
				m.Forget("2", "other")
				m.Sweep()
				before(m, thread)
			}
			say(m, thread, "a", fmt.Sprint(i))
		})
	}
	wg.Wait()
	if got := before(m, thread); len(got) != maxTurns {
		t.Errorf("%d of %d questions are remembered: %q", len(got), maxTurns, got)
	}
	if len(m.open) != 0 {
		t.Errorf("%d exchanges are still open", len(m.open))
	}
}
