package answer

import (
	"slices"
	"strconv"
	"strings"

	"parley/retrieval/analysis"
)

// Words that deny what comes after them, beside those of isNegation.
var denyingWords = set(`not never no nor neither none nobody nothing cannot can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't couldn't wouldn't shouldn't
	without fail fails failed failing failure refuse refuses refused refusing deny denies denied denying reject rejects rejected rejecting lack lacks lacked lacking unable unwilling
	unlikely unaware hardly rarely barely absent dispute disputes disputed`)

// polarity says of the content words of a text, by stem, whether they are denied:
// the first content words after a word of denial, in its clause.
func polarity(text string, toks []analysis.Token) map[string]bool {
	denied := map[string]bool{}
	for i, t := range toks {
		yetTo := t.Word == "yet" && i+1 < len(toks) && toks[i+1].Word == "to"
		if !denyingWords[t.Word] && !yetTo || i+1 < len(toks) && undenied[toks[i+1].Word] {
			continue
		}
		content := 0
		for j := i + 1; j < len(toks) && content < 2; j++ {
			if turns[toks[j].Word] || strings.ContainsAny(text[toks[j-1].End:toks[j].Start], ",;:—–“”\"()") {
				break
			}
			if analysis.IsStop(toks[j].Word) && toks[j].Word != "have" {
				continue
			}
			denied[analysis.Stem(toks[j].Word)] = !denied[analysis.Stem(toks[j].Word)]
			content++
		}
	}
	return denied
}

// wrongDenial finds that the sentence denies what its evidence says, or the other
// way about: a word that both have is denied in one of them only, a word has its
// opposite in its place, or one of them has no word of denial at all.
func (w *written) wrongDenial(c clause, core int) string {
	const opposite = "the cited sentence says the opposite, or does not deny it"
	mine := w.tokensOf(c)
	text := w.e.fwd.Corpus.SentenceText(core)
	theirs := analysis.Tokenize(text)
	my, their := polarity(w.text, mine), polarity(text, theirs)
	held := map[string]bool{}
	for _, t := range theirs {
		held[analysis.Stem(t.Word)] = true
	}
	denies := slices.ContainsFunc(mine, func(t analysis.Token) bool { return denialWords[t.Word] })
	theyDeny := slices.ContainsFunc(theirs, func(t analysis.Token) bool {
		return denyingWords[t.Word] || t.Word == "yet" || strings.HasPrefix(t.Word, "un") || strings.HasPrefix(t.Word, "non")
	})
	if denies && !theyDeny {
		return opposite
	}
	lost := 0
	for stem, no := range their {
		if no && w.stmt.stems[stem] && !my[stem] {
			lost++
		}
	}
	if lost > 0 && !denies && !slices.ContainsFunc(mine, func(t analysis.Token) bool {
		return denyingWords[t.Word] || t.Word == "yet" || strings.HasPrefix(t.Word, "un") || strings.HasPrefix(t.Word, "non")
	}) {
		return opposite
	}
	if w.turned(c, core) || w.miscounts(mine, text, theirs) {
		return opposite
	}
	return ""
}

// nearCopy is the share of a clause's content words, in order, from which it is a
// copy of its evidence with few changes: then every change counts.
const nearCopy = 0.75

// isCopy reports whether a clause is nearly its evidence, word for word.
func isCopy(mine, theirs []analysis.Token) bool {
	a, b := contentOf(slices.Clone(mine)), contentOf(slices.Clone(theirs))
	return len(a) >= 3 && float64(len(align(a, b))) >= nearCopy*float64(len(a))
}

