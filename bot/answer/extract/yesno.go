package extract

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"parley/bot/answer"
	"parley/bot/answer/english"
	"parley/bot/answer/evidence"
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

// lead begins an answer to a question of yes or no.
func (e *Engine) lead(ctx context.Context, q *question.Question, a *answer.Answer, ev *evidence.Evidence) error {
	if len(a.Conflicts) > 0 {
		return e.contested(ctx, q, a, ev)
	}
	first := ev.Statements[0].Main
	lead, err := e.yesOrNo(ctx, q, first)
	if err != nil {
		return err
	}
	if a.Lead = lead; lead == answer.No {
		if a.DeniedBy = e.speaker(first.Number); a.DeniedBy != "" {
			a.Lead = answer.Denied
		}
	}
	return nil
}

// contested begins an answer that sets two accounts side by side, where one of them leads
// to yes or no and the other does not lead to the same.
func (e *Engine) contested(ctx context.Context, q *question.Question, a *answer.Answer, ev *evidence.Evidence) error {
	if a.Conflicts[0].Kind != answer.Disputed {
		return nil
	}
	first, err := e.yesOrNo(ctx, q, ev.Statements[0].Main)
	if err != nil {
		return err
	}
	for _, r := range ev.Rivals {
		other, err := e.yesOrNo(ctx, q, r.Sentence)
		if err != nil {
			return err
		}
		told := slices.ContainsFunc(a.Claims, func(c answer.Claim) bool { return strings.HasSuffix(c.Text, e.corpus.SentenceText(r.Number)) })
		if told && other != first {
			a.Lead = answer.Contested
		}
	}
	return nil
}

// ruling is the sentence that bears out or contradicts best what a question of yes or no
// asks the truth of, and how likely it does.
func (e *Engine) ruling(ctx context.Context, q *question.Question, read *reading.Result) (best reading.Sentence, p float64, err error) {
	found, _, err := e.judge.Look(ctx, q.Claim, "")
	if err != nil {
		return best, 0, fmt.Errorf("judge: %w", err)
	}
	for _, f := range found {
		i := slices.IndexFunc(read.Sentences, func(s reading.Sentence) bool { return s.Number == f.Sentence })
		if either := max(f.Verdicts.Supported, f.Verdicts.Contradicted); i >= 0 && either > p {
			best, p = read.Sentences[i], either
		}
	}
	if p < ruled {
		return best, 0, nil
	}
	lead, err := e.yesOrNo(ctx, q, best)
	if lead == "" {
		p = 0
	}
	return best, p, err
}

// ruled is how likely a sentence must bear out or contradict what a question asks the
// truth of to be an answer that does not look like one by itself; it must say yes or no, too.
const ruled = .6

// opposed adds the likeliest sentence of another article that answers no where the first
// one answers yes, or the other way round.
func (e *Engine) opposed(ctx context.Context, q *question.Question, read *reading.Result, ev *evidence.Evidence, enough float64) error {
	if len(ev.Statements) == 0 || len(ev.Rivals) > 0 {
		return nil
	}
	first := ev.Statements[0].Main
	lead, err := e.yesOrNo(ctx, q, first)
	if err != nil || lead == "" {
		return err
	}
	for _, s := range read.Sentences[:min(opponents, len(read.Sentences))] { // the first one is of its own article
		if s.Article == first.Article || s.Said || s.Probability < opposing*enough {
			continue
		}
		other, err := e.yesOrNo(ctx, q, s)
		if err != nil {
			return err
		}
		if other != "" && other != lead {
			relations, err := e.Reader.Relate(ctx, q.Alone(), first, []reading.Sentence{s})
			if err != nil {
				return err
			}
			if relations[0].Differ >= clashing {
				ev.Rivals = append(ev.Rivals, evidence.Rival{Sentence: s, Relation: relations[0]})
			}
			return nil
		}
	}
	return nil
}

const (
	// opponents is how many of the likeliest sentences may speak against the first.
	opponents = 6
	// clashing is how likely one must speak against the first, too: of two that lead to
	// yes and to no, many speak of different matters.
	clashing = .1
	// opposing is how likely one must answer for that, as a share of the threshold.
	opposing = .5
)

// yesOrNo says whether a sentence answers yes or no; empty where it is not clear.
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

// placing are words that join a name to what is meant: "the mayor of Orlen said".
//
//nolint:gochecknoglobals // a table
var placing = []string{"of", "in", "at", "from", "for"}

// speaker is who says or denies what a sentence tells; empty where nobody is named.
func (e *Engine) speaker(sentence int) string {
	text := e.corpus.SentenceText(sentence)
	for _, n := range e.names.Of(sentence) {
		before, after := analysis.Tokenize(text[:n.Start]), analysis.Tokenize(unapposed(text[n.Start+len(n.Text):]))
		if k := len(before); k > 0 && (english.Speaks(before[k-1].Word) || k > 1 && before[k-2].Word == "according" && before[k-1].Word == "to") {
			return n.Text
		}
		if k := len(before); k > 0 && slices.Contains(placing, before[k-1].Word) {
			continue
		}
		for i, t := range after {
			if english.Speaks(t.Word) {
				return n.Text
			}
			if i > 0 || t.Word != "has" && t.Word != "had" && t.Word != "have" {
				break
			}
		}
	}
	return ""
}

// unapposed is what comes behind a name, without what is put in between commas to say who
// that is: "Anna Feld, the mayor of Orlen, said".
func unapposed(after string) string {
	if rest, ok := strings.CutPrefix(after, ","); ok {
		if _, behind, ok := strings.Cut(rest, ","); ok {
			return behind
		}
	}
	return after
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
