package discordtest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/bot/discord/discordtest"
)

func text(s string) object { return object{"type": 10, "content": s} }

func box(parts ...any) object { return object{"type": 17, "components": parts} }

// version2 is a message whose components are all there is.
func version2(parts ...any) object {
	return object{"flags": 1 << 15, "components": parts, "allowed_mentions": none()}
}

func with(o object, key string, v any) object {
	o[key] = v
	return o
}

// TestVersion2 guards what Discord's file does not say of messages of components of
// version 2, and that what is right is taken, with its file and without.
func TestVersion2(t *testing.T) {
	link := object{"type": 2, "style": 5, "label": "Open", "url": "https://example.org"}
	bad := map[string]object{
		"no components":         version2(),
		"41 components":         version2(repeat(41, func(int) any { return text("x") })...),
		"41 of them nested":     version2(box(repeat(35, func(int) any { return text("x") })...), row(button("a"), button("b"), button("c"), button("d"))),
		"4001 characters":       version2(text(strings.Repeat("é", 2000)), box(text(strings.Repeat("é", 2001)))),
		"a text of nothing":     version2(text(" \n")),
		"content":               with(version2(text("x")), "content", "y"),
		"embeds":                with(version2(text("x")), "embeds", []any{object{"title": "t"}}),
		"a poll":                with(version2(text("x")), "poll", object{"question": object{"text": "?"}, "answers": []any{}}),
		"stickers":              with(version2(text("x")), "sticker_ids", []any{"1"}),
		"one custom_id twice":   version2(box(row(button("a"))), row(button("a"))),
		"a button in no row":    version2(button("a")),
		"six buttons in a row":  version2(box(row(repeat(6, func(i int) any { return button(fmt.Sprint(i)) })...))),
		"a button of no words":  version2(row(object{"type": 2, "style": 1, "custom_id": "a"})),
		"a label":               version2(object{"type": 18, "label": "l", "component": object{"type": 4, "custom_id": "a", "style": 1}}),
		"an input in a box":     version2(box(object{"type": 4, "custom_id": "a", "style": 1})),
		"an empty box":          version2(box()),
		"a box in a box":        version2(box(box(text("x")))),
		"four texts beside":     version2(object{"type": 9, "components": []any{text("a"), text("b"), text("c"), text("d")}, "accessory": link}),
		"beside nothing":        version2(object{"type": 9, "components": []any{text("a")}}),
		"a row beside":          version2(object{"type": 9, "components": []any{text("a")}, "accessory": row(button("a"))}),
		"a separator of size 3": version2(text("x"), object{"type": 14, "spacing": 3}),
		"of a kind unheard of":  version2(object{"type": 99}),
	}
	good := map[string]object{
		"40 components":   version2(box(repeat(33, func(int) any { return text("x") })...), row(button("a"), button("b"), button("c"), button("d"), button("e"))),
		"4000 characters": version2(text(strings.Repeat("é", 2000)), box(text(strings.Repeat("é", 2000)))),
		"six rows":        version2(repeat(6, func(i int) any { return row(button(fmt.Sprint(i))) })...),
		"a bit of all": version2(box(text("# x"), object{"type": 14, "divider": true, "spacing": 2}, object{"type": 9, "components": []any{text("a")}, "accessory": link},
			row(button("a"))), text("below"), row(menu(nil))),
	}
	for _, spec := range []string{"", discordtest.NoSpec} {
		opts := quick()
		opts.Spec = spec
		d := discordtest.New(t, opts)
		b, ch := newBot(t, d), d.Channel("general")
		for name, body := range good {
			if r := b.do("POST", "/channels/"+ch.ID+"/messages", body); r.status != http.StatusOK {
				t.Errorf("%s is refused: %v", name, r.body)
			}
		}
		if spec == "" {
			continue // the rules of the file come before ours
		}
		for name, body := range bad {
			if r := b.do("POST", "/channels/"+ch.ID+"/messages", body); r.code != 50035 || len(d.Caught(discordtest.RuleComponents)) == 0 {
				t.Errorf("%s is not caught: %d %v", name, r.status, r.body)
			}
		}
	}
}

