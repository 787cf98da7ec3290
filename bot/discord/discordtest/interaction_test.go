package discordtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// asked is a bot on the gateway and an interaction that it has received.
type asked struct {
	d  *discordtest.Discord
	b  *bot
	w  *wire
	u  *discordtest.User
	ch *discordtest.Channel
}

func started(t *testing.T) *asked {
	t.Helper()
	return startedWith(t, quick())
}

// unchecked is started without Discord's file, so that the package's own rules
// show.
func unchecked(t *testing.T) *asked {
	t.Helper()
	opts := quick()
	opts.Spec = discordtest.NoSpec
	return startedWith(t, opts)
}

func startedWith(t *testing.T, opts discordtest.Options) *asked {
	t.Helper()
	d := discordtest.New(t, opts)
	b := newBot(t, d).registered()
	w, _ := b.connect(nil)
	return &asked{d: d, b: b, w: w, u: d.User("user1"), ch: d.Channel("general")}
}

func (a *asked) slash(how ...discordtest.How) (*discordtest.Interaction, object) {
	a.b.t.Helper()
	it := a.u.Slash(a.ch, "ask", discordtest.Args{"question": "?"}, how...)
	return it, a.w.next(0, "INTERACTION_CREATE")
}

// caught expects an answer and the violation of a rule, "" = none.
func (a *asked) caught(what string, r reply, status, code int, rule string) {
	a.b.t.Helper()
	if r.status != status || r.code != code {
		a.b.t.Errorf("%s: answer %d %v, want %d with code %d", what, r.status, r.body, status, code)
	}
	if rule != "" && len(a.d.Caught(rule)) == 0 {
		a.b.t.Errorf("%s: %s is not caught", what, rule)
	}
	for _, v := range a.d.Violations() {
		a.b.t.Errorf("%s: caught besides: %s", what, v)
		a.d.Caught(v.Rule)
	}
}

func TestAcknowledgement(t *testing.T) {
	a := started(t)
	_, it := a.slash()
	a.d.Advance(3*time.Second + 50*time.Millisecond)
	a.caught("too late", a.b.callback(it, 5, nil), 404, 10062, discordtest.RuleLate)
	a.caught("webhook of a dead interaction", a.b.do("PATCH", a.b.webhook(it, "/messages/@original"), message(nil)), 404, 10015, discordtest.RuleCallback)

	_, it = a.slash()
	a.caught("first", a.b.callback(it, 4, message(nil)), 204, 0, "")
	a.caught("second", a.b.callback(it, 4, message(nil)), 400, 40060, discordtest.RuleTwice)

	_, it = a.slash(discordtest.Dead())
	a.caught("dead", a.b.callback(it, 4, message(nil)), 404, 10062, "")
	_, it = a.slash(discordtest.Taken())
	a.caught("taken", a.b.callback(it, 4, message(nil)), 400, 40060, "")

	it["token"] = "wrong"
	a.caught("unknown", a.b.callback(it, 4, message(nil)), 404, 10062, discordtest.RuleUnknown)
	a.caught("unknown webhook", a.b.do("POST", a.b.webhook(it, ""), message(nil)), 401, 50027, discordtest.RuleUnknown)

	// What arrives 2 s after it was sent still counts.
	_, it = a.slash()
	a.d.Advance(2 * time.Second)
	a.caught("in time", a.b.callback(it, 4, message(nil)), 204, 0, "")
	a.d.Allow(discordtest.RuleSilent)
}

func TestSilenceIsCaught(t *testing.T) {
	rec := &recorder{TB: t}
	d := discordtest.New(rec, quick())
	b := newBot(t, d).registered()
	w, _ := b.connect(nil)
	u, ch := d.User("user1"), d.Channel("general")
	u.Slash(ch, "ask", discordtest.Args{"question": "?"})
	w.next(0, "INTERACTION_CREATE")
	u.Slash(ch, "ask", discordtest.Args{"question": "?"})
	b.callback(w.next(0, "INTERACTION_CREATE"), 5, nil)
	rec.end()
	for _, rule := range []string{discordtest.RuleSilent, discordtest.RuleThinking} {
		if n := strings.Count(strings.Join(rec.errors, "\n"), rule+":"); n != 1 {
			t.Errorf("rule %s failed the test %d times: %q", rule, n, rec.errors)
		}
	}
}

// recorder is a test that only notes its failures, and ends when told.
type recorder struct {
	discordtest.TB

	errors  []string
	cleanup []func()
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, sprintf(format, args...))
}

func (r *recorder) Cleanup(f func()) { r.cleanup = append(r.cleanup, f) }

func (r *recorder) end() {
	for _, f := range slices.Backward(r.cleanup) {
		f()
	}
}

