package decode

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"parley/corpus/internal/text"
)

// sniffBytes is how much of a file is looked at to tell its encoding.
const sniffBytes = 4096

// ToUTF8 decodes a text: UTF-8, UTF-16, UTF-32, what a page or XML declares, or what
// it is likely to be in. A line or character that is not UTF-8 in a text that else
// is costs itself only.
func ToUTF8(data []byte, isHTML bool) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if e := wide(data); e != nil {
		return transcode(data, e)
	}
	data = whole(data)
	if utf8.Valid(data) {
		return string(data), nil
	}
	isUTF8 := mostlyUTF8(data)
	if e := declared(data, isHTML); e != nil && !isUTF8 {
		return transcode(data, e)
	}
	e := guess(data)
	if e != nil && !isUTF8 {
		return transcode(data, e)
	}
	return mixed(data, e)
}

// whole is a text in UTF-8 without the start of a character that it was cut in. Where
// there is no other sign of UTF-8, that is a letter of Latin-1, but a capital one does
// not stand behind small ones.
func whole(data []byte) []byte {
	at := len(data) - 1
	for at > 0 && len(data)-at < utf8.UTFMax && data[at]&0xC0 == 0x80 {
		at--
	}
	if at <= 0 || utf8.FullRune(data[at:]) || !utf8.Valid(data[:at]) {
		return data
	}
	lead := data[at]
	before := data[at-1]
	small := (lead == 0xC2 || lead == 0xC3) && before >= 'a' && before <= 'z'
	if good, _ := multibyte(data[:at]); good > 0 || small || len(data)-at > 1 {
		return data[:at]
	}
	return data
}

// mostlyUTF8 reports whether at least as many lines have characters above ASCII in
// UTF-8 as have others.
func mostlyUTF8(data []byte) bool {
	balance, some := 0, false
	for line := range bytes.Lines(data) {
		good, bad := multibyte(line)
		switch {
		case good > bad:
			balance++
			some = true
		case bad > 0:
			balance--
		}
	}
	return some && balance >= 0
}

func transcode(data []byte, e encoding.Encoding) (string, error) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("decode text: %w", err)
	}
	return strings.TrimPrefix(string(out), "\uFEFF"), nil
}

