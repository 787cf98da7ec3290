package support

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"parley/bot/answer/logistic"
	"parley/bot/answer/quantity"
	"parley/bot/answer/reading"
	"parley/corpus"
	"parley/retrieval/analysis"
)

// Feature numbers what is known of how a claim stands to a text.
type Feature int

// The features.
const (
	Supports    Feature = iota // log-odds of the pair model: supported against not stated
	Contradicts                // the same: contradicted against not stated
	Clash                      // values of the claim that the text has otherwise, each by one over how many it may be compared with
	Unmet                      // values of the claim that the text has none to compare with
	Met                        // values of the claim that the text has
	NewNames                   // share of the claim's names that neither the text nor what is around it has
	nFeatures
)

// Features are what is known of how a claim stands to a text.
type Features [nFeatures]float64

// Names of the features, in their order.
func Names() []string {
	return []string{"supports", "contradicts", "clash", "unmet", "met", "new_names"}
}

// model gives the probability of each verdict.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var model = sync.OnceValues(func() (*logistic.Model, error) {
	return logistic.Open(modelFile, []string{"supported", "contradicted"}, Names())
})

//go:embed model.json
var modelFile []byte

func features(v reading.Verdicts) (f Features) {
	const least = 1e-6
	f[Supports] = math.Log(max(v.Supported, least) / max(v.NotStated, least))
	f[Contradicts] = math.Log(max(v.Contradicted, least) / max(v.NotStated, least))
	return f
}

// namesOf are the stems of a claim's names.
func namesOf(claim string) []string {
	var out []string
	for i, t := range analysis.Tokenize(claim) {
		if !analysis.IsStop(t.Word) && t.Upper && i > 0 && !t.Number {
			out = append(out, analysis.Stem(t.Word))
		}
	}
	return out
}

// compareValues counts the values of a claim that a text has, those that it has
// otherwise, and those that it has none to compare with. A text may take some of its
// title.
func (j *Judge) compareValues(f *Features, t Text, said, told []amount) {
	c := j.reader.Corpus()
	article := &c.Articles[c.Sentences[t.First].Article]
	title := stated(article.Title, article)
	for i := range title {
		title[i].before = "" // a title is put in fewer words
	}
	told = slices.Concat(title, told)
	for _, v := range said {
		switch rel, n := meets(v, told); rel {
		case quantity.Same, quantity.Compatible:
			f[Met]++
		case quantity.Different:
			f[Clash] += 1 / float64(n)
		default:
			f[Unmet]++
		}
	}
}

// compareNames fills the share of a claim's names that neither a text nor what is
// around it has.
func (j *Judge) compareNames(f *Features, t Text, names []string, body string) {
	c := j.reader.Corpus()
	held := stems(body)
	around := stems(strings.Join(j.around(t, &c.Articles[c.Sentences[t.First].Article]), " "))
	for _, n := range names {
		if !held[n] && !around[n] {
			f[NewNames] += 1 / float64(len(names))
		}
	}
}

// around is what a text may take names from: its title, its outlet, and the
// sentences before it.
func (j *Judge) around(t Text, article *corpus.Article) []string {
	c := j.reader.Corpus()
	out := []string{article.Title, article.Publisher}
	first, _ := c.ArticleSentences(c.Sentences[t.First].Article)
	for n := max(first, t.First-3); n < t.First; n++ {
		out = append(out, c.SentenceText(n))
	}
	return out
}

func stems(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range analysis.Tokenize(text) {
		out[analysis.Stem(t.Word)] = true
	}
	return out
}