func TestCallbackTypes(t *testing.T) {
	a := unchecked(t)
	complete := func() object {
		a.u.Autocomplete(a.ch, "ask", "article", discordtest.Args{"article": "a"})
		return a.w.next(0, "INTERACTION_CREATE")
	}
	form := object{"title": "t", "custom_id": "f", "components": []any{row(object{"type": 4, "style": 1, "label": "l", "custom_id": "i"})}}

	it := complete()
	a.caught("message for autocomplete", a.b.callback(it, 4, message(nil)), 400, 50035, discordtest.RuleCallback)
	tooMany := repeat(26, func(i int) any { return object{"name": sprintf("n%d", i), "value": "v"} })
	for what, choices := range map[string][]any{
		"26 choices":   tooMany,
		"name of 101":  {object{"name": strings.Repeat("x", 101), "value": "v"}},
		"value of 101": {object{"name": "n", "value": strings.Repeat("x", 101)}},
		"no name":      {object{"name": "", "value": "v"}},
		"one twice":    {object{"name": "n", "value": "v"}, object{"name": "n", "value": "w"}},
	} {
		a.caught(what, a.b.callback(it, 8, object{"choices": choices}), 400, 50035, discordtest.RuleChoices)
	}
	a.caught("choices", a.b.callback(it, 8, object{"choices": []any{object{"name": "n", "value": "v"}}}), 204, 0, "")

	_, it = a.slash()
	a.caught("choices for a command", a.b.callback(it, 8, object{"choices": []any{}}), 400, 50035, discordtest.RuleCallback)
	a.caught("update of nothing", a.b.callback(it, 7, message(nil)), 400, 50035, discordtest.RuleCallback)
	a.caught("deferred update of nothing", a.b.callback(it, 6, nil), 400, 50035, discordtest.RuleCallback)
	a.caught("more flags than ephemeral", a.b.callback(it, 5, object{"flags": 64 | 4}), 204, 0, discordtest.RuleFlags)
	a.b.do("PATCH", a.b.webhook(it, "/messages/@original"), message(nil))

	opened, it := a.slash()
	a.caught("form", a.b.callback(it, 9, form), 204, 0, "")
	a.u.Submit(opened, map[string]string{"l": "text"})
	it = a.w.next(0, "INTERACTION_CREATE")
	a.caught("form for a form", a.b.callback(it, 9, form), 400, 50035, discordtest.RuleModal)
	a.caught("type 99", a.b.callback(it, 99, nil), 400, 50035, discordtest.RuleCallback)
	a.caught("message", a.b.callback(it, 4, message(nil)), 204, 0, "")
}

func TestWebhookLife(t *testing.T) {
	a := started(t)
	it, raw := a.slash()
	original := a.b.webhook(raw, "/messages/@original")
	a.caught("before the acknowledgement", a.b.do("POST", a.b.webhook(raw, ""), message(nil)), 404, 10015, discordtest.RuleCallback)
	a.caught("deferral", a.b.callback(raw, 5, object{"flags": 64}), 204, 0, "")
	if m := it.Response(); !m.Loading || !m.Ephemeral {
		t.Errorf("deferred %+v", m)
	}
	// The first follow-up of a deferral is the answer, and as private.
	a.caught("public after a private deferral", a.b.do("POST", a.b.webhook(raw, ""), message(nil)), 200, 0, discordtest.RuleFlags)
	if m := it.Response(); m.Loading || !m.Ephemeral || m.Content != "hello" {
		t.Errorf("answered %+v", m)
	}
	a.caught("edit", a.b.do("PATCH", original, message(object{"content": "more"})), 200, 0, "")
	a.caught("edit to ephemeral", a.b.do("PATCH", original, message(object{"flags": 64})), 200, 0, discordtest.RuleFlags)
	a.caught("edit without allowed_mentions", a.b.do("PATCH", original, object{"content": "x"}), 200, 0, discordtest.RuleMentions)
	a.caught("by the channel", a.b.do("PATCH", "/channels/"+a.ch.ID+"/messages/"+it.Response().ID, message(nil)), 404, 10008, discordtest.RuleEphemeral)
	r := a.b.do("POST", a.b.webhook(raw, "?wait=true"), message(object{"flags": 64}))
	a.caught("follow-up", r, 200, 0, "")
	a.caught("edit of the follow-up", a.b.do("PATCH", a.b.webhook(raw, "/messages/"+r.body["id"].(string)), message(nil)), 200, 0, "")
	a.caught("read", a.b.do("GET", original, nil), 200, 0, "")
	a.caught("delete", a.b.do("DELETE", original, nil), 204, 0, "")
	a.caught("deleted", a.b.do("GET", original, nil), 404, 10008, "")
	a.caught("another application's", a.b.do("POST", "/webhooks/1/"+raw["token"].(string), message(nil)), 404, 10015, discordtest.RuleUnknown)
	a.d.Advance(15 * time.Minute)
	a.caught("after 15 min", a.b.do("POST", a.b.webhook(raw, ""), message(nil)), 401, 50027, "")
}

