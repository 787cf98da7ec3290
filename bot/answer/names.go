package answer

import (
	"slices"

	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
)

// nameKind is what a word that is written with a capital names.
type nameKind uint8

const (
	unknownName nameKind = iota
	personName
	placeName
	groupName // an organization
	adjective // "Russian": of a place or of somebody, and no name itself
	quality   // "Western": an adjective that may be a name, but hardly a person's
)

// mostly is the share of a word's meanings that says what it is. A judgement.
const mostly = 0.5

// Words that tell of the name beside them.
var (
	honorifics = set("mr mrs ms dr sir lady lord")
	within     = set("in at near off across outside inside throughout")
	speaking   = set(`said says say told tells tell added adds warned warns argued argues stated states noted notes wrote writes claimed claims insisted insists stressed stresses
		explained explains asked asks replied announced announces thinks think believes believe thought accused accuses described describes called calls declared declares denied denies
		urged urges demanded demands suggested suggests emphasized emphasised confirmed confirms repeated reiterated conveyed asserted asserts posted remarked acknowledged acknowledges
		admitted admits cautioned expressed commented promised promises vowed threatened responded worried worries feared fears hoped hopes hope wanted wants expected expects doubts considered considers criticised criticized praised rejected dismissed spoke speaks quoted testified`)
)

// nameKinds tells for every word of a corpus what it names, by WordNet and by
// what stands beside it. Words that are seldom written with a capital have no kind.
func nameKinds(fwd *analysis.Forward, classes []class, lex *lexicon.Lexicon) []nameKind {
	out := make([]nameKind, len(fwd.Words))
	person := make([]int16, len(fwd.Words))
	place := make([]int16, len(fwd.Words))
	word := func(t analysis.Tok) string { return fwd.Words[t.Word].Text }
	for i := range fwd.Corpus.Sentences {
		toks := fwd.Sentence(i)
		text := fwd.Corpus.SentenceText(i)
		for j := 0; j < len(toks); {
			end := nameRun(text, toks, j)
			if end == j {
				j++
				continue
			}
			last := toks[end-1].Word
			if j > 0 && within[word(toks[j-1])] {
				place[last]++
			}
			if (end-j == 2 || end-j == 3) && lex != nil && len(lex.Lemmas(word(toks[end-1]))) == 0 {
				person[last]++ // a given name and a family name, which is no common word
			}
			titled := func(t analysis.Tok) bool { return honorifics[word(t)] || isRole(fwd, t) }
			if slices.ContainsFunc(toks[max(0, j-1):end-1], titled) || end < len(toks) && speaking[word(toks[end])] {
				person[last] += 2
			}
			j = end
		}
	}
	for i := range fwd.Words {
		if classes[i]&isName == 0 || classes[i]&(isMonth|isWeekday) != 0 {
			continue
		}
		w := &fwd.Words[i]
		is := func(string) float64 { return 0 }
		if lex != nil {
			is = func(class string) float64 { return lex.IsA(w.Text, class) }
		}
		switch {
		case lex != nil && lex.Relational(w.Text):
			out[i] = adjective
		case is("organization") >= mostly:
			out[i] = groupName
		case is("location") >= mostly:
			out[i] = placeName
		case person[i] > place[i]:
			out[i] = personName
		case place[i] > 0:
			out[i] = placeName
		case lex != nil && is("person") < mostly && lex.Adjective(w.Text):
			out[i] = quality
		}
	}
	return out
}
