package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/plain"
)

// What tells lines that a program wrapped from verse, lists and addresses: most of
// them stop within a sentence, the next goes on with a small letter where the script
// has such, and its first word had no room any more. Few lines may all go on with
// nouns and numbers: then a sentence that ends within one tells, if all are full.
const (
	// leastLower is the share of lines that go on a sentence and begin with a small
	// letter: in English two of three, in German half.
	leastLower = 0.35
	// leastFull is the share of lines within a sentence that are full.
	leastFull = 0.8
	// fullness is how much of the width a line has at least with the next word: some
	// programs wrap by the widths of letters, and people by eye.
	fullness = 0.82
	// leastWords is how many words the lines of a column have on average at least:
	// of shorter ones every line is full.
	leastWords = 4
	// mostWidth is the widest column: longer lines are paragraphs.
	mostWidth = 120
	// leastPairs is how many neighbouring lines tell how they are set.
	leastPairs = 3
)

// What tells lines that break off in a text that was not wrapped as a whole: one that
// is as long as unbroken and stops where the next goes on with a small letter. Where
// there are strayLines such, none longer than strayWidth, people broke the lines of
// the whole by eye, and those of strayShare of the longest go on, too.
const (
	unbroken   = 40
	strayLines = 3
	strayWidth = 100
	strayShare = 0.6
)

// setting is how lines are set.
type setting struct {
	wrapped bool // by a program
	width   int
	run     bool // by eye: every sentence that a line stops in goes on with a small letter
	stray   int  // lines of so many characters go on, where people broke them; 0 for nowhere
	words   *plain.Hyphens
}

// unwrap joins the lines that a text was wrapped into. A text of few such lines
// between its gaps is measured as a whole, a long part by itself.
func unwrap(blocks []document.Block, source string) []document.Block {
	var all column
	var parts []column
	for start := 0; start < len(blocks); {
		end := start + 1
		for end < len(blocks) && !blocks[end].Gap {
			end++
		}
		c := columnOf(blocks, start, end)
		parts = append(parts, c)
		all.add(c)
		start = end
	}
	all.fill(blocks, parts...)
	whole := setting{wrapped: all.wrapped(), width: all.width, stray: strayLength(blocks), words: plain.NewHyphens(source)}
	out := blocks[:0]
	for _, own := range parts {
		s := whole
		if own.fill(blocks, own); own.pairs >= leastPairs || own.pairs == 0 {
			s.wrapped, s.width = own.wrapped(), own.width
		}
		s.run = own.runs()
		out = join(out, blocks[own.start:own.end], s)
	}
	return out
}

// strayLength is how long the lines of a text are that go on because people broke
// them, 0 where that does not show.
func strayLength(blocks []document.Block) int {
	broken, width := 0, 0
	for i := 1; i < len(blocks); i++ {
		if !blocks[i].Gap && breaksOff(blocks[i-1].Text, blocks[i].Text) {
			broken++
		}
		width = max(width, utf8.RuneCountInString(blocks[i-1].Text))
	}
	if broken < strayLines || width > strayWidth {
		return 0
	}
	return int(strayShare * float64(width))
}

// join adds the lines between two gaps to blocks.
func join(out, lines []document.Block, s setting) []document.Block {
	var parts []string // lines of the last block of out
	flush := func() {
		if len(parts) > 1 {
			out[len(out)-1].Text = joined(parts, s.words)
		}
	}
	for i, b := range lines {
		if i > 0 && b.Kind == document.Plain && goesOn(parts[len(parts)-1], b.Text, s) {
			parts = append(parts, b.Text)
			continue
		}
		flush()
		out, parts = append(out, b), append(parts[:0], b.Text)
	}
	flush()
	return out
}

// joined are lines as one, with a blank between them where their script has some and
// the words whole that they break.
func joined(lines []string, words *plain.Hyphens) string {
	var b strings.Builder
	line := lines[0]
	for _, next := range lines[1:] {
		if whole, rest, ok := words.Join(line, next); ok {
			line, next = whole, rest
		}
		b.WriteString(line)
		if next != "" && (!unspaced(text.LastRune(line)) || !unspaced(text.FirstRune(next))) {
			b.WriteByte(' ')
		}
		line = next
	}
	b.WriteString(line)
	return b.String()
}

// unspaced reports whether a character is of a script that puts no blanks between
// words, or one of its signs.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer) || r >= '\u3000' && r <= '\u303F' || r >= '\uFF00' && r <= '\uFF65'
}

// goesOn reports whether a line goes on the one before it.
func goesOn(line, next string, s setting) bool {
	if n := len(line) - 1; n > 0 && line[n] == '-' && unicode.IsLower(text.LastRune(line[:n])) && unicode.IsLower(text.FirstRune(next)) {
		return true // a broken word
	}
	if s.run && endsOpen(line) && unicode.IsLower(text.FirstRune(next)) {
		return true
	}
	return s.wrapped && float64(needed(line, next)) > fullness*float64(s.width) ||
		breaksOff(line, next) || s.stray > 0 && utf8.RuneCountInString(line) >= s.stray
}

