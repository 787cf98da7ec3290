package readtest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// header is the top of a message. An article without an author is sent by its publisher.
func header(t Text) string {
	from := t.Publisher
	if len(t.Authors) > 0 {
		from = strings.Join(t.Authors, " and ")
	}
	sent := day(t.Date).Add(6 * time.Hour).Format("Mon, 2 Jan 2006 15:04:05 -0700 (MST)")
	return fmt.Sprintf("Return-Path: <bounce@letters.example>\nReceived: from out.letters.example by mx.example with ESMTPS; %s\nFrom: %s <news@letters.example>\nTo: reader@mail.example\nSubject: %s\nDate: %s\nMessage-ID: <%s@letters.example>\nMIME-Version: 1.0\n",
		sent, mime.QEncoding.Encode("utf-8", from), mime.BEncoding.Encode("UTF-8", t.Title), sent, slug(t.Name))
}

// writeEML is a letter with the article as text and as HTML.
func writeEML(t Text) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(header(t))
	b.WriteString("List-Unsubscribe: <https://letters.example/u/1>\nContent-Type: multipart/alternative;\n boundary=\"=_Part_77.3\"\n\nThis is a multi-part message in MIME format.\n")
	page := fmt.Sprintf("<html><head><meta charset=\"utf-8\"><style>p{margin:0}</style></head><body>%s<div class=\"footer\"><a href=\"https://letters.example/u/1\">Unsubscribe</a></div><img src=\"https://letters.example/open.gif\" width=\"1\" height=\"1\"></body></html>", fragmentHTML(t))
	for _, part := range []struct{ kind, text string }{{"plain", plainBody(t, 0, false) + "\n-- \nUnsubscribe: https://letters.example/u/1\n"}, {"html", page}} {
		fmt.Fprintf(&b, "--=_Part_77.3\nContent-Type: text/%s; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n", part.kind)
		w := quotedprintable.NewWriter(&b)
		if _, err := w.Write([]byte(part.text)); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		b.WriteString("\n")
	}
	b.WriteString("--=_Part_77.3--\n")
	return crlf(b.Bytes()), nil
}

func crlf(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

// writeMbox has letters of text alone: flowed in Latin-1 where that can be, else
// UTF-8 in Base64.
func writeMbox(ts []Text) ([]byte, error) {
	var b bytes.Buffer
	for _, t := range ts {
		fmt.Fprintf(&b, "From news@letters.example %s\n%s", day(t.Date).Format(time.ANSIC), header(t))
		text := flowed(t)
		latin, err := charmap.ISO8859_1.NewEncoder().String(text)
		if err == nil {
			b.WriteString("Content-Type: text/plain; charset=\"iso-8859-1\"; format=flowed\nContent-Transfer-Encoding: 8bit\n\n")
			b.WriteString(strings.ReplaceAll(latin, "\nFrom ", "\n>From "))
		} else {
			b.WriteString("Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n")
			code := base64.StdEncoding.EncodeToString([]byte(plainBody(t, 0, false)))
			for len(code) > 76 {
				b.WriteString(code[:76] + "\n")
				code = code[76:]
			}
			b.WriteString(code + "\n")
		}
		b.WriteString("\n")
	}
	return b.Bytes(), nil
}

// flowed is RFC 3676: a line that ends with a blank goes on in the next.
func flowed(t Text) string {
	var b strings.Builder
	for line := range strings.SplitSeq(plainBody(t, 0, false), "\n") {
		line = strings.ReplaceAll(wrap(line, "", width, false), "\n", " \n")
		for l := range strings.SplitSeq(line, "\n") {
			if strings.HasPrefix(l, " ") || strings.HasPrefix(l, ">") || strings.HasPrefix(l, "From ") {
				l = " " + l
			}
			b.WriteString(l + "\n")
		}
	}
	return b.String()
}
