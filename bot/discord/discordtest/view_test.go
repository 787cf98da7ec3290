package discordtest_test

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// A leak is what anyone could read at any time: before an edit, before a
// deletion, in an embed, on a button.
func TestSeenBy(t *testing.T) {
	a := started(t)
	u2, u3 := a.d.User("user2"), a.d.User("user3")
	small := a.d.Channel("small").Only(u2)
	path := "/channels/" + a.ch.ID + "/messages"
	id := a.b.do("POST", path, message(object{"content": "alpha"})).body["id"].(string)
	a.b.do("PATCH", path+"/"+id, message(object{"content": "beta"}))
	id = a.b.do("POST", path, message(object{"content": "gamma"})).body["id"].(string)
	a.b.do("DELETE", path+"/"+id, nil)
	a.b.do("POST", "/channels/"+small.ID+"/messages", message(object{"content": "delta", "embeds": []any{object{"fields": []any{object{"name": "n", "value": "epsilon"}}}}}))
	_, raw := a.slash()
	a.b.callback(raw, 4, message(object{"flags": 64, "components": []any{row(object{"type": 2, "style": 1, "label": "zeta", "custom_id": "a"})}}))
	all := []string{"user1", "user2", "user3"}
	for text, want := range map[string][]string{
		"alpha": all, "beta": all, "gamma": all, "delta": {"user2"}, "epsilon": {"user2"}, "zeta": {"user1"}, "eta2": nil,
	} {
		if got := a.d.SeenBy(text); !slices.Equal(got, want) {
			t.Errorf("%s is seen by %v, want %v", text, got, want)
		}
	}
	if got := a.d.VisibleTo(u3, small); len(got) != 0 {
		t.Errorf("user3 sees %v", got)
	}
	if got := a.d.VisibleTo(u3, a.ch); len(got) != 1 || got[0].Text() != "beta" {
		t.Errorf("user3 sees %+v", got)
	}
	if got := a.d.VisibleTo(a.u, a.d.DM(u2)); len(got) != 0 {
		t.Errorf("a stranger sees a DM: %v", got)
	}
}

func TestPings(t *testing.T) {
	a := started(t)
	a.ch.BotPermissions(discordtest.PermBot | discordtest.PermMentionEveryone)
	a.d.Allow(discordtest.RuleMentions)
	text := "@everyone @here <@1> <@!2> <@&3> `@everyone <@4>`\n```\n<@5>\n```"
	for name, tt := range map[string]struct {
		allowed any
		want    []string
	}{
		"nobody":   {none(), nil},
		"default":  {nil, []string{"everyone", "here", "1", "2", "3"}},
		"users":    {object{"parse": []any{"users"}}, []string{"1", "2"}},
		"one role": {object{"parse": []any{}, "roles": []any{"3"}}, []string{"3"}},
		"everyone": {object{"parse": []any{"everyone"}}, []string{"everyone", "here"}},
	} {
		body := object{"content": text}
		if tt.allowed != nil {
			body["allowed_mentions"] = tt.allowed
		}
		r := a.b.do("POST", "/channels/"+a.ch.ID+"/messages", body)
		if got := a.d.Message(r.body["id"].(string)).Pinged; !slices.Equal(got, tt.want) {
			t.Errorf("%s: pinged %v, want %v", name, got, tt.want)
		}
	}
	// An edit that forgets allowed_mentions parses them again.
	id := a.b.do("POST", "/channels/"+a.ch.ID+"/messages", message(nil)).body["id"].(string)
	a.b.do("PATCH", "/channels/"+a.ch.ID+"/messages/"+id, object{"content": "<@1>"})
	if got := a.d.Message(id).Pinged; !slices.Equal(got, []string{"1"}) {
		t.Errorf("the edit pinged %v", got)
	}
	if len(a.d.Caught(discordtest.RuleMentions)) == 0 {
		t.Error("not caught")
	}
}

func TestFinal(t *testing.T) {
	opts := quick()
	opts.Settle = 300 * time.Millisecond
	d := discordtest.New(t, opts)
	b := newBot(t, d).registered()
	w, _ := b.connect(nil)
	ch := d.Channel("general")
	it := d.User("user1").Slash(ch, "ask", discordtest.Args{"question": "?"})
	raw := w.next(0, "INTERACTION_CREATE")
	var edits sync.WaitGroup
	edits.Go(func() {
		b.callback(raw, 5, nil)
		for _, text := range []string{"o", "on", "one"} {
			time.Sleep(100 * time.Millisecond)
			b.do("PATCH", b.webhook(raw, "/messages/@original"), message(object{"content": text}))
		}
	})
	got := it.Final(soon(t))
	edits.Wait()
	if got.Content != "one" || got.Edits != 3 || !slices.Equal(got.Shown, []string{"o", "on", "one"}) {
		t.Errorf("final %+v", got)
	}
	took, ok := it.Acked()
	if all := d.Latencies(); !ok || len(all) != 1 || all[0] != took || it.Callback() != 5 {
		t.Errorf("acknowledged %v after %s with %d, latencies %v", ok, took, it.Callback(), all)
	}
}

func TestQuantile(t *testing.T) {
	var times []time.Duration
	for i := range 200 {
		times = append(times, time.Duration(200-i))
	}
	for q, want := range map[float64]time.Duration{0: 1, 0.5: 100, 0.99: 198, 0.995: 199, 1: 200} {
		if got := discordtest.Quantile(times, q); got != want {
			t.Errorf("quantile %v is %d, want %d", q, got, want)
		}
	}
	if got := discordtest.Quantile(nil, 0.5); got != 0 {
		t.Errorf("of nothing: %d", got)
	}
}