// TestVersion2IsForEver guards edits: the flag cannot be taken away, and what a message
// had before it goes.
func TestVersion2IsForEver(t *testing.T) {
	a := unchecked(t)
	path := "/channels/" + a.ch.ID + "/messages"
	id := a.b.do("POST", path, version2(text("one"))).body["id"].(string)
	edit := func(id string, body object) reply { return a.b.do("PATCH", path+"/"+id, body) }
	a.caught("an edit", edit(id, version2(text("two"))), 200, 0, "")
	a.caught("an edit without the flag", edit(id, object{"components": []any{text("three")}, "allowed_mentions": none()}), 200, 0, "")
	if got := a.d.Message(id); got.Content != "three" || got.Flags&discordtest.FlagComponentsV2 == 0 {
		t.Errorf("got %+v", got)
	}
	a.caught("the flag taken away", edit(id, with(version2(text("x")), "flags", 0)), 400, 50035, discordtest.RuleComponents)
	a.caught("content", edit(id, message(nil)), 400, 50035, discordtest.RuleComponents)
	a.caught("none left", edit(id, version2()), 400, 50035, discordtest.RuleComponents)

	old := a.b.do("POST", path, message(object{"embeds": []any{object{"title": "t"}}})).body["id"].(string)
	a.caught("content of before", edit(old, with(version2(text("x")), "embeds", nil)), 400, 50035, discordtest.RuleComponents)
	a.caught("embeds of before", edit(old, with(version2(text("x")), "content", nil)), 400, 50035, discordtest.RuleComponents)
	a.caught("all of before gone", edit(old, with(with(version2(text("x")), "content", nil), "embeds", nil)), 200, 0, "")
	if got := a.d.Message(old); got.Content != "x" || len(got.Embeds) > 0 {
		t.Errorf("got %+v", got)
	}
}

// TestVersion2IsSeen guards what people see of such messages: texts in order, what can be
// used, whom it pings.
func TestVersion2IsSeen(t *testing.T) {
	a := started(t)
	_, raw := a.slash()
	a.b.callback(raw, 4, with(version2(box(text("alpha <@1>"), object{"type": 14}, text("beta"), row(button("a"))), text("gamma"), row(button("b"))), "flags", 1<<15|64))
	got := a.d.BotMessages()[0]
	if got.Content != "alpha <@1>\nbeta\ngamma" || !got.Ephemeral || len(got.Pinged) > 0 {
		t.Errorf("got %+v", got)
	}
	if ids := []string{got.Components[0].CustomID, got.Components[1].CustomID}; len(got.Components) != 2 || !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("can be used: %+v", got.Components)
	}
	if seen := a.d.SeenBy("beta"); !slices.Equal(seen, []string{"user1"}) {
		t.Errorf("seen by %v", seen)
	}
	a.d.Allow(discordtest.RuleMentions)
	id := a.b.do("POST", "/channels/"+a.ch.ID+"/messages", with(version2(box(text("<@1>"))), "allowed_mentions", object{"parse": []any{"users"}})).body["id"].(string)
	if got := a.d.Message(id).Pinged; !slices.Equal(got, []string{"1"}) {
		t.Errorf("pings %v", got)
	}
}

// TestLabels guards forms whose inputs have a label around them: they come back so.
func TestLabels(t *testing.T) {
	a := started(t)
	it, raw := a.slash()
	label := object{"type": 18, "label": "Why", "component": object{"type": 4, "custom_id": "why", "style": 2, "required": true, "max_length": 9}}
	if r := a.b.callback(raw, 9, object{"title": "Form", "custom_id": "form", "components": []any{label}}); r.status != http.StatusNoContent {
		t.Fatalf("refused: %v", r.body)
	}
	if got := it.Modal(t.Context()); len(got.Inputs) != 1 || got.Inputs[0].Label != "Why" || got.Inputs[0].MaxLength != 9 || !got.Inputs[0].Required {
		t.Errorf("the form is %+v", got)
	}
	a.u.Submit(it, map[string]string{"Why": "so"})
	sent := a.w.next(0, "INTERACTION_CREATE")
	a.b.callback(sent, 4, message(nil))
	rows := sent["data"].(object)["components"].([]any)
	first := rows[0].(object)
	if inner, _ := first["component"].(object); first["type"] != 18.0 || inner["value"] != "so" || inner["custom_id"] != "why" {
		t.Errorf("came back as %v", rows)
	}
}
