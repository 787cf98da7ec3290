// Package web shows replies as web pages, and gives answers to programs over HTTP.
//
// [Server] is one more network over package bot: a browser's session is a user, what
// it sends becomes a bot.Request (page.go), and the reply becomes HTML by the
// templates in page (view.go). Drafts come as events (stream.go). Articles, and what
// was left out of them, are shown from the live snapshot (articles.go). Beside the
// page stands an API of JSON objects (api.go), which openapi.json describes; its errors
// are those of RFC 9457 (problem.go).
//
// Everything passes guard.go: which names the server goes by, from which pages requests
// may come, the token, how much may be sent and how often. The page works without its
// script, which only saves loading it anew.
package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"parley/bot"
	"parley/bot/limits"
)

//go:embed page
var files embed.FS

// ManagerRole is the role of users of the page where [Options.Manage] is set.
const ManagerRole = "web"

// DefaultGrace is how long requests may take that are under way when the server ends.
const DefaultGrace = 8 * time.Second

// Options say what a [Server] works with.
type Options struct {
	Bot   *bot.Bot // required
	Token string   // that must be given; empty lets in whoever reaches the server
	Hosts []string // names it goes by, beside localhost and addresses of numbers

	// Manage lets users of the page read the articles again and see what could not be
	// answered, provided that [ManagerRole] is among the bot's managers.
	Manage bool

	// PerMinute is how many requests an address may make in a minute; below 1 is no
	// limit.
	PerMinute int

	Grace time.Duration // 0 means [DefaultGrace]
	Log   *slog.Logger  // nil logs nothing
}

// Server answers over HTTP. It is safe for concurrent use.
type Server struct {
	opts   Options
	bot    *bot.Bot
	log    *slog.Logger
	pages  *template.Template
	mux    *http.ServeMux
	origin *http.CrossOriginProtection
	rates  *limits.Questions
	hosts  map[string]bool
	api    []byte // openapi.json
	times  times
}

// New returns a server over a bot.
func New(opts Options) (*Server, error) {
	if opts.Bot == nil {
		return nil, errors.New("make web server: no bot")
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Grace == 0 {
		opts.Grace = DefaultGrace
	}
	s := &Server{
		opts: opts, bot: opts.Bot, log: opts.Log, mux: http.NewServeMux(), origin: http.NewCrossOriginProtection(), hosts: map[string]bool{},
		times: times{headerTime, readTime, writeTime, idleTime},
		rates: limits.NewQuestions(limits.Quotas{PerUser: opts.PerMinute, Window: time.Minute}),
	}
	for _, h := range opts.Hosts {
		s.hosts[hostName(h)] = true
	}
	var err error
	if s.pages, err = template.New("").Funcs(functions()).ParseFS(files, "page/*.html"); err != nil {
		return nil, fmt.Errorf("make web server: %w", err)
	}
	if s.api, err = files.ReadFile("page/openapi.json"); err != nil {
		return nil, fmt.Errorf("make web server: %w", err)
	}
	s.routes()
	return s, nil
}

// Handle has a handler answer the requests of a pattern of [http.ServeMux], behind the
// token, if there is one. It is to be called before the first request.
func (s *Server) Handle(pattern string, h http.Handler) { s.mux.Handle(pattern, s.withToken(h)) }

// HandleOpen is Handle for what needs no token, such as whether the server is well.
func (s *Server) HandleOpen(pattern string, h http.Handler) { s.mux.Handle(pattern, h) }

func (s *Server) routes() {
	page := func(pattern string, h http.HandlerFunc) { s.Handle(pattern, h) }
	page("GET /{$}", s.home)
	page("POST /ask", s.ask)
	page("POST /press", s.press)
	page("POST /do", s.do)
	page("GET /about", s.told(bot.About))
	page("GET /help", s.told(bot.Help))
	page("GET /gaps", s.told(bot.Gaps))
	page("GET /status", s.told(bot.Status))
	page("GET /articles", s.articles)
	page("GET /article", s.article)
	page("GET /reading", s.reading)
	page("/", s.missing)
	s.apiRoutes()
	s.HandleOpen("/login", http.HandlerFunc(s.login))
	static, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is in the program
	}
	for _, name := range [...]string{"page.css", "page.js", "icon.svg"} {
		s.HandleOpen("GET /static/"+name, cached(http.StripPrefix("/static/", http.FileServerFS(static))))
	}
}

// ServeHTTP answers a request, within what guards allow.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.guard(w, r) }

// times are what a client may take.
type times struct {
	header, read time.Duration // read is for header and body
	write        time.Duration // for each piece of a reply to be taken
	idle         time.Duration // between two requests
}

// What a client may take, and how many of them there are. Judgements: a page on the
// same machine needs milliseconds, one over a phone some seconds.
const (
	headerTime  = 5 * time.Second
	readTime    = 15 * time.Second
	writeTime   = 15 * time.Second
	idleTime    = time.Minute
	headerBytes = 16 << 10
	connections = 1024
)

// Serve answers on a listener until ctx ends. Then it takes no more requests, and
// gives those under way the time of Options.Grace.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	base, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	srv := &http.Server{
		Handler: s, ReadHeaderTimeout: s.times.header, ReadTimeout: s.times.read, IdleTimeout: s.times.idle, MaxHeaderBytes: headerBytes,
		BaseContext: func(net.Listener) context.Context { return base },
		ErrorLog:    slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(netutil.LimitListener(l, connections)) }()
	sweep := time.NewTicker(time.Minute)
	defer sweep.Stop()
	for {
		select {
		case err := <-ended:
			return fmt.Errorf("serve web: %w", err)
		case <-sweep.C:
			s.rates.Sweep()
			continue
		case <-ctx.Done():
		}
		break
	}
	late := time.AfterFunc(s.opts.Grace, func() { cancel(bot.ErrRestarting) })
	defer late.Stop()
	// A second more, in which those that were cancelled say so.
	within, done := context.WithTimeout(context.WithoutCancel(ctx), s.opts.Grace+time.Second)
	defer done()
	if err := srv.Shutdown(within); err != nil {
		s.log.Warn("requests were broken off", "error", err)
		return srv.Close()
	}
	return nil
}
