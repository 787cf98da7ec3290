package answer

import (
	"fmt"
	"strings"

	"parley/retrieval"
)

// nearestArticles is how many articles an abstention names.
const nearestArticles = 3

// decline writes the answer that is none: why, and what the articles are about.
func (e *Engine) decline(reason Reason, hits []retrieval.Hit, conf float64) *Answer {
	a := &Answer{Abstained: true, Reason: reason, Confidence: conf, Engine: "extractive"}
	switch reason {
	case Empty:
		a.Text = "There is no question in that message. Ask me something about " + e.topics() + "."
	case SmallTalk:
		a.Text = "Hello! I answer questions about " + e.topics() + ", each sentence with its source."
	case Instruction:
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
		if a := e.fwd.Corpus.Passages[h.Passage].Article; !seen[a] && len(out) < nearestArticles {
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
		art := &e.fwd.Corpus.Articles[a]
		names[i] = "“" + clip(art.Title, 90) + "”"
		if art.Publisher != "" {
			names[i] += " (" + art.Publisher + ")"
		}
	}
	return strings.Join(names, "; ")
}

// topics says in a few words what the corpus is about.
func (e *Engine) topics() string {
	arts := e.fwd.Corpus.Articles
	switch len(arts) {
	case 0:
		return "the articles, of which there are none yet"
	case 1:
		return "the article “" + clip(arts[0].Title, 90) + "”"
	}
	return fmt.Sprintf("%d articles, such as “%s”", len(arts), clip(arts[0].Title, 90))
}
