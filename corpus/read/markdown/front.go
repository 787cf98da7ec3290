package markdown

import (
	"fmt"
	"slices"
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// front is the metadata above a text.
type front struct {
	fields []field
	notes  []document.Note
}

// field is a key with its value.
type field struct {
	key   string
	value value
	line  int // of the file
}

// value is what a key has: one text, several values, or keys of its own.
type value struct {
	kind   valueKind
	text   string
	list   []value
	fields []field
}

type valueKind int

const (
	none valueKind = iota
	scalar
	list
	mapping
)

// maxFront is the longest front matter that is read, in bytes, and maxFrontLines
// in lines. Those of sites have some hundred bytes, rarely some thousand; what the
// parsers need grows with the square.
const (
	maxFront      = 64 << 10
	maxFrontLines = 1500
)

// cutFront takes the front matter from a text. What only looks like one, such as
// the text between two rules, stays in the body.
func cutFront(s string) (f front, body string) {
	first, rest, _ := strings.Cut(s, "\n")
	switch strings.TrimRight(first, " \t") {
	case "---":
		return cutFenced(s, rest, readYAML, "---", "...")
	case "+++":
		return cutFenced(s, rest, readTOML, "+++")
	case ";;;":
		return cutFenced(s, rest, readJSON, ";;;")
	case "{":
		return cutJSON(s)
	}
	switch {
	case strings.HasPrefix(first, "{\"") || strings.HasPrefix(first, "{ \""):
		return cutJSON(s)
	case strings.HasPrefix(first, "% "):
		return cutTitleBlock(s)
	}
	return cutHeaders(s)
}

// reader reads front matter of a format; its first line has the given number. It
// fails for what is not of that format, with the line of the mistake.
type reader func(s string, line int) ([]field, error)

// keyLine is a line of front matter of any format, read without regard for the
// rest: a title with a colon in it is YAML's commonest mistake.
var keyLine = text.Pattern(`^"?([A-Za-z][\w .-]{0,40}?)"?\s*[:=]\s*(.*)$`)

// cutFenced cuts front matter between two lines. The first is cut from rest.
func cutFenced(s, rest string, read reader, ends ...string) (f front, body string) {
	inner, after, closed := cutAtLine(rest, ends)
	if !closed {
		// To the first blank line, if that looks like front matter.
		inner, after, _ = cutAtLine(rest, []string{""})
	}
	if strings.TrimSpace(inner) == "" && closed && !strings.Contains(inner, "\n\n") {
		return f, after
	}
	head, _, _ := strings.Cut(strings.TrimLeft(inner, "\n"), "\n")
	looks := keyLine().MatchString(head) || strings.HasPrefix(head, "#") || strings.HasPrefix(head, "[")
	if len(inner) > maxFront || strings.Count(inner, "\n") > maxFrontLines {
		if !looks {
			return f, s
		}
		f.note(1, fmt.Sprintf("has more than %d lines or %d bytes and was not read", maxFrontLines, maxFront))
		return f, after
	}
	fields, err := read(inner, 2)
	if err != nil {
		fields = salvage(inner, 2)
	}
	switch {
	case (err != nil || !closed) && (!looks || !known(fields)), err == nil && prose(fields):
		return f, s
	case err != nil:
		f.mistake(err)
	}
	f.fields = fields
	if !closed {
		f.note(1, fmt.Sprintf("is not closed: end it with a line %q", ends[0]))
	}
	return f, after
}

// known reports whether a key is one that is read.
func known(fields []field) bool {
	return slices.ContainsFunc(fields, func(f field) bool {
		name := keyName(f.key)
		return slices.ContainsFunc(keys(), func(k key) bool { return k.name == name }) || name == "draft" || inner(name)
	})
}

// maxKeyWords is how many words a key has at most, and proseWords how many a
// sentence has that only looks like a key and its value.
const (
	maxKeyWords = 4
	proseWords  = 8
)

// prose reports whether fields are sentences between two rules, or nothing.
func prose(fields []field) bool {
	if len(fields) == 0 {
		return true
	}
	return !known(fields) && slices.ContainsFunc(fields, func(f field) bool {
		return text.Words(f.key) > maxKeyWords || f.value.kind == scalar && text.Words(f.value.text) >= proseWords
	})
}

// cutAtLine cuts before and after the first line that is one of ends.
func cutAtLine(s string, ends []string) (before, after string, ok bool) {
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		mark := strings.TrimRight(s[at:end], " \t")
		if slices.Contains(ends, mark) {
			return s[:at], s[next:], true
		}
		at = next
	}
	return s, "", false
}

