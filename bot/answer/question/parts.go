package question

import (
	"regexp"
	"strings"

	"parley/corpus"
)

// mostParts is how many questions of one message are answered.
const mostParts = 3

var (
	// joins matches what may stand between two questions in one sentence.
	joins = regexp.MustCompile(`(?i)[,;]?\s+(?:and|n|&|plus|as well as)(?:\s+also)?,?\s+(?:(?:tell|show) me\s+|say\s+|explain\s+)?|\s*;\s+|\s+/\s+|,\s+`)
	// further matches what joins a question to the one before it, of which it need not be
	// about.
	further = regexp.MustCompile(`(?i)^(?:and|also|plus|then|oh and|and also)[,\s]+`)
	// bylines asks which articles there are, and whose: one list tells both.
	bylines = regexp.MustCompile(`(?i)^(?:how many|which|what) (?:articles|reports|stories|pieces|sources)\b(?: \w+){0,4},? and (?:by|from) (?:whom?|when|where)\W*$`)
	// telling are words whose object may be a question: "who said … and when …" is one.
	telling = set("say says said tell tells told know knows knew ask asks asked explain explained announce announced write wrote confirm confirmed decide decided discuss discussed reveal revealed learn learned report reported describe described show showed see saw")
)

// parts are the questions of a message that asks several, mostParts at most; nil for one.
func parts(text string) []string {
	if bylines.MatchString(text) {
		return nil
	}
	var out []string
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		sentence := strings.TrimSpace(text[s.Start:s.End])
		if !strings.HasSuffix(strings.TrimRight(sentence, "\"'”’) "), "?") && !asksStart.MatchString(sentence) {
			return nil // it says something that the questions are about
		}
		if len(out) > 0 {
			sentence = further.ReplaceAllString(sentence, "")
		}
		for _, part := range separate(sentence) {
			part = finished(part)
			if len(out) > 0 {
				part = filled(part, out[len(out)-1])
			}
			out = append(out, part)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out[:min(len(out), mostParts)]
}

// separate cuts a sentence into the questions in it.
func separate(sentence string) []string {
	for _, m := range joins.FindAllStringIndex(sentence, -1) {
		first, second := sentence[:m[0]], sentence[m[1]:]
		if join := strings.TrimSpace(sentence[m[0]:m[1]]); twoQuestions(first, second, join) {
			return append([]string{first}, separate(second)...)
		}
	}
	return []string{sentence}
}

// twoQuestions reports whether what stands on both sides of a join are questions of
// their own.
func twoQuestions(first, second, join string) bool {
	a, b := classed(first), classed(second)
	if len(a) < 2 || len(b) == 0 || !isQuestion(a) && !polite.MatchString("please "+first) {
		return false
	}
	if join == "," { // or what follows is about a person just named
		return isInverted(a) && isInverted(b) && b[0].Word != "who" && b[0].Word != "which"
	}
	switch {
	case !asksAt(b, 0):
		return auxiliaries[b[0].Word] && (len(b) > 2 || len(b) == 2 && b[1].Upper) && (auxiliaries[a[0].Word] || isInverted(a))
	case isInverted(b), len(b) <= 3 && isAsking(b[len(b)-1].Word):
		return true
	}
	return !tells(a) // "who won and when it ended"
}

// isInverted reports whether words ask by their order: a word that asks, with what it
// asks the measure or kind of, and then an auxiliary.
func isInverted(words []word) bool {
	if len(words) > 1 && prepositions[words[0].Word] {
		words = words[1:]
	}
	if len(words) < 2 || !isAsking(words[0].Word) {
		return false
	}
	most := 4
	switch words[0].Word {
	case "when", "where", "why", "who", "whom":
		most = 1
	}
	for i := 1; i <= most && i < len(words); i++ {
		switch w := words[i]; {
		case auxiliaries[w.Word]:
			return true
		case determiners[w.Word], anaphora[w.Word]:
			return false
		}
	}
	return false
}

// filled is a question that only says of whom it asks the same as the one before it
// ("Does Trump want peace? Does Putin?"), with what that asks of somebody.
func filled(part, before string) string {
	m, same := aux.FindStringSubmatch(strings.TrimRight(part, "?!. ")), aux.FindStringSubmatch(strings.TrimRight(before, "?!. "))
	if m == nil || same == nil {
		return part
	}
	whom, words := classed(m[2]), strings.Fields(same[2])
	at := subject(same[2])
	if at <= 0 || at >= len(words) || len(whom) > longestName {
		return part
	}
	for i, w := range whom {
		if !w.Upper && (len(whom) > 1 || !thirds[w.Word]) && (i > 0 || !determiners[w.Word]) {
			return part
		}
	}
	return strings.TrimRight(part, "?!. ") + " " + strings.Join(words[at:], " ") + "?"
}

// longestName is how many words name somebody at most in a question that says no more.
const longestName = 3

func tells(words []word) bool {
	for _, w := range words {
		if telling[w.Word] {
			return true
		}
	}
	return false
}
