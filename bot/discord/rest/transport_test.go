package rest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// script answers requests as a test says.
type script func(n int, req *http.Request) (*http.Response, error)

type scripted struct {
	mu     sync.Mutex
	n      int
	answer script
}

func (s *scripted) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.n++
	n := s.n
	s.mu.Unlock()
	return s.answer(n, req)
}

func response(status int, body string, header ...string) *http.Response {
	r := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

func newTest(t *testing.T, answer script) (*Transport, *scripted) {
	t.Helper()
	s := &scripted{answer: answer}
	root, err := url.Parse("http://127.0.0.1:1/proxy/api/v10")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(Options{Root: root, Base: s, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return tr, s
}

func send(ctx context.Context, tr *Transport, method, path, body string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "https://discord.com/api/v9"+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	return tr.RoundTrip(req)
}

func TestRoot(t *testing.T) {
	tr, _ := newTest(t, func(_ int, req *http.Request) (*http.Response, error) {
		if got, want := req.URL.String(), "http://127.0.0.1:1/proxy/api/v10/channels/7/messages?limit=1"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		return response(200, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "9"), nil
	})
	resp, err := send(t.Context(), tr, "GET", "/channels/7/messages?limit=1", "")
	if err != nil {
		t.Fatal(err)
	}
	for name := range resp.Header {
		if strings.HasPrefix(name, "X-Ratelimit") {
			t.Errorf("discordgo still sees %s and would sleep on it", name)
		}
	}
}

// TestRateLimitWaitEndsWithContext guards against waits that a context does not
// cut: discordgo sleeps them out.
func TestRateLimitWaitEndsWithContext(t *testing.T) {
	for _, tt := range []struct {
		name  string
		first []string // headers of the first answer
		code  int
	}{
		{"by 429", []string{"Retry-After", "40"}, 429},
		{"by headers", []string{"X-RateLimit-Limit", "1", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "40"}, 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr, _ := newTest(t, func(int, *http.Request) (*http.Response, error) {
					return response(tt.code, `{}`, tt.first...), nil
				})
				start := time.Now()
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(100*time.Millisecond, cancel)
				for range 2 {
					_, _ = send(ctx, tr, "PATCH", "/channels/1/messages/2", "{}")
				}
				if got := time.Since(start); got > 150*time.Millisecond {
					t.Errorf("came back after %v, want 100ms", got)
				}
				// With a deadline that the wait cannot meet it does not even begin.
				start = time.Now()
				ctx, cancel = context.WithTimeout(t.Context(), 2*time.Second)
				defer cancel()
				_, _ = send(ctx, tr, "PATCH", "/channels/1/messages/2", "{}")
				_, _ = send(ctx, tr, "POST", "/interactions/1/t/callback", "{}")
				if got := time.Since(start); got > 0 {
					t.Errorf("waited %v for what the deadline rules out", got)
				}
			})
		})
	}
}

