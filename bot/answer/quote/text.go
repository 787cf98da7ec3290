package quote

import (
	"fmt"
	"regexp"
	"strings"

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
	first := true
	if a.Lead != "" && a.Lead != answer.Contested {
		b.WriteString(Said(a))
		first = false
	}
	for _, c := range a.Claims {
		if inConflict[c.Text] {
			continue
		}
		switch {
		case first && b.Len() > 0:
			b.WriteString("\n\n")
		case !first:
			b.WriteByte(' ')
		}
		first = false
		b.WriteString(ownMarks(c.Shown()))
		b.WriteString(marks(c.Citations))
	}
	for _, q := range a.Unsaid {
		b.WriteString("\n\n" + NotSaid(q))
	}
	return b.String()
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
