package document

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/corpus"
	"parley/corpus/internal/text"
)

// reference is a character reference of HTML. html.UnescapeString alone would
// also take the start of "&copy=1" in an address for one.
var reference = text.Pattern(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});`)

// Unescape resolves HTML's character references and line breaks in a text that
// is not HTML but was taken from it.
func Unescape(s string) string {
	if strings.Contains(s, "&") {
		s = reference().ReplaceAllStringFunc(s, html.UnescapeString)
	}
	if strings.Contains(s, "<br") || strings.Contains(s, "<BR") {
		s = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "<BR>", "\n").Replace(s)
	}
	return s
}

// Normalise maps line ends to \n and other white space to blanks, drops control
// and invisible characters, and mends UTF-8 that was read as Latin-1.
func Normalise(s string) string {
	clean := true
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' || c >= 0x7F {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	last := ' '
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if mended, width := mend(s[i:]); width > 0 {
			r, n = mended, width
		}
		i += n
		switch {
		case r == '\r':
			if i < len(s) && s[i] == '\n' {
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

// Squeeze makes every run of blanks one and takes them from the ends.
func Squeeze(s string) string {
	if !strings.Contains(s, "  ") {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// OneLine is text of metadata: normalised, without line ends.
func OneLine(s string) string {
	return Squeeze(strings.ReplaceAll(Normalise(s), "\n", " "))
}

// Compose joins blocks to a body and says where its headings are.
func Compose(blocks []Block) (body string, headings []corpus.Span) {
	var b strings.Builder
	for _, bl := range blocks {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if bl.Kind == Heading {
			headings = append(headings, corpus.Span{Start: b.Len(), End: b.Len() + len(bl.Text)})
		}
		b.WriteString(bl.Text)
	}
	return b.String(), headings
}
