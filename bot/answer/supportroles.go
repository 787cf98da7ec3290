package answer

import (
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// beingWords before a participle make it passive.
var beingWords = set("is are was were be been being get got")

// acting is who a verb has before and after it: the nearest names in its clause.
type acting struct{ agents, patients []string }

// How many words lie between a verb and a name that goes with it: behind it, and
// before it, where only adverbs and auxiliaries may.
const (
	maxReach   = 6
	agentReach = 2
)

// Words behind which no verb stands that has the name before them as its subject.
var nounBefore = set("the a an of in at for by on with from to this that these those no any some its his her their our my your and or into over under than as")

// roleOf reads who stands around a verb. In the passive, who stands before it
// suffers it and who stands behind "by" does it.
func roleOf(text string, toks []analysis.Token, at int, isName func(analysis.Token) bool) acting {
	var a acting
	run := func(from, step, reach int) (names []string) {
		words := 0
		for j := from; j >= 0 && j < len(toks); j += step {
			gap := ""
			if step < 0 && j+1 < len(toks) {
				gap = text[toks[j].End:toks[j+1].Start]
			} else if step > 0 {
				gap = text[toks[j-1].End:toks[j].Start]
			}
			if strings.ContainsAny(gap, ".;:“”\"()") || len(names) > 0 && strings.Contains(gap, ",") {
				break
			}
			if isName(toks[j]) {
				names = append(names, toks[j].Word)
				continue
			}
			if len(names) > 0 {
				break
			}
			if step < 0 && nounBefore[toks[j].Word] {
				break
			}
			if words++; words > reach || turns[toks[j].Word] || toks[j].Word == "that" || toks[j].Word == "and" {
				break
			}
		}
		return names
	}
	before, after := run(at-1, -1, agentReach), run(at+1, 1, maxReach)
	if isPassive(toks, at) {
		a.patients = before
		for j := at + 1; j < min(len(toks), at+4); j++ {
			if toks[j].Word == "by" {
				a.agents = run(j+1, 1, maxReach) // "by Prince Moss"
			}
		}
		return a
	}
	a.agents, a.patients = before, after
	return a
}

// isPassive reports whether a participle stands behind a form of "be", with an
// adverb between at most.
func isPassive(toks []analysis.Token, at int) bool {
	if at > 0 && beingWords[toks[at-1].Word] {
		return true
	}
	return at > 1 && beingWords[toks[at-2].Word] && (analysis.IsStop(toks[at-1].Word) || strings.HasSuffix(toks[at-1].Word, "ly"))
}

// wrongRoles finds a verb that both texts have with who did it and who suffered it
// the other way about.
func (w *written) wrongRoles(c clause, u unit) string {
	mine := w.tokensOf(c)
	for i, t := range mine {
		if analysis.IsStop(t.Word) || t.Upper || t.Number || w.e.opts.Lexicon != nil && !w.e.opts.Lexicon.IsVerb(t.Word) {
			continue
		}
		my := roleOf(w.text, mine, i, w.nameToken)
		if len(my.agents) == 0 {
			continue
		}
		swapped, right := false, false
		for s := u.first; s <= u.last; s++ {
			text := w.e.fwd.Corpus.SentenceText(s)
			theirs := analysis.Tokenize(text)
			for j, o := range theirs {
				if o.Upper || analysis.Stem(o.Word) != analysis.Stem(t.Word) || j > 0 && nounBefore[theirs[j-1].Word] && theirs[j-1].Word != "to" {
					continue
				}
				their := roleOf(text, theirs, j, w.e.isNamed)
				switch {
				case w.shareName(my.agents, their.agents):
					right = true
				case w.shareName(my.agents, their.patients):
					swapped = true
				case len(their.agents) > 0 && !slices.ContainsFunc(my.agents, func(name string) bool { return w.namedIn(name, unit{u.article, s, s}) }):
					swapped = true // somebody from elsewhere does it
				}
			}
		}
		if swapped && !right {
			return "in the cited sentences it is not " + my.agents[0] + " who does this (“" + t.Word + "”)"
		}
	}
	return ""
}

// shareName reports whether two lists have a name in common, in any spelling.
func (w *written) shareName(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool {
			return x == y || w.alike(analysis.Token{Word: x, Upper: true}, analysis.Token{Word: y, Upper: true}, true)
		})
	})
}

// wrongOffice finds a name that stands behind an office ("army chief Umerov") that
// the cited sentences and the rest of the articles give to somebody else.
func (w *written) wrongOffice(c clause, u unit) string {
	mine := w.tokensOf(c)
	for i, t := range mine {
		if i == 0 || !w.nameToken(t) || !roles[mine[i-1].Word] || w.text[mine[i-1].End:t.Start] != " " {
			continue
		}
		role := analysis.Stem(mine[i-1].Word)
		ok, elsewhere := false, false
		for s := u.first; s <= u.last; s++ {
			toks := w.e.fwd.Sentence(s)
			for j, o := range toks {
				if w.e.fwd.Terms[o.Term] != role {
					continue
				}
				near := w.nearestName(s, j)
				ok = ok || near == "" || near == t.Word || slices.Contains(w.run(mine, i), near)
				elsewhere = elsewhere || near != ""
			}
		}
		if elsewhere && !ok {
			return "in the cited sentences somebody else is “" + mine[i-1].Word + "”"
		}
	}
	return ""
}

// run are the words of the name that begins at a token.
func (w *written) run(toks []analysis.Token, i int) []string {
	var out []string
	for ; i < len(toks) && w.nameToken(toks[i]); i++ {
		out = append(out, toks[i].Word)
	}
	return out
}

// nearestName is the name that follows an office at once, or else precedes it
// behind a comma; empty where neither is.
func (w *written) nearestName(sentence, at int) string {
	toks := w.e.fwd.Sentence(sentence)
	text := w.e.fwd.Corpus.SentenceText(sentence)
	last := ""
	for j := at + 1; j < len(toks) && j <= at+3 && toks[j].Upper && !toks[j].Stop && joined(text, toks[j-1], toks[j]); j++ {
		last = w.e.wordOf(toks[j])
	}
	if last != "" {
		return last
	}
	for j := at - 1; j >= max(0, at-4); j-- {
		if strings.Contains(text[toks[j].End:toks[j+1].Start], ",") && toks[j].Upper {
			return w.e.wordOf(toks[j])
		}
	}
	return ""
}
