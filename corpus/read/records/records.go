// Package records reads files of many articles.
package records

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/plain"
)

// record is one line of a .jsonl file. Keys it does not name are ignored.
type record struct {
	ID        looseString `json:"id"`
	Title     string      `json:"title"`
	Publisher string      `json:"publisher"`
	Author    looseString `json:"author"`
	Date      string      `json:"date"`
	URL       string      `json:"url"`
	Text      *string     `json:"text"`
}

// looseString is a string that some exporters write as a number, a list of
// strings or null.
type looseString string

// UnmarshalJSON accepts a string, a number, null, or a list of strings, which
// it joins with commas.
func (s *looseString) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*s = looseString(text)
		return nil
	}
	var list []string
	if err := json.Unmarshal(data, &list); err == nil {
		*s = looseString(strings.Join(list, ", "))
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(data, &number); err == nil {
		*s = looseString(number)
		return nil
	}
	return errors.New("want a string")
}

// ReadLines reads one article a line. A line that is none is refused.
func ReadLines(m *limit.Meter, content string) ([]*document.Document, []document.Note, error) {
	var out []*document.Document
	var refused []document.Note
	line := 0
	for raw := range strings.SplitSeq(content, "\n") {
		line++
		if strings.TrimSpace(raw) == "" {
			continue
		}
		if err := m.Nodes(1); err != nil {
			return nil, nil, err
		}
		d, err := readRecord(raw, line, m.Limits().ArticleBytes)
		if err != nil {
			refused = append(refused, document.Note{Line: line, Reason: err.Error()})
			continue
		}
		out = append(out, d)
	}
	return out, refused, nil
}

func readRecord(raw string, line int, limit int64) (*document.Document, error) {
	if int64(len(raw)) > limit {
		return nil, fmt.Errorf("has more than %d bytes, the limit for one article", limit)
	}
	var r record
	if err := json.Unmarshal([]byte(raw), &r); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, fmt.Errorf("is not JSON: %w at byte %d", err, syntax.Offset)
		}
		return nil, fmt.Errorf("is not an article: %w", err)
	}
	if r.Text == nil {
		return nil, fmt.Errorf(`has no "text", only %s`, keys(raw))
	}
	// The text is somebody's data set, cleaned already: it keeps every word.
	d := &document.Document{Line: line, Part: strconv.Itoa(line), Light: true, Blocks: plain.Blocks(*r.Text, 0)}
	for i := range d.Blocks {
		d.Blocks[i].Line = line
	}
	for _, f := range []struct {
		field      document.Field
		key, value string
	}{
		{document.ID, "id", string(r.ID)},
		{document.Title, "title", r.Title},
		{document.Publisher, "publisher", r.Publisher},
		{document.Author, "author", string(r.Author)},
		{document.URL, "url", r.URL},
		{document.Published, "date", r.Date},
	} {
		d.Statements = append(d.Statements, document.Statement{Field: f.field, Value: f.value, From: fmt.Sprintf("field %q", f.key), Line: line})
	}
	return d, nil
}

// keys lists the keys of a JSON object for an error.
func keys(raw string) string {
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &object) != nil || len(object) == 0 {
		return "{}"
	}
	names := make([]string, 0, len(object))
	for k := range object {
		names = append(names, fmt.Sprintf("%q", k))
	}
	slices.Sort(names)
	return strings.Join(names[:min(len(names), 8)], ", ")
}
