package question

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval/analysis"
)

// maxQuestionRunes bounds what is read of a question; Discord's own limit for a
// text option is 6000 characters, and no question needs a third of that.
const maxQuestionRunes = 2000

// shortShout is the length in bytes up to which capitals may be an acronym.
const shortShout = 12

// request is a message after what is not a question has been taken out.
type request struct {
	text        string        // what is asked
	reason      answer.Reason // why it is not a question, or Answered
	instruction bool          // an instruction beside the question was ignored
}

// Words of setting aside what somebody was told, and for what they were told.
const (
	settingAside = `ignore|disregard|forget|override|bypass`
	toldThings   = `instructions?|rules?|prompts?|guidelines?|restrictions?|previous|prior|above|everything|context|sources?|articles?|documents?|reports?|passages?|texts?|facts|limits?|safety|filters?|policy|policies|citations?`
	// opened is what an order may open with.
	opened = `(?:(?:please|pls|kindly|now|then|also|and|just|so|do|first|to|you (?:should|must|will|can|are to|have to))\s+)*`
	// personas are words that give somebody a role.
	personas = `act as|pretend (?:to be|that|you)|role-?play|from now on|simulate`
)

var (
	markup = regexp.MustCompile("(?i)</?[a-z_|][^<>]{0,80}>|<\\|[^|]{0,40}\\|>|\\[/?inst\\]|`{3,}|^\\s*#{2,}")
	// A text handed over as one more article, between tags.
	enclosed = regexp.MustCompile(`(?is)<(article|source|document|context|passage|report|news|data|system)\b[^<>]{0,80}>.*?</(article|source|document|context|passage|report|news|data|system)\s*>`)
	// A role label as chat transcripts have them.
	roleLabel = regexp.MustCompile(`(?i)^\W*(system|assistant|developer|admin(istrator)?|root|sudo|operator)\b\s*(prompt|override|message|instructions?|notes?|update|mode|command|notice)?\s*[:>]`)
	// The bot itself is spoken to, but for "do you know": who says so asks about others.
	toBot = regexp.MustCompile(`(?i)\b(you|your|yours|yourself|u|ur|we|let['’]?s)\b`)
	known = regexp.MustCompile(`(?i)\b(?:do|did|can|could|would|will|have|has) (?:you|we|u)\b(?: (?:please|pls))? (?:know|have|got|tell|find|say|give|explain|hear|heard|see|show|list|think)\b`)
	// Setting aside what the bot was told.
	override = regexp.MustCompile(`(?i)\b(` + settingAside + `|skip|drop|discard|violate|break)\b.{0,60}\b(` + toldThings + `)\b`)
	// The same as an article has it that speaks to its reader: at the start of a
	// clause, or of what only a bot has. Ministers break rules, too.
	overrideHere = regexp.MustCompile(`(?i)^\W*` + opened + `(?:` + settingAside + `|skip|drop|discard|violate|break)\b.{0,60}\b(?:` + toldThings + `)\b` +
		`|[,:;—–]\s*` + opened + `(?:` + settingAside + `)\b.{0,60}\b(?:` + toldThings + `)\b` +
		`|\b(?:` + settingAside + `)\b.{0,30}\b(?:previous|prior|above|earlier|system|your)\b.{0,20}\b(?:instructions?|prompts?|rules?|guidelines?|sources?|articles?)\b`)
	quotation = regexp.MustCompile(`"[^"\n]*"|“[^”\n]*”`)
	// joint is where an order may follow a question in its sentence.
	joint = regexp.MustCompile(`(?i)[,;:—–]\s*(?:(?:and|then|also|but)\s+)*|\s(?:(?:and|then|also|but)\s+)+`)
	// overrideAll begins with setting aside what only a bot has been told.
	overrideAll = regexp.MustCompile(`(?i)^\W*` + opened + `(?:` + settingAside + `)\b.{0,30}\b(?:previous|prior|above|earlier|system|your)\b.{0,20}\b(?:instructions?|prompts?|rules?|guidelines?|sources?|articles?)\b`)
	doIgnore    = regexp.MustCompile(`(?i)^\W*do (?:` + settingAside + `)\b`)
	// What opens like an order and reports: "Never before …", "Output rose …", and
	// what somebody is quoted with.
	reports = regexp.MustCompile(`(?i)^\W*(?:(?:never|always) (?:before|again|in|on|at|has|have|had|did|do|does|was|were|is|an?|the|one|far|short)\b` +
		`|(?:output|print|echo|write)(?:[-–]|\s+(?:at|of|from|in|by|for|rose|fell|grew|dropped|sales|runs?)\b))` +
		`|^["“].*[,?!.]["”] .*\b(?:said|says|told|wrote|asked|added|warned)\b`)
	// Giving the bot a role or a standing order: where it is spoken to, and where a
	// sentence opens with that. Pupils act as pirates, too.
	persona     = regexp.MustCompile(`(?i)\b(` + personas + `|you are (now|no longer)|for the rest of|new (rules?|instructions?|persona|task)|jailbreak|(developer|god|unrestricted) mode|without (any )?(rules|restrictions|filters))\b`)
	personaHere = regexp.MustCompile(`(?i)^\W*` + opened + `(?:` + personas + `)\b` +
		`|^\W*(?:new (?:rules?|instructions?|persona|task)|jailbreak)\W*(?:[:=!]|$)` +
		`|\b(?:enter|enable|activate|switch(?: in)?to|switch on|turn on|go into)\b.{0,20}\b(?:developer|god|debug|jailbreak|unrestricted) mode\b|^\W*(?:developer|god|debug|unrestricted) mode\W*(?:on|enabled|activated|now)?\W*$`)
	// Asking for the bot's own text or secrets: where it is spoken to, and where nothing
	// else is said.
	innards     = regexp.MustCompile(`(?i)\b(system prompt|hidden prompt|(your|the|initial|these|those) (system )?(prompts?|instructions)|your (rules|guidelines|configuration|settings|source code)|api[ _-]?keys?|(bot|discord|access) tokens?|passwords?)\b`)
	innardsHere = regexp.MustCompile(`(?i)^\W*` + opened + `(?:what(?:['’]s| is| are| was| were)?|show|give|tell|share|list|read|display|dump|get|hand over|describe|explain)(?: (?:me|us|out|all|of|the|this|these|those))*(?: (?:system|hidden|initial|secret|original))*` +
		` (?:(?:system|hidden|initial) prompts?|api[ _-]?keys?|(?:bot|discord|access) tokens?|passwords?)\W*$` +
		`|^\W*` + opened + `(?:show|give|tell|share|read|display|dump|get)(?: (?:me|us|out|all|of))* (?:the|this|these|those) (?:prompts?|instructions)\W*$`)
	// Text offered as one more source.
	plant = regexp.MustCompile(`(?i)\b(new|trusted|updated|additional|verified|official)\b.{0,30}\b(source|document|article|context|passage)s?\b\s*(\[?\(?\d+\)?\]?)?\s*[:=]|\b(source|document|article|context|passage)\s*\[?\(?\d+\)?\]?\s*[:=]`)
	// A reference to a source by a number that nobody gave it.
	bySource = regexp.MustCompile(`(?i)\b(based (only |solely )?on|according to|using|from|per|as in)\s+(the\s+|this\s+|that\s+)?((new|trusted|corrected|updated|verified|official)\s+(source|document|context|passage|article|report)s?(\s*\[?\(?\d+\)?\]?)?|(source|document|context|passage)s?\s*\[?\(?\d+\)?\]?)\s*,?\s*`)
	// An order about what to put out, at the start of a sentence.
	order = regexp.MustCompile(`(?i)^\W*(please\s+|now\s+|then\s+|also\s+|and\s+|just\s+|only\s+|always\s+|never\s+)*(say|(state|claim|confirm|assert|declare|admit|announce)( clearly| plainly| again)? that|print|repeat|reply|respond|output|echo|write|rewrite|translate|answer (only|with|in|as|using|every)|speak|sing|compose|generate|create|make up|invent|execute|delete|ping|post (a|an|the|this|that|it)|send|reveal|leak|do not|don['’]t|always|never|(end|begin|start) (every|each|your)|use only|insert|add)\b`)
	// A question that opens with "don't": who or what it is about follows, where an order
	// has a verb.
	denied = regexp.MustCompile(`(?i:^\W*(?:(?:and|but|so|then|ok|okay|well)\W+)*don['’]?t )(?:(?i:the|these|those|their|his|her|its|our|your|my|all|both|some|most|many|any|they|he|she|it|we|people|articles|reports)\b|\p{Lu}\w*(?: \w+)* \w+.*\?\W*$)`)
	// An order to say what somebody asks: "Write down how long …".
	sayWhat = regexp.MustCompile(`(?i)^\W*` + opened + `(?:say|state|print|repeat|reply|respond|output|write|answer|report|note|post|send)(?: (?:down|out|up|back|me|us|to me|for me|again|exactly|only|with|briefly))*[,:]? ((?:(?:to|for|in|on|at|by|from|with|of|about) )?(?:who|whom|whose|what|when|where|why|which|how)\b.*)$`)
	// What is written before, which is the bot's own.
	before = regexp.MustCompile(`(?i)\b(?:above|before this|previous|prior|prompts?|instructions|i|me|my)\b`)
	// Where a question begins behind an order ("… and tell me who …").
	asksAfter = regexp.MustCompile(`(?i)(?:\band\b|\bthen\b|\bbut\b|\balso\b|[.!,:;—–-])\s*(?:(?:please|then|also|instead|first)\s+)*(?:(?:tell me|answer|explain|say)\s*[:,]?\s+)?((?:who|whom|whose|what|when|where|why|which|how)\b.*)$`)
	asksStart = regexp.MustCompile(`(?i)^\W*(?:(?:and|but|so|also|please|then|ok|okay|now)\W+)*(?:(?:can|could|would|will) you (?:please )?)?(who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|tell me|describe|explain|summari[sz]e|list|name|give|show|compare|what's|who's|where's|anything|any)\b`)
)

