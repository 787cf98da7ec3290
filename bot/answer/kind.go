package answer

import (
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// Kind is what a question expects as its answer.
type Kind int

// The kinds of answer a question can expect.
const (
	Anything  Kind = iota
	Person         // who
	Place          // where
	Time           // when
	Duration       // how long
	Count          // how many, what share
	Money          // how much, in a currency
	Cause          // why
	Manner         // how
	Quotation      // what were the words
	YesNo          // did, is, has
	Several        // which ones
)

// String names a kind in an explanation.
func (k Kind) String() string {
	return [...]string{"anything", "person", "place", "time", "duration", "count", "money", "cause", "manner", "quotation", "yes or no", "several"}[k]
}

// quantity reports whether an answer of the kind is a number with a unit.
func (k Kind) quantity() bool { return k == Duration || k == Count || k == Money }

// words of a question that decide its kind, in folded form.
var (
	auxiliaries = set("is are was were am do does did has have had can could will would shall should may might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't")
	moneyWords  = set("money cost costs price prices pay paid spend spent dollars dollar euros euro pounds worth earn salary fee budget revenue funding usd eur")
	shareWords  = set("percent percentage procent proportion share fraction number amount count total sum figure rate population score size height length distance age temperature")
	timeUnits   = set("second seconds minute minutes hour hours day days week weeks month months year years decade decades century centuries")
	whenWords   = set("year date day month time weekday decade century season")
	placeWords  = set("place city town village country state region province continent island location capital building venue site club hotel street area river district county nation airport")
	personWords = set("person man woman people official minister president leader analyst expert author writer reporter journalist actor actress singer player coach envoy ambassador general spokesman spokesperson spokeswoman secretary director chairman scientist king queen founder owner inventor winner character politician diplomat aide member members delegate delegates names name")
	speechWords = set("words quote quoted exactly exact phrase wording verbatim")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// expects tells what kind of answer a question wants, from its words in order.
func expects(toks []analysis.Token) Kind {
	words := make([]string, len(toks))
	for i, t := range toks {
		words[i] = t.Word
	}
	at := func(i int) string {
		if i >= 0 && i < len(words) {
			return words[i]
		}
		return ""
	}
	for i, w := range words {
		switch w {
		case "who", "whom", "whose", "who's":
			return Person
		case "where", "where's":
			return Place
		case "when", "when's":
			if i == 0 || !slices.ContainsFunc(words[:i], isAsking) && !auxiliaries[at(0)] {
				return Time
			}
		case "why", "why's":
			return Cause
		case "how":
			return expectsHow(words[i+1:])
		case "what", "which", "what's":
			return expectsWhat(words[i+1:])
		}
	}
	if auxiliaries[at(0)] {
		return YesNo
	}
	return Anything
}

func isAsking(w string) bool {
	switch w {
	case "who", "whom", "whose", "where", "when", "why", "how", "what", "which":
		return true
	}
	return false
}

func expectsHow(rest []string) Kind {
	if len(rest) == 0 {
		return Manner
	}
	switch rest[0] {
	case "long":
		if slices.Contains(rest, "ago") {
			return Time
		}
		return Duration
	case "much":
		if slices.ContainsFunc(rest, func(w string) bool { return moneyWords[w] }) {
			return Money
		}
		return Count
	case "many":
		if len(rest) > 1 && timeUnits[rest[1]] {
			return Duration
		}
		if len(rest) > 1 && classOf(rest[1], false)&isCurrency != 0 {
			return Money
		}
		return Count
	case "old", "far", "tall", "big", "large", "high", "deep", "heavy", "wide", "small":
		return Count
	case "soon":
		return Time
	}
	return Manner
}

// determiners before a noun say that it is what a question asks for: "what were
// the words", but not "what are people afraid of".
var determiners = set("the a an his her its their our your my this that these those")

// expectsWhat looks at the few words after "what" or "which" for the noun asked for.
func expectsWhat(rest []string) Kind {
	for _, w := range askedNoun(rest) {
		switch {
		case w == "reason" || w == "reasons" || w == "cause" || w == "causes":
			return Cause
		case w == "period":
			return Duration
		case whenWords[w]:
			return Time
		case shareWords[w]:
			return Count
		case personWords[w] || personWords[singular(w)]:
			return Person
		case placeWords[w]:
			return Place
		}
	}
	if slices.ContainsFunc(rest, func(w string) bool { return speechWords[w] }) {
		return Quotation
	}
	if len(rest) > 0 && strings.HasSuffix(rest[0], "s") && !analysis.IsStop(rest[0]) && len(rest[0]) > 3 {
		return Several
	}
	return Anything
}

// askedNoun returns the words after "what" or "which" that can be the noun asked
// for: "minister" of "which minister resigned", "name" of "what is the name of",
// none of "what did the minister say".
func askedNoun(rest []string) []string {
	if len(rest) > 0 && auxiliaries[rest[0]] {
		switch rest[0] {
		case "is", "are", "was", "were":
		default:
			return nil
		}
		if len(rest) < 2 || !determiners[rest[1]] {
			return nil
		}
	}
	for i, w := range rest[:min(4, len(rest))] {
		if i > 0 && auxiliaries[w] || w == "of" {
			return rest[:i]
		}
	}
	return rest[:min(4, len(rest))]
}

// singular returns a noun without the ending of the plural, as far as that is regular.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}
