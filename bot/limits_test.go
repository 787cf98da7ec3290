package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot/answer"
	"parley/bot/limits"
	"parley/bot/manage"
)

func TestQuotaIsTold(t *testing.T) {
	b := newBot(t, Options{Quotas: limits.Quotas{PerUser: 1, Window: 10 * time.Minute}})
	handle(t, b, Request{Kind: Ask, Text: durations})
	for locale, want := range map[string]string{"en-GB": "Ask again in 10 minutes.", "uk": "за 10 хвилин", "fr": "dans 10 minutes"} {
		for _, kind := range []Kind{Ask, Cite, Check, Sources} {
			if r := handle(t, b, Request{Kind: kind, Text: durations, Locale: locale, Private: true}); r.Outcome != Refused || !says(r, want) {
				t.Errorf("%s, %s: got %s %q", kind, locale, r.Outcome, texts(r))
			}
		}
	}
	if r := handle(t, b, Request{Kind: Ask, User: bob, Text: durations}); !r.HasAnswer() {
		t.Errorf("another user: got %s %q", r.Outcome, texts(r))
	}
	for i := range 2 * lookupsPerQuestion {
		look, want := Request{Kind: Complete, Text: "Putin"}, i < lookupsPerQuestion
		if i%2 == 1 {
			look = Request{Kind: Sources}
		}
		if r := handle(t, b, look); (r.Outcome == Told && len(r.Choices)+len(r.Cards) > 0) != want {
			t.Fatalf("what asks nothing, time %d: got %s %q and %d choices", i+1, r.Outcome, texts(r), len(r.Choices))
		}
	}
}

// TestQueue guards that as many are answered at once as may, as many wait as may,
// and the others hear at once that the bot is busy.
func TestQueue(t *testing.T) {
	bubble(t, func(t *testing.T) {
		hold := make(chan struct{})
		b, s := spied(t, Options{AtOnce: 2, Queue: 3})
		s.hold = hold
		var wg sync.WaitGroup
		replies := make(chan *Reply, 5)
		for i := range 5 {
			wg.Go(func() {
				replies <- handle(t, b, Request{Kind: Ask, User: User{ID: fmt.Sprint(i)}, Text: strings.Repeat("And ", i) + durations})
			})
		}
		synctest.Wait()
		if r := handle(t, b, Request{Kind: Ask, Text: "Who met Putin?"}); r.Outcome != Refused || !says(r, english(t, b, "refused.busy", nil)) {
			t.Errorf("the sixth: got %s %q", r.Outcome, texts(r))
		}
		if s.count() != 2 {
			t.Errorf("%d are answered at once, want 2", s.count())
		}
		close(hold)
		wg.Wait()
		for range 5 {
			if r := <-replies; !r.HasAnswer() {
				t.Errorf("got %s %q", r.Outcome, texts(r))
			}
		}
	})
}

// TestRestarting guards that those whose answer is cut off by a restart hear of
// the restart, waiting or being answered, and so does whoever comes after Stop.
func TestRestarting(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b, s := spied(t, Options{AtOnce: 1})
		s.hold = make(chan struct{})
		ctx, cancel := context.WithCancelCause(t.Context())
		var wg sync.WaitGroup
		want := english(t, b, "refused.restarting", nil)
		for i := range 3 {
			wg.Go(func() {
				r := b.Handle(ctx, Request{Kind: Ask, User: User{ID: fmt.Sprint(i)}, Place: server, Text: strings.Repeat("And ", i) + durations})
				if r.Outcome != Refused || !says(r, want) {
					t.Errorf("got %s %q", r.Outcome, texts(r))
				}
			})
		}
		synctest.Wait()
		b.Stop()
		if r := handle(t, b, Request{Kind: Help}); r.Outcome != Refused || !says(r, want) {
			t.Errorf("after Stop: got %s %q", r.Outcome, texts(r))
		}
		cancel(ErrRestarting)
		wg.Wait()
	})
}