func TestRetries(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: errors.New("refused")}
	broken := &net.OpError{Op: "read", Err: errors.New("reset")}
	for _, tt := range []struct {
		name, method, path string
		answer             script
		want, sent         int
		min, max           time.Duration
	}{
		{"429 by header", "POST", "/webhooks/1/t", func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return response(429, `{"retry_after": 1}`, "Retry-After", "3"), nil
			}
			return response(200, "{}"), nil
		}, 200, 2, 3 * time.Second, 3 * time.Second},
		{"429 by body", "POST", "/webhooks/1/t", func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return response(429, `{"retry_after": 2.5}`), nil
			}
			return response(200, "{}"), nil
		}, 200, 2, 2500 * time.Millisecond, 2500 * time.Millisecond},
		{"429 that is a proxy's page", "PATCH", "/webhooks/1/t/messages/@original", func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return response(429, `<html>`), nil
			}
			return response(200, "{}"), nil
		}, 200, 2, time.Second, time.Second},
		{"5xx", "POST", "/channels/1/messages", func(n int, _ *http.Request) (*http.Response, error) {
			if n < 4 {
				return response(503, ""), nil
			}
			return response(200, "{}"), nil
		}, 200, 4, 1750 * time.Millisecond, 3 * time.Second},
		{"5xx for ever", "GET", "/gateway/bot", func(int, *http.Request) (*http.Response, error) {
			return response(500, ""), nil
		}, 500, attempts, 63 * time.Second, 96 * time.Second},
		{"nobody there", "POST", "/webhooks/1/t", func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return nil, refused
			}
			return response(200, "{}"), nil
		}, 200, 2, 250 * time.Millisecond, 400 * time.Millisecond},
		{"broken while it may have been done", "POST", "/webhooks/1/t", func(int, *http.Request) (*http.Response, error) {
			return nil, broken
		}, 0, 1, 0, 0},
		{"broken, can be repeated", "PATCH", "/webhooks/1/t/messages/@original", func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return nil, broken
			}
			return response(200, "{}"), nil
		}, 200, 2, 250 * time.Millisecond, 400 * time.Millisecond},
		{"refused for good", "POST", "/channels/1/messages", func(int, *http.Request) (*http.Response, error) {
			return response(403, `{"code": 50013}`), nil
		}, 403, 1, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr, s := newTest(t, func(n int, req *http.Request) (*http.Response, error) {
					if body, err := io.ReadAll(req.Body); err != nil || string(body) != `{"a":1}` {
						t.Errorf("attempt %d has body %q, %v", n, body, err)
					}
					return tt.answer(n, req)
				})
				start := time.Now()
				resp, err := send(t.Context(), tr, tt.method, tt.path, `{"a":1}`)
				took := time.Since(start)
				switch {
				case tt.want == 0 && err == nil:
					t.Error("got no error")
				case tt.want != 0 && (err != nil || resp.StatusCode != tt.want):
					t.Errorf("got %v, %v, want %d", resp, err, tt.want)
				}
				if s.n != tt.sent {
					t.Errorf("sent %d times, want %d", s.n, tt.sent)
				}
				if took < tt.min || took > tt.max {
					t.Errorf("took %v, want %v to %v", took, tt.min, tt.max)
				}
			})
		})
	}
}

// TestOneRouteWaitsAlone guards that a channel which must wait 40 s holds up
// nobody else, and no acknowledgement.
func TestOneRouteWaitsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr, _ := newTest(t, func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return response(429, `{"retry_after": 40}`, "X-RateLimit-Scope", "shared"), nil
			}
			return response(200, "{}"), nil
		})
		var wg sync.WaitGroup
		start := time.Now()
		wg.Go(func() { _, _ = send(t.Context(), tr, "PATCH", "/webhooks/1/a/messages/@original", "{}") })
		synctest.Wait()
		for _, path := range []string{"/webhooks/1/b/messages/@original", "/channels/1/messages", "/interactions/1/a/callback"} {
			if _, err := send(t.Context(), tr, "POST", path, "{}"); err != nil {
				t.Error(err)
			}
		}
		if got := time.Since(start); got > 0 {
			t.Errorf("the others waited %v", got)
		}
		wg.Wait()
		if got := time.Since(start); got != 40*time.Second {
			t.Errorf("the limited one took %v, want 40s", got)
		}
	})
}

func TestGlobalLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr, s := newTest(t, func(n int, _ *http.Request) (*http.Response, error) {
			if n == 1 {
				return response(429, `{"retry_after": 5, "global": true}`, "X-RateLimit-Global", "true"), nil
			}
			return response(200, "{}"), nil
		})
		start := time.Now()
		if _, err := send(t.Context(), tr, "POST", "/channels/1/messages", "{}"); err != nil {
			t.Fatal(err)
		}
		if got := time.Since(start); got != 5*time.Second {
			t.Errorf("took %v, want 5s", got)
		}
		// Fifty a second, whatever is asked for; what goes by an interaction's token is free.
		start, s.n = time.Now(), 1
		var wg sync.WaitGroup
		for i := range 120 {
			wg.Go(func() { _, _ = send(t.Context(), tr, "POST", "/channels/"+strconv.Itoa(i)+"/messages", "{}") })
			wg.Go(func() { _, _ = send(t.Context(), tr, "POST", "/webhooks/1/"+strconv.Itoa(i), "{}") })
		}
		wg.Wait()
		if got := time.Since(start); got < 2*time.Second || got > 3*time.Second {
			t.Errorf("121 requests within a limit of 50/s took %v", got)
		}
	})
}

