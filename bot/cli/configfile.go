package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/pelletier/go-toml/v2"
)

// loadConfig reads a configuration file over the defaults; no file means the
// defaults. Everything that is wrong with it is reported at once.
func loadConfig(path string) (Config, error) {
	c := Default()
	if path == "" {
		return c, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return c, hint(fmt.Errorf("read configuration: %w", err), "config.example.toml shows every key; without --config everything has its default")
	}
	if err := decodeConfig(path, data, &c); err != nil {
		return c, err
	}
	c.resolve(path)
	return c, nil
}

// decodeConfig decodes a file over what c holds, or says all that is wrong with it.
func decodeConfig(path string, data []byte, c *Config) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		line := 0
		if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, _ = wrong.Position()
		}
		return hint(fmt.Errorf("%s:%d: %s", path, line, strings.TrimPrefix(err.Error(), "toml: ")), "a line is a [table], key = value, or # a comment")
	}
	lines := keyLines(data)
	known := map[string]reflect.Type{}
	schema("", reflect.TypeFor[Config](), known)
	found := wrongKeys("", tree, known)
	good, err := toml.Marshal(tree) // what wrongKeys left: its values can be wrong, too
	if err == nil {
		err = toml.Unmarshal(good, c)
	}
	if err != nil {
		return fmt.Errorf("decode %s: %w", path, err)
	}
	found = append(found, c.problems()...)
	slices.SortStableFunc(found, func(a, b problem) int {
		return cmp.Or(cmp.Compare(lines[a.key], lines[b.key]), cmp.Compare(a.key, b.key))
	})
	if len(found) == 0 {
		return nil
	}
	var all several
	for _, p := range found {
		where := path
		if line := lines[p.key]; line > 0 {
			where = fmt.Sprintf("%s:%d", path, line)
		}
		all = append(all, hint(fmt.Errorf("%s: %s %s", where, p.key, p.wrong), p.remedy))
	}
	return all
}

// schema lists the keys of a struct with the types of their values; a table's
// type is a struct.
func schema(prefix string, t reflect.Type, into map[string]reflect.Type) {
	for f := range t.Fields() {
		key := prefix + f.Tag.Get("toml")
		into[key] = f.Type
		if f.Type.Kind() == reflect.Struct {
			schema(key+".", f.Type, into)
		}
	}
}

// wrongKeys takes out of a decoded file the keys that there are not, and those
// with a value of another type than theirs, and returns them.
func wrongKeys(prefix string, tree map[string]any, known map[string]reflect.Type) []problem {
	var out []problem
	for name, value := range tree {
		key := prefix + name
		want, ok := known[key]
		table, isTable := value.(map[string]any)
		switch {
		case !ok:
			out = append(out, problem{key, "is not a key", nearest(key, known)})
			delete(tree, name)
		case isTable && want.Kind() == reflect.Struct:
			out = append(out, wrongKeys(key+".", table, known)...)
		case !fits(value, want):
			kind, example := describe(want)
			out = append(out, problem{key, "must be " + kind + ", not " + kindOf(value), "write it like this: " + name + " = " + example})
			delete(tree, name)
		}
	}
	return out
}

// fits reports whether a decoded value can be stored in a field.
func fits(value any, want reflect.Type) bool {
	if want == reflect.TypeFor[Shards]() {
		_, text := value.(string)
		_, number := value.(int64)
		return text || number
	}
	switch v := value.(type) {
	case string:
		return want.Kind() == reflect.String
	case bool:
		return want.Kind() == reflect.Bool
	case float64:
		return want.Kind() == reflect.Float64
	case int64:
		switch want.Kind() {
		case reflect.Int, reflect.Int64, reflect.Float64:
			return true
		}
	case []any:
		if want.Kind() != reflect.Slice {
			return false
		}
		return !slices.ContainsFunc(v, func(e any) bool { return !fits(e, want.Elem()) })
	}
	return false
}

// describe says what a field takes, with an example.
func describe(t reflect.Type) (kind, example string) {
	switch t {
	case reflect.TypeFor[Shards]():
		return `"auto" or a whole number`, `"auto"`
	case reflect.TypeFor[[]int]():
		return "a list of whole numbers", "[0, 1]"
	}
	switch t.Kind() {
	case reflect.Struct:
		return "a table", "{ … }, or as a [table] of its own"
	case reflect.Slice:
		return "a list of texts", `["first", "second"]`
	case reflect.String:
		return "text", `"text"`
	case reflect.Bool:
		return "true or false", "true"
	case reflect.Float64:
		return "a number", "0.5"
	default:
		return "a whole number", "5"
	}
}

func kindOf(value any) string {
	switch value.(type) {
	case string:
		return "text"
	case bool:
		return "true or false"
	case int64:
		return "a whole number"
	case float64:
		return "a number with a fraction"
	case []any:
		return "a list like this"
	case map[string]any:
		return "a table"
	default:
		return "a date or time"
	}
}

// keyLines returns the line of every key of a file. A strict decode into a table
// without keys refuses each of them, and its errors know where they stand.
func keyLines(data []byte) map[string]int {
	lines := map[string]int{}
	collect := func(tables any) {
		err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(tables)
		strict, ok := errors.AsType[*toml.StrictMissingError](err)
		if !ok {
			return // not a table here: the pass without tables has its line
		}
		for _, e := range strict.Errors {
			line, _ := e.Position()
			key := strings.Join(e.Key(), ".")
			if _, ok := lines[key]; !ok {
				lines[key] = line
			}
		}
	}
	for f := range reflect.TypeFor[Config]().Fields() {
		empty := reflect.StructField{Name: f.Name, Type: reflect.TypeFor[struct{}](), Tag: f.Tag}
		collect(reflect.New(reflect.StructOf([]reflect.StructField{empty})).Interface())
	}
	collect(&struct{}{})
	return lines
}

// nearest suggests what an unknown key was meant to be.
func nearest(key string, known map[string]reflect.Type) string {
	best, distance := "", len(key)/3+2
	for k := range known {
		d := levenshtein.ComputeDistance(key, k)
		if d < distance || d == distance && best != "" && k < best {
			best, distance = k, d
		}
	}
	if best == "" {
		return "config.example.toml shows every key"
	}
	return "did you mean " + best + "? config.example.toml shows every key"
}
