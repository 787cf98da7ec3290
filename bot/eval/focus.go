package eval

import (
	"slices"

	"parley/bot/answer"
)

// focus are the figures that say what answers are worth to who reads them.
type focus struct {
	first, bearing, handled, misled, twoSided, falseConflict mean
}

func (f *focus) add(g *Gold, a *answer.Answer) {
	switch {
	case g.Conflict == nil:
	case *g.Conflict:
		f.twoSided.count(showsSides(g, a))
	default:
		f.falseConflict.count(len(a.Conflicts) > 0)
	}
	if !g.answerable() {
		f.handled.count(a.Abstained)
		f.misled.count(!a.Abstained)
		return
	}
	if len(g.Evidence) == 0 && len(shortAnswers(g)) == 0 {
		return // the file cannot tell
	}
	first, some := false, false
	if !a.Abstained {
		for i := range a.Citations {
			hit := bears(g, &a.Citations[i])
			f.bearing.count(hit)
			first, some = first || i == 0 && hit, some || hit
		}
	}
	f.first.count(first)
	f.handled.count(first)
	f.misled.count(!a.Abstained && !some)
}

func (f *focus) figures() []Figure {
	return []Figure{
		{"first_hit", f.first.value()},
		{"focus", f.bearing.value()},
		{"handled", f.handled.value()},
		{"misled", f.misled.value()},
		{"two_sided", f.twoSided.value()},
		{"false_conflict", f.falseConflict.value()},
	}
}

// bears reports whether a citation bears the answer: it is a gold sentence or,
// where there are none, holds a short answer in a relevant article.
func bears(g *Gold, c *answer.Citation) bool {
	if len(g.Evidence) > 0 {
		return citesGold(g, []answer.Citation{*c})
	}
	place := len(g.Relevant) == 0 || slices.Contains(g.Relevant, c.ArticleID)
	return place && slices.ContainsFunc(shortAnswers(g), func(s string) bool { return contains(c.Quote, s) })
}

// showsSides reports whether a conflict cites a sentence of each side, where the
// file names sides.
func showsSides(g *Gold, a *answer.Answer) bool {
	return slices.ContainsFunc(a.Conflicts, func(conflict answer.Conflict) bool {
		var quotes []string
		for _, side := range conflict.Sides {
			for _, c := range a.Citations {
				if slices.Contains(side.Citations, c.N) {
					quotes = append(quotes, c.Quote)
				}
			}
		}
		return !slices.ContainsFunc(g.Sides, func(side []string) bool {
			return !slices.ContainsFunc(side, func(s string) bool {
				return slices.ContainsFunc(quotes, func(quote string) bool { return same(quote, s) })
			})
		})
	})
}

// Bears reports whether a sentence of an article bears the answer to a question:
// it is a gold sentence or, where there are none, holds a short answer in a
// relevant article.
func Bears(g *Gold, article, sentence string) bool {
	return g.answerable() && bears(g, &answer.Citation{ArticleID: article, Quote: sentence})
}
