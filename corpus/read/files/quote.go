package files

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote is a path as people may see it: as it is, or in quotation marks with
// escapes where it holds what would steer a terminal or is no UTF-8.
func Quote(path string) string {
	if plain(path) {
		return path
	}
	return strconv.QuoteToGraphic(path)
}

// plain reports whether a name shows as what it is.
func plain(name string) bool {
	if !utf8.ValidString(name) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return !shows(r) })
}

// shows reports whether a character does nothing but show. The two joiners are part
// of Persian and Indian words.
func shows(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.IsGraphic(r) && r != '\u2028' && r != '\u2029' || r == nonJoiner || r == joiner
}

// escape is a name without what [Quote] would have to quote. No two names become
// the same.
func escape(name string) string {
	if plain(name) && !strings.Contains(name, `\`) {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, n := utf8.DecodeRuneInString(name)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, name[0])
		case r == '\\':
			b.WriteString(`\\`)
		case !shows(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
		name = name[n:]
	}
	return b.String()
}
