package reading

import (
	"context"
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"

	"parley/bot/answer/logistic"
	"parley/bot/answer/quantity"
	"parley/corpus"
	"parley/retrieval/encoder"
)

// Relation is how likely a sentence stands in each of some ways to one that answers
// a question; the four sum to 1.
type Relation struct {
	Same   float64 // it answers the same, in other words or another precision
	Differ float64 // it answers otherwise: both cannot be true
	Adds   float64 // it answers, and both can be true
	Beside float64 // it does not answer

	Values   quantity.Relation // of what they answer with; the same words are the same
	Features RelationFeatures
}

// RelationFeatures are what is known of two sentences.
type RelationFeatures [nRelationFeatures]float64

// The features of a relation.
const (
	relSame        = iota // log-odds of the pair model: the same against adding
	relDiffer             // the same: excluding one another against adding
	relEntails            // the greater log-odds of one bearing the other out, against not saying
	relBoth               // the smaller one
	relContradicts        // the mean log-odds of one contradicting the other, against not saying
	relAnswers            // log-odds of the pair model that the other one answers
	relCosine             // of the other one's vector and the question's
	relFirst              // log-odds of the pair model that the one answers
	nRelationFeatures
)

// RelationNames are the features in their order.
func RelationNames() []string {
	return []string{"same", "differ", "entails", "both", "contradicts", "answers", "cosine", "first"}
}

//go:embed relation.json
var relationFile []byte

// relationModel gives the probabilities of the relations.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var relationModel = sync.OnceValues(func() (*logistic.Model, error) {
	return logistic.Open(relationFile, []string{"same", "differ", "adds"}, RelationNames())
})

// Relate tells how some sentences stand to one as answers to a question.
func (r *Reader) Relate(ctx context.Context, question string, to Sentence, others []Sentence) ([]Relation, error) {
	m, err := relationModel()
	if err != nil {
		return nil, err
	}
	c := r.Corpus()
	question = ending(question, accountWords)
	var accounts, claims []encoder.Pair
	for _, o := range others {
		a, b := c.SentenceText(to.Number), c.SentenceText(o.Number)
		accounts = append(accounts, encoder.Pair{First: plain(question + " " + a), Second: plain(b)}, encoder.Pair{First: plain(question + " " + b), Second: plain(a)})
		claims = append(claims, r.pair(a, o.Number), r.pair(b, to.Number))
	}
	agrees, err := r.pairs.Read(ctx, encoder.Agrees, accounts)
	if err != nil {
		return nil, fmt.Errorf("compare answers: %w", err)
	}
	supports, err := r.pairs.Read(ctx, encoder.Supports, claims)
	if err != nil {
		return nil, fmt.Errorf("compare answers: %w", err)
	}
	out := make([]Relation, len(others))
	for i, o := range others {
		rel := &out[i]
		rel.Values = Values(c, to, o)
		if said := saying(c, to); said != "" && said == saying(c, o) {
			rel.Values = quantity.Same
		}
		f := &rel.Features
		for _, k := range []int{2 * i, 2*i + 1} {
			f[relSame] += float64(agrees[k].Relation[0]-agrees[k].Relation[2]) / 2
			f[relDiffer] += float64(agrees[k].Relation[1]-agrees[k].Relation[2]) / 2
			f[relContradicts] += float64(supports[k].Verdict[1]-supports[k].Verdict[2]) / 2
		}
		one, other := entails(supports[2*i]), entails(supports[2*i+1])
		f[relEntails], f[relBoth] = max(one, other), min(one, other)
		f[relAnswers], f[relCosine], f[relFirst] = o.Features[Answers], o.Features[Cosine], to.Features[Answers]
		p := m.Probabilities(f[:])
		rel.Same, rel.Differ, rel.Adds, rel.Beside = p[0], p[1], p[2], p[3]
	}
	return out, nil
}

// accountWords is how many words of a question are read before an answer to it, so
// that there is room for both.
const accountWords = 40

// ending is the last words of a text, n at most.
func ending(text string, n int) string {
	if words := strings.Fields(text); len(words) > n {
		return strings.Join(words[len(words)-n:], " ")
	}
	return text
}

func entails(r encoder.Reading) float64 { return float64(r.Verdict[0] - r.Verdict[2]) }

// Values compares what two sentences answer with, where both answer with a value. A
// figure that is rounded, and a date within another, is the same in another precision.
func Values(c *corpus.Corpus, a, b Sentence) quantity.Relation {
	va, vb := answered(c, a), answered(c, b)
	out := quantity.Incomparable
	for _, x := range va {
		for _, y := range vb {
			switch rel := quantity.Compare(x, y); {
			case rel == quantity.Same, rel == quantity.Compatible && max(x.Bound, y.Bound) <= quantity.About:
				return quantity.Same
			case rel == quantity.Compatible, rel == quantity.Different && out == quantity.Incomparable:
				out = rel
			}
		}
	}
	return out
}

// saying is what a sentence answers with, in small letters.
func saying(c *corpus.Corpus, s Sentence) string {
	return strings.ToLower(strings.TrimFunc(c.Text(s.Article, s.Answer), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

// answered are the values that overlap the words that answer.
func answered(c *corpus.Corpus, s Sentence) []quantity.Value {
	text, day := c.SentenceText(s.Number), c.Articles[s.Article].Date()
	from, to := s.Answer.Start-c.Sentences[s.Number].Start, s.Answer.End-c.Sentences[s.Number].Start
	var out []quantity.Value
	for _, v := range quantity.ParseAt(text, day) {
		if v.Start < to && v.End > from {
			out = append(out, v)
		}
	}
	return out
}

func softmax(logits [3]float32) (p [3]float64) {
	sum := 0.
	for i, v := range logits {
		p[i] = math.Exp(float64(v))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// Verdicts are how likely a claim stands in each way to a text; the three sum to
// 1.
type Verdicts struct{ Supported, Contradicted, NotStated float64 }

// Judge reads claims, each with a text under the title of a sentence's article.
func (r *Reader) Judge(ctx context.Context, claims []string, sentences []int, texts []string) ([]Verdicts, error) {
	pairs := make([]encoder.Pair, len(sentences))
	for i, n := range sentences {
		pairs[i] = encoder.Pair{First: plain(claims[i]), Second: plain(r.lead(n) + texts[i])}
	}
	readings, err := r.pairs.Read(ctx, encoder.Supports, pairs)
	if err != nil {
		return nil, fmt.Errorf("read claim: %w", err)
	}
	out := make([]Verdicts, len(sentences))
	for i := range out {
		p := softmax(readings[i].Verdict)
		out[i] = Verdicts{p[0], p[1], p[2]}
	}
	return out, nil
}
