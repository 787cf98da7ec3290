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
	Article     int              `json:"article"`
	Probability float64          `json:"p"`
	Features    reading.Features `json:"f"`
	Side        int              `json:"side"` // 0, 1, or -1
	Text        string           `json:"text"`
}

type between struct {
	I      int              `json:"i"`
	J      int              `json:"j"`
	Rel    reading.Relation `json:"rel"`
	Values int              `json:"values"`
}

type disputeRows struct {
	ID        string    `json:"id"`
	Question  string    `json:"question"`
	Relation  string    `json:"relation"`
	Sentences []told    `json:"sentences"`
	Pairs     []between `json:"pairs"`
}

// compared is how many sentences are compared with one another.
const compared = 6

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
		s, err := library.Build(ctx, &corpus.Reading{Articles: articles}, library.Options{Lexicon: words, Embedder: e, Steady: true, Reader: e}, nil)
		if err != nil {
			return err
		}
		r := reading.New(s, pairs)
		q := question.Read(answer.Question{Text: d.Question})
		got, err := r.Read(ctx, q)
		if err != nil {
			return err
		}
		line := disputeRows{d.ID, d.Question, d.Relation, []told{}, []between{}}
		top := got.Sentences[:min(compared, len(got.Sentences))]
		for _, x := range top {
			text := s.Corpus.SentenceText(x.Number)
			side := slices.IndexFunc(d.Sides, func(side []string) bool {
				return eval.Bears(&eval.Gold{Evidence: side}, "", text)
			})
			line.Sentences = append(line.Sentences, told{x.Article, x.Probability, x.Features, side, text})
		}
		for i := range top {
			rels, err := r.Relate(ctx, q.Alone(), top[i], top[i+1:])
			if err != nil {
				return err
			}
			for k, rel := range rels {
				j := i + 1 + k
				line.Pairs = append(line.Pairs, between{i, j, rel, int(rel.Values)})
			}
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
