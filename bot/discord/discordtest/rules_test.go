package discordtest_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"parley/bot/discord/discordtest"
)

func row(parts ...any) object { return object{"type": 1, "components": parts} }

func button(id string) object {
	return object{"type": 2, "style": 1, "label": "Press", "custom_id": id}
}

func menu(more object) object {
	m := object{"type": 3, "custom_id": "m", "options": []any{object{"label": "a", "value": "a"}, object{"label": "b", "value": "b"}}}
	maps.Copy(m, more)
	return m
}

func repeat(n int, of func(int) any) []any {
	var out []any
	for i := range n {
		out = append(out, of(i))
	}
	return out
}

// badMessages are bodies that break one rule each.
func badMessages() map[string]struct {
	body    object
	rule    string
	refused bool
} {
	long := func(n int) string { return strings.Repeat("é", n) }
	embed := func(e object) object { return object{"embeds": []any{e}} }
	parts := func(rows ...any) object { return object{"components": rows} }
	type bad = struct {
		body    object
		rule    string
		refused bool
	}
	return map[string]bad{
		"content of 2001":          {object{"content": long(2001)}, discordtest.RuleContent, true},
		"nothing in it":            {object{"content": " "}, discordtest.RuleContent, true},
		"no allowed_mentions":      {object{"allowed_mentions": nil}, discordtest.RuleMentions, false},
		"parse left out":           {object{"allowed_mentions": object{"replied_user": false}}, discordtest.RuleMentions, false},
		"parse users":              {object{"allowed_mentions": object{"parse": []any{"users"}}}, discordtest.RuleMentions, false},
		"one user allowed":         {object{"allowed_mentions": object{"parse": []any{}, "users": []any{"1"}}}, discordtest.RuleMentions, false},
		"the replied user allowed": {object{"allowed_mentions": object{"parse": []any{}, "replied_user": true}}, discordtest.RuleMentions, false},
		"ephemeral in a channel":   {object{"flags": 64}, discordtest.RuleFlags, false},
		"a flag that is Discord's": {object{"flags": 1 << 7}, discordtest.RuleFlags, false},

		"eleven embeds":            {object{"embeds": repeat(11, func(int) any { return object{"title": "t"} })}, discordtest.RuleEmbeds, true},
		"title of 257":             {embed(object{"title": long(257)}), discordtest.RuleEmbeds, true},
		"description of 4097":      {embed(object{"description": long(4097)}), discordtest.RuleEmbeds, true},
		"footer of 2049":           {embed(object{"footer": object{"text": long(2049)}}), discordtest.RuleEmbeds, true},
		"author of 257":            {embed(object{"author": object{"name": long(257)}}), discordtest.RuleEmbeds, true},
		"26 fields":                {embed(object{"fields": repeat(26, func(int) any { return object{"name": "n", "value": "v"} })}), discordtest.RuleEmbeds, true},
		"field name of 257":        {embed(object{"fields": []any{object{"name": long(257), "value": "v"}}}), discordtest.RuleEmbeds, true},
		"field value of 1025":      {embed(object{"fields": []any{object{"name": "n", "value": long(1025)}}}), discordtest.RuleEmbeds, true},
		"field without value":      {embed(object{"fields": []any{object{"name": "n", "value": " "}}}), discordtest.RuleEmbeds, true},
		"embed link to javascript": {embed(object{"title": "t", "url": "javascript:alert(1)"}), discordtest.RuleEmbeds, true},
		"embed link of 2049":       {embed(object{"title": "t", "url": "https://example.org/" + strings.Repeat("a", 2029)}), discordtest.RuleEmbeds, true},
		"6001 over two embeds":     {object{"embeds": []any{object{"description": long(3000)}, object{"description": long(3001)}}}, discordtest.RuleEmbeds, true},

		"six rows":                 {parts(repeat(6, func(i int) any { return row(button(fmt.Sprint(i))) })...), discordtest.RuleComponents, true},
		"six buttons in a row":     {parts(row(repeat(6, func(i int) any { return button(fmt.Sprint(i)) })...)), discordtest.RuleComponents, true},
		"an empty row":             {parts(row()), discordtest.RuleComponents, true},
		"a button outside a row":   {parts(button("a")), discordtest.RuleComponents, true},
		"a select beside a button": {parts(row(menu(nil), button("a"))), discordtest.RuleComponents, true},
		"button without custom_id": {parts(row(object{"type": 2, "style": 1, "label": "x"})), discordtest.RuleComponents, true},
		"button with a url":        {parts(row(object{"type": 2, "style": 1, "label": "x", "custom_id": "a", "url": "https://example.org"})), discordtest.RuleComponents, true},
		"button without a label":   {parts(row(object{"type": 2, "style": 1, "custom_id": "a"})), discordtest.RuleComponents, true},
		"button of style 9":        {parts(row(object{"type": 2, "style": 9, "label": "x", "custom_id": "a"})), discordtest.RuleComponents, true},
		"link without a url":       {parts(row(object{"type": 2, "style": 5, "label": "x"})), discordtest.RuleComponents, true},
		"link to a file":           {parts(row(object{"type": 2, "style": 5, "label": "x", "url": "file:///x"})), discordtest.RuleComponents, true},
		"link of 513":              {parts(row(object{"type": 2, "style": 5, "label": "x", "url": "https://example.org/" + strings.Repeat("a", 493)})), discordtest.RuleComponents, true},
		"id twice":                 {parts(object{"type": 1, "id": 7, "components": []any{object{"type": 2, "id": 7, "style": 1, "label": "x", "custom_id": "a"}}}), discordtest.RuleComponents, true},
		"label of 81":              {parts(row(object{"type": 2, "style": 1, "label": long(81), "custom_id": "a"})), discordtest.RuleComponents, true},
		"custom_id of 101":         {parts(row(button(long(101)))), discordtest.RuleComponents, true},
		"custom_id twice":          {parts(row(button("a")), row(button("a"))), discordtest.RuleComponents, true},
		"custom_id twice, mixed":   {parts(row(button("m")), row(menu(nil))), discordtest.RuleComponents, true},
		"text input in a message":  {parts(row(object{"type": 4, "style": 1, "label": "x", "custom_id": "a"})), discordtest.RuleComponents, true},
		"select without options":   {parts(row(menu(object{"options": []any{}}))), discordtest.RuleComponents, true},
		"26 options": {parts(row(menu(object{"options": repeat(26, func(i int) any {
			return object{"label": "l", "value": fmt.Sprint(i)}
		})}))), discordtest.RuleComponents, true},
		"one value twice":       {parts(row(menu(object{"options": []any{object{"label": "a", "value": "a"}, object{"label": "b", "value": "a"}}}))), discordtest.RuleComponents, true},
		"option label of 101":   {parts(row(menu(object{"options": []any{object{"label": long(101), "value": "a"}}}))), discordtest.RuleComponents, true},
		"option value of 101":   {parts(row(menu(object{"options": []any{object{"label": "a", "value": long(101)}}}))), discordtest.RuleComponents, true},
		"option text of 101":    {parts(row(menu(object{"options": []any{object{"label": "a", "value": "a", "description": long(101)}}}))), discordtest.RuleComponents, true},
		"placeholder of 151":    {parts(row(menu(object{"placeholder": long(151)}))), discordtest.RuleComponents, true},
		"three of two values":   {parts(row(menu(object{"max_values": 3}))), discordtest.RuleComponents, true},
		"at least two, most 1":  {parts(row(menu(object{"min_values": 2, "max_values": 1}))), discordtest.RuleComponents, true},
		"two preset, one taken": {parts(row(menu(object{"options": []any{object{"label": "a", "value": "a", "default": true}, object{"label": "b", "value": "b", "default": true}}}))), discordtest.RuleComponents, true},
		"content beside v2":     {object{"flags": 1 << 15, "components": []any{object{"type": 10, "content": "x"}}}, discordtest.RuleComponents, true},
		"4001 letters in v2":    {object{"content": "", "flags": 1 << 15, "components": []any{object{"type": 10, "content": long(2000)}, object{"type": 17, "components": []any{object{"type": 10, "content": long(2001)}}}}}, discordtest.RuleComponents, true},
	}
}

