package extract

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/retrieval"
)

// nearestArticles is how many articles an abstention names.
const nearestArticles = 3

// maxTitle is how much of a title is shown, in runes.
const maxTitle = 90

// Unanswered is the answer where what was read does not answer. It says what the
// articles lack where that is sure, shows the sentence that comes nearest, and names
// the articles that do where there is nothing better.
func (e *Engine) Unanswered(ctx context.Context, q *question.Question, read *reading.Result, confidence float64) (*answer.Answer, error) {
	m := e.missing(q, read)
	var err error
	if m.Meant, err = e.meant(ctx, q, m.Words); err != nil {
		return nil, err
	}
	var nearest []int
	if m.Near == nil && len(m.Words) == 0 && m.Year == 0 && !m.Later {
		nearest = retrieval.Articles(e.corpus, read.Hits, nearestArticles)
	}
	a := e.decline(answer.NotInArticles, nearest, confidence)
	a.Missing = m
	a.Text = unsaid(m) + strings.TrimPrefix(a.Text, notSaid)
	if m.Near != nil {
		a.Text += "\nThe nearest they come: “" + strings.Join(strings.Fields(m.Near.Quote), " ") + "” (" + e.source(m.Near) + ")"
	}
	return a, nil
}

// notSaid is what an abstention begins with.
const notSaid = "The articles do not say."

// unsaid says in words what is missing.
func unsaid(m *answer.Missing) string {
	out := []string{notSaid}
	if m.Asked != "" {
		out[0] = "The articles do not say " + strings.ReplaceAll(string(m.Asked), "_", " ") + "."
	}
	if len(m.Words) > 0 {
		out = append(out, noArticle(m.Words))
	}
	if m.Year != 0 {
		s := fmt.Sprintf("No article mentions %d", m.Year)
		if !m.Oldest.IsZero() {
			s += "; they are from " + span(m.Oldest, m.Newest)
		}
		out = append(out, s+".")
	}
	if m.Later {
		out = append(out, "The newest is from "+m.Newest.Format(dayLayout)+".")
	}
	if m.Meant != nil {
		out = append(out, "Did you mean "+m.Meant.Name+"?")
	}
	return strings.Join(out, " ")
}

const dayLayout = "2 January 2006"

// span is the time between two days in words, with what they share said once.
func span(from, to time.Time) string {
	switch layout := dayLayout; {
	case from.Equal(to):
		return to.Format(layout)
	case from.Year() != to.Year():
		return from.Format(layout) + " to " + to.Format(layout)
	case from.Month() != to.Month():
		return from.Format("2 January") + " to " + to.Format(layout)
	default:
		return from.Format("2") + " to " + to.Format(layout)
	}
}

func noArticle(words []string) string { return "No article mentions " + either(words) + "." }

// either joins words, each between quotation marks.
func either(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "“" + w + "”"
	}
	last := len(quoted) - 1
	if last == 0 {
		return quoted[0]
	}
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}

// source says whose sentence a citation is.
func (e *Engine) source(c *answer.Citation) string {
	i, _ := e.corpus.Lookup(c.ArticleID)
	s := quote.Label(&e.corpus.Articles[i])
	if d := e.corpus.Articles[i].Published; !d.IsZero() {
		s += ", " + d.Format(dayLayout)
	}
	return s
}

// talked says in small talk what is asked of the bot.
//
//nolint:gochecknoglobals // a table
var talked = map[answer.Talk]string{
	answer.TalkThanks: "You’re welcome.",
	answer.TalkBye:    "Goodbye!",
	answer.TalkOk:     "All right. Ask whenever you like.",
	answer.TalkWho:    "I am parley, a program that quotes news articles. There is no person behind my answers.",
	answer.TalkMaker:  "I am parley, a program that somebody runs here. I do not know their name, and nobody writes my answers by hand.",
	answer.TalkHow:    "I search the articles for the sentences that answer a question and quote them, each with its source. Where no sentence answers, I say so.",
	answer.TalkTrust:  "Check me: read the quoted sentences and their sources. The articles may be wrong, and I may choose a sentence that does not answer.",
}

// talk answers small talk.
func (e *Engine) talk(about answer.Talk) *answer.Answer {
	a := e.decline(answer.SmallTalk, nil, 0)
	a.Talk = about
	if text, ok := talked[about]; ok {
		a.Text = text
	}
	return a
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
		a.Text = notSaid
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
