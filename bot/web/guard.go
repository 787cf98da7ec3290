package web

import (
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"parley/bot/limits"
)

// maxBody is the most bytes of a request: a message to be checked has 6,000 letters,
// of which each may take twelve in a form.
const maxBody = 96 << 10

// policy is what a page may do: load what the server itself has, and nothing else. No
// text becomes markup but what the server sent.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types parley"

// guard lets a request through to its handler, or says why not.
func (s *Server) guard(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cache-Control", "no-store")
	w = &timely{ResponseWriter: w, control: http.NewResponseController(w), time: s.times.write}
	id := rand.Text()[:requestLength]
	h.Set("X-Request-Id", id)
	r = r.WithContext(withRequestID(r.Context(), id))
	defer s.recovered(w, r)
	if !s.known(r.Host) {
		// Some page has given its own name the address of this server, to read what
		// is here as if it were its own.
		s.fail(w, r, http.StatusMisdirectedRequest, "This server does not go by that name: "+
			"open it by its address of numbers, or start it with --host NAME.")
		return
	}
	if err := s.origin.Check(r); err != nil || foreign(r) {
		s.fail(w, r, http.StatusForbidden, "That came from another page than this server's.")
		return
	}
	if over := s.rates.Take(limits.Asked{User: address(r)}); over != nil {
		h.Set("Retry-After", seconds(over.Wait))
		s.fail(w, r, http.StatusTooManyRequests, "That were too many requests from your address. Try again in a moment.")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	s.mux.ServeHTTP(w, r)
}

// requestLength is how many letters name a request: enough to find it in the log.
const requestLength = 10

// known reports whether the server goes by a name. An address of numbers cannot be
// given another meaning by whoever owns a name, and localhost is this machine's own.
func (s *Server) known(host string) bool {
	name := hostName(host)
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	return name == "localhost" || s.hosts[name]
}

// hostName is a host without its port, in small letters.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

// foreign reports whether a request that looks something up was caused by another
// page: following a link to here is allowed, having its answers worked for is not.
func foreign(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	if site == "" || site == "same-origin" || site == "none" {
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document" || r.URL.RawQuery != "" && r.URL.Path != "/article"
}

// address is that of the client, or the network of one of IPv6: who has one address
// there has all of them.
func address(r *http.Request) string {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip := from.Addr().Unmap()
	if ip.Is6() {
		if net, err := ip.WithZone("").Prefix(64); err == nil {
			return net.String()
		}
	}
	return ip.String()
}

// recovered says that something went wrong where a handler breaks off.
func (s *Server) recovered(w http.ResponseWriter, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(v) // how a handler hangs up
	}
	s.log.Error("request broke off", "request", requestID(r.Context()), "path", r.URL.Path, "panic", v)
	s.fail(w, r, http.StatusInternalServerError, "Something went wrong. The log has more under "+requestID(r.Context())+".")
}

// seconds is a time to wait as a header has it, at least one.
func seconds(d time.Duration) string {
	return strconv.FormatInt(max(1, int64((d+time.Second-1)/time.Second)), 10)
}

// timely is a response whose pieces must be taken in time: a client that reads none
// does not hold what answers it.
type timely struct {
	http.ResponseWriter

	control *http.ResponseController
	time    time.Duration // for each
	begun   bool
}

// Unwrap gives [http.ResponseController] what this is around.
func (t *timely) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// WriteHeader writes the status.
func (t *timely) WriteHeader(status int) {
	t.begun = true
	_ = t.control.SetWriteDeadline(time.Now().Add(t.time)) // recorders have none
	t.ResponseWriter.WriteHeader(status)
}

// Write writes a piece.
func (t *timely) Write(p []byte) (int, error) {
	t.begun = true
	_ = t.control.SetWriteDeadline(time.Now().Add(t.time))
	return t.ResponseWriter.Write(p)
}

// Flush hands on what was written.
func (t *timely) Flush() {
	_ = t.control.SetWriteDeadline(time.Now().Add(t.time))
	_ = t.control.Flush()
}