// TestClose guards that requests in flight are waited for, but not for ever.
func TestClose(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b, s := spied(t, Options{})
		s.hold = make(chan struct{})
		done := make(chan *Reply)
		go func() { done <- b.Handle(t.Context(), Request{Kind: Ask, User: alice, Place: server, Text: durations}) }()
		synctest.Wait()
		b.Stop()
		closed := make(chan error)
		go func() { closed <- b.Close(t.Context()) }()
		select {
		case err := <-closed:
			t.Errorf("closed while a request is in flight: %v", err)
		case <-time.After(time.Hour):
		}
		close(s.hold)
		if r := <-done; !r.HasAnswer() {
			t.Errorf("got %s %q", r.Outcome, texts(r))
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
	})
}

// TestFailure guards that what goes wrong is told with the request's ID and
// nothing of what it was.
func TestFailure(t *testing.T) {
	b, s := spied(t, Options{})
	s.Answerer = failing{s.Answerer}
	for _, kind := range []Kind{Ask, Cite, Check} {
		r := handle(t, b, Request{Kind: kind, ID: "req-9", Text: "Putin met the envoys in Moscow.", Private: true, Locale: "es-ES"})
		if r.Outcome != Failed || !says(r, "req-9") || says(r, "secret") || !r.Private {
			t.Errorf("%s: got %s %q", kind, r.Outcome, texts(r))
		}
	}
	if r := handle(t, b, Request{Kind: "no such kind"}); r.Outcome != Failed {
		t.Errorf("got %s %q", r.Outcome, texts(r))
	}
}

type failing struct{ Answerer }

func (failing) Answer(context.Context, answer.Question) (*answer.Answer, error) {
	return nil, errors.New("secret detail")
}

func (failing) Check(context.Context, string) (*answer.Check, error) {
	return nil, errors.New("secret detail")
}

// TestCache guards that a question asked again is answered once, for whoever
// asks, until the cool-down ends or the articles change, and that what goes with
// a question tells it from another.
func TestCache(t *testing.T) {
	dir := writeArticles(t, map[string]string{"a.md": "The ferry sails at nine.", "b.md": "The market opens at ten."})
	b, s := spied(t, Options{Library: fileLibrary(t, dir)})
	const question = "When does the ferry sail?"
	expect := func(want int, what string, r Request) {
		t.Helper()
		r.Kind = Ask
		handle(t, b, r)
		if got := s.count(); got != want {
			t.Errorf("%s: the engine was asked %d times, want %d", what, got, want)
		}
	}
	expect(1, "the first time", Request{Text: question})
	expect(1, "again", Request{Text: question})
	expect(1, "written otherwise", Request{Text: "  when does THE ferry   sail? "})
	expect(1, "by another, privately", Request{User: bob, Text: question, Private: true, Locale: "de"})
	expect(2, "of one article", Request{Text: question, Filter: Filter{Article: "a.md"}})
	expect(3, "another question", Request{Text: "When does the market open?"})
	expect(4, "after another question", Request{Text: question})
	expect(5, "on another day", Request{User: bob, Text: question, At: time.Now().AddDate(0, 0, 2)})
	write(t, dir, "a.md", "The ferry sails at noon.")
	if _, err := b.Reload(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	expect(6, "after a reload", Request{User: boss, Text: question})
}

func TestCacheCoolsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCache(time.Minute, time.Minute)
		made := 0
		create := func() (*answer.Answer, error) { made++; return &answer.Answer{}, nil }
		get := func(want int) {
			t.Helper()
			if _, _, err := c.get(t.Context(), "k", create); err != nil || made != want {
				t.Errorf("made %d times, want %d: %v", made, want, err)
			}
		}
		get(1)
		time.Sleep(59 * time.Second)
		get(1)
		time.Sleep(time.Second)
		get(2)
		time.Sleep(time.Minute)
		c.sweep()
		if c.entries.Len() != 0 {
			t.Errorf("%d answers are kept too long", c.entries.Len())
		}
		for i := range 2 * maxCached {
			if _, _, err := c.get(t.Context(), fmt.Sprint(i), create); err != nil {
				t.Fatal(err)
			}
		}
		if c.entries.Len() > maxCached {
			t.Errorf("%d answers are kept, want %d at most", c.entries.Len(), maxCached)
		}
	})
}

