package main

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/bot/eval"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/embedding"
	"parley/retrieval/encoder"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
)

// dispute is a line of a file of disputes.
type dispute struct {
	ID       string     `json:"id"`
	Question string     `json:"question"`
	Relation string     `json:"relation"`
	Sides    [][]string `json:"sides"`
	Articles []struct {
		ID        string   `json:"id"`
		Title     string   `json:"title"`
		Publisher string   `json:"publisher"`
		Date      eval.Day `json:"date"`
		Text      string   `json:"text"`
	} `json:"articles"`
}

type told struct {
	Article     int     `json:"article"`
	Probability float64 `json:"p"`
	Side        int     `json:"side"` // 0, 1, or -1: it answers nothing
	Text        string  `json:"text"`
}

type between struct {
	I        int                      `json:"i"`
	J        int                      `json:"j"`
	Features reading.RelationFeatures `json:"f"`
}

type disputeRows struct {
	ID        string    `json:"id"`
	Question  string    `json:"question"`
	Relation  string    `json:"relation"` // of the two sides; empty for a question that has but one
	Sentences []told    `json:"sentences"`
	Pairs     []between `json:"pairs"`
}

// compared is how many of the likeliest sentences are compared.
const compared = 8

// disputes prints what is known of the pairs of sentences that may differ.
func disputes(ctx context.Context, pairs *encoder.PairModel, f io.Reader, out *json.Encoder) error {
	words, err := lexicon.Open()
	if err != nil {
		return err
	}
	e, err := embedding.Builtin()
	if err != nil {
		return err
	}
	for d, err := range eval.Lines[dispute](f) {
		if err != nil {
			return err
		}
		var articles []corpus.Article
		for _, a := range d.Articles {
			articles = append(articles, corpus.Article{ID: a.ID, Title: a.Title, Publisher: a.Publisher, Published: a.Date.Time, Body: a.Text})
		}
		s, err := library.Build(ctx, &read.Reading{Articles: articles}, library.Options{Lexicon: words, Embedder: e, Steady: true, Reader: e}, nil)
		if err != nil {
			return err
		}
		r := reading.New(s, pairs)
		q := question.Read(answer.Question{Text: d.Question})
		got, err := r.Read(ctx, q)
		if err != nil {
			return err
		}
		line, err := compare(ctx, r, q, got, func(x reading.Sentence) int {
			return slices.IndexFunc(d.Sides, func(side []string) bool {
				return eval.Bears(&eval.Gold{Evidence: side}, "", s.Corpus.SentenceText(x.Number))
			})
		})
		if err != nil {
			return err
		}
		line.ID, line.Relation = d.ID, d.Relation
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// relations prints what is known of the sentences beside the one that answers a
// question.
func relations(ctx context.Context, s *library.Snapshot, r *reading.Reader, f io.Reader, out *json.Encoder) error {
	for g, err := range eval.Lines[eval.Gold](f) {
		if err != nil {
			return err
		}
		q := question.Read(g.Ask(g.Date.Time))
		got, err := r.Read(ctx, q)
		if err != nil {
			return err
		}
		c := s.Corpus
		line, err := compare(ctx, r, q, got, func(x reading.Sentence) int {
			if eval.Bears(&g, c.Articles[x.Article].ID, c.SentenceText(x.Number)) {
				return 0
			}
			return -1
		})
		if err != nil {
			return err
		}
		line.ID = g.ID
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// compare holds the sentence that comes first, and all others of a side, against the
// rest.
func compare(ctx context.Context, r *reading.Reader, q *question.Question, got *reading.Result, side func(reading.Sentence) int) (*disputeRows, error) {
	line := &disputeRows{Question: q.Alone(), Sentences: []told{}, Pairs: []between{}}
	top := got.Sentences[:min(compared, len(got.Sentences))]
	for _, x := range top {
		line.Sentences = append(line.Sentences, told{x.Article, x.Probability, side(x), r.Corpus().SentenceText(x.Number)})
	}
	for i := range top {
		if i > 0 && line.Sentences[i].Side < 0 {
			continue
		}
		rels, err := r.Relate(ctx, q.Alone(), top[i], top)
		if err != nil {
			return nil, err
		}
		for j, rel := range rels {
			if i != j {
				line.Pairs = append(line.Pairs, between{i, j, rel.Features})
			}
		}
	}
	return line, nil
}
