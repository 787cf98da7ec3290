package corpus

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blockKind says what a block of an article is, as far as its format knows.
type blockKind int

const (
	plain   blockKind = iota // a line of text; cleaning works out what it is
	heading                  // marked as a heading
	item                     // marked as an item of a list
)

// block is one line or paragraph of an article's source, with white space and
// characters normalised.
type block struct {
	line int // in the file, from 1; 0 when the format has no lines
	text string
	kind blockKind
	gap  bool // a blank line stands before it
}

// textBlocks takes plain text apart into its lines; the first has the given
// number. Lines that a text was wrapped into are joined again.
func textBlocks(text string, line int) []block {
	text = normalise(text)
	var out []block
	gap := true
	for raw := range strings.SplitSeq(text, "\n") {
		b := block{line: line, text: squeeze(raw), gap: gap}
		line++
		if b.text == "" {
			gap = true
			continue
		}
		if t, ok := trimBullet(b.text); ok {
			b.text, b.kind = t, item
		}
		if b.text == "" {
			continue
		}
		gap = false
		out = append(out, b)
	}
	return unwrap(out)
}

// reference is a character reference of HTML. html.UnescapeString alone would
// also take the start of "&copy=1" in an address for one.
var reference = pattern(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});`)

// normalise maps line ends to \n and other white space to blanks, drops control
// and invisible characters, resolves HTML's character references and line
// breaks, and mends UTF-8 that was read as Latin-1.
func normalise(text string) string {
	if strings.Contains(text, "&") {
		text = reference().ReplaceAllStringFunc(text, html.UnescapeString)
	}
	if strings.Contains(text, "<br") || strings.Contains(text, "<BR") {
		text = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "<BR>", "\n").Replace(text)
	}
	clean := true
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' || c >= 0x7F {
			clean = false
			break
		}
	}
	if clean {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	last := ' '
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if mended, width := mend(text[i:]); width > 0 {
			r, n = mended, width
		}
		i += n
		switch {
		case r == '\r':
			if i < len(text) && text[i] == '\n' {
				continue
			}
			r = '\n'
		case r == '\n':
		case r == '\v' || r == '\f' || r == 0x85 || r == '\u2028' || r == '\u2029':
			r = '\n'
		case r == '\t' || unicode.Is(unicode.Zs, r):
			r = ' '
		case (r == '\u200c' || r == '\u200d') && last > unicode.MaxLatin1:
			// joiners mean something in emoji and in many scripts
		case r == 0xAD || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r < 0xE0000:
			continue
		case r == utf8.RuneError && n == 1:
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// mend decodes a character whose UTF-8 bytes stand in text as one character
// each, one of them a C1 control, which no text has: "â\u0080\u0099" is an
// apostrophe. It returns the width in bytes of what it decoded, or 0.
func mend(text string) (r rune, width int) {
	if text[0] != 0xC3 {
		return 0, 0
	}
	var raw [utf8.UTFMax]byte
	control := false
	n := 0
	for _, c := range text {
		if n == len(raw) || c > 0xFF || n > 0 && c < 0x80 {
			break
		}
		control = control || c >= 0x80 && c < 0xA0
		raw[n] = byte(c)
		n++
		width += 2
		if utf8.FullRune(raw[:n]) {
			break
		}
	}
	r, size := utf8.DecodeRune(raw[:n])
	if !control || r == utf8.RuneError || size != n {
		return 0, 0
	}
	return r, width
}

// squeeze makes every run of blanks one and takes them from the ends.
func squeeze(s string) string {
	if !strings.Contains(s, "  ") {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// trimBullet takes the bullet from a line that has one.
func trimBullet(s string) (string, bool) {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '●', '▪', '◦', '‣', '■', '∙', '⁃', '\uf0b7':
		return strings.TrimSpace(s[n:]), true
	case '*', '-', '–', '·':
		if len(s) > n && s[n] == ' ' {
			return strings.TrimSpace(s[n:]), true
		}
	}
	return s, false
}

// Lines that an editor wrapped have between minWrapRunes and maxWrapRunes.
const (
	minWrapRunes = 40
	maxWrapRunes = 100
)

// unwrap joins a line to the one before it if that one breaks off: it is long,
// ends without a mark, and the next goes on with a small letter. A text with
// several such places was wrapped throughout, and there every long line is
// joined to the next.
func unwrap(blocks []block) []block {
	broken, width := 0, 0
	for i := 1; i < len(blocks); i++ {
		if !blocks[i].gap && breaksOff(blocks[i-1].text, blocks[i].text) {
			broken++
		}
		width = max(width, utf8.RuneCountInString(blocks[i-1].text))
	}
	if broken == 0 {
		return blocks
	}
	wrapped := broken >= 3 && width <= maxWrapRunes
	var out []block
	var parts []string // lines of the last block of out
	flush := func() {
		if len(parts) > 1 {
			out[len(out)-1].text = strings.Join(parts, " ")
		}
	}
	for i, b := range blocks {
		if i > 0 && !b.gap && b.kind == plain {
			last := parts[len(parts)-1]
			if breaksOff(last, b.text) || wrapped && utf8.RuneCountInString(last) >= width*3/5 {
				parts = append(parts, b.text)
				continue
			}
		}
		flush()
		out, parts = append(out, b), append(parts[:0], b.text)
	}
	flush()
	return out
}

func breaksOff(line, next string) bool {
	return utf8.RuneCountInString(line) >= minWrapRunes && unicode.IsLower(firstRune(next)) &&
		!strings.ContainsRune(".!?:;…”\"’)", lastRune(line))
}

// composeBody joins blocks to a body and says where its headings are.
func composeBody(blocks []block) (body string, headings []Span) {
	var b strings.Builder
	for _, bl := range blocks {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if bl.kind == heading {
			headings = append(headings, Span{b.Len(), b.Len() + len(bl.text)})
		}
		b.WriteString(bl.text)
	}
	return b.String(), headings
}

// parseText reads a plain text.
func parseText(text string) source { return source{blocks: textBlocks(text, 1)} }
