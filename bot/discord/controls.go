package discord

import (
	"encoding/json"
	"strconv"
	"strings"

	"parley/bot"
	"parley/bot/discord/markup"
)

// A custom_id is how a press is shown, and the action. The action refers to what
// the bot has stored by a number that cannot be guessed.
const (
	idNew    = "n:" // in a new message
	idUpdate = "u:" // in place of the message with the button
	idText   = "text"
)

// customID names an action for Discord. In a list, turning its pages changes the
// list itself.
func customID(a bot.Action, list bool) string {
	if list && (a.Verb == bot.ShowSources || a.Verb == bot.TurnPage) {
		return idUpdate + a.String()
	}
	return idNew + a.String()
}

// parseID reads a custom_id. Ones that are not ours are an error.
func parseID(id string) (a bot.Action, update bool, err error) {
	rest, update := strings.CutPrefix(id, idUpdate)
	if !update {
		var ok bool
		if rest, ok = strings.CutPrefix(id, idNew); !ok {
			return bot.Action{}, false, bot.ErrAction
		}
	}
	a, err = bot.ParseAction(rest)
	return a, update, err
}

// buttons puts a reply's buttons into rows.
func buttons(r *bot.Reply) []component {
	var rows []component
	seen := map[string]bool{}
	asks := false // the button before stands alone on its row
	for _, b := range r.Buttons {
		id := customID(b.Action, r.Page != nil)
		full := len(rows) > 0 && len(rows[len(rows)-1].Components) == maxRow
		apart := (b.Asks || asks) && len(rows) > 0 && len(rows) < maxRow
		asks = b.Asks
		if seen[id] || len(rows) == maxRow && full {
			continue // Discord refuses a message with two of them
		}
		seen[id] = true
		style := styleGrey
		if b.Style == bot.Primary {
			style = styleBlurple
		}
		label := markup.Cut(markup.Line(b.Label), maxLabel)
		if label == "" {
			label = "…"
		}
		if len(rows) == 0 || full || apart {
			rows = append(rows, component{Type: typeRow})
		}
		row := &rows[len(rows)-1]
		row.Components = append(row.Components, component{Type: typeButton, Label: label, Style: style, CustomID: id, Disabled: b.Disabled})
	}
	return rows
}

// form writes a form as a modal.
func form(f *bot.Form) modal {
	in := component{
		Type: typeInput, CustomID: idText, Style: styleLine, Placeholder: markup.Cut(markup.Line(f.Placeholder), maxPlaceholder),
		Required: &f.Required, MaxLength: maxInput,
	}
	if f.Long {
		in.Style = styleLines
	}
	if f.MaxLength > 0 {
		in.MaxLength = min(f.MaxLength, maxInput)
	}
	label := markup.Cut(markup.Line(f.Label), maxModalTitle)
	if label == "" {
		label = nothing
	}
	return modal{
		CustomID: idNew + f.Action.String(), Title: markup.Cut(markup.Line(f.Title), maxModalTitle),
		Components: []component{{Type: typeLabel, Label: label, Component: &in}},
	}
}

// suggestions writes what autocompletion offers. Discord takes no label twice.
func suggestions(from []bot.Choice) choices {
	out := choices{Choices: []choice{}}
	labels := map[string]int{}
	for _, c := range from {
		label := markup.Cut(markup.Line(c.Label), maxChoice)
		if label == "" || c.Value == "" || markup.Len(c.Value) > maxChoice || len(out.Choices) == maxChoices {
			continue
		}
		if labels[label]++; labels[label] > 1 {
			number := " (" + strconv.Itoa(labels[label]) + ")"
			label = markup.Cut(label, maxChoice-len(number)) + number
		}
		out.Choices = append(out.Choices, choice{Name: label, Value: c.Value})
	}
	return out
}

// actionOf finds the action of a button under a message of ours: what a reply
// to the message is about. It may stand at any depth.
func actionOf(components json.RawMessage) bot.Action {
	var all []nested
	if json.Unmarshal(components, &all) != nil {
		return bot.Action{}
	}
	var found bot.Action
	walk(all, func(c *nested) bool {
		a, _, err := parseID(c.CustomID)
		if err == nil {
			found = a
		}
		return err == nil
	})
	return found
}
