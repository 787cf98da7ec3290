package extract

import (
	"fmt"
	"strings"

	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
)

// explained is how many sentences an explanation shows.
const explained = 6

// Explain says how an answer came about, a line each.
func (e *Engine) Explain(q *question.Question, read *reading.Result) []string {
	lines := []string{"read as: " + q.Alone()}
	if q.Ignored {
		lines[0] += " (an instruction was left out)"
	}
	if len(q.Before) > 0 {
		lines = append(lines, "from the conversation: "+strings.Join(q.Before, " / "))
	}
	names := reading.Names()
	for _, s := range read.Sentences[:min(explained, len(read.Sentences))] {
		var parts []string
		for i, v := range s.Features {
			parts = append(parts, fmt.Sprintf("%s %.2f", names[i], v))
		}
		lines = append(lines, fmt.Sprintf("%.3f %s (%s): %s", s.Probability, quote.Clip(e.corpus.SentenceText(s.Number), 100),
			quote.Label(e.Reader.ArticleOf(s.Number)), strings.Join(parts, ", ")))
	}
	return lines
}
