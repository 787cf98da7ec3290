package question

import (
	"regexp"
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// Words that point at something said before.
var anaphora = set("it its he him his she her hers they them their theirs this that these those there then one ones former latter same so such else they're")

// subordinators open a clause that says when or why something is asked of.
var subordinators = set("if when while whenever once because although though unless as given considering despite whereas besides according behind before during between")

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

// shortest is how many words of its own sentence a statement before a question has at
// least.
const shortest = 4

// setting cuts a message into what it says and the question within that ("my sister
// swears Renn is back, how long was she out?", "Who won? Essay due at noon."); said is
// empty for a message that is only a question.
func setting(text string) (said, asked string) {
	all := clauses(text)
	opens := func(i int) bool {
		return i == 0 || ends(all[i-1].mark) || strings.ContainsAny(all[i-1].mark, ":–—") && len(all[i].words) > 2
	}
	from := 0
	for from < len(all) && (!isQuestion(all[from].words) || !opens(from) && !asksBehind(all, from)) {
		from++
	}
	if from == len(all) {
		return "", text
	}
	to := from + 1
	for to < len(all) && (!opens(to) || isQuestion(all[to].words)) {
		to++
	}
	before, after := joinedOf(all[:from]), joinedOf(all[to:])
	if strings.Contains(after, "?") {
		return "", text
	}
	return strings.TrimSpace(before + " " + after), joinedOf(all[from:to])
}

// asksBehind reports whether a clause asks behind a statement of its sentence, rather
// than what says when or of whom something is asked; one without the order of words of a
// question only behind what somebody says of himself.
func asksBehind(all []clause, to int) bool {
	from := to
	for from > 0 && (from == to || !ends(all[from-1].mark)) {
		from--
	}
	words := classed(joinedOf(all[from:to]))
	if len(words) < shortest || prepositions[words[0].Word] || subordinators[words[0].Word] {
		return false
	}
	own := slices.ContainsFunc(words, func(w word) bool { return firstPersons[w.Word] })
	asks := all[to].words
	return own || (isInverted(asks) || !isAsking(asks[0].Word)) && slices.ContainsFunc(words, func(w word) bool { return auxiliaries[w.Word] })
}

func joinedOf(all []clause) string {
	var b strings.Builder
	for _, c := range all {
		b.WriteString(c.text + c.mark)
	}
	return strings.TrimSpace(b.String())
}

// names reports whether a text has a name: a word with a capital within a sentence.
func names(text string) bool {
	prev := 0
	for i, t := range analysis.Tokenize(text) {
		opens := i == 0 || strings.ContainsAny(text[prev:t.Start], ".?!\n")
		prev = t.End
		if t.Upper && !opens && !firstPersons[t.Word] {
			return true
		}
	}
	return false
}

// enough is how many words that say something a question has at least that needs nothing
// of what is said around it.
const enough = 3

// surround leaves out what a message says around its question, or has it lend its words
// where the question needs them.
func (q *Question) surround() {
	said, asked := setting(q.Text)
	if said == "" {
		return
	}
	q.Text = finished(asked)
	q.understand(q.Text)
	if q.Parts = parts(q.Text); len(q.Parts) > 0 {
		asked = q.Parts[0]
	}
	if leansOnContext(analysis.Tokenize(asked)) || contents(asked) < enough && !names(asked) || names(said) {
		if q.Parts != nil {
			q.Text, q.Parts = finished(said+" "+q.Text), nil // each would need it
			return
		}
		q.Before = []string{strings.TrimRight(said, around+".!?") + "."}
	}
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

// several matches questions whose answer may have parts.
var severalPattern = regexp.MustCompile(`(?i)^\W*(?:and |so |but |then )?(?:why|how come|who all|who else|what else|which (?:\w+ ){0,3}(?:are|were|have|did|do)\b|what (?:are|were) |list\b|name (?:the|all|some|every|three|two)|who (?:are|were) |what (?:\w+ ){0,2}(?:reasons|conditions|demands|causes|steps|measures|topics|issues|points|things|changes|effects|consequences|examples|kinds|types)\b|in what ways|how (?:do|did|does|can|was|were) )`)

// several reports whether an answer may have more than one part.
func several(text string) bool { return severalPattern.MatchString(text) }

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func isAsking(w string) bool {
	return slices.Contains([]string{"who", "whom", "whose", "where", "when", "why", "how", "what", "which"}, w)
}
