package cli

import (
	"context"
	"fmt"
	"time"

	"parley/bot/answer"
	"parley/retrieval"
)

type searchCmd struct {
	Query     []string `arg:"" optional:"" help:"What to look for."`
	Questions string   `placeholder:"FILE" help:"Search for every question of a file, one JSON object a line; - is standard input."`
	K         int      `name:"limit" short:"k" default:"10" placeholder:"N" help:"Passages to print at most (default 10)."`
	Explain   bool     `help:"Say where each score comes from."`
}

// Run searches for one query, or for a file of them.
func (cmd *searchCmd) Run(ctx context.Context, a *app) error {
	text, err := oneOrMany(cmd.Query, cmd.Questions, "query")
	if err != nil {
		return err
	}
	if cmd.K < 1 {
		return usagef("give the number of passages to print, such as -k 10", "-k must be at least 1")
	}
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	search := func(id string, q answer.Question) error {
		res, _, err := s.find(ctx, q, cmd.K, cmd.Explain)
		if err != nil {
			return err
		}
		return a.out.object(newSearchJSON(id, s.corpus, res.Hits))
	}
	if cmd.Questions != "" {
		return a.eachQuestion(ctx, cmd.Questions, search)
	}
	return search("", answer.Question{Text: text, AsOf: asOf})
}

// find searches for what a question asks and takes the time.
func (s *stack) find(ctx context.Context, q answer.Question, limit int, explain bool) (*retrieval.Result, time.Duration, error) {
	query := retrieval.Query{Text: q.Text, AsOf: q.AsOf, Filter: q.Filter, Limit: limit, Explain: explain}
	for _, turn := range q.History {
		if turn.Role == "user" {
			query.Context = append(query.Context, turn.Text)
		}
	}
	start := time.Now()
	res, err := s.search.Search(ctx, query)
	if err != nil {
		return nil, 0, fmt.Errorf("search: %w", err)
	}
	if res == nil {
		res = &retrieval.Result{}
	}
	return res, time.Since(start), nil
}
