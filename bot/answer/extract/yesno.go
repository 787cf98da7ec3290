package extract

import (
	"context"
	_ "embed"
	"strings"
	"sync"

	"parley/bot/answer"
	"parley/bot/answer/english"
	"parley/bot/answer/logistic"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/retrieval/analysis"
)

// LeadFeature numbers what is known of a sentence that may decide a question of yes or
// no.
type LeadFeature int

// The features.
const (
	leadSupports    LeadFeature = iota // log-odds of the pair model: the question as a claim is supported against not stated
	leadContradicts                    // the same: contradicted against not stated
	leadDenies                         // 1 where one of question and sentence says that something is not so, and the other does not
	leadCoverage                       // as [reading.Coverage]
	leadDenied                         // the product of the two before
	leadAnswers                        // as [reading.Answers]
	leadClash                          // as [support.Clash]
	nLeadFeatures
)

// LeadFeatures are what is known of a sentence that may decide a question of yes or no.
type LeadFeatures [nLeadFeatures]float64

// LeadNames are the features in their order.
func LeadNames() []string {
	return []string{"supports", "contradicts", "denies", "coverage", "denied", "answers", "clash"}
}

//go:embed lead.json
var leadFile []byte

// leadModel gives the probabilities of yes and of no.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var leadModel = sync.OnceValues(func() (*logistic.Model, error) {
	return logistic.Open(leadFile, []string{"yes", "no"}, LeadNames())
})

// decided is how likely an answer must be yes, or no, to begin with it.
const decided = .55

// yesOrNo says how an answer begins that is yes or no.
func (e *Engine) yesOrNo(ctx context.Context, q *question.Question, s reading.Sentence) (answer.Lead, error) {
	f, err := e.Lead(ctx, q, s)
	if err != nil {
		return "", err
	}
	m, err := leadModel()
	if err != nil {
		return "", err
	}
	switch p := m.Probabilities(f[:]); {
	case p[0] >= decided:
		return answer.Yes, nil
	case p[1] >= decided:
		return answer.No, nil
	}
	return "", nil
}

// Lead tells what is known of a sentence that may decide a question of yes or no.
func (e *Engine) Lead(ctx context.Context, q *question.Question, s reading.Sentence) (f LeadFeatures, err error) {
	got, err := e.judge.Against(ctx, q.Claim, []support.Text{{First: s.Number, Last: s.Number}})
	if err != nil {
		return f, err
	}
	f[leadSupports], f[leadContradicts] = got[0].Features[support.Supports], got[0].Features[support.Contradicts]
	f[leadCoverage], f[leadAnswers], f[leadClash] = s.Features[reading.Coverage], s.Features[reading.Answers], got[0].Features[support.Clash]
	if denies(e.corpus.SentenceText(s.Number)) != denies(q.Claim) {
		f[leadDenies], f[leadDenied] = 1, f[leadCoverage]
	}
	return f, nil
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
