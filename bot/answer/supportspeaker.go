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
	write wrote writes report reported reports post posted posts call called calls praise praised demand demanded demands ask asked asks threaten threatened threatens vow vowed promise promised
	assert asserted asserts emphasize emphasized emphasise emphasised highlight highlighted conclude concluded concludes indicate indicated allege alleged alleges estimate estimated estimates
	urge urged urges propose proposed proposes dismiss dismissed dismissing condemn condemned believe believed believes fear feared think thought caution cautioned compare compared
	express expressed speak spoke speaking spoken warning announcement statement`)

func stems(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[analysis.Stem(w)] = true
	}
	return m
}

// How many words may lie between a name and the verb that makes it the one who
// speaks, in what is written and in its evidence.
const (
	speaks = 3
	spoken = 8
	// inverted is how many words after the verb a name may end that stands behind it.
	inverted = 6
)

// speakers returns the words of names that are said to say something: the name
// right before a verb of reporting, or right after it at the end of a quotation.
func speakers(text string, toks []analysis.Token, reach int, isName func(analysis.Token) bool) []string {
	var out []string
	for i, t := range toks {
		if !reportingWords[analysis.Stem(t.Word)] || t.Upper && i > 0 || insideQuotation(text, t.Start) {
			continue
		}
		if i > 0 && beingWords[toks[i-1].Word] { // "was accused by"
			for j := i + 1; j < min(len(toks), i+4); j++ {
				if toks[j].Word != "by" {
					continue
				}
				for k := j + 1; k < min(len(toks), j+4); k++ {
					if isName(toks[k]) {
						out = append(out, toks[k].Word)
					}
				}
			}
			continue
		}
		for j := i - 1; j >= max(0, i-1-reach); j-- {
			if strings.ContainsAny(text[toks[j].End:toks[j+1].Start], ".;:“”\"") {
				break
			}
			if isName(toks[j]) {
				out = append(out, toks[j].Word)
				break
			}
			if toks[j].Word == "and" {
				break // who did the other thing says this, too, and stands further away
			}
			if reach == speaks && !analysis.IsStop(toks[j].Word) && !strings.HasSuffix(toks[j].Word, "ly") {
				break // "Ukrainian officials said": it is not Ukraine who says so
			}
		}
		// "…, said analyst Arun Moss", at the end of what is said.
		closes := i > 0 && strings.ContainsAny(text[toks[i-1].End:t.Start], "”\",")
		for j := i + 1; closes && j < min(len(toks), i+1+inverted); j++ {
			switch {
			case toks[j].Word == "that" || strings.ContainsAny(text[toks[j-1].End:toks[j].Start], ",.;:“"):
				closes = false
			case isName(toks[j]):
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
	mine := speakers(w.text, toks, speaks, w.nameToken)
	if len(mine) == 0 {
		return ""
	}
	var theirs []string
	pointing, says := false, false
	for s := u.first; s <= u.last; s++ {
		text := w.e.fwd.Corpus.SentenceText(s)
		st := analysis.Tokenize(text)
		theirs = append(theirs, w.opensWith(st)...)
		theirs = append(theirs, speakers(text, st, spoken, func(t analysis.Token) bool {
			return t.Upper && !analysis.IsStop(t.Word) && w.e.named(w.e.fwd.Lookup(t.Word))
		})...)
		says = says || slices.ContainsFunc(st, func(t analysis.Token) bool { return attributiveWords[analysis.Stem(t.Word)] && !t.Upper })
		pointing = pointing || slices.ContainsFunc(speakers(text, st, speaks, func(t analysis.Token) bool { return persons[t.Word] }), func(string) bool { return true })
	}
	if pointing && len(theirs) == 0 {
		return "" // it says who by a pronoun
	}
	if len(theirs) == 0 {
		// Somebody without a name says so, and who is named here only stands there.
		if says && slices.ContainsFunc(mine, func(name string) bool { return w.namedIn(name, u) && !w.outlet(name, u.article) }) {
			return "in the cited sentences it is not " + mine[0] + " who says so"
		}
		return ""
	}
	for _, name := range mine {
		if slices.Contains(theirs, name) || w.outlet(name, u.article) {
			continue
		}
		x := analysis.Token{Word: name, Upper: true}
		if !slices.ContainsFunc(theirs, func(o string) bool { return w.alike(x, analysis.Token{Word: o, Upper: true}, true) }) {
			return "in the cited sentences it is not " + name + " who says so"
		}
	}
	return ""
}

// opensWith are the words of the first name of a sentence, when it stands at its
// beginning: "Secretary Rubio, who …, emphasized".
func (w *written) opensWith(toks []analysis.Token) []string {
	var out []string
	for i, t := range toks {
		if w.e.isNamed(t) {
			out = append(out, t.Word)
		} else if len(out) > 0 || i > 3 {
			break
		}
	}
	return out
}

// namedIn reports whether a word of a name stands in the cited sentences.
func (w *written) namedIn(name string, u unit) bool {
	for s := u.first; s <= u.last; s++ {
		if slices.ContainsFunc(w.e.fwd.Sentence(s), func(t analysis.Tok) bool { return w.e.wordOf(t) == name }) {
			return true
		}
	}
	return false
}

// outlet reports whether a name is part of an article's outlet or title: "CNN
// reported" says whose report it is.
func (w *written) outlet(name string, article int) bool {
	a := &w.e.fwd.Corpus.Articles[article]
	return hasWord(analysis.Tokenize(a.Publisher+" "+a.Title+" "+a.Author), name)
}
