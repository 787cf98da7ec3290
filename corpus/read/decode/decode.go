// Package decode tells what a file is and makes text of its bytes: [Sniff] by its
// first bytes and its name, [Gunzip] unpacks it, [Text] decodes it.
package decode

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/corpus/read/document"
)

const (
	// maxControls is the share of control characters above which a file is no
	// text. Texts have none but for a form feed here and there, and one zero byte that
	// some program has left: these are dropped.
	maxControls = 0.005
	// maxBroken is the share of characters that some earlier conversion has lost
	// (U+FFFD) above which a text is not worth reading.
	maxBroken = 0.01
)

// Text returns the text of a file: UTF-8, UTF-16, UTF-32, what a page or XML
// declares, what a text in another script is likely to be in, or Windows-1252, of
// which Latin-1 is a part. What is no text is refused.
func Text(data []byte, isHTML bool) (string, error) {
	if k := Sniff(data, ""); k.Format >= PDF {
		return "", fmt.Errorf("is %s, by another name", k.What)
	} else if err := k.Err(); err != nil && k.What != "" {
		return "", err
	}
	text, err := ToUTF8(data, isHTML)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(text) == "" {
		return "", errors.New("is empty")
	}
	if err := checkText(text); err != nil {
		return "", err
	}
	return strings.ReplaceAll(text, "\x00", ""), nil
}

// few reports whether so many control characters of so many may stand in a text.
func few(controls, of int) bool { return float64(controls) <= max(1, maxControls*float64(of)) }

// checkText refuses what is no text, naming the line where that shows.
func checkText(text string) error {
	runes, controls, broken := 0, 0, 0
	line, controlLine, brokenLine, zeroLine := 1, 0, 0, 0
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
			if r == 0 && zeroLine == 0 {
				zeroLine = line
			}
		}
		last = r
	}
	switch {
	case !few(controls, runes) && zeroLine > 0:
		return &document.LineError{Line: zeroLine, Err: errors.New("is binary, it holds zero bytes")}
	case !few(controls, runes):
		return &document.LineError{Line: controlLine, Err: fmt.Errorf("is binary, %d of %d characters are control characters", controls, runes)}
	case float64(broken) > maxBroken*float64(runes):
		return &document.LineError{Line: brokenLine, Err: fmt.Errorf("is damaged, %d of %d characters are lost; save it as UTF-8", broken, runes)}
	}
	return nil
}
