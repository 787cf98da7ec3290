package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
	"parley/bot/discord/gateway"
)

// TestOp7AsFirstPacket guards against discordgo's deadlock on a request to
// reconnect that comes before anything else, on a new connection and on one
// that resumes. The watchdog alone would take 30 s.
func TestOp7AsFirstPacket(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	l.Op7First(1)
	l.DropGateway(0)
	l.AwaitGateway(within(t, 12*time.Second), func(g discordtest.Gateway) bool { return g.Ready == 1 && g.Opened >= 3 })
	l.answers(t)
	if got := l.Gateway().Identifies; got != 1 {
		t.Errorf("%d IDENTIFYs, want 1: resuming is free", got)
	}
}

// TestSessionGoesSilent guards against a connection that is dead without being
// closed: the watchdog replaces the session.
func TestSessionGoesSilent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		set  func(*local, bool)
	}{
		{"no acknowledgements", func(l *local, on bool) { l.WithholdAcks(on) }},
		{"nothing at all", func(l *local, on bool) { l.Silence(on) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := serve(t, handler(echo), discordtest.Options{Heartbeat: 400 * time.Millisecond}, nil)
			tt.set(l, true)
			l.Eventually(within(t, 10*time.Second), "session abandoned", func() bool {
				return strings.Contains(l.log.text.String(), "session abandoned")
			})
			tt.set(l, false)
			l.AwaitGateway(within(t, 15*time.Second), func(g discordtest.Gateway) bool { return g.Ready == 1 && g.Opened >= 2 })
			l.answers(t)
		})
	}
}

// TestStuckOpening guards against a gateway that says Hello and then nothing:
// discordgo waits for ever with its lock held.
func TestStuckOpening(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, func(_ *local, o *Options) { o.OpenTimeout = time.Second })
	l.Silence(true)
	l.DropGateway(0)
	l.Eventually(within(t, 10*time.Second), "opening given up", func() bool {
		return strings.Contains(l.log.text.String(), "session is stuck")
	})
	l.Silence(false)
	l.AwaitGateway(within(t, 20*time.Second), func(g discordtest.Gateway) bool { return g.Ready == 1 })
	l.answers(t)
}

// TestInvalidSession guards that op 9 is answered by RESUME where that works,
// and by a counted IDENTIFY where not.
func TestInvalidSession(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		resumable  bool
		identifies int
	}{
		{"resumable", true, 1},
		{"gone", false, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := serve(t, handler(echo), discordtest.Options{}, nil)
			l.InvalidSession(tt.resumable)
			l.AwaitGateway(within(t, 20*time.Second), func(g discordtest.Gateway) bool { return g.Ready == 1 && g.Opened == 2 })
			l.answers(t)
			if got := l.Gateway().Identifies; got != tt.identifies {
				t.Errorf("%d IDENTIFYs, want %d", got, tt.identifies)
			}
		})
	}
}

// TestDroppedConnections guards that the bot comes back, without an IDENTIFY
// where the session lives on.
func TestDroppedConnections(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code, identifies int
	}{{0, 1}, {4000, 1}, {4008, 1}, {4007, 2}, {4009, 2}} {
		t.Run(strconv.Itoa(tt.code), func(t *testing.T) {
			t.Parallel()
			l := serve(t, handler(echo), discordtest.Options{}, nil)
			l.DropGateway(tt.code)
			l.AwaitGateway(within(t, 20*time.Second), func(g discordtest.Gateway) bool { return g.Ready == 1 && g.Opened == 2 })
			l.answers(t)
			if got := l.Gateway().Identifies; got != tt.identifies {
				t.Errorf("%d IDENTIFYs, want %d", got, tt.identifies)
			}
		})
	}
}

// TestFatalCloseCodes guards that the process ends on codes after which Discord
// wants no reconnection; discordgo retries them.
func TestFatalCloseCodes(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			l := serve(t, handler(echo), discordtest.Options{}, nil)
			l.DropGateway(code)
			select {
			case err := <-l.ended:
				f, ok := errors.AsType[*gateway.FatalError](err)
				if !ok || f.Code != code || f.Hint == "" {
					t.Errorf("ended with %v", err)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("goes on")
			}
			if got := l.Gateway().Opened; got != 1 {
				t.Errorf("%d connections, want 1", got)
			}
		})
	}
}

// TestWrongToken guards that a token Discord does not take ends the process.
func TestWrongToken(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.Allow(discordtest.RuleAuth)
	err := Serve(within(t, 10*time.Second), Options{Token: "wrong", API: d.URL(), Bot: newBot(t), Log: quiet})
	if f, ok := errors.AsType[*gateway.FatalError](err); !ok || f.Code != http.StatusUnauthorized {
		t.Errorf("ended with %v", err)
	}
	if strings.Contains(err.Error(), "wrong\n") {
		t.Error("the error has the token")
	}
}

