package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/bot"
)

// maxInFlight bounds the requests that are taken at a time; bot itself bounds
// those it works on. A judgement: each holds a few kilobytes, and beyond it
// nobody would wait long enough for an answer.
const maxInFlight = 2048

// server takes what comes in from the gateway and has it answered.
type server struct {
	c     *client
	me    atomic.Pointer[string] // ID of the bot's user
	opts  Options
	log   *slog.Logger
	slots chan struct{}

	panics   atomic.Int64
	stopping atomic.Bool
	channels channels
	acks     acks

	mu      sync.Mutex
	running int           // requests that are being worked on
	idle    chan struct{} // closed when the server stops and none is; nothing is taken from then on
}

func newServer(c *client, me string, opts Options) *server {
	s := &server{c: c, opts: opts, log: opts.Log, slots: make(chan struct{}, maxInFlight), idle: make(chan struct{})}
	s.me.Store(&me)
	return s
}

// take hears of one event of the gateway. It does not block; what it starts
// works under ctx.
func (s *server) take(ctx context.Context, e event) {
	switch e.name {
	case "READY":
		// It says for certain who the bot is; the application may say it of no bot.
		var ready struct {
			User wireUser `json:"user"`
		}
		if err := json.Unmarshal(e.data, &ready); err != nil || ready.User.ID == "" {
			s.log.Error("bot's user not known", "error", err)
			return
		}
		s.me.Store(&ready.User.ID)
	case "INTERACTION_CREATE":
		i := new(interaction)
		if err := json.Unmarshal(e.data, i); err != nil {
			s.log.Error("interaction not understood", "error", err)
			return
		}
		sent := s.acks.begin()
		if !s.run(ctx, i.ID, func(ctx context.Context) {
			defer sent()
			s.interaction(ctx, i, sent)
		}) {
			sent()
		}
	case "MESSAGE_CREATE":
		m := new(wireMessage)
		if err := json.Unmarshal(e.data, m); err != nil {
			s.log.Error("message not understood", "error", err)
			return
		}
		if s.forMe(m) {
			s.run(ctx, m.ID, func(ctx context.Context) { s.message(ctx, m) })
		}
	}
}

// run gives a request a goroutine, which drain waits for, unless there are too
// many. What a handler panics with ends here at the latest.
func (s *server) run(ctx context.Context, id string, f func(context.Context)) bool {
	select {
	case s.slots <- struct{}{}:
	default:
		s.log.Error("request dropped: too many in flight", "request", id)
		return false
	}
	if !s.enter() {
		s.log.Info("request not taken: the bot has stopped", "request", id)
		<-s.slots
		return false
	}
	go func() {
		defer func() { <-s.slots; s.leave() }()
		defer func() {
			if p := recover(); p != nil {
				s.panicked(id, p)
			}
		}()
		f(ctx)
	}()
	return true
}

// enter counts a request in, unless the server has stopped.
func (s *server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.idle:
		return false
	default:
	}
	s.running++
	return true
}

// leave counts a request out.
func (s *server) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running--
	s.rest()
}

// rest closes idle when the server stops and nothing runs. It needs mu.
func (s *server) rest() {
	if s.running > 0 || !s.stopping.Load() {
		return
	}
	select {
	case <-s.idle: // it is
	default:
		close(s.idle)
	}
}

// panicked counts and logs a panic.
func (s *server) panicked(id string, p any) {
	s.log.Error("handler panicked", "request", requestID(id), "panic", fmt.Sprint(p), "panics", s.panics.Add(1), "stack", string(debug.Stack()))
}

// handle asks the bot. When it panics, the user gets an apology with the
// request's ID.
func (s *server) handle(ctx context.Context, r bot.Request) (reply *bot.Reply) {
	defer func() {
		if p := recover(); p != nil {
			s.panicked(r.ID, p)
			reply = s.opts.Bot.Apology(r.Locale, r.ID)
		}
	}()
	return s.opts.Handler.Handle(ctx, r)
}

// answer handles a request and shows the reply where it was asked for.
func (s *server) answer(ctx context.Context, to reach, r bot.Request) {
	drafts := newPace(ctx, func(ctx context.Context, d *bot.Reply) (err error) {
		defer func() {
			if p := recover(); p != nil {
				s.panicked(r.ID, p)
				err = errPanic
			}
		}()
		return to.draft(ctx, d)
	}, s.log)
	r.Progress = drafts.progress
	s.acks.wait(ctx)
	reply := s.handle(ctx, r)
	// What is to be shown is shown although the time for handling is over.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tokenLife)
	defer cancel()
	if s.stopping.Load() {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, s.opts.Grace)
		defer stop()
	}
	drafts.end(ctx)
	if reply.Thread != nil {
		reply = s.openThread(ctx, to, r, reply)
	}
	s.show(ctx, to, r, reply)
}

