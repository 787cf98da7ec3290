package extract

import (
	"slices"
	"strings"

	"parley/bot/answer/evidence"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/retrieval/analysis"
)

// saying is what was read with those sentences first that hold a quotation of who is
// asked for, where one of them may answer, and the probability that is enough for it:
// that somebody is quoted says much already.
func (e *Engine) saying(q *question.Question, read *reading.Result) (*reading.Result, float64) {
	enough := .6 * e.opts.Threshold
	quotes := func(s reading.Sentence) bool { return s.Probability >= enough && e.quotes(s.Number, q.Speaker) }
	if !slices.ContainsFunc(read.Sentences, quotes) {
		return read, e.opts.Threshold
	}
	out := *read
	out.Sentences = slices.Clone(read.Sentences)
	slices.SortStableFunc(out.Sentences, func(a, b reading.Sentence) int {
		switch x, y := quotes(a), quotes(b); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
	return &out, enough
}

// beside makes what somebody said otherwise a further statement: people say more than one
// thing.
func (e *Engine) beside(ev *evidence.Evidence, enough float64) {
	for _, r := range ev.Rivals {
		if r.Probability >= enough && len(ev.Statements) < e.opts.MaxSentences {
			ev.Statements = append(ev.Statements, evidence.Statement{Main: r.Sentence})
		}
	}
	ev.Rivals = nil
}

// quotes reports whether a sentence holds a quotation, and it or the one before it the
// last name of who is to be quoted.
func (e *Engine) quotes(sentence int, speaker string) bool {
	if !strings.ContainsAny(e.corpus.SentenceText(sentence), "\"“”„«") {
		return false
	}
	name := analysis.Tokenize(speaker)
	if len(name) == 0 {
		return true
	}
	first, _ := e.corpus.ArticleSentences(e.corpus.Sentences[sentence].Article)
	last := e.fwd.Lookup(name[len(name)-1].Word)
	is := func(t analysis.Tok) bool { return t.Term == last }
	return slices.ContainsFunc(e.fwd.Sentence(sentence), is) || sentence > first && slices.ContainsFunc(e.fwd.Sentence(sentence-1), is)
}
