package discordtest

import (
	"fmt"
	"strings"
)

// Component types.
const (
	componentRow       = 1
	componentButton    = 2
	componentSelect    = 3
	componentInput     = 4
	componentSection   = 9
	componentText      = 10
	componentThumbnail = 11
	componentGallery   = 12
	componentFile      = 13
	componentSeparator = 14
	componentContainer = 17
	componentLabel     = 18
)

// Button styles that differ from the rest.
const (
	styleLink    = 5
	stylePremium = 6
)

const (
	maxRows         = 5  // without components of version 2
	maxComponentsV2 = 40 // with them, nested ones included
	maxTextV2       = 4000
)

// checker goes through the components of one message or modal.
type checker struct {
	found   []problem
	ids     map[string]bool
	numbers map[int]bool
	count   int
	text    int
}

func (k *checker) refuse(format string, args ...any) {
	k.found = append(k.found, refuse(RuleComponents, format, args...))
}

// checkComponents holds what the specification leaves open about a message's
// components: rows, what each kind needs, and that custom_ids are unique.
func checkComponents(raw []any, v2 bool) []problem {
	k := &checker{ids: map[string]bool{}, numbers: map[int]bool{}}
	if !v2 && len(raw) > maxRows {
		k.refuse("%d rows, %d are allowed", len(raw), maxRows)
	}
	for i, o := range objects(raw) {
		at := fmt.Sprintf("components[%d]", i)
		switch kind := num(o, "type"); {
		case !v2 && kind != componentRow:
			k.refuse("%s: type %d is not an action row", at, kind)
			continue
		case kind == componentButton || kind >= componentSelect && kind < componentSection:
			k.refuse("%s: type %d stands in no row", at, kind)
			continue
		}
		k.walk(at, o)
	}
	if v2 && k.count > maxComponentsV2 {
		k.refuse("%d components, %d are allowed", k.count, maxComponentsV2)
	}
	if v2 && k.text > maxTextV2 {
		k.refuse("%d characters of text, %d are allowed", k.text, maxTextV2)
	}
	return k.found
}

func (k *checker) walk(at string, o object) {
	k.count++
	if n := num(o, "id"); n != 0 {
		if k.numbers[n] {
			k.refuse("%s: id %d a second time", at, n)
		}
		k.numbers[n] = true
	}
	switch kind := num(o, "type"); kind {
	case componentRow:
		k.row(at, objects(list(o, "components")))
	case componentButton:
		k.button(at, o)
	case componentSelect, 5, 6, 7, 8:
		k.menu(at, o)
	case componentText:
		if strings.TrimSpace(str(o, "content")) == "" {
			k.refuse("%s: a text of nothing", at)
		}
		k.text += length(str(o, "content"))
	case componentSection:
		k.section(at, o)
	case componentContainer:
		k.container(at, o)
	case componentSeparator:
		if n := num(o, "spacing"); has(o, "spacing") && n != 1 && n != 2 {
			k.refuse("%s: spacing %d", at, n)
		}
	case componentThumbnail, componentGallery, componentFile:
	case componentInput, componentLabel:
		k.refuse("%s: type %d belongs into a modal", at, kind)
	default:
		k.refuse("%s: type %d is none of a message", at, kind)
	}
}

// container holds the form of a box.
func (k *checker) container(at string, o object) {
	inner := objects(list(o, "components"))
	if len(inner) == 0 {
		k.refuse("%s is empty", at)
	}
	for i, part := range inner {
		if num(part, "type") == componentContainer {
			k.refuse("%s: a container in a container", at)
		}
		k.walk(fmt.Sprintf("%s.components[%d]", at, i), part)
	}
}

// section holds the form of texts beside one other thing.
func (k *checker) section(at string, o object) {
	inner := objects(list(o, "components"))
	if len(inner) == 0 || len(inner) > 3 {
		k.refuse("%s: %d texts, 1 to 3 are allowed", at, len(inner))
	}
	for i, part := range inner {
		if num(part, "type") != componentText {
			k.refuse("%s: type %d is no text", at, num(part, "type"))
		}
		k.walk(fmt.Sprintf("%s.components[%d]", at, i), part)
	}
	accessory := sub(o, "accessory")
	if kind := num(accessory, "type"); kind != componentButton && kind != componentThumbnail {
		k.refuse("%s: type %d is no accessory", at, kind)
		return
	}
	k.walk(at+".accessory", accessory)
}

func (k *checker) row(at string, inner []object) {
	selects := 0
	for i, o := range inner {
		if kind := num(o, "type"); kind != componentButton {
			selects++
		}
		k.walk(fmt.Sprintf("%s.components[%d]", at, i), o)
	}
	switch {
	case len(inner) == 0:
		k.refuse("%s is empty", at)
	case selects > 0 && len(inner) > 1:
		k.refuse("%s mixes a select with others", at)
	case len(inner) > 5:
		k.refuse("%s has %d buttons", at, len(inner))
	}
}

func (k *checker) button(at string, o object) {
	style, link, id := num(o, "style"), str(o, "url"), str(o, "custom_id")
	switch {
	case style == styleLink && (link == "" || id != ""):
		k.refuse("%s: a link button has a url and no custom_id", at)
	case style == styleLink && (!isLink(link) || length(link) > 512):
		k.refuse("%s: url %q", at, link)
	case style != styleLink && style != stylePremium && (id == "" || link != ""):
		k.refuse("%s: a button has a custom_id and no url", at)
	}
	if style < 1 || style > stylePremium {
		k.refuse("%s: style %d", at, style)
	}
	if style != stylePremium && str(o, "label") == "" && !has(o, "emoji") {
		k.refuse("%s: neither label nor emoji", at)
	}
	if n := length(str(o, "label")); n > 80 {
		k.refuse("%s: label of %d characters", at, n)
	}
	if style != styleLink && style != stylePremium {
		k.id(at, id)
	}
}

