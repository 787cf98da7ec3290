package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

const (
	// plainWidth is the columns of text that goes to a pipe or a file.
	plainWidth = 80
	// maxWidth is the longest line on a wide terminal: longer ones are hard to
	// follow from one end to the other.
	maxWidth = 100
	// minWidth keeps a very narrow terminal from cutting every word.
	minWidth = 30
)

// output is standard output: buffered, with the width and the colours of the
// terminal it may be. The first failure to write sticks and comes out of Flush.
type output struct {
	*bufio.Writer
	width int
	color bool
}

func newOutput(env Env) *output {
	o := &output{Writer: bufio.NewWriter(env.Stdout), width: plainWidth}
	if width, ok := terminalWidth(env.Stdout); ok {
		o.width = max(minWidth, min(width, maxWidth))
		o.color = env.Getenv("NO_COLOR") == "" && env.Getenv("TERM") != "dumb"
	}
	return o
}

// terminalWidth is the number of columns, if w is a terminal.
func terminalWidth(w any) (int, bool) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = plainWidth
	}
	return width, true
}

// object writes one JSON object on a line of its own, with <, > and & as they
// are, and hands it on at once.
func (o *output) object(v any) error {
	enc := json.NewEncoder(o)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return o.Flush()
}

// line writes a line as it is.
func (o *output) line(text string) { _, _ = io.WriteString(o, text+"\n") }

func (o *output) linef(format string, args ...any) { o.line(fmt.Sprintf(format, args...)) }

// wrap writes text in lines that fit the width. The first line begins with
// first, the others with rest; paint, if not nil, colours a line's text.
func (o *output) wrap(first, rest, text string, paint func(string) string) {
	prefix := first
	room := func() int { return max(o.width-uniseg.StringWidth(uncolored.ReplaceAllString(prefix, "")), minWidth/2) }
	emit := func(line string) {
		if paint != nil && line != "" {
			line = paint(line)
		}
		o.line(strings.TrimRight(prefix+line, " "))
		prefix = rest
	}
	for paragraph := range strings.SplitSeq(printable(text), "\n") {
		line, used := "", 0
		for word := range unbroken(paragraph) {
			w := uniseg.StringWidth(stress.ReplaceAllString(word, "$1"))
			if line != "" && used+1+w > room() {
				emit(line)
				line, used = "", 0
			}
			if line != "" {
				line, used = line+" ", used+1
			}
			line, used = line+word, used+w
		}
		emit(line)
	}
}

// uncolored matches what sgr adds to a text.
var uncolored = regexp.MustCompile(`\x1b\[[\d;]*m`)

// mark matches the [n] that follows a statement.
var mark = regexp.MustCompile(`^\[\d+\]`)

// unbroken yields what must stay on one line: each word with the marks after it.
func unbroken(paragraph string) iter.Seq[string] {
	return func(yield func(string) bool) {
		held := ""
		for word := range strings.FieldsSeq(paragraph) {
			if held != "" && mark.MatchString(word) {
				held += " " + word
				continue
			}
			if held != "" && !yield(held) {
				return
			}
			held = word
		}
		if held != "" {
			yield(held)
		}
	}
}

// printable drops control characters: an article must not steer the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || !unicode.IsControl(r) {
			return r
		}
		if r == '\t' {
			return ' '
		}
		return -1
	}, text)
}

// The colours: each is plain text where there is none.

func (o *output) sgr(code, text string) string {
	if !o.color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (o *output) bold(text string) string { return o.sgr("1", text) }
func (o *output) dim(text string) string  { return o.sgr("2", text) }
func (o *output) mark(text string) string { return o.sgr("36", text) }
func (o *output) warn(text string) string { return o.sgr("1;33", text) }
