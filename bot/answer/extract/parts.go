package extract

import (
	"context"
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/quote"
)

// Each answers the questions of a message one after the other by one, each in the
// conversation that those before it have begun; one also gets the answer so far, nil
// for none.
func Each(
	ctx context.Context, ask answer.Question, parts []string,
	one func(ctx context.Context, part answer.Question, before *answer.Answer) (*answer.Answer, error),
) (*answer.Answer, error) {
	var out, last *answer.Answer
	var unsaid []string
	var usage answer.Usage
	ask.Clarify = false // which of them would be asked back?
	for _, part := range parts {
		ask.Text = part
		a, err := one(ctx, ask, out)
		if err != nil {
			return nil, err
		}
		ask.History = append(slices.Clip(ask.History), answer.Turn{Role: "user", Text: part}, answer.Turn{Role: "assistant", Text: a.Text})
		usage.Add(a.Usage)
		last, ask.Part = a, true
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
		out = last
	} else {
		out.Unsaid = unsaid
		out.Text = quote.Text(out)
	}
	out.Usage = usage
	return out, nil
}
