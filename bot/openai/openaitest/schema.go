package openaitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// format reads response_format.
func (g *reading) format(fields map[string]json.RawMessage) {
	var f struct {
		Type       string `json:"type"`
		JSONSchema *struct {
			Name        string          `json:"name"`
			Description string          `json:"description"`
			Strict      bool            `json:"strict"`
			Schema      json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	}
	if !g.into(fields, "response_format", &f) {
		return
	}
	g.r.Format = f.Type
	switch {
	case f.Type == "text" || f.Type == "json_object":
		if f.JSONSchema != nil {
			g.wrong(RuleSchema, "response_format.json_schema: is there with type %s", f.Type)
		}
		return
	case f.Type != "json_schema" || f.JSONSchema == nil:
		g.wrong(RuleSchema, "response_format.type: %q", f.Type)
		return
	}
	g.r.SchemaName, g.r.Schema = f.JSONSchema.Name, f.JSONSchema.Schema
	if !regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`).MatchString(f.JSONSchema.Name) {
		g.wrong(RuleSchema, "response_format.json_schema.name: %q", f.JSONSchema.Name)
	}
	if !f.JSONSchema.Strict {
		g.wrong(RuleSchema, "response_format.json_schema.strict: is not true")
	}
	var schema any
	if err := json.Unmarshal(f.JSONSchema.Schema, &schema); err != nil {
		g.wrong(RuleSchema, "response_format.json_schema.schema: %v", err)
		return
	}
	root, _ := schema.(map[string]any)
	if root["type"] != "object" {
		g.wrong(RuleSchema, "Invalid schema for response_format: the root is no object")
	}
	for _, what := range strict(schema, "schema", 0) {
		g.wrong(RuleSchema, "Invalid schema for response_format: %s", what)
	}
}

// The bounds of strict mode
// (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
const (
	maxDepth      = 10
	maxProperties = 5000
	maxEnum       = 1000
)

// strict says what strict mode does not take of a schema.
func strict(schema any, at string, depth int) []string {
	var wrong []string
	bad := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	s, ok := schema.(map[string]any)
	if !ok {
		return []string{at + ": is no object"}
	}
	if depth > maxDepth {
		return []string{at + ": is nested too deep"}
	}
	for _, key := range slices.Sorted(maps.Keys(s)) {
		if !slices.Contains([]string{
			"type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "description", "title",
			"$defs", "definitions", "$ref", "$schema", "pattern", "format", "minimum", "maximum", "exclusiveMinimum",
			"exclusiveMaximum", "multipleOf", "minItems", "maxItems",
		}, key) {
			bad("%q is not permitted", key)
		}
	}
	if len(list(s["enum"])) > maxEnum {
		bad("the enum is too long")
	}
	if has(s["type"], "object") || s["properties"] != nil {
		properties, _ := s["properties"].(map[string]any)
		if s["additionalProperties"] != false {
			bad("'additionalProperties' is required to be supplied and to be false")
		}
		if len(properties) > maxProperties {
			bad("too many properties")
		}
		required := list(s["required"])
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			if !slices.Contains(required, any(name)) {
				bad("'required' does not name %q", name)
			}
			wrong = append(wrong, strict(properties[name], at+"."+name, depth+1)...)
		}
		for _, name := range required {
			if n, ok := name.(string); !ok || properties[n] == nil {
				bad("'required' names %v, which is no property", name)
			}
		}
	}
	if has(s["type"], "array") || s["items"] != nil {
		wrong = append(wrong, strict(s["items"], at+"[]", depth+1)...)
	}
	for i, option := range list(s["anyOf"]) {
		wrong = append(wrong, strict(option, fmt.Sprintf("%s.anyOf.%d", at, i), depth+1)...)
	}
	for _, key := range []string{"$defs", "definitions"} {
		defs, _ := s[key].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(defs)) {
			wrong = append(wrong, strict(defs[name], at+"."+name, depth+1)...)
		}
	}
	if s["type"] == nil && s["anyOf"] == nil && s["$ref"] == nil && s["enum"] == nil && s["const"] == nil {
		bad("has no type")
	}
	return wrong
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// has reports whether a schema's type is, or may be, one of JSON's types.
func has(types any, want string) bool {
	return types == want || slices.Contains(list(types), any(want))
}
