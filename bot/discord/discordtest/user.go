package discordtest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Args are the options of a command by name: string, int, float64 or bool.
type Args map[string]any

// How changes how an interaction is sent.
type How func(*sending)

// sending is an interaction on its way, with what a test wants special.
type sending struct {
	forged, dead, taken bool
}

// Forged skips what Discord itself checks before it sends an interaction:
// that the command exists and is allowed to this user, that its options are
// complete and of the right form, that the component is on the message and
// the user sees it. It is how somebody misuses the interface.
func Forged() How { return func(s *sending) { s.forged = true } }

// Dead makes the interaction too old before it arrives: the acknowledgement
// gets 10062.
func Dead() How { return func(s *sending) { s.dead = true } }

// Taken makes the interaction acknowledged by somebody else before it
// arrives: the acknowledgement gets 40060.
func Taken() How { return func(s *sending) { s.taken = true } }

func hows(how []How) sending {
	var s sending
	for _, h := range how {
		h(&s)
	}
	return s
}

// send makes the interaction. Callers hold d.mu.
func (u *User) send(c *Channel, kind int, data object, s sending) *Interaction {
	return u.d.ask(&Interaction{User: u, Channel: c, kind: kind, data: data, dead: s.dead, taken: s.taken})
}

// unsent is what an action returns that Discord's client would not let happen.
// It fails the test.
func (u *User) unsent(c *Channel, format string, args ...any) *Interaction {
	u.d.tb.Helper()
	u.d.tb.Errorf("discordtest: %s: Discord does not send it: %s", u.Name, fmt.Sprintf(format, args...))
	return &Interaction{d: u.d, User: u, Channel: c}
}

// Slash runs a chat command, "ask" or with a subcommand "corpus reload".
func (u *User) Slash(c *Channel, command string, args Args, how ...How) *Interaction {
	u.d.tb.Helper()
	return u.command(c, interactionCommand, command, args, "", how)
}

// Autocomplete asks for choices while the user types in the option focused,
// whose text so far stands in args.
func (u *User) Autocomplete(c *Channel, command, focused string, args Args, how ...How) *Interaction {
	u.d.tb.Helper()
	return u.command(c, interactionComplete, command, args, focused, how)
}

func (u *User) command(c *Channel, kind int, command string, args Args, focused string, how []How) *Interaction {
	u.d.tb.Helper()
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	s := hows(how)
	words := strings.Fields(command)
	cmd := u.d.find(c, words[0], commandChat)
	if cmd == nil {
		if !s.forged {
			return u.unsent(c, "/%s is not registered", words[0])
		}
		cmd = object{"id": u.d.id(), "name": words[0]}
	}
	if refusal := u.mayUse(c, cmd); refusal != "" && !s.forged {
		return u.unsent(c, "/%s: %s", words[0], refusal)
	}
	declared := objects(list(cmd, "options"))
	var wraps []object // around the options, outermost first
	for _, word := range words[1:] {
		i := slices.IndexFunc(declared, func(o object) bool { return str(o, "name") == word && num(o, "type") <= optionGroup })
		if i < 0 {
			if !s.forged {
				return u.unsent(c, "/%s has no subcommand %s", words[0], word)
			}
			wraps = append(wraps, object{"name": word, "type": optionSub})
			declared = nil
			continue
		}
		wraps = append(wraps, object{"name": word, "type": num(declared[i], "type")})
		declared = objects(list(declared[i], "options"))
	}
	options, refusal := given(declared, args, focused)
	if refusal != "" && !s.forged {
		return u.unsent(c, "/%s: %s", command, refusal)
	}
	for _, wrap := range slices.Backward(wraps) {
		wrap["options"] = options
		options = []any{wrap}
	}
	data := object{"id": cmd["id"], "name": cmd["name"], "type": commandChat, "options": options}
	if scope := str(cmd, "guild_id"); scope != "" {
		data["guild_id"] = scope
	}
	return u.send(c, kind, data, s)
}

// find is a registered command as it is seen in a channel: the server's own
// before the global one.
func (d *Discord) find(c *Channel, name string, kind int) object {
	scopes := []string{""}
	if c.guild != nil {
		scopes = []string{c.guild.ID, ""}
	}
	for _, scope := range scopes {
		for _, cmd := range d.commands[scope] {
			if str(cmd, "name") == name && commandKind(cmd) == kind {
				return cmd
			}
		}
	}
	return nil
}

