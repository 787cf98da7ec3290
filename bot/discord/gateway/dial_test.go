package gateway

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/binary"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// tunnels is a proxy that takes whoever asks to one address, or answers with a status.
type tunnels struct {
	to     string
	status int
	silent bool
	socks  bool // it speaks SOCKS5

	mu    sync.Mutex
	asked []*http.Request
}

func (p *tunnels) serve(t *testing.T) *url.URL {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { p.pass(t.Context(), c) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		wg.Wait()
	})
	return &url.URL{Scheme: "http", User: url.UserPassword("me", "secret"), Host: l.Addr().String()}
}

func (p *tunnels) pass(ctx context.Context, c net.Conn) {
	defer c.Close()
	defer context.AfterFunc(ctx, func() { _ = c.Close() })()
	in := bufio.NewReader(c)
	agree := "HTTP/1.1 200 Connection established\r\n\r\n"
	var req *http.Request
	var err error
	if p.socks {
		agree = "\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"
		req, err = readSocks(c, in)
	} else {
		req, err = http.ReadRequest(in)
	}
	if err != nil {
		return
	}
	p.mu.Lock()
	p.asked = append(p.asked, req)
	p.mu.Unlock()
	switch {
	case p.silent:
		_, _ = io.Copy(io.Discard, in)
		return
	case p.status != 0:
		_, _ = io.WriteString(c, "HTTP/1.1 "+strconv.Itoa(p.status)+" "+http.StatusText(p.status)+"\r\nContent-Length: 0\r\n\r\n")
		return
	}
	there, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.to)
	if err != nil {
		return
	}
	defer there.Close()
	defer context.AfterFunc(ctx, func() { _ = there.Close() })()
	_, _ = io.WriteString(c, agree)
	go func() { // ends with the connections
		_, _ = io.Copy(there, in)
	}()
	_, _ = io.Copy(c, there)
}

// readSocks reads where to somebody wants to be connected (RFC 1928), without
// asking who it is.
func readSocks(out io.Writer, in *bufio.Reader) (*http.Request, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, err
	}
	if _, err := in.Discard(int(head[1])); err != nil { // ways to log in
		return nil, err
	}
	if _, err := out.Write([]byte{5, 0}); err != nil {
		return nil, err
	}
	head = make([]byte, 5) // version, connect, 0, a name, its length
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, err
	}
	name := make([]byte, int(head[4])+2)
	if _, err := io.ReadFull(in, name); err != nil {
		return nil, err
	}
	port := binary.BigEndian.Uint16(name[head[4]:])
	return &http.Request{Method: http.MethodConnect, Host: net.JoinHostPort(string(name[:head[4]]), strconv.Itoa(int(port)))}, nil
}

// TestThroughProxy guards that the gateway is reached where there is a proxy on
// the way to everything: what the proxy says is not taken for the gateway's words.
func TestThroughProxy(t *testing.T) {
	t.Parallel()
	for scheme, p := range map[string]*tunnels{"http": {}, "socks5": {socks: true}} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			throughProxy(t, scheme, p)
		})
	}
}

func throughProxy(t *testing.T, scheme string, p *tunnels) {
	t.Helper()
	server, _ := newGateway("")
	defer server.Close()
	p.to = server.Listener.Addr().String()
	at := p.serve(t)
	at.Scheme = scheme

	ctx, cancel := context.WithCancel(t.Context())
	up := make(chan struct{}, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{
			Log: slog.New(slog.DiscardHandler), Shards: 1, OpenTimeout: 5 * time.Second,
			Proxy: func(*http.Request) (*url.URL, error) { return at, nil },
			Start: func(context.Context) (Start, error) {
				return Start{Total: 1000, Remaining: 1000, MaxConcurrency: 1}, nil
			},
			New: func(h Hookup) (Session, error) { return theirs(h, "gateway.example:80") },
			Up: func(_ int, on bool) {
				if on {
					up <- struct{}{}
				}
			},
		})
	}()
	select {
	case <-up:
	case <-time.After(5 * time.Second):
		t.Error("not connected")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.asked) != 1 || p.asked[0].Method != http.MethodConnect || p.asked[0].Host != "gateway.example:80" {
		t.Errorf("the proxy was asked %+v", p.asked)
	}
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte("me:secret"))
	if got := p.asked[0].Header.Get("Proxy-Authorization"); !p.socks && got != want {
		t.Errorf("the proxy was told %q, want %q", got, want)
	}
}

// TestProxyInTheWay guards what is said of a proxy that does not help, that it is
// not waited for longer than the context lasts, and that its password is not told.
func TestProxyInTheWay(t *testing.T) {
	t.Parallel()
	speaksTLS := httptest.NewTLSServer(http.NotFoundHandler())
	defer speaksTLS.Close()
	for _, tt := range []struct {
		name   string
		p      *tunnels
		scheme string
		says   string
	}{
		{"refuses", &tunnels{status: http.StatusForbidden}, "http", "proxy: it answers 403"},
		{"says nothing", &tunnels{silent: true}, "http", "proxy"},
		{"speaks what nobody knows", &tunnels{}, "gopher", "no http, https or socks5 address"},
		// TLS is spoken with the gateway, whose certificate nobody vouches for here.
		{"passes on", &tunnels{to: speaksTLS.Listener.Addr().String()}, "http", "certificate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := tt.p.serve(t)
			at.Scheme = tt.scheme
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			began := time.Now()
			c, err := dialer{func(*http.Request) (*url.URL, error) { return at, nil }}.secure(ctx, "tcp", "gateway.example:443")
			if err == nil {
				_ = c.Close()
				t.Fatal("connected")
			}
			if text := err.Error(); !strings.Contains(text, tt.says) || strings.Contains(text, "secret") {
				t.Errorf("says %q, want %q in it", text, tt.says)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
