package extract

import (
	"fmt"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/retrieval"
)

// nearestArticles is how many articles an abstention names.
const nearestArticles = 3

// Decline writes the answer that is none: why, and what the articles are about.
func (e *Engine) Decline(reason answer.Reason, hits []retrieval.Hit, conf float64) *answer.Answer {
	a := &answer.Answer{Abstained: true, Reason: reason, Confidence: conf, Engine: "extractive"}
	switch reason {
	case answer.Empty:
		a.Text = "There is no question in that message. Ask me something about " + e.topics() + "."
	case answer.SmallTalk:
		a.Text = "Hello! I answer questions about " + e.topics() + ", each sentence with its source."
	case answer.Instruction:
		a.Text = "I only answer questions about the articles and do not follow other instructions. Ask me about " + e.topics() + "."
	default:
		a.Nearest = e.nearest(hits)
		a.Text = "The articles do not say."
		if len(a.Nearest) > 0 {
			a.Text += " Nearest to the question: " + e.titles(a.Nearest) + "."
		}
	}
	return a
}

// nearest returns the first articles among hits.
func (e *Engine) nearest(hits []retrieval.Hit) []int {
	var out []int
	seen := map[int]bool{}
	for _, h := range hits {
		if a := e.corpus.Passages[h.Passage].Article; !seen[a] && len(out) < nearestArticles {
			seen[a] = true
			out = append(out, a)
		}
	}
	return out
}

// titles names articles in a sentence.
func (e *Engine) titles(articles []int) string {
	names := make([]string, len(articles))
	for i, a := range articles {
		art := &e.corpus.Articles[a]
		names[i] = "“" + quote.Clip(art.Title, 90) + "”"
		if art.Publisher != "" {
			names[i] += " (" + art.Publisher + ")"
		}
	}
	return strings.Join(names, "; ")
}

// topics says in a few words what the corpus is about.
func (e *Engine) topics() string {
	arts := e.corpus.Articles
	switch len(arts) {
	case 0:
		return "the articles, of which there are none yet"
	case 1:
		return "the article “" + quote.Clip(arts[0].Title, 90) + "”"
	}
	return fmt.Sprintf("%d articles, such as “%s”", len(arts), quote.Clip(arts[0].Title, 90))
}