// miscounts reports whether a near copy has more or fewer words of denial than what
// it is copied from.
func (w *written) miscounts(mine []analysis.Token, text string, theirs []analysis.Token) bool {
	if !isCopy(mine, theirs) {
		return false
	}
	pairs := align(contentOf(slices.Clone(mine)), contentOf(slices.Clone(theirs)))
	content := contentOf(slices.Clone(theirs))
	first, last := content[pairs[0][1]].Start, content[pairs[len(pairs)-1][1]].End
	count := func(toks []analysis.Token, from, to int) (n int) {
		for i, t := range toks {
			yetTo := t.Word == "yet" && i+1 < len(toks) && toks[i+1].Word == "to"
			n += boolToInt((denialWords[t.Word] || yetTo) && t.Start >= from && t.End <= to)
		}
		return n
	}
	return count(mine, 0, len(w.text)) != count(theirs, first, last) && count(mine, 0, len(w.text)) != count(theirs, 0, len(text))
}

// turned reports whether a word of the sentence stands where its evidence has the
// opposite.
func (w *written) turned(c clause, core int) bool {
	found := false
	w.differences(c, core, func(a, b []analysis.Token, _, _ []analysis.Token) {
		for _, x := range a {
			against := w.e.oppositesOf(x.Word, analysis.Stem(x.Word))
			for _, y := range b {
				found = found || len(a) <= maxSwap && len(b) <= maxSwap && slices.ContainsFunc(w.e.formsOf(y.Word), func(form string) bool { return slices.Contains(against, form) })
			}
		}
	})
	return found
}

// formsOf are the stems of a word and of the dictionary forms it may have.
func (e *Engine) formsOf(word string) []string {
	out := []string{analysis.Stem(word)}
	if e.opts.Lexicon != nil {
		for _, f := range e.opts.Lexicon.Lemmas(word) {
			out = append(out, analysis.Stem(f))
		}
	}
	return out
}

// differences walks over what lies between the words that a clause and a sentence
// share in order.
func (w *written) differences(c clause, sentence int, visit func(a, b, mine, theirs []analysis.Token)) {
	mine := w.contentTokens(c)
	theirs := contentOf(analysis.Tokenize(w.e.fwd.Corpus.SentenceText(sentence)))
	pi, pj := -1, -1
	for _, p := range append(align(mine, theirs), [2]int{len(mine), len(theirs)}) {
		visit(mine[pi+1:p[0]], theirs[pj+1:p[1]], mine, theirs)
		pi, pj = p[0], p[1]
	}
}

func (w *written) tokensOf(c clause) []analysis.Token {
	return slices.DeleteFunc(slices.Clone(w.stmt.tokens), func(t analysis.Token) bool { return !c.has(t.Start, t.End) })
}

// scopeWords say how far something holds, by groups: the evidence must have a word
// of the same group.
var scopeWords = parseScopes(`all every each always entire entirely complete completely full fully everyone everybody everything everywhere unanimous unanimously both | 1
	only sole solely exclusively alone | 2
	first initially originally original earliest maiden opening | 3
	last final finally latest | 4
	most majority mostly mainly largely | 5
	never | 6
	jointly together joint | 7`)

func parseScopes(table string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(table) {
		words, group, _ := strings.Cut(line, "|")
		for w := range strings.FieldsSeq(words) {
			out[w] = strings.TrimSpace(group)
		}
	}
	return out
}

// sideWords are words that mean the opposite of each other and are no content
// words: one may not stand for the other.
var sideWords = map[string]string{
	"before": "after", "after": "before", "above": "below", "below": "above", "more": "less", "less": "more", "over": "under", "under": "over",
	"until": "since", "since": "until", "most": "least", "least": "most", "with": "without", "without": "with", "up": "down", "down": "up",
}

