package generate

import (
	"slices"

	"parley/bot/answer"
	"parley/bot/answer/quantity"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
)

// tellBoth sees to it that an answer names both sides of a difference. What the
// model has told stays where it is; what it has not is quoted.
func (w *writing) tellBoth(a *answer.Answer) {
	if w.dispute == nil {
		return
	}
	d := w.dispute
	c := answer.Conflict{Kind: d.Kind, About: quote.Heading(d.Kind), Woven: true}
	for _, side := range d.Sides {
		claim, ok := w.tells(a, side)
		c.Woven = c.Woven && ok
		c.Sides = append(c.Sides, answer.Side{Claim: claim.Text, Citations: claim.Citations})
	}
	if !c.Woven {
		w.step("the model does not tell both sides: they are quoted")
		c = w.e.quotes.Tell(quote.Continue(w.e.corpus, a), *d)
	}
	a.Conflicts = append(a.Conflicts, c)
	renumber(a)
	a.Text = quote.Text(a)
}

// tells finds the claim that tells a side: it cites the side's sentence, has the
// values that the side answers with, and says whose account it is.
func (w *writing) tells(a *answer.Answer, side reading.Sentence) (answer.Claim, bool) {
	corpus := w.e.corpus
	art := &corpus.Articles[side.Article]
	body := corpus.Sentences[side.Number].Span
	for _, claim := range a.Claims {
		for _, n := range claim.Citations {
			cite := &a.Citations[n-1]
			if cite.ArticleID == art.ID && cite.Start <= body.Start && cite.End >= body.End &&
				quote.NamesSource(claim.Text, art, corpus.SentenceText(side.Number)) && w.hasValues(claim.Text, side) {
				return claim, true
			}
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

// renumber puts the claims of differences that are quoted first, as people read
// them, and numbers the citations in their order.
func renumber(a *answer.Answer) {
	quoted := map[string]bool{}
	for _, c := range a.Conflicts {
		for _, s := range c.Sides {
			quoted[s.Claim] = !c.Woven
		}
	}
	slices.SortStableFunc(a.Claims, func(x, y answer.Claim) int {
		switch {
		case quoted[x.Text] == quoted[y.Text]:
			return 0
		case quoted[x.Text]:
			return -1
		}
		return 1
	})
	to := make([]int, len(a.Citations)+1)
	var cites []answer.Citation
	for i := range a.Claims {
		for _, n := range a.Claims[i].Citations {
			if to[n] == 0 {
				cites = append(cites, a.Citations[n-1])
				to[n] = len(cites)
				cites[len(cites)-1].N = len(cites)
			}
		}
	}
	a.Citations = cites
	turn := func(ns []int) []int {
		out := make([]int, len(ns))
		for i, n := range ns {
			out[i] = to[n]
		}
		return out
	}
	for i := range a.Claims {
		a.Claims[i].Citations = turn(a.Claims[i].Citations)
	}
	for i := range a.Conflicts {
		for k := range a.Conflicts[i].Sides {
			a.Conflicts[i].Sides[k].Citations = turn(a.Conflicts[i].Sides[k].Citations)
		}
	}
}
