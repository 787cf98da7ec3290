package extract

import (
	"fmt"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/retrieval"
)

// nearestArticles is how many articles an abstention names.
const nearestArticles = 3

// maxTitle is how much of a title is shown, in runes.
const maxTitle = 90

// Unanswered is the answer where what was read does not answer: it names the
// articles that come nearest.
func (e *Engine) Unanswered(read *reading.Result, confidence float64) *answer.Answer {
	return e.decline(answer.NotInArticles, retrieval.Articles(e.corpus, read.Hits, nearestArticles), confidence)
}

// decline writes the answer that is none: why, and which articles come nearest, or
// what the articles are about.
func (e *Engine) decline(reason answer.Reason, nearest []int, conf float64) *answer.Answer {
	a := &answer.Answer{Abstained: true, Reason: reason, Confidence: conf, Engine: "extractive"}
	switch reason {
	case answer.Empty:
		a.Text = "There is no question in that message. Ask me something about " + e.topics() + "."
	case answer.SmallTalk:
		a.Text = "Hello! I answer questions about " + e.topics() + ", each sentence with its source."
	case answer.Instruction:
		a.Text = "I only answer questions about the articles and do not follow other instructions. Ask me about " + e.topics() + "."
	default:
		a.Nearest = nearest[:min(nearestArticles, len(nearest))]
		a.Text = "The articles do not say."
		if len(a.Nearest) > 0 {
			a.Text += " Nearest to the question: " + e.titles(a.Nearest) + "."
		}
	}
	return a
}

// titles names articles in a sentence.
func (e *Engine) titles(articles []int) string {
	names := make([]string, len(articles))
	for i, a := range articles {
		art := &e.corpus.Articles[a]
		names[i] = "“" + quote.Clip(art.Title, maxTitle) + "”"
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
		return "the article “" + quote.Clip(arts[0].Title, maxTitle) + "”"
	}
	return fmt.Sprintf("%d articles, such as “%s”", len(arts), quote.Clip(arts[0].Title, maxTitle))
}
