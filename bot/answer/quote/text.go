package quote

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"parley/bot/answer"
)

// Text writes an answer as people read it: plain text with [n] marks.
func Text(a *answer.Answer) string {
	var b strings.Builder
	inConflict := map[string]bool{}
	if a.Lead == answer.Contested {
		b.WriteString(Said(a) + " ")
	}
	begun := b.Len()
	for _, c := range a.Conflicts {
		if c.Woven {
			continue
		}
		if b.Len() > begun {
			b.WriteString("\n\n")
		}
		b.WriteString(c.About)
		for _, s := range c.Sides {
			fmt.Fprintf(&b, "\n• %s%s", ownMarks(a.Claim(s.Claim).Shown()), marks(s.Citations))
			inConflict[s.Claim] = true
		}
	}
	if rest := told(a, inConflict); rest != "" {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(rest)
	}
	for _, q := range a.Unsaid {
		b.WriteString("\n\n" + NotSaid(q))
	}
	return b.String()
}

// told is what an answer says beside its conflicts.
func told(a *answer.Answer, inConflict map[string]bool) string {
	var head, said []string
	if a.Lead != "" && a.Lead != answer.Contested {
		head = append(head, Said(a))
	}
	if a.Intro != "" {
		head = append(head, a.Intro)
	}
	var days []string
	for _, c := range a.Claims {
		if inConflict[c.Text] {
			continue
		}
		said, days = append(said, ownMarks(c.Shown())+marks(c.Citations)), append(days, Day(c.Day))
	}
	if !a.Shape.Lines(len(said)) {
		return strings.Join(append(head, said...), " ")
	}
	var lines []string
	if len(head) > 0 {
		lines = append(lines, strings.Join(head, " "))
	}
	for i, s := range said {
		if days[i] != "" {
			s = days[i] + ": " + s
		}
		lines = append(lines, "• "+s)
	}
	return strings.Join(lines, "\n")
}

// Day is a day as a text in English has it; empty for none.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

// NotSaid says that the articles do not answer one of several questions.
func NotSaid(question string) string { return "The articles do not say: “" + question + "”" }

// Said is how an answer begins, in words.
func Said(a *answer.Answer) string {
	switch a.Lead {
	case answer.Yes:
		return "Yes."
	case answer.No:
		return "No."
	case answer.Denied:
		return "Not according to " + a.DeniedBy + "."
	case answer.Contested:
		return "Disputed."
	}
	return ""
}

// ownMarks turns what an article has in the form of our marks, such as the
// footnote "[7]", into another, so that every [n] is a citation.
func ownMarks(text string) string { return foreignMark.ReplaceAllString(text, "($1)") }

var foreignMark = regexp.MustCompile(`\[(\d+)\]`)

func marks(citations []int) string {
	var b strings.Builder
	for i, n := range citations {
		if i == 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "[%d]", n)
	}
	return b.String()
}
