package openaitest

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Server is a local endpoint. Its methods may be called at the same time.
type Server struct {
	tb      TB
	options Options
	address string // host and port, the same for the server's whole life
	secure  bool
	broken  bool // every handshake breaks off

	listening sync.Mutex // one Die or Reopen at a time
	http      *http.Server
	ended     chan struct{} // closed when http has ended
	handlers  sync.WaitGroup

	mu         sync.Mutex
	failures   []*Failure
	requests   []*Request
	flying     map[Route]int
	peak       map[Route]int
	violations []Violation
	connected  int
	allowed    map[string]bool
}

// New starts a server, which the end of the test ends. A violation of the API
// that was not allowed fails the test then.
func New(tb TB, o Options) *Server {
	tb.Helper()
	s := &Server{tb: tb, options: o.withDefaults(), flying: map[Route]int{}, peak: map[Route]int{}, allowed: map[string]bool{}}
	for _, f := range s.options.Faults {
		switch f {
		case BadCertificate:
			s.secure = true
		case BrokenHandshake:
			s.secure, s.broken = true, true
		default:
			s.Fail(Failure{Fault: f})
		}
	}
	s.Reopen()
	tb.Cleanup(func() {
		s.Die()
		for _, v := range s.Violations() {
			tb.Errorf("openaitest: %s", v)
		}
	})
	return s
}

// URL is the base URL: up to where /chat/completions begins, for Azure up to
// where /openai does.
func (s *Server) URL() string {
	url := "http://" + s.address
	if s.secure {
		url = "https://" + s.address
	}
	if s.options.Azure != "" {
		return url
	}
	return url + "/v1"
}

// Key is the key that is accepted.
func (s *Server) Key() string {
	if s.options.NoKey {
		return ""
	}
	return s.options.Key
}

// ChatModel is the first of the chat models.
func (s *Server) ChatModel() string { return s.options.ChatModels[0] }

// EmbeddingModel is the first of the embedding models.
func (s *Server) EmbeddingModel() string { return s.options.EmbeddingModels[0] }

// Die ends the server as a crash does: connections break, new ones are refused.
func (s *Server) Die() {
	s.listening.Lock()
	defer s.listening.Unlock()
	if s.http == nil {
		return
	}
	_ = s.http.Close()
	<-s.ended
	s.handlers.Wait()
	s.http = nil
}

// Reopen starts the server again on the address it had.
func (s *Server) Reopen() {
	s.listening.Lock()
	defer s.listening.Unlock()
	if s.http != nil {
		return
	}
	listener, err := s.listen()
	if err != nil {
		s.tb.Errorf("openaitest: %v", err)
		return
	}
	s.address = listener.Addr().String()
	if s.secure {
		if listener, err = secured(listener, s.broken); err != nil {
			s.tb.Errorf("openaitest: %v", err)
			return
		}
	}
	s.http = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				s.mu.Lock()
				s.connected++
				s.mu.Unlock()
			}
		},
	}
	s.ended = make(chan struct{})
	go func(server *http.Server, ended chan struct{}) {
		defer close(ended)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.tb.Errorf("openaitest: serve: %v", err)
		}
	}(s.http, s.ended)
}

