package mail

import (
	"strings"

	"parley/corpus/internal/text"
)

// What programs put before the subject of a message that is answered or forwarded, in
// the languages of Europe and in Chinese.
var (
	answers  = text.Pattern(`(?i)^(?:re|aw|antw|antwort|rif|sv|res|odp|回复|答复)(?:\s*[\[(]\d+[\])])?\s*[:：]\s*`)
	forwards = text.Pattern(`(?i)^(?:fwd?|wg|tr|rv|vb|enc|doorst|转发)(?:\s*[\[(]\d+[\])])?\s*[:：]\s*`)
	listTag  = text.Pattern(`^\[[^\[\]]{1,40}\]\s*`)
)

// subject is a subject without what programs put before it, which was it in the
// message that this one answers or forwards.
type subject struct {
	text      string
	answer    bool // the first of what stood before it is for an answer
	forwarded bool // or for a message that is forwarded
}

// subjectOf takes a subject apart. The tag of a list goes with what stands before or
// behind it: alone it may be the title's.
func subjectOf(s string) subject {
	var out subject
	rest := strings.TrimSpace(s)
	for {
		next := rest
		if tag := listTag().FindString(rest); tag != "" && cutPrefix(rest[len(tag):]) != rest[len(tag):] {
			next = rest[len(tag):]
		}
		after := cutPrefix(next)
		if after == next {
			break
		}
		if !out.answer && !out.forwarded {
			out.answer = answers().MatchString(next)
			out.forwarded = !out.answer
		}
		rest = after
	}
	if out.answer || out.forwarded {
		if tag := listTag().FindString(rest); len(tag) < len(rest) {
			rest = rest[len(tag):]
		}
	}
	if out.text = rest; rest == "" {
		out.text = strings.TrimSpace(s)
	}
	return out
}

func cutPrefix(s string) string {
	if m := answers().FindString(s); m != "" {
		return s[len(m):]
	}
	return s[len(forwards().FindString(s)):]
}
