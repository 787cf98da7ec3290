package mail

import (
	"slices"
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// What a program writes above the message that is answered, and below those of
// a list.
var (
	wrote      = text.Pattern(`^(?:On|Am|Le|El|Il|Op|Em|Den) .{6,200}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev)\b.{0,120}:$`)
	listRule   = text.Pattern(`^_{20,}$`)
	listFooter = text.Pattern(`(?i)mailing list|unsubscribe|listinfo`)
)

// strip parts a plain text from what is not its own: the message it answers, the
// signature, and the footer that a list puts below. The lines taken out are left
// blank.
func strip(s string, line int) (string, []document.Drop) {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	var drops []document.Drop
	drop := func(i int, reason string) {
		if t := document.OneLine(lines[i]); t != "" {
			drops = append(drops, document.Drop{Line: line + i, Text: t, Reason: reason})
		}
		lines[i] = ""
	}
	forward := false // what is quoted is a message that is forwarded
	for i, l := range lines {
		forward = forward || strings.Contains(l, " ") && forwardMark().MatchString(l)
		next := i + 1
		switch {
		case forward && strings.HasPrefix(l, ">"):
			lines[i] = strings.TrimPrefix(l[1:], " ")
		case strings.HasPrefix(l, ">"):
			drop(i, "quoted message")
		case wrote().MatchString(strings.TrimSpace(l)) && quoteFollows(lines[next:]):
			drop(i, "quoted message")
		case next < len(lines) && strings.HasSuffix(strings.TrimSpace(lines[next]), ":") && wrote().MatchString(strings.TrimSpace(l)+" "+strings.TrimSpace(lines[next])) && quoteFollows(lines[next+1:]):
			drop(i, "quoted message")
			drop(next, "quoted message")
		}
	}
	for from, reason := range tails(lines) {
		for i := from; i < len(lines); i++ {
			drop(i, reason)
		}
	}
	slices.SortStableFunc(drops, func(a, b document.Drop) int { return a.Line - b.Line })
	return strings.Join(lines, "\n"), drops
}

// quoteFollows reports whether the next line that is not blank is quoted.
func quoteFollows(lines []string) bool {
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			return strings.HasPrefix(l, ">")
		}
	}
	return false
}

// tails yields from which lines on a text is the footer of a list or a
// signature, the last first.
func tails(lines []string) func(func(int, string) bool) {
	const most = 15 // lines of a signature or footer
	return func(yield func(int, string) bool) {
		for i := len(lines) - 1; i >= max(0, len(lines)-most); i-- {
			if listRule().MatchString(strings.TrimSpace(lines[i])) && listFooter().MatchString(strings.Join(lines[i:], " ")) {
				if !yield(i, "footer of the list") {
					return
				}
				lines = lines[:i]
				break
			}
		}
		for i := len(lines) - 1; i >= max(0, len(lines)-most); i-- {
			if lines[i] == "-- " || lines[i] == "--" {
				yield(i, "signature")
				return
			}
		}
	}
}
