package discordtest_test

import (
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// What a fault has met is no fault of the bot: it may acknowledge again, or
// not at all.
func TestFaultsExcuse(t *testing.T) {
	rec := &recorder{TB: t}
	d := discordtest.New(rec, quick())
	a := &asked{d: d, b: newBot(t, d).registered(), u: d.User("user1"), ch: d.Channel("general")}
	a.w, _ = a.b.connect(nil)
	_, it := a.slash()
	d.Fault(discordtest.Fault{Path: "/interactions/**", Lost: true})
	if r := a.b.callback(it, 5, nil); r.err == nil {
		t.Errorf("answer %+v", r)
	}
	a.caught("again", a.b.callback(it, 5, nil), 400, 40060, "")
	_, it = a.slash()
	d.Storm429("/interactions/**", 1, time.Second, false)
	a.caught("limited", a.b.callback(it, 5, nil), 429, 0, "")
	rec.end() // the first is never answered, the second never acknowledged
	if len(rec.errors) > 0 {
		t.Errorf("not excused: %q", rec.errors)
	}
}

func TestForgedForm(t *testing.T) {
	a := started(t)
	it := a.u.SubmitForged(a.ch, "admin", map[string]string{"b": "2", "a": "1"})
	raw := a.w.next(0, "INTERACTION_CREATE")
	rows := raw["data"].(object)["components"].([]any)
	if raw["type"] != 5.0 || raw["data"].(object)["custom_id"] != "admin" || len(rows) != 2 ||
		rows[0].(object)["components"].([]any)[0].(object)["value"] != "1" {
		t.Errorf("form %v", raw)
	}
	a.b.callback(raw, 4, message(object{"content": "no", "flags": 64}))
	if got := it.Final(soon(t)); got.Content != "no" || !got.Ephemeral {
		t.Errorf("answer %+v", got)
	}
}

func TestUsersOwnMessages(t *testing.T) {
	a := started(t)
	dm := a.d.DM(a.u)
	said := a.u.Say(dm, "one")
	a.u.Edit(said, "two")
	if e := a.w.next(0, "MESSAGE_UPDATE"); e["content"] != "two" || e["id"] != said.ID {
		t.Errorf("edited %v", e)
	}
	a.u.Delete(said)
	if e := a.w.next(0, "MESSAGE_DELETE"); e["id"] != said.ID || e["channel_id"] != dm.ID {
		t.Errorf("deleted %v", e)
	}
	if got := a.d.VisibleTo(a.u, dm); len(got) != 0 {
		t.Errorf("left %+v", got)
	}
}

// Rights come from roles, the server's owner and what the bot has there.
func TestRights(t *testing.T) {
	a := started(t)
	g := a.ch.Guild()
	managers := g.Role("managers", discordtest.PermManageGuild)
	permissions := func() (string, string) {
		a.u.Slash(a.ch, "corpus reload", nil, discordtest.Forged())
		raw := a.w.next(0, "INTERACTION_CREATE")
		a.b.callback(raw, 4, message(nil))
		return raw["member"].(object)["permissions"].(string), raw["app_permissions"].(string)
	}
	plain, _ := permissions()
	a.u.Has(managers)
	managing, _ := permissions()
	a.u.Lacks(managers)
	again, _ := permissions()
	if plain != again || sprintf("%d", discordtest.PermMember) != plain || sprintf("%d", discordtest.PermMember|discordtest.PermManageGuild) != managing {
		t.Errorf("permissions %s, with the role %s, without %s", plain, managing, again)
	}
	g.BotPermissions(discordtest.PermViewChannel)
	if _, app := permissions(); app != sprintf("%d", discordtest.PermViewChannel) {
		t.Errorf("the bot's %s", app)
	}
	a.caught("message", a.b.do("POST", "/channels/"+a.ch.ID+"/messages", message(nil)), 403, 50013, discordtest.RulePermission)
}
