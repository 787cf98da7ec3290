package answer

import (
	"regexp"
	"slices"
	"strings"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// asksName reports whether a question asks for the name of something, and not
// just who did something.
func asksName(question string) bool {
	q := strings.ToLower(question)
	return strings.Contains(q, "who were the ") || strings.Contains(q, "who are the ") || asksNameOf(q)
}

// asksNameOf reports whether a question in small letters asks for the name that
// something has.
func asksNameOf(q string) bool {
	return strings.Contains(q, "name of ") || strings.Contains(q, "names of ") || strings.Contains(q, "named ") || whatCalled.MatchString(q)
}

// whatCalled asks for a name at its end: "what is the ferry called?".
var whatCalled = regexp.MustCompile(`^(?:what|how)(?:['’]s| is| are| was| were) .+ (?:called|named)\W*$`)

// countedNoun returns the query term that a question counts or wants named: the
// first content word after "how many", "name of" or "which"; −1 without one.
func countedNoun(question string, terms []retrieval.Term) int {
	q := strings.ToLower(question)
	if whatCalled.MatchString(q) {
		return calledNoun(q, terms)
	}
	at, head := -1, ""
	for _, head = range [...]string{"how many ", "how much ", "number of ", "names of ", "name of ", "who were the ", "who are the ", "which ", "what "} {
		if i := strings.Index(q, head); i >= 0 {
			at = i + len(head)
			break
		}
	}
	if at < 0 || head == "what " && !asksNoun(q[at:]) {
		return -1
	}
	best := -1
	for i, t := range terms {
		if !t.Context && t.Start >= at && (best < 0 || t.Start < terms[best].Start) {
			best = i
		}
	}
	if best < 0 || terms[best].Start > at+30 {
		return -1
	}
	if head == "which " || head == "what " {
		return typed(question, terms, best)
	}
	// "the eight European leaders": the noun is the last of the run of adjectives and names.
	for {
		following := behind(question, terms, best)
		if following < 0 || !terms[best].Upper && classOf(terms[best].Word, false)&isNumber == 0 {
			return best
		}
		best = following
	}
}

// asksNoun reports whether what stands behind "what" is a noun for a person or a place.
func asksNoun(rest string) bool {
	var words []string
	for _, t := range analysis.Tokenize(rest) {
		words = append(words, t.Word)
	}
	if len(words) == 0 || auxiliaries[words[0]] || words[0] == "area" { // of knowledge, as often as of land
		return false
	}
	k := expectsWhat(words)
	return k == Person || k == Place
}

// typed returns the noun of the run of words that begins at a term: the first
// that is a word for a person or a place, else the first of all.
func typed(question string, terms []retrieval.Term, first int) int {
	for i := first; i >= 0; i = behind(question, terms, i) {
		w := singular(terms[i].Word)
		if personWords[w] || placeWords[w] || roles[w] {
			return i
		}
	}
	for i := first; ; {
		following := behind(question, terms, i)
		if following < 0 || !terms[i].Upper {
			return i
		}
		i = following
	}
}

// behind returns the term right behind another one, with only a blank between, or −1.
func behind(question string, terms []retrieval.Term, i int) int {
	return slices.IndexFunc(terms, func(t retrieval.Term) bool {
		return !t.Context && t.Start > terms[i].Start && strings.TrimSpace(question[min(len(question), terms[i].End):min(len(question), t.Start)]) == ""
	})
}

// calledNoun returns the noun of "what is the NOUN of the ferry called?": the last
// term before a preposition or "called".
func calledNoun(q string, terms []retrieval.Term) int {
	end := max(strings.LastIndex(q, "called"), strings.LastIndex(q, "named"))
	if m := behindNoun.FindStringIndex(q); m != nil {
		end = min(end, m[0])
	}
	best := -1
	for i, t := range terms {
		if !t.Context && t.End <= end && (best < 0 || t.Start > terms[best].Start) {
			best = i
		}
	}
	return best
}

// behindNoun are words at which the noun that a question asks for has ended.
var behindNoun = regexp.MustCompile(`\b(?:of|that|which|where|who|in|for|to|on|at|a|by|from|with)\b`)
