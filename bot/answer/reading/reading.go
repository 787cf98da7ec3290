// Package reading holds sentences against a question: which of the best passages'
// sentences answer it, and with what probability.
//
// The vectors of all their sentences, which are kept, are compared with that of
// the question; those that come nearest are read together with it by the pair
// model. What both say, and a few things that can be counted exactly, go into two
// small models that tools/fit fits: one puts the sentences in order, the other says
// how likely one answers.
package reading

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/encoder"
)

const (
	// Passages is how many of the passages found have their sentences compared.
	Passages = 20
	// Pairs is how many of the sentences that come nearest are read with the question.
	Pairs = 12
	// perPassage bounds the sentences compared of one passage.
	perPassage = 40
	// Hits is how many passages a search for a question is to find: those that are
	// read, and some more to name the nearest articles.
	Hits = 30
)

// Reader reads the sentences of one corpus. It is safe for concurrent use.
type Reader struct {
	source answer.Source
	fwd    *analysis.Forward
	pairs  *encoder.PairModel
}

// New returns a reader.
func New(s answer.Source, pairs *encoder.PairModel) *Reader {
	return &Reader{source: s, fwd: s.Forward(), pairs: pairs}
}

// Corpus is what is read.
func (r *Reader) Corpus() *corpus.Corpus { return r.fwd.Corpus }

// Search finds passages.
func (r *Reader) Search(ctx context.Context, q retrieval.Query) (*retrieval.Result, error) {
	found, err := r.source.Search(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// Sentence is a sentence that was held against a question.
type Sentence struct {
	Number      int // in the corpus
	Article     int
	Passage     int
	Choice      float64     // by which the sentences of one question are in order, 0 to 1
	Probability float64     // calibrated, 0 to 1: it answers
	Answer      corpus.Span // of the article's body: the words that answer, best guess
	Features    Features
	Follow      FollowFeatures // of what follows on something said
	Said        bool           // the bot's last answers quote it

	otherYear bool // the question names a year that the article does not have
}

// ofOtherYear is what a probability is worth of a sentence whose article does not have
// the year that the question names.
const ofOtherYear = .5

// Result is what was read for a question, the best sentence first.
type Result struct {
	Sentences []Sentence
	Hits      []retrieval.Hit
	Terms     []retrieval.Term
}

// Confidence is the probability that the articles answer the question.
func (r *Result) Confidence() float64 {
	if len(r.Sentences) == 0 {
		return 0
	}
	return r.Sentences[0].Probability
}

// Read searches for a question and reads what is found.
func (r *Reader) Read(ctx context.Context, q *question.Question) (*Result, error) {
	found, err := r.Search(ctx, q.Query(Hits))
	if err != nil {
		return nil, err
	}
	out := &Result{Hits: found.Hits, Terms: found.Terms}
	q = q.Respelt(r.spelt(q.Text, found))
	switch {
	case q.Joined():
		out.Sentences, err = r.read(ctx, q.Alone(), found, found.Hits)
	case len(q.Before) > 0:
		out.Sentences, err = r.follow(ctx, q, found)
	default:
		out.Sentences, err = r.read(ctx, q.Text, found, found.Hits)
	}
	return out, err
}

// read reads the sentences of passages that come nearest to a question, the best one
// first.
func (r *Reader) read(ctx context.Context, asked string, found *retrieval.Result, hits []retrieval.Hit) ([]Sentence, error) {
	sentences, err := r.nearest(ctx, asked, hits)
	if err != nil || len(sentences) == 0 {
		return nil, err
	}
	pairs := make([]encoder.Pair, len(sentences))
	for i := range sentences {
		pairs[i] = r.pair(asked, sentences[i].Number)
	}
	readings, err := r.pairs.Read(ctx, encoder.Answers, pairs)
	if err != nil {
		return nil, fmt.Errorf("read sentences: %w", err)
	}
	c := r.Corpus()
	for i := range sentences {
		s := &sentences[i]
		s.Features[Answers] = float64(readings[i].Answer)
		s.Answer = span(c, s.Number, pairs[i].Second, readings[i])
	}
	r.count(found, sentences)
	m, err := confidenceModel()
	if err != nil {
		return nil, err
	}
	for i := range sentences {
		s := &sentences[i]
		s.Probability = m.Probabilities(s.Features.Confidence())[0]
		if s.otherYear {
			s.Probability *= ofOtherYear
		}
		if s.Choice, err = Choose(&s.Features); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(sentences, func(a, b Sentence) int {
		return cmp.Or(cmp.Compare(b.Choice, a.Choice), cmp.Compare(a.Number, b.Number))
	})
	return sentences, nil
}

// Near searches for a claim and returns the sentences that come nearest to it.
func (r *Reader) Near(ctx context.Context, q *question.Question) ([]int, []retrieval.Hit, error) {
	found, err := r.Search(ctx, q.Query(Hits))
	if err != nil {
		return nil, nil, err
	}
	sentences, err := r.nearest(ctx, q.Alone(), found.Hits)
	if err != nil {
		return nil, nil, err
	}
	numbers := make([]int, len(sentences))
	for i := range sentences {
		numbers[i] = sentences[i].Number
	}
	return numbers, found.Hits, nil
}

// nearest are the sentences of the best passages whose vectors come nearest to
// the question's.
func (r *Reader) nearest(ctx context.Context, text string, hits []retrieval.Hit) ([]Sentence, error) {
	c := r.Corpus()
	var out []Sentence
	var numbers []int
	best := 0.
	for _, h := range hits {
		best = max(best, h.Match)
	}
	for _, h := range hits[:min(Passages, len(hits))] {
		p := &c.Passages[h.Passage]
		for n := p.First; n < min(p.Last, p.First+perPassage); n++ {
			if c.Sentences[n].Heading || slices.Contains(numbers, n) || question.IsOrder(c.SentenceText(n)) {
				continue
			}
			s := Sentence{Number: n, Article: p.Article, Passage: h.Passage}
			if best > 0 {
				s.Features[Match] = h.Match / best
			}
			out, numbers = append(out, s), append(numbers, n)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	asked, err := r.source.Question(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("read question: %w", err)
	}
	vectors, err := r.source.Sentences(ctx, numbers)
	if err != nil {
		return nil, fmt.Errorf("read sentences: %w", err)
	}
	for i := range out {
		out[i].Features[Cosine] = vectors[i].Cosine(asked)
	}
	slices.SortStableFunc(out, func(a, b Sentence) int {
		return cmp.Or(cmp.Compare(b.Features[Cosine], a.Features[Cosine]), cmp.Compare(a.Number, b.Number))
	})
	return out[:min(Pairs, len(out))], nil
}

// pair is a sentence, under its article's title, with what it is held against.
func (r *Reader) pair(first string, sentence int) encoder.Pair {
	return encoder.Pair{First: plain(first), Second: plain(r.lead(sentence) + r.Corpus().SentenceText(sentence))}
}

// lead is what a sentence is read under.
func (r *Reader) lead(sentence int) string {
	c := r.Corpus()
	if title := c.Articles[c.Sentences[sentence].Article].Title; title != "" {
		return cut(title) + ": "
	}
	return ""
}

// span is the part of a sentence that answers; empty where it lies in the title.
func span(c *corpus.Corpus, sentence int, second string, r encoder.Reading) corpus.Span {
	s := &c.Sentences[sentence]
	lead := len(second) - s.Len()
	if r.Start < lead || r.End <= r.Start {
		return corpus.Span{}
	}
	return corpus.Span{Start: s.Start + r.Start - lead, End: s.Start + r.End - lead}
}