// sift takes a message apart: markup and instructions go, the question stays.
func sift(message string) request {
	text := Tidy(message, maxQuestionRunes)
	if len(text) > shortShout && !strings.ContainsFunc(text, unicode.IsLower) {
		text = strings.ToLower(text) // in capitals, no word is a name
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return request{reason: answer.Empty}
	}
	marked := markup.MatchString(text)
	plain := unchatted(text)
	if isSmallTalk(text) || isSmallTalk(plain) {
		return request{text: text, reason: answer.SmallTalk}
	}
	text = plain
	text = enclosed.ReplaceAllString(text, "\n")
	text = strings.TrimSpace(markup.ReplaceAllString(text, "\n"))
	kept, instruction := keptOf(text)
	if bySource.MatchString(text) && (instruction || marked) {
		instruction = true
		for i := range kept {
			kept[i] = bySource.ReplaceAllString(kept[i], "")
		}
	}
	if instruction {
		asked := kept[:0]
		for _, s := range kept {
			if strings.HasSuffix(strings.TrimRight(s, "\"'”’) "), "?") || asksStart.MatchString(s) {
				asked = append(asked, s)
			}
		}
		kept = asked
	}
	for i, s := range kept {
		if i == len(kept)-1 || strings.Contains(strings.TrimSpace(s), " ") { // a word between marks is none
			kept[i] = finished(s)
		}
	}
	text = cutRunes(strings.TrimSpace(strings.Join(kept, " ")), maxQuestionRunes)
	if len(analysis.Tokenize(text)) == 0 {
		return request{reason: answer.Instruction, instruction: true}
	}
	if instruction {
		text = cutRunes(finished(unchatted(text)), maxQuestionRunes)
	}
	return request{text: text, instruction: instruction}
}

