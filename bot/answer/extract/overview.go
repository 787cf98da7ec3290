package extract

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

const (
	// outlined is how many sentences an overview of everything has at most, ofTopic one of
	// a topic, and fromOne how many are of one article.
	outlined = 5
	ofTopic  = 3
	fromOne  = 2
	// newestMost is how many tell what is new.
	newestMost = 3
	// surveyed is how many sentences an overview is chosen from.
	surveyed = 60
	// leading is how many of an article's sentences may stand in an overview of all.
	leading = 5
	// overviewConfidence is that of an overview: it is what the articles say.
	overviewConfidence = .9
	// The words that a sentence of an overview has, from and to.
	fewestWords, mostWords = 6, 60
)

// overview tells what the articles say, on the whole or on a topic, in the order of
// time; the latest only where that is asked. It is nil where they do not speak of the
// topic.
func (e *Engine) overview(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	q = e.onDays(q)
	topic := q.Topic
	if e.general(topic) {
		topic = ""
	}
	sentences, err := e.survey(ctx, q, topic)
	if err != nil || len(sentences) == 0 {
		return nil, err
	}
	most := outlined
	if topic != "" {
		most = ofTopic
	}
	if q.Kind == question.Latest {
		sentences, most = e.newest(sentences), newestMost
	}
	kept, err := e.Reader.Outline(ctx, topic, sentences, most, fromOne)
	if err != nil {
		return nil, err
	}
	a := &answer.Answer{Confidence: overviewConfidence, Engine: Name, Shape: answer.List}
	w := quote.NewWriter(e.corpus, a)
	slices.SortStableFunc(kept, e.byTime)
	if q.Kind == question.Latest {
		slices.Reverse(kept)
	}
	for _, s := range kept {
		w.Sentence("", quote.Cited{Sentence: s})
		if q.Kind == question.Latest {
			a.Claims[len(a.Claims)-1].Day = e.corpus.Articles[e.corpus.Sentences[s].Article].Date()
		}
	}
	if q.Explained() {
		a.Explain = []string{fmt.Sprintf("an overview of %d sentences; topic: %q", len(sentences), topic)}
	}
	return e.checked(a)
}

// onDays is a question whose topic is a day, a month or the like as one on all of the
// articles of that time, where there are any.
func (e *Engine) onDays(q *question.Question) *question.Question {
	_, newest := e.days()
	p, ok := retrieval.OnlyPeriod(q.Topic, q.Query(0).AsOf, newest)
	if !ok {
		return q
	}
	f := q.Filter()
	f.Since, f.Until = p.From, p.To
	if !slices.ContainsFunc(e.corpus.Articles, func(a corpus.Article) bool { return f.Allows(&a) }) {
		return q
	}
	return q.Within(f, "")
}

// byTime orders sentences by the day of their articles, and as they stand there.
func (e *Engine) byTime(a, b int) int {
	x, y := e.corpus.Sentences[a].Article, e.corpus.Sentences[b].Article
	if c := e.corpus.Articles[x].Date().Compare(e.corpus.Articles[y].Date()); c != 0 {
		return c
	}
	return a - b
}

// newest are those of some sentences whose articles are of the last day that any is of.
func (e *Engine) newest(sentences []int) []int {
	last := e.corpus.Articles[e.corpus.Sentences[slices.MaxFunc(sentences, e.byTime)].Article].Date()
	return slices.DeleteFunc(slices.Clone(sentences), func(s int) bool {
		return !e.corpus.Articles[e.corpus.Sentences[s].Article].Date().Equal(last)
	})
}

// survey is what an overview is chosen from: of a topic the sentences of the passages
// found that have it and, where these are few, others of their articles; of all there is
// the first ones of the newest articles.
func (e *Engine) survey(ctx context.Context, q *question.Question, topic string) ([]int, error) {
	if topic == "" {
		filter := q.Filter()
		var articles []int
		for i := range e.corpus.Articles {
			if filter.Allows(&e.corpus.Articles[i]) {
				articles = append(articles, i)
			}
		}
		slices.SortStableFunc(articles, func(a, b int) int {
			return e.corpus.Articles[b].Date().Compare(e.corpus.Articles[a].Date())
		})
		var out []int
		for _, a := range articles {
			first, end := e.corpus.ArticleSentences(a)
			for s := first; s < min(end, first+leading) && len(out) < surveyed; s++ {
				if e.outlines(s) {
					out = append(out, s)
				}
			}
		}
		return out, nil
	}
	found, err := e.Reader.Search(ctx, q.About(topic, reading.Hits))
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	// Of a name or a time, only what has it.
	_, period := retrieval.OnlyPeriod(topic, q.Query(0).AsOf, time.Time{})
	wide := q.Kind == question.Overview && !period && !e.names.Named(topic)
	var out []int
	for _, h := range found.Hits[:min(reading.Passages, len(found.Hits))] {
		p := &e.corpus.Passages[h.Passage]
		whole := wide && e.isAbout(p, found.Terms)
		for s := p.First; s < p.Last && len(out) < surveyed; s++ {
			if e.outlines(s) && !slices.Contains(out, s) && (whole || e.speaksOf(found.Terms, e.fwd.Sentence(s))) {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// isAbout reports whether a passage and its article's title have all the words of a
// topic.
func (e *Engine) isAbout(p *corpus.Passage, terms []retrieval.Term) bool {
	texts := [][]analysis.Tok{e.fwd.Titles[p.Article]}
	for s := p.First; s < p.Last; s++ {
		texts = append(texts, e.fwd.Sentence(s))
	}
	return e.speaksOf(terms, texts...)
}

// general reports whether a topic is what the articles are about as a whole, "the
// talks": it opens with an article, and most of those looked at have its words.
func (e *Engine) general(topic string) bool {
	const looked = 50 // articles
	if first, _, _ := strings.Cut(strings.ToLower(topic), " "); first != "the" && first != "these" && first != "this" {
		return false
	}
	if len(analysis.Tokenize(topic)) > 2 {
		return false // narrower than that
	}
	n, of := 0, min(looked, len(e.corpus.Articles))
	for a := range of {
		if e.holds(a, topic) == 1 {
			n++
		}
	}
	return 10*n >= 9*of
}

// outlines reports whether a sentence may stand in an overview.
func (e *Engine) outlines(s int) bool {
	at, text := &e.corpus.Sentences[s], e.corpus.SentenceText(s)
	n := len(analysis.Tokenize(text))
	return !at.Heading && n >= fewestWords && n <= mostWords && !question.IsOrder(text) && text[len(text)-1] != '?' && !quote.Points(text)
}

// speaksOf reports whether some texts together have all the words of a topic, or for a
// slip what it is put right to.
func (e *Engine) speaksOf(terms []retrieval.Term, texts ...[]analysis.Tok) bool {
	own := map[analysis.TermID]bool{}
	for _, text := range texts {
		for _, t := range text {
			own[t.Term] = true
		}
	}
	said := false
	for i := range terms {
		t := &terms[i]
		if t.Context || t.Light || analysis.IsStop(t.Word) {
			continue
		}
		said = true
		slip := t.Corrected && slices.ContainsFunc(t.Variants, func(v retrieval.Variant) bool { return own[v.ID] })
		if !own[t.ID] && !slip {
			return false
		}
	}
	return said
}
