package question

import (
	"regexp"
	"strings"
	"unicode"

	"parley/retrieval/analysis"
)

// What chat programs write into a message beside its words.
var (
	// fence matches a block of code, and a line that quotes another message.
	fence = regexp.MustCompile("(?s:```.*?```)|(?m:^[ \\t]*>+ .*$)")
	// linked matches a link under a text, and a bare address.
	linked  = regexp.MustCompile(`\[([^\]\n]+)\]\(https?://[^\s)]+\)`)
	address = regexp.MustCompile(`<?https?://[^\s>]+>?`)
	// tag matches a mention, an emoji of a server, a time, a command (Discord, message formatting).
	tag = regexp.MustCompile(`<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[\w ]+:\d+|id:\w+)>|@(?:everyone|here)\b|:[a-z][a-z0-9_+]{1,31}:`)
	// marks matches what makes words bold, struck or hidden, and code within a line.
	marks = regexp.MustCompile("\\*{1,3}|_{2,3}|~~|\\|\\||`")
	// signature matches what mail programs add.
	signature = regexp.MustCompile(`(?im)^\s*(?:sent from my \w+(?: \w+){0,2}|sent via .{1,30}|get outlook for \w+|--)\s*\.?\s*$|\bsent from my (?:iphone|ipad|android(?: phone)?|phone|galaxy|mobile)\b\.?\s*$`)
	// smiley matches faces of signs.
	smiley = regexp.MustCompile(`(?:^|\s)(?:[:;=]['’]?-?[()DPpOo/|3*]+|[xX]D+|<3|\^\^|\\o/)(?:\s|$)`)
)

// Words around a question. What stands in open goes at its beginning, as often as it
// is there; what stands in closing, at its end; asking, before what asks.
const (
	laughs = `lol|lmao|rofl|(?:ha){2,}|(?:he){2,}|omg|wow`
	asks   = `who(?:['’]s|m|se)?|what(?:['’]s)?|when|where(?:['’]s)?|why|how|which|if|whether|is|are|was|were|does|did|has`
	short  = `tl;?dr|(?:in|with) (?:one|a|1|two|2) (?:sentence|line|word)s?|in (?:short|brief|a nutshell|a few words)|briefly|short(?: answer)?|quickly`
	thanks = `thanks(?: a lot| so much| in advance| again)?|thank (?:you|u)(?: very much| so much| in advance)?|thx|thnx|tysm?|tia|cheers|much appreciated|appreciate it`
)

var (
	opening = regexp.MustCompile(`(?i)^[\s,.:;!…—–-]*(?:\(?\d{1,2}[.)]\s|(?:` + laughs + `|` + short + `|(?:hi+|hey+|hello|hiya|yo|howdy|greetings|good (?:morning|evening|afternoon|day))(?:,? (?:there|all|everyone|everybody|guys|folks|team|bot|parley|again|dear bot))*` +
		`|(?:ok(?:ay)?|alright|right|so|well|hmm+|u+m+|u+h+|er+m*|eh|oh|anyway|btw|fyi|tbh|ngl|imo|idk|sorry|please|pls|plz|also|parley|bot|dear bot|excuse me|@\S+)` +
		`|` + thanks + `|(?:i have |i(?:['’]ve)? got |just )?(?:a |an |one |another |my )?(?:more |last |quick |dumb |stupid |silly |simple |random |other |next |noob )*(?:questions?|q)(?: for (?:you|u))?(?: is)?\s*[:,;.!—–-]+|quick (?:q|question)(?: but)?|(?:dumb|stupid|silly) question(?: but)?` +
		`|asking for a friend|just (?:curious|wondering|asking)|not sure if (?:this|it) was asked|for my (?:homework|essay|class|paper)|for context)(?:[\s,.:;!?…—–-]+|$))`)
	asking = regexp.MustCompile(`(?i)^(?:(?:can|could|would|will|do|does|did) (?:you|u|ya|someone|somebody|anyone|anybody|any(?: ?one)? of you)(?: guys)?(?: please| pls| kindly| maybe| perhaps| happen to)*|please|pls|any(?:one|body)(?: here)?|i (?:was|am)(?: just)? (?:wondering|curious)|i['’]?m(?: just)? (?:wondering|curious)|i(?: just)? (?:wonder|need|want)|i(?:['’]d| would) (?:like|love)|i(?:['’]d| would) be interested|any idea|my question is|what i (?:want|need|would like) to know is|let me know|remind me|tell (?:me|us)|know|help me understand)(?: to (?:know|hear|ask|learn|understand|find out))?` +
		`(?: (?:please |pls )?(?:tell|remind|show|inform) (?:me|us)| (?:know|explain|say|find out|look up|check|answer))?(?: again| please| pls)?[\s,:]+((?:` + asks + `)\b.*)$`)
	closing = regexp.MustCompile(`(?i)[\s,.;:!(…—–-]+(?:` + laughs + `|` + thanks + `|` + short + `|please|pls|plz|lmk|asap|btw|tbh|ngl|tho|bro|dude|mate|man|bot|parley|guys|folks|anyone|anybody|asking for a friend|just (?:curious|wondering)|(?:pls|please),? (?:` + thanks + `)|with (?:a )?sources?|no essays?|idk|can['’]?t find it(?: anywhere)?|need (?:it|this) for (?:my )?(?:homework|class|work|school))[\s.!?)…]*$`)
)