// TestWrongAddress guards that an address where there is no Discord ends the
// process and is named: asking again would be of no use.
func TestWrongAddress(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.Allow(discordtest.RuleRoute)
	err := Serve(within(t, 10*time.Second), Options{Token: d.Token(), API: d.URL() + "/api/v10", Bot: newBot(t), Log: quiet})
	if f, ok := errors.AsType[*gateway.FatalError](err); !ok || f.Code != http.StatusNotFound || !strings.Contains(f.Hint, "api_url") {
		t.Errorf("ended with %v", err)
	}
}

// TestPanicInHandler guards that one panic costs one answer: discordgo
// recovers nothing.
func TestPanicInHandler(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(func(ctx context.Context, r bot.Request) *bot.Reply {
		if strings.Contains(r.Text, "boom") {
			panic("boom")
		}
		return echo(ctx, r)
	}), discordtest.Options{}, nil)
	ctx := within(t, 10*time.Second)
	it := l.ask("boom")
	got := whispered(ctx, l, it)
	if id := requestID(it.ID); !strings.Contains(got.Text(), id) {
		t.Errorf("no apology with the request's ID %s: %+v", id, got)
	}
	l.user.Say(l.DM(l.user), "boom")
	l.answers(t)
	if log := l.log.text.String(); !strings.Contains(log, "handler panicked") || !strings.Contains(log, "faults_test.go") || !strings.Contains(log, "panics=1") {
		t.Error("the panic, its stack and its count are not in the log")
	}
}

// TestAcknowledgementIsNotHeldUp guards that a rate limit does not make the
// acknowledgement wait beyond what a user sees: discordgo sleeps whatever the
// context says.
func TestAcknowledgementIsNotHeldUp(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	l.Fault(discordtest.Fault{Path: "/interactions/*/*/callback", Status: 429, RetryAfter: 40 * time.Second})
	l.Allow(discordtest.RuleSilent)
	began := time.Now()
	l.ask("anybody?")
	// Nobody acknowledged it in time: what can be said is said in a normal message.
	got := l.channel.Await(within(t, 10*time.Second), func(m discordtest.Message) bool { return strings.Contains(m.Content, "anybody") })
	if took := time.Since(began); !got.Exists() || took > 6*time.Second {
		t.Errorf("got %+v after %v", got, took)
	}
	l.answers(t)
}

// TestRateLimitHoldsUpNobodyElse guards that one answer which must wait lets
// the others through.
func TestRateLimitHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	l.Fault(discordtest.Fault{Method: "PATCH", Path: "/webhooks/**", Status: 429, RetryAfter: 3 * time.Second})
	slow := l.ask("slow")
	l.Eventually(within(t, 5*time.Second), "429", func() bool { return l.Faulted() == 1 })
	for range 3 {
		began := time.Now()
		l.answers(t)
		if took := time.Since(began); took > 2*time.Second {
			t.Fatalf("another answer took %v", took)
		}
	}
	if got := slow.Final(within(t, 10*time.Second)); got.Content != "heard slow" {
		t.Errorf("the limited answer is %+v", got)
	}
}

// TestServerErrors guards that 5xx and broken connections are got over, with one
// answer in the end.
func TestServerErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		fault discordtest.Fault
	}{
		{"acknowledgement refused by a proxy", discordtest.Fault{Path: "/interactions/*/*/callback", Status: 502, Body: "<html>"}},
		{"acknowledgement's answer lost", discordtest.Fault{Path: "/interactions/*/*/callback", Lost: true}},
		{"edit fails", discordtest.Fault{Method: "PATCH", Path: "/webhooks/**", Status: 503, Times: 3}},
		{"edit's answer lost", discordtest.Fault{Method: "PATCH", Path: "/webhooks/**", Lost: true}},
		{"connection reset", discordtest.Fault{Method: "PATCH", Path: "/webhooks/**", Reset: true, Times: 2}},
		{"answer is no JSON", discordtest.Fault{Path: "/interactions/*/*/callback", Garbage: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := serve(t, handler(echo), discordtest.Options{}, nil)
			if tt.fault.Lost {
				l.Allow(discordtest.RuleTwice) // nobody can know that it arrived
			}
			l.Fault(tt.fault)
			l.answers(t)
			if l.Faulted() == 0 {
				t.Error("the fault was not met")
			}
		})
	}
}

// TestMessageSentOnce guards that a message whose answer was lost is not there
// twice: it carries a nonce, which discordgo cannot.
func TestMessageSentOnce(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	l.Fault(discordtest.Fault{Method: "POST", Path: "/channels/*/messages", Lost: true})
	ctx := within(t, 10*time.Second)
	l.ReplyTo(ctx, l.user.Say(l.channel, l.Mention()+" once"))
	l.Eventually(ctx, "sent again", func() bool { return l.Count(http.MethodPost, "/channels/*/messages") == 2 })
	n := 0
	for _, m := range l.BotMessages() {
		if strings.Contains(m.Content, "once") {
			n++
		}
	}
	if n != 1 || l.Faulted() != 1 {
		t.Errorf("%d messages, %d faults, want 1 and 1", n, l.Faulted())
	}
}

