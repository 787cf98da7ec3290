// Package catalogue is the catalogue of the articles: which there are, newest first
// ([Catalogue.Newest], about.go), which one a typed title means (suggest.go), and
// what stands in one ([Catalogue.KeySentences], [Catalogue.Around]).
package catalogue

import (
	"cmp"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Catalogue is of one state of the articles. It is immutable and safe for
// concurrent use. Articles are indices into the corpus.
type Catalogue struct {
	Corpus *corpus.Corpus

	fwd    *analysis.Forward
	index  *retrieval.Index
	newest []int
	words  []titleWord
	byHash map[string]int
}

// New returns the catalogue of an index's articles.
func New(index *retrieval.Index) *Catalogue {
	fwd := index.Forward()
	c := &Catalogue{Corpus: fwd.Corpus, fwd: fwd, index: index, byHash: map[string]int{}}
	for i := range c.Corpus.Articles {
		c.newest = append(c.newest, i)
		if id := c.Corpus.Articles[i].ID; utf8.RuneCountInString(id) > MaxValue {
			c.byHash[hashed(id)] = i
		}
	}
	slices.SortStableFunc(c.newest, func(a, b int) int {
		return c.Corpus.Articles[b].Date().Compare(c.Corpus.Articles[a].Date())
	})
	c.words = readTitles(c.Corpus)
	return c
}

// Newest returns all articles, the newest first and those without a date last.
// The caller must not change the slice.
func (c *Catalogue) Newest() []int { return c.newest }

// Dates are those of the oldest and the newest article that has one. It reports
// false when none has.
func (c *Catalogue) Dates() (oldest, newest time.Time, ok bool) {
	for _, i := range c.newest {
		d := c.Corpus.Articles[i].Date()
		if d.IsZero() {
			break
		}
		if newest.IsZero() {
			newest = d
		}
		oldest = d
	}
	return oldest, newest, !newest.IsZero()
}

// Words is how many words an article has.
func (c *Catalogue) Words(article int) int {
	first, end := c.Corpus.ArticleSentences(article)
	n := 0
	for i := first; i < end; i++ {
		n += len(c.fwd.Sentence(i))
	}
	return n
}

// Sentences shorter than this say little on their own; the first one says what
// an article is about more often than any other. Judgements.
const (
	keyWords   = 6
	firstBonus = 1.5
)

// KeySentences returns the sentences that say most of what an article is about,
// at most n, in their order: those with most of the words that the article
// repeats and others do not have (TF-IDF), for their length.
func (c *Catalogue) KeySentences(article, n int) []string {
	first, end := c.Corpus.ArticleSentences(article)
	weight := map[analysis.TermID]float64{}
	for i := first; i < end; i++ {
		for _, t := range c.fwd.Sentence(i) {
			if !t.Stop {
				weight[t.Term] += c.fwd.IDF(t.Term)
			}
		}
	}
	type scored struct {
		sentence int
		score    float64
	}
	var found []scored
	for i := first; i < end; i++ {
		toks := c.fwd.Sentence(i)
		if c.Corpus.Sentences[i].Heading || len(toks) < keyWords {
			continue
		}
		seen := map[analysis.TermID]bool{}
		sum := 0.0
		for _, t := range toks {
			if !t.Stop && !seen[t.Term] {
				seen[t.Term] = true
				sum += weight[t.Term]
			}
		}
		sum /= math.Sqrt(float64(len(toks)))
		if i == first {
			sum *= firstBonus
		}
		found = append(found, scored{i, sum})
	}
	slices.SortFunc(found, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.sentence, b.sentence))
	})
	found = found[:min(n, len(found))]
	slices.SortFunc(found, func(a, b scored) int { return cmp.Compare(a.sentence, b.sentence) })
	out := make([]string, len(found))
	for i, f := range found {
		out[i] = c.Corpus.SentenceText(f.sentence)
	}
	return out
}

// Around returns what stands before and after a quotation in its passage, with
// the line breaks between them. It reports false when the article is not there, or
// does not have the quotation at that place any more.
func (c *Catalogue) Around(id string, span corpus.Span, quote string) (before, after string, ok bool) {
	article, found := c.Corpus.Lookup(id)
	if !found {
		return "", "", false
	}
	body := c.Corpus.Articles[article].Body
	if span.Start < 0 || span.Start >= span.End || span.End > len(body) || body[span.Start:span.End] != quote {
		return "", "", false
	}
	first, end := c.Corpus.ArticlePassages(article)
	for _, p := range c.Corpus.Passages[first:end] {
		if p.Start <= span.Start && span.End <= p.End {
			return body[p.Start:span.Start], body[span.End:p.End], true
		}
	}
	return "", "", true // a heading stands in no passage
}
