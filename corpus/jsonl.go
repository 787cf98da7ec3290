package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
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

// parseJSONL reads one article a line. A line that is none is refused.
func parseJSONL(f file, text string, opts ReadOptions) ([]source, []Refusal) {
	var out []source
	var refused []Refusal
	line := 0
	for raw := range strings.SplitSeq(text, "\n") {
		line++
		if strings.TrimSpace(raw) == "" {
			continue
		}
		s, err := parseRecord(raw, line, opts.MaxArticleBytes)
		if err != nil {
			refused = append(refused, Refusal{Path: f.path, Line: line, Reason: err.Error()})
			continue
		}
		s.path = f.path
		for i := range s.warned {
			s.warned[i] = Refusal{Path: f.path, Line: line, Reason: s.warned[i].Reason}
		}
		if s.article.ID == "" {
			s.article.ID = fmt.Sprintf("%s:%d", f.id, line)
		}
		out = append(out, s)
	}
	return out, refused
}

func parseRecord(raw string, line int, limit int64) (source, error) {
	if int64(len(raw)) > limit {
		return source{}, fmt.Errorf("has more than %d bytes, the limit for one article", limit)
	}
	var r record
	if err := json.Unmarshal([]byte(raw), &r); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return source{}, fmt.Errorf("is not JSON: %w at byte %d", err, syntax.Offset)
		}
		return source{}, fmt.Errorf("is not an article: %w", err)
	}
	if r.Text == nil {
		return source{}, fmt.Errorf(`has no "text", only %s`, keys(raw))
	}
	// The text is somebody's data set, cleaned already: it keeps every word.
	s := source{line: line, light: true, blocks: textBlocks(*r.Text, 0)}
	for i := range s.blocks {
		s.blocks[i].line = line
	}
	s.article = Article{
		ID:        strings.TrimSpace(string(r.ID)),
		Title:     oneLine(r.Title),
		Publisher: oneLine(r.Publisher),
		Author:    oneLine(string(r.Author)),
		URL:       strings.TrimSpace(r.URL),
	}
	if strings.TrimSpace(r.Date) != "" {
		day, ok := parseTime(r.Date)
		if !ok {
			s.warned = append(s.warned, Refusal{Reason: fmt.Sprintf("date %q is not understood: write it as 2006-01-02", r.Date)})
		}
		s.article.Published = day
	}
	return s, nil
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

// oneLine is text of metadata: normalised, without line ends.
func oneLine(s string) string {
	return squeeze(strings.ReplaceAll(normalise(s), "\n", " "))
}
