package records

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/corpus/read/limit"
)

// kind is what a value of JSON is.
type kind int

const (
	nullKind   kind = iota
	textKind        // a string
	numberKind      // also NaN and infinities, which some exporters write
	truthKind       // true or false
	objectKind      // its members in braces
	listKind        // its elements in brackets
)

// String is the kind for people, with its article.
func (k kind) String() string {
	return [...]string{"nothing", "a text", "a number", "true or false", "an object", "a list"}[k]
}

// value is a value as it stands in a file: nothing of it is decoded before it
// is asked for, so that what is not needed costs no memory.
type value struct {
	kind kind
	raw  string // as JSON writes it, but the text itself if bare
	bare bool   // a cell of a table, not JSON
	at   int    // offset of raw in the scanned text; the line of a cell
}

// member is one key of an object with its value.
type member struct {
	key   string
	value value
}

// syntaxError says where a text is not JSON.
type syntaxError struct {
	at     int // offset
	reason string
	cut    bool  // the text ended too early
	err    error // the meter's, of a value that is nested too deep
}

func (e *syntaxError) Error() string { return e.reason }

func (e *syntaxError) Unwrap() error { return e.err }

// scanner finds the values in a text of JSON. The library's decoder gives up at
// the first fault and keeps what it reads: this one keeps places only, counts
// depth, and lets a reader go on behind a fault. It also takes NaN, infinities,
// a comma before a closing bracket, and control characters in texts.
type scanner struct {
	m     *limit.Meter
	text  string
	steps int
	list  int // offset of the outermost list that a syntax error was met in, or -1
}

func newScanner(m *limit.Meter, s string) *scanner { return &scanner{m: m, text: s, list: -1} }

// clockEvery is how many values are scanned between two looks at the clock.
const clockEvery = 1 << 12

// fail is a syntax error at an offset.
func (s *scanner) fail(at int, format string, args ...any) error {
	if at >= len(s.text) {
		return &syntaxError{at: at, reason: "is cut off", cut: true}
	}
	return &syntaxError{at: at, reason: "is not JSON: " + fmt.Sprintf(format, args...)}
}

// blank returns the offset of the next byte that is no white space.
func (s *scanner) blank(i int) int {
	for i < len(s.text) {
		switch s.text[i] {
		case ' ', '\n', '\r', '\t':
			i++
		case 0xEF: // a byte order mark, as in files put together from several
			if !strings.HasPrefix(s.text[i:], "\uFEFF") {
				return i
			}
			i += len("\uFEFF")
		default:
			return i
		}
	}
	return i
}

// value finds the value that begins at an offset, and its end.
func (s *scanner) value(i, depth int) (value, int, error) {
	if s.steps++; s.steps%clockEvery == 0 {
		if err := s.m.Clock(); err != nil {
			return value{}, i, err
		}
	}
	if i >= len(s.text) {
		return value{}, i, s.fail(i, "")
	}
	v := value{at: i}
	var end int
	var err error
	switch s.text[i] {
	case '"':
		v.kind = textKind
		end, err = s.str(i)
	case '{':
		v.kind = objectKind
		end, err = s.members(i, depth, func(member) error { return nil })
	case '[':
		v.kind = listKind
		end, err = s.elements(i, depth, func(value) error { return nil })
		if err != nil {
			s.list = i
		}
	default:
		v.kind, end, err = s.literal(i)
	}
	if err != nil {
		return value{}, end, err
	}
	v.raw = s.text[i:end]
	return v, end, nil
}

// str finds the end of the string that begins at an offset.
func (s *scanner) str(i int) (int, error) {
	for at := i + 1; ; {
		n := strings.IndexByte(s.text[at:], '"')
		if n < 0 {
			if line := strings.IndexByte(s.text[i:], '\n'); line >= 0 {
				return 0, s.fail(i, "the text beginning %s has no closing quotation mark", quoteStart(s.text[i:]))
			}
			return 0, s.fail(len(s.text), "")
		}
		if strings.IndexByte(s.text[at:at+n], '\n') >= 0 {
			return 0, s.fail(i, "the text beginning %s has no closing quotation mark in its line", quoteStart(s.text[i:]))
		}
		at += n
		slashes := 0
		for s.text[at-1-slashes] == '\\' {
			slashes++
		}
		at++
		if slashes%2 == 0 {
			return at, nil
		}
	}
}

// literal finds the end of a number or a word.
func (s *scanner) literal(i int) (kind, int, error) {
	end := i
	for end < len(s.text) && !strings.ContainsRune(",]}: \t\r\n\"[{", rune(s.text[end])) {
		end++
	}
	switch word := s.text[i:end]; word {
	case "null":
		return nullKind, end, nil
	case "true", "false":
		return truthKind, end, nil
	case "NaN", "Infinity", "-Infinity":
		return numberKind, end, nil
	default:
		if word != "" && (word[0] == '-' || word[0] >= '0' && word[0] <= '9') && json.Valid([]byte(word)) {
			return numberKind, end, nil
		}
		if end == len(s.text) && (word == "-" || isStart(word, "null", "true", "false", "NaN", "Infinity")) {
			return nullKind, end, s.fail(end, "")
		}
		if strings.HasPrefix(word, "'") {
			return nullKind, end, s.fail(i, "texts and keys stand in double quotation marks")
		}
		if word == "" {
			return nullKind, end, s.fail(i, "%q stands where a value is due", s.text[i:i+1])
		}
		return nullKind, end, s.fail(i, "%s is no value", quoteStart(s.text[i:]))
	}
}

func isStart(word string, of ...string) bool {
	for _, w := range of {
		if strings.HasPrefix(w, word) {
			return true
		}
	}
	return false
}

