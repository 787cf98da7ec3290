package discordtest_test

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

func TestRateLimits(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.Limits = []discordtest.Limit{
		{Path: "**", Count: 12, Per: 2 * time.Second, Global: true},
		{Method: "POST", Path: "/channels/*/messages", Count: 2, Per: 1200 * time.Millisecond},
	}
	d := discordtest.New(t, opts)
	a := &asked{d: d, b: newBot(t, d), ch: d.Channel("general")}
	send := func(ch *discordtest.Channel) reply {
		return a.b.do("POST", "/channels/"+ch.ID+"/messages", message(nil))
	}
	first := send(a.ch)
	if h := first.header; h.Get("X-RateLimit-Limit") != "2" || h.Get("X-RateLimit-Remaining") != "1" || h.Get("X-RateLimit-Bucket") == "" {
		t.Errorf("headers %v", h)
	}
	if after, err := strconv.ParseFloat(first.header.Get("X-RateLimit-Reset-After"), 64); err != nil || after <= 0 || after > 1.2 {
		t.Errorf("reset after %v, %v", after, err)
	}
	send(a.ch)
	limited := send(a.ch)
	a.caught("third", limited, 429, 0, "")
	if wait := limited.body["retry_after"].(float64); wait <= 0 || wait > 1.2 || limited.body["global"] != false ||
		limited.header.Get("X-RateLimit-Scope") != "user" || limited.header.Get("Retry-After") == "" {
		t.Errorf("refused with %v %v", limited.header, limited.body)
	}
	a.caught("another channel", send(d.Channel("other")), 200, 0, "")
	a.caught("sent before it was read", send(a.ch), 429, 0, "")
	time.Sleep(400 * time.Millisecond)
	a.caught("the wait ignored", send(a.ch), 429, 0, discordtest.RuleRateLimit)
	time.Sleep(900 * time.Millisecond)
	a.caught("after the wait", send(a.ch), 200, 0, "")
	for range 12 {
		limited = a.b.do("GET", "/users/@me", nil)
	}
	if limited.status != 429 || limited.body["global"] != true || limited.header.Get("X-RateLimit-Global") != "true" {
		t.Errorf("global: %v %v", limited.header, limited.body)
	}
	// The global limit leaves interactions out.
	if r := a.b.do("GET", "/webhooks/"+d.AppID()+"/none/messages/@original", nil); r.status != 401 {
		t.Errorf("webhook: %d %v", r.status, r.body)
	}
	d.Allow(discordtest.RuleUnknown)
}

func TestDefaultLimits(t *testing.T) {
	opts := quick()
	opts.Limits = nil
	d := discordtest.New(t, opts)
	b, ch := newBot(t, d), d.Channel("general")
	for i := range 6 {
		if r := b.do("POST", "/channels/"+ch.ID+"/messages", message(nil)); (r.status == 429) != (i == 5) {
			t.Errorf("message %d: %d", i, r.status)
		}
	}
	if got := d.Statuses(); got[200] != 5 || got[429] != 1 {
		t.Errorf("statuses %v", got)
	}
}

func TestBan(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, quick())
	a := &asked{d: d, b: newBot(t, d)}
	d.Storm429("**", 10_000, 0, false)
	for range 9_999 {
		a.b.do("GET", "/gateway", nil)
	}
	a.caught("9,999", reply{}, 0, 0, "")
	a.b.do("GET", "/gateway", nil)
	a.caught("10,000", reply{}, 0, 0, discordtest.RuleBan)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, quick())
	b, ch := newBot(t, d), d.Channel("general")
	path := "/channels/" + ch.ID + "/messages"
	send := func() reply { return b.do("POST", path, message(nil)) }
	count := func() int { return len(d.VisibleTo(d.User("user1"), ch)) }

	d.Fault(discordtest.Fault{Method: "POST", Path: "/channels/*/messages", Times: 2, Status: 502})
	if r := b.do("GET", "/users/@me", nil); r.status != 200 {
		t.Errorf("another route: %d", r.status)
	}
	for range 2 {
		if r := send(); r.status != 502 {
			t.Errorf("answer %d", r.status)
		}
	}
	if r := send(); r.status != 200 || count() != 1 {
		t.Errorf("after the fault: %d, %d messages", r.status, count())
	}
	d.Fault(discordtest.Fault{Status: 403, Code: 200000})
	if r := send(); r.status != 403 || r.code != 200000 {
		t.Errorf("blocked by AutoMod: %d %d", r.status, r.code)
	}
	d.Fault(discordtest.Fault{Reset: true})
	if r := send(); !errors.Is(r.err, syscall.ECONNRESET) && !errors.Is(r.err, io.EOF) || count() != 1 {
		t.Errorf("reset: %v, %d messages", r.err, count())
	}
	d.Fault(discordtest.Fault{Lost: true})
	if r := send(); r.err == nil || count() != 2 {
		t.Errorf("lost: %v, %d messages", r.err, count())
	}
	d.Fault(discordtest.Fault{Garbage: true})
	if r := send(); r.err == nil || r.status != 200 || count() != 3 {
		t.Errorf("garbage: %d %v, %d messages", r.status, r.err, count())
	}
	d.Fault(discordtest.Fault{Status: 503, Body: "busy"})
	if r := send(); r.status != 503 || r.err == nil {
		t.Errorf("another body: %d %v", r.status, r.err)
	}
	d.Fault(discordtest.Fault{Delay: 200 * time.Millisecond})
	start := time.Now()
	if r := send(); r.status != 200 || time.Since(start) < 200*time.Millisecond {
		t.Errorf("slow: %d after %s", r.status, time.Since(start))
	}
	d.Storm429("/channels/**", 3, 1500*time.Millisecond, true)
	if r := send(); r.status != 429 || r.body["retry_after"] != 1.5 || r.body["global"] != true || r.header.Get("Retry-After") != "2" {
		t.Errorf("storm: %v %v", r.header, r.body)
	}
	a := &asked{d: d, b: b}
	time.Sleep(300 * time.Millisecond)
	a.caught("the storm ignored", b.do("GET", "/users/@me", nil), 200, 0, discordtest.RuleRateLimit)
	time.Sleep(1300 * time.Millisecond)
	d.Calm()
	if r := send(); r.status != 200 {
		t.Errorf("calm: %d", r.status)
	}
	if got := d.Faulted(); got != 9 {
		t.Errorf("%d faults met", got)
	}
	if got := d.Count("POST", "/channels/*/messages"); got != 11 {
		t.Errorf("%d requests", got)
	}
}

