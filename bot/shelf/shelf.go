// Package shelf shows the articles themselves: which there are, newest first
// ([Shelf.Newest], about.go), which one a typed title means (suggest.go), and
// what stands in one ([Shelf.KeySentences], [Shelf.Around]).
package shelf

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Shelf is over one state of the articles. It is immutable and safe for
// concurrent use. Articles are indices into the corpus.
type Shelf struct {
	Corpus *corpus.Corpus

	fwd    *analysis.Forward
	index  *retrieval.Index
	newest []int
	words  []titleWord
	byHash map[string]int
}

// New returns the shelf of an index's articles.
func New(index *retrieval.Index) *Shelf {
	fwd := index.Forward()
	s := &Shelf{Corpus: fwd.Corpus, fwd: fwd, index: index, byHash: map[string]int{}}
	for i := range s.Corpus.Articles {
		s.newest = append(s.newest, i)
		if id := s.Corpus.Articles[i].ID; utf8.RuneCountInString(id) > MaxValue {
			s.byHash[hashed(id)] = i
		}
	}
	slices.SortStableFunc(s.newest, func(a, b int) int {
		return s.Corpus.Articles[b].Date().Compare(s.Corpus.Articles[a].Date())
	})
	s.words = readTitles(s.Corpus)
	return s
}

// Newest returns all articles, the newest first and those without a date last.
// The caller must not change the slice.
func (s *Shelf) Newest() []int { return s.newest }

// Words is how many words an article has.
func (s *Shelf) Words(article int) int {
	first, end := s.Corpus.ArticleSentences(article)
	n := 0
	for i := first; i < end; i++ {
		n += len(s.fwd.Sentence(i))
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
func (s *Shelf) KeySentences(article, n int) []string {
	first, end := s.Corpus.ArticleSentences(article)
	weight := map[analysis.TermID]float64{}
	for i := first; i < end; i++ {
		for _, t := range s.fwd.Sentence(i) {
			if !t.Stop {
				weight[t.Term] += s.fwd.IDF(t.Term)
			}
		}
	}
	type scored struct {
		sentence int
		score    float64
	}
	var found []scored
	for i := first; i < end; i++ {
		toks := s.fwd.Sentence(i)
		if s.Corpus.Sentences[i].Heading || len(toks) < keyWords {
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
		out[i] = s.Corpus.SentenceText(f.sentence)
	}
	return out
}

// Around returns what stands before and after a quotation in its passage, with
// the line breaks between them. It reports false when the article is not there or does not hold the quotation at
// that place any more.
func (s *Shelf) Around(id string, span corpus.Span, quote string) (before, after string, ok bool) {
	article, found := s.Corpus.Lookup(id)
	if !found {
		return "", "", false
	}
	body := s.Corpus.Articles[article].Body
	if span.Start < 0 || span.Start >= span.End || span.End > len(body) || body[span.Start:span.End] != quote {
		return "", "", false
	}
	first, end := s.Corpus.ArticlePassages(article)
	for _, p := range s.Corpus.Passages[first:end] {
		if p.Start <= span.Start && span.End <= p.End {
			return body[p.Start:span.Start], body[span.End:p.End], true
		}
	}
	return "", "", true // a heading stands in no passage
}
