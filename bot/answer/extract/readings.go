package extract

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"parley/bot/answer"
	"parley/bot/answer/names"
	"parley/bot/answer/question"
	"parley/bot/answer/reading"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexical"
)

// mostReadings is how many ways to read a question somebody is asked about.
const mostReadings = 3

// Unclear is the answer to a question that names but what several full names of the
// articles share ("Miller": Anna Miller, Tom Miller), where the articles answer it
// otherwise for each: it asks which is meant. It is nil where there is nothing to ask,
// or nobody who can be asked.
func (e *Engine) Unclear(ctx context.Context, q *question.Question, read *reading.Result) (*answer.Answer, error) {
	if !q.Clarify() || q.Dangling || q.Dependent {
		return nil, nil //nolint:nilnil // nothing to ask
	}
	toks := analysis.Tokenize(q.Text)
	for i, t := range toks {
		w, ok := e.fwd.Word(t.Word)
		if !ok || !e.isName(w) {
			continue
		}
		full := e.sharing(w, retrieval.Articles(e.corpus, read.Hits, reading.Passages))
		if len(full) < 2 || told(q, toks, full) {
			continue
		}
		out, err := e.apart(ctx, q, toks[i], full)
		if err != nil || out != nil {
			return out, err
		}
	}
	return nil, nil //nolint:nilnil // one reading
}

// isName reports whether a word has a capital wherever it stands in the articles.
func (e *Engine) isName(word int32) bool {
	w := &e.fwd.Words[word]
	return w.Upper == w.Count && !e.fwd.Stop(w.Term) && len(w.Text) > 2 && !isMonth(w.Text)
}

// fullName is a name of several words and how often some articles have it.
type fullName struct {
	text  string
	apart string // its words without the one that it shares
	count int
}

// sharing are the full names in some articles that have a word, the most frequent
// first. Two spellings of one name are one. There are none where most mentions are of
// one name: then that is meant.
func (e *Engine) sharing(word int32, articles []int) []fullName {
	var out []fullName
	for _, a := range articles {
		first, end := e.corpus.ArticleSentences(a)
		for s := first; s < end; s++ {
			if !slices.ContainsFunc(e.fwd.Sentence(s), func(t analysis.Tok) bool { return t.Word == word }) {
				continue
			}
			for _, n := range e.names.Of(s) {
				if len(n.Words) > 1 && slices.Contains(n.Words, word) {
					out = e.counted(out, n, word)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b fullName) int { return cmp.Compare(b.count, a.count) })
	if len(out) > 1 && 2*out[1].count < out[0].count {
		return nil
	}
	return out[:min(mostReadings, len(out))]
}

func (e *Engine) counted(to []fullName, n names.Name, shared int32) []fullName {
	var rest []string
	for _, w := range n.Words {
		if w != shared {
			rest = append(rest, e.fwd.Words[w].Text)
		}
	}
	apart := strings.Join(rest, " ")
	for i := range to {
		if alike(to[i].apart, apart) {
			to[i].count++
			return to
		}
	}
	return append(to, fullName{n.Text, apart, 1})
}

// alike reports whether two first names may be one: "Steve" and "Steven", "Dmitry" and
// "Dmitri", or the one a part of the other.
func alike(a, b string) bool {
	const slip = 2
	return strings.Contains(" "+a+" ", " "+b+" ") || strings.Contains(" "+b+" ", " "+a+" ") || strings.HasPrefix(a, b) || strings.HasPrefix(b, a) ||
		lexical.Skeleton(a) == lexical.Skeleton(b) || levenshtein.ComputeDistance(a, b) <= slip
}

// told reports whether a question or the conversation before it says which of some
// names is meant.
func told(q *question.Question, toks []analysis.Token, full []fullName) bool {
	said := strings.ToLower(strings.Join(slices.Concat(q.Before, q.Answers), " "))
	return slices.ContainsFunc(full, func(n fullName) bool {
		return strings.Contains(said, strings.ToLower(n.text)) ||
			slices.ContainsFunc(toks, func(t analysis.Token) bool { return slices.Contains(strings.Fields(n.apart), t.Word) })
	})
}

// apart asks which of some names is meant in place of a word, if the articles answer
// the question by another sentence for each.
func (e *Engine) apart(ctx context.Context, q *question.Question, t analysis.Token, full []fullName) (*answer.Answer, error) {
	a := &answer.Answer{Abstained: true, Reason: answer.Ambiguous, Engine: Name}
	var best []int
	for _, n := range full {
		text := q.Text[:t.Start] + n.text + possessive(q.Text[t.Start:t.End]) + q.Text[t.End:]
		read, err := e.Reader.Read(ctx, q.Respelt(text))
		if err != nil {
			return nil, err
		}
		if read.Confidence() < e.opts.Threshold || slices.Contains(best, read.Sentences[0].Number) {
			continue
		}
		best = append(best, read.Sentences[0].Number)
		a.Readings = append(a.Readings, answer.Reading{Name: n.text, Question: text})
		a.Confidence = max(a.Confidence, read.Confidence())
	}
	if len(a.Readings) < 2 {
		return nil, nil //nolint:nilnil // one reading
	}
	a.Text = "Which one do you mean?"
	for _, r := range a.Readings {
		a.Text += "\n• " + r.Name
	}
	return a, nil
}

// possessive is the ending that makes a word a possessive; empty for others.
func possessive(word string) string { return word[len(bare(word)):] }

// ofAnother reports whether a sentence is about somebody else than a question by a name
// that they share: "Anna Miller", asked about Tom Miller. It contradicts nothing.
func (e *Engine) ofAnother(q *question.Question, sentence int) bool {
	toks := analysis.Tokenize(q.Text)
	asked := make([]int32, len(toks)) // the words that are names; below 0 for others
	for i, t := range toks {
		if w, ok := e.fwd.Word(t.Word); ok && e.isName(w) {
			asked[i] = w
		} else {
			asked[i] = -1
		}
	}
	for _, n := range e.names.Of(sentence) {
		for i, w := range asked {
			if w < 0 || len(n.Words) < 2 || !slices.Contains(n.Words, w) {
				continue
			}
			if i > 0 && e.tells(n, w, asked[i-1]) && joined(q.Text, toks[i-1], toks[i]) ||
				i+1 < len(toks) && e.tells(n, w, asked[i+1]) && joined(q.Text, toks[i], toks[i+1]) {
				return true
			}
		}
	}
	return false
}

// tells reports whether a name is another than that of two words, the first of which
// both have.
func (e *Engine) tells(n names.Name, both, other int32) bool {
	return other >= 0 && !slices.ContainsFunc(n.Words, func(w int32) bool {
		return w == other || w != both && alike(e.fwd.Words[w].Text, e.fwd.Words[other].Text)
	})
}
