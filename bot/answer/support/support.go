// Package support holds a claim against sentences: do they bear it out, can it not
// be true beside them, or do they not say?
//
// The pair model of package reading reads claim and sentence together; values and
// names are compared exactly; a calibrated model, fitted by tools/fit,
// weighs both.
package support

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/retrieval"
)

// Finding is how a claim stands to some text of an article.
type Finding struct {
	Sentence int // the first one, where the text has several
	Verdicts reading.Verdicts
	Features Features
	Swapped  bool // the claim has who does it and to whom the other way round
}

// Judge holds claims against the sentences of a corpus. It is safe for concurrent
// use.
type Judge struct{ reader *reading.Reader }

// New returns a judge.
func New(r *reading.Reader) *Judge { return &Judge{r} }

// Look searches for a claim and holds it against what comes nearest, the sentences
// in the order of how much they say to it. Before is what was said ahead of it, at
// which its pronouns may point; it may be empty.
func (j *Judge) Look(ctx context.Context, claim, before string) ([]Finding, []retrieval.Hit, error) {
	sentences, hits, err := j.reader.Near(ctx, question.Statement(claim, before))
	if err != nil {
		return nil, nil, err
	}
	texts := make([]Text, len(sentences))
	for i, n := range sentences {
		texts[i] = Text{n, n}
	}
	found, err := j.Against(ctx, claim, texts)
	if err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Verdicts.NotStated, b.Verdicts.NotStated), cmp.Compare(a.Sentence, b.Sentence))
	})
	return found, hits, nil
}

// Text is some sentences in a row of one article, both ends included.
type Text struct{ First, Last int }

// Against holds a claim against texts, in their order.
func (j *Judge) Against(ctx context.Context, claim string, texts []Text) ([]Finding, error) {
	c := j.reader.Corpus()
	bodies, claims := make([]string, len(texts)), make([]string, len(texts))
	saying, telling := make([][]amount, len(texts)), make([][]amount, len(texts))
	for i, t := range texts {
		bodies[i] = j.body(t)
		article := &c.Articles[c.Sentences[t.First].Article]
		saying[i], telling[i] = stated(claim, article), stated(bodies[i], article) // its days are those that the report means
		claims[i] = worded(claim, saying[i], telling[i])
	}
	read, err := j.reader.Judge(ctx, claims, firsts(texts), bodies)
	if err != nil {
		return nil, fmt.Errorf("judge claim: %w", err)
	}
	m, err := model()
	if err != nil {
		return nil, err
	}
	names := namesOf(claim)
	out := make([]Finding, len(texts))
	for i, t := range texts {
		f := features(read[i])
		j.compareValues(&f, t, saying[i], telling[i])
		j.compareNames(&f, t, names, bodies[i])
		p := m.Probabilities(f[:])
		out[i] = Finding{t.First, reading.Verdicts{Supported: p[0], Contradicted: p[1], NotStated: p[2]}, f, swapped(claim, bodies[i])}
	}
	return out, nil
}

// body is what a text says.
func (j *Judge) body(t Text) string {
	var parts []string
	for n := t.First; n <= t.Last; n++ {
		parts = append(parts, j.reader.Corpus().SentenceText(n))
	}
	return strings.Join(parts, " ")
}

func firsts(texts []Text) []int {
	out := make([]int, len(texts))
	for i, t := range texts {
		out[i] = t.First
	}
	return out
}
