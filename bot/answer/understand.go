package answer

import (
	"regexp"
	"slices"
	"strings"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// understood is a question as the engine reads it.
type understood struct {
	text      string   // what is searched for, without instructions
	context   []string // earlier turns that lend their words, oldest first
	kind      Kind
	boost     float64 // what the words of context count
	dangling  bool    // points at something said before, of which there is nothing
	narrowed  bool    // only some articles may answer
	statement bool    // is to be checked, not answered: each of its words counts
	dependent bool    // leaves out what an earlier turn said
	last      string  // what the bot said last, when the question points at it
	ignored   bool    // an instruction beside the question was ignored
}

// contextTurns is how many earlier questions lend their words.
const contextTurns = 2

// What the words of earlier questions count beside those of a question that
// stands alone and of one that does not. Chosen near the best of some pairs tried
// on mtragun as a whole; no command repeats those trials.
const (
	standingBoost  = 0.25
	dependentBoost = 0.5
)

// Words that point at something said before.
var anaphora = set("it its he him his she her hers they them their theirs this that these those there then one ones former latter same so such else it's he's she's they're that's")

// aside are clauses about the articles as a whole: every question is about them.
var aside = regexp.MustCompile(`(?i),?\s*\b(?:(?:when|as|at the time|by the time)\s+(?:these|the|this|those|your)\s+(?:articles?|reports?|story|stories)\s+(?:were|was|are|is)\s+(?:written|published|made)|(?:according to|in|from)\s+(?:these|the|those|your|all)\s+(?:articles|reports|stories|sources))\b`)

// agreement asks whether the articles say the same of what follows: the answer
// is what each says of it.
var agreement = regexp.MustCompile(`(?i)^\W*(?:do|does|did)\s+(?:all\s+)?(?:of\s+)?(?:these|the|your|all|both|different)?\s*(?:articles?|reports?|outlets?|sources?|accounts?|stories)\s+(?:all\s+)?(?:agree|disagree|differ|conflict|say the same(?: thing)?|contradict (?:each other|one another))\s+(?:on|about|as to|over|in|regarding)\s+(?:the question of\s+)?`)

// Words that ask, as people misspell them. They are too short and too frequent to
// be corrected by the words of the articles.
var misspeltWords = map[string]string{
	"wich": "which", "whitch": "which", "whcih": "which", "whihc": "which", "wat": "what", "waht": "what", "wht": "what", "whta": "what",
	"wen": "when", "whne": "when", "wher": "where", "whre": "where", "wehre": "where", "woh": "who", "hwo": "who", "whoose": "whose", "wy": "why", "hwy": "why", "hw": "how",
}

// spellAsking puts right the first word of a question that asks.
func spellAsking(text string) string {
	for _, t := range analysis.Tokenize(text) {
		if right, ok := misspeltWords[t.Word]; ok {
			return text[:t.Start] + right + text[t.End:]
		}
		if isAsking(t.Word) {
			break
		}
	}
	return text
}

// withoutAsides leaves out what a question says about the articles as a whole.
func withoutAsides(text string) string {
	short := agreement.ReplaceAllString(text, "")
	short = strings.TrimSpace(aside.ReplaceAllString(short, ""))
	if len(analysis.Tokenize(short)) < 2 {
		return text
	}
	return short
}

// understand resolves what a question leaves out and what it expects.
func understand(r request, history []Turn) *understood {
	r.text = withoutAsides(spellAsking(r.text))
	toks := analysis.Tokenize(r.text)
	u := &understood{text: r.text, kind: expects(toks), ignored: r.instruction}
	var asked []string
	for _, t := range history {
		if t.Role == "user" {
			if q := sift(t.Text); q.reason == Answered {
				asked = append(asked, q.text)
			}
		}
	}
	if len(history) == 0 {
		u.dangling = pointsNowhere(toks)
		return u
	}
	u.dependent = leansOnContext(toks)
	u.boost = standingBoost
	if u.dependent {
		u.boost = dependentBoost
	}
	u.context = asked[max(0, len(asked)-contextTurns):]
	if u.dependent {
		// Names in what the bot said last are what a pronoun can point at.
		if last := history[len(history)-1]; last.Role != "user" {
			u.last = last.Text
			if names := namesIn(last.Text); names != "" {
				u.context = append(slices.Clone(u.context), names)
			}
		}
		if u.kind == Anything && len(asked) > 0 && !asksItself(toks) {
			u.kind = expects(analysis.Tokenize(asked[len(asked)-1]))
		}
	}
	return u
}

// leansOnContext reports whether a question cannot stand alone: it opens with a
// conjunction, points at something with a pronoun, or names hardly anything.
func leansOnContext(toks []analysis.Token) bool {
	content, names := 0, 0
	pronoun := false
	for i, t := range toks {
		if !analysis.IsStop(t.Word) {
			content++
			if t.Upper && i > 0 {
				names++
			}
		}
		pronoun = pronoun || anaphora[t.Word]
	}
	if len(toks) > 0 && (toks[0].Word == "and" || toks[0].Word == "but" || toks[0].Word == "also") {
		return true
	}
	return content <= 1 || pronoun && names <= 1 || content <= 2 && names == 0
}

// pointsNowhere reports whether a question without a conversation has nothing
// but a pronoun to say what it is about ("Who wrote it?").
func pointsNowhere(toks []analysis.Token) bool {
	pronoun := false
	for _, t := range toks {
		pronoun = pronoun || anaphora[t.Word]
		if !analysis.IsStop(t.Word) && !analysis.IsLight(t.Word) {
			return false
		}
	}
	return pronoun
}

func asksItself(toks []analysis.Token) bool {
	return slices.ContainsFunc(toks, func(t analysis.Token) bool { return isAsking(t.Word) }) ||
		len(toks) > 0 && auxiliaries[toks[0].Word]
}

// namesIn returns the capitalised words of a text that do not open a sentence
// and are not function words.
func namesIn(text string) string {
	var names []string
	prev := 0
	for i, t := range analysis.Tokenize(text) {
		opens := i == 0 || strings.ContainsAny(text[prev:t.Start], ".?!\n")
		prev = t.End
		if t.Upper && !opens && !analysis.IsStop(t.Word) && !slices.Contains(names, t.Word) {
			names = append(names, t.Word)
		}
		if len(names) == 12 {
			break
		}
	}
	return strings.Join(names, " ")
}

// query is the search for an understood question.
func (u *understood) query(q Question, limit int) retrieval.Query {
	return retrieval.Query{
		Text: u.text, Context: u.context, ContextBoost: u.boost,
		AsOf: q.AsOf, Filter: q.Filter, Limit: limit, Explain: q.Explain,
	}
}