func TestRESTRules(t *testing.T) {
	a := started(t)
	d := a.d
	path := "/channels/" + a.ch.ID + "/messages"
	a.caught("no such route", a.b.do("POST", "/channels/"+a.ch.ID+"/nothing", message(nil)), 404, 0, discordtest.RuleRoute)
	a.caught("no such method", a.b.do("PUT", path, message(nil)), 404, 0, discordtest.RuleRoute)
	a.caught("version 8", a.b.do("GET", "/../v8/users/@me", nil), 400, 50041, discordtest.RuleRoute)
	a.caught("no JSON", a.b.do("POST", path, "{"), 400, 50109, discordtest.RuleBody)
	a.caught("no body", a.b.do("POST", path, nil), 400, 50109, discordtest.RuleBody)
	a.caught("another form", a.b.do("POST", path, form{"text/plain", []byte("{}")}), 400, 50109, discordtest.RuleBody)
	a.caught("no such channel", a.b.do("POST", "/channels/1/messages", message(nil)), 404, 10003, discordtest.RuleUnknown)
	a.caught("no such user", a.b.do("POST", "/users/@me/channels", object{"recipient_id": "1"}), 404, 10013, discordtest.RuleUnknown)
	a.caught("another's application", a.b.do("GET", "/applications/1/commands", nil), 404, 10002, discordtest.RuleUnknown)
	a.caught("no such server", a.b.do("GET", "/guilds/1", nil), 404, 10004, discordtest.RuleUnknown)
	b := *a.b
	b.token = "Bot guess"
	a.caught("wrong token", b.do("GET", "/users/@me", nil), 401, 0, discordtest.RuleAuth)
	b = *a.b
	b.agent = "curl/8"
	a.caught("wrong agent", b.do("GET", "/users/@me", nil), 200, 0, discordtest.RuleAuth)
	if r := a.b.do("GET", "/users/@me", nil); r.body["id"] != d.BotID() {
		t.Errorf("me: %v", r.body)
	}
	for _, path := range []string{"/applications/@me", "/oauth2/applications/@me"} {
		if r := a.b.do("GET", path, nil); r.body["id"] != d.AppID() {
			t.Errorf("%s: %v", path, r.body)
		}
	}
	if r := a.b.do("GET", "/gateway", nil); !strings.HasPrefix(r.body["url"].(string), "ws://127.0.0.1:") {
		t.Errorf("gateway: %v", r.body)
	}
}

