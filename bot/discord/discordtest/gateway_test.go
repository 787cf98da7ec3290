package discordtest_test

import (
	"strings"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

func (a *asked) gatewayRule(what, rule string) {
	a.b.t.Helper()
	a.d.Eventually(soon(a.b.t), what+" is not caught", func() bool { return len(a.d.Caught(rule)) > 0 })
	for _, v := range a.d.Violations() {
		a.b.t.Errorf("%s: caught besides: %s", what, v)
		a.d.Caught(v.Rule)
	}
}

func TestIdentifyRules(t *testing.T) {
	for name, tt := range map[string]struct {
		more object
		rule string
		code int
	}{
		"wrong token":        {object{"token": "guess"}, discordtest.RuleAuth, 4004},
		"no intents":         {object{"intents": nil}, discordtest.RuleIdentify, 4013},
		"unknown intents":    {object{"intents": 1 << 30}, discordtest.RuleIdentify, 4013},
		"message content":    {object{"intents": usual | 1<<15}, discordtest.RuleIntents, 4014},
		"members":            {object{"intents": usual | 1<<1}, discordtest.RuleIntents, 4014},
		"shard out of range": {object{"shard": []int{2, 2}}, discordtest.RuleIdentify, 4010},
		"no object":          {object{"properties": 1}, discordtest.RuleIdentify, 4002},
		"no properties":      {object{"properties": object{}}, discordtest.RuleIdentify, 0},
	} {
		t.Run(name, func(t *testing.T) {
			a := &asked{d: discordtest.New(t, quick())}
			a.b = newBot(t, a.d)
			w := a.b.dial(query)
			w.next(10, "")
			w.send(2, a.b.identity(tt.more))
			a.gatewayRule(name, tt.rule)
			if tt.code == 0 {
				w.next(0, "READY")
				return
			}
			if got := w.closed(); got != tt.code {
				t.Errorf("close code %d, want %d", got, tt.code)
			}
			// After these codes the bot must stay away.
			again := a.b.dial(query)
			again.next(10, "")
			if fatal := tt.code == 4004 || tt.code >= 4010; fatal {
				a.gatewayRule("coming back", discordtest.RuleFatalClose)
				a.d.NewProcess()
				a.b.dial(query).next(10, "")
			}
			for _, v := range a.d.Violations() {
				t.Errorf("caught besides: %s", v)
			}
		})
	}
}

func TestGatewayRules(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for name, tt := range map[string]struct {
		query string
		sends func(*bot, *wire)
		rule  string
		code  int
	}{
		"version 8":       {"?v=8&encoding=json", nil, discordtest.RuleGateway, 4012},
		"another form":    {"?v=10&encoding=etf", nil, discordtest.RuleGateway, 0},
		"no JSON":         {query, func(_ *bot, w *wire) { _ = w.ws.WriteMessage(1, []byte("hello")) }, discordtest.RuleGateway, 4002},
		"op 99":           {query, func(_ *bot, w *wire) { w.send(99, nil) }, discordtest.RuleGateway, 4001},
		"before IDENTIFY": {query, func(_ *bot, w *wire) { w.send(3, object{}) }, discordtest.RuleGateway, 4003},
		"a second IDENTIFY": {query, func(b *bot, w *wire) {
			w.send(2, b.identity(nil))
			w.next(0, "READY")
			w.send(2, b.identity(nil))
		}, discordtest.RuleGateway, 4005},
		"RESUME with another token": {query, func(_ *bot, w *wire) {
			w.send(6, object{"token": "guess", "session_id": "1", "seq": 1})
		}, discordtest.RuleAuth, 4004},
		"RESUME from the future": {query, func(b *bot, _ *wire) {
			w, ready := b.connect(nil)
			w.ws.Close()
			again := b.dial(query)
			again.next(10, "")
			again.send(6, object{"token": b.d.Token(), "session_id": ready["session_id"], "seq": 9999})
			if got := again.closed(); got != 4007 {
				b.t.Errorf("close code %d", got)
			}
		}, discordtest.RuleGateway, 0},
		"121 sends": {query, func(_ *bot, w *wire) {
			for range 121 {
				w.send(1, nil)
			}
		}, discordtest.RuleGatewaySends, 4008},
		"over 4096 bytes": {query, func(_ *bot, w *wire) { w.send(1, long) }, "", -1},
	} {
		t.Run(name, func(t *testing.T) {
			a := &asked{d: discordtest.New(t, quick())}
			a.b = newBot(t, a.d)
			w := a.b.dial(tt.query)
			if tt.sends != nil {
				w.next(10, "")
				tt.sends(a.b, w)
			}
			if tt.rule != "" {
				a.gatewayRule(name, tt.rule)
			}
			if tt.code != 0 {
				if got := w.closed(); got != tt.code && tt.code > 0 {
					t.Errorf("close code %d, want %d", got, tt.code)
				}
			}
		})
	}
}

func TestHeartbeats(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.Heartbeat = 50 * time.Millisecond
	d := discordtest.New(t, opts)
	a := &asked{d: d, b: newBot(t, d)}
	w, _ := a.b.connect(nil)
	w.send(1, nil)
	w.next(11, "")
	d.AskHeartbeat()
	w.next(1, "")
	d.WithholdAcks(true)
	w.send(1, 1)
	if _, err := w.await(11, "", 100*time.Millisecond); err == nil {
		t.Error("acknowledged all the same")
	}
	a.gatewayRule("no heartbeat", discordtest.RuleHeartbeat)
	if got := w.closed(); got != 4009 {
		t.Errorf("close code %d", got)
	}
}

func TestIdentifyRate(t *testing.T) {
	opts := quick()
	opts.Identifies, opts.MaxConcurrency = 4, 2
	d := discordtest.New(t, opts)
	a := &asked{d: d, b: newBot(t, d)}
	a.b.connect(object{"shard": []int{0, 2}})
	a.b.connect(object{"shard": []int{1, 2}}) // max_concurrency 2: at the same time
	if left := a.b.do("GET", "/gateway/bot", nil).body["session_start_limit"].(object); left["remaining"] != 2.0 || left["max_concurrency"] != 2.0 {
		t.Errorf("limit %v", left)
	}
	w := a.b.dial(query)
	w.next(10, "")
	w.send(2, a.b.identity(object{"shard": []int{0, 2}}))
	if got := w.next(9, ""); got["d"] != false {
		t.Errorf("op 9 with %v", got)
	}
	a.gatewayRule("a second within 5 s", discordtest.RuleIdentify)
	d.NewProcess()
	a.b.connect(object{"shard": []int{0, 2}})
	d.NewProcess()
	w = a.b.dial(query)
	w.next(10, "")
	w.send(2, a.b.identity(object{"shard": []int{0, 2}}))
	a.gatewayRule("a fifth of four a day", discordtest.RuleIdentify)
	if got := w.closed(); got != 4004 {
		t.Errorf("close code %d", got)
	}
	if got := d.Gateway().Identifies; got != 5 {
		t.Errorf("%d IDENTIFYs", got)
	}
}

func TestResume(t *testing.T) {
	a := started(t)
	d := a.d
	d.NewProcess()
	w, hello := a.b.connect(nil)
	session := hello["session_id"]
	w.next(0, "GUILD_CREATE")
	w.mu.Lock()
	seq := w.seq
	w.mu.Unlock()
	a.w.ws.Close()
	d.DropGateway(0)
	w.closed()
	d.AwaitGateway(soon(t), func(g discordtest.Gateway) bool { return g.Connections == 0 })
	it := a.u.Slash(a.ch, "ask", discordtest.Args{"question": "?"})
	if it.Reached() != 2 {
		t.Errorf("waits for %d sessions", it.Reached())
	}
	w = a.b.dial(query)
	w.next(10, "")
	w.send(6, object{"token": d.Token(), "session_id": session, "seq": seq})
	raw := w.next(0, "INTERACTION_CREATE")
	w.next(0, "RESUMED")
	a.b.callback(raw, 4, message(nil))
	if got := it.Final(soon(t)); got.Content != "hello" {
		t.Errorf("answered %+v", got)
	}
	if g := d.Gateway(); g.Resumes != 1 || g.Identifies != 2 {
		t.Errorf("gateway %+v", g)
	}

	// Ephemeral messages come as if they were direct ones.
	a.u.Slash(a.ch, "ask", discordtest.Args{"question": "?"})
	raw = w.next(0, "INTERACTION_CREATE")
	a.b.callback(raw, 4, message(object{"flags": 64}))
	if e := w.next(0, "MESSAGE_CREATE"); e["guild_id"] != nil || e["flags"] != 64.0 || e["channel_id"] != a.ch.ID {
		t.Errorf("ephemeral %v", e)
	}

	// A session that the bot has closed with 1000 cannot be resumed.
	_ = w.ws.WriteControl(8, []byte{0x03, 0xe8}, time.Now().Add(time.Second))
	d.AwaitGateway(soon(t), func(g discordtest.Gateway) bool { return g.Connections == 0 })
	w = a.b.dial(query)
	w.next(10, "")
	w.send(6, object{"token": d.Token(), "session_id": session, "seq": seq})
	if got := w.next(9, ""); got["d"] != false {
		t.Errorf("op 9 with %v", got)
	}
}

func TestReconnectOrders(t *testing.T) {
	a := started(t)
	d := a.d
	d.Op7()
	a.w.next(7, "")
	d.NewProcess()
	d.Op7First(1)
	w := a.b.dial(query)
	w.next(10, "")
	w.send(2, a.b.identity(nil))
	if p, err := w.await(7, "", time.Second); err != nil || p["s"] != nil {
		t.Errorf("first packet %v, %v", p, err)
	}
	d.NewProcess()
	d.RefuseSessions(true)
	w = a.b.dial(query)
	w.next(10, "")
	w.send(2, a.b.identity(nil))
	if got := w.next(9, ""); got["d"] != true {
		t.Errorf("op 9 with %v", got)
	}
	d.NewProcess()
	w.send(2, a.b.identity(nil)) // on the same connection, as is allowed
	session := w.next(0, "READY")["session_id"]
	d.InvalidSession(false)
	if got := w.next(9, ""); got["d"] != false {
		t.Errorf("op 9 with %v", got)
	}
	w.send(6, object{"token": d.Token(), "session_id": session, "seq": 1})
	if got := w.next(9, ""); got["d"] != false {
		t.Errorf("the ended session: op 9 with %v", got)
	}
	d.NewProcess()
	w, _ = a.b.connect(nil)
	d.Silence(true)
	it := a.u.Slash(a.ch, "ask", discordtest.Args{"question": "?"})
	if _, err := w.await(0, "INTERACTION_CREATE", 100*time.Millisecond); err == nil || it.Reached() == 0 {
		t.Errorf("silence: %v, reached %d", err, it.Reached())
	}
	for _, code := range []int{4000, 4014} {
		d.Silence(false)
		d.NewProcess()
		w, _ = a.b.connect(nil)
		d.DropGateway(code)
		if got := w.closed(); got != code {
			t.Errorf("close code %d, want %d", got, code)
		}
	}
	a.b.dial(query)
	a.gatewayRule("coming back after 4014", discordtest.RuleFatalClose)
}

func TestShards(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.MaxConcurrency = 2
	d := discordtest.New(t, opts)
	b := newBot(t, d).registered()
	var wires []*wire
	for i := range 2 {
		w, _ := b.connect(object{"shard": []int{i, 2}})
		wires = append(wires, w)
	}
	d.Allow(discordtest.RuleSilent)
	u := d.User("user1")
	seen := map[int]bool{}
	for i := 0; i < 200 && (!seen[0] || !seen[1]); i++ {
		// A server's shard goes by the millisecond of its ID: rounds of one length
		// could meet the even ones only.
		time.Sleep(time.Duration(1+i%2) * time.Millisecond)
		g := d.Guild(sprintf("server%d", i+10))
		if it := u.Slash(g.Channel("c"), "ask", discordtest.Args{"question": "?"}); it.Reached() != 1 {
			t.Fatalf("reached %d shards", it.Reached())
		}
		for n, w := range wires {
			if _, err := w.await(0, "INTERACTION_CREATE", 50*time.Millisecond); err == nil {
				seen[n] = true
			}
		}
	}
	if !seen[0] || !seen[1] {
		t.Errorf("shards that got something: %v", seen)
	}
	u.Slash(d.DM(u), "ask", discordtest.Args{"question": "?"})
	if _, err := wires[0].await(0, "INTERACTION_CREATE", time.Second); err != nil {
		t.Errorf("a DM is shard 0's: %v", err)
	}
}

// Without the message content intent only what is the bot's business has
// content.
func TestMessageContent(t *testing.T) {
	a := started(t)
	d, u := a.d, a.u
	posted := func(m discordtest.Message) object {
		t.Helper()
		for {
			if e := a.w.next(0, "MESSAGE_CREATE"); e["id"] == m.ID {
				return e
			}
		}
	}
	a.b.do("POST", "/channels/"+a.ch.ID+"/messages", message(nil))
	regular := d.BotMessages()[0]
	it, raw := a.slash()
	a.b.callback(raw, 4, message(nil))
	answer := it.Final(soon(t))
	for _, tt := range []struct {
		name string
		m    discordtest.Message
		open bool
	}{
		{"plain", u.Say(a.ch, "text"), false},
		{"mention", u.Say(a.ch, "text "+d.Mention()), true},
		{"mention of another", u.Say(a.ch, "text <@"+u.ID+">"), false},
		{"direct message", u.Say(d.DM(u), "text"), true},
		{"reply with ping", u.Reply(regular, "text", true), true},
		{"reply without ping", u.Reply(regular, "text", false), false},
		{"reply to a slash answer", u.Reply(answer, "text", true), false},
		{"reply to another's, pings", u.Reply(u.Say(a.ch, "other"), "text", true), false},
	} {
		e := posted(tt.m)
		if got := strings.Contains(e["content"].(string), "text"); got != tt.open {
			t.Errorf("%s: content %q, want open %v", tt.name, e["content"], tt.open)
		}
		if r := a.b.do("GET", "/channels/"+tt.m.ChannelID+"/messages/"+tt.m.ID, nil); strings.Contains(r.body["content"].(string), "text") != tt.open {
			t.Errorf("%s over REST: content %q, want open %v", tt.name, r.body["content"], tt.open)
		}
	}
	// Without the bot there, it hears nothing.
	secret := d.Private(u, d.User("user2"))
	u.Say(secret, "text")
	if e, err := a.w.await(0, "MESSAGE_CREATE", 100*time.Millisecond); err == nil {
		t.Errorf("heard %v", e)
	}
}

// discordgo's own ways through a dropped gateway.
func TestDiscordgoResumes(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, quick())
	s := open(t, d, echo(t))
	register(t, s, d)
	ctx := soon(t)
	d.DropGateway(4000)
	if !d.AwaitGateway(ctx, func(g discordtest.Gateway) bool { return g.Resumes == 1 && g.Ready == 1 }) {
		return
	}
	if got := d.User("user1").Slash(d.Channel("general"), "ask", discordtest.Args{"question": "still there?"}).
		Until(ctx, func(m discordtest.Message) bool { return m.Content == "you asked still there?" }); !got.Exists() {
		t.Errorf("answer %+v", got)
	}
	d.Op7()
	d.AwaitGateway(ctx, func(g discordtest.Gateway) bool { return g.Resumes == 2 && g.Ready == 1 })
	if g := d.Gateway(); g.Identifies != 1 {
		t.Errorf("gateway %+v", g)
	}
}
