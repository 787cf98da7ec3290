package generate

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mend reads a text that is nearly JSON and returns it as JSON, and how many bytes
// of it the value takes: with raw line breaks in strings, single or curly quotes, or
// quotation marks that are not escaped; with commas too many or missing, comments,
// bare names, Python's constants, strings that are added up; or cut off. What is cut
// off itself is left out, since nobody knows how it would have gone on. It reports
// whether an object or a list is there.
func mend(text string) (fixed []byte, n int, ok bool) {
	m := mender{text: text}
	m.space()
	if c := m.peek(); c != '{' && c != '[' {
		return nil, 0, false
	}
	v, _ := m.value(0)
	fixed, err := json.Marshal(v)
	return fixed, m.at, err == nil
}

// maxDeep bounds how deep values may lie in each other.
const maxDeep = 32

// mender is a text being read.
type mender struct {
	text string
	at   int
}

func (m *mender) peek() byte {
	if m.at < len(m.text) {
		return m.text[m.at]
	}
	return 0
}

func (m *mender) over() bool { return m.at >= len(m.text) }

// space passes over blanks and comments.
func (m *mender) space() {
	for !m.over() {
		rest := m.text[m.at:]
		switch {
		case strings.HasPrefix(rest, "//"), rest[0] == '#':
			m.pass(rest, "\n")
		case strings.HasPrefix(rest, "/*"):
			m.pass(rest, "*/")
		default:
			r, n := utf8.DecodeRuneInString(rest)
			if !unicode.IsSpace(r) && r != '\ufeff' && r != '\u200b' {
				return
			}
			m.at += n
		}
	}
}

func (m *mender) pass(rest, end string) {
	if n := strings.Index(rest, end); n >= 0 {
		m.at += n + len(end)
		return
	}
	m.at = len(m.text)
}

// value reads a value. It reports whether it is whole.
func (m *mender) value(deep int) (any, bool) {
	m.space()
	switch c := m.peek(); {
	case deep > maxDeep:
		m.at = len(m.text)
		return nil, false
	case c == '{':
		return m.object(deep), true
	case c == '[':
		return m.list(deep), true
	case m.quote() != "":
		return m.sum()
	}
	return m.word()
}

// object reads an object; one that is cut off has what came before.
func (m *mender) object(deep int) map[string]any {
	m.at++
	out := map[string]any{}
	for {
		m.space()
		switch c := m.peek(); {
		case m.over():
			return out
		case c == '}':
			m.at++
			return out
		case c == ',' || c == ';' || c == ']':
			m.at++
			continue
		}
		var name string
		whole := true
		if m.quote() != "" {
			name, whole = m.str()
		} else {
			name = m.bare()
		}
		m.space()
		if !whole || m.over() {
			return out
		}
		if c := m.peek(); c == ':' || c == '=' {
			m.at++
		} else {
			if name == "" {
				m.at++ // whatever that is
			}
			continue
		}
		if v, whole := m.value(deep + 1); whole {
			out[name] = v
		}
	}
}

func (m *mender) list(deep int) []any {
	m.at++
	out := []any{}
	for {
		m.space()
		switch c := m.peek(); {
		case m.over():
			return out
		case c == ']':
			m.at++
			return out
		case c == '}': // the list was not closed
			return out
		case c == ',' || c == ';':
			m.at++
			continue
		}
		before := m.at
		v, whole := m.value(deep + 1)
		if whole {
			out = append(out, v)
		}
		if m.at == before {
			m.at++
		}
	}
}

// bare reads a name without quotation marks.
func (m *mender) bare() string {
	from := m.at
	for !m.over() && !strings.ContainsRune(":=,;{}[]\"' \t\r\n", rune(m.peek())) {
		m.at++
	}
	return strings.ToValidUTF8(m.text[from:m.at], "")
}

// word reads a number or a constant. One that the text ends with may go on.
func (m *mender) word() (any, bool) {
	word := m.bare()
	if m.over() {
		return nil, false
	}
	switch strings.ToLower(word) {
	case "true", "yes":
		return true, true
	case "false", "no":
		return false, true
	case "null", "none", "nil", "undefined", "nan":
		return nil, true
	}
	if n, err := strconv.ParseFloat(strings.TrimPrefix(word, "+"), 64); err == nil && n > -1e15 && n < 1e15 {
		return n, true
	}
	return word, word != ""
}

