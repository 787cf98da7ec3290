package store

import (
	"errors"
	"fmt"
	"strings"
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
	today := time.Date(2125, 5, 13, 23, 30, 0, 0, time.UTC)
	spend := func(user string, at time.Time, tokens int, cost float64) {
		t.Helper()
		if err := s.Spend(user, at, Spent{tokens, cost}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(user string, at time.Time, own, all Spent) {
		t.Helper()
		gotOwn, gotAll := s.Spending(user, at)
		if gotOwn != own || gotAll != all {
			t.Errorf("%s at %s: got %+v of %+v, want %+v of %+v", user, at, gotOwn, gotAll, own, all)
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

// TestNothingWaitsForTheDisk guards that what an answer needs of the store comes at
// once while another process keeps everything waiting that wants to write: Discord
// gives a form three seconds. It is on the disk as soon as that can be.
func TestNothingWaitsForTheDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openDir(t, dir)
	state := func(ref, data string) State { return State{Ref: ref, At: time.Now(), Data: []byte(data)} }
	if err := s.Put(t.Context(), state("a", "x")); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Counts(t.Context()); err != nil || c.States != 1 {
		t.Fatalf("got %+v, %v", c, err)
	}
	writing, err := openDir(t, dir).db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for i := range 50 {
		ref := fmt.Sprint("later", i)
		swapped, err := false, s.Put(t.Context(), state(ref, "x"))
		if err == nil {
			swapped, err = s.Swap(t.Context(), ref, []byte("x"), []byte("y"))
		}
		if got, readErr := s.State(t.Context(), ref); err != nil || readErr != nil || !swapped || string(got.Data) != "y" {
			t.Fatalf("got %+v, %v, %v, %v", got, swapped, err, readErr)
		}
		if err := errors.Join(s.Refuse("u", "q", time.Now()), s.Spend("u", time.Now(), Spent{Tokens: 1})); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.State(t.Context(), "a"); err != nil || string(got.Data) != "x" {
		t.Errorf("got %+v, %v", got, err)
	}
	if own, _ := s.Spending("u", time.Now()); own.Tokens != 50 {
		t.Errorf("got %+v spent", own)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %s", took)
	}
	if err := s.Vote(t.Context(), Vote{Ref: "later1", User: "u", At: time.Now()}); !errors.Is(err, ErrLate) {
		t.Errorf("a vote that is not on the disk: got %v", err)
	}
	if b := s.Backlog(); b.Waiting < 200 || b.Lost != 0 {
		t.Errorf("got %+v", b)
	}
	if err := errors.Join(writing.Rollback(), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = openDir(t, dir)
	want := Counts{States: 51, Votes: 1, Refused: 50}
	if c, err := s.Counts(t.Context()); err != nil || c != want {
		t.Errorf("got %+v, %v, want %+v", c, err, want)
	}
	if got, err := s.State(t.Context(), "later7"); err != nil || string(got.Data) != "y" {
		t.Errorf("got %+v, %v", got, err)
	}
	if own, _ := s.Spending("u", time.Now()); own.Tokens != 50 {
		t.Errorf("got %+v spent", own)
	}
}

// TestSpendingOfOthers guards that two processes over one folder keep one budget.
func TestSpendingOfOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, b := openDir(t, dir), openDir(t, dir)
	for i, s := range []*Store{a, b, a} {
		if err := s.Spend("u", time.Now(), Spent{Tokens: 10, Cost: 1}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Counts(t.Context()); err != nil { // when it is written
			t.Fatal(err)
		}
		want := Spent{10 * (i + 1), float64(i + 1)}
		got, all := s.Spending("u", time.Now())
		for deadline := time.Now().Add(5 * time.Second); got != want && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
			got, all = s.Spending("u", time.Now())
		}
		if got != want || all != want {
			t.Errorf("after %d: got %+v of %+v, want %+v", i+1, got, all, want)
		}
	}
}

// TestTooMuchWaits guards that what there is no room for is refused and counted, and
// that the rest is written.
func TestTooMuchWaits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openDir(t, dir)
	writing, err := openDir(t, dir).db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	const more = 7
	refused := 0
	for range mostWaiting + more {
		if s.Refuse("u", "q", time.Now()) != nil {
			refused++
		}
	}
	if b := s.Backlog(); refused != more || b.Lost != more {
		t.Errorf("got %d refused, %+v", refused, b)
	}
	if err := errors.Join(writing.Rollback(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if c, err := openDir(t, dir).Counts(t.Context()); err != nil || c.Refused != mostWaiting {
		t.Errorf("got %+v, %v", c, err)
	}
}

// TestWrongStatement guards that a statement that can never be done keeps no other
// from the disk, and that who waits for it hears of it.
func TestWrongStatement(t *testing.T) {
	s := openDir(t, t.TempDir())
	wrong := &write{query: "INSERT INTO votes (ref) VALUES (NULL)"}
	if err := s.writer.wait(t.Context(), wrong); err == nil || errors.Is(err, ErrLate) {
		t.Errorf("got %v", err)
	}
	if b := s.Backlog(); b.Failure != nil {
		t.Errorf("the disk is to blame: %v", b.Failure)
	}
	if err := s.Vote(t.Context(), Vote{Ref: "a", User: "u", At: time.Now()}); err != nil {
		t.Error(err)
	}
	if b := s.Backlog(); b.Lost != 1 || b.Waiting != 0 || b.Failure != nil {
		t.Errorf("got %+v", b)
	}
}

// TestClosedWhileLocked guards that what could not be written before the end is said.
func TestClosedWhileLocked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openDir(t, dir)
	writing, err := openDir(t, dir).db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writing.Rollback() }()
	if err := s.Refuse("u", "q", time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), "1 rows were not written") {
		t.Errorf("got %v", err)
	}
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
