package main

import (
	"context"
	"encoding/json"
	"io"

	"parley/bot/answer"
	"parley/bot/answer/extract"
	"parley/bot/answer/question"
	"parley/bot/eval"
	"parley/retrieval/library"
)

// verdict is a question of yes or no with its answer: yes, no, or something else where
// the articles do not decide it.
type verdict struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Answer   string   `json:"answer"`
	Evidence []string `json:"evidence"`
}

type leadRow struct {
	Features    extract.LeadFeatures `json:"f"`
	Probability float64              `json:"p"`
	Bears       bool                 `json:"bears"`
}

type leadRows struct {
	ID     string    `json:"id"`
	Answer string    `json:"answer"`
	Rows   []leadRow `json:"rows"`
}

// leadsRead is how many sentences are held against a question of yes or no.
const leadsRead = 4

// leads prints the rows of questions of yes or no.
func leads(ctx context.Context, s *library.Snapshot, e *extract.Engine, f io.Reader, out *json.Encoder) error {
	for v, err := range eval.Lines[verdict](f) {
		if err != nil {
			return err
		}
		q := question.Read(answer.Question{Text: v.Question})
		line := leadRows{v.ID, v.Answer, []leadRow{}}
		if q.Kind == question.YesOrNo {
			read, err := e.Reader.Read(ctx, q)
			if err != nil {
				return err
			}
			g := eval.Gold{Evidence: v.Evidence}
			for _, x := range read.Sentences[:min(leadsRead, len(read.Sentences))] {
				f, err := e.Lead(ctx, q, x)
				if err != nil {
					return err
				}
				line.Rows = append(line.Rows, leadRow{f, x.Probability, eval.Bears(&g, "", s.Corpus.SentenceText(x.Number))})
			}
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// leadExamples are the first sentences read for a question of yes or no, which decide
// it or do not.
func leadExamples(r io.Reader) (out []example, err error) {
	for line, err := range eval.Lines[leadRows](r) {
		if err != nil {
			return nil, err
		}
		for _, row := range line.Rows[:min(1, len(line.Rows))] {
			class := 2
			switch {
			case !row.Bears:
			case line.Answer == "yes":
				class = 0
			case line.Answer == "no":
				class = 1
			}
			out = append(out, example{row.Features[:], class, 1})
		}
	}
	return out, nil
}
