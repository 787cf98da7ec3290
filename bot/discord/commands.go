package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// The types of commands and options, and where commands can be used
// (https://discord.com/developers/docs/interactions/application-commands).
const (
	chatInput = 1

	optionSubcommand = 1
	optionString     = 3
	optionInteger    = 4
	optionBoolean    = 5

	contextPrivate = 2 // group chats and direct messages between people

	installGuild = 0
	installUser  = 1
)

const (
	// maxQuestion bounds a question typed into a command, in characters: as long
	// as a message may be.
	maxQuestion = maxContent
	// maxGapDays is how far back /corpus gaps looks at most. A judgement.
	maxGapDays = 365
)

// definition is a command as Discord keeps it, as far as parley sets it.
type definition struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	DefaultMemberPermissions *string           `json:"default_member_permissions,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types"`
	Options                  []optionDef       `json:"options,omitempty"`
}

type optionDef struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	MaxLength                int               `json:"max_length,omitempty"`
	MinValue                 int               `json:"min_value,omitempty"`
	MaxValue                 int               `json:"max_value,omitempty"`
	Options                  []optionDef       `json:"options,omitempty"`
}

// texts gives a fixed text by language tag.
type texts func(key string) map[string]string

// localised gives a text in English and in Discord's other locales.
func (t texts) localised(key string) (english string, others map[string]string) {
	others = map[string]string{}
	for tag, text := range t(key) {
		switch tag {
		case "en":
			english = text
		case "es":
			others["es-ES"], others["es-419"] = text, text
		default:
			others[tag] = text
		}
	}
	return english, others
}

// command makes a command that can be used wherever Discord has commands.
func (t texts) command(name string, options ...optionDef) definition {
	key := "command." + name
	d := definition{
		Type: chatInput, Options: options,
		Contexts:         []int{contextGuild, contextBotDM, contextPrivate},
		IntegrationTypes: []int{installGuild, installUser},
	}
	d.Name, d.NameLocalizations = t.localised(key + ".name")
	d.Description, d.DescriptionLocalizations = t.localised(key + ".description")
	for i := range d.Options {
		d.Options[i].name(t, key)
	}
	return d
}

// name writes an option's texts, and those of the options below it.
func (o *optionDef) name(t texts, above string) {
	if o.Description != "" {
		return // it has the texts of another command's option
	}
	key := above + "." + o.Name
	o.Name, o.NameLocalizations = t.localised(key + ".name")
	o.Description, o.DescriptionLocalizations = t.localised(key + ".description")
	for i := range o.Options {
		o.Options[i].name(t, key)
	}
}

// definitions are all commands.
func definitions(t texts) []definition {
	private := optionDef{Type: optionBoolean, Name: "private"}
	private.name(t, "command.ask")
	check := t.command("check")
	check.Type, check.Description, check.DescriptionLocalizations = commandMessage, "", nil
	corpus := t.command("corpus",
		optionDef{Type: optionSubcommand, Name: "reload"},
		optionDef{Type: optionSubcommand, Name: "status"},
		optionDef{Type: optionSubcommand, Name: "gaps", Options: []optionDef{
			{Type: optionInteger, Name: "days", MinValue: 1, MaxValue: maxGapDays},
		}},
	)
	// Who may is checked by bot on each use, and only in servers; this only hides
	// the command from the others.
	manage := strconv.Itoa(permManage)
	corpus.DefaultMemberPermissions = &manage
	corpus.Contexts, corpus.IntegrationTypes = []int{contextGuild}, []int{installGuild}
	return []definition{
		t.command("ask",
			optionDef{Type: optionString, Name: "question", Required: true, MaxLength: maxQuestion},
			optionDef{Type: optionString, Name: "article", Autocomplete: true, MaxLength: maxChoice},
			optionDef{Type: optionString, Name: "since", MaxLength: maxChoice},
			optionDef{Type: optionString, Name: "until", MaxLength: maxChoice},
			private,
		),
		t.command("cite", optionDef{Type: optionString, Name: "statement", Required: true, MaxLength: maxQuestion}, private),
		t.command("sources", optionDef{Type: optionString, Name: "topic", MaxLength: maxQuestion}),
		check,
		t.command("forget"), t.command("help"), t.command("about"),
		corpus,
	}
}

// commands is the path of the commands.
func (c *client) commands() string { return "/applications/" + c.app + "/commands" }

// register makes Discord's commands the wanted ones, when they differ. It
// reports whether they did.
func (c *client) register(ctx context.Context, want []definition) (changed bool, err error) {
	path := c.commands()
	var have []definition
	if err := c.do(ctx, http.MethodGet, path+"?with_localizations=true", nil, &have); err != nil {
		return false, fmt.Errorf("list commands: %w", err)
	}
	if sameCommands(have, want) {
		return false, nil
	}
	if err := c.do(ctx, http.MethodPut, path, want, nil); err != nil {
		return false, fmt.Errorf("register commands: %w", err)
	}
	return true, nil
}

// registerTimeout bounds registering the commands: Discord can ask to wait for
// hours, and those of the last time do until then. A judgement.
const registerTimeout = 30 * time.Second

// registerSoon registers the commands unless that would take long.
func (c *client) registerSoon(ctx context.Context, want []definition) (changed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, registerTimeout)
	defer cancel()
	return c.register(ctx, want)
}

// sameCommands compares what parley sets. Discord keeps commands in an order of
// its own, and drops what has its default.
func sameCommands(a, b []definition) bool {
	return slices.Equal(normalised(a), normalised(b))
}

func normalised(defs []definition) []string {
	out := make([]string, 0, len(defs))
	for _, d := range defs {
		d.Contexts, d.IntegrationTypes = slices.Sorted(slices.Values(d.Contexts)), slices.Sorted(slices.Values(d.IntegrationTypes))
		text, _ := json.Marshal(d) // made of strings and numbers
		out = append(out, string(text))
	}
	slices.Sort(out)
	return out
}
