package answer

import (
	"slices"
	"strings"

	"parley/retrieval/analysis"
)

// reportingWords are the stems of verbs after or before which a name is the one who
// says something.
var reportingWords = stems(`say says said saying state stated states tell told tells claim claimed claims confirm confirmed confirms deny denied denies dispute disputed disputes
	warn warned warns announce announced announces insist insisted insists remark remarked remarks add added adds argue argued argues stress stressed stresses
	declare declared declares repeat repeated repeats reiterate reiterated reiterates suggest suggested suggests describe described describes note noted notes
	explain explained explains admit admitted admits reply replied replies respond responded responds reject rejected rejects accuse accused accuses criticise criticised criticized
	write wrote writes report reported reports post posted posts call called calls praise praised demand demanded demands ask asked asks threaten threatened threatens vow vowed promise promised`)

func stems(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[analysis.Stem(w)] = true
	}
	return m
}

// speaks is how many words may lie between a name and the verb that makes it the
// one who speaks.
const speaks = 2

// speakers returns the words of names that are said to say something: the name
// right before a verb of reporting, or right after it at the end of a quotation.
func speakers(text string, toks []analysis.Token, isName func(analysis.Token) bool) []string {
	var out []string
	for i, t := range toks {
		if !reportingWords[analysis.Stem(t.Word)] || t.Upper && i > 0 || insideQuotation(text, t.Start) {
			continue
		}
		for j := i - 1; j >= max(0, i-1-speaks); j-- {
			if strings.ContainsAny(text[toks[j].End:toks[j+1].Start], ".;:“”\"") {
				break
			}
			if isName(toks[j]) {
				out = append(out, toks[j].Word)
				break
			}
		}
		closes := i > 0 && strings.ContainsAny(text[toks[i-1].End:t.Start], "”\"")
		if closes && i+1 < len(toks) && isName(toks[i+1]) {
			for j := i + 1; j < len(toks) && isName(toks[j]); j++ {
				out = append(out, toks[j].Word)
			}
		}
	}
	return out
}

// wrongSpeaker finds that the sentence lets somebody say what in its evidence
// somebody else says.
func (w *written) wrongSpeaker(c clause, u unit) string {
	toks := slices.DeleteFunc(slices.Clone(w.stmt.tokens), func(t analysis.Token) bool { return !c.has(t.Start, t.End) })
	mine := speakers(w.text, toks, w.nameToken)
	if len(mine) == 0 {
		return ""
	}
	var theirs []string
	pointing := false
	for s := u.first; s <= u.last; s++ {
		text := w.e.fwd.Corpus.SentenceText(s)
		st := analysis.Tokenize(text)
		theirs = append(theirs, speakers(text, st, func(t analysis.Token) bool {
			return t.Upper && !analysis.IsStop(t.Word) && w.e.named(w.e.fwd.Lookup(t.Word))
		})...)
		pointing = pointing || slices.ContainsFunc(st, func(t analysis.Token) bool { return persons[t.Word] })
	}
	if len(theirs) == 0 || pointing {
		return "" // it does not say who, or by a pronoun
	}
	for _, name := range mine {
		if slices.Contains(theirs, name) || w.outlet(name, u.article) {
			continue
		}
		x := analysis.Token{Word: name, Upper: true}
		if !slices.ContainsFunc(theirs, func(o string) bool { return w.alike(x, analysis.Token{Word: o, Upper: true}, false) }) {
			return "in the cited sentences it is not " + name + " who says so"
		}
	}
	return ""
}

// outlet reports whether a name is part of an article's outlet or title: "CNN
// reported" says whose report it is.
func (w *written) outlet(name string, article int) bool {
	a := &w.e.fwd.Corpus.Articles[article]
	return hasWord(analysis.Tokenize(a.Publisher+" "+a.Title+" "+a.Author), name)
}
