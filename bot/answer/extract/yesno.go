package extract

import (
	"context"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/english"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/retrieval/analysis"
)

const (
	// decided is how likely a sentence must bear out a question of yes or no, or speak
	// against it, for the answer to say so.
	decided = .6
	// asSaid is the share of the question's words that a sentence has which says the
	// same, or that it is not so.
	asSaid = .95
)

// yesOrNo says how an answer begins that is yes or no: what its sentence is to the
// question as a statement, or whether it has all its words. A sentence that denies
// nothing is no for nothing, and one that denies is yes for nothing: what the pair
// model takes for an exclusion may be another matter.
func (e *Engine) yesOrNo(ctx context.Context, q *question.Question, s reading.Sentence) (answer.Lead, error) {
	got, err := e.judge.Against(ctx, q.Claim, []support.Text{{First: s.Number, Last: s.Number}})
	if err != nil {
		return "", err
	}
	v, all := got[0].Verdicts, s.Features[reading.Coverage] >= asSaid
	switch denies := denies(e.corpus.SentenceText(s.Number)) != denies(q.Text); {
	case !denies && (v.Supported >= decided || all):
		return answer.Yes, nil
	case denies && (v.Contradicted >= decided || all):
		return answer.No, nil
	}
	return "", nil
}

// denies reports whether a text says that something is not so; twice is not.
func denies(text string) bool {
	out := false
	for _, t := range analysis.Tokenize(text) {
		if english.Denies(strings.ReplaceAll(t.Word, "’", "'")) {
			out = !out
		}
	}
	return out
}
