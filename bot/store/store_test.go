package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

const month = 30 * 24 * time.Hour

func openDir(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir, month)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// each runs a test on a store in a folder and on one in memory.
func each(t *testing.T, f func(t *testing.T, s *Store)) {
	t.Run("disk", func(t *testing.T) { f(t, openDir(t, t.TempDir())) })
	t.Run("memory", func(t *testing.T) {
		s, err := Memory(t.Context(), month)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		f(t, s)
	})
}

func votes(t *testing.T, s *Store) []Vote {
	t.Helper()
	var out []Vote
	for v, err := range s.Votes(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func gaps(t *testing.T, s *Store) []Gap {
	t.Helper()
	var out []Gap
	for g, err := range s.Gaps(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

func TestStates(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		now := time.Now().Truncate(time.Second)
		want := State{Ref: "A", Kind: "answer", Owner: s.User("1"), Private: true, Data: []byte("{\x00}"), At: now}
		if err := s.Put(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		got, err := s.State(t.Context(), "A")
		if err != nil {
			t.Fatal(err)
		}
		if got.Kind != want.Kind || got.Owner != want.Owner || !got.Private || string(got.Data) != string(want.Data) || !got.At.Equal(now) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if _, err := s.State(t.Context(), "B"); !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	})
}

func TestVotesAndGaps(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		now := time.Now().Truncate(time.Second)
		a, b := s.User("1"), s.User("2")
		for _, v := range []Vote{
			{Ref: "A", User: a, Helpful: true, Question: "q", At: now.Add(-2 * time.Second)},
			{Ref: "A", User: a, Question: "q", Answer: "x", Reason: "old", Engine: "extractive", At: now.Add(-time.Second)}, // changes her mind
			{Ref: "A", User: b, Helpful: true, Question: "q", At: now},
		} {
			if err := s.Vote(t.Context(), v); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Refuse(b, "r", now); err != nil {
			t.Fatal(err)
		}
		if got := votes(t, s); len(got) != 2 || got[0].Helpful || got[0].Reason != "old" || !got[1].Helpful || !got[1].At.Equal(now) {
			t.Errorf("got %+v", got)
		}
		if got, want := gaps(t, s), []Gap{{Question: "r"}, {Question: "q", Unhelpful: true, Reason: "old"}}; !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got, err := s.Counts(t.Context()); err != nil || got != (Counts{Votes: 2, Refused: 1}) {
			t.Errorf("got %+v, %v", got, err)
		}
		if err := s.Forget(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if got := votes(t, s); len(got) != 1 || got[0].User != a {
			t.Errorf("after forgetting: got %+v", got)
		}
		if got := gaps(t, s); len(got) != 1 || got[0].Question != "q" {
			t.Errorf("after forgetting: got %+v", got)
		}
	})
}

// TestRetention guards that what is too old is not found even before it is
// deleted, and then deleted.
func TestRetention(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := Memory(t.Context(), month)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := errors.Join(
			s.Put(t.Context(), State{Ref: "A", At: time.Now(), Data: []byte{}}),
			s.Vote(t.Context(), Vote{Ref: "A", At: time.Now()}),
			s.Refuse("", "q", time.Now()),
		); err != nil {
			t.Fatal(err)
		}
		time.Sleep(month)
		if _, err := s.State(t.Context(), "A"); err != nil {
			t.Errorf("on its last day: %v", err)
		}
		time.Sleep(2 * time.Second)
		if _, err := s.State(t.Context(), "A"); !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
		if n := len(votes(t, s)) + len(gaps(t, s)); n > 0 {
			t.Errorf("%d votes and gaps are too old and there", n)
		}
		if err := s.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"states", "votes", "refused"} {
			var n int
			if err := s.db.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s: %d rows are left, %v", table, n, err)
			}
		}
	})
}

