package eval

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"parley/bot/answer"
)

// Figure is one number of a table. It is NaN when no question has a say in it.
type Figure struct {
	Name  string
	Value float64
}

// Figures are the numbers of one kind for a questions file, in the order in
// which they are printed.
type Figures struct {
	Questions int // over how many questions
	Values    []Figure
}

// MarshalJSON writes the figures as one object in their order, rounded to four
// digits; NaN is null.
func (f Figures) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"questions":` + strconv.Itoa(f.Questions))
	for _, v := range f.Values {
		name, err := json.Marshal(v.Name)
		if err != nil {
			return nil, err
		}
		b.WriteByte(',')
		b.Write(name)
		b.WriteByte(':')
		if math.IsNaN(v.Value) {
			b.WriteString("null")
			continue
		}
		b.WriteString(strconv.FormatFloat(round4(v.Value), 'f', -1, 64))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// round4 rounds to four digits by the exact decimal value, as Python's round does.
func round4(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 4, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// mean averages; without any value it is NaN.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(v float64) { m.sum += v; m.n++ }

func (m *mean) count(yes bool) {
	if yes {
		m.sum++
	}
	m.n++
}

func (m *mean) value() float64 {
	if m.n == 0 {
		return math.NaN()
	}
	return m.sum / float64(m.n)
}

// cut is the rank up to which mrr, map and ndcg look.
const cut = 10

// SearchFigures are the figures over the questions that name relevant articles.
// ranked holds for each question the article of each hit, best first; several
// passages of one article count once, at the best rank.
func SearchFigures(golds []Gold, ranked [][]string) Figures {
	var hit1, hit4, hit10, mrr, ap, ndcg, recall mean
	for i := range golds {
		relevant := set(golds[i].Relevant)
		if len(relevant) == 0 {
			continue
		}
		first, found20 := -1, 0
		var precision, gain float64
		found := 0
		for rank, id := range distinct(ranked[i]) {
			if !relevant[id] {
				continue
			}
			found++
			if first < 0 {
				first = rank
			}
			if rank < cut {
				precision += float64(found) / float64(rank+1)
				gain += 1 / math.Log2(float64(rank+2))
			}
			if rank < 20 {
				found20++
			}
		}
		ideal := 0.0
		best := min(cut, len(relevant))
		for rank := range best {
			ideal += 1 / math.Log2(float64(rank+2))
		}
		hit1.count(first == 0)
		hit4.count(first >= 0 && first < 4)
		hit10.count(first >= 0 && first < 10)
		if first >= 0 && first < cut {
			mrr.add(1 / float64(first+1))
		} else {
			mrr.add(0)
		}
		ap.add(precision / float64(best))
		ndcg.add(gain / ideal)
		recall.add(float64(found20) / float64(len(relevant)))
	}
	return Figures{Questions: hit1.n, Values: []Figure{
		{"hit@1", hit1.value()},
		{"hit@4", hit4.value()},
		{"hit@10", hit10.value()},
		{"mrr@10", mrr.value()},
		{"map@10", ap.value()},
		{"ndcg@10", ndcg.value()},
		{"recall@20", recall.value()},
	}}
}

// distinct keeps the first of each value.
func distinct(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	var out []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// shortAnswer is the most words of a gold answer that can be looked for as it stands.
const shortAnswer = 8

// AskFigures are the figures over answers, one for each question.
func AskFigures(golds []Gold, answers []*answer.Answer) Figures {
	var answered, evidence, said, precision, refused, right mean
	var pos, neg []float64
	var f focus
	for i := range golds {
		g, a := &golds[i], answers[i]
		f.add(g, a)
		if len(g.Answers) > 0 || !g.answerable() {
			right.count(correct(g, a))
		}
		if !g.answerable() {
			refused.count(a.Abstained)
			neg = append(neg, a.Confidence)
			continue
		}
		pos = append(pos, a.Confidence)
		answered.count(!a.Abstained)
		var cites []answer.Citation
		if !a.Abstained {
			cites = a.Citations
		}
		if len(g.Evidence) > 0 {
			evidence.count(citesGold(g, cites))
		}
		if short := shortAnswers(g); len(short) > 0 {
			said.count(!a.Abstained && slices.ContainsFunc(short, func(s string) bool { return contains(a.Text, s) }))
		}
		if len(g.Relevant) > 0 {
			for _, c := range cites {
				precision.count(slices.Contains(g.Relevant, c.ArticleID))
			}
		}
	}
	return Figures{Questions: len(golds), Values: append([]Figure{
		{"answered", answered.value()},
		{"evidence_hit", evidence.value()},
		{"answer_hit", said.value()},
		{"citation_precision", precision.value()},
		{"refused", refused.value()},
		{"correct", right.value()},
		{"auroc", auroc(pos, neg)},
	}, f.figures()...)}
}

// shortAnswers are the gold answers that can be looked for in a text.
func shortAnswers(g *Gold) []string {
	var out []string
	for _, a := range g.Answers {
		if s := joined(a); s != "" && s != "yes" && s != "no" && len(words(a)) <= shortAnswer {
			out = append(out, s)
		}
	}
	return out
}

// citesGold reports whether a citation is one of the gold sentences.
func citesGold(g *Gold, cites []answer.Citation) bool {
	return slices.ContainsFunc(cites, func(c answer.Citation) bool {
		return slices.ContainsFunc(g.Evidence, func(e string) bool { return same(c.Quote, e) })
	})
}

// correct reports whether a question was handled right.
func correct(g *Gold, a *answer.Answer) bool {
	says := func(phrase string) bool { return contains(a.Text, phrase) }
	if slices.ContainsFunc(g.Forbidden, says) {
		return false
	}
	if !g.answerable() || a.Abstained {
		return a.Abstained && !g.answerable()
	}
	groups := g.AnswersAll
	if len(groups) == 0 {
		groups = [][]string{g.Answers}
	}
	for _, group := range groups {
		if !slices.ContainsFunc(group, says) {
			return false
		}
	}
	return len(g.Evidence) == 0 || citesGold(g, a.Citations)
}

// auroc is the chance that a value of pos is greater than one of neg, ties
// counting half.
func auroc(pos, neg []float64) float64 {
	if len(pos) == 0 || len(neg) == 0 {
		return math.NaN()
	}
	wins := 0.0
	for _, p := range pos {
		for _, n := range neg {
			switch {
			case p > n:
				wins++
			case p == n:
				wins += 0.5
			}
		}
	}
	return wins / float64(len(pos)*len(neg))
}