// id checks a custom_id, which must be unique among all of a message.
func (k *checker) id(at, id string) {
	switch {
	case id == "" || length(id) > 100:
		k.refuse("%s: custom_id of %d characters", at, length(id))
	case k.ids[id]:
		k.refuse("%s: custom_id %q a second time", at, id)
	}
	k.ids[id] = true
}

func (k *checker) menu(at string, o object) {
	k.id(at, str(o, "custom_id"))
	if n := length(str(o, "placeholder")); n > 150 {
		k.refuse("%s: placeholder of %d characters", at, n)
	}
	low, high := 1, 1
	if has(o, "min_values") {
		low = num(o, "min_values")
	}
	if has(o, "max_values") {
		high = num(o, "max_values")
	}
	if low > high || high > 25 {
		k.refuse("%s: from %d to %d values", at, low, high)
	}
	if num(o, "type") != componentSelect {
		return
	}
	options := objects(list(o, "options"))
	if len(options) == 0 || len(options) > 25 {
		k.refuse("%s: %d options", at, len(options))
	}
	if high > len(options) {
		k.refuse("%s: max_values %d of %d options", at, high, len(options))
	}
	seen, preset := map[string]bool{}, 0
	for i, opt := range options {
		value := str(opt, "value")
		if seen[value] {
			k.refuse("%s.options[%d]: value %q a second time", at, i, value)
		}
		seen[value] = true
		if truth(opt, "default") {
			preset++
		}
		for _, key := range []string{"label", "value", "description"} {
			n := length(str(opt, key))
			if n > 100 || n == 0 && key != "description" {
				k.refuse("%s.options[%d].%s of %d characters", at, i, key, n)
			}
		}
	}
	if preset > high {
		k.refuse("%s: %d options are preset, %d may be", at, preset, high)
	}
}

// checkModal holds the form of a modal.
func checkModal(data object) []problem {
	var found []problem
	bad := func(format string, args ...any) { found = append(found, refuse(RuleModal, format, args...)) }
	if n := length(str(data, "title")); n == 0 || n > 45 {
		bad("title of %d characters", n)
	}
	if n := length(str(data, "custom_id")); n == 0 || n > 100 {
		bad("custom_id of %d characters", n)
	}
	rows := objects(list(data, "components"))
	if len(rows) == 0 || len(rows) > 5 {
		bad("%d rows", len(rows))
	}
	ids := map[string]bool{}
	for i, row := range rows {
		var inputs []object
		label := ""
		switch num(row, "type") {
		case componentRow:
			inputs = objects(list(row, "components"))
		case componentLabel:
			inputs = []object{sub(row, "component")}
			label = str(row, "label")
		case componentText:
			continue
		default:
			bad("row %d: type %d", i, num(row, "type"))
			continue
		}
		if len(inputs) != 1 {
			bad("row %d has %d inputs", i, len(inputs))
		}
		for _, in := range inputs {
			id := str(in, "custom_id")
			if id == "" || length(id) > 100 || ids[id] {
				bad("row %d: custom_id %q is empty, too long or there twice", i, id)
			}
			ids[id] = true
			if num(in, "type") == componentInput {
				for _, detail := range checkInput(in, label) {
					bad("row %d: %s", i, detail)
				}
			} else if num(row, "type") == componentRow {
				bad("row %d: type %d is no text input", i, num(in, "type"))
			}
		}
	}
	return found
}

// checkInput holds the form of a text input; label is that of the component
// around it, if any.
func checkInput(in object, label string) []string {
	var found []string
	bad := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	if label == "" {
		label = str(in, "label")
	}
	if n := length(label); strings.TrimSpace(label) == "" || n > 45 {
		bad("label of %d characters", n)
	}
	if n := length(str(in, "placeholder")); n > 100 {
		bad("placeholder of %d characters", n)
	}
	if n := length(str(in, "value")); n > 4000 {
		bad("value of %d characters", n)
	}
	if style := num(in, "style"); style != 1 && style != 2 {
		bad("style %d", style)
	}
	low, high := num(in, "min_length"), 4000
	if has(in, "max_length") {
		high = num(in, "max_length")
	}
	if low < 0 || high < 1 || high > 4000 || low > high {
		bad("from %d to %d characters", low, high)
	}
	return found
}

// checkChoices holds the form of autocomplete choices.
func checkChoices(data object) []problem {
	var found []problem
	choices := objects(list(data, "choices"))
	if len(choices) > 25 {
		found = append(found, refuse(RuleChoices, "%d choices", len(choices)))
	}
	seen := map[string]bool{}
	for i, c := range choices {
		name := str(c, "name")
		if n := length(name); strings.TrimSpace(name) == "" || n > 100 {
			found = append(found, refuse(RuleChoices, "choices[%d]: name of %d characters", i, n))
		}
		if value, ok := c["value"].(string); ok && (value == "" || length(value) > 100) {
			found = append(found, refuse(RuleChoices, "choices[%d]: value of %d characters", i, length(value)))
		}
		if seen[name] {
			found = append(found, refuse(RuleChoices, "choices[%d]: %q a second time", i, name))
		}
		seen[name] = true
	}
	return found
}