// Each rule must be caught by the package itself, also where Discord's file
// has it too or is not there.
func TestBadMessages(t *testing.T) {
	opts := quick()
	opts.Spec = discordtest.NoSpec
	d := discordtest.New(t, opts)
	b, ch := newBot(t, d), d.Channel("general")
	for name, tt := range badMessages() {
		t.Run(name, func(t *testing.T) {
			body := message(tt.body)
			if _, given := tt.body["allowed_mentions"]; given && tt.body["allowed_mentions"] == nil {
				delete(body, "allowed_mentions")
			}
			before := len(d.VisibleTo(d.User("user1"), ch))
			r := b.do("POST", "/channels/"+ch.ID+"/messages", body)
			if got := d.Caught(tt.rule); len(got) == 0 {
				t.Errorf("not caught, answer %d %v", r.status, r.body)
			}
			if refused := r.status == http.StatusBadRequest && (r.code == 50035 || r.code == 50006); refused != tt.refused {
				t.Errorf("answer %d %v, want refused: %v", r.status, r.body, tt.refused)
			}
			if posted := len(d.VisibleTo(d.User("user1"), ch)) > before; posted == tt.refused {
				t.Errorf("posted %v, refused %v", posted, tt.refused)
			}
			for _, v := range d.Violations() {
				t.Errorf("caught besides: %s", v)
				d.Caught(v.Rule)
			}
		})
	}
}

