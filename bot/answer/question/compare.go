package question

import (
	"regexp"
	"strings"
)

// Comparison is what a question asks that holds accounts against one another.
type Comparison struct {
	Accounts []string // whose, as they are named; none for all there are
	Matter   string   // on what, a topic or a question; empty for all there is
}

const (
	reporting = `(?:say|said|report|write|tell(?: us)?|claim|put it|describe it)`
	differs   = `(?:differ|disagree|diverge|conflict|not agree|contradict(?: each other| one another)?|clash|vary)`
	upon      = `(?:on|about|abt|of|over|in|regarding|concerning|as to|when it comes to)`
	texts     = `(?:all )?(?:of )?(?:the|these|those|your|both|different|two|various|ur)? ?(?:\w+ )?(?:articles|reports|outlets|sources|accounts|stories|papers|newspapers|media|sites)`
	others    = `(?: (?:from|with|to) (?:each other|one another))?`
)

// What holds accounts against one another; the groups a and b name them, x is on what.
//
//nolint:gochecknoglobals // patterns, never written to
var comparisons = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^what (?:does|do|did) (?P<a>.+?) ` + reporting + ` (?:that is |which is |that['’]s )?(?:diff?e?rent(?:ly)?|otherwise|unlike)(?: (?:from|than|to|compared (?:to|with)))? (?P<b>.+?)(?: ` + upon + ` (?P<x>.+))?$`),
	regexp.MustCompile(`(?i)^what (?:does|do|did) (?P<a>.+?) ` + reporting + `(?: ` + upon + ` (?P<x>.+?))? (?:that|which|and|but) (?P<b>.+?) (?:(?:does|do|did)(?: not|n['’]?t)|leaves? out|omits?)(?: .{0,20})?$`),
	regexp.MustCompile(`(?i)^(?:how|where|in what(?: ways?)?|on what|what) (?:do|does|did) ` + texts + `(?: ` + upon + ` (?P<x>.+?))? ` + differs + others + `(?: ` + upon + `(?: (?P<y>.+))?)?$`),
	regexp.MustCompile(`(?i)^(?:how|where|in what(?: ways?)?|on what|what) (?:do|does|did) (?P<a>.+?) and (?P<b>.+?) ` + differs + others + `(?: ` + upon + ` (?P<x>.+))?$`),
	regexp.MustCompile(`(?i)^how (?:does|did|is) (?P<a>.+?)(?:['’]s?)? (?:account|version|report|story|coverage|article|piece|take|view|description|words)s?(?: ` + upon + ` (?P<x>.+?))? (?:differ(?:ent)?|other) (?:from|to|than) (?:what )?(?:the (?:one|account|version) (?:in|of|by) )?(?P<b>.+?)(?:['’]s?(?: (?:account|version|report|story|coverage|one))?| ` + reporting + `s?)?$`),
	regexp.MustCompile(`(?i)^(?:(?:what(?:['’]s| is| are)?|is there|are there|tell me|show me) )?(?:the |an? |any )?differences? (?:between|in) (?P<a>.+?) (?:and|vs\.?|versus) (?P<b>.+?)(?: ` + upon + ` (?P<x>.+))?$`),
	regexp.MustCompile(`(?i)^(?:compare|contrast) (?P<a>.+?) (?:and|with|to|vs\.?|versus) (?P<b>.+?)(?: ` + upon + ` (?P<x>.+))?$`),
	regexp.MustCompile(`(?i)^(?P<a>.+?) (?:vs\.?|versus) (?P<b>.+?) ` + upon + ` (?P<x>.+)$`),
	regexp.MustCompile(`(?i)^(?:is|are) there (?:an?y? )?(?:disagreements?|contradictions?|discrepanc(?:y|ies)|conflicting (?:reports|accounts|versions|numbers)|different (?:versions|accounts|figures))(?: ` + upon + ` (?P<x>.+))?$`),
	regexp.MustCompile(`(?i)^(?:do|does|did|are) ` + texts + `(?: ` + upon + ` (?P<x>.+?))? (?:all )?(?:agree|disagree|differ|conflict|consistent|say the same(?: thing)?|contradict(?: each other| one another)?)(?: ` + upon + ` (?:the question of )?(?P<y>.+))?$`),
}

var accountsAll = regexp.MustCompile(`(?i)^` + texts + `$`)

// compared is what a text asks that holds accounts against one another; false where it
// does not.
func compared(text string) (Comparison, bool) {
	for _, p := range comparisons {
		m := p.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		var c Comparison
		for i, name := range p.SubexpNames() {
			switch found := strings.TrimSpace(m[i]); {
			case found == "":
			case name == "x" || name == "y":
				c.Matter = found
			case name == "a" || name == "b":
				if !accountsAll.MatchString(found) {
					c.Accounts = append(c.Accounts, found)
				}
			}
		}
		return c, true
	}
	return Comparison{}, false
}

// IsAsked reports whether a matter is a question, "how long they took".
func IsAsked(matter string) bool { return asksMatter.MatchString(matter) }

// Asks is a matter as a question.
func Asks(matter string) string {
	if IsAsked(matter) {
		return matter + "?"
	}
	return "What is said about " + matter + "?"
}

// Of is a comparison as a question to one account.
func (c *Comparison) Of(name string) string {
	if c.Matter == "" {
		return "What does " + name + " say?"
	}
	if m := manner.FindStringSubmatch(c.Matter); m != nil {
		return "How does " + name + " " + m[1] + "?"
	}
	return "What does " + name + " say about " + c.Matter + "?"
}

// manner matches a matter that is in what way the accounts do something.
var manner = regexp.MustCompile(`(?i)^how (?:they|each|both|the two)(?: of them)? (.+)$`)

var asksMatter = regexp.MustCompile(`(?i)^(?:who|whom|whose|what|when|where|why|how|which|whether|if)\b`)
