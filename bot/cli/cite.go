package cli

import (
	"context"
	"fmt"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/factcheck"
	"parley/bot/answer/layout"
	"parley/bot/eval"
	"parley/bot/wire"
)

type citeCmd struct {
	Statement []string `arg:"" optional:"" help:"The statement."`
	Questions string   `placeholder:"FILE" help:"Check every claim of a file, one JSON object a line; - is standard input."`
}

// claimLine is one line of a file of claims. Further keys are ignored.
type claimLine struct {
	ID    string  `json:"id"`
	Claim *string `json:"claim"`
}

// Run says whether the articles support or contradict a statement, or a file of
// them.
func (cmd *citeCmd) Run(ctx context.Context, a *app) error {
	text, err := oneOrMany("cite", aStatement, cmd.Statement, cmd.Questions)
	if err != nil {
		return err
	}
	claims, s, err := a.openBoth(ctx, aStatement, cmd.Questions)
	if err != nil {
		return err
	}
	defer func() { _ = claims.Close() }()
	quotes := s.engines.quoting(s.snapshot)
	checker := factcheck.New(quotes.Reader)
	each := func(line claimLine) error {
		got, err := checker.Claim(ctx, *line.Claim)
		if err != nil {
			return fmt.Errorf("check statement: %w", err)
		}
		if a.flags.JSON || cmd.Questions != "" {
			return a.out.object(wire.NewCite(line.ID, *line.Claim, got))
		}
		a.out.checked(got)
		return nil
	}
	if cmd.Questions == "" {
		return each(claimLine{Claim: &text})
	}
	for line, err := range eval.Lines[claimLine](claims) {
		if err != nil {
			return hint(fmt.Errorf("read claims %s: %w", cmd.Questions, err), aStatement.hint())
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if line.Claim == nil {
			return hint(fmt.Errorf("read claims %s: the line with the id %q has no claim", cmd.Questions, line.ID), aStatement.hint())
		}
		if err := each(line); err != nil {
			return fmt.Errorf("claim %s: %w", line.ID, err)
		}
	}
	return nil
}

// checked writes what the articles say to a statement, for people.
func (o *output) checked(got *answer.Check) {
	st := &got.Statements[0]
	says := map[answer.Verdict]string{
		answer.Supported:    "The articles say so.",
		answer.Contradicted: "The articles say otherwise.",
		answer.Split:        "The articles disagree on this.",
		answer.NotSaid:      "The articles don't say.",
		answer.NoStatement:  "That is no statement that can be looked up.",
	}[st.Verdict]
	var marks strings.Builder
	for _, c := range got.Citations {
		fmt.Fprintf(&marks, "[%d]", c.N)
	}
	o.wrap("", "", strings.TrimSpace(says+" "+marks.String()), o.marks)
	if len(got.Citations) > 0 {
		o.line("")
		o.line(o.bold("Sources"))
		o.sources(layout.NewTold().Sources(got.Citations))
	}
}
