// Package markup writes texts of strangers so that Discord shows them as they
// stand: nothing in them formats, links, mentions or hides.
package markup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxMarks is how many combining marks a letter keeps. Vietnamese and polytonic
// Greek need two when decomposed, Hebrew with cantillation three; more is
// decoration that covers the lines around it.
const maxMarks = 3

// Clean returns a text without what cannot be seen or changes how others are
// seen: control and format characters, bidirectional overrides, tags, marks
// piled up on a letter. Line breaks become "\n", other white space a blank.
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var before rune // the last rune that was kept and is no mark
	marks := 0
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r >= ' ' && r <= '~': // nearly all of most texts
		case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			r = '\n'
		case r == '\r':
			continue
		case unicode.IsSpace(r):
			r = ' '
		case joins(r, before):
			b.WriteRune(r)
			continue
		case unseen(r):
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks || before == 0 {
				continue
			}
			b.WriteRune(r)
			continue
		}
		marks, before = 0, r
		b.WriteRune(r)
	}
	return b.String()
}

// unseen reports whether a rune shows nothing, or nothing of its own.
func unseen(r rune) bool {
	switch r {
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0', '\u2800':
		return true // fillers and blanks that count as letters or marks
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || // variation selectors
		!unicode.IsGraphic(r)
}

// joins reports whether a zero-width joiner or non-joiner has a use after a
// rune: in scripts whose letters connect, and between the parts of an emoji.
func joins(r, before rune) bool {
	return (r == '\u200C' || r == '\u200D') && unicode.In(before, unicode.Arabic, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
		unicode.Sinhala, unicode.Syriac, unicode.Mongolian, unicode.So, unicode.Sk)
}

// Line returns a cleaned text on one line, for places where Discord knows no
// markup: labels, choices, names of threads.
func Line(s string) string {
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// Escape returns a text on one line that Discord's markup leaves as it stands.
// Discord shows any character after a backslash that is no letter, digit or
// white space as itself.
func Escape(s string) string { return EscapeBefore(s, "") }

// EscapeBefore is Escape for a text that another follows without a blank between them:
// together they could mean something that neither does.
func EscapeBefore(s, next string) string {
	own := []rune(Line(s))
	line := append(slices.Clip(own), []rune(Line(next))...)
	var b strings.Builder
	for i, r := range own {
		if special(line, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// special reports whether a rune could mean something to Discord where it stands.
func special(line []rune, i int) bool {
	switch r := line[i]; r {
	case '\\', '*', '_', '~', '`', '|', '[', ']', '<', '>', '@':
		return true
	case '/': // addresses and invitations link by themselves
		return true
	case '#', '-', '+': // headings, small print and lists begin a line
		return i == 0 || r == '#' && i == 1 && line[0] == '-'
	case '.', ')': // numbered lists
		for _, d := range line[:i] {
			if d < '0' || d > '9' {
				return false
			}
		}
		return i > 0
	case ':':
		return i+1 < len(line) && line[i+1] == '/' || namesEmoji(line[i+1:])
	}
	return false
}

// maxEmoji bounds the names of emoji that are looked for, in runes. Discord's
// longest are shorter.
const maxEmoji = 100

// namesEmoji reports whether what follows a colon could be the name of an emoji
// and another colon, which clients draw as the emoji.
func namesEmoji(rest []rune) bool {
	for i, r := range rest[:min(len(rest), maxEmoji)] {
		switch {
		case r == ':':
			return i > 0
		case r != '_' && r != '+' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z'):
			return false
		}
	}
	return false
}

// Len is the length of a text as Discord's clients count it, in UTF-16 units.
// Its servers count runes, which are never more.
func Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Cut shortens a text to a length, at a blank where there is one near the end,
// and marks the cut with an ellipsis.
func Cut(s string, limit int) string {
	if Len(s) <= limit {
		return s
	}
	head, _ := Split(s, limit-1)
	return strings.TrimRight(head, " ") + "…"
}

// Split divides a text so that the first part is at most limit long: after a
// sentence if one ends in its second half, else at a blank there, else anywhere
// between two letters with their marks. Escape comes after it, never before.
func Split(s string, limit int) (head, tail string) {
	if Len(s) <= limit {
		return s, ""
	}
	n, end, blank, stop := 0, 0, 0, 0
	var before rune
	for i, r := range s {
		if n > limit/2 && r == ' ' {
			blank = i
			if strings.ContainsRune(".!?…”\"", before) {
				stop = i
			}
		}
		if !unicode.Is(unicode.M, r) && r != '\u200D' && before != '\u200D' {
			end = i
		}
		if n += utf16.RuneLen(r); n > limit {
			break
		}
		before = r
	}
	switch {
	case stop > 0:
		end = stop
	case blank > 0:
		end = blank
	case end == 0: // marks without end: cut somewhere
		for i := range s {
			if i > 0 {
				end = i
			}
			if Len(s[:i]) >= limit-1 && i > 0 {
				break
			}
		}
	}
	return s[:end], strings.TrimLeft(s[end:], " ")
}

// Link returns a link without preview. The label is a number or a fixed text of
// ours: Discord knows no escapes in it. An address that cannot be written so
// gives no link.
func Link(label, address string) (string, bool) {
	if address == "" || Len(address) > maxAddress || strings.ContainsFunc(address, func(r rune) bool {
		return r <= ' ' || r == '<' || r == '>' || r == '"' || r == '\\' || r == '`' || unseen(r) || unicode.IsSpace(r)
	}) {
		return label, false
	}
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return label, false
	}
	// Discord takes a bracket for the end of a link although it stands within the
	// angle ones: what follows would be markup.
	address = strings.NewReplacer("(", "%28", ")", "%29").Replace(address)
	return "[" + label + "](<" + address + ">)", true
}

// maxAddress bounds an address that is shown as a link, in UTF-16 units, so that
// links leave room for what they rest on. A judgement.
const maxAddress = 400
