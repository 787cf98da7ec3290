package answer

import (
	"regexp"
	"slices"
	"strings"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// slot says whether a sentence has what a question asks for.
type slot int

const (
	slotOpen   slot = iota // the question does not say what it wants
	slotFilled             // a value of the kind stands where it should
	slotLoose              // a value of the kind stands somewhere in the sentence
	slotEmpty              // there is none
)

// nearWords is how far a name may stand from the noun it goes with.
const nearWords = 4

// alike is the match from which a word of a sentence is the noun asked about.
const alike = 0.45

// fill checks a sentence against the kind of answer expected, the way a reader
// does who looks for the one word that is missing.
func (e *Engine) fill(ev *evidence, sentence int) slot {
	m := ev.matcher
	toks := e.fwd.Sentence(sentence)
	text := e.fwd.Corpus.SentenceText(sentence)
	switch ev.kind {
	case Duration:
		state := slotEmpty
		if openEnded.MatchString(text) {
			state = slotLoose
		}
		for _, v := range values(text, toks, e.wordOf) {
			if v.unit != "s" || v.relative || m.asks(toks[v.at]) {
				continue
			}
			if ev.about(toks, v.at) {
				return slotFilled
			}
			if state == slotEmpty {
				state = slotLoose
			}
		}
		return state
	case Money:
		if hasCurrencySign(text) || e.holdsClass(m, toks, isCurrency) {
			return slotFilled
		}
		return slotEmpty
	case Count:
		return e.fillCount(ev, m, text, toks)
	case Time:
		switch {
		case ev.wanted == anyTime && slices.ContainsFunc(values(text, toks, e.wordOf), func(v value) bool { return v.relative && !m.asks(toks[v.at]) }):
			return slotFilled // two years ago
		case e.holdsClass(m, toks, ev.wanted):
			return slotFilled
		case e.holdsClass(m, toks, anyTime):
			return slotLoose
		}
		return slotEmpty
	case Person, Place:
		return e.fillName(ev, m, text, toks)
	case Quotation:
		if hasQuotation(text) {
			return slotFilled
		}
		return slotLoose
	}
	return slotOpen
}

func (e *Engine) wordOf(t analysis.Tok) string { return e.fwd.Words[t.Word].Text }

// asks reports whether a word of the corpus is one of the question's.
func (m *matcher) asks(t analysis.Tok) bool { return len(m.by[t.Term]) > 0 }

// is reports whether a word of the corpus is a query term, in whatever spelling.
func (m *matcher) is(t analysis.Tok, term int) bool {
	return slices.ContainsFunc(m.by[t.Term], func(v variantOf) bool { return v.term == term })
}

// means reports whether a word of the corpus stands for a query term.
func (m *matcher) means(t analysis.Tok, term int) bool { return m.likens(t, term, alike) }

// likens reports whether a word of the corpus is a query term or as like it as given.
func (m *matcher) likens(t analysis.Tok, term int, least float32) bool {
	if m.is(t, term) {
		return true
	}
	if t.Number || t.Stop {
		return false
	}
	r := m.likes.row(t.Word)
	return r != nil && r[term] >= least
}

// resembles reports whether a word of the corpus is close to any query term.
func (m *matcher) resembles(t analysis.Tok) bool {
	return slices.ContainsFunc(m.likes.row(t.Word), func(s float32) bool { return s >= alike })
}

func (e *Engine) holdsClass(m *matcher, toks []analysis.Tok, c class) bool {
	return slices.ContainsFunc(toks, func(t analysis.Tok) bool { return e.classes[t.Word]&c != 0 && !m.asks(t) })
}

// fillCount wants a number on the noun that is counted.
func (e *Engine) fillCount(ev *evidence, m *matcher, text string, toks []analysis.Tok) slot {
	state := slotEmpty
	for _, v := range values(text, toks, e.wordOf) {
		at := toks[v.at]
		year := e.classes[at.Word]&isYear != 0 && !strings.Contains(text[at.Start:at.End], ",") // 1,100 is none
		if m.asks(at) || v.unit == "h:m" || year || e.besideMonth(toks, v.at) {
			continue
		}
		if v.unit == "%" && ev.many && ev.counted >= 0 && !e.countsNear(ev, toks, v.at) {
			continue // a share is no number of something
		}
		if ev.counted < 0 || v.unit == "%" && !ev.many || e.countsNear(ev, toks, v.at) {
			return slotFilled
		}
		if !ev.countsOther(toks[v.at+1 : min(len(toks), v.at+nearWords+1)]) {
			state = slotLoose
		}
	}
	return state
}

// countsNear reports whether the noun that is counted stands near a number.
func (e *Engine) countsNear(ev *evidence, toks []analysis.Tok, at int) bool {
	return slices.ContainsFunc(toks[max(0, at-2):min(len(toks), at+nearWords+1)], func(t analysis.Tok) bool { return ev.matcher.means(t, ev.counted) })
}

// besideMonth reports whether a word of a sentence stands beside a month: "12 May".
func (e *Engine) besideMonth(toks []analysis.Tok, at int) bool {
	return at > 0 && e.classes[toks[at-1].Word]&isMonth != 0 || at+1 < len(toks) && e.classes[toks[at+1].Word]&isMonth != 0
}

// countsOther reports whether the words behind a number have another noun of the
// question than the one it counts: "28 proposals", where the soldiers that the
// proposals allow are asked for.
func (ev *evidence) countsOther(behind []analysis.Tok) bool {
	for _, t := range behind {
		if t.Number {
			return false
		}
		if slices.ContainsFunc(ev.matcher.by[t.Term], func(v variantOf) bool { return !ev.counts(v.term) && !ev.terms[v.term].Upper }) {
			return true
		}
	}
	return false
}

// counts reports whether a term is the noun that the question counts or stands
// right behind it: either may be it in "how many public schools".
func (ev *evidence) counts(term int) bool {
	for i := ev.counted; i >= 0; i = next(ev.question, ev.terms, i) {
		if i == term {
			return true
		}
	}
	return false
}

// anyTime are the classes of words that say when something is.
const anyTime = isYear | isClock | isMonth | isWeekday | isDayPart

// wantedTime returns the classes of words that answer a question about time.
func wantedTime(question string) class {
	for _, t := range analysis.Tokenize(question) {
		switch t.Word {
		case "date", "dates":
			return isMonth | isYear
		case "year", "years":
			return isYear
		case "month":
			return isMonth
		case "time", "hour", "o'clock":
			return isClock | isDayPart
		}
	}
	return anyTime
}

// openEnded are durations without a number.
var openEnded = regexp.MustCompile(`(?i)\b(as long as|indefinitely|permanently|overnight|until|forever|for (hours|days|weeks|months|years|decades|centuries))\b`)

// aboutReach is how far from a duration a word may stand that says of what it is. A judgement.
const aboutReach = 6

// aboutAlike is the likeness from which a word near a value says of what it is. A judgement.
const aboutAlike = 0.25

// about reports whether the value at a place in a sentence is said of what the
// question asks about: a word near it means one of its words that is no name.
func (ev *evidence) about(toks []analysis.Tok, at int) bool {
	near := toks[max(0, at-aboutReach):min(len(toks), at+aboutReach+1)]
	common := false
	for i, t := range ev.terms {
		if t.Context || t.Upper || t.Number {
			continue
		}
		common = true
		if slices.ContainsFunc(near, func(w analysis.Tok) bool { return ev.matcher.likens(w, i, aboutAlike) }) {
			return true
		}
	}
	return !common
}

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
		if ev.named && !m.is(t, ev.counted) || !m.means(t, ev.counted) && !(ev.person && !ev.named && e.isKind(t, ev.terms[ev.counted].Word)) {
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
		if t := toks[i]; t.Stop || t.Number || t.Upper || m.asks(t) || !e.isKind(t, "location") && !e.isKind(t, "structure") {
			continue
		}
		for j := i - 1; j >= max(0, i-3); j-- {
			if within[e.wordOf(toks[j])] || e.wordOf(toks[j]) == "on" {
				return true
			}
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
	for next := best; ; {
		following := -1
		for i, t := range terms {
			if !t.Context && t.Start > terms[next].Start && strings.TrimSpace(question[min(len(question), terms[next].End):min(len(question), t.Start)]) == "" {
				following = i
				break
			}
		}
		if following < 0 || !terms[next].Upper && classOf(terms[next].Word, false)&isNumber == 0 {
			return next
		}
		next = following
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
	for i := first; i >= 0; i = next(question, terms, i) {
		w := singular(terms[i].Word)
		if personWords[w] || placeWords[w] || roles[w] {
			return i
		}
	}
	for i := first; ; {
		following := next(question, terms, i)
		if following < 0 || !terms[i].Upper {
			return i
		}
		i = following
	}
}

// next returns the term right behind another one, with only a blank between, or −1.
func next(question string, terms []retrieval.Term, i int) int {
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

var behindNoun = regexp.MustCompile(`\b(?:of|that|which|where|who|in|for|to|on|at|a|by|from|with)\b`)

func hasCurrencySign(s string) bool { return strings.ContainsAny(s, "$€£¥₽₴") }

func hasQuotation(s string) bool { return strings.ContainsAny(s, "“\"") }
