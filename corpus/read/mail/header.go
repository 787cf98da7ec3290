package mail

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	netmail "net/mail"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"parley/corpus/internal/text"
)

// header is what stands above a message or a part, in its order.
type header []headerField

type headerField struct {
	name  string // in lower case
	value string // unfolded
	line  int
}

// splitHeader parts what stands above a text from it. Lines that are no field
// are passed over: mailboxes and gateways leave some.
func splitHeader(data []byte, line int) (h header, body []byte, bodyLine int) {
	for len(data) > 0 {
		raw, rest, _ := bytes.Cut(data, []byte("\n"))
		l := strings.TrimRight(string(raw[:min(len(raw), maxField)]), "\r \t")
		name, value, isField := strings.Cut(l, ":")
		switch {
		case l == "" && len(h) > 0 && len(bytes.TrimSuffix(raw, []byte("\r"))) > 0 && foldedOn(rest): // a blank line within a folded field
		case l == "" && len(h) > 0:
			return h, rest, line + 1
		case l == "": // blank lines above the header
		case (l[0] == ' ' || l[0] == '\t') && len(h) > 0:
			if f := &h[len(h)-1]; len(f.value) < maxField {
				f.value = strings.TrimSpace(f.value + " " + strings.TrimSpace(l))
			}
		case isField && isFieldName(name):
			h = append(h, headerField{strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value), line})
		case len(h) > 0:
			return h, data, line // a text without a blank line above it
		}
		data, line = rest, line+1
	}
	return h, nil, line
}

// foldedOn reports whether a text begins with lines that go on a field, and
// another field below them.
func foldedOn(data []byte) bool {
	folded := false
	for raw := range bytes.Lines(data[:min(len(data), maxField)]) {
		if raw[0] == ' ' || raw[0] == '\t' {
			folded = len(bytes.TrimSpace(raw)) > 0 || folded
			continue
		}
		name, _, ok := bytes.Cut(raw, []byte(":"))
		return folded && ok && isFieldName(string(name))
	}
	return false
}

// maxField bounds one field: a list of recipients may have thousands.
const maxField = 1 << 16

func isFieldName(s string) bool {
	s = strings.TrimRight(s, " \t")
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7F {
			return false
		}
	}
	return s != ""
}

// isMessage reports whether a header is that of a message, or of what programs
// save of one.
func (h header) isMessage() bool {
	for _, name := range []string{"from", "date", "subject", "mime-version", "content-type"} {
		if h.get(name) != "" {
			return true
		}
	}
	return false
}

// field returns the first field of a name.
func (h header) field(name string) (headerField, bool) {
	for _, f := range h {
		if f.name == name {
			return f, true
		}
	}
	return headerField{}, false
}

// get is the text of the first field of a name, decoded.
func (h header) get(name string) string {
	f, _ := h.field(name)
	return decodeWords(f.value)
}

// decodeWords decodes the encoded words in the text of a field, and the bytes
// of those that were not encoded.
func decodeWords(s string) string {
	if !utf8.ValidString(s) {
		s, _ = charmap.Windows1252.NewDecoder().String(s)
	}
	if !strings.Contains(s, "=?") {
		return s
	}
	if out, err := wordDecoder().DecodeHeader(s); err == nil {
		return out
	}
	return s
}

func wordDecoder() *mime.WordDecoder {
	return &mime.WordDecoder{CharsetReader: func(name string, in io.Reader) (io.Reader, error) {
		e, _ := charset.Lookup(name)
		if e == nil {
			return nil, fmt.Errorf("unknown charset %q", name)
		}
		return e.NewDecoder().Reader(in), nil
	}}
}

// contentType is the type of a part with its parameters, text/plain if it says
// none that is understood.
func (h header) contentType() (string, map[string]string) {
	f, ok := h.field("content-type")
	if !ok {
		return "text/plain", nil
	}
	kind, params, err := mime.ParseMediaType(f.value)
	if err == nil || kind != "" {
		return kind, params
	}
	kind, rest, _ := strings.Cut(f.value, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	params = make(map[string]string)
	for p := range strings.SplitSeq(rest, ";") { // parameters that are written wrongly
		if name, value, ok := strings.Cut(p, "="); ok {
			params[strings.ToLower(strings.TrimSpace(name))] = strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	if !strings.Contains(kind, "/") {
		kind = "text/plain"
	}
	return kind, params
}

// fileName is the name of a part that is an attachment, and whether it is one.
func (h header) fileName() (string, bool) {
	f, _ := h.field("content-disposition")
	kind, params, _ := mime.ParseMediaType(f.value)
	name := decodeWords(params["filename"])
	if name == "" {
		_, params := h.contentType()
		name = decodeWords(params["name"])
	}
	return strings.TrimSpace(name), strings.EqualFold(kind, "attachment")
}

// archived is an address as archives of lists show it: "ada at gazette.example
// (Ada Holm)".
var archived = text.Pattern(`^(\S+) at ([\w-]+(?:\.[\w-]+)+)(?: \((.+)\))?$`)

// address is the first name and address of a field of addresses.
func (h header) address(name string) (person, address string) {
	f, ok := h.field(name)
	if !ok {
		return "", ""
	}
	parser := netmail.AddressParser{WordDecoder: wordDecoder()}
	if list, err := parser.ParseList(f.value); err == nil && len(list) > 0 {
		return strings.TrimSpace(list[0].Name), list[0].Address
	}
	value := decodeWords(f.value)
	if m := archived().FindStringSubmatch(value); m != nil {
		return m[3], m[1] + "@" + m[2]
	}
	// Names with a stop or comma that should stand in quotation marks.
	person, rest, ok := strings.Cut(value, "<")
	if !ok {
		if strings.Contains(value, "@") {
			return "", strings.TrimSpace(value)
		}
		return strings.Trim(strings.TrimSpace(value), `"'`), ""
	}
	address, _, _ = strings.Cut(rest, ">")
	return strings.Trim(strings.TrimSpace(person), `"'`), strings.TrimSpace(address)
}
