package reading

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"parley/bot/answer/logistic"
	"parley/bot/answer/question"
	"parley/retrieval"
	"parley/retrieval/encoder"
)

// Following numbers what is known of a sentence that may answer a question which
// follows on something said before.
type Following int

// The features. Read by itself the question has what is new in it, and behind the words
// of those before what it leaves out; a sentence that does well at both answers.
const (
	FollowAnswers   Following = iota // log-odds of the pair model that it answers the question by itself
	FollowLed                        // the same behind the words of those before
	FollowCosine                     // of its vector and the question's by itself
	FollowLedCosine                  // the same behind the words of those before
	FollowTold                       // 1 where the bot's last answers quote its article
	nFollowing
)

// FollowFeatures are what is known of a sentence that may answer what follows.
type FollowFeatures [nFollowing]float64

// FollowNames are the features in their order.
func FollowNames() []string {
	return []string{"answers", "led", "cosine", "led_cosine", "told"}
}

// What follows on something is judged by one model where it leaves something out, and
// by another where it could stand alone.
//
//nolint:gochecknoglobals // what is in the binary cannot change
var (
	leaningModel  = sync.OnceValues(func() (*logistic.Model, error) { return logistic.Open(leaningFile, []string{"answers"}, FollowNames()) })
	standingModel = sync.OnceValues(func() (*logistic.Model, error) {
		return logistic.Open(standingFile, []string{"answers"}, FollowNames())
	})
)

var (
	//go:embed leaning.json
	leaningFile []byte
	//go:embed standing.json
	standingFile []byte
)

// follow reads the sentences that come nearest to a question by itself or behind the
// words of those before, among what was found and where the last answers came from, the best first.
func (r *Reader) follow(ctx context.Context, q *question.Question, found *retrieval.Result) ([]Sentence, error) {
	said, err := r.Told(ctx, q, q.Answers)
	if err != nil {
		return nil, err
	}
	told := r.around(said)
	hits := slices.Clone(found.Hits[:min(Passages, len(found.Hits))])
	for _, h := range told {
		if !slices.ContainsFunc(hits, func(o retrieval.Hit) bool { return o.Passage == h.Passage }) {
			hits = append(hits, h)
		}
	}
	own, led := q.Text, q.Led()
	sentences, err := r.nearest(ctx, own, hits)
	if err != nil {
		return nil, err
	}
	behind, err := r.nearest(ctx, led, hits)
	if err != nil || len(sentences)+len(behind) == 0 {
		return nil, err
	}
	for _, s := range behind {
		if !slices.ContainsFunc(sentences, func(o Sentence) bool { return o.Number == s.Number }) {
			sentences = append(sentences, s)
		}
	}
	if err := r.readFollowing(ctx, own, led, sentences); err != nil {
		return nil, err
	}
	r.count(found, sentences)
	model := standingModel
	if q.Dependent {
		model = leaningModel
	}
	m, err := model()
	if err != nil {
		return nil, err
	}
	for i := range sentences {
		s := &sentences[i]
		if slices.ContainsFunc(told, func(h retrieval.Hit) bool { return r.Corpus().Passages[h.Passage].Article == s.Article }) {
			s.Follow[FollowTold] = 1
		}
		s.Said = slices.Contains(said, s.Number)
		s.Probability = m.Probabilities(s.Follow[:])[0]
		if s.otherYear {
			s.Probability *= ofOtherYear
		}
		s.Choice = s.Probability
	}
	if q.Further() {
		sentences = slices.DeleteFunc(sentences, func(s Sentence) bool { return s.Said })
	}
	slices.SortStableFunc(sentences, func(a, b Sentence) int {
		return cmp.Or(cmp.Compare(b.Choice, a.Choice), cmp.Compare(a.Number, b.Number))
	})
	return sentences[:min(Pairs, len(sentences))], nil
}

// readFollowing reads sentences with a question by itself and behind the words of those
// before.
func (r *Reader) readFollowing(ctx context.Context, own, led string, sentences []Sentence) error {
	numbers := make([]int, len(sentences))
	pairs := make([]encoder.Pair, 2*len(sentences))
	for i := range sentences {
		numbers[i] = sentences[i].Number
		pairs[2*i], pairs[2*i+1] = r.pair(own, numbers[i]), r.pair(led, numbers[i])
	}
	readings, err := r.pairs.Read(ctx, encoder.Answers, pairs)
	if err != nil {
		return fmt.Errorf("read sentences: %w", err)
	}
	vectors, err := r.source.Sentences(ctx, numbers)
	if err != nil {
		return fmt.Errorf("read sentences: %w", err)
	}
	asked, err := r.source.Question(ctx, own)
	if err != nil {
		return fmt.Errorf("read question: %w", err)
	}
	behind, err := r.source.Question(ctx, led)
	if err != nil {
		return fmt.Errorf("read question: %w", err)
	}
	for i := range sentences {
		s, a, b := &sentences[i], readings[2*i], readings[2*i+1]
		s.Follow = FollowFeatures{float64(a.Answer), float64(b.Answer), vectors[i].Cosine(asked), vectors[i].Cosine(behind)}
		s.Features[Answers], s.Features[Cosine] = max(s.Follow[FollowAnswers], s.Follow[FollowLed]), max(s.Follow[FollowCosine], s.Follow[FollowLedCosine])
		s.Answer = span(r.Corpus(), s.Number, pairs[2*i].Second, a)
		if b.Answer > a.Answer {
			s.Answer = span(r.Corpus(), s.Number, pairs[2*i+1].Second, b)
		}
	}
	return nil
}

// Told are the sentences that some answers quote.
func (r *Reader) Told(ctx context.Context, q *question.Question, answers []string) ([]int, error) {
	text := strings.Join(answers, "\n")
	if text == "" {
		return nil, nil
	}
	found, err := r.Search(ctx, q.About(cutWords(text, toldWords), Hits))
	if err != nil {
		return nil, err
	}
	c := r.Corpus()
	var out []int
	for _, h := range found.Hits {
		p := &c.Passages[h.Passage]
		for n := p.First; n < p.Last; n++ {
			if !c.Sentences[n].Heading && !slices.Contains(out, n) && strings.Contains(text, c.SentenceText(n)) {
				out = append(out, n)
			}
		}
	}
	return out, nil
}

// around are the passages of the articles of some sentences.
func (r *Reader) around(sentences []int) []retrieval.Hit {
	c := r.Corpus()
	var articles []int
	var out []retrieval.Hit
	for _, n := range sentences {
		a := c.Sentences[n].Article
		if slices.Contains(articles, a) {
			continue
		}
		articles = append(articles, a)
		first, end := c.ArticlePassages(a)
		for p := first; p < end; p++ {
			out = append(out, retrieval.Hit{Passage: p, Match: 1})
		}
	}
	return out
}

// toldWords is how much of the last answers is searched for.
const toldWords = 80

func cutWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(n, len(words))], " ")
}
