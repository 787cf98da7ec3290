package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"
)

// TestSwap guards that a state is changed only from what it was.
func TestSwap(t *testing.T) {
	s, err := Memory(t.Context(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Put(t.Context(), State{Ref: "r", Data: []byte("a"), At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		ref, before, data string
		want              bool
	}{{"r", "b", "c", false}, {"r", "a", "b", true}, {"r", "a", "d", false}, {"other", "a", "b", false}} {
		if got, err := s.Swap(t.Context(), tt.ref, []byte(tt.before), []byte(tt.data)); err != nil || got != tt.want {
			t.Errorf("from %s to %s: got %v, %v, want %v", tt.before, tt.data, got, err, tt.want)
		}
	}
	if st, err := s.State(t.Context(), "r"); err != nil || string(st.Data) != "b" {
		t.Errorf("got %q, %v, want b", st.Data, err)
	}
}

// TestSpending guards that spending is summed by day and user, and that a day ends.
func TestSpending(t *testing.T) {
	s := openDir(t, t.TempDir())
	today := time.Date(2025, 5, 13, 23, 30, 0, 0, time.UTC)
	spend := func(user string, at time.Time, tokens int, cost float64) {
		t.Helper()
		if err := s.Spend(t.Context(), user, at, Spent{tokens, cost}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(user string, at time.Time, own, all Spent) {
		t.Helper()
		gotOwn, gotAll, err := s.Spending(t.Context(), user, at)
		if err != nil || gotOwn != own || gotAll != all {
			t.Errorf("%s at %s: got %+v of %+v, %v, want %+v of %+v", user, at, gotOwn, gotAll, err, own, all)
		}
	}
	want("a", today, Spent{}, Spent{})
	spend("a", today, 100, 0.5)
	spend("a", today, 20, 0.25)
	spend("b", today, 3, 0)
	want("a", today, Spent{120, 0.75}, Spent{123, 0.75})
	want("c", today, Spent{}, Spent{123, 0.75})
	west := time.FixedZone("west", -8*3600) // the day is that of UTC, wherever the clock is
	want("b", today.In(west), Spent{3, 0}, Spent{123, 0.75})
	tomorrow := today.Add(time.Hour)
	want("a", tomorrow, Spent{}, Spent{})
	spend("b", tomorrow, 1, 0)
	want("b", tomorrow, Spent{1, 0}, Spent{1, 0})
	want("a", today, Spent{}, Spent{}) // what is over is dropped
}

// TestReadsDoNotWaitForWrites guards that what a button refers to is found while
// the disk, or another process, keeps everything waiting that wants to write:
// Discord gives a form three seconds.
func TestReadsDoNotWaitForWrites(t *testing.T) {
	dir := t.TempDir()
	s := openDir(t, dir)
	if err := s.Put(t.Context(), State{Ref: "a", At: time.Now(), Data: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	writing, err := openDir(t, dir).db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 2 * connections {
		wg.Go(func() {
			if err := s.Put(t.Context(), State{Ref: fmt.Sprint("later", i), At: time.Now(), Data: []byte("x")}); err != nil {
				t.Errorf("write that had to wait: %v", err)
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if _, err := s.State(ctx, "a"); err != nil {
		t.Errorf("read meanwhile: %v", err)
	}
	if err := writing.Rollback(); err != nil {
		t.Error(err)
	}
	wg.Wait()
}

// TestReasonStays guards that marking an answer once more does not take away the
// reason that was given.
func TestReasonStays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		for _, step := range []struct {
			helpful bool
			reason  string
			want    string
		}{{false, "", ""}, {false, "vague", "vague"}, {false, "", "vague"}, {false, "wrong", "wrong"}, {true, "", ""}, {false, "", ""}} {
			v := Vote{At: time.Now(), Ref: "a", User: s.User("1"), Helpful: step.helpful, Reason: step.reason}
			if err := s.Vote(t.Context(), v); err != nil {
				t.Fatal(err)
			}
			if got := votes(t, s); len(got) != 1 || got[0].Reason != step.want || got[0].Helpful != step.helpful {
				t.Errorf("after %+v: got %+v", step, got)
			}
		}
	})
}
