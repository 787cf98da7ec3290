package limits

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot/store"
)

func TestQuotas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQuestions(Quotas{PerUser: 2, PerChannel: 3, PerServer: 4, Window: time.Minute})
		here, other := Asked{Channel: "c", Server: "g"}, Asked{Channel: "other", Server: "g"}
		take := func(user string, at Asked, want Scope, wait time.Duration) {
			t.Helper()
			at.User = user
			got := q.Take(at)
			switch {
			case wait == 0 && got != nil:
				t.Errorf("%s in %s: got %+v, want a place", user, at.Channel, got)
			case wait > 0 && (got == nil || got.Scope != want || got.Wait != wait):
				t.Errorf("%s in %s: got %+v, want scope %d in %s", user, at.Channel, got, want, wait)
			}
		}
		take("a", here, 0, 0)
		time.Sleep(10 * time.Second)
		take("a", here, 0, 0)
		take("a", other, PerUser, 50*time.Second) // a user's quota counts everywhere
		take("b", here, 0, 0)
		take("b", here, PerChannel, 50*time.Second)
		take("b", other, 0, 0)
		take("c", other, PerServer, 50*time.Second)
		take("c", Asked{}, 0, 0) // neither channel nor server
		time.Sleep(50 * time.Second)
		take("a", here, 0, 0) // the first question has left the window
		take("a", here, PerUser, 10*time.Second)
		time.Sleep(time.Minute)
		q.Sweep()
		if len(q.asked) != 0 {
			t.Errorf("%d counts are kept of nothing", len(q.asked))
		}
	})
}

func TestNoQuotas(t *testing.T) {
	q := NewQuestions(Quotas{PerUser: -1, PerChannel: -1, PerServer: 0, Window: time.Hour})
	for range 1000 {
		if over := q.Take(Asked{User: "a", Channel: "c", Server: "g"}); over != nil {
			t.Fatalf("got %+v without a limit", over)
		}
	}
	if len(q.asked) != 0 {
		t.Errorf("%d counts are kept for no limit", len(q.asked))
	}
}

// TestQueue guards that as many go in as may, as many wait as may, who is told
// that it is busy does not wait, and who gives up waiting leaves the place.
func TestQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(1, 1)
		leave, err := q.Enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		gone := errors.New("gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		first := make(chan error)
		go func() {
			_, err := q.Enter(ctx)
			first <- err
		}()
		synctest.Wait()
		if _, err := q.Enter(t.Context()); !errors.Is(err, ErrBusy) || q.Waiting() != 1 {
			t.Errorf("got %v with %d waiting, want busy with 1", err, q.Waiting())
		}
		cancel(gone)
		if err := <-first; !errors.Is(err, gone) || q.Waiting() != 0 {
			t.Errorf("got %v with %d waiting, want the cause with 0", err, q.Waiting())
		}
		leave()
		if leave, err = q.Enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		leave()
	})
}

// TestSpare guards that work nobody waits for is done while no question is answered,
// one at a time, and ends when a question comes.
func TestSpare(t *testing.T) {
	q := NewQueue(2, 1)
	work, leave, ok := q.Spare(t.Context())
	if !ok || work.Err() != nil {
		t.Fatal("there is no spare time although nobody asks")
	}
	if _, _, ok := q.Spare(t.Context()); ok {
		t.Error("two at once")
	}
	done, err := q.Enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if cause := context.Cause(work); !errors.Is(cause, ErrWanted) {
		t.Errorf("it goes on beside a question: %v", cause)
	}
	leave()
	if _, _, ok := q.Spare(t.Context()); ok {
		t.Error("it begins beside a question")
	}
	done()
	if work, leave, ok = q.Spare(t.Context()); !ok || work.Err() != nil {
		t.Fatal("it does not begin when all are answered")
	}
	leave()
	if work.Err() == nil {
		t.Error("its context does not end with it")
	}
}

// TestSpending guards that answers in flight count as spent, by what the last ones
// have taken, for the user and for all.
func TestSpending(t *testing.T) {
	db, err := store.Memory(t.Context(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	allow := func(s *Spending, user string, want bool) (release func()) {
		t.Helper()
		release, ok := s.Allow(user)
		if ok != want {
			t.Errorf("%s: got %v, want %v", user, ok, want)
		}
		return release
	}
	s := NewSpending(Budget{Tokens: 300, UserTokens: 150}, db, 100)
	release := allow(s, "a", true)
	allow(s, "a", false) // 200 would be beyond the user's
	allow(s, "b", true)
	allow(s, "c", true)
	allow(s, "d", false) // 400 beyond all's
	release()
	allow(s, "d", true)
	if err := s.Charge("e", store.Spent{Tokens: 40, Cost: 1}); err != nil {
		t.Fatal(err)
	}
	allow(s, "e", false) // three in flight, at 88 by now, and 40
	dear := NewSpending(Budget{Cost: 1}, db, 100)
	allow(dear, "a", true) // just used up, and the price of a token is not known yet
	if err := dear.Charge("a", store.Spent{Tokens: 1, Cost: 0.01}); err != nil {
		t.Fatal(err)
	}
	allow(dear, "a", false)
	allow(NewSpending(Budget{}, db, 1<<40), "a", true)
}