func TestPermissions(t *testing.T) {
	a := started(t)
	d := a.d
	path := "/channels/" + a.ch.ID
	said := a.u.Say(a.ch, "text")
	mine := a.b.do("POST", path+"/messages", message(nil)).body["id"].(string)
	a.caught("typing", a.b.do("POST", path+"/typing", nil), 204, 0, "")
	if a.ch.Typing() != 1 {
		t.Errorf("typing %d", a.ch.Typing())
	}
	a.caught("another's message", a.b.do("PATCH", path+"/messages/"+said.ID, message(nil)), 403, 50005, discordtest.RulePermission)
	a.caught("delete another's", a.b.do("DELETE", path+"/messages/"+said.ID, nil), 403, 50013, discordtest.RulePermission)
	a.caught("reply", a.b.do("POST", path+"/messages", message(object{"message_reference": object{"message_id": said.ID}})), 200, 0, "")
	a.caught("reply to nothing", a.b.do("POST", path+"/messages", message(object{"message_reference": object{"message_id": "1"}})), 400, 50035, discordtest.RuleUnknown)
	a.caught("reply all the same", a.b.do("POST", path+"/messages", message(object{"message_reference": object{"message_id": "1", "fail_if_not_exists": false}})), 200, 0, "")
	for name, tt := range map[string]struct {
		lacks  uint64
		method string
		path   string
		body   object
	}{
		"send":   {discordtest.PermSendMessages, "POST", "/messages", message(nil)},
		"type":   {discordtest.PermSendMessages, "POST", "/typing", nil},
		"embed":  {discordtest.PermEmbedLinks, "POST", "/messages", message(object{"embeds": []any{object{"title": "t"}}})},
		"read":   {discordtest.PermReadHistory, "GET", "/messages/" + said.ID, nil},
		"thread": {discordtest.PermCreatePublicThreads, "POST", "/messages/" + said.ID + "/threads", object{"name": "t"}},
	} {
		a.ch.BotPermissions(discordtest.PermBot &^ tt.lacks)
		var body any
		if tt.body != nil {
			body = tt.body
		}
		a.caught(name, a.b.do(tt.method, path+tt.path, body), 403, 50013, discordtest.RulePermission)
	}
	a.ch.BotPermissions(discordtest.PermBot &^ discordtest.PermReadHistory)
	a.caught("reply unread", a.b.do("POST", path+"/messages", message(object{"message_reference": object{"message_id": said.ID}})), 403, 160002, discordtest.RulePermission)
	a.ch.BotPermissions(0)
	a.caught("hidden", a.b.do("GET", path, nil), 403, 50001, discordtest.RulePermission)
	a.ch.BotPermissions(discordtest.PermBot)
	a.caught("edit", a.b.do("PATCH", path+"/messages/"+mine, message(object{"content": "new"})), 200, 0, "")
	a.caught("delete", a.b.do("DELETE", path+"/messages/"+mine, nil), 204, 0, "")
	a.caught("deleted", a.b.do("PATCH", path+"/messages/"+mine, message(nil)), 404, 10008, "")
	if r := a.b.do("GET", "/guilds/"+a.ch.Guild().ID+"/members/"+a.u.ID, nil); r.body["user"].(object)["id"] != a.u.ID {
		t.Errorf("member: %v", r.body)
	}
	dm := a.b.do("POST", "/users/@me/channels", object{"recipient_id": a.u.ID})
	if dm.body["id"] != d.DM(a.u).ID || dm.body["type"] != 1.0 {
		t.Errorf("DM: %v", dm.body)
	}
	a.caught("a DM with itself", a.b.do("POST", "/users/@me/channels", object{"recipient_id": d.BotID()}), 403, 50007, discordtest.RulePermission)
}

func TestThreads(t *testing.T) {
	a := unchecked(t)
	said := a.u.Say(a.ch, "text")
	start := "/channels/" + a.ch.ID + "/messages/" + said.ID + "/threads"
	a.caught("name of 101", a.b.do("POST", start, object{"name": strings.Repeat("x", 101)}), 400, 50035, discordtest.RuleThread)
	r := a.b.do("POST", start, object{"name": "more"})
	a.caught("thread", r, http.StatusCreated, 0, "")
	a.w.next(0, "THREAD_CREATE")
	a.caught("second", a.b.do("POST", start, object{"name": "more"}), 400, 160004, "")
	thread := a.d.Thread(said)
	if thread == nil || r.body["id"] != said.ID || r.body["parent_id"] != a.ch.ID || thread.Name != "more" {
		t.Fatalf("thread %v", r.body)
	}
	a.caught("message", a.b.do("POST", "/channels/"+thread.ID+"/messages", message(nil)), 200, 0, "")
	if got := a.d.VisibleTo(a.u, thread); len(got) != 1 || got[0].Content != "hello" {
		t.Errorf("in the thread: %+v", got)
	}
	a.caught("thread in a thread", a.b.do("POST", "/channels/"+thread.ID+"/threads", object{"name": "x", "type": 11}), 400, 50035, discordtest.RuleThread)
	thread.BotPermissions(discordtest.PermBot &^ discordtest.PermSendMessagesInThreads)
	a.caught("not in threads", a.b.do("POST", "/channels/"+thread.ID+"/messages", message(nil)), 403, 50013, discordtest.RulePermission)
	a.caught("without a message", a.b.do("POST", "/channels/"+a.ch.ID+"/threads", object{"name": "x", "type": 11}), 201, 0, "")
}
