package wire

import (
	"slices"

	"parley/corpus"
)

// Source is what is known of an article, without its text.
type Source struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Author    string `json:"author"`
	Place     string `json:"place"`
	Published string `json:"published"` // 2025-12-02, or empty
	Event     string `json:"event"`     // the day of what it tells, where it states none of its own
	URL       string `json:"url"`
	Bytes     int    `json:"bytes"` // of the text
	Sentences int    `json:"sentences"`
}

// Sources is a part of the list of articles, newest first.
type Sources struct {
	Total    int      `json:"total"`  // articles in all
	Offset   int      `json:"offset"` // of the first one here, from 0
	Articles []Source `json:"articles"`
}

// Article is an article with its text and the borders of its sentences, in bytes.
type Article struct {
	Source

	Body  string     `json:"body"`
	Spans []Sentence `json:"spans"` // of the sentences, in order
}

// Sentence is where a sentence of an article stands.
type Sentence struct {
	Start     int  `json:"start"`
	End       int  `json:"end"`
	Paragraph int  `json:"paragraph"` // from 0
	Heading   bool `json:"heading"`   // it heads a section, and is never cited
}

// NewSource makes the object of an article of a corpus.
func NewSource(c *corpus.Corpus, article int) Source {
	a := &c.Articles[article]
	first, end := c.ArticleSentences(article)
	return Source{
		ID: a.ID, Title: a.Title, Publisher: a.Publisher, Author: a.Author, Place: a.Place,
		Published: Day(a.Published), Event: Day(a.Event), URL: a.URL, Bytes: len(a.Body), Sentences: end - first,
	}
}

// NewSources makes the list of at most limit articles from offset on.
func NewSources(c *corpus.Corpus, offset, limit int) Sources {
	newest := Newest(c)
	offset = min(offset, len(newest))
	out := Sources{Total: len(newest), Offset: offset, Articles: []Source{}}
	for _, i := range newest[offset:min(len(newest), offset+limit)] {
		out.Articles = append(out.Articles, NewSource(c, i))
	}
	return out
}

// Newest are the articles of a corpus, newest first, those without a date last.
func Newest(c *corpus.Corpus) []int {
	out := make([]int, len(c.Articles))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return c.Articles[b].Date().Compare(c.Articles[a].Date()) })
	return out
}

// NewArticle makes the object of an article with its text.
func NewArticle(c *corpus.Corpus, article int) Article {
	out := Article{Source: NewSource(c, article), Body: c.Articles[article].Body, Spans: []Sentence{}}
	first, end := c.ArticleSentences(article)
	for _, s := range c.Sentences[first:end] {
		out.Spans = append(out.Spans, Sentence{Start: s.Start, End: s.End, Paragraph: s.Paragraph, Heading: s.Heading})
	}
	return out
}

// Texts adds to hits what stands in their passages, and of which articles they are.
func (s *Search) Texts(c *corpus.Corpus) {
	for i := range s.Hits {
		h := &s.Hits[i]
		n, ok := c.Lookup(h.ArticleID)
		if !ok {
			continue
		}
		a := &c.Articles[n]
		h.Title, h.Publisher, h.Published, h.Text = a.Title, a.Publisher, Day(a.Published), a.Body[h.Start:h.End]
	}
}
