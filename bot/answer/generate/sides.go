package generate

import (
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/quantity"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
)

// answer is what has passed, in the model's words. Where the articles differ it
// names both sides: what the model does not tell of them is quoted in front.
func (w *writing) answer() *answer.Answer {
	a := w.told(false)
	if w.dispute == nil {
		return a
	}
	c := answer.Conflict{Kind: w.dispute.Kind, About: quote.Heading(w.dispute.Kind), Woven: true}
	for _, side := range w.dispute.Sides {
		claim, ok := w.tells(a, side)
		if !ok {
			w.step("the model does not tell both sides: they are quoted")
			return w.told(true)
		}
		c.Sides = append(c.Sides, answer.Side{Claim: claim.Text, Citations: claim.Citations})
	}
	a.Conflicts = append(a.Conflicts, c)
	return a
}

// told writes what has passed, behind the sides of the difference where these are
// to be quoted.
func (w *writing) told(sides bool) *answer.Answer {
	a := &answer.Answer{Confidence: w.read.Confidence(), Engine: w.e.model.Model()}
	out := quote.NewWriter(w.e.corpus, a)
	if sides {
		a.Conflicts = append(a.Conflicts, w.e.quotes.Tell(out, *w.dispute))
	}
	for _, p := range w.passed {
		out.Claim(p.text, p.sentences...)
		a.Claims[len(a.Claims)-1].Translation = p.abroad
		for n, text := range p.quotes {
			if cite := &a.Citations[out.Cite(quote.Cited{Sentence: n})-1]; cite.Quote == w.e.corpus.SentenceText(n) {
				cite.Translation = text
			}
		}
	}
	a.Text = quote.Text(a)
	return a
}

// tells finds the claim that tells a side: it cites the side's sentence, has the
// values that the side answers with, and says whose account it is.
func (w *writing) tells(a *answer.Answer, side reading.Sentence) (answer.Claim, bool) {
	corpus := w.e.corpus
	art := &corpus.Articles[side.Article]
	span := corpus.Sentences[side.Number].Span
	for _, claim := range a.Claims {
		cites := slices.ContainsFunc(claim.Citations, func(n int) bool {
			return a.Citations[n-1].ArticleID == art.ID && a.Citations[n-1].Span == span
		})
		if cites && quote.NamesSource(claim.Text, art) && w.hasValues(claim.Text, side) {
			return claim, true
		}
	}
	return answer.Claim{}, false
}

// hasValues reports whether a text has the values that a side answers with.
func (w *writing) hasValues(text string, side reading.Sentence) bool {
	told := quantity.Parse(text)
	for _, v := range quantity.Parse(w.e.corpus.Text(side.Article, side.Answer)) {
		if !slices.ContainsFunc(told, func(t quantity.Value) bool { return quantity.Compare(v, t) == quantity.Same }) {
			return false
		}
	}
	return true
}
