package markdown

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/pelletier/go-toml/v2"

	"parley/corpus/read/document"
)

// maxNesting is how deep front matter may be nested. That of sites is at three or
// four at most.
const maxNesting = 32

var errNested = fmt.Errorf("it is nested more than %d deep", maxNesting)

// tooNested reports whether a text has more brackets open at once, or deeper
// indentation or more signs of YAML in a line than front matter has: before its
// parser sees it.
func tooNested(s string) bool {
	for l := range strings.SplitSeq(s, "\n") {
		lead := len(l) - len(strings.TrimLeft(l, " \t-?:"))
		if lead > 4*maxNesting {
			return true
		}
		for _, mark := range []string{"- ", "? ", ": ", "&", "!!", "\""} {
			if strings.Count(l, mark) > 4*maxNesting {
				return true
			}
		}
	}
	open := 0
	for _, c := range []byte(s) {
		switch c {
		case '[', '{':
			if open++; open > maxNesting {
				return true
			}
		case ']', '}':
			open = max(0, open-1)
		}
	}
	return false
}

// readYAML reads YAML without resolving what it repeats: that is done for the
// keys that are asked for.
func readYAML(s string, line int) ([]field, error) {
	if tooNested(s) {
		return nil, &document.LineError{Line: line, Err: errNested}
	}
	file, err := parser.ParseBytes([]byte(s), 0)
	if err != nil {
		return nil, yamlError(err, line)
	}
	y := yamlReader{line: line, anchors: map[string]ast.Node{}}
	for _, d := range file.Docs {
		if d == nil || d.Body == nil {
			continue
		}
		v := y.value(d.Body, 0)
		if v.kind != mapping {
			return nil, &document.LineError{Line: line, Err: errors.New("it is not made of lines \"key: value\"")}
		}
		return v.fields, nil
	}
	return nil, nil
}

func yamlError(err error, line int) error {
	message := err.Error()
	if located, ok := errors.AsType[yaml.Error](err); ok {
		message = located.GetMessage()
		if token := located.GetToken(); token != nil && token.Position != nil {
			line += token.Position.Line - 1
		}
	}
	return &document.LineError{Line: line, Err: errors.New(strings.TrimSpace(message))}
}

type yamlReader struct {
	line    int
	anchors map[string]ast.Node
	left    int // values that may still be made of a key: what is repeated counts each time
}

// maxValues is how many values a key has at most, with those of its own keys.
const maxValues = 1 << 10

// value makes a value of a node. Nodes that are beyond the bounds have none.
func (y *yamlReader) value(n ast.Node, depth int) value {
	if y.left--; n == nil || depth > 0 && y.left < 0 || depth > maxNesting {
		return value{}
	}
	switch n := n.(type) {
	case *ast.AnchorNode:
		if n.Name != nil {
			y.anchors[n.Name.String()] = n.Value
		}
		return y.value(n.Value, depth+1)
	case *ast.AliasNode:
		if n.Value != nil {
			return y.value(y.anchors[n.Value.String()], depth+1)
		}
	case *ast.TagNode:
		return y.value(n.Value, depth+1)
	case *ast.NullNode:
	case *ast.StringNode:
		return value{kind: scalar, text: n.Value}
	case *ast.LiteralNode:
		return value{kind: scalar, text: n.Value.Value}
	case *ast.MappingNode:
		v := value{kind: mapping}
		for _, pair := range n.Values {
			v.fields = append(v.fields, y.pair(pair, depth))
		}
		return v
	case *ast.MappingValueNode:
		return value{kind: mapping, fields: []field{y.pair(n, depth)}}
	case *ast.SequenceNode:
		v := value{kind: list}
		for _, one := range n.Values {
			v.list = append(v.list, y.value(one, depth+1))
		}
		return v
	default:
		if t := n.GetToken(); t != nil {
			return value{kind: scalar, text: t.Value}
		}
	}
	return value{}
}

