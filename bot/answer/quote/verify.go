package quote

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/corpus"
)

// Verify checks an answer against the articles: every citation's quote is at its
// offsets, citations are numbered from 1 in order of appearance and all used, and
// every claim rests on a citation. It returns what is wrong, a line each.
func Verify(c *corpus.Corpus, a *answer.Answer) []string {
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

// Supported reports whether a claim is the first sentence it cites, with at most
// the article's name before it.
func Supported(a *answer.Answer, claim answer.Claim) bool {
	if len(claim.Citations) == 0 {
		return false
	}
	n := claim.Citations[0]
	if n < 1 || n > len(a.Citations) {
		return false
	}
	cite := &a.Citations[n-1]
	lead, ok := strings.CutSuffix(unbroken(claim.Text), unbroken(cite.Quote))
	return ok && (lead == "" || isName(lead, cite))
}

// unbroken is a text on one line.
func unbroken(text string) string { return strings.Join(strings.Fields(text), " ") }

// labelDate matches the date behind the name of a report.
var labelDate = regexp.MustCompile(` \(\d{1,2} \pL+ \d{4}\)$`)

// isName reports whether what stands before a sentence is the name of its report.
func isName(lead string, cite *answer.Citation) bool {
	name, ok := strings.CutSuffix(lead, ": ")
	return ok && slices.ContainsFunc(labels(cite), func(want string) bool {
		return name == want || labelDate.ReplaceAllString(name, "") == want
	})
}

// Named is how many bytes in front of a claim are the name of the report that it
// cites, with the date and the colon behind it; 0 where it does not begin so.
func Named(claim string, cite *answer.Citation) int {
	for _, label := range labels(cite) {
		rest, ok := strings.CutPrefix(claim, label)
		if !ok {
			continue
		}
		if rest, ok = strings.CutPrefix(leadDate.ReplaceAllString(rest, ""), ": "); ok {
			return len(claim) - len(rest)
		}
	}
	return 0
}

// labels are what the report that is cited may be named.
func labels(cite *answer.Citation) []string {
	a := &corpus.Article{ID: cite.ArticleID, Title: cite.Title, Publisher: cite.Publisher}
	return []string{Label(a), titleLabel(a)}
}

// leadDate matches the date behind the name of a report, in front of a claim.
var leadDate = regexp.MustCompile(`^ \(\d{1,2} \pL+ \d{4}\)`)