// chatWords are words as people shorten them.
var chatWords = map[string]string{
	"u": "you", "ur": "your", "r": "are", "abt": "about", "bout": "about", "b4": "before", "bc": "because", "bcs": "because", "cuz": "because", "coz": "because",
	"ppl": "people", "govt": "government", "pres": "president", "plz": "please", "pls": "please", "tho": "though", "thru": "through", "tmrw": "tomorrow", "yday": "yesterday",
	"wanna": "want to", "gonna": "going to", "gotta": "got to", "wtf": "what", "wats": "what's", "whats": "what's", "whos": "who's", "wheres": "where's", "whens": "when's",
	"hows": "how's", "whys": "why's", "thats": "that's", "theres": "there's", "didnt": "didn't", "dont": "don't", "doesnt": "doesn't", "isnt": "isn't", "wasnt": "wasn't",
	"arent": "aren't", "werent": "weren't", "hasnt": "hasn't", "havent": "haven't", "hadnt": "hadn't", "couldnt": "couldn't", "wouldnt": "wouldn't", "shouldnt": "shouldn't", "cant": "can't",
}

// withWords matches "w/" and "w/o" before a word.
var withWords = regexp.MustCompile(`(?i)\bw/(o)?\s*`)

// unchatted takes off a message what chat adds to a question: what its program writes
// into it, words around it, and short forms. A message that has nothing else stays.
func unchatted(message string) string {
	text := marks.ReplaceAllString(linked.ReplaceAllString(message, "$1"), "")
	for _, what := range []*regexp.Regexp{signature, tag, address, smiley} {
		text = what.ReplaceAllString(text, " ")
	}
	if rest := fence.ReplaceAllString(message, " "); rest != message && says(rest) {
		return unchatted(rest)
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r > unicode.MaxLatin1 || r == '\ufe0f' {
			return ' ' // emoji
		}
		return r
	}, text))
	text = spelled(text)
	for range 8 { // words around words
		before := text
		if rest := opening.ReplaceAllString(text, ""); says(rest) {
			text = rest
		}
		if m := asking.FindStringSubmatch(text); m != nil {
			text = m[1]
		}
		if at := closing.FindStringIndex(text); at != nil && says(text[:at[0]]) {
			mark := ""
			if strings.Contains(text[at[0]:], "?") {
				mark = "?"
			}
			text = strings.TrimRight(text[:at[0]], " ,;:—–-") + mark
		}
		if text == before {
			break
		}
	}
	if !says(text) {
		return message
	}
	return text
}

// says reports whether a text has a word that says something.
func says(text string) bool {
	for _, t := range analysis.Tokenize(text) {
		if !analysis.IsStop(t.Word) || isAsking(t.Word) {
			return true
		}
	}
	return false
}

// spelled writes out short forms.
func spelled(text string) string {
	text = withWords.ReplaceAllStringFunc(text, func(w string) string {
		if strings.ContainsAny(w, "oO") {
			return "without "
		}
		return "with "
	})
	var b strings.Builder
	at := 0
	for _, t := range analysis.Tokenize(text) {
		long, ok := chatWords[t.Word]
		if !ok || t.Upper && t.End-t.Start > 1 && t.Start > 0 { // "US", a name
			continue
		}
		b.WriteString(text[at:t.Start])
		b.WriteString(long)
		at = t.End
	}
	b.WriteString(text[at:])
	return b.String()
}
