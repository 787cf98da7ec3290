// Package factcheck holds a text against the articles, statement by statement, and
// cites the sentences that support or contradict each.
package factcheck

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/bot/answer/support"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

const (
	// maxStatements is how many statements of one text are checked.
	maxStatements = 20
	// MaxRunes is how much of a text is read.
	MaxRunes = 6000
	// perSide is how many sentences are cited for a statement, and against it.
	perSide = 3
	// nearestArticles is how many articles are named where nothing was found.
	nearestArticles = 3
	// leastWords is how many different words that say something a statement has at least.
	leastWords = 2
)

// Checker checks statements against one corpus. It is safe for concurrent use.
type Checker struct {
	judge  *support.Judge
	corpus *corpus.Corpus
}

// New returns a checker.
func New(r *reading.Reader) *Checker { return &Checker{support.New(r), r.Corpus()} }

// Check checks every statement of a text. A text without a statement is no error.
func (c *Checker) Check(ctx context.Context, text string) (*answer.Check, error) {
	out := &answer.Check{}
	a := &answer.Answer{}
	w := quote.NewWriter(c.corpus, a)
	text = question.Tidy(text, MaxRunes)
	before := ""
	for _, s := range corpus.SplitSentences(&corpus.Article{Body: text}) {
		statement := strings.TrimSpace(text[s.Start:s.End])
		if len(out.Statements) == maxStatements {
			out.Left++
			continue
		}
		got, err := c.statement(ctx, w, statement, before)
		if err != nil {
			return nil, err
		}
		out.Statements = append(out.Statements, got)
		if got.Verdict != answer.NoStatement {
			before = statement
		}
	}
	out.Citations = a.Citations
	return out, nil
}

// Claim checks a text as one statement.
func (c *Checker) Claim(ctx context.Context, text string) (*answer.Check, error) {
	a := &answer.Answer{}
	got, err := c.statement(ctx, quote.NewWriter(c.corpus, a), question.Tidy(text, MaxRunes), "")
	if err != nil {
		return nil, err
	}
	return &answer.Check{Statements: []answer.Checked{got}, Citations: a.Citations}, nil
}

// statement checks one statement; before is the one ahead of it, at which its
// pronouns may point.
func (c *Checker) statement(ctx context.Context, w *quote.Writer, text, before string) (answer.Checked, error) {
	out := answer.Checked{Text: text, Verdict: answer.NoStatement}
	if !states(text) {
		return out, nil
	}
	found, hits, err := c.judge.Look(ctx, text, before)
	if err != nil {
		return out, err
	}
	forIt, against := c.sides(text, found)
	out.Confidence = 1
	for _, f := range found {
		out.Confidence = min(out.Confidence, f.Verdicts.NotStated)
	}
	if len(forIt) == 0 && len(against) == 0 {
		out.Verdict, out.Nearest = answer.NotSaid, retrieval.Articles(c.corpus, hits, nearestArticles)
		return out, nil
	}
	out.Confidence = 1 - out.Confidence
	split := false
	if len(forIt) > 0 && len(against) > 0 {
		if split, err = c.apart(ctx, forIt[0], against[0]); err != nil {
			return out, err
		}
	}
	switch {
	case split:
		out.Verdict, out.Leans = answer.Split, weight(forIt[0]) >= weight(against[0])
	case len(against) == 0 || len(forIt) > 0 && weight(forIt[0]) >= weight(against[0]):
		out.Verdict, against = answer.Supported, nil
	default:
		out.Verdict, forIt = answer.Contradicted, nil
	}
	for _, f := range forIt {
		out.Supports = append(out.Supports, w.Cite(quote.Cited{Sentence: f.Sentence}))
	}
	for _, f := range against {
		out.Contradicts = append(out.Contradicts, w.Cite(quote.Cited{Sentence: f.Sentence}))
	}
	return out, nil
}

// states reports whether a text says something that can be looked for.
func states(text string) bool {
	content := map[string]bool{}
	for _, t := range analysis.Tokenize(text) {
		if !analysis.IsStop(t.Word) {
			content[t.Word] = true
		}
	}
	return len(content) >= leastWords && !strings.HasSuffix(strings.TrimRight(text, "\"'”’) "), "?") && question.Read(answer.Question{Text: text}).Reason == answer.Answered
}

// weight is how much a finding says to a statement, for or against.
func weight(f support.Finding) float64 { return 1 - f.Verdicts.NotStated }

// sides are the findings that speak for a statement, and those that speak against
// it, each the weightiest first. A sentence that has no such value as the statement
// does not speak for it, however like it is, and one that has its only value of a kind
// otherwise speaks against it; one that says it word for word speaks for it.
func (c *Checker) sides(statement string, found []support.Finding) (forIt, against []support.Finding) {
	for _, f := range found {
		v := &f.Verdicts
		switch {
		case c.judge.Says(f.Sentence, statement):
			f.Verdicts = reading.Verdicts{Supported: 1}
			forIt = append(forIt, f)
		case v.NotStated > max(v.Supported, v.Contradicted):
		case v.Supported >= v.Contradicted && f.Features[support.Clash] == 0 && !f.Swapped:
			forIt = append(forIt, f)
		case v.Supported >= v.Contradicted && f.Features[support.Clash] < 1 && !f.Swapped: // it has several such values
		default:
			against = append(against, f)
		}
	}
	for _, side := range []*[]support.Finding{&forIt, &against} {
		slices.SortStableFunc(*side, func(a, b support.Finding) int { return cmp.Compare(weight(b), weight(a)) })
		*side = (*side)[:min(perSide, len(*side))]
	}
	return forIt, against
}

// apart reports whether two findings say otherwise: a sentence that speaks against a
// statement does not always speak against one that speaks for it.
func (c *Checker) apart(ctx context.Context, a, b support.Finding) (bool, error) {
	for _, pair := range [...][2]int{{a.Sentence, b.Sentence}, {b.Sentence, a.Sentence}} {
		got, err := c.judge.Against(ctx, c.corpus.SentenceText(pair[0]), []support.Text{{First: pair[1], Last: pair[1]}})
		if err != nil {
			return false, err
		}
		if v := got[0].Verdicts; v.Contradicted > max(v.Supported, v.NotStated) {
			return true, nil
		}
	}
	return false, nil
}
