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
	endless // more values than a key has
)

// maxFront is the longest front matter that is read, in bytes, and maxFrontLines
// in lines. Those of sites have some hundred bytes, rarely some thousand; what the
// parsers need grows with the square.
const (
	maxFront      = 64 << 10
	maxFrontLines = 1500
)

// cutFront takes the front matter from a text, and blank lines above it. What only
// looks like one, such as the text between two rules, stays in the body.
func cutFront(s string) (f front, body string) {
	cut := strings.TrimLeft(s, " \t\n")
	if blank := strings.Count(s[:len(s)-len(cut)], "\n"); blank > 0 && (strings.HasPrefix(cut, "---\n") || strings.HasPrefix(cut, "+++\n")) {
		f, body = cutFront(cut)
		moveDown(f.fields, blank)
		for i := range f.notes {
			f.notes[i].Line += blank
		}
		return f, body
	}
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

// moveDown adds to the lines of fields.
func moveDown(fields []field, lines int) {
	for i := range fields {
		fields[i].line += lines
		moveDown(fields[i].value.fields, lines)
	}
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
		// To the first blank line or the first that is none of front matter, if that looks like front matter.
		inner, _, _ = cutAtLine(rest, []string{""})
		inner = inner[:firstText(inner)]
		after = rest[len(inner):]
	}
	if strings.TrimSpace(inner) == "" && closed && !strings.Contains(inner, "\n\n") {
		return f, after
	}
	head, _, _ := strings.Cut(strings.TrimLeft(inner, "\n"), "\n")
	looks := keyLine().MatchString(head) || strings.HasPrefix(head, "#") || strings.HasPrefix(head, "[")
	only := closed && ends[0] != "---" // nothing else stands between such marks
	if len(inner) > maxFront || strings.Count(inner, "\n") > maxFrontLines {
		if !looks && !only {
			return f, s
		}
		f.note(1, fmt.Sprintf("has more than %d lines or %d bytes: only titles, dates and the like in lines of their own were read, as far as that", maxFrontLines, maxFront))
		f.fields = salvage(firstLines(inner), 2)
		return f, after
	}
	fields, err := read(inner, 2)
	if n := lastText(inner); closed && !only && n < len(inner) && (err != nil || slices.ContainsFunc(fields, isSentence)) { // what closes it is a rule in the text
		inner, after, closed = inner[:n], rest[n:], false
		fields, err = read(inner, 2)
	}
	if err != nil {
		fields = salvage(inner, 2)
	}
	switch {
	case only && err != nil, err != nil && keyed(inner): // front matter, whatever is wrong with it
	case (err != nil || !closed) && (!looks || !known(fields)), err == nil && prose(fields) && !only:
		return f, s
	}
	switch {
	case err != nil:
		f.mistake(err)
	}
	f.fields = fields
	if !closed {
		f.note(1, fmt.Sprintf("is not closed: end it with a line %q", ends[0]))
	}
	return f, after
}

// firstText is where the first line begins that is none of front matter.
func firstText(s string) int {
	at := 0
	for l := range strings.Lines(s) {
		if strings.TrimSpace(l) != "" && !isKeyed(l) && !goesOn(l) && l[0] != '#' {
			break
		}
		at += len(l)
	}
	return at
}

// firstLines are as many lines as front matter may have.
func firstLines(s string) string {
	s = s[:min(len(s), maxFront)]
	at := 0
	for range maxFrontLines {
		i := strings.IndexByte(s[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return s[:at]
}

// keyed reports whether all lines are of front matter, one of them with a key that
// is read.
func keyed(s string) bool {
	return firstText(s) == len(s) && slices.ContainsFunc(strings.Split(s, "\n"), func(l string) bool {
		m := keyLine().FindStringSubmatch(l)
		return m != nil && known([]field{{key: m[1]}})
	})
}

// lastText is where lines begin that follow the last key and are no part of its
// value, if some of them are neither blank nor comments.
func lastText(s string) int {
	end, at, text := 0, 0, false
	for l := range strings.Lines(s) {
		at += len(l)
		switch {
		case isKeyed(l), end == at-len(l) && goesOn(l):
			end, text = at, false
		case strings.TrimSpace(l) != "" && l[0] != '#':
			text = true
		}
	}
	if !text {
		return len(s)
	}
	return end
}

// isKeyed reports whether a line of front matter begins with a key. One of
// several words may be the start of a sentence with a colon in it.
func isKeyed(l string) bool {
	m := keyLine().FindStringSubmatch(strings.TrimRight(l, "\n"))
	return m != nil && (!strings.Contains(strings.TrimSpace(m[1]), " ") || known([]field{{key: m[1]}}))
}

// goesOn reports whether a line can be of the value that began above it.
func goesOn(l string) bool {
	return strings.ContainsAny(l[:1], " \t-[]{}\"'") && strings.TrimSpace(l) != ""
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
		return isSentence(f) || f.value.kind == scalar && text.Words(f.value.text) >= proseWords
	})
}

// isSentence reports whether a key is the start of a sentence with a colon in it.
func isSentence(f field) bool { return text.Words(f.key) > maxKeyWords }

// cutAtLine cuts before and after the first line that is one of ends.
func cutAtLine(s string, ends []string) (before, after string, ok bool) {
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		mark := strings.TrimRight(s[at:end], " \t")
		if slices.Contains(ends, mark) || len(mark) > 3 && ends[0] != "" && strings.Trim(mark, ends[0][:1]) == "" {
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
			if n := len(v); n > 0 && (v[0] == '"' || v[0] == '\'') {
				v = strings.TrimSuffix(v[1:], v[:1])
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