// breaksOff reports whether a line that was not wrapped stops within a sentence.
func breaksOff(line, next string) bool {
	return utf8.RuneCountInString(line) >= unbroken && unicode.IsLower(text.FirstRune(next)) &&
		!strings.ContainsRune(".!?:;…”\"’)", text.LastRune(line))
}

// column is what is known of the lines between two gaps, or of all.
type column struct {
	start, end  int
	pairs       int // neighbours that may be lines of one sentence
	open, lower int // those of them that are within a sentence, and go on with a small letter
	full        int // those within a sentence that had no room for the next word
	brim        int // all that had none, to the character
	running     int // those within a sentence that begins or ends within a line
	words       int // in the first lines of pairs
	width       int // of the longest line
}

func columnOf(blocks []document.Block, start, end int) column {
	c := column{start: start, end: end}
	if end-start == 1 { // a heading or paragraph of one line
		return c
	}
	if !isProse(blocks[start:end]) {
		return c
	}
	for i := start; i < end; i++ {
		c.width = max(c.width, utf8.RuneCountInString(blocks[i].Text))
		if i+1 == end || blocks[i+1].Kind != document.Plain {
			continue
		}
		c.pairs++
		c.words += words(blocks[i].Text)
		if !endsOpen(blocks[i].Text) {
			continue
		}
		c.open++
		if endsWithin(blocks[i].Text) || endsWithin(blocks[i+1].Text) {
			c.running++
		}
		if r := text.FirstRune(blocks[i+1].Text); unicode.IsLower(r) || unicode.Is(unicode.Lo, r) {
			c.lower++
		}
	}
	return c
}

// words counts words; in scripts without blanks every two characters are one.
func words(s string) int {
	if unspaced(text.FirstRune(s)) {
		return utf8.RuneCountInString(s) / 2
	}
	return text.Words(s)
}

// isProse reports whether lines may be sentences: they do not begin with a small
// letter, and one ends.
func isProse(lines []document.Block) bool {
	if unicode.IsLower(text.FirstRune(lines[0].Text)) {
		return false
	}
	for _, l := range lines {
		if endsSentence(l.Text) {
			return true
		}
	}
	return false
}

func (c *column) add(o column) {
	c.pairs += o.pairs
	c.open += o.open
	c.lower += o.lower
	c.running += o.running
	c.words += o.words
	c.width = max(c.width, o.width)
}

// fill counts the full lines of columns against the width.
func (c *column) fill(blocks []document.Block, of ...column) {
	c.full, c.brim = 0, 0
	for _, o := range of {
		for i := o.start; o.pairs > 0 && i+1 < o.end; i++ {
			if blocks[i+1].Kind != document.Plain {
				continue
			}
			needs := needed(blocks[i].Text, blocks[i+1].Text)
			if needs > c.width {
				c.brim++
			}
			if endsOpen(blocks[i].Text) && float64(needs) > fullness*float64(c.width) {
				c.full++
			}
		}
	}
}

func (c *column) wrapped() bool {
	if c.pairs == 0 || c.width > mostWidth || c.words < leastWords*c.pairs {
		return false
	}
	return c.running > 0 && c.pairs > 1 && c.brim == c.pairs ||
		2*c.open > c.pairs && float64(c.lower) >= leastLower*float64(c.open) && float64(c.full) >= leastFull*float64(c.open)
}

// runs reports whether lines are one text, wherever people broke them: sentences that
// end within lines, and no line that stops in one before a capital.
func (c *column) runs() bool {
	return c.running > 0 && c.width <= mostWidth && c.open > 1 && c.lower == c.open && c.words >= leastWords*c.pairs
}

// within ends a sentence that another follows in its line.
var within = text.Pattern(`\p{L}{2}[.!?]["”’»)]* +["“„«(]*[\p{Lu}\p{Lo}]`)

func endsWithin(s string) bool {
	return strings.ContainsAny(s, ".!?") && within().MatchString(s)
}

// needed is how wide a line would have been with the first word of the next.
func needed(line, next string) int {
	word, _, _ := strings.Cut(next, " ")
	if r := text.FirstRune(word); unspaced(r) {
		word = string(r)
	}
	return utf8.RuneCountInString(line) + 1 + utf8.RuneCountInString(word)
}

// endsSentence reports whether a line closes like a sentence.
func endsSentence(s string) bool {
	return strings.ContainsRune(".!?…。！？।۔", text.LastRune(strings.TrimRightFunc(s, text.IsCloser)))
}

// endsOpen reports whether a line stops within a sentence.
func endsOpen(s string) bool {
	return !endsSentence(s) && !strings.ContainsRune(":;", text.LastRune(s))
}