func (y *yamlReader) pair(n *ast.MappingValueNode, depth int) field {
	if depth == 0 {
		y.left = maxValues
	}
	f := field{line: y.line, value: y.value(n.Value, depth+1)}
	if y.left < 0 { // what repeats itself without end says nothing
		f.value = value{kind: endless}
	}
	if n.Key != nil {
		f.key = strings.Trim(n.Key.String(), `"'`)
		if t := n.Key.GetToken(); t != nil {
			f.key = t.Value
			if t.Position != nil {
				f.line += t.Position.Line - 1
			}
		}
	}
	return f
}

// readTOML reads TOML.
func readTOML(s string, line int) ([]field, error) {
	if tooNested(s) || deepKey(s) {
		return nil, &document.LineError{Line: line, Err: errNested}
	}
	var v map[string]any
	if err := toml.Unmarshal([]byte(s), &v); err != nil {
		if located, ok := errors.AsType[*toml.DecodeError](err); ok {
			row, _ := located.Position()
			return nil, &document.LineError{Line: line + row - 1, Err: errors.New(strings.TrimPrefix(located.Error(), "toml: "))}
		}
		return nil, &document.LineError{Line: line, Err: err}
	}
	return decoded(v, s, line, 0).fields, nil
}

// deepKey reports whether a key of TOML has more parts than keys are nested.
func deepKey(s string) bool {
	for l := range strings.Lines(s) {
		key, _, _ := strings.Cut(l, "=")
		if strings.Count(key, ".") > maxNesting {
			return true
		}
	}
	return false
}

// readJSON reads JSON.
func readJSON(s string, line int) ([]field, error) {
	if tooNested(s) {
		return nil, &document.LineError{Line: line, Err: errNested}
	}
	var v map[string]any
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, &document.LineError{Line: line + strings.Count(s[:d.InputOffset()], "\n"), Err: err}
	}
	return decoded(v, s, line, 0).fields, nil
}

// cutJSON cuts a JSON object from the start of a text. A text that only begins
// with a bracket is a text.
func cutJSON(s string) (f front, body string) {
	head := s[:min(len(s), maxFront)]
	if tooNested(head) {
		return f, s
	}
	d := json.NewDecoder(strings.NewReader(head))
	d.UseNumber()
	var v map[string]any
	if err := d.Decode(&v); err != nil || len(v) == 0 {
		return f, s
	}
	end := int(d.InputOffset())
	_, body, _ = strings.Cut(s[end:], "\n")
	if len(strings.TrimSpace(s[end:len(s)-len(body)])) > 0 {
		return f, s
	}
	f.fields = decoded(v, s[:end], 1, 0).fields
	return f, body
}

// decoded makes a value of what TOML or JSON was decoded to. The line of a key is
// the first that it stands at the start of.
func decoded(v any, source string, line, depth int) value {
	switch v := v.(type) {
	case nil:
		return value{}
	case []any:
		out := value{kind: list}
		for _, one := range v {
			out.list = append(out.list, decoded(one, source, line, depth+1))
		}
		return out
	case map[string]any:
		out := value{kind: mapping}
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			out.fields = append(out.fields, field{key, decoded(v[key], source, line, depth+1), line})
		}
		if depth <= 1 {
			findLines(out.fields, source, line)
		}
		return out
	case time.Time:
		return value{kind: scalar, text: v.Format(time.RFC3339)}
	}
	return value{kind: scalar, text: fmt.Sprint(v)}
}

// findLines finds the lines of keys in their source.
func findLines(fields []field, source string, first int) {
	lines := map[string]int{}
	number := first
	for l := range strings.SplitSeq(source, "\n") {
		if m := keyLine().FindStringSubmatch(strings.TrimLeft(l, " \t{")); m != nil && lines[m[1]] == 0 {
			lines[m[1]] = number
		}
		number++
	}
	for i := range fields {
		if at := lines[fields[i].key]; at > 0 {
			fields[i].line = at
		}
	}
}
