package bot

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// histories says what each of a line of questions was asked with.
func asked(t *testing.T, b *Bot, s *spy, r Request) []string {
	t.Helper()
	r.Kind = Ask
	handle(t, b, r)
	var out []string
	for _, turn := range s.last(t).History {
		if turn.Role == "user" {
			out = append(out, turn.Text)
		}
	}
	return out
}

func TestConversations(t *testing.T) {
	const first, second = "What did Dmitriev write on X?", "And when was that?"
	for _, tt := range []struct {
		name   string
		a, b   Request // asked one after the other
		joined bool    // whether the second knows of the first
	}{
		{"one user in a channel", Request{User: alice, Place: server}, Request{User: alice, Place: server}, true},
		{"two users in a channel", Request{User: alice, Place: server}, Request{User: bob, Place: server}, false},
		{"two channels", Request{User: alice, Place: server}, Request{User: alice, Place: Place{Guild: "g", Channel: "other"}}, false},
		{"two users in a thread", Request{User: alice, Place: thread}, Request{User: bob, Place: thread}, true},
		{"something private in a thread", Request{User: alice, Place: thread, Private: true}, Request{User: bob, Place: thread}, false},
		{"something private asked on privately", Request{User: alice, Place: thread, Private: true}, Request{User: alice, Place: thread, Private: true}, true},
		{"direct messages", Request{User: alice, Place: direct}, Request{User: alice, Place: direct}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, s := spied(t, Options{})
			tt.a.Text, tt.b.Text = first, second
			asked(t, b, s, tt.a)
			got := asked(t, b, s, tt.b)
			if (len(got) == 1 && got[0] == first) != tt.joined {
				t.Errorf("the second question was asked after %q", got)
			}
		})
	}
}

// TestFollowUpIsUnderstood guards the way through the real engine: what is left
// out comes from the question before.
func TestFollowUpIsUnderstood(t *testing.T) {
	b := newBot(t, Options{})
	handle(t, b, Request{Kind: Ask, Text: "Did Dmitriev say anything after the meeting?"})
	r := handle(t, b, Request{Kind: Ask, Text: "And what did he write about it?"})
	if !r.HasAnswer() || !says(r, "Dmitriev") {
		t.Errorf("got %s %q", r.Outcome, texts(r))
	}
}

// TestForget guards that one's own turns go, in a thread only those, and votes
// and unanswered questions with them.
func TestForget(t *testing.T) {
	b, s := spied(t, Options{})
	asked(t, b, s, Request{User: alice, Place: thread, Text: "Who is the president of China?"})
	asked(t, b, s, Request{User: bob, Place: thread, Text: "What did Dmitriev write on X?"})
	r := handle(t, b, Request{Kind: Ask, User: alice, Text: "Who met Putin?"})
	handle(t, b, Request{Kind: Press, User: alice, Action: button(t, r, Helpful)})
	handle(t, b, Request{Kind: Forget, User: alice})
	got := asked(t, b, s, Request{User: bob, Place: thread, Text: "And then?"})
	if len(got) != 1 || got[0] != "What did Dmitriev write on X?" {
		t.Errorf("in the thread: asked after %q", got)
	}
	if got := asked(t, b, s, Request{User: alice, Text: "And then?"}); len(got) != 0 {
		t.Errorf("in the channel: asked after %q", got)
	}
	counts, err := b.store.Counts(t.Context())
	if err != nil || counts.Votes != 0 {
		t.Errorf("got %+v, %v: a vote is still there", counts, err)
	}
	for g, err := range b.store.Gaps(t.Context(), time.Time{}) {
		if err != nil || strings.Contains(g.Question, "China") {
			t.Errorf("%q is still there, %v", g.Question, err)
		}
	}
}

// TestReplyToAnAnswer guards that a reply to an answer is read with that answer,
// also when it is another user's or older than the conversation.
func TestReplyToAnAnswer(t *testing.T) {
	b, s := spied(t, Options{})
	const first = "What did Dmitriev write on X?"
	r := handle(t, b, Request{Kind: Ask, User: alice, Text: first})
	handle(t, b, Request{Kind: Ask, User: alice, Text: "Who met Putin?"})
	about := Action{Verb: FollowUp, Ref: r.Ref}
	for _, u := range []User{alice, bob} {
		if got := asked(t, b, s, Request{User: u, Text: "And when was that?", Action: about}); len(got) != 1 || got[0] != first {
			t.Errorf("%s: asked after %q", u.Name, got)
		}
	}
	// An answer that is no longer stored is no reason not to answer.
	gone := Action{Verb: FollowUp, Ref: strings.Repeat("A", refLength)}
	if r := handle(t, b, Request{Kind: Ask, User: bob, Text: "Who met Putin?", Action: gone}); !r.HasAnswer() {
		t.Errorf("got %s %q", r.Outcome, texts(r))
	}
	// Nor does a private answer become known by a reply to it.
	private := handle(t, b, Request{Kind: Ask, User: alice, Text: first, Private: true})
	got := asked(t, b, s, Request{User: bob, Place: direct, Text: "And now?", Action: Action{Verb: FollowUp, Ref: private.Ref}})
	if len(got) != 0 {
		t.Errorf("bob was answered after %q", got)
	}
	got = asked(t, b, s, Request{User: alice, Place: Place{Guild: "g", Channel: "new"}, Text: "And here?", Action: Action{Verb: FollowUp, Ref: private.Ref}})
	if len(got) != 0 {
		t.Errorf("in public it was asked after %q", got)
	}
}

