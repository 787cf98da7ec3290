// Package text has what all of corpus asks about characters and words.
package text

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// Words is the number of runs of bytes above the blank: words for every purpose
// here, without decoding.
func Words(s string) int {
	n := 0
	inside := false
	for i := range len(s) {
		blank := s[i] <= ' '
		if !blank && !inside {
			n++
		}
		inside = !blank
	}
	return n
}

// FirstRune is the first character of a text, utf8.RuneError for none.
func FirstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// LastRune is the last character of a text, utf8.RuneError for none.
func LastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// IsCloser reports whether a character closes a quotation or a bracket.
func IsCloser(r rune) bool { return strings.ContainsRune("”’\"')]}»", r) }

// IsDigit reports whether a byte is an ASCII digit.
func IsDigit(b byte) bool { return b >= '0' && b <= '9' }

// Pattern returns a regular expression that is compiled when it is first asked
// for: there are many large ones here, and most commands meet no text that they
// are for. GODEBUG=inittrace=1 shows what a package costs each start.
func Pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// Lines is [Pattern] for an expression that matches a whole line if one of some
// expressions does.
func Lines(expressions ...string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:` + strings.Join(expressions, `|`) + `)$`)
	})
}