// What is allowed must not be caught, with and without Discord's file.
func TestGoodMessages(t *testing.T) {
	bodies := map[string]object{
		"plain":              message(nil),
		"2000 characters":    message(object{"content": strings.Repeat("é", 2000)}),
		"no previews":        message(object{"flags": 4}),
		"full embeds":        message(object{"embeds": []any{object{"title": "t", "url": "https://example.org/a", "description": strings.Repeat("d", 4096), "fields": []any{object{"name": "n", "value": strings.Repeat("v", 1024)}}}}}),
		"rows":               message(object{"components": []any{row(button("a"), button("b")), row(menu(nil)), row(object{"type": 2, "style": 5, "label": "Open", "url": "https://example.org"})}}),
		"components alone":   {"flags": 1 << 15, "components": []any{object{"type": 10, "content": "x"}}, "allowed_mentions": none()},
		"many values":        message(object{"components": []any{row(menu(object{"min_values": 0, "max_values": 2}))}}),
		"mention kept quiet": message(object{"content": "@everyone <@1> <@&2>"}),
	}
	for _, spec := range []string{"", discordtest.NoSpec} {
		opts := quick()
		opts.Spec = spec
		d := discordtest.New(t, opts)
		b, ch := newBot(t, d), d.Channel("general")
		for name, body := range bodies {
			if r := b.do("POST", "/channels/"+ch.ID+"/messages", body); r.status != http.StatusOK {
				t.Errorf("%s: %d %v", name, r.status, r.body)
			}
		}
		for _, m := range d.BotMessages() {
			if len(m.Pinged) > 0 {
				t.Errorf("%q pings %v", m.Content, m.Pinged)
			}
		}
	}
}

// What FACTS of the file's gaps say: these the file lets through.
func TestSpecGaps(t *testing.T) {
	if discordtest.SpecPath() == "" {
		t.Skip("Discord's OpenAPI file is not there: set DISCORD_OPENAPI")
	}
	d := discordtest.New(t, quick())
	b, ch := newBot(t, d), d.Channel("general")
	for _, name := range []string{"content of 2001", "six rows", "6001 over two embeds", "button without custom_id", "custom_id twice"} {
		tt := badMessages()[name]
		b.do("POST", "/channels/"+ch.ID+"/messages", message(tt.body))
		if got := d.Caught(discordtest.RuleSchema); len(got) > 0 {
			t.Errorf("%s: the file does catch it: %v", name, got)
		}
		if len(d.Caught(tt.rule)) == 0 {
			t.Errorf("%s is not caught", name)
		}
	}
}