// keptOf are the sentences of a text that are no instructions, and what is asked in those
// that are; instruction reports whether there are such.
func keptOf(text string) (kept []string, instruction bool) {
	end := -1 // of the sentence kept last
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		sentence := text[s.Start:s.End]
		if m := sayWhat.FindStringSubmatch(sentence); m != nil && !isInstruction(m[1]) && !before.MatchString(m[1]) && !toBot.MatchString(m[1]) {
			kept, end = append(kept, m[1]), s.End
			continue
		}
		if question, ok := withoutOrder(sentence); ok {
			instruction, kept, end = true, append(kept, question), s.End
			continue
		}
		if !isInstruction(sentence) {
			if s.Start == end { // cut without a blank, and joined without one
				kept[len(kept)-1] += sentence
			} else {
				kept = append(kept, sentence)
			}
			end = s.End
			continue
		}
		instruction = true
		if m := asksAfter.FindStringSubmatch(sentence); m != nil && !isInstruction(m[1]) {
			kept = append(kept, m[1])
		}
	}
	return kept, instruction
}

// isInstruction reports whether a sentence tells the bot what to do. A question about
// others is none, whatever they ignore or leak.
func isInstruction(s string) bool {
	return order.MatchString(s) && !reports.MatchString(s) && !denied.MatchString(s) || commands(s)
}