// TestCacheAtOnce guards that many who ask at once wait for one answer, and that
// the failure of one is not the others'.
func TestCacheAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCache(time.Minute, time.Minute)
		var mu sync.Mutex
		made := 0
		create := func() (*answer.Answer, error) {
			mu.Lock()
			made++
			first := made == 1
			mu.Unlock()
			time.Sleep(time.Second)
			if first {
				return nil, errors.New("cut off")
			}
			return &answer.Answer{}, nil
		}
		var wg sync.WaitGroup
		failed := 0
		for range 20 {
			wg.Go(func() {
				if _, _, err := c.get(t.Context(), "k", create); err != nil {
					mu.Lock()
					failed++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if failed != 1 || made != 2 {
			t.Errorf("%d failed and %d were made, want 1 and 2", failed, made)
		}
	})
}

func TestManagers(t *testing.T) {
	for _, tt := range []struct {
		name     string
		managers manage.Managers
		user     User
		place    Place
		refusal  string // key; empty for none
	}{
		{"named user", manage.Managers{Users: []string{"1"}}, User{ID: "1", Manager: true}, server, ""},
		{"named role", manage.Managers{Roles: []string{"r"}}, User{ID: "2", Roles: []string{"q", "r"}, Manager: true}, server, ""},
		{"the network's right alone", manage.Managers{Users: []string{"1"}, Roles: []string{"r"}}, User{ID: "2", Manager: true}, server, "refused.list"},
		{"no list", manage.Managers{}, User{ID: "2", Manager: true}, server, "refused.list"},
		{"the list alone", manage.Managers{Users: []string{"1"}}, User{ID: "1"}, server, "refused.right"},
		{"in a direct message", manage.Managers{Users: []string{"1"}}, User{ID: "1", Manager: true}, direct, "refused.right"},
		{"nobody", manage.Managers{Users: []string{""}, Roles: []string{""}}, User{ID: "-", Roles: []string{""}, Manager: true}, server, "refused.list"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBot(t, Options{Managers: tt.managers})
			for _, kind := range []Kind{Reload, Status, Gaps} {
				r := handle(t, b, Request{Kind: kind, User: tt.user, Place: tt.place})
				refused := r.Outcome == Refused
				if refused != (tt.refusal != "") || refused && !says(r, english(t, b, tt.refusal, nil)) {
					t.Errorf("%s: got %s %q", kind, r.Outcome, texts(r))
				}
			}
		})
	}
}

// TestTogether guards, under the race detector, that everything can happen at
// once and each request has its reply.
func TestTogether(t *testing.T) {
	dir := writeArticles(t, map[string]string{"a.md": "The ferry sails at nine. It carries 40 cars.", "b.md": "The ferry sails at ten."})
	b := newBot(t, managed(Options{Library: fileLibrary(t, dir), Quotas: limits.Quotas{PerUser: -1, PerChannel: -1, PerServer: -1}}))
	var wg sync.WaitGroup
	for i := range 8 {
		user := User{ID: fmt.Sprint(i), Manager: true}
		wg.Go(func() {
			for n := range 12 {
				r := handle(t, b, Request{Kind: Ask, User: user, Place: thread, Text: fmt.Sprintf("When does the ferry %s sail?", strings.Repeat("really ", n%3))})
				if r.Outcome == Failed || r.Outcome == Refused {
					t.Errorf("got %s %q", r.Outcome, texts(r))
				}
				for _, button := range r.Buttons {
					handle(t, b, Request{Kind: Press, User: user, Place: thread, Action: button.Action})
				}
				for _, kind := range []Kind{Cite, Check, Sources, Complete, Help, About, Status, Gaps} {
					handle(t, b, Request{Kind: kind, User: user, Text: "The ferry sails at nine."})
				}
			}
		})
	}
	for n := range 5 {
		write(t, dir, "c.md", strings.Repeat("Fog came. ", n+1))
		handle(t, b, Request{Kind: Reload, User: boss})
	}
	wg.Wait()
}