// members calls yield for each member of the object that begins at an offset,
// and returns the object's end.
func (s *scanner) members(i, depth int, yield func(member) error) (int, error) {
	if err := s.m.Depth(depth); err != nil {
		return i, &syntaxError{at: i, reason: err.Error(), err: err}
	}
	for i = s.blank(i + 1); ; {
		if i >= len(s.text) {
			return i, s.fail(i, "")
		}
		if s.text[i] == '}' {
			return i + 1, nil
		}
		key, at, err := s.key(i)
		if err != nil {
			return at, err
		}
		v, end, err := s.value(at, depth+1)
		if err != nil {
			return i, err
		}
		if err := yield(member{key, v}); err != nil {
			return i, err
		}
		if i, err = s.comma(end, '}'); err != nil {
			return i, err
		}
	}
}

// key reads the key at an offset and returns the offset of its value.
func (s *scanner) key(i int) (string, int, error) {
	if i >= len(s.text) || s.text[i] != '"' {
		return "", i, s.fail(i, "%s stands where a key in double quotation marks is due", quoteStart(s.text[min(i, len(s.text)):]))
	}
	end, err := s.str(i)
	if err != nil {
		return "", i, err
	}
	key := decode(s.text[i:end])
	if i = s.blank(end); i >= len(s.text) || s.text[i] != ':' {
		return "", i, s.fail(i, "a colon is missing after the key %s", quoteStart(key))
	}
	return key, s.blank(i + 1), nil
}

// elements calls yield for each element of the list that begins at an offset,
// and returns the list's end.
func (s *scanner) elements(i, depth int, yield func(value) error) (int, error) {
	if err := s.m.Depth(depth); err != nil {
		return i, &syntaxError{at: i, reason: err.Error(), err: err}
	}
	for i = s.blank(i + 1); ; {
		if i < len(s.text) && s.text[i] == ']' {
			return i + 1, nil
		}
		v, end, err := s.value(i, depth+1)
		if err != nil {
			return i, err
		}
		if err := yield(v); err != nil {
			return i, err
		}
		if i, err = s.comma(end, ']'); err != nil {
			return i, err
		}
	}
}

// comma skips the comma behind a value, unless a bracket closes there.
func (s *scanner) comma(i int, closing byte) (int, error) {
	i = s.blank(i)
	switch {
	case i < len(s.text) && s.text[i] == ',':
		return s.blank(i + 1), nil
	case i < len(s.text) && s.text[i] == closing:
		return i, nil
	}
	return i, s.fail(i, "a comma or %q is missing before %s", closing, quoteStart(s.text[min(i, len(s.text)):]))
}

// most bounds the members and elements that are listed of one value: those are
// names, dates, and the ways to them.
const most = 1 << 12

// membersOf lists the members of a value that is an object.
func (s *scanner) membersOf(v value) ([]member, error) {
	if v.kind != objectKind {
		return nil, nil
	}
	var out []member
	in := newScanner(s.m, v.raw)
	_, err := in.members(0, 1, func(m member) error {
		if len(out) == most {
			return errEnough
		}
		m.value.at += v.at
		out = append(out, m)
		return nil
	})
	return out, enough(err)
}

// elementsOf lists the elements of a value that is a list, at most n.
func (s *scanner) elementsOf(v value, n int) ([]value, error) {
	if v.kind != listKind {
		return nil, nil
	}
	var out []value
	in := newScanner(s.m, v.raw)
	_, err := in.elements(0, 1, func(e value) error {
		e.at += v.at
		if out = append(out, e); len(out) == n {
			return errEnough
		}
		return nil
	})
	return out, enough(err)
}

// errEnough ends a scan early.
var errEnough = errors.New("enough")

func enough(err error) error {
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// String is the text of a value that is a string, a number as it is written,
// and nothing for others.
func (v value) String() string {
	switch {
	case v.bare, v.kind == numberKind:
		return v.raw
	case v.kind == textKind:
		return decode(v.raw)
	}
	return ""
}

// decode is the text of a JSON string. Most have no escapes and are taken as
// they stand.
func decode(raw string) string {
	if inner := raw[1 : len(raw)-1]; strings.IndexByte(inner, '\\') < 0 && utf8.ValidString(inner) {
		return inner
	}
	var out string
	if json.Unmarshal([]byte(raw), &out) == nil {
		return out
	}
	out = mend(raw)
	if json.Unmarshal([]byte(out), &out) != nil {
		return ""
	}
	return out
}

// mend makes JSON of a string with what the scanner lets through: control
// characters become blanks, and escapes that are none lose their backslash.
func mend(raw string) string {
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c < ' ':
			b.WriteByte(' ')
		case c != '\\':
			b.WriteByte(c)
		case strings.IndexByte(`"\/bfnrt`, raw[i+1]) >= 0, raw[i+1] == 'u' && isHex(raw[i+2:]):
			b.WriteString(raw[i : i+2])
			i++
		}
	}
	return b.String()
}

// isHex reports whether a text begins with four digits of base 16.
func isHex(s string) bool {
	for i := range 4 {
		if i == len(s) || strings.IndexByte("0123456789abcdefABCDEF", s[i]) < 0 {
			return false
		}
	}
	return true
}

// quoteStart is the beginning of a text in quotation marks, for an error.
func quoteStart(s string) string {
	const most = 20
	s, _, _ = strings.Cut(s, "\n")
	if n := 0; len(s) > most {
		for i := range s {
			if n++; n > most {
				return fmt.Sprintf("%q…", s[:i])
			}
		}
	}
	return fmt.Sprintf("%q", strings.TrimSpace(s))
}
