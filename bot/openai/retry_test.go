package openai_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
	"parley/retrieval"
)

func TestRetries(t *testing.T) {
	date := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	tests := []struct {
		name    string
		failure openaitest.Failure
		retries int
		tries   int
		kind    openai.Kind // "" when it works in the end
		least   time.Duration
	}{
		{"once", openaitest.Failure{Fault: openaitest.InternalError, Times: 1}, 0, 2, "", 0},
		{"twice", openaitest.Failure{Fault: openaitest.Unavailable, Times: 2}, 0, 3, "", 0},
		{"three times", openaitest.Failure{Fault: openaitest.Unavailable, Times: 3}, 0, 3, openai.KindServer, 0},
		{"one retry", openaitest.Failure{Fault: openaitest.Unavailable, Times: 2}, 1, 2, openai.KindServer, 0},
		{"none", openaitest.Failure{Fault: openaitest.Unavailable, Times: 2}, -1, 1, openai.KindServer, 0},
		{"dropped", openaitest.Failure{Fault: openaitest.Dropped, Times: 1}, 0, 2, "", 0},
		{"silent before the first byte", openaitest.Failure{Fault: openaitest.StalledEarly, Times: 1}, 0, 2, "", 0},
		{"asked to wait", openaitest.Failure{Fault: openaitest.RateLimited, Times: 2, RetryAfter: "0.1"}, 0, 3, "", 200 * time.Millisecond},
		{"asked to wait until a date", openaitest.Failure{Fault: openaitest.RateLimited, Times: 1, RetryAfter: date(2 * time.Second)}, 0, 2, "", 500 * time.Millisecond},
		{"asked to wait too long", openaitest.Failure{Fault: openaitest.RateLimited, Times: 1, RetryAfter: "60"}, 0, 1, openai.KindRate, 0},
		{"asked to wait, overloaded", openaitest.Failure{Fault: openaitest.Unavailable, Times: 1, RetryAfter: "0.1"}, 0, 2, "", 100 * time.Millisecond},
		{"in the middle", openaitest.Failure{Fault: openaitest.StalledMiddle, Times: 1}, 0, 1, openai.KindStalled, 0},
		{"broken in the middle", openaitest.Failure{Fault: openaitest.ErrorInStream, Times: 1}, 0, 1, openai.KindServer, 0},
		{"not the key", openaitest.Failure{Fault: openaitest.Unauthorized, Times: 1}, 0, 1, openai.KindAuth, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{})
			s.Fail(tt.failure)
			o := options(s)
			o.Retries = tt.retries
			if silent(tt.failure.Fault) {
				o.Stall = silence
			}
			began := time.Now()
			text, done, err := complete(t.Context(), newClient(t, o), prompt(said))
			took := time.Since(began)
			e, _ := errors.AsType[*openai.Error](err)
			if (err == nil) != (tt.kind == "") || e != nil && e.Kind != tt.kind {
				t.Errorf("got %q, %v", text, err)
			}
			if err == nil && text != said {
				t.Errorf("got %q", text)
			}
			if got := s.Count(openaitest.Chat); got != tt.tries || done.Usage.Requests != tt.tries {
				t.Errorf("got %d requests and usage %+v, want %d", got, done.Usage, tt.tries)
			}
			if took < tt.least {
				t.Errorf("took %v, was asked to wait %v", took, tt.least)
			}
		})
	}
}

// TestRetryBudget: many calls that fail do not double what an endpoint hears.
func TestRetryBudget(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{openaitest.Unavailable}})
	o := options(s)
	o.Failures = 1000
	o.Backoff = time.Millisecond
	c := newClient(t, o)
	const calls = 60
	for range calls {
		if _, _, err := complete(t.Context(), c, prompt("hello")); err == nil {
			t.Fatal("got no error")
		}
	}
	if got, most := s.Count(openaitest.Chat), calls+calls/5; got > most || got < calls+3 {
		t.Errorf("got %d requests for %d calls, want at most %d", got, calls, most)
	}
}

