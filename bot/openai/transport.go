package openai

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

// Bounds of what is read, whatever the other side sends.
const (
	maxErrorBody = 64 << 10
	maxListing   = 8 << 20 // OpenRouter's list of models has 0.5 MiB
	maxHeader    = 256 << 10
)

// dialTimeout bounds connecting and the handshake, each: a host that does not
// answer for so long is not there. A judgement.
const dialTimeout = 10 * time.Second

// answerKind is what a request is to be answered with.
type answerKind int

const (
	aListing answerKind = iota
	aStream
	aVectors
)

// exchange is one request on its way through the transport: what it is about, and
// what became of it.
type exchange struct {
	part  string
	want  answerKind
	limit int64          // bytes of the answer, at most
	set   map[string]any // fields of the body that go-openai does not send
	drop  []string       // fields of the body that it sends
	count int            // vectors wanted

	sent     bool // the request went out
	answered bool // a status of 2xx came: the endpoint has begun to work, and to bill
	stream   *eventReader
}

type exchangeKey struct{}

func withExchange(ctx context.Context, x *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// transport sends what go-openai has built and hands it answers that it reads right.
// Whatever is no such answer is an *[Error], or the error of a context that ended.
type transport struct {
	client *http.Client
	header string // that the key goes into
	prefix string // before it
	key    Secret
	stall  time.Duration
	redact func(string) string
}

func newTransport(o *Options) *transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}
	t := &transport{header: "Authorization", prefix: "Bearer ", key: o.Key, stall: o.Stall, redact: newRedactor(o)}
	if o.API == APIAzure {
		t.header, t.prefix = "Api-Key", ""
	}
	t.client = &http.Client{
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            dialer.DialContext,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    dialTimeout,
			ForceAttemptHTTP2:      true,
			MaxIdleConnsPerHost:    2 * o.Parallel,
			IdleConnTimeout:        90 * time.Second,
			MaxResponseHeaderBytes: maxHeader,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return t
}

// Do sends a request of go-openai. It is what goopenai.ClientConfig.HTTPClient
// takes.
func (t *transport) Do(req *http.Request) (*http.Response, error) {
	x, ok := req.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		return nil, errors.New("request outside of an exchange")
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	req = req.WithContext(ctx)
	req.Header.Set("User-Agent", "parley")
	if x.want == aStream {
		req.Header.Set("Accept-Encoding", "identity") // compressing makes proxies hold pieces back
	}
	// Empty, which is not sent: a request that meets the end of a connection that was
	// used before is made again on a new one. Servers close them at any time.
	req.Header["Idempotency-Key"] = nil
	req.Header.Del("Api-Key") // go-openai knows no key
	if t.key.Set() {
		req.Header.Set(t.header, t.prefix+t.key.Reveal())
	}
	if err := patch(req, x.set, x.drop); err != nil {
		cancel(nil)
		return nil, err
	}
	g := newGuard(cancel, t.stall)
	x.sent = true
	resp, err := t.client.Do(req) //nolint:gosec // to the configured address
	g.rest()
	if err != nil {
		err = t.fromTransport(ctx, x.part, true, inner(err))
		cancel(nil) // not before: it would be the cause
		return nil, err
	}
	g.body, g.left = resp.Body, x.limit
	g.fail = func(err error) error { return t.fromTransport(ctx, x.part, !g.any, err) }
	if resp.StatusCode == http.StatusSwitchingProtocols {
		// Its body is the connection, whose reading no context ends.
		_ = g.Close()
		return nil, fromStatus(x.part, resp, nil, t.redact)
	}
	if resp.StatusCode < http.StatusOK || resp.StatusCode >= http.StatusMultipleChoices {
		defer g.Close()
		g.left = maxErrorBody
		body, err := io.ReadAll(g)
		if e, ok := errors.AsType[*Error](err); err != nil && (!ok || e.Kind == KindTimeout) {
			return nil, err // the time is over; else the status says enough
		}
		return nil, fromStatus(x.part, resp, body, t.redact)
	}
	x.answered = true
	if err := t.open(x, resp, g); err != nil {
		_ = g.Close()
		return nil, err
	}
	return resp, nil
}

// inner takes off the *url.Error, which quotes the address.
func inner(err error) error {
	if u := errors.Unwrap(err); u != nil {
		return u
	}
	return err
}

// patch sets and drops fields of a request's body.
func patch(req *http.Request, set map[string]any, drop []string) error {
	if len(set)+len(drop) == 0 || req.Body == nil {
		return nil
	}
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	for name, value := range set {
		if fields[name], err = json.Marshal(value); err != nil {
			return err
		}
	}
	for _, name := range drop {
		delete(fields, name)
	}
	if raw, err = json.Marshal(fields); err != nil {
		return err
	}
	req.Body = io.NopCloser(bytes.NewReader(raw))
	req.ContentLength = int64(len(raw))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	return nil
}
