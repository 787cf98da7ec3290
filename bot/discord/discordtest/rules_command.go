package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Command types.
const (
	commandChat    = 1
	commandUser    = 2
	commandMessage = 3
)

// Types of a command's options.
const (
	optionSub     = 1
	optionGroup   = 2
	optionString  = 3
	optionInteger = 4
	optionNumber  = 10
)

// maxCommandText bounds the names, descriptions and values of one command.
const maxCommandText = 8000

// checkCommands holds the rules for a list of commands that replaces all.
func checkCommands(raw []any) []problem {
	var found []problem
	counts, seen := map[int]int{}, map[string]bool{}
	for _, c := range objects(raw) {
		kind := commandKind(c)
		counts[kind]++
		key := fmt.Sprint(kind, " ", str(c, "name"))
		if seen[key] {
			found = append(found, refuse(RuleCommands, "%q is there twice", str(c, "name")))
		}
		seen[key] = true
		for _, detail := range checkCommand(c) {
			found = append(found, refuse(RuleCommands, "%q: %s", str(c, "name"), detail))
		}
	}
	for kind, most := range map[int]int{commandChat: 100, commandUser: 15, commandMessage: 15} {
		if counts[kind] > most {
			found = append(found, refuse(RuleCommands, "%d commands of type %d, %d are allowed", counts[kind], kind, most))
		}
	}
	return found
}

func commandKind(c object) int {
	if kind := num(c, "type"); kind != 0 {
		return kind
	}
	return commandChat
}

// commandCheck goes through one command.
type commandCheck struct {
	found []string
	name  *regexp.Regexp
}

func (k *commandCheck) bad(format string, args ...any) {
	k.found = append(k.found, fmt.Sprintf(format, args...))
}

func checkCommand(c object) []string {
	k := &commandCheck{name: regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)}
	if commandKind(c) == commandChat {
		k.chatName("name", str(c, "name"))
		for locale, v := range sub(c, "name_localizations") {
			name, _ := v.(string)
			k.chatName("name in "+locale, name)
		}
		k.described("", c)
		k.options("", list(c, "options"), 0)
	} else {
		if n := length(str(c, "name")); n == 0 || n > 32 {
			k.bad("name of %d characters", n)
		}
		if str(c, "description") != "" || len(list(c, "options")) > 0 {
			k.bad("a command on a message or user has no description and no options")
		}
	}
	if v, ok := c["default_member_permissions"]; ok && v != nil {
		if n, isNumber := number(v); !isNumber || n < 0 {
			k.bad("default_member_permissions %v are no bits", v)
		}
	}
	if n := commandText(c); n > maxCommandText {
		k.bad("%d characters in all, %d are allowed", n, maxCommandText)
	}
	return k.found
}

func (k *commandCheck) chatName(what, name string) {
	if !k.name.MatchString(name) || name != strings.ToLower(name) {
		k.bad("%s %q is not 1 to 32 letters, digits, - or _ in lower case", what, name)
	}
}

func (k *commandCheck) described(at string, o object) {
	texts := map[string]any{"description": o["description"]}
	for locale, v := range sub(o, "description_localizations") {
		texts["description in "+locale] = v
	}
	for what, v := range texts {
		text, _ := v.(string)
		if n := length(text); strings.TrimSpace(text) == "" || n > 100 {
			k.bad("%s%s of %d characters", at, what, n)
		}
	}
}

func (k *commandCheck) options(at string, raw []any, depth int) {
	options := objects(raw)
	if len(options) > 25 {
		k.bad("%s%d options", at, len(options))
	}
	optional, subs, seen := false, 0, map[string]bool{}
	for _, o := range options {
		name, kind := str(o, "name"), num(o, "type")
		here := at + name + ": "
		k.chatName(at+"option", name)
		for locale, v := range sub(o, "name_localizations") {
			localised, _ := v.(string)
			k.chatName(here+"name in "+locale, localised)
		}
		k.described(here, o)
		if seen[name] {
			k.bad("%stwice", here)
		}
		seen[name] = true
		switch {
		case kind == optionSub && depth < 2, kind == optionGroup && depth == 0:
			subs++
			k.options(here, list(o, "options"), depth+3-kind)
			continue
		case kind == optionSub || kind == optionGroup:
			k.bad("%snested too deep", here)
		}
		if truth(o, "required") && optional {
			k.bad("%srequired after an optional one", here)
		}
		optional = optional || !truth(o, "required")
		k.choices(here, o)
	}
	if subs > 0 && subs < len(options) {
		k.bad("%ssubcommands beside other options", at)
	}
}

func (k *commandCheck) choices(at string, o object) {
	choices := objects(list(o, "choices"))
	kind := num(o, "type")
	if len(choices) > 25 {
		k.bad("%s%d choices", at, len(choices))
	}
	if len(choices) > 0 && truth(o, "autocomplete") {
		k.bad("%schoices beside autocomplete", at)
	}
	if kind != optionString && kind != optionInteger && kind != optionNumber && (len(choices) > 0 || truth(o, "autocomplete")) {
		k.bad("%schoices for type %d", at, kind)
	}
	for _, c := range choices {
		if n := length(str(c, "name")); n == 0 || n > 100 {
			k.bad("%schoice name of %d characters", at, n)
		}
		if value, ok := c["value"].(string); ok && (value == "" || length(value) > 100) {
			k.bad("%schoice value of %d characters", at, length(value))
		}
	}
	if has(o, "min_length") && has(o, "max_length") && num(o, "min_length") > num(o, "max_length") {
		k.bad("%smin_length over max_length", at)
	}
}

// commandText counts what Discord bounds at 8000: names, descriptions and
// values, of each text the longest localisation.
func commandText(o object) int {
	longest := func(key string) int {
		n := length(str(o, key))
		for _, v := range sub(o, key+"_localizations") {
			text, _ := v.(string)
			n = max(n, length(text))
		}
		return n
	}
	n := longest("name") + longest("description")
	switch v := o["value"].(type) {
	case string:
		n += length(v)
	case json.Number:
		n += len(v)
	}
	for _, key := range []string{"options", "choices"} {
		for _, inner := range objects(list(o, key)) {
			n += commandText(inner)
		}
	}
	return n
}
