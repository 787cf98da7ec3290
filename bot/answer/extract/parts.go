package extract

import (
	"context"
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/quote"
)

// each answers the questions of a message one after the other, each in the
// conversation that those before it have begun.
func (e *Engine) each(ctx context.Context, ask answer.Question, parts []string) (*answer.Answer, error) {
	var out *answer.Answer
	var unsaid []string
	var last *answer.Answer
	for _, part := range parts {
		ask.Text = part
		a, err := e.Answer(ctx, ask)
		if err != nil {
			return nil, err
		}
		ask.History = append(slices.Clip(ask.History), answer.Turn{Role: "user", Text: part}, answer.Turn{Role: "assistant", Text: a.Text})
		last = a
		switch {
		case a.Abstained:
			unsaid = append(unsaid, part)
		case out == nil:
			out = a
		default:
			quote.Join(out, a)
		}
	}
	if out == nil {
		return last, nil
	}
	out.Unsaid = unsaid
	out.Text = quote.Text(out)
	return out, nil
}