// mayUse says why Discord would not offer a command to the user there.
func (u *User) mayUse(c *Channel, cmd object) string {
	if !u.sees(c) {
		return "the user does not see the channel"
	}
	has := func(key string, n int, empty bool) bool {
		l := list(cmd, key)
		if len(l) == 0 {
			return empty
		}
		return slices.ContainsFunc(l, func(v any) bool { m, _ := number(v); return int(m) == n })
	}
	inGuild := str(cmd, "guild_id") != ""
	if !inGuild && !has("contexts", c.context(), c.context() != 2) {
		return fmt.Sprintf("not in context %d", c.context())
	}
	install := 0
	if c.guild != nil && !c.guild.hasBot || c.guild == nil && !c.with(u.d.bot) {
		install = 1
	}
	if !inGuild && !has("integration_types", install, install == 0) {
		return fmt.Sprintf("not for integration type %d", install)
	}
	need, limited := number(cmd["default_member_permissions"])
	if c.guild == nil || !limited {
		return ""
	}
	have := u.permissions(c.guild)
	if have&PermAdministrator != 0 || need != 0 && have&uint64(need) == uint64(need) {
		return ""
	}
	return fmt.Sprintf("permissions %d needed", need)
}

// maxOption is the longest text that an option takes.
const maxOption = 6000

// given writes the options of a command in the order in which they are
// declared, and says why Discord would not take them. Undeclared ones come
// last, by name.
func given(declared []object, args Args, focused string) (options []any, refusal string) {
	left := maps.Clone(args)
	for _, decl := range declared {
		name := str(decl, "name")
		value, ok := left[name]
		delete(left, name)
		if !ok {
			if truth(decl, "required") && focused == "" {
				refusal = "option " + name + " is missing"
			}
			continue
		}
		o := object{"name": name, "type": num(decl, "type"), "value": value}
		if name == focused {
			o["focused"] = true
			if !truth(decl, "autocomplete") {
				refusal = "option " + name + " has no autocomplete"
			}
		} else if detail := fits(decl, value); detail != "" {
			refusal = "option " + name + ": " + detail
		}
		options = append(options, o)
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		refusal = "no option " + name
		options = append(options, object{"name": name, "type": optionType(left[name]), "value": left[name]})
	}
	return nonNil(options), refusal
}

func optionType(v any) int {
	switch v.(type) {
	case bool:
		return 5
	case int:
		return optionInteger
	case float64:
		return optionNumber
	}
	return optionString
}

// fits says why a value is not one of a declared option, "" if it is.
func fits(decl object, value any) string {
	kind := num(decl, "type")
	if got := optionType(value); got != kind && (kind <= 5 || kind == optionNumber) {
		return fmt.Sprintf("type %d, not %d", got, kind)
	}
	if text, ok := value.(string); ok {
		low, high := num(decl, "min_length"), maxOption
		if has(decl, "max_length") {
			high = num(decl, "max_length")
		}
		if n := length(text); n < low || n > high {
			return fmt.Sprintf("%d characters, %d to %d are allowed", n, low, high)
		}
	}
	if n, ok := value.(int); ok {
		low, lowest := number(decl["min_value"])
		high, highest := number(decl["max_value"])
		if lowest && int64(n) < low || highest && int64(n) > high {
			return strconv.Itoa(n) + " is out of range"
		}
	}
	choices := objects(list(decl, "choices"))
	if len(choices) > 0 && !slices.ContainsFunc(choices, func(c object) bool { return fmt.Sprint(c["value"]) == fmt.Sprint(value) }) {
		return fmt.Sprintf("%v is no choice", value)
	}
	return ""
}

// OnMessage runs a message command on a message.
func (u *User) OnMessage(command string, target Message, how ...How) *Interaction {
	u.d.tb.Helper()
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	s := hows(how)
	m := u.d.messages[target.ID]
	c := u.d.channels[target.ChannelID]
	if m == nil || c == nil {
		return u.unsent(c, "the message is not there")
	}
	cmd := u.d.find(c, command, commandMessage)
	if cmd == nil {
		if !s.forged {
			return u.unsent(c, "the message command %q is not registered", command)
		}
		cmd = object{"id": u.d.id(), "name": command}
	}
	if refusal := u.mayUse(c, cmd); refusal != "" && !s.forged {
		return u.unsent(c, "%q: %s", command, refusal)
	}
	if !m.visible(u) && !s.forged {
		return u.unsent(c, "the user does not see the message")
	}
	return u.send(c, interactionCommand, object{
		"id": cmd["id"], "name": cmd["name"], "type": commandMessage, "target_id": m.id,
		"resolved": object{"messages": object{m.id: m.payload()}},
	}, s)
}

