package extract

import (
	"context"
	"slices"
	"strings"

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
	var declined []*answer.Answer
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
			unsaid, declined = append(unsaid, part), append(declined, a)
		case out == nil:
			out = a
		default:
			quote.Join(out, a)
		}
	}
	if out == nil {
		out = last
		if len(declined) > 1 {
			neither(out, declined, unsaid)
		}
	} else {
		out.Unsaid = unsaid
		out.Text = quote.Text(out)
	}
	out.Usage = usage
	return out, nil
}

// neither makes of the last answer one that names every question of a message of which the
// articles answer none.
func neither(out *answer.Answer, declined []*answer.Answer, asked []string) {
	m := &answer.Missing{Parts: asked}
	texts := make([]string, 0, len(asked)+1)
	for i, a := range declined {
		if a.Reason != answer.NotInArticles {
			return
		}
		texts = append(texts, quote.NotSaid(asked[i]))
		if a.Missing == nil {
			continue
		}
		m.Oldest, m.Newest = a.Missing.Oldest, a.Missing.Newest
		for _, w := range a.Missing.Words {
			if !slices.Contains(m.Words, w) && len(m.Words) < mostAbsent {
				m.Words = append(m.Words, w)
			}
		}
	}
	if len(m.Words) > 0 {
		texts = append(texts, noArticle(m.Words))
	}
	out.Missing, out.Nearest, out.Text = m, nil, strings.Join(texts, "\n\n")
}