// The file itself must be in force on every kind of body.
func TestSpecInForce(t *testing.T) {
	if discordtest.SpecPath() == "" {
		t.Skip("Discord's OpenAPI file is not there: set DISCORD_OPENAPI")
	}
	d := discordtest.New(t, quick())
	b, ch := newBot(t, d).registered(), d.Channel("general")
	w, _ := b.connect(nil)
	u := d.User("user1")
	slash := func() object {
		u.Slash(ch, "ask", discordtest.Args{"question": "?"})
		return w.next(0, "INTERACTION_CREATE")
	}
	wrong := message(object{"embeds": "none"})
	posted := b.do("POST", "/channels/"+ch.ID+"/messages", message(nil))
	answered := slash()
	b.callback(answered, 4, message(nil))
	open := slash()
	b.callback(open, 5, nil)
	b.do("PATCH", b.webhook(open, "/messages/@original"), message(nil))
	for name, send := range map[string]func() reply{
		"message": func() reply { return b.do("POST", "/channels/"+ch.ID+"/messages", wrong) },
		"edit": func() reply {
			return b.do("PATCH", fmt.Sprintf("/channels/%s/messages/%s", ch.ID, posted.body["id"]), wrong)
		},
		"follow-up":  func() reply { return b.do("POST", b.webhook(answered, ""), wrong) },
		"original":   func() reply { return b.do("PATCH", b.webhook(answered, "/messages/@original"), wrong) },
		"callback 4": func() reply { return b.callback(open, 4, wrong) },
		"callback 7": func() reply { return b.callback(open, 7, wrong) },
		"choices":    func() reply { return b.callback(open, 8, object{"choices": "none"}) },
		"modal":      func() reply { return b.callback(open, 9, object{"custom_id": 1}) },
		"commands":   func() reply { return b.do("PUT", "/applications/"+d.AppID()+"/commands", []any{object{"name": 1}}) },
		"thread": func() reply {
			return b.do("POST", fmt.Sprintf("/channels/%s/messages/%s/threads", ch.ID, posted.body["id"]), object{"name": 1})
		},
		"direct thread": func() reply { return b.do("POST", "/channels/"+ch.ID+"/threads", object{"name": 1}) },
		"DM":            func() reply { return b.do("POST", "/users/@me/channels", object{"recipient_id": 1}) },
	} {
		if r := send(); r.status != http.StatusBadRequest || r.code != 50035 {
			t.Errorf("%s: answer %d %v", name, r.status, r.body)
		}
		if len(d.Caught(discordtest.RuleSchema)) != 1 {
			t.Errorf("%s: not caught", name)
		}
	}
}

func TestBadCommands(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	with := func(more object) []any {
		c := object{"name": "ask", "description": "Ask"}
		maps.Copy(c, more)
		return []any{c}
	}
	option := func(more object) object {
		o := object{"name": "o", "description": "d", "type": 3}
		maps.Copy(o, more)
		return o
	}
	options := func(all ...any) []any { return with(object{"options": all}) }
	opts := quick()
	opts.Spec = discordtest.NoSpec
	d := discordtest.New(t, opts)
	b := newBot(t, d)
	for name, body := range map[string][]any{
		"capitals":                  with(object{"name": "Ask"}),
		"a space":                   with(object{"name": "ask me"}),
		"name of 33":                with(object{"name": long(33)}),
		"no name":                   with(object{"name": ""}),
		"localised capitals":        with(object{"name_localizations": object{"de": "Frage"}}),
		"no description":            with(object{"description": ""}),
		"description of 101":        with(object{"description": long(101)}),
		"localised 101":             with(object{"description_localizations": object{"de": long(101)}}),
		"permissions no number":     with(object{"default_member_permissions": "manage"}),
		"the same twice":            append(with(nil), with(nil)...),
		"101 commands":              repeat(101, func(i int) any { return object{"name": fmt.Sprint("c", i), "description": "d"} }),
		"16 message commands":       repeat(16, func(i int) any { return object{"name": fmt.Sprint("c", i), "type": 3} }),
		"16 user commands":          repeat(16, func(i int) any { return object{"name": fmt.Sprint("c", i), "type": 2} }),
		"described message command": with(object{"type": 3}),
		"26 options":                options(repeat(26, func(i int) any { return option(object{"name": fmt.Sprint("o", i)}) })...),
		"option in capitals":        options(option(object{"name": "O"})),
		"option without text":       options(option(object{"description": ""})),
		"option twice":              options(option(nil), option(nil)),
		"required after optional":   options(option(nil), option(object{"name": "p", "required": true})),
		"sub beside option":         options(option(object{"type": 1}), option(object{"name": "p"})),
		"sub in sub":                options(option(object{"type": 1, "options": []any{option(object{"type": 1})}})),
		"26 choices":                options(option(object{"choices": repeat(26, func(i int) any { return object{"name": fmt.Sprint(i), "value": fmt.Sprint(i)} })})),
		"choices and autocomplete":  options(option(object{"autocomplete": true, "choices": []any{object{"name": "a", "value": "a"}}})),
		"choice name of 101":        options(option(object{"choices": []any{object{"name": long(101), "value": "a"}}})),
		"choice value of 101":       options(option(object{"choices": []any{object{"name": "a", "value": long(101)}}})),
		"autocomplete on a boolean": options(option(object{"type": 5, "autocomplete": true})),
		"8001 characters": options(repeat(3, func(i int) any {
			return option(object{"name": fmt.Sprint("o", i), "choices": repeat(25, func(j int) any {
				return object{"name": fmt.Sprint(j, long(90)), "value": long(20)}
			})})
		})...),
	} {
		r := b.do("PUT", "/applications/"+d.AppID()+"/commands", body)
		if len(d.Caught(discordtest.RuleCommands)) == 0 || r.code != 50035 {
			t.Errorf("%s is not caught: %d %v", name, r.status, r.body)
		}
	}
	if r := b.do("GET", "/applications/"+d.AppID()+"/commands", nil); len(r.list) != 0 {
		t.Errorf("refused commands were stored: %v", r.list)
	}
}

