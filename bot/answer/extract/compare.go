package extract

import (
	"context"
	"fmt"
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
)

const (
	// likely is how likely a sentence must give an account that is asked for by name, as
	// a share of the threshold: that it has one is what the question takes for granted.
	likely = .5
	// against is how likely one report must speak against another to be held beside it.
	against = .5
	// contrasts is how many matters are told on which reports differ.
	contrasts = 2
	// passages is how many of those found for a topic are looked at.
	passages = 6
	// mostAccounts is how many reports are held against one another.
	mostAccounts = 4
)

// compare holds accounts against one another: those named, or all there are. It is nil
// where nothing is found to compare.
func (e *Engine) compare(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	c := &q.Compared
	var sides []reading.Sentence
	var err error
	switch {
	case len(c.Accounts) > 0:
		if whole, err := e.compares(ctx, q); err != nil || whole {
			return nil, err
		}
		for _, name := range c.Accounts {
			if sides, err = e.account(ctx, q, name, sides); err != nil {
				return nil, err
			}
		}
	case question.IsAsked(c.Matter):
		if sides, err = e.accounts(ctx, q); err != nil {
			return nil, err
		}
	default:
		return e.contrasts(ctx, q)
	}
	if len(sides) < 2 {
		return nil, nil //nolint:nilnil // it may be a question all the same
	}
	a := &answer.Answer{Engine: Name}
	w := quote.NewWriter(e.corpus, a)
	told := make([]quote.Cited, len(sides))
	for i, s := range sides {
		told[i] = cited(s)
		a.Confidence = max(a.Confidence, s.Probability)
	}
	a.Conflicts = append(a.Conflicts, w.Conflict(answer.Differing, told...))
	return e.checked(a)
}

// compares reports whether a sentence that answers a comparison as it stands names all
// that is compared.
func (e *Engine) compares(ctx context.Context, q *question.Question) (bool, error) {
	read, err := e.Reader.Read(ctx, q)
	if err != nil || read.Confidence() < e.opts.Threshold {
		return false, err
	}
	sentence := e.fwd.Sentence(read.Sentences[0].Number)
	return !slices.ContainsFunc(q.Compared.Accounts, func(a string) bool { return e.share(a, sentence) < 1 }), nil
}

// account adds the sentence that tells best what one account says, if there is one.
func (e *Engine) account(ctx context.Context, q *question.Question, name string, to []reading.Sentence) ([]reading.Sentence, error) {
	outlet := e.outlet(name, q)
	text := q.Compared.Of(name)
	if len(outlet) > 0 && q.Compared.Matter != "" {
		text = question.Asks(q.Compared.Matter)
	}
	read, err := e.Reader.Read(ctx, q.Instead(text, outlet))
	if err != nil {
		return nil, err
	}
	for _, s := range read.Sentences {
		if s.Probability >= likely*e.opts.Threshold && !slices.ContainsFunc(to, func(o reading.Sentence) bool { return o.Number == s.Number }) {
			return append(to, s), nil
		}
	}
	return to, nil
}

// accounts are the best sentences of the reports that answer a question, one each.
func (e *Engine) accounts(ctx context.Context, q *question.Question) ([]reading.Sentence, error) {
	asked := q.Instead(question.Asks(q.Compared.Matter), nil)
	read, err := e.Reader.Read(ctx, asked)
	if err != nil || read.Confidence() < e.opts.Threshold {
		return nil, err
	}
	first := read.Sentences[0]
	var others []reading.Sentence
	for _, s := range read.Sentences[1:] {
		if s.Probability >= likely*e.opts.Threshold && s.Article != first.Article {
			others = append(others, s)
		}
	}
	relations, err := e.Reader.Relate(ctx, asked.Text, first, others)
	if err != nil {
		return nil, err
	}
	out := []reading.Sentence{first}
	for i, s := range others {
		of := func(o reading.Sentence) bool { return o.Article == s.Article }
		if relations[i].Beside < likely && len(out) < mostAccounts && !slices.ContainsFunc(out, of) {
			out = append(out, s)
		}
	}
	return out, nil
}

// outlet are the articles of an outlet; none where a name is not one's.
func (e *Engine) outlet(name string, q *question.Question) []string {
	var out []string
	filter := q.Filter()
	for i := range e.corpus.Articles {
		a := &e.corpus.Articles[i]
		if filter.Allows(a) && (e.share(name, e.fwd.Publishers[i]) == 1) {
			out = append(out, a.ID)
		}
	}
	return out
}

// contrasts tells where reports on a topic speak against one another.
func (e *Engine) contrasts(ctx context.Context, q *question.Question) (*answer.Answer, error) {
	topic := q.Compared.Matter
	if e.general(topic) {
		topic = ""
	}
	sentences, err := e.nearTopic(ctx, q, topic)
	if err != nil || len(sentences) == 0 {
		return nil, err
	}
	found, err := e.Reader.Contrasts(ctx, sentences)
	if err != nil {
		return nil, err
	}
	a := &answer.Answer{Engine: Name, Confidence: overviewConfidence}
	w := quote.NewWriter(e.corpus, a)
	var used []int
	for _, f := range found {
		if f.Score < against || len(a.Conflicts) == contrasts {
			break
		}
		if slices.Contains(used, f.A) || slices.Contains(used, f.B) {
			continue
		}
		used = append(used, f.A, f.B)
		a.Conflicts = append(a.Conflicts, w.Conflict(answer.Disputed, quote.Cited{Sentence: f.A}, quote.Cited{Sentence: f.B}))
	}
	if len(a.Conflicts) > 0 {
		return e.checked(a)
	}
	kept, err := e.Reader.Outline(ctx, topic, sentences, mostAccounts, 1)
	if err != nil || len(kept) < 2 {
		return nil, err
	}
	told := make([]quote.Cited, len(kept))
	for i, s := range kept {
		told[i].Sentence = s
	}
	a.Conflicts = append(a.Conflicts, w.Conflict(answer.Differing, told...))
	return e.checked(a)
}

// nearTopic are the sentences of the passages nearest to a topic; of the first of all articles
// where there is none. There are none for what no article mentions.
func (e *Engine) nearTopic(ctx context.Context, q *question.Question, topic string) ([]int, error) {
	if topic == "" {
		return e.survey(ctx, q, "")
	}
	found, err := e.Reader.Search(ctx, q.About(topic, passages))
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if len(e.absent(topic, found.Terms)) > 0 {
		return nil, nil
	}
	var out []int
	for _, h := range found.Hits[:min(passages, len(found.Hits))] {
		p := &e.corpus.Passages[h.Passage]
		for s := p.First; s < p.Last; s++ {
			if e.outlines(s) && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// checked is an answer with its text, once it was verified.
func (e *Engine) checked(a *answer.Answer) (*answer.Answer, error) {
	a.Text = quote.Text(a)
	if wrong := quote.Verify(e.corpus, a); len(wrong) > 0 {
		return nil, fmt.Errorf("verify answer: %s", wrong[0])
	}
	return a, nil
}