// wrongDegree finds a word of scope or order that the cited sentences do not have.
func (w *written) wrongDegree(c clause, u unit) string {
	theirs := map[string]bool{}
	for s := u.first; s <= u.last; s++ {
		for _, t := range w.e.fwd.Sentence(s) {
			theirs[w.e.wordOf(t)] = true
		}
	}
	groups := map[string]bool{}
	for t := range theirs {
		groups[scopeWords[t]] = true
	}
	mine := w.tokensOf(c)
	for i, t := range mine {
		if t.Upper && !opensSentence(w.text, t.Start) || t.Word == "all" && i > 0 && (mine[i-1].Word == "above" || mine[i-1].Word == "at" || mine[i-1].Word == "after") {
			continue
		}
		if group := scopeWords[t.Word]; group != "" && !groups[group] {
			return "the cited sentences do not say “" + t.Word + "”"
		}
		if other := sideWords[t.Word]; other != "" && theirs[other] && !theirs[t.Word] && w.sameNext(i, mine, other, u) {
			return "the cited sentences have “" + other + "”, not “" + t.Word + "”"
		}
	}
	return ""
}

// directionWords say which way something went, 1 for up or more and −1 for down or
// less: the evidence must say so, too.
var directionWords = func() map[string]int {
	m := map[string]int{}
	for w := range set("rose risen rise rises increased increase increases grew grown grow grows gained gain climbed climb higher above more up jumped surged soared widened improved better stronger") {
		m[w] = 1
	}
	for w := range set("fell fallen fall falls dropped drop drops declined decline decreased decrease decreases shrank lower below less fewer down weakened worse weaker shy under slipped slid plunged narrowed cut") {
		m[w] = -1
	}
	return m
}()

// wrongDirection finds that something goes another way than the cited sentences
// say, or that they do not say which way it goes.
func (w *written) wrongDirection(c clause, u unit) string {
	theirs := map[int]bool{}
	words := map[string]bool{}
	for s := u.first; s <= u.last; s++ {
		for _, t := range w.e.fwd.Sentence(s) {
			theirs[directionWords[w.e.wordOf(t)]] = true
			words[w.e.wordOf(t)] = true
		}
	}
	for _, t := range w.tokensOf(c) {
		if way := directionWords[t.Word]; way != 0 && !words[t.Word] && !theirs[way] && (!analysis.IsStop(t.Word) || t.Word == "above" || t.Word == "below") {
			return "the cited sentences do not say “" + t.Word + "”"
		}
	}
	return ""
}

// ordinalOf reads "third", "3rd"; 0 where a word is no ordinal.
func ordinalOf(word string) int {
	if n := ordinalWords[word]; n > 0 {
		return n
	}
	for _, end := range [...]string{"st", "nd", "rd", "th"} {
		if digits, ok := strings.CutSuffix(word, end); ok {
			if n, err := strconv.Atoi(digits); err == nil {
				return n
			}
		}
	}
	return 0
}