// errPanic says that showing a reply ended in a panic, which has been logged.
var errPanic = errors.New("panic")

// final shows a reply. A panic is an error.
func (s *server) final(ctx context.Context, to reach, r bot.Request, reply *bot.Reply) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.panicked(r.ID, p)
			err = errPanic
		}
	}()
	return to.final(ctx, reply)
}

// show shows a reply, and an apology when Discord does not take all of it, or when
// somebody goes on waiting for it.
func (s *server) show(ctx context.Context, to reach, r bot.Request, reply *bot.Reply) {
	err := s.final(ctx, to, r, reply)
	if err == nil {
		s.later(ctx, to, r, reply)
		return
	}
	s.log.Error("reply not shown", "request", r.ID, "kind", string(r.Kind), "error", err)
	if status(err) == http.StatusBadRequest || errors.Is(err, errPanic) || errors.Is(err, errUnposted) || to.waiting() {
		if err := to.final(ctx, s.opts.Bot.Apology(r.Locale, r.ID)); err != nil {
			s.log.Error("apology not shown", "request", r.ID, "error", err)
		}
	}
}

// drain gives the requests in flight their time, tells those that come in for a
// moment yet, and the rest in the end, that the bot is restarting, and returns
// when all goroutines have ended.
func (s *server) drain(cancel context.CancelCauseFunc, grace time.Duration) {
	if s.enter() { // as a request that takes as long as the bot lingers
		time.AfterFunc(min(linger, grace), s.leave)
	}
	s.stopping.Store(true)
	s.opts.Bot.Stop()
	end := time.NewTimer(grace)
	defer end.Stop()
	select {
	case <-s.idle:
		cancel(nil)
		return
	case <-end.C:
	}
	s.log.Warn("grace period over", "in_flight", len(s.slots))
	cancel(bot.ErrRestarting)
	select {
	case <-s.idle:
	case <-time.After(lastWords):
		s.log.Error("requests left unanswered", "in_flight", len(s.slots))
	}
}

// requestID is a snowflake in fewer letters, for people to read out.
func requestID(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return id
	}
	return strconv.FormatUint(n, 36)
}

// forMe reports whether a message is to the bot. Without the privileged intent,
// Discord sends the text of such messages only.
func (s *server) forMe(m *wireMessage) bool {
	me := *s.me.Load()
	if m.Author.Bot || m.WebhookID != "" || m.Author.ID == me {
		return false
	}
	if m.Type != messageDefault && m.Type != messageReply {
		return false // Discord says that somebody was added, a message pinned and the like
	}
	if m.GuildID == "" {
		return true
	}
	for _, u := range m.Mentions {
		if u.ID == me {
			return true
		}
	}
	return false
}

// message answers a message to the bot.
func (s *server) message(ctx context.Context, m *wireMessage) {
	to := &mention{c: s.c, look: s.opts.Look, m: m}
	me := *s.me.Load()
	text := strings.NewReplacer("<@"+me+">", "", "<@!"+me+">", "").Replace(m.Content)
	r := bot.Request{
		ID: requestID(m.ID), Kind: bot.Ask, Text: strings.TrimSpace(text),
		User:  bot.User{ID: m.Author.ID, Name: m.Author.called()},
		Place: bot.Place{Guild: m.GuildID, Channel: m.ChannelID, Direct: m.GuildID == ""},
	}
	if m.Member != nil {
		r.User.Roles = m.Member.Roles
	}
	if ref := m.Referenced; ref != nil && ref.Author.ID == me {
		r.Action = actionOf(ref.Components)
	}
	// Beside the work, for Discord may make it wait.
	var sign sync.WaitGroup
	sign.Go(func() { to.typing(ctx) })
	defer sign.Wait()
	if m.GuildID != "" {
		kind := s.channels.kind(ctx, s.c, m.ChannelID)
		r.Place.Thread, r.Place.NoThreads = isThread(kind), !hasThreads(kind)
	}
	s.answer(ctx, to, r)
}
