package eval

import (
	"cmp"
	"slices"

	"parley/bot/answer"
)

// Report is the outcome of a [Run]. Ranked and Answers are by question.
type Report struct {
	Golds   []Gold
	Ranked  [][]string // article of each hit, best first
	Answers []*answer.Answer

	Search  Figures
	Ask     Figures
	Latency Latency
	Usage   answer.Usage // what models took for all answers
	Written int          // answers, or refusals, that are a model's own
}

// Cited is a quote and the article it is from.
type Cited struct {
	ArticleID string `json:"article_id"`
	Quote     string `json:"quote"`
}

// Case is a question that went wrong, with what was said and what is right.
type Case struct {
	ID         string   `json:"id"`
	Kind       string   `json:"kind"`
	Question   string   `json:"question"`
	Answerable bool     `json:"answerable"`
	Wrong      string   `json:"wrong"` // what went wrong, in words
	Confidence float64  `json:"confidence"`
	Abstained  bool     `json:"abstained"`
	Rank       int      `json:"rank"` // of the first relevant article among those found, from 1; 0 when none was
	Answer     string   `json:"answer"`
	Cited      []Cited  `json:"cited"`
	Answers    []string `json:"answers"`   // the gold ones
	Evidence   []string `json:"evidence"`  // the gold ones
	Retrieved  []string `json:"retrieved"` // the first articles found

	loss float64
}

// retrievedShown is how many found articles a [Case] names.
const retrievedShown = 5

// Worst returns at most n questions that went wrong, the worst first.
func (r *Report) Worst(n int) []Case {
	var out []Case
	for i := range r.Golds {
		if c := r.judge(i); c.loss > 0 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Case) int {
		return cmp.Or(cmp.Compare(b.loss, a.loss), cmp.Compare(a.ID, b.ID))
	})
	return out[:min(n, len(out))]
}

// judge says what went wrong with a question. The losses only order the list:
// a falsehood is worse than a wrong source, that is worse than a refusal.
func (r *Report) judge(i int) Case {
	g, a := &r.Golds[i], r.Answers[i]
	ids := distinct(r.Ranked[i])
	c := Case{
		ID: g.ID, Kind: g.Kind, Question: g.Text, Answerable: g.answerable(),
		Confidence: a.Confidence, Abstained: a.Abstained, Answer: a.Text, Cited: []Cited{},
		Answers: orEmpty(g.Answers), Evidence: orEmpty(g.Evidence), Retrieved: orEmpty(ids[:min(retrievedShown, len(ids))]),
	}
	for _, q := range a.Citations {
		c.Cited = append(c.Cited, Cited{q.ArticleID, q.Quote})
	}
	for rank, id := range ids {
		if slices.Contains(g.Relevant, id) {
			c.Rank = rank + 1
			break
		}
	}
	says := func(phrase string) bool { return contains(a.Text, phrase) }
	switch {
	case slices.ContainsFunc(g.Forbidden, says):
		c.Wrong, c.loss = "says what must not be said", 4
	case !c.Answerable && !a.Abstained:
		c.Wrong, c.loss = "answers what the articles do not", 3+a.Confidence
	case !c.Answerable:
	case a.Abstained:
		c.Wrong, c.loss = "refuses what the articles answer", 2-a.Confidence
	case len(g.Evidence) > 0 && !citesGold(g, a.Citations):
		c.Wrong, c.loss = "cites none of the right sentences", 2+a.Confidence
	case len(g.Answers) > 0 && len(g.Evidence) > 0 && !correct(g, a):
		c.Wrong, c.loss = "does not say the right answer", 1
	}
	if c.loss > 0 && len(g.Relevant) > 0 && c.Rank == 0 {
		c.loss += 0.5
	}
	return c
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