// TestDeadToken guards that an interaction which died on the way is answered by
// a normal message where that is no secret, and crashes nothing.
func TestDeadToken(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	ctx := within(t, 10*time.Second)
	l.ask("late", discordtest.Dead())
	if got := l.channel.Await(ctx, func(m discordtest.Message) bool { return m.Content == "heard late" }); !got.Exists() {
		t.Error("no normal message")
	}
	l.user.Slash(l.channel, "ask", discordtest.Args{"question": "secret", "private": true}, discordtest.Dead())
	l.Eventually(ctx, "logged", func() bool { return strings.Contains(l.log.text.String(), "nowhere to show") })
	if seen := l.SeenBy("secret"); len(seen) > 0 {
		t.Errorf("a private answer is seen by %v", seen)
	}
	l.answers(t)
}

// TestTakenToken guards the same for one that somebody else acknowledged.
func TestTakenToken(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	ctx := within(t, 10*time.Second)
	l.ask("twice", discordtest.Taken())
	if got := l.channel.Await(ctx, func(m discordtest.Message) bool { return m.Content == "heard twice" }); !got.Exists() {
		t.Error("no answer")
	}
	l.user.Slash(l.channel, "ask", discordtest.Args{"question": "secret", "private": true}, discordtest.Taken())
	l.Eventually(ctx, "logged", func() bool { return strings.Contains(l.log.text.String(), "nowhere to show") })
	if seen := l.SeenBy("secret"); len(seen) > 0 {
		t.Errorf("a private answer is seen by %v", seen)
	}
	if said := l.log.text.String(); strings.Count(said, "a second one runs with this token") != 2 {
		t.Errorf("the log does not say why: %s", said)
	}
	l.answers(t)
}

// TestUnknownComponent guards that a component of a type nobody knows yet
// empties no message: discordgo's types give up on the whole.
func TestUnknownComponent(t *testing.T) {
	t.Parallel()
	asked := make(chan bot.Request, 2)
	s := newServer(&client{}, "2", Options{Log: quiet, Handler: handler(func(_ context.Context, r bot.Request) *bot.Reply {
		asked <- r
		panic("enough")
	}), Bot: newBot(t)})
	ref := strings.Repeat("A", 26)
	components := `[{"type":1,"components":[{"type":99,"new":{}},{"type":2,"custom_id":"n:p1.ask.` + ref + `.0"}]},{"type":77}]`
	m := new(wireMessage)
	if err := json.Unmarshal([]byte(`{"id":"5","content":"and then?","author":{"id":"9"},"referenced_message":{"author":{"id":"2"},"components":`+components+`}}`), m); err != nil {
		t.Fatal(err)
	}
	if got := actionOf(m.Referenced.Components); got.Ref != ref || got.Verb != bot.FollowUp {
		t.Errorf("the reply is about %+v", got)
	}
	i := new(interaction)
	raw := `{"id":"5","type":2,"data":{"type":3,"name":"Check","target_id":"7","resolved":{"messages":{"7":{"id":"7","content":"It rained.","components":` + components + `}}}}}`
	if err := json.Unmarshal([]byte(raw), i); err != nil {
		t.Fatal(err)
	}
	if r, _, ok := s.request(i); !ok || r.Text != "It rained." {
		t.Errorf("the message to check is %+v, %v", r, ok)
	}
}

// TestCommandsCannotBeRegistered guards that a limit on registering commands
// does not hold up the start: it can be of hours.
func TestCommandsCannotBeRegistered(t *testing.T) {
	t.Parallel()
	l := &local{Discord: discordtest.New(t, discordtest.Options{}), ended: make(chan error, 1)}
	l.Fault(discordtest.Fault{Method: http.MethodPut, Path: "/applications/*/commands", Times: -1, Status: http.StatusTooManyRequests, RetryAfter: time.Hour})
	l.start(t, handler(echo), nil)
	l.Eventually(within(t, 10*time.Second), "connected", func() bool { return strings.Contains(l.log.text.String(), "gateway connected") })
	l.user, l.channel = l.User("user1"), l.Channel("general")
	if !strings.Contains(l.log.text.String(), "commands not registered") {
		t.Error("the log does not say that there are no commands")
	}
	if got := l.ReplyTo(within(t, 8*time.Second), l.user.Say(l.channel, l.Mention()+" hello?")); got.Content != "heard hello?" {
		t.Errorf("a mention gets %+v", got)
	}
}
