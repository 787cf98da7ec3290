package quote

import (
	"cmp"
	"slices"

	"parley/bot/answer"
)

// Join adds to an answer what another one says. What both cite has one number. A lead
// goes, for it would stand before both.
func Join(a, b *answer.Answer) {
	if !lines(a) {
		a.Shape = answer.Prose
	}
	if lines(b) {
		a.Shape = b.Shape
	}
	number := map[int]int{}
	for _, c := range b.Citations {
		at := slices.IndexFunc(a.Citations, func(o answer.Citation) bool { return o.ArticleID == c.ArticleID && o.Span == c.Span })
		if at < 0 {
			at = len(a.Citations)
			cite := c
			cite.N = at + 1
			a.Citations = append(a.Citations, cite)
		}
		number[c.N] = at + 1
	}
	renumbered := func(of []int) []int {
		out := make([]int, len(of))
		for i, n := range of {
			out[i] = number[n]
		}
		return out
	}
	for i, c := range b.Claims {
		if i == 0 && b.Intro != "" { // it would stand above those of both
			c.Text = b.Intro + " " + c.Text
		}
		c.Citations = renumbered(c.Citations)
		if !slices.ContainsFunc(a.Claims, func(o answer.Claim) bool { return o.Text == c.Text }) {
			a.Claims = append(a.Claims, c)
		}
	}
	for _, c := range b.Conflicts {
		if slices.ContainsFunc(a.Conflicts, func(o answer.Conflict) bool { return sameSides(o, c) }) {
			continue
		}
		c.Sides = slices.Clone(c.Sides)
		for i := range c.Sides {
			c.Sides[i].Citations = renumbered(c.Sides[i].Citations)
		}
		a.Conflicts = append(a.Conflicts, c)
	}
	a.Lead, a.DeniedBy, a.Note = "", "", cmp.Or(a.Note, b.Note)
	a.Confidence = min(a.Confidence, b.Confidence)
	a.Explain = append(a.Explain, b.Explain...)
}

// sameSides reports whether two conflicts tell the same.
func sameSides(a, b answer.Conflict) bool {
	return slices.EqualFunc(a.Sides, b.Sides, func(x, y answer.Side) bool { return x.Claim == y.Claim })
}

// lines reports whether the claims of an answer stand on lines of their own.
func lines(a *answer.Answer) bool { return a.Shape.Lines(len(a.Claims)) }