// note adds a remark for the user about the front matter.
func (f *front) note(line int, what string) {
	f.notes = append(f.notes, document.Note{Line: line, Reason: "front matter " + what})
}

// mistake notes what is wrong in the front matter as a whole.
func (f *front) mistake(err error) {
	line := 1
	if l, ok := err.(*document.LineError); ok { //nolint:errorlint // made here, never wrapped
		line = l.Line
	}
	f.note(line, fmt.Sprintf("has a mistake here (%v): its lines were read one by one", err))
}

// salvage reads the lines of front matter that is broken.
func salvage(s string, line int) []field {
	var out []field
	for l := range strings.SplitSeq(s, "\n") {
		if m := keyLine().FindStringSubmatch(l); m != nil {
			v := strings.TrimSpace(m[2])
			v = strings.TrimSuffix(v, ",")
			if n := len(v); n > 1 && (v[0] == '"' || v[0] == '\'') && v[n-1] == v[0] {
				v = v[1 : n-1]
			}
			if v != "" && !strings.ContainsAny(v[:1], "[{&*|>") {
				out = append(out, field{m[1], value{kind: scalar, text: v}, line})
			}
		}
		line++
	}
	return out
}

// cutTitleBlock cuts Pandoc's title block: up to three lines "% TEXT" of title,
// authors and date; indented lines go on the one before.
func cutTitleBlock(s string) (f front, body string) {
	keys := []string{"title", "author", "date"}
	rest := s
	number, at := 0, -1
	for rest != "" {
		l, after, _ := strings.Cut(rest, "\n")
		switch {
		case strings.HasPrefix(l, "%") && at+1 < len(keys):
			at++
			f.fields = append(f.fields, field{keys[at], value{kind: scalar, text: strings.TrimSpace(l[1:])}, number + 1})
		case strings.HasPrefix(l, " ") && at >= 0 && strings.TrimSpace(l) != "":
			v := &f.fields[at].value
			v.text += authorBreak(keys[at]) + strings.TrimSpace(l)
		case strings.TrimSpace(l) == "":
			return splitAuthors(f), rest
		default:
			return front{}, s
		}
		rest = after
		number++
	}
	return splitAuthors(f), rest
}

func authorBreak(key string) string {
	if key == "author" {
		return "; "
	}
	return " "
}

// splitAuthors takes authors apart that semicolons separate.
func splitAuthors(f front) front {
	for i := range f.fields {
		v := &f.fields[i].value
		if f.fields[i].key == "author" && strings.Contains(v.text, ";") {
			v.kind = list
			for name := range strings.SplitSeq(v.text, ";") {
				v.list = append(v.list, value{kind: scalar, text: strings.TrimSpace(name)})
			}
		}
	}
	return f
}

// headerKey begins MultiMarkdown's headers: a text that begins with another word
// and a colon is a text.
var headerKey = text.Pattern(`(?i)^(title|author|date|published|publisher|source|url|language|id):\s*\S`)

// cutHeaders cuts lines "Key: value" above the first blank line.
func cutHeaders(s string) (f front, body string) {
	if !headerKey().MatchString(s[:min(len(s), maxFront)]) {
		return f, s
	}
	rest := s
	for number := 1; rest != ""; number++ {
		l, after, _ := strings.Cut(rest, "\n")
		m := keyLine().FindStringSubmatch(l)
		switch {
		case strings.TrimSpace(l) == "":
			return f, rest
		case m != nil && strings.Contains(l, ":"):
			f.fields = append(f.fields, field{m[1], value{kind: scalar, text: strings.TrimSpace(m[2])}, number})
		case len(f.fields) > 0 && (l[0] == ' ' || l[0] == '\t'):
			f.fields[len(f.fields)-1].value.text += " " + strings.TrimSpace(l)
		default:
			return front{}, s
		}
		rest = after
	}
	return f, rest
}
