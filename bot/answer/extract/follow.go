package extract

import (
	"context"
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
)

// furtherMost is how many sentences tell more of what was asked before.
const furtherMost = 3

// more tells more of what the articles quoted last say near to the question before. It
// is nil where there is nothing to go on.
func (e *Engine) more(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	before := q.Again()
	said, err := e.Reader.Told(ctx, q, q.Answers)
	if err != nil || before == nil || len(said) == 0 {
		return nil, err
	}
	var all []int
	for _, text := range q.Told() {
		told, err := e.Reader.Told(ctx, q, []string{text})
		if err != nil {
			return nil, err
		}
		all = append(all, told...)
	}
	var rest, of []int
	for _, n := range said {
		a := e.corpus.Sentences[n].Article
		if slices.Contains(of, a) {
			continue
		}
		of = append(of, a)
		first, end := e.corpus.ArticleSentences(a)
		for s := first; s < end && len(rest) < surveyed; s++ {
			if e.outlines(s) && !slices.Contains(said, s) && !slices.Contains(all, s) {
				rest = append(rest, s)
			}
		}
	}
	kept, err := e.Reader.Outline(ctx, before.Alone(), rest, furtherMost, furtherMost)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	return e.told(kept)
}

// origin names the articles that the answer before comes from. It is nil where none is
// quoted.
func (e *Engine) origin(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	for i := range q.Answers {
		said, err := e.Reader.Told(ctx, q, q.Answers[i:i+1])
		if err != nil {
			return nil, err
		}
		if len(said) == 0 {
			continue
		}
		a := &answer.Answer{Confidence: knownMeta, Engine: Name, Shape: answer.List}
		w := quote.NewWriter(e.corpus, a)
		var of []int
		for _, n := range said {
			article := e.corpus.Sentences[n].Article
			if slices.Contains(of, article) {
				continue
			}
			of = append(of, article)
			text := describe(&e.corpus.Articles[article])
			if address := e.corpus.Articles[article].URL; address != "" {
				text += " " + address
			}
			w.Claim(text, n)
		}
		return e.checked(a)
	}
	return nil, nil //nolint:nilnil // nothing was quoted
}

// whose quotes again what the answer before quotes of those who are named as saying it.
// It is nil where nobody is.
func (e *Engine) whose(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	if len(q.Answers) == 0 {
		return nil, nil //nolint:nilnil // nothing was said
	}
	said, err := e.Reader.Told(ctx, q, q.Answers[:1])
	if err != nil {
		return nil, err
	}
	said = slices.DeleteFunc(said, func(n int) bool { return e.speaker(n) == "" })
	if len(said) == 0 {
		return nil, nil
	}
	return e.told(said)
}

// told quotes some sentences in the order of time.
func (e *Engine) told(sentences []int) (*answer.Answer, error) {
	a := &answer.Answer{Confidence: overviewConfidence, Engine: Name, Shape: answer.List}
	w := quote.NewWriter(e.corpus, a)
	slices.SortStableFunc(sentences, e.byTime)
	for _, s := range sentences {
		w.Sentence("", quote.Cited{Sentence: s})
	}
	return e.checked(a)
}
