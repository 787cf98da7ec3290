package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// flow collects the text of one block, white space set as a browser sets it:
// runs of it are one blank, over the borders of elements too, and none stands at
// either end of a line.
type flow struct {
	b     strings.Builder
	last  rune // the last character written; 0 at the start, '\n' after a line's end
	blank bool // white space is due before the next character
	apart bool // a picture or control stands here: words on its two sides stay two
	seam  bool // here an element ends and another of another class begins
	line  int  // in the file, of what is written next; 0 where the format has no lines
	lines []int
}

// start notes the line that a line of the block begins in.
func (f *flow) start() {
	if f.line > 0 && (f.last == 0 || f.last == '\n') {
		f.lines = append(f.lines, f.line)
	}
}

// pass counts the lines that white space goes over.
func (f *flow) pass(s string) {
	if f.line > 0 {
		f.line += strings.Count(s, "\n")
	}
}

// write adds text in which white space counts for a blank.
func (f *flow) write(s string) {
	for s != "" {
		i := strings.IndexAny(s, " \n\t\r\f")
		switch {
		case i == 0:
			f.blank = true
			rest := strings.TrimLeft(s, " \n\t\r\f")
			f.pass(s[:len(s)-len(rest)])
			s = rest
			continue
		case i < 0:
			i = len(s)
		}
		f.word(s[:i])
		s = s[i:]
	}
}

func (f *flow) word(s string) {
	if f.last != 0 && f.last != '\n' && (f.blank || f.apart && isWordRune(f.last) && isWordRune(text.FirstRune(s)) || f.seam && f.parts(text.FirstRune(s))) {
		f.b.WriteByte(' ')
	}
	f.start()
	f.b.WriteString(s)
	f.last = text.LastRune(s)
	f.blank, f.apart, f.seam = false, false, false
}

// parts reports whether a word ends and another begins with next: a name and its
// number, two names.
func (f *flow) parts(next rune) bool {
	return unicode.IsLower(f.last) && (unicode.IsUpper(next) || unicode.IsDigit(next)) || unicode.IsDigit(f.last) && unicode.IsUpper(next)
}

// raw adds text whose lines and blanks count, as those of pre do.
func (f *flow) raw(s string) {
	if s == "" {
		return
	}
	if f.blank && f.last != 0 && f.last != '\n' {
		f.b.WriteByte(' ')
	}
	for line := range strings.Lines(s) {
		f.start()
		f.b.WriteString(line)
		f.last = text.LastRune(line)
		f.pass(line)
	}
	f.blank, f.apart = false, false
}

// lineEnd ends the line.
func (f *flow) lineEnd() {
	f.start() // it may be empty
	f.b.WriteByte('\n')
	f.last, f.blank, f.apart = '\n', false, false
}

// tail is the last word written, empty behind white space.
func (f *flow) tail() string {
	if f.blank {
		return ""
	}
	s := f.b.String()
	return s[strings.LastIndexAny(s, " \n\u00a0")+1:]
}

// take empties the flow. The lines are those that the text's lines begin in, none
// where the format has none.
func (f *flow) take() (s string, lines []int) {
	s, lines = f.b.String(), f.lines
	*f = flow{line: f.line}
	return s, lines
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// flush ends the block that is being collected.
func (w *walker) flush() {
	s, lines := w.flow.take()
	if s == "" {
		return
	}
	first := len(w.blocks)
	gap := true
	for i, line := range strings.Split(document.Normalise(s), "\n") {
		line = document.Squeeze(line)
		if line == "" {
			gap = true
			continue
		}
		if last := len(w.blocks) - 1; last >= first && (w.kind == document.Heading || !gap && goesOn(w.blocks[last].Text, line)) {
			w.blocks[last].Text += " " + line
			continue
		}
		w.blocks = append(w.blocks, document.Block{Line: at(lines, i), Text: line, Kind: w.kind, Gap: gap})
		gap = false
	}
	if len(w.blocks) > first {
		w.prefix(first)
	}
}

// at is the i-th of the lines, or the last: characters within them may end lines
// too.
func at(lines []int, i int) int {
	if len(lines) == 0 {
		return 0
	}
	return lines[min(i, len(lines)-1)]
}

// prefix puts the term that a definition belongs to before its first block.
func (w *walker) prefix(first int) {
	if w.term == "" {
		return
	}
	b := &w.blocks[first]
	mark := ": "
	if isStop(text.LastRune(w.term)) {
		mark = " "
	}
	b.Text, b.Kind = w.term+mark+b.Text, document.Item
	w.term = ""
}

// minBrokenWords is how many words a line has at least that is taken for the
// beginning of a sentence which the next line goes on with.
const minBrokenWords = 3

// goesOn reports whether a line that a line break cut off goes on in the next: a
// sentence that is not ended and goes on with a small letter. In a list of words
// the first begins with a small letter too.
func goesOn(line, next string) bool {
	return unicode.IsLower(text.FirstRune(next)) && !unicode.IsLower(text.FirstRune(line)) &&
		text.Words(line) >= minBrokenWords && !isStop(text.LastRune(line)) && utf8.RuneCountInString(next) > 1
}

func isStop(r rune) bool {
	return strings.ContainsRune(".!?:;…。！？：؟", r) || text.IsCloser(r) && r != ')' && r != ']'
}
