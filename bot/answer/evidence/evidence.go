// Package evidence chooses the fewest sentences that answer a question, or finds
// that none does.
package evidence

import (
	"context"
	"slices"

	"parley/bot/answer/quantity"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
)

// Options tune what is chosen.
type Options struct {
	Threshold float64 // probability below which a sentence does not answer, 0 to 1
	Most      int     // statements of an answer, at least 1
}

// Statement is a sentence of the answer with others that say the same.
type Statement struct {
	Main reading.Sentence
	Also []reading.Sentence
}

// Rival is a sentence of another article that answers, too, but otherwise.
type Rival struct {
	reading.Sentence
	Relation reading.Relation
}

// Evidence is what was chosen.
type Evidence struct {
	Statements []Statement // empty when nothing answers
	Rivals     []Rival     // to the first statement
}

const (
	// sources is how many further sources a statement has at most.
	sources = 2
	// looked is how many of the likeliest sentences are compared with the first.
	looked = 6
	// part is how likely a sentence must answer to be a part of what is to be counted
	// together, as a share of the threshold.
	part = .5
	// faint is how likely a sentence must answer by itself to be compared.
	faint = .1
)

// How likely a sentence must stand in some way to the first one. Most do not answer
// at all, so these are far above what is usual. Chosen on news, where a dispute that
// is none may be shown in 8 of 100 answers at most (docs/answers.md).
const (
	same   = .3
	differ = .3
	beside = .8 // more likely than that it does not answer, and adds nothing
)

// Choose picks from what was read. The likeliest sentence is the answer. The next
// ones are held against it: what says the same is a further source, what cannot be
// true beside it a rival, and what adds something is said only where the question
// asks for several things.
func Choose(ctx context.Context, r *reading.Reader, q *question.Question, read *reading.Result, o Options) (*Evidence, error) {
	out := &Evidence{}
	if read.Confidence() < o.Threshold || len(read.Sentences) == 0 {
		return out, nil
	}
	first, rest := read.Sentences[0], others(read)
	out.Statements = []Statement{{Main: first}}
	if len(rest) == 0 {
		return out, nil
	}
	relations, err := r.Relate(ctx, q.Alone(), first, rest)
	if err != nil {
		return nil, err
	}
	for i, s := range rest {
		out.place(q, s, relations[i], o)
	}
	return out, nil
}

// others are the sentences that are held against the first one.
func others(read *reading.Result) []reading.Sentence {
	var out []reading.Sentence
	for _, s := range read.Sentences[1:min(looked, len(read.Sentences))] {
		if s.Probability >= faint && !s.Said {
			out = append(out, s)
		}
	}
	return out
}

func (e *Evidence) place(q *question.Question, s reading.Sentence, rel reading.Relation, o Options) {
	first := &e.Statements[0]
	switch {
	case q.Kind == question.Sum && rel.Values == quantity.Different && s.Probability >= part*o.Threshold && len(e.Statements) < o.Most:
		e.Statements = append(e.Statements, Statement{Main: s})
	case rel.Same >= same && rel.Values != quantity.Compatible && rel.Values != quantity.Different:
		if len(first.Also) < sources && !first.cites(s.Article) {
			first.Also = append(first.Also, s)
		}
	case s.Article != first.Main.Article && rel.Values != quantity.Same && (rel.Differ >= differ || s.Probability >= o.Threshold && rel.Values == quantity.Compatible):
		e.Rivals = append(e.Rivals, Rival{s, rel})
	case q.Several && s.Probability >= o.Threshold && rel.Beside < beside && rel.Adds > rel.Differ && len(e.Statements) < o.Most:
		e.Statements = append(e.Statements, Statement{Main: s})
	}
}

func (s *Statement) cites(article int) bool {
	return s.Main.Article == article || slices.ContainsFunc(s.Also, func(o reading.Sentence) bool { return o.Article == article })
}
