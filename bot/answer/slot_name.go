package answer

import (
	"regexp"
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// fillName wants a name that the question does not have and that can name what
// is asked for; when the question says of what noun, near that noun.
func (e *Engine) fillName(ev *evidence, m *matcher, text string, toks []analysis.Tok) slot {
	state := e.fillOneName(ev, m, text, toks)
	if ev.names > 1 {
		state = max(state, e.fillNames(ev, m, text, toks))
	}
	return state
}

// isNew reports whether a word of a sentence is part of a name that the question
// does not have.
func (e *Engine) isNew(m *matcher, toks []analysis.Tok, i int) bool {
	t := toks[i]
	return t.Upper && !t.Stop && !m.asks(t) && !m.resembles(t) && e.classes[t.Word]&(isMonth|isWeekday) == 0 &&
		(i > 0 || e.classes[t.Word]&isName != 0)
}

// fillOneName is fillName for one name, however many are asked for.
func (e *Engine) fillOneName(ev *evidence, m *matcher, text string, toks []analysis.Tok) slot {
	isNew := func(i int) bool { return e.isNew(m, toks, i) }
	state := slotEmpty
	noun := false
	for i, t := range toks {
		// WordNet knows Geneva for a city, where one is asked for.
		if ev.kind == Place && ev.counted >= 0 && i > 0 && t.Upper && !m.asks(t) && m.likens(t, ev.counted, aboutAlike) {
			return slotFilled
		}
		if !ev.person && ev.counted >= 0 && e.isKind(t, ev.terms[ev.counted].Word) && !m.is(t, ev.counted) {
			return slotFilled // an embassy, where a building is asked for
		}
		if !isNew(i) {
			continue
		}
		state = min(state, e.suits(ev, text, toks, i))
		if state == slotFilled && ev.counted >= 0 && e.isCalled(t, ev.terms[ev.counted].ID) {
			return slotFilled
		}
	}
	if ev.kind == Place && ev.counted < 0 && state != slotFilled && e.placed(m, toks) {
		return slotFilled
	}
	if ev.strict && ev.defines(text) {
		return slotFilled
	}
	if state == slotEmpty && !ev.strict || ev.counted < 0 {
		return state
	}
	for i, t := range toks {
		if !e.isNoun(ev, m, t) {
			continue
		}
		noun = true
		if ev.strict && titleBehind.MatchString(text[t.End:]) {
			return slotFilled
		}
		for j := max(0, i-nearWords); j < min(len(toks), i+nearWords+1); j++ {
			if isNew(j) && e.suits(ev, text, toks, j) == slotFilled && (!ev.person || e.touch(text, toks, i, j)) {
				return slotFilled
			}
		}
	}
	switch {
	case noun && ev.named, ev.strict && ev.person:
		return slotEmpty
	case state == slotEmpty:
		return slotEmpty
	case noun || ev.named || ev.kind == Place || roles[singular(ev.terms[ev.counted].Word)]:
		return slotLoose
	}
	return state
}

// isNoun reports whether a word of a sentence is the noun that the question wants
// named: for the name of something, that very noun; for a role, a kind of it as well.
func (e *Engine) isNoun(ev *evidence, m *matcher, t analysis.Tok) bool {
	switch {
	case m.is(t, ev.counted):
		return true
	case ev.named:
		return false
	}
	return m.means(t, ev.counted) || ev.person && e.isKind(t, ev.terms[ev.counted].Word)
}

// fillNames wants as many different names in a sentence as the question asks for,
// two where it does not say how many.
func (e *Engine) fillNames(ev *evidence, m *matcher, text string, toks []analysis.Tok) slot {
	n := 0
	for i := 0; i < len(toks); i++ {
		if !e.isNew(m, toks, i) || e.suits(ev, text, toks, i) != slotFilled {
			continue
		}
		n++
		i = max(i, nameRun(text, toks, i)-1)
	}
	switch {
	case n >= ev.names:
		return slotFilled
	case n == ev.names-1:
		return slotLoose
	}
	return slotEmpty
}

// namesAsked is how many names a question asks for: "the names of the six banks"
// for six, "the names of the banks" for two at least.
func namesAsked(question string) int {
	q := strings.ToLower(question)
	_, rest, ok := strings.Cut(q, "names of ")
	if !ok {
		return 1
	}
	for _, t := range analysis.Tokenize(cutRunes(rest, 30)) {
		if n, ok := number(t.Word); ok && n >= 2 && n < 1000 {
			return int(n)
		}
	}
	return 2
}

// defined finds what "X is a kind of …" and "… called X" define: a thing's name
// that need not have a capital.
var defined = regexp.MustCompile(`(?i)^(?:an? |the )?[\w-]+ (?:is|was|are|were) (?:an?|the) |\b(?:called|known as|named|dubbed)\b`)

// titleBehind is what is quoted right behind a noun: the film, “Half Moon”.
var titleBehind = regexp.MustCompile(`^[^.;:“"]{0,30}[“"]\p{Lu}`)

// defines reports whether a sentence may say what something is called.
func (ev *evidence) defines(text string) bool { return !ev.person && defined.MatchString(text) }

// suits tells how well the name at a place in a sentence can be what the
// question asks for: a person is no place, and an adjective no name.
func (e *Engine) suits(ev *evidence, text string, toks []analysis.Tok, i int) slot {
	kind := e.kinds[toks[i].Word]
	if kind == unknownName { // a given name: the family name tells more
		kind = e.kinds[toks[max(i, nameRun(text, toks, i)-1)].Word]
	}
	switch {
	case kind == adjective:
		return slotEmpty
	case ev.kind == Place && ev.counted < 0:
		if kind == placeName || kind == unknownName || e.located(text, toks, i) {
			return slotFilled
		}
		return slotLoose
	case ev.kind == Place && kind == personName, ev.person && (kind == placeName || kind == groupName || kind == quality):
		return slotEmpty
	case ev.strict && ev.kind != Place && kind == placeName:
		return slotEmpty
	case ev.kind == Person && ev.counted < 0 && kind == placeName:
		return slotLoose // a country may act
	}
	return slotFilled
}

// located reports whether a preposition of place stands before the name that a
// word is part of: "off the Black Sea", "on X".
func (e *Engine) located(text string, toks []analysis.Tok, i int) bool {
	for i > 0 && toks[i-1].Upper && joined(text, toks[i-1], toks[i]) {
		i--
	}
	if i > 0 && e.wordOf(toks[i-1]) == "the" {
		i--
	}
	return i > 0 && (locative[e.wordOf(toks[i-1])] || e.wordOf(toks[i-1]) == "on")
}

// naming are the words that may stand between a role and who has it.
var naming = set("the a an called named of and for at in")

// touch reports whether only names, commas and words of naming are between two
// words: "minister Tobin Hale", "Hale, the minister", but not "ministers think that Hale".
func (e *Engine) touch(text string, toks []analysis.Tok, i, j int) bool {
	if i == j {
		return false
	}
	lo, hi := min(i, j), max(i, j)
	for k := lo + 1; k < hi; k++ {
		if !naming[e.wordOf(toks[k])] && !toks[k].Upper && e.classes[toks[k].Word]&isName == 0 {
			return false
		}
	}
	return !strings.ContainsAny(text[toks[lo].End:toks[hi].Start], ".;:()“”\"")
}

// placed reports whether a preposition of place stands before a common word for a
// place that the question does not have: "in the hospital".
func (e *Engine) placed(m *matcher, toks []analysis.Tok) bool {
	for i := 1; i < len(toks); i++ {
		t := toks[i]
		in := slices.ContainsFunc(toks[max(0, i-3):i], func(o analysis.Tok) bool { return within[e.wordOf(o)] || e.wordOf(o) == "on" })
		if in && !t.Stop && !t.Number && !t.Upper && !m.asks(t) && (e.isKind(t, "location") || e.isKind(t, "structure")) {
			return true
		}
	}
	return false
}

// isKind reports whether WordNet has a word of a sentence for a kind of what a noun says.
func (e *Engine) isKind(t analysis.Tok, noun string) bool {
	return e.opts.Lexicon != nil && !t.Stop && !t.Number && e.opts.Lexicon.IsA(e.wordOf(t), singular(noun)) >= mostly
}

// isCalled reports whether a name has a word as its epithet anywhere in the articles.
func (e *Engine) isCalled(t analysis.Tok, word analysis.TermID) bool {
	return slices.Contains(e.called[t.Term], word)
}
