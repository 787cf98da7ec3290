package gateway

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/net/proxy"
)

// dialTimeout bounds connecting, and asking a proxy to, before any handshake of
// the gateway's. A judgement.
const dialTimeout = 10 * time.Second

// dialer connects lines. A websocket dialer would talk with a proxy through the
// line, which would take that for the gateway's words; so the line begins where
// the proxy's part ends.
type dialer struct {
	// proxy names the proxy on the way to an address, nil for none.
	proxy func(*http.Request) (*url.URL, error)
}

// plain connects without TLS.
func (d dialer) plain(ctx context.Context, network, addr string) (*line, error) {
	c, err := d.dial(ctx, network, "http", addr)
	if err != nil {
		return nil, err
	}
	return newLine(c), nil
}

// secure connects with TLS.
func (d dialer) secure(ctx context.Context, network, addr string) (*line, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	raw, err := d.dial(ctx, network, "https", addr)
	if err != nil {
		return nil, err
	}
	c, err := encrypt(ctx, raw, addr)
	if err != nil {
		return nil, err
	}
	return newLine(c), nil
}

// encrypt puts TLS over a connection to an address.
func encrypt(ctx context.Context, c net.Conn, addr string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("split gateway address: %w", err), c.Close())
	}
	secure := tls.Client(c, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("encrypt connection to %s: %w", host, err), c.Close())
	}
	return secure, nil
}

// dial connects to an address, through the proxy for its scheme.
func (d dialer) dial(ctx context.Context, network, scheme, addr string) (net.Conn, error) {
	direct := &net.Dialer{Timeout: dialTimeout}
	over, err := d.proxy(&http.Request{URL: &url.URL{Scheme: scheme, Host: addr}})
	if err != nil {
		return nil, fmt.Errorf("find proxy: %w", err)
	}
	if over == nil {
		return direct.DialContext(ctx, network, addr)
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	switch over.Scheme {
	case "http", "https":
		return connect(ctx, direct, over, addr)
	case "socks5", "socks5h":
		socks, err := proxy.FromURL(over, direct)
		if err != nil {
			return nil, fmt.Errorf("use proxy: %w", err)
		}
		if c, ok := socks.(proxy.ContextDialer); ok {
			return c.DialContext(ctx, network, addr)
		}
		return socks.Dial(network, addr)
	}
	return nil, fmt.Errorf("use proxy: %q is no http, https or socks5 address", over.Redacted())
}

// connect has an HTTP proxy connect to an address.
func connect(ctx context.Context, direct *net.Dialer, over *url.URL, addr string) (net.Conn, error) {
	port := over.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[over.Scheme]
	}
	at := net.JoinHostPort(over.Hostname(), port)
	c, err := direct.DialContext(ctx, "tcp", at)
	if err != nil {
		return nil, fmt.Errorf("reach proxy: %w", err)
	}
	if over.Scheme == "https" {
		if c, err = encrypt(ctx, c, at); err != nil {
			return nil, err
		}
	}
	// The proxy's answer is waited for no longer than the context lasts.
	hangUp := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	err = tunnel(c, over, addr)
	if !hangUp() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// tunnel asks a proxy at the other end to pass on everything to an address.
func tunnel(c net.Conn, over *url.URL, addr string) error {
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	if u := over.User; u != nil {
		password, _ := u.Password()
		req.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(u.Username()+":"+password)))
	}
	if err := req.Write(c); err != nil {
		return fmt.Errorf("ask proxy: %w", err)
	}
	// Nothing comes after the answer before we have said more, so that reading
	// ahead takes nothing away.
	resp, err := http.ReadResponse(bufio.NewReader(c), req)
	if err != nil {
		return fmt.Errorf("read proxy's answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("ask proxy: it answers %s", resp.Status)
	}
	return nil
}
