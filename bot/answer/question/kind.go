package question

import (
	"regexp"
	"strings"

	"parley/retrieval/analysis"
)

// Kind is what sort of answer is asked for.
type Kind int

// The kinds.
const (
	Detail   Kind = iota // what one sentence can say
	Overview             // what the articles say on the whole, or on a topic
	Subject              // what they say of a bare name
	Latest               // what they say last
	YesOrNo              // whether something is so
	Compare              // what accounts say otherwise
	Words                // what somebody said, word for word
	Sum                  // what has to be counted together from several figures
	More                 // more on what was asked before
	Origin               // where the answer before comes from
	Whose                // who said what the answer before tells
	Sure                 // whether the answer before is so
)

const (
	behind = `(?: (?:of|on|about|abt|with|for|at|in|regarding|concerning|from|re)\s+(.+?))?`
	whole  = `(?:it|this|that|these|all|all this|everything|(?:all )?(?:of )?(?:the|this|these|your|those) (?:(?:whole|entire|full|main|big|top|latest|recent|current|new|news|other|different|various|five|\d+) )?(?:news|story|stories|articles?|reports?|events?|situation)|the news)`
)

// What people say who want an overview, or what is new; the group is the topic.
//
//nolint:gochecknoglobals // patterns, never written to
var (
	overviews = []*regexp.Regexp{
		regexp.MustCompile(`(?i)^(?:(?:please |pls )?(?:give|gimme|show|get|tell|write)(?: (?:me|us))? |what(?:['’]s| is| are| were)? )?(?:(?:a|an|the|some|your|me|quick|short|brief|general|full|main|whole) )*(?:summary|summar(?:ise|ize)|sum up|overview|gist|rundown|recap|run-?down|key (?:points|facts|takeaways|things|events)|main (?:points|takeaways|facts|things)|highlights|takeaways|bullet ?points|big picture|lowdown|synopsis|tl;?dr|outline|time ?line|chronology|essentials|nutshell)(?: ` + whole + `)?` + behind + `$`),
		regexp.MustCompile(`(?i)^(?:summar(?:ise|ize)|sum up|recap|outline) (.+?)$`),
		regexp.MustCompile(`(?i)^(?:catch|fill|bring) (?:me|us) (?:up|in)(?: to (?:speed|date))?` + behind + `$`),
		regexp.MustCompile(`(?i)^(?:(?:so )?what(?:['’]s| is| was| are| were)? (?:all )?(?:` + whole + `)(?: all)? about)()$`),
		regexp.MustCompile(`(?i)^what(?:['’]s| is| was)? (?:happened|happening|going on|been going on|has happened|the (?:story|situation|news|deal|matter|gist))(?:` + behind + `| (yesterday|today|tonight|(?:this|last) (?:night|week|month|year|weekend|\w+day)))$`),
		regexp.MustCompile(`(?i)^(?:(?:what (?:do|did) (?:you|they|` + whole + `) (?:know|say|have|report|tell(?: us)?)|tell me(?: more| something| everything)?|anything|info(?:rmation)?|more|details|everything(?: you (?:know|have))?|background) (?:about|on|regarding)|(?:what|how) about) (.+?)$`),
	}
	latest = regexp.MustCompile(`(?i)^(?:(?:is|are) there )?(?:any(?:thing)?|what(?:['’]s| is| are)?(?: the)?|the|some)? ?(?:latest|newest|most recent|new|recent)?(?: (?:news|updates?|developments?|info|information|word|reports?))?` + behind + `$`)
	// fresh has a text that asks for what is new.
	fresh = regexp.MustCompile(`(?i)\b(?:latest|newest|news|updates?|developments?)\b|^(?:what(?:['’]s| is)|anything) new\b`)
	// aux opens a question whose answer is yes or no.
	aux = regexp.MustCompile(`(?i)^(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|don['’]t|doesn['’]t|didn['’]t|hasn['’]t|haven['’]t|hadn['’]t|won['’]t) (.+)$`)
	// whoIs asks who somebody is, or what something is; the group is the name.
	whoIs = regexp.MustCompile(`(?i)^(?:who|what)(?:['’]s| is| was| are| were) ((?:\S+ ){0,2}\S+)$`)
	// either asks which of two.
	either = regexp.MustCompile(`(?i)\bor\b`)
	// inForm says how an answer is wanted; manners go with it.
	inForm = regexp.MustCompile(`(?i)(?:^|[ ,]+)(?:(?:in|as|with|using) (?:(?:a|an|few|some|about|up to|at most|max|no more than|just|only|short|simple|plain|quick|one|two|three|four|five|six|ten|\d{1,3}) )*(?:bullets?|bullet ?points?|points?|sentences?|words?|lines?|paragraphs?|steps?|list|table|english|terms|short|brief)|please|pls|plz|thanks|thx|for me)$`)
	// storyOf is a topic with a word for what is told of it: "the water story".
	storyOf = regexp.MustCompile(`(?i)^(?:the|this|that|your) (\S+(?: \S+)?) (?:news|stor(?:y|ies)|articles?|reports?|coverage|saga|affair)$`)
	// wholes are topics that are everything.
	wholes = regexp.MustCompile(`(?i)^` + whole + `$`)
)

