package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// TestDeadlockedSession guards against the deadlock that discordgo's session
// falls into on an op 7 that comes first: here it is too long for the line to
// look into, so only the watchdog is left. The session is abandoned with its
// lock held, and a new one opened.
func TestDeadlockedSession(t *testing.T) {
	t.Parallel()
	server, connections := newGateway(`{"op":7,"d":null,"pad":"` + strings.Repeat("x", 2*maxInspected) + `"}`)
	defer server.Close()
	address := server.Listener.Addr().String()

	ctx, cancel := context.WithCancel(t.Context())
	up := make(chan struct{}, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{
			Log: slog.New(slog.DiscardHandler), Shards: 1, OpenTimeout: 500 * time.Millisecond,
			Start: func(context.Context) (Start, error) {
				return Start{Total: 1000, Remaining: 1000, MaxConcurrency: 1}, nil
			},
			New: func(h Hookup) (Session, error) {
				return theirs(h, address)
			},
			Up: func(_ int, on bool) {
				if on {
					up <- struct{}{}
				}
			},
		})
	}()
	select {
	case <-up:
	case <-time.After(20 * time.Second):
		t.Error("the session was not replaced")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := connections.Load(); got != 2 {
		t.Errorf("%d connections, want 2", got)
	}
}

// newGateway is a gateway that sends READY after IDENTIFY, but first, if that is
// not empty, on the first connection. It counts the connections.
func newGateway(first string) (*httptest.Server, *atomic.Int32) {
	connections := new(atomic.Int32)
	var upgrader websocket.Upgrader
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		write := func(s string) { _ = c.WriteMessage(websocket.TextMessage, []byte(s)) }
		write(`{"op":10,"d":{"heartbeat_interval":40000}}`)
		_, _, _ = c.ReadMessage() // IDENTIFY
		if connections.Add(1) == 1 && first != "" {
			write(first)
		} else {
			write(`{"op":0,"s":1,"t":"READY","d":{"session_id":"a","user":{"id":"1"}}}`)
		}
		for {
			if _, _, err := c.ReadMessage(); err != nil {
				return
			}
		}
	})), connections
}

// theirs is a session of discordgo that finds the gateway at an address.
func theirs(h Hookup, address string) (Session, error) {
	s, err := discordgo.New("Bot x")
	if err != nil {
		return nil, err
	}
	s.LogLevel, s.ShouldReconnectOnError, s.Compress, s.SyncEvents = -1, false, false, true
	s.Dialer = &websocket.Dialer{NetDialContext: h.Dial, NetDialTLSContext: h.DialTLS}
	s.Client = &http.Client{Transport: gatewayAt(address)}
	s.AddHandler(func(*discordgo.Session, *discordgo.Ready) { h.Ready() })
	return s, nil
}

// gatewayAt answers the request for the gateway's address.
type gatewayAt string

func (g gatewayAt) RoundTrip(*http.Request) (*http.Response, error) {
	r := httptest.NewRecorder()
	_, _ = r.WriteString(`{"url":"ws://` + string(g) + `"}`)
	return r.Result(), nil
}
