package question

import (
	"regexp"
	"strings"

	"parley/bot/answer"
	"parley/retrieval/analysis"
)

// talks tell by its words what small talk is about, the more particular ones first. The
// words are folded, with a blank between two.
//
//nolint:gochecknoglobals // patterns, never written to
var talks = [...]struct {
	talk    answer.Talk
	alone   bool // it is small talk without other words of it
	pattern *regexp.Regexp
}{
	{answer.TalkTrust, true, regexp.MustCompile(`^(?:(?:so|and|but|how|why) )?(?:(?:can|could|should|do|would|will) (?:i|we|one|people) (?:really |fully )?(?:trust|rely on|believe) (?:you|this bot|your answers|what you say)|(?:are|is) (?:you|this bot) (?:reliable|trustworthy|accurate|biased|always right|ever wrong)|(?:do|can) you (?:ever )?(?:lie|hallucinate|make (?:things|stuff) up|make mistakes))$`)},
	{answer.TalkMaker, true, regexp.MustCompile(`^(?:who|which company|what company) (?:made|built|created|wrote|programmed|coded|developed|trained|owns|runs|designed|operates) (?:you|this bot|the bot)$|^who (?:is|are) your (?:maker|makers|creator|creators|developer|developers|owner|owners|author)$|^who do you (?:work for|belong to)$`)},
	{answer.TalkWho, true, regexp.MustCompile(`^(?:(?:so|and|but|hey|wait) )?(?:are you|r u|you are|am i (?:talking|speaking|chatting) (?:to|with)) (?:(?:a|an|the|really|just|even|actually|like|chat|some|any|kind of|sort of) )*(?:chat ?gpt|gpt ?\d*|openai|claude|gemini|copilot|siri|alexa|llama|grok|bard|llm|ai|a i|bot|robot|chatbot|human|person|real|machine|program|computer|alive|sentient|conscious|language model|man|woman|girl|boy|male|female)(?: (?:person|being|bot|model|assistant))?(?: or (?:(?:a|an|the|not|just|real) )*(?:chat ?gpt|ai|bot|robot|chatbot|human|person|real|machine|not|program|computer|man|woman|girl|boy|female|male)?(?: (?:person|being|bot))?)?$|^(?:who|what) (?:exactly )?are you(?: exactly)?$|^what (?:is |s )?your name$|^what (?:(?:ai|language) )?model (?:are you|do you use)$`)},
	{answer.TalkHow, true, regexp.MustCompile(`^(?:(?:so|and|but) )?how (?:do|does|did) (?:you|this|it|this bot|the bot) (?:actually |really )?(?:work|function|answer(?: questions)?|find (?:the )?answers|know (?:all )?(?:this|that|things))$`)},
	{answer.TalkThanks, false, regexp.MustCompile(`\b(?:thanks|thank|thx|ty|cheers|well done|good (?:bot|job)|great|you are (?:great|awesome)|i love you)\b`)},
	{answer.TalkBye, false, regexp.MustCompile(`\b(?:bye|goodbye|cya|see you|later|good night)\b`)},
	{answer.TalkOk, false, regexp.MustCompile(`^(?:(?:oh|well|and|ok|okay) )*(?:ok|okay|cool|nice|wow|lol|haha|yes|no|done|sorry|never mind|nevermind|that is all)(?: (?:ok|okay|cool|nice|wow|lol|haha|bot|then|really))*$`)},
}

// talkOf is what small talk is about; alone reports whether that makes a text small talk.
func talkOf(text string) (talk answer.Talk, alone bool) {
	var words []string
	for _, t := range analysis.Tokenize(text) {
		if t.Word != "please" && t.Word != "pls" && t.Word != "parley" {
			words = append(words, t.Word)
		}
	}
	folded := strings.Join(words, " ")
	for _, t := range talks {
		if t.pattern.MatchString(folded) {
			return t.talk, t.alone
		}
	}
	return answer.TalkHello, false
}

// TalkOf is what a message of small talk is about.
func TalkOf(message string) answer.Talk {
	talk, _ := talkOf(Tidy(message, maxQuestionRunes))
	if talk == answer.TalkHello {
		talk, _ = talkOf(unchatted(Tidy(message, maxQuestionRunes)))
	}
	return talk
}