// listen takes the address it had, which others may hold for a moment.
func (s *Server) listen() (net.Listener, error) {
	address := s.address
	if address == "" {
		address = "127.0.0.1:0"
	}
	var config net.ListenConfig
	for try := 0; ; try++ {
		listener, err := config.Listen(context.Background(), "tcp", address)
		if err == nil || try == 50 {
			return listener, err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// serve answers one request.
func (s *Server) serve(w http.ResponseWriter, req *http.Request) {
	s.handlers.Add(1)
	defer s.handlers.Done()
	where := req.Method + " " + req.URL.Path
	g := reading{where: where, r: Request{Began: time.Now(), Header: req.Header.Clone()}}
	found := s.route(&g, req)
	authorized := s.authorize(&g, req)
	var err error
	if found {
		err = g.read(req)
	}
	r := s.begin(&g.r)
	answer := &answering{ResponseWriter: w, control: http.NewResponseController(w), ctx: req.Context(), server: s, r: r}
	defer s.end(answer)
	s.violate(g.found)
	switch {
	case !found:
		answer.complain(http.StatusNotFound, "Invalid URL ("+where+")", "invalid_request_error", "", "")
	case !authorized:
		answer.unauthorized()
	case err != nil:
		answer.complain(http.StatusBadRequest, err.Error(), "invalid_request_error", "", "")
	default:
		answer.failures = s.failing(r.Route)
		answer.answer()
	}
}

// route finds out what a request is for. It reports whether the API has that.
func (s *Server) route(g *reading, req *http.Request) bool {
	path, prefix := req.URL.Path, "/v1"
	if s.options.Azure != "" {
		prefix = "/openai"
		if got := req.URL.Query().Get("api-version"); got != s.options.Azure {
			g.wrong(RuleRoute, "api-version %q", got)
			return false
		}
		if rest, ok := strings.CutPrefix(path, "/openai/deployments/"); ok {
			model, _, _ := strings.Cut(rest, "/")
			prefix = "/openai/deployments/" + model
			g.r.Model = model
		}
	} else if req.URL.RawQuery != "" {
		g.wrong(RuleRoute, "the query %q", req.URL.RawQuery)
	}
	want := map[string]struct {
		method string
		route  Route
	}{
		"/chat/completions": {http.MethodPost, Chat},
		"/embeddings":       {http.MethodPost, Embeddings},
		"/models":           {http.MethodGet, Models},
	}
	suffix, _ := strings.CutPrefix(path, prefix)
	to, ok := want[suffix]
	if !ok || suffix == path || req.Method != to.method {
		g.wrong(RuleRoute, "there is no such path")
		return false
	}
	g.r.Route = to.route
	return true
}

// authorize checks the key.
func (s *Server) authorize(g *reading, req *http.Request) bool {
	bearer, key := req.Header.Get("Authorization"), req.Header.Get("Api-Key")
	switch {
	case s.options.NoKey:
		if bearer != "" || key != "" {
			g.wrong(RuleAuth, "a key was sent where none is asked for")
		}
		return true
	case s.options.Azure != "" && key == s.options.Key && bearer == "":
		return true
	case s.options.Azure == "" && bearer == "Bearer "+s.options.Key && key == "":
		return true
	}
	g.wrong(RuleAuth, "the key is not there, wrong, or in the wrong header")
	return false
}

func (s *Server) begin(r *Request) *Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r)
	r.N = len(s.requests)
	s.flying[r.Route]++
	s.peak[r.Route] = max(s.peak[r.Route], s.flying[r.Route])
	return r
}

// end counts a request as over: before the last bytes of the answer, so that a
// client that has them cannot be early with its next request.
func (s *Server) end(a *answering) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.r.Ended.IsZero() {
		a.r.Ended, a.r.Status = time.Now(), a.status
		s.flying[a.r.Route]--
	}
}

// Requests are the requests so far, in the order they came.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Request, len(s.requests))
	for i, r := range s.requests {
		out[i] = *r
	}
	return out
}

// Count is how many requests of a route there were.
func (s *Server) Count(route Route) int {
	n := 0
	for _, r := range s.Requests() {
		if r.Route == route {
			n++
		}
	}
	return n
}

// Peak is how many requests of a route were under way at the same time, at most.
func (s *Server) Peak(route Route) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peak[route]
}

// Connections is how many connections were made.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connected
}

// Flying are the requests under way.
func (s *Server) Flying() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, flying := range maps.All(s.flying) {
		n += flying
	}
	return n
}

// models are the names of all models.
func (s *Server) models() []string {
	return slices.Concat(s.options.ChatModels, s.options.EmbeddingModels)
}