// TestPruneKeepsTheNewest guards that memory is bounded.
func TestPruneKeepsTheNewest(t *testing.T) {
	s, err := Memory(t.Context(), month)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Now() // all within one second: age alone does not tell them apart
	for i := range 2*memoryRows + 50 {
		if err := s.Put(t.Context(), State{Ref: fmt.Sprint(i), Data: []byte{}, At: now}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Counts(t.Context()); err != nil || got.States > memoryRows+pruneEvery {
		t.Errorf("got %+v, %v before pruning, want %d states at most", got, err, memoryRows+pruneEvery)
	}
	if err := s.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Counts(t.Context()); err != nil || got.States != memoryRows {
		t.Errorf("got %+v, %v, want %d states", got, err, memoryRows)
	}
	if _, err := s.State(t.Context(), fmt.Sprint(memoryRows+49)); !errors.Is(err, ErrNotFound) {
		t.Errorf("the oldest is still there: %v", err)
	}
	if _, err := s.State(t.Context(), fmt.Sprint(2*memoryRows+49)); err != nil {
		t.Errorf("the newest is gone: %v", err)
	}
}

// TestReopen guards that states, votes and what stands for a user outlive the
// process, in a folder of whatever name.
func TestReopen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "da ta?#%41&ü")
	s := openDir(t, dir)
	user := s.User("1")
	if err := s.Put(t.Context(), State{Ref: "A", Data: []byte("x"), At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openDir(t, dir)
	if got := s.User("1"); got != user {
		t.Errorf("the user is now %s, was %s", got, user)
	}
	if s.User("2") == user || strings.Contains(user, "1234567890") {
		t.Errorf("%s does not stand for one user alone", user)
	}
	if _, err := s.State(t.Context(), "A"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{FileName, keyName} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 && runtime.GOOS != "windows" {
			t.Errorf("%s has the mode %o, want 600", name, got)
		}
	}
}

// TestOpenRefuses guards that what cannot be used is an error, and left as it is.
func TestOpenRefuses(t *testing.T) {
	file := func(name, text string) func(t *testing.T) string {
		return func(t *testing.T) string {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return dir
		}
	}
	for _, tt := range []struct {
		name string
		dir  func(t *testing.T) string
		want string
	}{
		{"a file in place of the folder", func(t *testing.T) string { return filepath.Join(file("f", "")(t), "f") }, "not a directory"},
		{"no database", file(FileName, strings.Repeat("not a database ", 100)), "not a database"},
		{"no key", file(keyName, "short\n"), "hexadecimal"},
		{"a newer version", func(t *testing.T) string {
			dir := t.TempDir()
			s := openDir(t, dir)
			if _, err := s.db.Exec("PRAGMA user_version = 99"); err != nil {
				t.Fatal(err)
			}
			return dir
		}, "newer parley"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(t.Context(), tt.dir(t), month)
			if err == nil {
				_ = s.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want it to say %q", err, tt.want)
			}
		})
	}
}

// TestConcurrent guards that several processes can share a folder: here two
// stores on one file, opened at once, with many writers each.
func TestConcurrent(t *testing.T) {
	dir := t.TempDir()
	var opened [2]*Store
	var wg sync.WaitGroup
	for i := range opened {
		wg.Go(func() {
			s, err := Open(t.Context(), dir, month)
			if err != nil {
				t.Error(err)
				return
			}
			opened[i] = s
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	defer opened[0].Close()
	defer opened[1].Close()
	if opened[0].User("1") != opened[1].User("1") {
		t.Error("two stores in one folder have two keys")
	}
	for i := range 8 {
		wg.Go(func() {
			for j := range 25 {
				if err := opened[i%2].Put(t.Context(), State{Ref: fmt.Sprint(i, j), Data: []byte("x"), At: time.Now()}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if _, err := opened[1].Counts(t.Context()); err != nil { // it waits for what was put there
		t.Error(err)
	}
	if got, err := opened[0].Counts(t.Context()); err != nil || got.States != 200 {
		t.Errorf("got %+v, %v, want 200 states", got, err)
	}
}

// TestCancelled guards that a request that has ended does not wait for the disk.
func TestCancelled(t *testing.T) {
	s := openDir(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Put(ctx, State{Ref: "A", Data: []byte{}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