func TestBadModals(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	input := func(more object) object {
		in := object{"type": 4, "style": 1, "label": "Why", "custom_id": "why"}
		maps.Copy(in, more)
		return in
	}
	form := func(more object) object {
		m := object{"title": "Why", "custom_id": "form", "components": []any{row(input(nil))}}
		maps.Copy(m, more)
		return m
	}
	inputs := func(more object) object { return form(object{"components": []any{row(input(more))}}) }
	opts := quick()
	opts.Spec = discordtest.NoSpec
	d := discordtest.New(t, opts)
	b, ch := newBot(t, d).registered(), d.Channel("general")
	w, _ := b.connect(nil)
	d.User("user1").Slash(ch, "ask", discordtest.Args{"question": "?"})
	it := w.next(0, "INTERACTION_CREATE")
	for name, data := range map[string]object{
		"title of 46":         form(object{"title": long(46)}),
		"no title":            form(object{"title": ""}),
		"custom_id of 101":    form(object{"custom_id": long(101)}),
		"six inputs":          form(object{"components": repeat(6, func(i int) any { return row(input(object{"custom_id": fmt.Sprint(i)})) })}),
		"no input":            form(object{"components": []any{}}),
		"two in a row":        form(object{"components": []any{row(input(nil), input(object{"custom_id": "b"}))}}),
		"custom_id twice":     form(object{"components": []any{row(input(nil)), row(input(nil))}}),
		"a button":            form(object{"components": []any{row(button("a"))}}),
		"label of 46":         inputs(object{"label": long(46)}),
		"no label":            inputs(object{"label": ""}),
		"placeholder of 101":  inputs(object{"placeholder": long(101)}),
		"value of 4001":       inputs(object{"value": long(4001)}),
		"style 3":             inputs(object{"style": 3}),
		"max_length 4001":     inputs(object{"max_length": 4001}),
		"more than allowed":   inputs(object{"min_length": 10, "max_length": 5}),
		"no custom_id inside": inputs(object{"custom_id": ""}),
	} {
		r := b.callback(it, 9, data)
		if len(d.Caught(discordtest.RuleModal)) == 0 || r.code != 50035 {
			t.Errorf("%s is not caught: %d %v", name, r.status, r.body)
		}
	}
	// A refused callback acknowledges nothing: the right one still counts.
	if r := b.callback(it, 9, form(nil)); r.status != http.StatusNoContent {
		t.Errorf("a good form: %d %v", r.status, r.body)
	}
}