// TestHeadersPace guards that nothing is sent which the headers say is refused.
func TestHeadersPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent, opened := 0, time.Time{}
		var mu sync.Mutex
		tr, _ := newTest(t, func(int, *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			now := time.Now()
			if now.Sub(opened) >= 2*time.Second {
				opened, sent = now, 0
			}
			if sent++; sent > 5 {
				t.Error("over the limit")
				return response(429, `{"retry_after": 1}`), nil
			}
			left := opened.Add(2 * time.Second).Sub(now)
			return response(200, "{}", "X-RateLimit-Limit", "5", "X-RateLimit-Remaining", strconv.Itoa(5-sent),
				"X-RateLimit-Reset-After", strconv.FormatFloat(left.Seconds(), 'f', 3, 64)), nil
		})
		start := time.Now()
		for range 12 {
			if _, err := send(t.Context(), tr, "PATCH", "/channels/1/messages/5", "{}"); err != nil {
				t.Fatal(err)
			}
		}
		if got := time.Since(start); got != 4*time.Second {
			t.Errorf("12 at 5 per 2 s took %v, want 4s", got)
		}
	})
}

// TestNothingKeptPerInteraction guards that interactions leave nothing behind:
// discordgo keeps a bucket for every one.
func TestNothingKeptPerInteraction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr, _ := newTest(t, func(int, *http.Request) (*http.Response, error) {
			return response(200, "{}", "X-RateLimit-Limit", "5", "X-RateLimit-Remaining", "4", "X-RateLimit-Reset-After", "2"), nil
		})
		for i := range 50_000 {
			id := strconv.Itoa(i)
			_, _ = send(t.Context(), tr, "POST", "/interactions/"+id+"/t"+id+"/callback", "{}")
			_, _ = send(t.Context(), tr, "PATCH", "/webhooks/1/t"+id+"/messages/@original", "{}")
			time.Sleep(20 * time.Millisecond)
		}
		if got := len(tr.limits.routes); got > 2*sweepEvery {
			t.Errorf("%d routes are kept after 50,000 interactions, want at most %d", got, 2*sweepEvery)
		}
	})
}

// TestLogHasNoTokens guards that an interaction's token, with which anybody can
// write in the bot's name, stays out of the log.
func TestLogHasNoTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var text strings.Builder
		root := &url.URL{Scheme: "http", Host: "127.0.0.1:1"}
		tr, err := New(Options{Root: root, Log: slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{Level: slog.LevelDebug})), Base: &scripted{answer: func(n int, _ *http.Request) (*http.Response, error) {
			if n%3 == 1 {
				return response(429, `{"retry_after": 1}`), nil
			}
			return response(503, "{}"), nil
		}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/interactions/1/hidden/callback", "/webhooks/1/hidden", "/webhooks/1/hidden/messages/@original"} {
			_, _ = send(t.Context(), tr, "POST", path, "{}")
		}
		if got := text.String(); !strings.Contains(got, "rate limited") || strings.Contains(got, "hidden") {
			t.Errorf("the log is %q", got)
		}
	})
}

// TestRefusals guards the limit of 10,000 refused requests in ten minutes, after
// which Discord bans the address.
func TestRefusals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr, s := newTest(t, func(int, *http.Request) (*http.Response, error) { return response(403, "{}"), nil })
		var err error
		for range maxRefused + 100 {
			_, err = send(t.Context(), tr, "DELETE", "/channels/1/messages/2", "")
		}
		if s.n > maxRefused+perSecond || !errors.Is(err, ErrRefused) {
			t.Errorf("sent %d, then %v; want %d and ErrRefused", s.n, err, maxRefused)
		}
		time.Sleep(11 * time.Minute)
		if _, err = send(t.Context(), tr, "DELETE", "/channels/1/messages/2", ""); err != nil {
			t.Errorf("after ten minutes: %v", err)
		}
	})
}
