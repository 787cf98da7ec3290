package gateway

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot/discord/sleep"
)

// allowance is Discord's count of IDENTIFYs: so many a day, the day beginning
// with the first.
type allowance struct {
	mu             sync.Mutex
	total, used    int
	least          int // of what was left
	concurrency    int
	resets         time.Time
	exceeded       bool
	last           map[int]time.Time
	tooSoon, today int
}

func (a *allowance) start(context.Context) (Start, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.renew()
	return Start{Total: a.total, Remaining: a.total - a.used, ResetAfter: time.Until(a.resets), MaxConcurrency: a.concurrency}, nil
}

func (a *allowance) renew() {
	if now := time.Now(); !now.Before(a.resets) {
		a.used, a.resets = 0, now.Add(24*time.Hour)
	}
}

func (a *allowance) identify(shard int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.renew()
	a.used++
	a.today++
	a.exceeded = a.exceeded || a.used > a.total
	key := shard % max(a.concurrency, 1)
	if a.last == nil {
		a.last = map[int]time.Time{}
	}
	if last, ok := a.last[key]; ok && time.Since(last) < 5*time.Second {
		a.tooSoon++
	}
	a.last[key] = time.Now()
	if left := a.total - a.used; a.least == 0 || left < a.least {
		a.least = left
	}
}

// TestDayOfFlapping guards the limit of 1000 IDENTIFYs a day, over which Discord
// resets the token: sessions that never last, in one process or after restarts.
func TestDayOfFlapping(t *testing.T) {
	for _, tt := range []struct {
		name     string
		shards   int
		restarts bool // every session is a process of its own
		every    time.Duration
	}{
		{"one shard", 1, false, 2 * time.Second},
		{"sixteen shards", 16, false, 2 * time.Second},
		{"a process that is started again and again", 1, true, 10 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &allowance{total: 1000, concurrency: 1}
				turns := newIdentifies(a.start)
				ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
				defer cancel()
				var wg sync.WaitGroup
				for id := range tt.shards {
					wg.Go(func() {
						for {
							mine := turns
							if tt.restarts {
								mine = newIdentifies(a.start)
							}
							if _, err := mine.wait(ctx, id); err != nil {
								return
							}
							a.identify(id)
							if sleep.For(ctx, tt.every) != nil {
								return
							}
						}
					})
				}
				wg.Wait()
				if a.exceeded || a.today > a.total {
					t.Errorf("%d IDENTIFYs in a day, over %d", a.today, a.total)
				}
				if a.today < a.total/2 {
					t.Errorf("only %d IDENTIFYs: the bot would be away for long", a.today)
				}
				if a.tooSoon > 0 {
					t.Errorf("%d IDENTIFYs less than 5 s after the one before", a.tooSoon)
				}
			})
		})
	}
}

func TestSpread(t *testing.T) {
	for _, tt := range []struct {
		remaining int
		want      time.Duration
	}{
		{1000, 0},
		{500, 0},
		{499, 10 * time.Hour / 498},
		{2, 10 * time.Hour},
		{1, 10*time.Hour + time.Second},
		{0, 10*time.Hour + time.Second},
	} {
		if got := spread(Start{Total: 1000, Remaining: tt.remaining, ResetAfter: 10 * time.Hour}); got != tt.want {
			t.Errorf("%d left: got %v, want %v", tt.remaining, got, tt.want)
		}
	}
}

// TestConcurrency guards that shards with different keys start together.
func TestConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &allowance{total: 1000, concurrency: 4}
		turns := newIdentifies(a.start)
		began := time.Now()
		var wg sync.WaitGroup
		for id := range 8 {
			wg.Go(func() {
				if _, err := turns.wait(t.Context(), id); err != nil {
					t.Error(err)
				}
				a.identify(id)
			})
		}
		wg.Wait()
		if got := time.Since(began); got != identifyEvery {
			t.Errorf("8 shards, 4 at a time, took %v, want %v", got, identifyEvery)
		}
		if a.tooSoon > 0 {
			t.Errorf("%d too soon", a.tooSoon)
		}
	})
}

// TestNoGateway guards that Run waits for a Discord that is away, and ends when
// it says that the token is wrong.
func TestNoGateway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		err := Run(t.Context(), Options{Log: slog.New(slog.DiscardHandler), Start: func(context.Context) (Start, error) {
			if asked++; asked < 5 {
				return Start{}, context.DeadlineExceeded
			}
			return Start{}, &FatalError{Code: 401, Says: "no"}
		}})
		if f, ok := err.(*FatalError); !ok || f.Code != 401 { //nolint:errorlint // returned as it is
			t.Errorf("got %v", err)
		}
	})
}

// TestPause guards that a session which can go on does so at once, a few times in
// a row, that one after the other failing is waited for ever longer, and that op 9
// is given the time that Discord asks for.
func TestPause(t *testing.T) {
	var b backoff
	for i := range quickResumes {
		if got := b.pause(true, false); got >= firstPause/4 {
			t.Errorf("resuming for the %d. time waits %v", i+1, got)
		}
	}
	for i, most := range []time.Duration{3 * time.Second / 2, 3 * time.Second, 6 * time.Second} {
		if got := b.pause(true, false); got < most/3 || got >= most {
			t.Errorf("failure %d after that: waits %v, want %v to %v", i+1, got, most/3, most)
		}
	}
	for range 20 {
		_ = b.next()
	}
	if got := b.pause(true, false); got < longestPause/2 || got >= 3*longestPause/2 {
		t.Errorf("after many failures: waits %v", got)
	}
	for range 100 {
		b = backoff{}
		if got := b.pause(true, true); got < time.Second || got >= 5*time.Second {
			t.Fatalf("after op 9: waits %v", got)
		}
	}
}