func TestUserInstalledFollowups(t *testing.T) {
	a := started(t)
	for what, ch := range map[string]*discordtest.Channel{
		"server without the bot": a.d.Guild("server2").WithoutBot().Channel("there"),
		"private channel":        a.d.Private(a.u, a.d.User("user2")),
	} {
		it := a.u.Slash(ch, "ask", discordtest.Args{"question": "?"})
		raw := a.w.next(0, "INTERACTION_CREATE")
		owners := raw["authorizing_integration_owners"].(object)
		if owners["1"] != a.u.ID || owners["0"] != nil {
			t.Errorf("%s: owners %v", what, owners)
		}
		a.b.callback(raw, 4, message(nil))
		for range 5 {
			a.caught(what, a.b.do("POST", a.b.webhook(raw, ""), message(nil)), 200, 0, "")
		}
		a.caught(what, a.b.do("POST", a.b.webhook(raw, ""), message(nil)), 400, 40094, discordtest.RuleFollowups)
		if n := len(it.Followups()); n != 5 {
			t.Errorf("%s: %d follow-ups", what, n)
		}
		a.caught(what, a.b.do("POST", "/channels/"+ch.ID+"/messages", message(nil)), 403, 50001, discordtest.RulePermission)
	}
	_, raw := a.slash()
	a.b.callback(raw, 4, message(nil))
	for range 6 {
		a.caught("installed in the server", a.b.do("POST", a.b.webhook(raw, ""), message(nil)), 200, 0, "")
	}
}

func TestInteractionPayload(t *testing.T) {
	a := started(t)
	admins := a.d.Guild("server3").Role("admins", discordtest.PermManageGuild)
	u := a.d.User("user3").Speaks("uk").Has(admins)
	ch := a.ch
	u.Slash(ch, "ask", discordtest.Args{"question": "?", "article": "x"})
	raw := a.w.next(0, "INTERACTION_CREATE")
	member := raw["member"].(object)
	if raw["locale"] != "uk" || raw["guild_id"] != ch.Guild().ID || raw["context"] != 0.0 || raw["user"] != nil {
		t.Errorf("in a server: %v", raw)
	}
	if roles := member["roles"].([]any); len(roles) != 0 {
		t.Errorf("roles of another server: %v", roles)
	}
	options := raw["data"].(object)["options"].([]any)
	if len(options) != 2 || options[0].(object)["name"] != "question" || options[1].(object)["value"] != "x" {
		t.Errorf("options %v", options)
	}
	dm := a.d.DM(u)
	u.Slash(dm, "ask", discordtest.Args{"question": "?"})
	raw2 := a.w.next(0, "INTERACTION_CREATE")
	if raw2["context"] != 1.0 || raw2["user"].(object)["id"] != u.ID || raw2["member"] != nil || raw2["guild_id"] != nil {
		t.Errorf("in a DM: %v", raw2)
	}
	owner := ch.Guild().Owner()
	owner.Slash(ch, "corpus gaps", discordtest.Args{"days": 7})
	raw3 := a.w.next(0, "INTERACTION_CREATE")
	subs := raw3["data"].(object)["options"].([]any)[0].(object)
	if subs["name"] != "gaps" || subs["type"] != 1.0 || subs["options"].([]any)[0].(object)["value"] != 7.0 {
		t.Errorf("subcommand %v", subs)
	}
	for _, it := range []object{raw, raw2, raw3} {
		a.b.callback(it, 4, message(nil))
	}
}

