package question

import "regexp"

// What asks for somebody's words; the groups who and on are put into a question.
//
//nolint:gochecknoglobals // patterns, never written to
var (
	verbatim = regexp.MustCompile(`(?i)(?:,? ?\(?(?:in )?(?:(?:his|her|their|the|its) )?(?:exact|own|actual|literal|precise) (?:words|quotes?|wording)\)?|,? ?\(?(?:word for word|verbatim|literally)\)?)(?: (?:please|pls|plz))?$|\b(?:exactly|literally|verbatim|word for word)\b ?`)
	quoting  = regexp.MustCompile(`(?i)^(?:(?:please |pls )?quote|(?:give me |show me |get me |what(?:['’]s| is| was| are| were) |any |find )?(?:a |an |the |some )?(?:(?:exact|direct|actual|literal) )?(?:quotes?|quotations?|words|statements?) (?:by|from|of)) (?P<who>.+?)(?: (?:on|about|abt|regarding|concerning|over) (?P<on>.+))?$` +
		`|^(?:what (?:were|are|was|is) )?(?P<whose>(?:[\w.’'-]+ ){0,3}[\w.-]+?)['’]s? (?:(?:exact|own|actual|literal) )?(?:words|quotes?|comments?|reaction|response)(?: (?:on|about|abt|to|regarding|over) (?P<of>.+))?$`)
	speaking = regexp.MustCompile(`(?i)\b(?:said|says?|wr[io]tes?|written|tell|told|call(?:ed|s)?|put|describe[sd]?|react(?:ed|s)?|comment(?:ed|s)?|answer(?:ed|s)?|repl(?:y|ied)|announce[sd]?|words?|tweet(?:ed)?|post(?:ed)?)\b`)
)

// saying matches a question for what somebody said of something; the group is who.
var saying = regexp.MustCompile(`(?i)^(?:and |so )?(?:what|how) (?:did|does|has|have|do) (.+?) (?:say|said|write|written|tell|told|call|called|put|describe|described|react|comment|answer|reply|announce|tweet|post)(?: (?:about|abt|on|of|to|when|in|after|regarding|concerning|over|it|that)\b.*)?$`)

// saidOf matches what somebody is asked to have said something of; the group is that.
var saidOf = regexp.MustCompile(`(?i)\b(?:say|said|write|report|tell us) (?:about|abt|on|of|regarding|concerning) (.+)$`)

// wordsOf is a text that asks for somebody's words as a plain question, and whose; false
// where it does not.
func wordsOf(text string) (plain, speaker string, ok bool) {
	if m := quoting.FindStringSubmatch(text); m != nil {
		who, on := m[1]+m[3], m[2]+m[4]
		if on == "" {
			return "What did " + who + " say?", who, true
		}
		return "What did " + who + " say about " + on + "?", who, true
	}
	plain = verbatim.ReplaceAllString(text, "")
	if m := saying.FindStringSubmatch(plain); m != nil {
		return plain + "?", m[1], true
	}
	return plain + "?", "", plain != text && speaking.MatchString(plain)
}