// A failed wait says so and gives back nothing.
func TestWaitingInVain(t *testing.T) {
	rec := &recorder{TB: t}
	d := discordtest.New(rec, quick())
	if m := d.User("user1").Slash(d.Channel("general"), "ask", nil, discordtest.Forged()).Final(soon(t)); m.Exists() {
		t.Errorf("final %+v", m)
	}
	if len(rec.errors) != 1 || !strings.Contains(rec.errors[0], "reached no connection") {
		t.Errorf("errors %q", rec.errors)
	}
	rec.end()
}

// With Keep, memory stays flat: what 1,500 interactions add to that after 500
// is less than a fifth of what they carried.
func TestKeep(t *testing.T) {
	opts := quick()
	opts.Keep = 100
	d := discordtest.New(t, opts)
	b := newBot(t, d).registered()
	w, _ := b.connect(nil)
	u, ch := d.User("user1"), d.Channel("general")
	const size = 1500
	text := strings.Repeat("x", size)
	ask := func(n int) uint64 {
		for range n {
			u.Slash(ch, "ask", discordtest.Args{"question": "?"})
			raw := w.next(0, "INTERACTION_CREATE")
			b.callback(raw, 5, nil)
			b.do("PATCH", b.webhook(raw, "/messages/@original"), message(object{"content": text}))
		}
		w.mu.Lock()
		w.buffer = nil
		w.mu.Unlock()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := ask(500)
	after := ask(1500)
	// A message passes here several times: in the request, the record, the
	// history, the events. One time is the least that a leak would keep.
	if grown := int64(after) - int64(before); grown > 1500*size/5 {
		t.Errorf("%d bytes more after 1500 interactions of %d", grown, size)
	}
	if n := len(d.VisibleTo(u, ch)); n < 100 || n > 111 {
		t.Errorf("%d messages kept", n)
	}
	if n := len(d.Latencies()); n != 2000 {
		t.Errorf("%d latencies", n)
	}
}

// An edit that changes nothing is counted, and Done ends the wait at once.
func TestDoneAndIdle(t *testing.T) {
	opts := quick()
	opts.Settle = time.Hour
	opts.Done = func(m discordtest.Message) bool { _, ok := m.Component("Press"); return ok }
	d := discordtest.New(t, opts)
	b := newBot(t, d).registered()
	w, _ := b.connect(nil)
	it := d.User("user1").Slash(d.Channel("general"), "ask", discordtest.Args{"question": "?"})
	raw := w.next(0, "INTERACTION_CREATE")
	b.callback(raw, 5, nil)
	b.do("PATCH", b.webhook(raw, "/messages/@original"), message(nil))
	b.do("PATCH", b.webhook(raw, "/messages/@original"), message(nil))
	b.do("PATCH", b.webhook(raw, "/messages/@original"), message(object{"components": []any{row(button("a"))}}))
	got := it.Final(soon(t))
	if got.Edits != 3 || got.Idle != 1 || len(got.EditTimes) != 3 {
		t.Errorf("%d edits, %d idle, at %v", got.Edits, got.Idle, got.EditTimes)
	}
}

// Commands come back as Discord gives them, so that a bot can compare.
func TestCommandsComeBack(t *testing.T) {
	d := discordtest.New(t, quick())
	b := newBot(t, d)
	path := "/applications/" + d.AppID() + "/commands"
	put := func() object {
		r := b.do("PUT", path, []any{object{
			"name": "ask", "description": "Ask", "default_member_permissions": "32",
			"description_localizations": object{"de": "Fragen"},
			"options": []any{object{
				"name": "q", "description": "What", "type": 3, "required": false, "choices": []any{},
				"name_localizations": object{"de": "frage"},
			}},
		}})
		return r.list[0].(object)
	}
	first, second := put(), put()
	if first["id"] != second["id"] || first["version"] == second["version"] {
		t.Errorf("IDs %v and %v, versions %v and %v", first["id"], second["id"], first["version"], second["version"])
	}
	if first["default_member_permissions"] != "32" || first["type"] != 1.0 {
		t.Errorf("stored %v", first)
	}
	plain := b.do("GET", path, nil).list[0].(object)
	full := b.do("GET", path+"?with_localizations=true", nil).list[0].(object)
	option := plain["options"].([]any)[0].(object)
	if plain["description_localizations"] != nil || len(option) != 3 {
		t.Errorf("plain %v", plain)
	}
	if full["description_localizations"].(object)["de"] != "Fragen" || full["options"].([]any)[0].(object)["name_localizations"] == nil {
		t.Errorf("with localisations %v", full)
	}
	guild := "/applications/" + d.AppID() + "/guilds/" + d.Channel("general").Guild().ID + "/commands"
	b.do("PUT", guild, []any{object{"name": "here", "description": "Only here"}})
	if got := b.do("GET", guild, nil).list; len(got) != 1 || got[0].(object)["name"] != "here" {
		t.Errorf("of the server: %v", got)
	}
}

// A message sent twice with one nonce is there once.
func TestNonce(t *testing.T) {
	d := discordtest.New(t, quick())
	b, ch := newBot(t, d), d.Channel("general")
	for _, nonce := range []string{"a", "a", "b"} {
		b.do("POST", "/channels/"+ch.ID+"/messages", message(object{"nonce": nonce, "enforce_nonce": true}))
	}
	b.do("POST", "/channels/"+ch.ID+"/messages", message(object{"nonce": "a"})) // not enforced
	if got := len(d.VisibleTo(d.User("user1"), ch)); got != 3 {
		t.Errorf("%d messages", got)
	}
}
