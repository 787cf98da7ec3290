package discordtest

import (
	"encoding/json"
	"strconv"
	"unicode/utf16"
)

// object is a decoded JSON object, its numbers json.Number.
type object = map[string]any

func str(o object, key string) string {
	s, _ := o[key].(string)
	return s
}

func list(o object, key string) []any {
	l, _ := o[key].([]any)
	return l
}

// objects are the members of a list that are objects.
func objects(l []any) []object {
	out := make([]object, 0, len(l))
	for _, v := range l {
		if o, ok := v.(object); ok {
			out = append(out, o)
		}
	}
	return out
}

func sub(o object, key string) object {
	s, _ := o[key].(object)
	return s
}

func truth(o object, key string) bool {
	b, _ := o[key].(bool)
	return b
}

// number reads a JSON number or a string of digits, as Discord does.
func number(v any) (int64, bool) {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		return n, err == nil
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err == nil
	case int:
		return int64(v), true
	}
	return 0, false
}

func num(o object, key string) int {
	n, _ := number(o[key])
	return int(n)
}

// has says whether a key is there and not null.
func has(o object, key string) bool {
	v, ok := o[key]
	return ok && v != nil
}

// length counts a text's characters in UTF-16 code units, the stricter of the
// counts in use: Discord's client counts these, its specification code points.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