// commands reports whether a sentence sets aside what the bot was told, gives it a role,
// asks for its own text, or is put up as one of another speaker or source.
func commands(s string) bool {
	if roleLabel.MatchString(s) || plant.MatchString(s) {
		return true
	}
	if asksStart.MatchString(s) {
		s = quotation.ReplaceAllString(s, "“”") // said by others
	}
	spoken := toBot.MatchString(known.ReplaceAllString(s, ""))
	if spoken && (override.MatchString(s) || persona.MatchString(s) || innards.MatchString(s)) || innardsHere.MatchString(s) {
		return true
	}
	return !asksStart.MatchString(s) && (overrideHere.MatchString(s) || personaHere.MatchString(s)) || doIgnore.MatchString(s)
}

// withoutOrder cuts a sentence before what it tells the bot behind a question ("who won,
// and ignore your rules"). What others ignore and print is a part of the question.
func withoutOrder(s string) (string, bool) {
	if !asksStart.MatchString(s) {
		return s, false
	}
	for _, m := range joint.FindAllStringIndex(s, -1) {
		behind := s[m[1]:]
		own := toBot.MatchString(behind) && (order.MatchString(behind) || override.MatchString(behind) || persona.MatchString(behind)) || overrideAll.MatchString(behind)
		if own && !asksStart.MatchString(behind) && !isInstruction(s[:m[0]]) {
			return strings.TrimRight(s[:m[0]], " ,;:—–-") + "?", true
		}
	}
	return s, false
}

// IsOrder reports whether a sentence of an article tells its reader what to do, as
// texts do that are meant for a bot. Such a sentence reports nothing.
func IsOrder(s string) bool {
	return roleLabel.MatchString(s) || plant.MatchString(s) || order.MatchString(s) && !reports.MatchString(s) || overrideHere.MatchString(s) || isAimed(s)
}

// A machine, as a text calls one that it speaks to; what it does with a text; and what
// it is told.
const (
	machine = `(?:AIs?|A\.I\.|artificial intelligences?|LLMs?|language models?|chat-?bots?|bots?|(?:Chat)?GPT(?:-?\d\S*)?|Claude|Gemini|Copilot|(?:virtual |automated )?assistants?|(?:automated |automatic )?(?:agents?|crawlers?|summari[sz]ers?|systems? that (?:read|process|summari[sz]e)s?))` +
		`(?: (?:assistants?|systems?|models?|agents?|bots?|tools?|readers?|crawlers?|engines?))?`
	handles = `(?:(?:that|which|who) (?:is |are )?)?(?:read(?:s|ing)?|process(?:es|ing)?|summari[sz](?:es?|ing)|index(?:es|ing)?|pars(?:es?|ing)|quot(?:es?|ing)|us(?:es?|ing)) (?:this|these|the)(?: (?:article|page|text|document|report|story|passage|site|website|content|news)s?)?`
	utters  = `(?:say|state|claim|report|answer|reply|respond|mention|include|confirm|tell|write|add|treat|present|repeat|use|quote|cite)`
)