// What Discord's client would not send fails the test that tries, and is sent
// when it is forged.
func TestUnsent(t *testing.T) {
	rec := &recorder{TB: t}
	d := discordtest.New(rec, quick())
	b := newBot(t, d).registered()
	w, _ := b.connect(nil)
	u, other, ch := d.User("user1"), d.User("user2"), d.Channel("general")
	secret := d.Channel("secret").Only(other)
	u.Slash(ch, "ask", discordtest.Args{"question": "?"})
	it := w.next(0, "INTERACTION_CREATE")
	b.callback(it, 4, message(object{"flags": 64, "components": []any{row(button("a"), object{"type": 2, "style": 1, "label": "off", "custom_id": "off", "disabled": true})}}))
	mine := d.VisibleTo(u, ch)[0]
	q := discordtest.Args{"question": "?"}
	for name, send := range map[string]func(...discordtest.How) *discordtest.Interaction{
		"no such command":  func(h ...discordtest.How) *discordtest.Interaction { return u.Slash(ch, "nothing", nil, h...) },
		"required missing": func(h ...discordtest.How) *discordtest.Interaction { return u.Slash(ch, "ask", nil, h...) },
		"unknown option": func(h ...discordtest.How) *discordtest.Interaction {
			return u.Slash(ch, "ask", discordtest.Args{"question": "?", "x": 1}, h...)
		},
		"too long": func(h ...discordtest.How) *discordtest.Interaction {
			return u.Slash(ch, "ask", discordtest.Args{"question": strings.Repeat("x", 201)}, h...)
		},
		"wrong type": func(h ...discordtest.How) *discordtest.Interaction {
			return u.Slash(ch, "ask", discordtest.Args{"question": 1}, h...)
		},
		"out of range": func(h ...discordtest.How) *discordtest.Interaction {
			return ch.Guild().Owner().Slash(ch, "corpus gaps", discordtest.Args{"days": 91}, h...)
		},
		"no admin": func(h ...discordtest.How) *discordtest.Interaction { return u.Slash(ch, "corpus reload", nil, h...) },
		"wrong context": func(h ...discordtest.How) *discordtest.Interaction {
			return u.Slash(d.DM(u), "corpus reload", nil, h...)
		},
		"hidden channel": func(h ...discordtest.How) *discordtest.Interaction { return u.Slash(secret, "ask", q, h...) },
		"no autocomplete": func(h ...discordtest.How) *discordtest.Interaction {
			return u.Autocomplete(ch, "ask", "question", q, h...)
		},
		"another's ephemeral": func(h ...discordtest.How) *discordtest.Interaction { return other.Press(mine, "a", h...) },
		"no such button":      func(h ...discordtest.How) *discordtest.Interaction { return u.Press(mine, "b", h...) },
		"disabled":            func(h ...discordtest.How) *discordtest.Interaction { return u.Press(mine, "off", h...) },
	} {
		rec.errors = nil
		if it := send(); len(rec.errors) != 1 || it.Reached() != 0 {
			t.Errorf("%s: sent to %d, %q", name, it.Reached(), rec.errors)
		}
		rec.errors = nil
		if it := send(discordtest.Forged()); len(rec.errors) != 0 || it.Reached() != 1 {
			t.Errorf("%s forged: sent to %d, %q", name, it.Reached(), rec.errors)
		}
	}
	d.Allow(discordtest.RuleSilent)
	rec.end()
}

func TestComponentUpdates(t *testing.T) {
	a := started(t)
	_, raw := a.slash()
	a.b.callback(raw, 4, message(object{"components": []any{row(button("a")), row(menu(nil))}}))
	msg := a.d.VisibleTo(a.u, a.ch)[0]
	other := a.d.User("user2")
	press := other.Press(msg, "Press")
	it := a.w.next(0, "INTERACTION_CREATE")
	if it["type"] != 3.0 || it["message"].(object)["id"] != msg.ID || it["data"].(object)["custom_id"] != "a" {
		t.Errorf("button: %v", it)
	}
	a.caught("update", a.b.callback(it, 7, message(object{"content": "next"})), 204, 0, "")
	if got := press.Final(soon(t)); got.ID != msg.ID || got.Content != "next" || got.Edits != 1 {
		t.Errorf("updated %+v", got)
	}
	chosen := a.u.Select(msg, "m", []string{"b"})
	it = a.w.next(0, "INTERACTION_CREATE")
	if v := it["data"].(object)["values"].([]any); len(v) != 1 || v[0] != "b" {
		t.Errorf("select: %v", it)
	}
	a.caught("deferred update", a.b.callback(it, 6, nil), 204, 0, "")
	a.caught("edit", a.b.do("PATCH", a.b.webhook(it, "/messages/@original"), message(object{"content": "later"})), 200, 0, "")
	if got := chosen.Final(soon(t)); got.ID != msg.ID || got.Content != "later" {
		t.Errorf("updated %+v", got)
	}
	if want := []string{"hello", "next", "later"}; len(a.d.Message(msg.ID).Shown) != len(want) {
		t.Errorf("shown %q", a.d.Message(msg.ID).Shown)
	}
}

func TestFiles(t *testing.T) {
	a := started(t)
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	payload, _ := json.Marshal(message(nil))
	_ = w.WriteField("payload_json", string(payload))
	part, _ := w.CreateFormFile("files[0]", "answer.txt")
	_, _ = part.Write([]byte("text"))
	_ = w.Close()
	r := a.b.do("POST", "/channels/"+a.ch.ID+"/messages", form{w.FormDataContentType(), buf.Bytes()})
	a.caught("files", r, http.StatusOK, 0, "")
	if m := a.d.VisibleTo(a.u, a.ch)[0]; !slices.Equal(m.Files, []string{"answer.txt"}) {
		t.Errorf("files %v", m.Files)
	}
}

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }
