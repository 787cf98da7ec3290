package web

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/enginetest"
	"parley/retrieval/library"
)

// TestSlowClient guards that a client which sends or takes nothing is hung up on.
func TestSlowClient(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	s := serve(t, Options{Bot: loaded(t, nil)}, func(s *Server) {
		s.times = times{50 * time.Millisecond, 100 * time.Millisecond, 100 * time.Millisecond, 50 * time.Millisecond}
		s.HandleOpen("GET /endless", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, err := io.Copy(w, endless{})
			ended <- err
		}))
	})
	for name, sent := range map[string]string{
		"nothing":       "",
		"half a header": "POST /ask HTTP/1.1\r\nHost: localhost\r\nX-",
		"half a body":   "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nkind=ask",
		"half JSON":     "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
		"one request":   "GET /static/icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n",
	} {
		conn := s.dial()
		if _, err := io.WriteString(conn, sent); err != nil {
			t.Fatal(err)
		}
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second)) // for a test that fails
		if _, err := io.Copy(io.Discard, conn); errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
			t.Errorf("%s: it was not hung up on", name)
		}
	}
	if _, err := io.WriteString(s.dial(), "GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if !isTimeout(err) {
			t.Errorf("got %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("who takes nothing is written to for ever")
	}
}

func isTimeout(err error) bool {
	n, ok := errors.AsType[net.Error](err)
	return ok && n.Timeout()
}

// dial connects without HTTP.
func (s *site) dial() net.Conn {
	s.t.Helper()
	var d net.Dialer
	conn, err := d.DialContext(s.t.Context(), "tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// TestAddressLimit guards that an address makes no more requests than it may.
func TestAddressLimit(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, nil), PerMinute: 3})
	for range 3 {
		s.get("/reading").has(t, 200)
		s.client = s.browser() // a new session does not help
	}
	got := s.get("/reading")
	if got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" {
		t.Errorf("got %s", got.Status)
	}
	if got := s.get("/v1/sources"); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the API: got %s", got.Status)
	}
	for from, want := range map[string]string{"192.0.2.1:9": "192.0.2.1", "[2001:db8::1]:9": "2001:db8::/64", "[2001:db8::ffff:2]:9": "2001:db8::/64", "[::ffff:192.0.2.1]:9": "192.0.2.1"} {
		if got := address(&http.Request{RemoteAddr: from}); got != want {
			t.Errorf("%s: got %s, want %s", from, got, want)
		}
	}
}

// stuck answers when it is let go, or told to end.
type stuck struct {
	enginetest.Engine

	asked, free chan struct{}
}

func (s stuck) Answer(ctx context.Context, q answer.Question) (*answer.Answer, error) {
	s.asked <- struct{}{}
	select {
	case <-s.free:
		return s.Engine.Answer(ctx, q)
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// TestEnd guards that requests under way get their answers when the server ends, and,
// where that takes too long, hear that it is restarting.
func TestEnd(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		grace time.Duration
		free  bool
		want  string
	}{"in time": {time.Minute, true, "Aron Feld"}, "late": {time.Millisecond, false, "restarting"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked, free := make(chan struct{}), make(chan struct{})
			s := serve(t, Options{Grace: tt.grace, Bot: loaded(t, func(o *bot.Options) {
				o.Engine = func(s *library.Snapshot) bot.Answerer { return stuck{enginetest.New(s), asked, free} }
			})})
			conn := s.dial()
			if _, err := io.WriteString(conn, "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 43\r\n\r\n"+`{"question": "Who is the mayor of Lundra?"}`); err != nil {
				t.Fatal(err)
			}
			<-asked
			ended := make(chan error, 1)
			go func() { ended <- s.stop() }()
			if tt.free {
				close(free)
			}
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if err != nil || !strings.Contains(string(text), tt.want) {
				t.Errorf("got %s, %v, want %q", text, err, tt.want)
			}
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
}

// TestPings guards that a stream does not stay silent, and that its pings end with it.
func TestPings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &recorder{header: http.Header{}}
		e := newEvents(w)
		time.Sleep(pingTime*3 + time.Second)
		e.send("reply", "a\r\nb")
		e.stop()
		if got := w.text.String(); got != ":\n\n:\n\n:\n\nevent: reply\ndata: a\ndata: b\n\n" {
			t.Errorf("got %q", got)
		}
	})
}

// recorder is a response that is kept.
type recorder struct {
	header http.Header
	text   strings.Builder
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(int)             {}
func (r *recorder) Write(p []byte) (int, error) { return r.text.Write(p) }