var ordinalWords = map[string]int{
	"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
	"fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}

// wrongOrdinal finds an ordinal that the cited sentences do not have.
func (w *written) wrongOrdinal(c clause, u unit) string {
	for _, t := range w.tokensOf(c) {
		n := ordinalOf(t.Word)
		if n == 0 || t.Word == "second" || t.Word == "third" || t.Word == "fifth" && strings.Contains(w.text, "fifth of") {
			continue // parts of something, and "second", are other things, too
		}
		found := false
		for s := u.first; s <= u.last; s++ {
			found = found || slices.ContainsFunc(w.e.fwd.Sentence(s), func(o analysis.Tok) bool {
				word := w.e.wordOf(o)
				return ordinalOf(word) == n || word == strconv.Itoa(n)
			})
		}
		if !found {
			return "the cited sentences do not have “" + t.Word + "”"
		}
	}
	return ""
}

// sameNext reports whether the next content word after a word of the sentence is
// that after another one in its evidence.
func (w *written) sameNext(at int, mine []analysis.Token, other string, u unit) bool {
	next := ""
	for _, t := range mine[at+1:] {
		if !analysis.IsStop(t.Word) {
			next = analysis.Stem(t.Word)
			break
		}
	}
	for s := u.first; s <= u.last; s++ {
		toks := w.e.fwd.Sentence(s)
		for i, t := range toks {
			if w.e.wordOf(t) != other {
				continue
			}
			for _, o := range toks[i+1:] {
				if !o.Stop {
					if w.e.fwd.Terms[o.Term] == next {
						return true
					}
					break
				}
			}
		}
	}
	return false
}

// Words that make one thing the cause of another.
var causalWords = set(`because due cause caused causes causing thanks owing therefore consequently hence result results resulted resulting led lead leads leading prompted prompting prompts triggered triggering triggers
	sparked sparking sparks spurred spurs spurring made makes making forced forcing forces since so thus reason reasons why driven drove drives driving brought brings bringing ended`)

// strictlyCausal are those that leave no doubt.
var strictlyCausal = set("because due cause caused causes therefore consequently hence owing thanks led resulted prompted triggered sparked")

// wrongCause finds that the sentence makes something the cause of another thing
// and its evidence has no word for that.
func (w *written) wrongCause(c clause, u unit) string {
	word := ""
	for _, t := range w.tokensOf(c) {
		if strictlyCausal[t.Word] && !insideQuotation(w.text, t.Start) {
			word = t.Word
		}
	}
	if word == "" {
		return ""
	}
	for s := w.before(u); s <= u.last; s++ {
		for _, t := range w.e.fwd.Sentence(s) {
			if causalWords[w.e.wordOf(t)] {
				return ""
			}
		}
	}
	return "the cited sentences do not say “" + word + "”"
}

// Words that narrow what they stand before: leaving one out says more than the
// evidence does.
var narrowing = set(`some several many most few part parts half nearly almost partly partially mostly largely alleged reported potential possible proposed tentative planned attempted tried try trying
	failed fears fear feared could may might would seeks sought hopes wants`)

// dropped finds that the sentence leaves out, between words that it keeps, what
// narrows them in its evidence: "some of the", "or injured", "tried to".
func (w *written) dropped(c clause, core int) string {
	mine := w.tokensOf(c)
	text := w.e.fwd.Corpus.SentenceText(core)
	theirs := analysis.Tokenize(text)
	pairs := align(mine, theirs)
	for k := 1; k < len(pairs); k++ {
		p, q := pairs[k-1], pairs[k]
		if q[0] != p[0]+1 || q[1] == p[1]+1 || q[1]-p[1] > 6 {
			continue
		}
		left, right := theirs[p[1]], theirs[q[1]]
		if analysis.IsStop(left.Word) && analysis.IsStop(right.Word) {
			continue
		}
		block := theirs[p[1]+1 : q[1]]
		if strings.ContainsAny(text[left.End:right.Start], "()—–;") {
			continue
		}
		for _, t := range block {
			switch {
			case narrowing[t.Word] && !w.stmt.stems[analysis.Stem(t.Word)] && !hasWord(mine, t.Word):
				return "it leaves out “" + t.Word + "”"
			case t.Word == "or" && t.Start == block[0].Start && !hasWord(mine, "or") && !strings.Contains(text[left.End:t.Start], ","):
				return "it leaves out “" + text[t.Start:right.Start] + "”"
			}
		}
		if superlative(left.Word) && !analysis.IsStop(block[0].Word) && !superlative(right.Word) && !strings.Contains(text[left.End:right.Start], ",") {
			if !hasPrefixOf(mine, block[0].Word) {
				return "it leaves out “" + text[block[0].Start:block[0].End] + "”"
			}
		}
	}
	return ""
}

// hasPrefixOf reports whether a text has a word that begins as another one does:
// Europe, European.
func hasPrefixOf(toks []analysis.Token, word string) bool {
	r := []rune(word)
	if len(r) < 5 {
		return hasWord(toks, word)
	}
	return slices.ContainsFunc(toks, func(t analysis.Token) bool { return strings.HasPrefix(t.Word, string(r[:5])) })
}

// superlative reports whether a word singles something out: "the deepest".
func superlative(word string) bool {
	return word == "first" || word == "only" || word == "last" || len(word) > 5 && strings.HasSuffix(word, "est") && word != "interest" && word != "request" && word != "protest" && word != "forest" && word != "harvest"
}