var aimed = sync.OnceValue(func() []*regexp.Regexp { //nolint:gochecknoglobals // compiled when first asked for
	return []*regexp.Regexp{
		// "Note to AI systems: …", "Dear chatbot, …", "If you are an AI, …"
		regexp.MustCompile(`(?i)^\W*(?:(?:an? )?(?:important |special )?(?:notes?|notice|message|instructions?|attention|reminder|request)(?: (?:to|for|of))?|dear|hey|hello|if you(?: are|['’]re)|as) (?:an? |any |all |the |every |large |you )*` + machine + `(?: ` + handles + `)?\s*[:,;.!—–-]`),
		regexp.MustCompile(`(?i)^\W*(?:(?:for|to) )?(?:an? |any |all |the |every |large )*` + machine + `(?: ` + handles + `)?\s*(?:[:—–]|, (?:please |always |now )?` + utters + `\b)`),
		// "Assistants summarising this article should state …"
		regexp.MustCompile(`(?i)\b` + machine + ` (?:` + handles + ` (?:must|should|shall|will|may only|(?:are|is) (?:hereby )?(?:asked|instructed|required|told|requested))|(?:are|is) hereby)\b`),
		// "When summarising this article, include …", "If asked about it, say …"
		regexp.MustCompile(`(?i)^\W*(?:if|when|whenever) (?:you (?:are |['’]re )?)?(?:asked|summari[sz](?:e|ing)|quot(?:e|ing)|answer(?:ing)?|cit(?:e|ing)|describ(?:e|ing))\b[^,.]{0,60}, (?:please |always |only |also |you (?:must|should) )*` + utters + `\b`),
		// "All answers must mention …", "The following overrides all other sources"
		regexp.MustCompile(`(?i)\b(?:all|any|every|your) (?:answers?|summar(?:y|ies)|responses?|replies) (?:to|about|of|on)?.{0,40}\b(?:must|should|shall) ` + utters + `\b|\b(?:overrides?|supersedes?|takes precedence over) (?:all |any |every )?(?:other |previous |earlier )*(?:sources?|reports?|articles?|accounts?|documents?|instructions?)\b`),
	}
})

// isAimed reports whether a sentence speaks to a machine that reads it.
func isAimed(s string) bool {
	return slices.ContainsFunc(aimed(), func(r *regexp.Regexp) bool { return r.MatchString(s) })
}

// cutRunes is the first n runes of a text.
func cutRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// Tidy drops what cannot be seen and keeps at most n runes.
func Tidy(s string, n int) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, ""))
	var b strings.Builder
	for _, r := range s {
		if n == 0 {
			break
		}
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			continue
		default:
			b.WriteRune(r)
		}
		n--
	}
	return strings.TrimSpace(b.String())
}

// smallPhrases is what people say to a bot without asking about anything, without
// the s of "what's"; smallFiller are words that may stand beside it.
const (
	smallPhrases = `hi|hello|hey|hiya|yo|howdy|greetings|morning|evening|afternoon|thanks|thank|thx|ty|cheers|bye|goodbye|cya|ok|okay|cool|nice|great|wow|lol|haha` +
		`|good (?:morning|evening|night|afternoon|day|bot|job)|bad bot|thank you(?: very much)?|thanks a lot|many thanks|how are you(?: doing)?|how (?:is )?it going|how do you do|what up|whats up|sup` +
		`|see you(?: later)?|later|done|well done|nice to meet you|who are you|what are you|are you (?:a bot|human|an ai|real)|what (?:is )?your name|what (?:can|do) you do|what can i ask(?: you)?` +
		`|what do you know(?: about)?|how do you work|how does this work|help|help me|test|testing|ping|i love you|you are (?:great|awesome)|that is all|never mind|nevermind|please|yes|no|sorry`
	smallFiller = `there|bot|parley|everyone|all|again|so|much|today|my|friend|dear|pls|please|oh|well|and|really|very`
)

var smallTalk = regexp.MustCompile(`^(?:(?:` + smallFiller + `) )*(?:` + smallPhrases + `)(?: (?:` + smallPhrases + `|` + smallFiller + `))*$`)

// longTalk is how many words small talk has at most.
const longTalk = 8

func isSmallTalk(text string) bool {
	var words []string
	for _, t := range analysis.Tokenize(text) {
		words = append(words, t.Word)
	}
	if _, alone := talkOf(text); alone {
		return true
	}
	return len(words) <= longTalk && smallTalk.MatchString(strings.Join(words, " "))
}