// longTopic is how many words a message has at most that is a bare topic.
const longTopic = 4

// kindOf is the kind of a question, and the topic of an overview; empty for all there
// is.
func kindOf(text string) (Kind, string) {
	text = strings.TrimRight(strings.TrimSpace(text), "?!. ")
	if short := inForm.ReplaceAllString(text, ""); short != text && says(short) {
		if kind, of := kindOf(short); kind == Overview || kind == Latest {
			return kind, of
		}
	}
	if m := latest.FindStringSubmatch(text); m != nil && fresh.MatchString(text) {
		return Latest, topic(m[1])
	}
	for _, p := range overviews {
		if m := p.FindStringSubmatch(text); m != nil {
			return Overview, topic(strings.Join(m[1:], ""))
		}
	}
	if m := aux.FindStringSubmatch(text); m != nil && !either.MatchString(m[2]) {
		return YesOrNo, ""
	}
	if isTopic(text) {
		return Subject, text
	}
	if m := whoIs.FindStringSubmatch(text); m != nil {
		return Detail, m[1]
	}
	return Detail, ""
}

func topic(text string) string {
	text = strings.TrimSpace(inForm.ReplaceAllString(strings.TrimSpace(text), ""))
	if wholes.MatchString(text) {
		return ""
	}
	if m := storyOf.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}

// isTopic reports whether a text is but a name or some nouns: it has no word that asks,
// points, joins or says that something is so.
func isTopic(text string) bool {
	toks := analysis.Tokenize(text)
	content := 0
	for i, t := range toks {
		switch {
		case isAsking(t.Word), anaphora[t.Word]:
			return false
		case !analysis.IsStop(t.Word):
			content++
		case t.Word != "the" && t.Word != "of" && t.Word != "a" && t.Word != "in" && t.Word != "on" || i == len(toks)-1:
			return false
		}
	}
	return content > 0 && len(toks) <= longTopic && !strings.ContainsAny(text, ",;:")
}

// claimed is a yes-or-no question as a statement, near enough to be read: the verb that
// opens it comes behind the subject, as far as that can be told, or goes.
func claimed(text string) string {
	m := aux.FindStringSubmatch(strings.TrimRight(strings.TrimSpace(text), "?!. "))
	if m == nil {
		return text
	}
	verb, rest := strings.ToLower(m[1]), m[2]
	if short, ok := strings.CutSuffix(strings.ReplaceAll(verb, "’", "'"), "n't"); ok {
		verb = short // "Didn't they agree?" asks whether they did
		if verb == "wo" {
			verb = "will"
		}
	}
	switch verb {
	case "do", "does", "did":
		return rest + "."
	}
	words := strings.Fields(rest)
	at := subject(rest)
	if at <= 0 || at >= len(words) {
		return rest + "."
	}
	return strings.Join(words[:at], " ") + " " + verb + " " + strings.Join(words[at:], " ") + "."
}

// subject is how many words of what follows the verb are its subject: a name, or what
// opens with an article or the like up to its first noun.
func subject(rest string) int {
	words := strings.Fields(rest)
	toks := analysis.Tokenize(rest)
	if len(toks) != len(words) || len(words) < 2 {
		return 0
	}
	switch toks[0].Word {
	case "there", "it", "he", "she", "they", "we", "you", "i", "this", "that", "anyone", "anybody", "everyone", "nobody":
		return 1
	}
	n := 0
	for n < len(toks) && toks[n].Upper {
		n++
	}
	for n > 0 && n+1 < len(toks) && toks[n].Word == "and" && toks[n+1].Upper { // "Witkoff and Kushner"
		for n++; n < len(toks) && toks[n].Upper; {
			n++
		}
	}
	if n > 0 {
		return n
	}
	for n < len(toks) && analysis.IsStop(toks[n].Word) {
		n++
	}
	return min(n+1, len(toks)-1)
}
