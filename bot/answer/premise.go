package answer

import (
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// A question presupposes things. "What does Quill think of the toll?" has it that
// Quill spoke of the toll, "What was agreed in Miami?" that a meeting took place.
// What is here tells whether the best sentences have what is presupposed together
// in one place.

var (
	// Verbs by which a question asks for what somebody said or thinks.
	utterance = set("say said says tell told think thinks thought claim claimed argue argued promise promised warn warned ask asked reply replied respond responded announce announced decide decided demand demanded suggest suggested comment explain")
	// Words before what such an utterance is about.
	topical = set("about of on regarding concerning over")
	// Words that say of an event that it is to come.
	prospective = set("will would shall expected scheduled planned plans plan set due upcoming invited invite invites possible possibly could may might intends intend going")
	// Forms of do and be that ask about the past.
	past = set("did was were had")
)

// premise is what a question about an utterance or a past event takes for granted,
// as terms of the question.
type premise struct {
	speaker []int // who is to have said it
	topic   []int // what it is to be about
	verb    int   // what is to have happened, or −1
}

// readPremise reads "what did SPEAKER say about TOPIC" and "what was AGREED".
func (ev *evidence) readPremise() premise {
	p := premise{verb: -1}
	toks := analysis.Tokenize(ev.question)
	i := slices.IndexFunc(toks, func(t analysis.Token) bool { return isAsking(t.Word) })
	if i < 0 || toks[i].Word != "what" && toks[i].Word != "how" && toks[i].Word != "why" || i+2 >= len(toks) || !auxiliaries[toks[i+1].Word] {
		return p
	}
	between := func(from, to int) (terms []int) {
		for k, t := range ev.terms {
			if !t.Context && t.Start >= from && t.End <= to {
				terms = append(terms, k)
			}
		}
		return terms
	}
	for j := i + 2; j < len(toks); j++ {
		if !utterance[toks[j].Word] {
			continue
		}
		p.speaker = between(toks[i+1].End, toks[j].Start)
		if len(p.speaker) == 0 {
			break // "what was decided"
		}
		if !slices.ContainsFunc(p.speaker, func(k int) bool { return ev.terms[k].Upper || roles[singular(ev.terms[k].Word)] }) {
			return premise{verb: -1} // nobody in particular
		}
		if v := between(toks[j].Start, toks[j].End); toks[j].Word == "decide" && len(v) == 1 {
			p.verb = v[0] // what was decided has happened
		}
		for k := j + 1; k < len(toks); k++ {
			if topical[toks[k].Word] {
				p.topic = between(toks[k].End, len(ev.question))
				break
			}
		}
		return p
	}
	if past[toks[i+1].Word] {
		// The verb of "what was agreed when …": the first term behind.
		if v := between(toks[i+1].End, toks[min(i+2, len(toks)-1)].End); len(v) == 1 && !ev.terms[v[0]].Upper {
			p.verb = v[0]
		}
	}
	return p
}

// heard is the share of the weight of what is presupposed that has to stand near
// a sentence. A judgement.
const heard = 0.55

// unfounded reports whether no good sentence has what the question presupposes:
// who spoke together with what it was about, or a past event told as one.
func (e *Engine) unfounded(ev *evidence) bool {
	p := ev.readPremise()
	near := e.near(ev)
	if len(p.speaker) > 0 && !slices.ContainsFunc(near, func(c *candidate) bool {
		return e.speaks(ev, p.speaker, c.sentence) && ev.holds(p.topic, e.nearby(ev, c))
	}) {
		return true
	}
	return p.verb >= 0 && e.toCome(near[0].sentence) && near[0].match[p.verb] < alike
}

// speaks reports whether a sentence is said by somebody, or says that he says
// something: his name stands beside a verb of speaking, there or, for a quotation
// or one with a pronoun, shortly before.
func (e *Engine) speaks(ev *evidence, speaker []int, sentence int) bool {
	first, end := e.fwd.Corpus.ArticleSentences(e.fwd.Corpus.Sentences[sentence].Article)
	if e.saysSo(ev, speaker, sentence) {
		return true
	}
	quoted := e.allQuoted(sentence)
	if !quoted && !hasPronoun(e.fwd.Corpus.SentenceText(sentence)) {
		return false
	}
	if quoted && sentence+1 < end && e.saysSo(ev, speaker, sentence+1) {
		return true
	}
	for s := sentence - 1; s >= max(first, sentence-backward); s-- {
		switch {
		case e.saysSo(ev, speaker, s) || !quoted && ev.holds(speaker, ev.matcher.sentence(s)):
			return true
		case !quoted && e.namesPerson(s):
			return false // the pronoun means that one
		}
	}
	return false
}

// namesPerson reports whether a sentence has the name of a person.
func (e *Engine) namesPerson(sentence int) bool {
	return slices.ContainsFunc(e.fwd.Sentence(sentence), func(t analysis.Tok) bool { return t.Upper && e.kinds[t.Word] == personName })
}

// elseGoesOn are words behind a name with which somebody else may go on.
var elseGoesOn = set("he she they and but while")

// besideVerb is how many words may stand between who speaks and the verb. A judgement.
const besideVerb = 6

// saysSo reports whether the name of a speaker stands beside a verb of speaking.
func (e *Engine) saysSo(ev *evidence, speaker []int, sentence int) bool {
	if !ev.holds(speaker, ev.matcher.sentence(sentence)) {
		return false
	}
	toks := e.fwd.Sentence(sentence)
	for i, t := range toks {
		if !slices.ContainsFunc(speaker, func(k int) bool { return ev.matcher.means(t, k) }) {
			continue
		}
		for j := i - 1; j >= max(0, i-besideVerb); j-- {
			if w := e.wordOf(toks[j]); speaking[w] || w == "to" && j > 0 && e.wordOf(toks[j-1]) == "according" {
				return true
			}
		}
		for j := i + 1; j < min(len(toks), i+besideVerb+1); j++ {
			w := e.wordOf(toks[j])
			if speaking[w] || strings.HasSuffix(w, "ing") && speaking[strings.TrimSuffix(w, "ing")] {
				return true
			}
			if elseGoesOn[w] {
				break
			}
		}
	}
	return false
}

// nearby is what a candidate, the sentences beside it and its title hold.
func (e *Engine) nearby(ev *evidence, c *candidate) sentenceMatch {
	win := e.window(ev, c.sentence, 1, 1)
	ev.matcher.add(win, e.fwd.Titles[e.article(c)], 1)
	ev.matcher.add(win, e.fwd.Publishers[e.article(c)], 1)
	return win
}

// holds reports whether a match has most of the weight of some terms.
func (ev *evidence) holds(terms []int, m sentenceMatch) bool {
	var all, held float64
	for _, t := range terms {
		all += ev.terms[t].Weight
		held += ev.terms[t].Weight * float64(m[t])
	}
	return held >= heard*all
}

// together reports whether the names of a question stand in a sentence, right
// beside it or in the title: a value there is said of them. Of a name with
// several words one is enough, and of more than two names one may be missing.
func (e *Engine) together(ev *evidence, c *candidate) bool {
	win := e.nearby(ev, c)
	names, missing := 0, 0
	for i := 0; i < len(ev.terms); i++ {
		if !ev.terms[i].Upper || ev.terms[i].Context {
			continue
		}
		held := win[i] >= alike
		for i+1 < len(ev.terms) && ev.terms[i+1].Upper && ev.terms[i+1].Start == ev.terms[i].End+1 {
			i++
			held = held || win[i] >= alike
		}
		names++
		if !held {
			missing++
		}
	}
	return missing == 0 || names > 2 && missing == 1
}

// toCome reports whether a sentence tells of what is planned.
func (e *Engine) toCome(sentence int) bool {
	return slices.ContainsFunc(e.fwd.Sentence(sentence), func(t analysis.Tok) bool { return prospective[e.wordOf(t)] })
}

// window is what a sentence and those before and after it hold of the question.
func (e *Engine) window(ev *evidence, sentence, before, after int) sentenceMatch {
	win := make(sentenceMatch, len(ev.terms))
	first, end := e.fwd.Corpus.ArticleSentences(e.fwd.Corpus.Sentences[sentence].Article)
	for i := max(first, sentence-before); i < min(end, sentence+after+1); i++ {
		raise(win, ev.matcher.sentence(i), 1)
	}
	return win
}
