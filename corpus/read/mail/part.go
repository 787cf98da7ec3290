package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"parley/corpus/read/decode"
	"parley/corpus/read/limit"
)

// parts are the texts found in a message, and what else was.
type parts struct {
	m        *limit.Meter
	texts    []*texts // in order: what is to be read one after the other
	choice   *texts   // the alternatives that are being read, nil outside of them
	messages []messagePart
	attached []string // names
	locked   string   // why nothing of it can be read
}

// texts are one text, or the same text in several forms.
type texts struct{ plain, html []textPart }

type textPart struct {
	text          string
	line          int // of the first line, where the text stands in the file as it is; else of the part
	asIs          bool
	flowed, delSp bool
}

type messagePart struct {
	data  []byte
	line  int
	depth int // of parts around it
}

// read takes a part apart.
func (p *parts) read(h header, data []byte, line, depth int) error {
	if err := p.m.Depth(depth); err != nil {
		return err
	}
	if err := p.m.Nodes(1); err != nil {
		return err
	}
	kind, params := h.contentType()
	name, attached := h.fileName()
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		if kind == "multipart/encrypted" {
			p.locked = "is encrypted: save it decrypted"
			return nil
		}
		if kind == "multipart/alternative" && p.choice == nil {
			p.choice = &texts{}
			p.texts = append(p.texts, p.choice)
			defer func() { p.choice = nil }()
		}
		return p.multi(data, line, depth, params["boundary"], kind == "multipart/digest")
	case kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime":
		p.locked = "is encrypted or signed with S/MIME: save it decrypted"
		return nil
	case kind == "message/rfc822" || kind == "message/global":
		inner, err := p.decode(h, data)
		p.messages = append(p.messages, messagePart{inner, line, depth + 1})
		return err
	case !attached && (kind == "text/plain" || kind == "text/html" || kind == "application/xhtml+xml"):
		raw, err := p.decode(h, data)
		if err != nil {
			return err
		}
		t := textPart{text: toUTF8(raw, params["charset"], kind), line: line}
		t.asIs = len(raw) == len(data)
		t.flowed, t.delSp = strings.EqualFold(params["format"], "flowed"), strings.EqualFold(params["delsp"], "yes")
		to := p.choice
		if to == nil {
			to = &texts{}
			p.texts = append(p.texts, to)
		}
		if kind == "text/plain" {
			to.plain = append(to.plain, t)
		} else {
			to.html = append(to.html, t)
		}
		return nil
	}
	if attached || name != "" && !strings.HasPrefix(kind, "image/") {
		if name == "" {
			name = kind
		}
		p.attached = append(p.attached, name)
	}
	return nil
}

// multi takes the parts between the boundaries of a part. What follows a missing
// last boundary is read all the same.
func (p *parts) multi(data []byte, line, depth int, boundary string, digest bool) error {
	if boundary == "" {
		return errors.New("is damaged: its parts are parted by nothing")
	}
	mark := []byte("--" + boundary)
	first := line
	start, startLine := -1, 0
	for at := 0; at < len(data); line++ {
		end := len(data)
		if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
			end = at + n + 1
		}
		if l := data[at:end]; bytes.HasPrefix(l, mark) {
			rest := bytes.TrimSpace(l[len(mark):])
			if last := bytes.Equal(rest, []byte("--")); last || len(rest) == 0 {
				if start >= 0 {
					if err := p.one(trimEnd(data[start:at]), startLine, depth, digest); err != nil {
						return err
					}
				}
				start, startLine = end, line+1
				if last {
					return nil
				}
			}
		}
		at = end
	}
	if start < 0 {
		return p.read(nil, data, first, depth+1) // no boundary at all: its text may follow
	}
	return p.one(data[start:], startLine, depth, digest)
}

// trimEnd takes the line end off that belongs to the boundary.
func trimEnd(data []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(data, []byte("\n")), []byte("\r"))
}

// one reads a part, which begins with a header or with the blank line that ends
// an empty one.
func (p *parts) one(data []byte, line, depth int, digest bool) error {
	var h header
	if first, rest, _ := bytes.Cut(data, []byte("\n")); len(bytes.TrimSpace(first)) == 0 {
		data, line = rest, line+1
	} else {
		h, data, line = splitHeader(data, line)
	}
	if _, ok := h.field("content-type"); !ok && digest {
		h = append(h, headerField{"content-type", "message/rfc822", line})
	}
	return p.read(h, data, line, depth+1)
}

// decode undoes the transfer encoding of a part. What is damaged is read as far
// as it can be.
func (p *parts) decode(h header, data []byte) ([]byte, error) {
	var in io.Reader
	switch encoding := strings.ToLower(strings.TrimSpace(h.get("content-transfer-encoding"))); encoding {
	case "quoted-printable":
		in = quotedprintable.NewReader(bytes.NewReader(data))
	case "base64":
		in = base64.NewDecoder(base64.StdEncoding, &onlyBase64{data})
	default: // 7bit, 8bit, binary, and what nobody knows
		return data, p.m.Unpack(int64(len(data)))
	}
	most := p.m.Limits().ArticleBytes
	out, err := io.ReadAll(io.LimitReader(in, most+1))
	if int64(len(out)) > most {
		return nil, fmt.Errorf("has more than %d bytes, the limit for one article", most)
	}
	if err != nil && len(out) < len(data)/4 { // not decodable: perhaps it is not encoded
		out = data
	}
	return out, p.m.Unpack(int64(len(out)))
}

// onlyBase64 reads the characters of base64 in a text and passes over the rest.
type onlyBase64 struct{ data []byte }

// Read implements [io.Reader].
func (r *onlyBase64) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) && len(r.data) > 0 {
		c := r.data[0]
		r.data = r.data[1:]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
			p[n] = c
			n++
		}
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// toUTF8 decodes the text of a part: as UTF-8 if it is, whatever it says, else by
// the charset it names, or that an HTML text names itself, else as any file.
func toUTF8(data []byte, name, kind string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	e, canonical := charset.Lookup(name)
	shifts := strings.HasPrefix(canonical, "iso-2022") || strings.HasPrefix(canonical, "utf-16") // which look like ASCII
	if utf8.Valid(data) && !shifts {
		return string(data)
	}
	if e != nil && canonical != "utf-8" && canonical != "replacement" && name != "us-ascii" && name != "ascii" {
		if out, err := e.NewDecoder().Bytes(data); err == nil {
			return string(out)
		}
	}
	out, err := decode.ToUTF8(data, kind != "text/plain")
	if err != nil {
		return string(bytes.ToValidUTF8(data, []byte("\uFFFD")))
	}
	return out
}
