package answer

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parley/corpus"
	"parley/retrieval/analysis"
)

// What a sentence needs beside the best one to be said as well. The shares are
// of the best sentence's likelihood, exp(score − best).
const (
	keepSame  = 0.005 // of the best sentence's article
	keepOther = 0.4   // of another article
)

// ownCover is the share of the best sentence's coverage that a further one needs
// itself, unless it is the one right after it.
const ownCover = 0.25

// wholeMatch is the match from which a term stands in a sentence, and not just
// something like it.
const wholeMatch = 0.9

// sameStatement is the overlap of content words (Jaccard) from which two
// sentences make one statement.
const sameStatement = 0.6

// An answer below a confidence of hesitant has few sentences: the less sure it
// is, the less it says. On selqa citation precision rises from .871 to .876, and
// hits on gold evidence fall from .836 to .832.
const (
	hesitant     = 0.62
	fewSentences = 2
)

// statement is a sentence chosen for the answer and those that say the same.
type statement struct {
	main *candidate
	also []*candidate
}

// choose picks the sentences of an extractive answer.
func (e *Engine) choose(ev *evidence, conf float64) []statement {
	best := ev.candidates[0]
	c := e.fwd.Corpus
	article := c.Sentences[best.sentence].Article
	var out []statement
	most := e.opts.MaxSentences
	if conf < hesitant {
		most = min(most, fewSentences)
	}
	topic := e.topic(ev)
	if topic >= 0 && best.match[topic] < wholeMatch {
		topic = -1
	}
	for _, cand := range ev.candidates {
		share := math.Exp(cand.score - best.score)
		limit := keepOther
		if c.Sentences[cand.sentence].Article == article {
			limit = keepSame
		}
		if share < limit && !(share > 0.06 && cand.features[fSurroundings] >= 0.9*best.features[fSurroundings]) {
			continue
		}
		if cand != best && cand.sentence != best.sentence+1 && cand.features[fCoverage] < ownCover*best.features[fCoverage] {
			continue
		}
		if topic >= 0 && cand.context[topic] < matchNeighbor*wholeMatch {
			continue // the best is about a name that this one does not come near
		}
		if i := slices.IndexFunc(out, func(s statement) bool { return e.same(s.main, cand) }); i >= 0 {
			if len(out[i].also) < 2 && !e.cites(out[i], c.Sentences[cand.sentence].Article) {
				out[i].also = append(out[i].also, cand)
			}
			continue
		}
		if len(out) == most {
			continue
		}
		out = append(out, statement{main: cand})
	}
	e.corroborate(ev, out)
	// The best first, the rest in the order of their articles.
	slices.SortStableFunc(out[1:], func(a, b statement) int {
		sa, sb := &c.Sentences[a.main.sentence], &c.Sentences[b.main.sentence]
		return cmp.Or(
			cmp.Compare(boolToInt(sa.Article != article), boolToInt(sb.Article != article)),
			cmp.Compare(a.main.sentence, b.main.sentence))
	})
	return out
}

// corroborate lets sentences of other articles that give the value asked for as
// well stand beside the first one that gives it.
func (e *Engine) corroborate(ev *evidence, out []statement) {
	if !ev.kind.quantity() {
		return
	}
	first := &out[0]
	v, ok := e.asked(ev, first.main)
	if !ok {
		return
	}
	for _, c := range e.rivals(ev) {
		if len(first.also) >= 2 {
			return
		}
		if slices.ContainsFunc(out, func(s statement) bool { return s.main == c }) || e.cites(*first, e.article(c)) || c.features[fSlot] < 1 {
			continue
		}
		if w, ok := e.asked(ev, c); ok && w.unit == v.unit && w.amount == v.amount {
			first.also = append(first.also, c)
		}
	}
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (e *Engine) cites(s statement, article int) bool {
	sentences := e.fwd.Corpus.Sentences
	return sentences[s.main.sentence].Article == article ||
		slices.ContainsFunc(s.also, func(c *candidate) bool { return sentences[c.sentence].Article == article })
}

// same reports whether two sentences make the same statement: mostly the same
// content words, and no quantity that differs.
func (e *Engine) same(a, b *candidate) bool {
	ta, tb := e.content(a.sentence), e.content(b.sentence)
	both := 0
	for t := range ta {
		if tb[t] {
			both++
		}
	}
	union := len(ta) + len(tb) - both
	return union > 0 && float64(both) >= sameStatement*float64(union) && !e.figuresDiffer(a, b)
}

// figuresDiffer reports whether two sentences state different quantities.
func (e *Engine) figuresDiffer(a, b *candidate) bool {
	vb := values(e.text(b), e.fwd.Sentence(b.sentence), e.wordOf)
	return slices.ContainsFunc(values(e.text(a), e.fwd.Sentence(a.sentence), e.wordOf), func(v value) bool {
		return slices.ContainsFunc(vb, func(o value) bool { return v.unit == o.unit && v.amount != o.amount })
	})
}

func (e *Engine) content(sentence int) map[analysis.TermID]bool {
	m := map[analysis.TermID]bool{}
	for _, t := range e.fwd.Sentence(sentence) {
		if !t.Stop {
			m[t.Term] = true
		}
	}
	return m
}

// writer collects claims and numbers their citations in order of appearance.
type writer struct {
	corpus *corpus.Corpus
	answer *Answer
	number map[int]int // sentence to citation
}

func newWriter(c *corpus.Corpus, a *Answer) *writer {
	return &writer{corpus: c, answer: a, number: map[int]int{}}
}

// cite returns the number of a sentence's citation, adding it when it is new.
func (w *writer) cite(sentence int) int {
	if n, ok := w.number[sentence]; ok {
		return n
	}
	s := &w.corpus.Sentences[sentence]
	a := &w.corpus.Articles[s.Article]
	n := len(w.answer.Citations) + 1
	w.number[sentence] = n
	w.answer.Citations = append(w.answer.Citations, Citation{
		N: n, ArticleID: a.ID, Title: a.Title, Publisher: a.Publisher, Published: a.Published, URL: a.URL,
		Span: s.Span, Quote: a.Body[s.Start:s.End],
	})
	return n
}

// claim adds a statement with the sentences it rests on.
func (w *writer) claim(text string, sentences ...int) Claim {
	c := Claim{Text: text}
	for _, s := range sentences {
		c.Citations = append(c.Citations, w.cite(s))
	}
	w.answer.Claims = append(w.answer.Claims, c)
	return c
}

// label is how an article is named in a sentence: its outlet, else its title.
func label(a *corpus.Article) string {
	switch {
	case a.Publisher != "":
		return a.Publisher
	case a.Title == "":
		return a.ID
	}
	return "“" + clip(a.Title, 70) + "”"
}

// clip cuts a text at a word border to at most n runes, marked by an ellipsis.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