// sum reads a string, and those that are added to it.
func (m *mender) sum() (any, bool) {
	text, whole := m.str()
	for whole {
		before := m.at
		m.space()
		if m.peek() != '+' {
			m.at = before
			break
		}
		m.at++
		m.space()
		if m.quote() == "" {
			break
		}
		var more string
		more, whole = m.str()
		text += more
	}
	return text, whole
}

// quote is the quotation mark that a string begins with here; empty for none.
func (m *mender) quote() string {
	for _, q := range [...]string{`"""`, "'''", `"`, "'", "“", "”", "‘", "’", "„", "`"} {
		if strings.HasPrefix(m.text[m.at:], q) && (q != `"""` && q != "'''" || !m.closes(q[:1], m.at+2)) {
			return q
		}
	}
	return ""
}

// ends are the marks that a string may end with.
func ends(quote string) []string {
	switch quote {
	case "“", "”", "„":
		return []string{"”", "“", `"`}
	case "‘", "’":
		return []string{"’", "‘", "'"}
	}
	return []string{quote}
}

// str reads a string. A mark ends it where what follows could come after a string.
func (m *mender) str() (text string, whole bool) {
	quote := m.quote()
	m.at += len(quote)
	var b strings.Builder
	for !m.over() {
		if m.peek() == '\\' {
			m.escape(&b)
			continue
		}
		for _, end := range ends(quote) {
			if strings.HasPrefix(m.text[m.at:], end) && m.closes(end, m.at) {
				m.at += len(end)
				return strings.ToValidUTF8(b.String(), ""), true
			}
		}
		b.WriteByte(m.peek())
		m.at++
	}
	return strings.ToValidUTF8(b.String(), ""), false
}

// escape reads what stands behind a backslash; one that JSON does not know stands
// for itself.
func (m *mender) escape(b *strings.Builder) {
	rest := m.text[m.at:]
	for _, n := range [...]int{12, 6, 2} {
		if len(rest) < n {
			continue
		}
		var one string
		if json.Unmarshal([]byte(`"`+rest[:n]+`"`), &one) == nil && (n != 12 || utf8.RuneCountInString(one) == 1) {
			b.WriteString(one)
			m.at += n
			return
		}
	}
	m.at++ // the backslash alone
	if !m.over() {
		_, n := utf8.DecodeRuneInString(m.text[m.at:])
		b.WriteString(m.text[m.at : m.at+n])
		m.at += n
	}
}

// closes reports whether a quotation mark at a place ends a string: behind it the
// text ends, or a name's colon, a bracket, a sum, or a comma and what can follow one.
func (m *mender) closes(end string, at int) bool {
	after := mender{text: m.text, at: at + len(end)}
	after.space()
	switch c := after.peek(); {
	case after.over(), c == ':', c == '}', c == ']', c == '+':
		return true
	case c == ',':
		after.at++
		after.space()
		return after.over() || strings.ContainsRune("{[}],-0123456789", rune(after.peek())) || after.named() || after.constant()
	}
	return after.named() // a comma is missing
}

// named reports whether a name in quotation marks, or a string of a list, begins
// here, or a bare name with its colon.
func (m *mender) named() bool {
	if q := m.quote(); q != "" {
		at := m.at + len(q)
		for _, end := range ends(q) {
			rest := m.text[at:]
			if n := strings.Index(rest, end); n >= 0 {
				after := mender{text: m.text, at: at + n + len(end)}
				after.space()
				return after.over() || strings.ContainsRune(":,]", rune(after.peek()))
			}
		}
		return true // the text ends within it
	}
	name := mender{text: m.text, at: m.at}
	if name.bare() == "" {
		return false
	}
	name.space()
	return name.peek() == ':'
}

// constant reports whether a constant stands here.
func (m *mender) constant() bool {
	word := mender{text: m.text, at: m.at}
	switch strings.ToLower(word.bare()) {
	case "true", "false", "null", "none":
		return true
	}
	return false
}
