package mail

import "strings"

// unflow joins the lines of a text that is format=flowed, RFC 3676: a line that
// ends in a blank goes on in the next one of its depth of quotation. Each joined
// line is followed by as many blank ones as it took, so that lines keep their
// numbers.
func unflow(s string, delSp bool) string {
	var b strings.Builder
	open := "" // the quotation marks of the line that goes on
	more, taken := false, 0
	end := func() {
		b.WriteString(strings.Repeat("\n", taken))
		taken = 0
	}
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSuffix(line, "\r")
		text := strings.TrimLeft(line, ">")
		marks := line[:len(line)-len(text)]
		if more && marks == open {
			text = strings.TrimPrefix(text, " ") // stuffed
		} else {
			end()
			b.WriteString(marks)
		}
		flows := strings.HasSuffix(text, " ") && text != "-- "
		if flows && delSp {
			text = text[:len(text)-1]
		}
		b.WriteString(text)
		open, more = marks, flows
		taken++
	}
	return b.String()
}
