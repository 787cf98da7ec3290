// Package corpus holds the articles parley answers about, split into sentences
// and passages.
//
// One invariant runs through it and everything built on it: a [Span] is byte
// offsets into the cleaned [Article.Body], and the text of a sentence, passage
// or quote is exactly Body[Start:End].
package corpus

import (
	"fmt"
	"time"
)

// Span is a half-open range of byte offsets into an [Article.Body].
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the span's length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Article is one report: its cleaned text and what is known about it. Every
// field but ID and Body may be empty.
type Article struct {
	ID        string // survives a reload: front matter or JSONL id, else the path relative to the corpus folder
	Title     string
	Publisher string
	Author    string
	Place     string // dateline, such as WASHINGTON
	URL       string
	Published time.Time // publication date as stated; zero when the article does not state one
	Event     time.Time // date of the events told, recovered from the text; zero when there is none
	Body      string    // cleaned text: paragraphs separated by a blank line
	Headings  []Span    // section headings kept in Body: context for search, never quoted
}

// Date is the day that orders articles in time: the publication date, else the
// date of the events told, else zero.
func (a *Article) Date() time.Time {
	if !a.Published.IsZero() {
		return a.Published
	}
	return a.Event
}

// Sentence is one sentence of an article.
type Sentence struct {
	Span
	Article   int  // index into Corpus.Articles
	Paragraph int  // number of its paragraph in the article, from 0
	Heading   bool // a section heading: it gives context but is never cited
}

// Passage is a run of whole sentences of one article, the unit of retrieval.
type Passage struct {
	Span
	ID      string // Article.ID + "#" + number in the article
	Article int    // index into Corpus.Articles
	First   int    // index of its first sentence in Corpus.Sentences
	Last    int    // index one past its last sentence
}

// Corpus is a set of articles with their sentences and passages, in a stable
// order. It is immutable: nobody writes to its slices after [New].
type Corpus struct {
	Articles  []Article
	Sentences []Sentence // by article, then start
	Passages  []Passage  // by article, then start

	byID          map[string]int
	firstSentence []int // per article, index into Sentences; one extra at the end
	firstPassage  []int // per article, index into Passages; one extra at the end
}

// New splits the articles and indexes them by ID. It fails on an empty or
// repeated ID.
func New(articles []Article) (*Corpus, error) {
	c := &Corpus{Articles: articles, byID: make(map[string]int, len(articles))}
	for i := range articles {
		a := &articles[i]
		if a.ID == "" {
			return nil, fmt.Errorf("article %d has no id", i)
		}
		if j, ok := c.byID[a.ID]; ok {
			return nil, fmt.Errorf("articles %d and %d have the same id %q", j, i, a.ID)
		}
		c.byID[a.ID] = i
		c.firstSentence = append(c.firstSentence, len(c.Sentences))
		c.firstPassage = append(c.firstPassage, len(c.Passages))
		first := len(c.Sentences)
		c.Sentences = appendSentences(c.Sentences, a, i)
		for n, r := range groupPassages(a, c.Sentences[first:]) {
			p := Passage{ID: fmt.Sprintf("%s#%d", a.ID, n), Article: i, First: first + r[0], Last: first + r[1]}
			p.Start, p.End = c.Sentences[p.First].Start, c.Sentences[p.Last-1].End
			c.Passages = append(c.Passages, p)
		}
	}
	c.firstSentence = append(c.firstSentence, len(c.Sentences))
	c.firstPassage = append(c.firstPassage, len(c.Passages))
	return c, nil
}

// Lookup returns the index of the article with an ID.
func (c *Corpus) Lookup(id string) (int, bool) {
	i, ok := c.byID[id]
	return i, ok
}

// ArticleSentences returns the range of an article's sentences in Sentences.
func (c *Corpus) ArticleSentences(article int) (first, end int) {
	return c.firstSentence[article], c.firstSentence[article+1]
}

// ArticlePassages returns the range of an article's passages in Passages.
func (c *Corpus) ArticlePassages(article int) (first, end int) {
	return c.firstPassage[article], c.firstPassage[article+1]
}

// Text returns the text of a span of an article.
func (c *Corpus) Text(article int, s Span) string {
	return c.Articles[article].Body[s.Start:s.End]
}

// SentenceText returns the text of a sentence.
func (c *Corpus) SentenceText(i int) string {
	s := &c.Sentences[i]
	return c.Articles[s.Article].Body[s.Start:s.End]
}
