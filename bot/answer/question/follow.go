package question

import (
	"regexp"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/retrieval/analysis"
)

// What people say of the answer before; the group is what more is wanted on.
//
//nolint:gochecknoglobals // patterns, never written to
var (
	more   = regexp.MustCompile(`(?i)^(?:(?:can|could) (?:you|i|u) )?(?:(?:please |pls )?(?:tell|give|show|get|have|say|want)(?: (?:me|us))? |(?:is|was) there |any(?:thing)? |and |some |what )*(?:more|else|further|details|other details|the rest|elaborate|go on|continue|expand)(?: (?:info|information|details|please|pls|on (?:that|this|it)|about (?:that|this|it)|to (?:that|this|it)))*$`)
	origin = regexp.MustCompile(`(?i)^(?:(?:and |so )?(?:what(?:['’]s| is| are)?|where(?:['’]s| is| are)?|give me|show me|got|have you got|any|can i (?:have|get|see)) )?(?:(?:your|the|ur|a|an|any) )?(?:sources?|links?|url|proof|citations?|references?|evidence)(?: (?:for|on|of|to|behind) (?:that|this|it))?(?: (?:please|pls))?$` +
		`|^(?:and )?(?:where (?:did you (?:get|read|find)|do(?:es)?|can i (?:read|find|see)|is|was) (?:you )?(?:have )?(?:that|this|it)(?: (?:come )?from| information from)?|(?:which|what) (?:article|report|outlet|source|paper|site)s? (?:is|was|says?|said|does|did|reported|wrote) (?:that|this|it)(?: (?:come )?(?:from|in))?|who (?:reported|published) (?:that|this|it)|according to (?:who|whom|what))$`)
	whose   = regexp.MustCompile(`(?i)^(?:(?:and|so|but|ok(?:ay)?)[, ]+)*who (?:said|says|claims|claimed|told (?:you|us) )(?: ?(?:that|this|it|so))?$`)
	sure    = regexp.MustCompile(`(?i)^(?:(?:and |but )?(?:are|r) (?:you|u) (?:really |absolutely |100 ?% )?(?:sure|certain)(?: (?:about|of) (?:that|this|it))?|(?:but )?is (?:that|this|it) (?:really |actually )?(?:true|right|correct|so|certain|a fact)|really|seriously|for real|is that so|you sure|u sure|sure)$`)
	instead = regexp.MustCompile(`(?i)^(?:(?:no|nope|nah|sorry|wait|actually|oh)[,. ]+)*(?:i (?:mean|meant)|i was (?:asking|talking) about|not (?:that|him|her|them)[,;]?(?: but)?)[,: ]+(.+)$`)
	// turning says that what follows is about something else.
	turning = regexp.MustCompile(`(?i)^(?:(?:and|ok(?:ay)?|so|but|now|well|thx|thanks)[,!. ]+)*(?:(?:now )?(?:to |for )?(?:something|sth) (?:else|different)|(?:a )?(?:change|switch) of (?:topic|subject)|(?:new|another|other|different|next) (?:topic|subject|question|thing|q)|on (?:another|a different) (?:note|topic|subject)|(?:switching|changing) (?:topics?|subjects?)|unrelated(?: question)?|completely different)\s*(?:[,:;.!—–-]+\s*|$)`)
)

// follows tells what a message is to what was said before it, and what is asked with it.
func (q *Question) follows() {
	bare := strings.TrimRight(q.Text, "?!. ")
	switch {
	case len(q.Before) == 0:
	case more.MatchString(bare):
		q.Kind, q.Topic = More, q.Before[len(q.Before)-1]
	case origin.MatchString(bare):
		q.Kind = Origin
	case whose.MatchString(bare):
		q.Kind = Whose
	case sure.MatchString(bare):
		q.Kind = Sure
	default:
		if m := instead.FindStringSubmatch(q.Text); m != nil {
			q.instead(m[1])
		}
		if q.Kind == Overview && q.Dependent && aboutWhat.MatchString(bare) {
			q.Kind = Detail // "What about her?" asks the same of her
		}
	}
}

// Further reports whether something else is asked for than what was said ("And who else?").
func (q *Question) Further() bool {
	return slices.ContainsFunc(analysis.Tokenize(q.Text), func(t analysis.Token) bool { return t.Word == "else" })
}

// instead asks what was asked before of something else: of another name in the place of
// its only one, else of that alone.
func (q *Question) instead(of string) {
	before := q.Before[len(q.Before)-1]
	q.Text, q.Dependent = of, true
	if !isTopic(of) {
		return
	}
	if from, to := onlyName(before); to > 0 {
		q.Text, q.Dependent = before[:from]+of+before[to:], false
		q.understand(q.Text)
		return
	}
	q.Kind, q.Topic = Subject, of
}

// onlyName is where the only name of a question stands, in bytes; to is 0 where it has
// none or several.
func onlyName(text string) (from, to int) {
	toks := analysis.Tokenize(text)
	for i := 1; i < len(toks); i++ {
		if t := toks[i]; t.Upper && !analysis.IsStop(t.Word) {
			switch {
			case to == 0:
				from, to = t.Start, t.End
			case strings.TrimSpace(text[to:t.Start]) == "":
				to = t.End
			default:
				return 0, 0
			}
		}
	}
	return from, to
}

// aboutWhat opens a question that asks the same of something else.
var aboutWhat = regexp.MustCompile(`(?i)^(?:and |but |so |then )*(?:what|how) (?:about|abt) `)

// Again is the question before, as it was asked then; nil without one.
func (q *Question) Again() *Question {
	history := q.ask.History
	for i, turn := range slices.Backward(history) {
		if turn.Role != "user" {
			continue
		}
		ask := q.ask
		ask.Text, ask.History = turn.Text, history[:i]
		if out := Read(ask); out.Reason == answer.Answered && out.Kind != Sure && out.Kind != Origin && out.Kind != More {
			return out
		}
	}
	return nil
}