// wide is the encoding of a text in units of two or four bytes, by its byte order
// mark or by the zero bytes that letters of Latin have there; nil for another.
func wide(data []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(data, []byte{0, 0, 0xFE, 0xFF}):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	data = data[:min(len(data), sniffBytes)/4*4]
	var zeros [4]int
	for i, b := range data {
		if b == 0 {
			zeros[i%4]++
		}
	}
	units := len(data) / 4
	most := func(n int) bool { return n*10 >= units*4 }
	few := func(n int) bool { return n*20 <= units }
	switch {
	case units < 2:
	case zeros[3] == units && zeros[2]*10 >= units*9 && few(zeros[0]):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case zeros[0] == units && zeros[1]*10 >= units*9 && few(zeros[3]):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case most(zeros[1]) && most(zeros[3]) && few(zeros[0]) && few(zeros[2]):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case most(zeros[0]) && most(zeros[2]) && few(zeros[1]) && few(zeros[3]):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// xmlEncoding is an XML declaration with an encoding.
var xmlEncoding = text.Pattern(`^\s*<\?xml\s[^>]*encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// declared is the encoding that a page or XML states, nil for none or UTF-8.
func declared(data []byte, isHTML bool) encoding.Encoding {
	head := data[:min(len(data), sniffBytes)]
	if d := submatch(xmlEncoding(), head); d != "" {
		if e, name := charset.Lookup(d); e != nil && name != "utf-8" {
			return e
		}
	}
	if !isHTML {
		return nil
	}
	e, name, _ := charset.DetermineEncoding(head, "")
	if name == "utf-8" || name == "windows-1252" { // also for pages that state none
		return nil
	}
	return e
}

func submatch(p *regexp.Regexp, b []byte) string {
	if m := p.FindSubmatch(b); m != nil {
		return string(m[1])
	}
	return ""
}

const (
	// guessBytes is how much text a guess at its encoding is made from.
	guessBytes = 32 << 10
	// minForeign is the share of letters above ASCII from which on a text is in
	// another script, of which Windows-1252 makes nonsense. French, the Western
	// language with the most of them, has 0.06.
	minForeign = 0.25
	// minConfidence is that of chardet, of 100, from which on a guess counts.
	minConfidence = 25
)

// guess is the encoding that a text in another script is most likely in, nil for
// one that is Western or mixed: there UTF-8 and Windows-1252 are told apart line
// by line.
func guess(data []byte) encoding.Encoding {
	sample := highLines(data)
	high, letters := 0, 0
	for _, c := range sample {
		switch {
		case c >= 0x80:
			high++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		}
	}
	foreign := float64(high) >= minForeign*float64(high+letters)
	results, err := chardet.NewTextDetector().DetectAll(sample)
	if err != nil || high == 0 {
		return nil
	}
	for _, r := range results {
		central := isCentral(r.Charset, r.Language)
		if r.Confidence < minConfidence || !central && !foreign {
			return nil
		}
		if strings.HasPrefix(r.Charset, "UTF-") {
			continue
		}
		if letters := lettersOf(r.Language); central && letters != "" {
			return latin2(sample, letters)
		}
		if e, _ := charset.Lookup(codePage(r.Charset)); e != nil && e != charmap.Windows1252 {
			return e
		}
		return nil
	}
	return nil
}

// isCentral reports whether a guess is a language that is written in Latin
// letters other than the Western ones.
func isCentral(name, language string) bool {
	switch language {
	case "cs", "hu", "pl", "ro", "tr":
		return name == "ISO-8859-2" || name == "ISO-8859-9" || strings.HasPrefix(name, "windows-125")
	}
	return false
}

// lettersOf are the letters above ASCII of a language of Central Europe.
func lettersOf(language string) string {
	switch language {
	case "cs":
		return "áčďéěíňóřšťúůýž"
	case "hu":
		return "áéíóöőúüű"
	case "pl":
		return "ąćęłńóśźż"
	case "ro":
		return "ăâîşţ"
	}
	return ""
}

// latin2 is Windows-1250 or Latin-2, which differ in few letters: the one that
// gives more letters of the language.
func latin2(sample []byte, letters string) encoding.Encoding {
	count := func(e encoding.Encoding) int {
		s, err := transcode(sample, e)
		if err != nil {
			return 0
		}
		n := 0
		for _, r := range strings.ToLower(s) {
			if strings.ContainsRune(letters, r) {
				n++
			}
		}
		return n
	}
	if count(charmap.ISO8859_2) > count(charmap.Windows1250) {
		return charmap.ISO8859_2
	}
	return charmap.Windows1250
}

// codePage is the Windows code page that has the letters of an ISO encoding at
// the same places, and quotation marks where that has controls. Where it has
// not, the name is returned as it is.
func codePage(name string) string {
	switch name {
	case "ISO-8859-7":
		return "windows-1253"
	case "ISO-8859-8", "ISO-8859-8-I":
		return "windows-1255"
	case "ISO-8859-9":
		return "windows-1254"
	case "GB-18030":
		return "gb18030"
	}
	return name
}

// highLines are lines with characters above ASCII, up to guessBytes of them,
// without those that are UTF-8 or mostly so.
func highLines(data []byte) []byte {
	var out []byte
	for line := range bytes.Lines(data) {
		if len(out) >= guessBytes {
			break
		}
		if good, bad := multibyte(line); bad > 0 && good <= bad {
			out = append(out, line[:min(len(line), guessBytes)]...)
		}
	}
	return out
}

// mixed decodes a text that is not all UTF-8, line by line: files put together
// from several sources have both. A line that is mostly UTF-8 keeps that and marks
// the rest as lost, any other is in the encoding, or in Windows-1252 without one.
func mixed(data []byte, e encoding.Encoding) (string, error) {
	if e == nil {
		e = charmap.Windows1252
	}
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for line := range bytes.Lines(data) {
		switch good, bad := multibyte(line); {
		case bad == 0:
			b.Write(line)
		case good >= bad:
			b.Write(bytes.ToValidUTF8(line, []byte("\uFFFD")))
		default:
			out, err := e.NewDecoder().Bytes(line)
			if err != nil {
				return "", fmt.Errorf("decode text: %w", err)
			}
			b.Write(out)
		}
	}
	return b.String(), nil
}

// multibyte counts the characters above ASCII of a line that are UTF-8, and the
// bytes that are not.
func multibyte(line []byte) (good, bad int) {
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		switch {
		case n > 1:
			good++
		case r == utf8.RuneError:
			bad++
		}
		line = line[n:]
	}
	return good, bad
}