// Press presses a button of a message, named by its label or custom_id. When
// it is Forged, name is the custom_id whatever the message holds.
func (u *User) Press(target Message, name string, how ...How) *Interaction {
	u.d.tb.Helper()
	return u.use(target, name, componentButton, nil, how)
}

// Select chooses values of a select, named by its placeholder or custom_id.
func (u *User) Select(target Message, name string, values []string, how ...How) *Interaction {
	u.d.tb.Helper()
	return u.use(target, name, componentSelect, values, how)
}

func (u *User) use(target Message, name string, kind int, values []string, how []How) *Interaction {
	u.d.tb.Helper()
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	s := hows(how)
	m := u.d.messages[target.ID]
	if m == nil {
		return u.unsent(u.d.channels[target.ChannelID], "the message is not there")
	}
	part := Component{CustomID: name}
	if !s.forged {
		found, ok := find(flatten(m.components), name)
		switch {
		case !ok || found.Type != kind:
			return u.unsent(m.channel, "the message has no such component as %q", name)
		case m.deleted || !m.visible(u):
			return u.unsent(m.channel, "the user does not see the message")
		case found.Disabled || found.CustomID == "":
			return u.unsent(m.channel, "%q cannot be used", name)
		}
		for _, v := range values {
			if !slices.ContainsFunc(found.Options, func(o Option) bool { return o.Value == v }) {
				return u.unsent(m.channel, "%q has no option %q", name, v)
			}
		}
		part = found
	}
	data := object{"custom_id": part.CustomID, "component_type": kind, "id": 1}
	if kind == componentSelect {
		data["values"] = append([]string{}, values...)
	}
	return u.d.ask(&Interaction{
		User: u, Channel: m.channel, kind: interactionComponent, data: data, source: m, dead: s.dead, taken: s.taken,
	})
}

// Submit fills in the form that an interaction has opened and sends it: texts
// by custom_id or label. Inputs without one are sent with their value or empty.
func (u *User) Submit(opened *Interaction, texts map[string]string, how ...How) *Interaction {
	u.d.tb.Helper()
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	s := hows(how)
	if opened.modal == nil || opened.User != u && !s.forged {
		return u.unsent(opened.Channel, "the user has no form open")
	}
	left := maps.Clone(texts)
	rows := []any{}
	for _, in := range opened.modal.Inputs {
		if in.Type != componentInput {
			continue
		}
		text := in.Value
		for _, name := range []string{in.CustomID, in.Label} {
			if given, ok := left[name]; ok {
				text = given
				delete(left, name)
			}
		}
		if refusal := in.refuses(text); refusal != "" && !s.forged {
			return u.unsent(opened.Channel, "%s: %s", in.Label, refusal)
		}
		input := object{"type": componentInput, "id": len(rows) + 2, "custom_id": in.CustomID, "value": text}
		if in.Labelled {
			rows = append(rows, object{"type": componentLabel, "id": 1, "component": input})
			continue
		}
		rows = append(rows, object{"type": componentRow, "id": 1, "components": []any{input}})
	}
	if len(left) > 0 {
		return u.unsent(opened.Channel, "the form has no inputs %v", slices.Sorted(maps.Keys(left)))
	}
	return u.d.ask(&Interaction{
		User: u, Channel: opened.Channel, kind: interactionModal, source: opened.source,
		data: object{"custom_id": opened.modal.CustomID, "components": rows}, dead: s.dead, taken: s.taken,
	})
}

// refuses says why an input does not take a text.
func (c Component) refuses(text string) string {
	high := 4000
	if c.MaxLength > 0 {
		high = c.MaxLength
	}
	n := length(text)
	switch {
	case n == 0 && c.Required:
		return "required"
	case n > 0 && n < c.MinLength, n > high:
		return fmt.Sprintf("%d characters", n)
	}
	return ""
}

// SubmitForged sends a form that nobody has opened.
func (u *User) SubmitForged(c *Channel, customID string, texts map[string]string) *Interaction {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	rows := []any{}
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		input := object{"type": componentInput, "id": 1, "custom_id": id, "value": texts[id]}
		rows = append(rows, object{"type": componentRow, "id": 1, "components": []any{input}})
	}
	return u.send(c, interactionModal, object{"custom_id": customID, "components": rows}, sending{})
}
