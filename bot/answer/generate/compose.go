package generate

import (
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/quote"
)

const (
	// passageCost is about what the line of a passage and its share of the
	// article's line have beside the text, in tokens.
	passageCost = 15
	// bestSentences is how many of the likeliest sentences bring their passages.
	bestSentences = 12
)

// compose chooses the passages and writes the prompt.
func (w *writing) compose(budget int) error {
	w.passages = w.shown(budget)
	asOf := ""
	if !w.q.AsOf.IsZero() {
		asOf = w.q.AsOf.Format("2 January 2006")
	}
	conversation := ""
	if w.rewritten == "" && len(w.q.History) > 0 {
		conversation = turnLines(w.q.History)
	}
	data := answerPrompt{
		MaxSentences: w.e.quotes.MaxSentences(), AsOf: asOf, Passages: passageLines(w.e.corpus, w.passages),
		Differences: w.differences(), Conversation: conversation, Question: line(w.asked), Language: w.to.language(),
	}
	system, err := w.e.prompts.write("system", data)
	if err != nil {
		return err
	}
	user, err := w.e.prompts.write("user", data)
	if err != nil {
		return err
	}
	w.step("%d passages, about %d tokens of prompt", len(w.passages), EstimateTokens(system+user))
	w.prompt = answer.Prompt{
		System: system, Messages: []answer.Turn{{Role: "user", Text: user}},
		Schema: &answer.Schema{Name: "answer", JSON: []byte(answerSchema)}, MaxTokens: w.e.opts.AnswerTokens,
	}
	if w.to != nil {
		w.prompt.Schema = &answer.Schema{Name: "answer", JSON: []byte(answerAbroadSchema)}
		w.prompt.MaxTokens *= abroadTokens
	}
	return nil
}

// shown are the passages for a prompt, in reading order: all that the filter lets
// through if they fit, else the best.
func (w *writing) shown(budget int) []int {
	c := w.e.corpus
	cost := func(p int) int {
		return EstimateTokens(c.Text(c.Passages[p].Article, c.Passages[p].Span)) + passageCost
	}
	var all []int
	total := 0
	for p := range c.Passages {
		if !w.q.Filter.Allows(&c.Articles[c.Passages[p].Article]) {
			continue
		}
		all = append(all, p)
		if total += cost(p); total > budget {
			break
		}
	}
	if total <= budget {
		return all
	}
	var out []int
	spent := 0
	take := func(p int) {
		if !slices.Contains(out, p) && spent+cost(p) <= budget {
			out = append(out, p)
			spent += cost(p)
		}
	}
	for _, s := range w.read.Sentences[:min(bestSentences, len(w.read.Sentences))] {
		take(s.Passage)
	}
	for _, h := range w.read.Hits {
		take(h.Passage)
	}
	slices.Sort(out)
	return out
}

// differences are the accounts that the articles are known to differ in.
func (w *writing) differences() string {
	if w.dispute == nil {
		return ""
	}
	c := w.e.corpus
	var lines []string
	for _, side := range w.dispute.Sides {
		n := slices.IndexFunc(w.passages, func(p int) bool {
			return c.Passages[p].First <= side.Number && side.Number < c.Passages[p].Last
		})
		if n < 0 {
			continue
		}
		lines = append(lines, line(struct {
			About   string `json:"about"`
			Article string `json:"article"`
			Passage int    `json:"passage"`
			Says    string `json:"says"`
		}{quote.Heading(w.dispute.Kind), quote.Label(&c.Articles[side.Article]), n + 1, c.SentenceText(side.Number)}))
	}
	return strings.Join(lines, "\n")
}
