// Package decode makes text of the bytes of a file.
package decode

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/corpus/read/document"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	// sniffBytes is how much of a file is looked at to tell its encoding.
	sniffBytes = 4096
	// maxControls is the share of control characters above which a file is no
	// text. Texts have none but for a form feed here and there.
	maxControls = 0.005
	// maxBroken is the share of characters that some earlier conversion has lost
	// (U+FFFD) above which a text is not worth reading.
	maxBroken = 0.01
)

// Text returns the text of a file: UTF-8, UTF-16, what an HTML page declares,
// or Windows-1252, of which Latin-1 is a part. What is no text is refused.
func Text(data []byte, isHTML bool) (string, error) {
	if err := knownBinary(data); err != nil {
		return "", err
	}
	text, err := toUTF8(data, isHTML)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(text) == "" {
		return "", errors.New("is empty")
	}
	return text, checkText(text)
}

// knownBinary refuses formats that people put among articles, with what to do.
func knownBinary(data []byte) error {
	for _, f := range []struct{ magic, name string }{
		{"%PDF-", "a PDF file: save its text as .txt"},
		{"PK\x03\x04", "a ZIP file (.docx, .odt, .epub are, too): save its text as .txt"},
		{"\xD0\xCF\x11\xE0", "an old Office file: save its text as .txt"},
		{"{\\rtf", "an RTF file: save its text as .txt"},
		{"\x1F\x8B", "compressed: unpack it"},
		{"version https://git-lfs", "a Git LFS pointer: fetch the file with git lfs pull"},
	} {
		if bytes.HasPrefix(data, []byte(f.magic)) {
			return fmt.Errorf("is %s", f.name)
		}
	}
	return nil
}

func toUTF8(data []byte, isHTML bool) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return transcode(data, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return transcode(data, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	}
	if order, ok := utf16Order(data); ok {
		return transcode(data, unicode.UTF16(order, unicode.IgnoreBOM))
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	if isHTML {
		e, _, _ := charset.DetermineEncoding(data, "")
		if e != unicode.UTF8 {
			return transcode(data, e)
		}
	}
	return mixed(data)
}

func transcode(data []byte, e encoding.Encoding) (string, error) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("decode text: %w", err)
	}
	return string(out), nil
}

// utf16Order tells UTF-16 without a mark by the zero bytes that ASCII and
// Latin letters have there on one side.
func utf16Order(data []byte) (unicode.Endianness, bool) {
	data = data[:min(len(data), sniffBytes)/2*2]
	var zeros [2]int
	for i, b := range data {
		if b == 0 {
			zeros[i%2]++
		}
	}
	units := len(data) / 2
	switch {
	case units < 4:
	case zeros[1]*10 >= units*4 && zeros[0]*20 <= units:
		return unicode.LittleEndian, true
	case zeros[0]*10 >= units*4 && zeros[1]*20 <= units:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// mixed decodes a text that is not all UTF-8, line by line: files put together
// from several sources have both. A line with UTF-8 in it keeps that and marks
// the rest as lost, any other is Windows-1252.
func mixed(data []byte) (string, error) {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for line := range bytes.Lines(data) {
		switch {
		case utf8.Valid(line):
			b.Write(line)
		case hasMultibyte(line):
			b.Write(bytes.ToValidUTF8(line, []byte("\uFFFD")))
		default:
			out, err := charmap.Windows1252.NewDecoder().Bytes(line)
			if err != nil {
				return "", fmt.Errorf("decode text: %w", err)
			}
			b.Write(out)
		}
	}
	return b.String(), nil
}

// hasMultibyte reports whether some of the characters above ASCII are UTF-8.
func hasMultibyte(line []byte) bool {
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		if n > 1 && r != utf8.RuneError {
			return true
		}
		line = line[n:]
	}
	return false
}

// checkText refuses what is no text, naming the line where that shows.
func checkText(text string) error {
	runes, controls, broken := 0, 0, 0
	line, controlLine, brokenLine := 1, 0, 0
	last := ' '
	for _, r := range text {
		runes++
		switch {
		case r == '\n':
			line++
		case r == utf8.RuneError:
			if broken++; brokenLine == 0 {
				brokenLine = line
			}
		case r < ' ' && r != '\t' && r != '\r' && r != '\f' && r != '\v' && r != 0x1B && r != 0x1A,
			// After a Latin-1 character it is UTF-8 that was read as Latin-1.
			r >= 0x7F && r < 0xA0 && r != 0x85 && (last < 0x80 || last > 0xF4):
			if controls++; controlLine == 0 {
				controlLine = line
			}
			if r == 0 {
				return &document.LineError{Line: line, Err: errors.New("is binary, it holds zero bytes")}
			}
		}
		last = r
	}
	switch {
	case float64(controls) > maxControls*float64(runes):
		return &document.LineError{Line: controlLine, Err: fmt.Errorf("is binary, %d of %d characters are control characters", controls, runes)}
	case float64(broken) > maxBroken*float64(runes):
		return &document.LineError{Line: brokenLine, Err: fmt.Errorf("is damaged, %d of %d characters are lost; save it as UTF-8", broken, runes)}
	}
	return nil
}
