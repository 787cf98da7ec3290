package catalogue

import (
	"context"
	"fmt"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

// aboutShare is the share of a topic's weight that an article must have to be
// about it: of two words that are equally rare, both. A judgement.
const aboutShare = 0.6

// About returns the articles that are about a topic, newest first. Words are
// found in other spellings, too. A topic without a content word is no topic: no
// article is about it.
func (c *Catalogue) About(ctx context.Context, topic string) ([]int, error) {
	res, err := c.index.Search(ctx, retrieval.Query{Text: topic, Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("search topic: %w", err)
	}
	var total float64
	asked := map[analysis.TermID][]int{} // terms of the corpus to those of the topic
	for i, t := range res.Terms {
		total += t.Weight
		if t.ID != analysis.NoTerm {
			asked[t.ID] = append(asked[t.ID], i)
		}
		for _, v := range t.Variants {
			if v.Kind == retrieval.Spelling {
				asked[v.ID] = append(asked[v.ID], i)
			}
		}
	}
	var out []int
	for _, article := range c.newest {
		has := 0.0
		for _, i := range c.terms(article, asked) {
			has += res.Terms[i].Weight
		}
		if total > 0 && has >= aboutShare*total {
			out = append(out, article)
		}
	}
	return out, nil
}

// terms returns the topic's terms that stand in an article, its title or outlet.
func (c *Catalogue) terms(article int, asked map[analysis.TermID][]int) []int {
	var out []int
	seen := map[int]bool{}
	add := func(toks []analysis.Tok) {
		for _, t := range toks {
			for _, i := range asked[t.Term] {
				if !seen[i] {
					seen[i] = true
					out = append(out, i)
				}
			}
		}
	}
	add(c.fwd.Titles[article])
	add(c.fwd.Publishers[article])
	first, end := c.Corpus.ArticleSentences(article)
	for i := first; i < end; i++ {
		add(c.fwd.Sentence(i))
	}
	return out
}
