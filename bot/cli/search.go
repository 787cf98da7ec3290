package cli

import (
	"context"
	"fmt"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/wire"
)

type searchCmd struct {
	Query     []string `arg:"" optional:"" help:"What to look for."`
	Questions string   `placeholder:"FILE" help:"Search for every question of a file, one JSON object a line; - is standard input."`
	K         int      `name:"limit" short:"k" default:"${default_limit}" placeholder:"N" help:"Passages to print at most (default ${default})."`
	Explain   bool     `help:"Say where each score comes from."`
}

// Run searches for one query, or for a file of them.
func (cmd *searchCmd) Run(ctx context.Context, a *app) error {
	text, err := oneOrMany("search", aQuestion, cmd.Query, cmd.Questions)
	if err != nil {
		return err
	}
	if cmd.K < 1 {
		return usagef("give the number of passages to print, such as -k 10", "-k cannot be %d", cmd.K)
	}
	questions, s, err := a.openBoth(ctx, aQuestion, cmd.Questions)
	if err != nil {
		return err
	}
	defer func() { _ = questions.Close() }()
	each := func(id string, q answer.Question) error {
		q.Explain = cmd.Explain
		found, err := s.search.Search(ctx, question.Read(q).Query(cmd.K))
		if err != nil {
			return fmt.Errorf("search: %w", err)
		}
		if a.flags.JSON || cmd.Questions != "" {
			return a.out.object(wire.NewSearch(id, s.corpus, found.Hits))
		}
		a.out.hits(s.corpus, found)
		return nil
	}
	if cmd.Questions != "" {
		return a.eachQuestion(ctx, cmd.Questions, questions, each)
	}
	return each("", answer.Question{Text: text, AsOf: a.flags.AsOf.Time})
}
