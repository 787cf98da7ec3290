package reading

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parley/bot/answer/logistic"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Feature numbers what is known of a sentence that may answer.
type Feature int

// The features.
const (
	Answers  Feature = iota // log-odds of the pair model that it answers
	Cosine                  // of its vector and the question's
	Match                   // its passage's match in the search, as a share of the best one's
	Coverage                // share of the question's weight, by IDF, that its words have
	Lacking                 // share of the weight of the question's names and numbers that its article lacks
	Rivals                  // how far Answers is above the best of the others
	Apart                   // how far Cosine is above the best of the others
	nFeatures
)

// Features are what is known of a sentence.
type Features [nFeatures]float64

// Names of the features, in their order.
func Names() []string {
	return []string{"answers", "cosine", "match", "coverage", "lacking", "rivals", "apart"}
}

// Two models go by the features. The choice puts sentences of one question in order;
// the confidence says how likely the chosen one answers, and leaves out what compares
// it with the others: where several reports say the same, none stands out.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var (
	choiceModel     = sync.OnceValues(func() (*logistic.Model, error) { return logistic.Open(choiceFile, []string{"answers"}, Names()) })
	confidenceModel = sync.OnceValues(func() (*logistic.Model, error) {
		return logistic.Open(confidenceFile, []string{"answers"}, ConfidenceNames())
	})
)

var (
	//go:embed choice.json
	choiceFile []byte
	//go:embed confidence.json
	confidenceFile []byte
)

// ConfidenceNames are the features that say how likely a sentence answers.
func ConfidenceNames() []string { return []string{"answers", "cosine", "lacking"} }

// Confidence are the values of [ConfidenceNames].
func (f *Features) Confidence() []float64 {
	return []float64{f[Answers], f[Cosine], f[Lacking]}
}

// Choose is the probability by which sentences of one question are put in order.
func Choose(f *Features) (float64, error) {
	m, err := choiceModel()
	if err != nil {
		return 0, err
	}
	return m.Probabilities(f[:])[0], nil
}

// count fills the features that are counted.
func (r *Reader) count(found *retrieval.Result, sentences []Sentence) {
	terms := found.Terms
	total := 0.
	for _, t := range terms {
		if !t.Context {
			total += t.Boost * r.fwd.SentenceIDF(t.ID)
		}
	}
	if total == 0 {
		total = 1
	}
	held := map[int]map[analysis.TermID]bool{} // by article
	for i := range sentences {
		s := &sentences[i]
		toks := r.fwd.Sentence(s.Number)
		own := map[analysis.TermID]bool{}
		for _, t := range toks {
			own[t.Term] = true
		}
		if held[s.Article] == nil {
			held[s.Article] = r.held(s.Article)
		}
		f := &s.Features
		names := 0.
		for _, t := range terms {
			if t.Context {
				continue
			}
			w := t.Boost * r.fwd.SentenceIDF(t.ID)
			f[Coverage] += w * has(own, &t) / total
			if t.Upper || t.Number {
				names += w
				lacks := 1 - max(has(held[s.Article], &t), r.dated(s.Article, t.Word))
				f[Lacking] += w * lacks
				s.otherYear = s.otherYear || lacks == 1 && isYear(t.Word)
			}
		}
		if names > 0 {
			f[Lacking] /= names
		}
		f[Rivals], f[Apart] = above(sentences, i, Answers), above(sentences, i, Cosine)
	}
}

// isYear reports whether a word is a year from 1000 to 2099.
func isYear(word string) bool {
	n, err := strconv.Atoi(word)
	return err == nil && len(word) == 4 && n >= 1000 && n < 2100
}

// above is how far a feature of a sentence is above the best of the others.
func above(sentences []Sentence, i int, of Feature) float64 {
	best := math.Inf(-1)
	for k := range sentences {
		if k != i {
			best = max(best, sentences[k].Features[of])
		}
	}
	if math.IsInf(best, -1) {
		return 0
	}
	return sentences[i].Features[of] - best
}

// has is 1 where words hold a term, and the weight of a variant where they hold
// that.
func has(words map[analysis.TermID]bool, t *retrieval.Term) float64 {
	if words[t.ID] {
		return 1
	}
	best := 0.
	for _, v := range t.Variants {
		if words[v.ID] {
			best = max(best, v.Weight)
		}
	}
	return best
}

// longArticle is how many sentences of an article are looked through for the
// question's names.
const longArticle = 200

// held are the words of an article, its title and outlet.
func (r *Reader) held(article int) map[analysis.TermID]bool {
	out := map[analysis.TermID]bool{}
	add := func(toks []analysis.Tok) {
		for _, t := range toks {
			out[t.Term] = true
		}
	}
	first, end := r.Corpus().ArticleSentences(article)
	for s := first; s < min(end, first+longArticle); s++ {
		add(r.fwd.Sentence(s))
	}
	add(r.fwd.Titles[article])
	add(r.fwd.Publishers[article])
	delete(out, analysis.NoTerm)
	return out
}

// dated is 1 where a word is one of an article's date.
func (r *Reader) dated(article int, word string) float64 {
	d := r.Corpus().Articles[article].Date()
	if !d.IsZero() && slices.Contains(strings.Fields(strings.ToLower(d.Format("2006 January 2 02 Monday"))), word) {
		return 1
	}
	return 0
}

// titleRunes is how much of a title a sentence is read under.
const titleRunes = 160

func cut(title string) string {
	if r := []rune(title); len(r) > titleRunes {
		return string(r[:titleRunes])
	}
	return title
}

// plain takes out what the tokenizer reads as marks of its own.
func plain(text string) string {
	if !strings.Contains(text, "[") {
		return text
	}
	for _, mark := range []string{"[SEP]", "[CLS]", "[PAD]", "[MASK]", "[UNK]"} {
		text = strings.ReplaceAll(text, mark, strings.Repeat(" ", len(mark)))
	}
	return text
}

// ArticleOf is a sentence's article.
func (r *Reader) ArticleOf(s int) *corpus.Article {
	return &r.Corpus().Articles[r.Corpus().Sentences[s].Article]
}
