package answer

import (
	"fmt"
	"slices"
	"strings"

	"parley/corpus"
)

// Verify checks an answer against the articles: every citation's quote is at its
// offsets, citations are numbered from 1 in order of appearance and all used, and
// every claim rests on a citation. It returns what is wrong, a line each.
func Verify(c *corpus.Corpus, a *Answer) []string {
	var wrong []string
	problem := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for i, cite := range a.Citations {
		if cite.N != i+1 {
			problem("citation %d is numbered %d", i+1, cite.N)
		}
		article, ok := c.Lookup(cite.ArticleID)
		if !ok {
			problem("citation %d: no article %q", cite.N, cite.ArticleID)
			continue
		}
		body := c.Articles[article].Body
		if cite.Start < 0 || cite.End > len(body) || cite.Start >= cite.End || body[cite.Start:cite.End] != cite.Quote {
			problem("citation %d: the quote is not at %d:%d of %s", cite.N, cite.Start, cite.End, cite.ArticleID)
		}
	}
	used := make([]bool, len(a.Citations)+1)
	next := 1
	for _, claim := range a.Claims {
		if len(claim.Citations) == 0 {
			problem("no citation for %q", claim.Text)
		}
		for _, n := range claim.Citations {
			if n < 1 || n > len(a.Citations) {
				problem("no citation %d for %q", n, claim.Text)
				continue
			}
			if !used[n] && n != next {
				problem("citation %d appears before %d", n, next)
			}
			if !used[n] {
				next++
			}
			used[n] = true
		}
	}
	if i := slices.Index(used[1:], false); i >= 0 {
		problem("citation %d is not used", i+1)
	}
	return wrong
}

// supported reports whether a claim is one of the sentences it cites, with at
// most the article's name before it.
func supported(a *Answer, claim Claim) bool {
	return slices.ContainsFunc(claim.Citations, func(n int) bool {
		return n >= 1 && n <= len(a.Citations) && strings.HasSuffix(claim.Text, a.Citations[n-1].Quote)
	})
}

// holds is the last step before anybody sees an extractive answer: its citations
// are in order and its claims are what they cite.
func (e *Engine) holds(a *Answer) bool {
	return len(Verify(e.fwd.Corpus, a)) == 0 && !slices.ContainsFunc(a.Claims, func(c Claim) bool { return !supported(a, c) })
}
