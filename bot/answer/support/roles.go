package support

import (
	"regexp"
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// The pair model hardly sees who does what to whom, and how sure a text is of what
// it says. Two exact checks do, where the words are the same.

// How many names, or words that say something, stand for who or what is on a side
// of a verb.
const (
	nameReach = 4
	wordReach = 2
)

// mutual are verbs whose sides may change places.
const mutual = " meet marri talk negoti agre resembl equal "

// swapped reports whether a claim has on the left of a word what a text has on its
// right, and the other way round: "A thanked B" and "B thanked A". A passive turns
// the sides.
func swapped(claim, text string) bool {
	said, told := wordsOf(claim), wordsOf(text)
	for i, w := range said {
		k := slices.IndexFunc(told, func(o word) bool { return o.stem == w.stem })
		if w.stop || w.name || k < 0 || told[k].name || strings.Contains(mutual, " "+w.stem+" ") || said.passive(i) != told.passive(k) {
			continue
		}
		for _, names := range [...]bool{true, false} { // names by themselves, then all words
			left, right := said.sides(i, names)
			before, after := told.sides(k, names)
			if meet(left, after) && meet(right, before) && !meet(left, before) && !meet(right, after) {
				return true
			}
		}
	}
	return false
}

type word struct {
	stem       string
	stop, name bool
	text       string
	ends       bool // a clause, at its end
}

type sentence []word

func wordsOf(text string) sentence {
	var out sentence
	toks := analysis.Tokenize(text)
	for i, t := range toks {
		end := len(text)
		if i+1 < len(toks) {
			end = toks[i+1].Start
		}
		out = append(out, word{
			analysis.Stem(t.Word), analysis.IsStop(t.Word), t.Upper && i > 0, t.Word, strings.ContainsAny(text[t.End:end], ",;:.!?()—–“”\""),
		})
	}
	return out
}

// sides are the words that say something on each side of a word, within its
// clause, or only the names among them.
func (s sentence) sides(i int, names bool) (left, right []string) {
	reach := wordReach
	if names {
		reach = nameReach
	}
	take := func(side []string, w word) []string {
		if w.stop || names && !w.name {
			return side
		}
		return append(side, w.stem)
	}
	for k := i - 1; k >= 0 && len(left) < reach && !s[k].ends; k-- {
		left = take(left, s[k])
	}
	for k := i + 1; k < len(s) && len(right) < reach && !s[k-1].ends; k++ {
		right = take(right, s[k])
	}
	return left, right
}

// agent is how many words after a verb "by" may stand.
const agent = 10

// passive reports whether a word has a form of "be" before it and "by" behind it.
func (s sentence) passive(i int) bool {
	be := slices.ContainsFunc(s[max(0, i-3):i], func(w word) bool {
		return slices.Contains([]string{"is", "are", "was", "were", "been", "being", "be"}, w.text)
	})
	by := slices.ContainsFunc(s[i+1:min(len(s), i+agent)], func(w word) bool { return w.text == "by" })
	return be && by
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

var (
	// attributed matches a text that gives what it says as somebody's account.
	attributed = regexp.MustCompile(`(?i)\b(?:said|says|claim(?:s|ed)?|alleg(?:es|ed|edly)|accus(?:es|ed)|according to|reportedly|believes?|believed|thinks?|thought|suspects?|suspected|told|reports?|reported|announce[sd]?|warn(?:s|ed)?|insist(?:s|ed)?|argue[sd]?|den(?:y|ies|ied)|state[sd]?|write[s]?|wrote|add(?:s|ed)|explain(?:s|ed)?|estimate[sd]?|expect(?:s|ed)?)\b|[“"]`)
	// unsure matches a text that leaves open whether what it says is so.
	unsure = regexp.MustCompile(`(?i)\b(?:may|might|could|perhaps|possibly|probably|likely|appear(?:s|ed)? to|seem(?:s|ed)? to|would)\b`)
)

// surer reports whether a claim says as a fact what a text gives as somebody's
// account, or leaves open.
func surer(claim, text string) bool {
	return reporting.MatchString(text) && !attributed.MatchString(claim) || unsure.MatchString(text) && !unsure.MatchString(claim) && !attributed.MatchString(claim)
}

// reporting matches a text that opens with who says it: "The port authority said
// that", "According to the mayor".
var reporting = regexp.MustCompile(`(?i)^(?:[^,;:“”"]{1,80}\b(?:said|says|claimed|claims|alleged|alleges|believes?|believed|suspects?|suspected|insisted|insists|argued|argues|thinks?|thought|warned|estimates?|estimated)\b(?: (?:on|in|at) [\p{L}\d ]{1,20})? (?:that|the|a|an|it|he|she|they|his|her|there)\b|according to\b)`)
