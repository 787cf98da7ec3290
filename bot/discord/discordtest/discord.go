package discordtest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Discord is a local Discord: its REST interface and its gateway on one
// loopback port, the servers, channels and people in it, and the record of
// what the bot did. Its methods are safe for concurrent use.
type Discord struct {
	tb     TB
	opts   Options
	addr   string
	server *http.Server
	spec   *spec
	limits *limiter
	faults faults

	mu           sync.Mutex
	offset       time.Duration // what Advance added to the clock
	lastID       uint64
	bot          *User
	appID        string
	guilds       []*Guild // the first is the default one
	channels     map[string]*Channel
	users        map[string]*User
	names        map[string]*User
	commands     map[string][]object // by guild ID, "" = global
	messages     map[string]*message
	order        []string // IDs of messages, oldest first
	interactions map[string]*Interaction
	asked        []string // IDs of interactions, oldest first
	latencies    []time.Duration
	requests     []Request
	counts       map[string]int // requests by "METHOD /template status"
	invalid      []time.Time    // answers of 401, 403 and 429
	violations   []Violation
	allowed      map[string]bool
	gateway      gateway
	closed       bool
	changed      signal
}

// New starts a Discord that lives until the test ends. Then every violation
// of its rules that was not expected (see Allow) fails the test.
func New(tb TB, opts Options) *Discord {
	tb.Helper()
	d := &Discord{
		tb: tb, opts: opts.withDefaults(),
		channels: map[string]*Channel{}, users: map[string]*User{}, names: map[string]*User{},
		commands: map[string][]object{}, messages: map[string]*message{},
		interactions: map[string]*Interaction{}, counts: map[string]int{}, allowed: map[string]bool{},
	}
	d.limits = newLimiter(d.opts.Limits)
	path := opts.Spec
	if path == "" {
		path = SpecPath()
	}
	switch path {
	case NoSpec:
	case "":
		tb.Logf("discordtest: Discord's OpenAPI file is not there (set DISCORD_OPENAPI): bodies are not checked against it")
	default:
		var err error
		if d.spec, err = openSpec(path); err != nil {
			tb.Errorf("discordtest: %v", err)
		}
	}
	d.appID = d.id()
	d.bot = &User{d: d, ID: d.id(), Name: "parley", bot: true}
	d.users[d.bot.ID] = d.bot
	d.gateway.init()
	d.Guild("server1")

	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Errorf("discordtest: listen: %v", err)
		return d
	}
	d.addr = listener.Addr().String()
	d.server = &http.Server{Handler: d.handler(), ReadHeaderTimeout: 10 * time.Second}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = d.server.Serve(listener) // ends with ErrServerClosed
	}()
	tb.Cleanup(func() {
		d.close()
		<-served
		for _, v := range d.Violations() {
			tb.Errorf("discordtest: %s", v)
		}
	})
	return d
}

func (d *Discord) close() {
	d.mu.Lock()
	d.closed = true
	for _, id := range d.asked {
		d.interactions[id].checkUnanswered()
	}
	conns := d.gateway.all()
	d.mu.Unlock()
	for _, c := range conns {
		c.close(closeGoingAway, "")
	}
	_ = d.server.Close()
	for _, c := range conns {
		<-c.done
	}
}

// URL is the root under which /api/v9 and /api/v10 lie, without a trailing
// slash: what the bot's api_url wants.
func (d *Discord) URL() string { return "http://" + d.addr }

// Token is the bot's token, without the word Bot.
func (d *Discord) Token() string { return d.opts.Token }

// AppID is the application's ID.
func (d *Discord) AppID() string { return d.appID }

// BotID is the ID of the bot's user.
func (d *Discord) BotID() string { return d.bot.ID }

// Mention is the text that mentions the bot.
func (d *Discord) Mention() string { return "<@" + d.bot.ID + ">" }

// Advance moves the clock by which interactions and their tokens age.
func (d *Discord) Advance(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.offset += by
}

// now is the time by Discord's own clock. Callers hold d.mu.
func (d *Discord) now() time.Time { return time.Now().Add(d.offset) }

// Discord counts milliseconds from the first second of 2015 in the upper 42
// bits of an ID.
const discordEpoch = 1420070400000

// id makes an ID, each greater than the one before. Callers hold d.mu, or
// are New.
func (d *Discord) id() string {
	id := uint64(time.Now().UnixMilli()-discordEpoch) << 22
	if id <= d.lastID {
		id = d.lastID + 1
	}
	d.lastID = id
	return strconv.FormatUint(id, 10)
}

// A signal wakes all who wait for a change. Its owner's mutex guards it.
type signal struct{ ch chan struct{} }

func (s *signal) wait() <-chan struct{} {
	if s.ch == nil {
		s.ch = make(chan struct{})
	}
	return s.ch
}

func (s *signal) wake() {
	if s.ch != nil {
		close(s.ch)
		s.ch = nil
	}
}

// await blocks until ok, called with d.mu held, says yes, or until ctx ends.
func (d *Discord) await(ctx context.Context, s *signal, ok func() bool) error {
	for {
		d.mu.Lock()
		if ok() {
			d.mu.Unlock()
			return nil
		}
		changed := s.wait()
		d.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait: %w", ctx.Err())
		}
	}
}