// TestPrivateTurnsStayPrivate guards that a public answer is not read with what
// the user has asked in private in the same channel, where it would tell of it.
func TestPrivateTurnsStayPrivate(t *testing.T) {
	b, s := spied(t, Options{})
	const secret, open = "What did Dmitriev write on X?", "Who met Putin?"
	asked(t, b, s, Request{Text: open})
	private := handle(t, b, Request{Kind: Ask, Text: secret, Private: true})
	if got := asked(t, b, s, Request{Text: "And when was that?", Private: true}); len(got) != 2 || got[1] != secret {
		t.Errorf("in private it was asked after %q", got)
	}
	if got := asked(t, b, s, Request{Text: "And where was that?"}); len(got) != 1 || got[0] != open {
		t.Errorf("in public it was asked after %q", got)
	}
	handle(t, b, Request{Kind: Ask, Text: secret, Private: true})
	about := Action{Verb: FollowUp, Ref: private.Ref}
	if got := asked(t, b, s, Request{Text: "And who else was there?", Action: about}); slices.Contains(got, secret) {
		t.Errorf("a public reply was asked after %q", got)
	}
	asked(t, b, s, Request{Place: direct, Text: secret, Private: true})
	if got := asked(t, b, s, Request{Place: direct, Text: "And when was that?"}); len(got) != 1 || got[0] != secret {
		t.Errorf("in a direct message it was asked after %q", got)
	}
}

// TestForgetWhatItBeganWith guards that a conversation goes whole, also what it
// began with: an answer from the store, one's own or another's.
func TestForgetWhatItBeganWith(t *testing.T) {
	b, s := spied(t, Options{})
	for _, asker := range []User{alice, bob} {
		r := handle(t, b, Request{Kind: Ask, User: asker, Text: "What did Dmitriev write on X?"})
		elsewhere := Place{Guild: "g", Channel: "new"}
		asked(t, b, s, Request{User: alice, Place: elsewhere, Text: "And when was that?", Action: Action{Verb: FollowUp, Ref: r.Ref}})
		handle(t, b, Request{Kind: Thread, User: bob, Place: thread, Action: Action{Verb: Continue, Ref: r.Ref}})
		handle(t, b, Request{Kind: Forget, User: asker})
		handle(t, b, Request{Kind: Forget, User: alice})
		if got := asked(t, b, s, Request{User: alice, Place: elsewhere, Text: "And now?"}); len(got) != 0 {
			t.Errorf("an answer of %s: asked after %q", asker.Name, got)
		}
		if got := asked(t, b, s, Request{User: boss, Place: thread, Text: "And now?"}); len(got) != 0 {
			t.Errorf("an answer of %s in a thread: asked after %q", asker.Name, got)
		}
		handle(t, b, Request{Kind: Forget, User: boss})
	}
}

// TestQuestionsAtOnceAreBothRemembered guards that of two questions that are
// answered at the same time in one conversation neither is lost.
func TestQuestionsAtOnceAreBothRemembered(t *testing.T) {
	b, s := spied(t, Options{AtOnce: 2})
	s.hold = make(chan struct{})
	first, second := "What did Dmitriev write on X?", "Who met Putin?"
	var wg sync.WaitGroup
	for user, text := range map[*User]string{&alice: first, &bob: second} {
		wg.Go(func() { handle(t, b, Request{Kind: Ask, User: *user, Place: thread, Text: text}) })
	}
	s.wait(2)
	close(s.hold)
	wg.Wait()
	got := asked(t, b, s, Request{User: boss, Place: thread, Text: "And then?"})
	slices.Sort(got)
	if want := []string{first, second}; !slices.Equal(got, want) {
		t.Errorf("asked after %q, want %q", got, want)
	}
}

// TestForgetWhileAnswering guards that who has the bot forget while it answers is
// forgotten: neither that answer nor another's brings anything back.
func TestForgetWhileAnswering(t *testing.T) {
	b, s := spied(t, Options{AtOnce: 2})
	handle(t, b, Request{Kind: Ask, User: alice, Place: thread, Text: "What did Dmitriev write on X?"})
	s.hold = make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		handle(t, b, Request{Kind: Ask, User: alice, Place: thread, Text: "Who is the president of China?"})
	})
	wg.Go(func() { handle(t, b, Request{Kind: Ask, User: bob, Place: thread, Text: "Who met Putin?"}) })
	s.wait(3)
	handle(t, b, Request{Kind: Forget, User: alice})
	close(s.hold)
	wg.Wait()
	if got := asked(t, b, s, Request{User: bob, Place: thread, Text: "And then?"}); len(got) != 1 || got[0] != "Who met Putin?" {
		t.Errorf("asked after %q", got)
	}
	for g, err := range b.store.Gaps(t.Context(), time.Time{}) {
		if err != nil || g.Question != "And then?" { // which is Bob's
			t.Errorf("%q is stored, %v", g.Question, err)
		}
	}
}

// TestPublicQuestionKeepsPrivateOnes guards that a public question leaves what was
// asked in private to the private conversation.
func TestPublicQuestionKeepsPrivateOnes(t *testing.T) {
	b, s := spied(t, Options{})
	const secret, open = "What did Dmitriev write on X?", "Who met Putin?"
	asked(t, b, s, Request{Text: secret, Private: true})
	asked(t, b, s, Request{Text: open})
	if got := asked(t, b, s, Request{Text: "And when was that?", Private: true}); !slices.Equal(got, []string{secret, open}) {
		t.Errorf("asked after %q", got)
	}
}
