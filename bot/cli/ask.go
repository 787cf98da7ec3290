package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/bot/answer"
)

type askCmd struct {
	Question  []string `arg:"" optional:"" help:"The question."`
	Questions string   `placeholder:"FILE" help:"Answer every question of a file, one JSON object a line; - is standard input."`
	Explain   bool     `help:"Say how the answer came about."`
}

// Run answers one question, or a file of them.
func (cmd *askCmd) Run(ctx context.Context, a *app) error {
	text, err := oneOrMany(cmd.Question, cmd.Questions, "question")
	if err != nil {
		return err
	}
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	if cmd.Questions != "" {
		return a.eachQuestion(ctx, cmd.Questions, func(id string, q answer.Question) error {
			q.Explain = cmd.Explain
			got, took, err := s.ask(ctx, q)
			if err != nil {
				return err
			}
			return a.out.object(newAskJSON(id, q.Text, got, took))
		})
	}
	got, took, err := s.ask(ctx, answer.Question{Text: text, AsOf: asOf, Explain: cmd.Explain})
	if err != nil {
		return err
	}
	return a.out.object(newAskJSON("", text, got, took))
}

// oneOrMany returns the words of a command line as one question; a questions
// file takes their place.
func oneOrMany(words []string, file, what string) (string, error) {
	text := strings.Join(words, " ")
	switch {
	case file == "" && len(words) == 0:
		return "", usagef("for example: parley ask \"How long did the talks last?\"", "no %s given", what)
	case file != "" && len(words) > 0:
		return "", usagef("leave one of them out", "a %s and --questions cannot go together", what)
	}
	return text, nil
}

// ask answers one question and takes the time.
func (s *stack) ask(ctx context.Context, q answer.Question) (*answer.Answer, time.Duration, error) {
	start := time.Now()
	got, err := s.engine.Answer(ctx, q)
	if err != nil {
		return nil, 0, fmt.Errorf("answer question: %w", err)
	}
	if got == nil {
		got = &answer.Answer{Abstained: true, Reason: answer.NotInArticles}
	}
	return got, time.Since(start), nil
}