// TestBreaker: an endpoint that is ill is left alone within three failures, and
// in use again soon after it is well.
func TestBreaker(t *testing.T) {
	for _, fault := range []openaitest.Fault{
		openaitest.Dropped, openaitest.Unauthorized, openaitest.InternalError, openaitest.HTMLPage,
		openaitest.StalledMiddle, openaitest.RateLimited, openaitest.Truncated, "dead",
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{})
			o := options(s)
			o.Retries = -1
			if silent(fault) {
				o.Stall = silence / 3
			}
			c := newClient(t, o)
			if fault == "dead" {
				s.Die()
			} else {
				s.Fail(openaitest.Failure{Fault: fault, On: openaitest.Chat})
			}
			for i := range 3 {
				_, _, err := complete(t.Context(), c, prompt(said))
				if e, ok := errors.AsType[*openai.Error](err); !ok || e.Kind == openai.KindOpen {
					t.Fatalf("call %d: got %v", i, err)
				}
			}
			heard := s.Count(openaitest.Chat)
			began := time.Now()
			_, done, err := complete(t.Context(), c, prompt(said))
			if e, ok := errors.AsType[*openai.Error](err); !ok || e.Kind != openai.KindOpen || done.Usage != (answer.Usage{}) || s.Count(openaitest.Chat) != heard {
				t.Fatalf("fourth call: got %+v, %v", done, err)
			}
			if took := time.Since(began); took > 50*time.Millisecond {
				t.Errorf("an open breaker took %v", took)
			}
			if state := c.State().Chat; !state.Breaker.Open || state.Breaker.Since.IsZero() || state.Failure == "" {
				t.Errorf("got state %+v", state)
			}
			if _, err := c.Embedder().Embed(t.Context(), retrieval.QueryText, []string{"x"}); err != nil && fault != "dead" {
				t.Errorf("embeddings have a breaker of their own: got %v", err)
			}
			if fault == "dead" {
				s.Reopen()
			}
			s.Calm()
			well := time.Now()
			for {
				_, _, err := complete(t.Context(), c, prompt(said))
				if err == nil {
					break
				}
				if time.Since(well) > 3*time.Second { // DefaultProbeMax is a hundred times ProbeMax here
					t.Fatalf("well for %v: got %v", time.Since(well), err)
				}
				time.Sleep(5 * time.Millisecond)
			}
			if c.State().Chat.Breaker.Open {
				t.Error("still open")
			}
		})
	}
}

// TestNotIll: what is no illness opens no breaker.
func TestNotIll(t *testing.T) {
	for _, failure := range []openaitest.Failure{
		{Fault: openaitest.TooLongOpenAI},
		{Fault: openaitest.UnknownModel},
		{Fault: openaitest.BadRequest},
		{Fault: openaitest.RateLimited, RetryAfter: "100"},
		{Fault: openaitest.RefusalDelta},
	} {
		t.Run(string(failure.Fault), func(t *testing.T) {
			s := openaitest.New(t, openaitest.Options{})
			c := newClient(t, options(s))
			s.Fail(failure)
			for range 6 {
				_, _, err := complete(t.Context(), c, prompt(said))
				if e, ok := errors.AsType[*openai.Error](err); ok && e.Kind == openai.KindOpen {
					t.Fatalf("got %v", err)
				}
			}
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{openaitest.StalledEarly}})
		c := newClient(t, options(s))
		for range 6 {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			_, _, err := complete(ctx, c, prompt(said))
			cancel()
			if e, ok := errors.AsType[*openai.Error](err); !ok || e.Kind != openai.KindTimeout || !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("got %v", err)
			}
		}
	})
}

// TestParallel: no more requests are in flight than are allowed, and who waits
// for a slot leaves in time.
func TestParallel(t *testing.T) {
	noLeaks(t)
	s := openaitest.New(t, openaitest.Options{Pace: 10 * time.Millisecond})
	o := options(s)
	o.Parallel = 3
	c := newClient(t, o)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, _, err := complete(t.Context(), c, prompt(said)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := s.Peak(openaitest.Chat); got != 3 {
		t.Errorf("got %d requests in flight, want 3", got)
	}
	s.Fail(openaitest.Failure{Fault: openaitest.StalledEarly})
	for range 3 {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
			defer cancel()
			_, _, _ = complete(ctx, c, prompt(said))
		})
	}
	for s.Flying() < 3 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, done, err := complete(ctx, c, prompt(said))
	if e, ok := errors.AsType[*openai.Error](err); !ok || e.Kind != openai.KindTimeout || done.Usage.Requests != 0 || time.Since(began) > 150*time.Millisecond {
		t.Errorf("got %+v, %v after %v", done, err, time.Since(began))
	}
	wg.Wait()
}

// TestClosedConnection: a server that closes a connection between two requests costs
// no retry.
func TestClosedConnection(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	o.Retries = -1
	c := newClient(t, o)
	for i := range 3 {
		if got, _, err := complete(t.Context(), c, prompt(said)); err != nil || got != said {
			t.Errorf("call %d: got %q, %v", i, got, err)
		}
		s.Fail(openaitest.Failure{Fault: openaitest.Dropped, Times: 1})
	}
	if got := last(s).Header.Values("Idempotency-Key"); len(got) > 0 {
		t.Errorf("sent %q", got)
	}
}
