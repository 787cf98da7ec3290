// Package eval says how good the answers are: it runs search and the engine
// over a file of questions with known answers and computes the figures that the
// questions' format defines.
//
// Search figures (hit, mrr, map, ndcg, recall; [SearchFigures]) are over the
// questions that name relevant articles. Answer figures ([AskFigures]) are
//
//   - answered: the share of answerable questions that got an answer
//   - evidence_hit: the share of answerable questions of which a cited quote and
//     a gold sentence contain one another, or share most of the shorter one's words
//   - answer_hit: the share of answerable questions with a short gold answer whose
//     words stand in the answer
//   - citation_precision: the share of citations whose article is a relevant one
//   - refused: the share of unanswerable questions that were refused
//   - correct: the share of all questions handled right, where short answers are known
//   - auroc: the chance that an answerable question has a higher confidence than
//     an unanswerable one
package eval

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// Answerer answers questions.
type Answerer interface {
	Answer(ctx context.Context, q answer.Question) (*answer.Answer, error)
}

// DefaultLimit is how many passages are searched for: enough for recall over
// the first 20 articles, where several passages of one count once.
const DefaultLimit = 100

// Options tune a [Run]; zero fields mean the defaults.
type Options struct {
	Limit    int                   // passages searched for
	AsOf     time.Time             // the day of questions that state none
	Progress func(done, total int) // called after each question; may be nil
}

// Searcher finds passages.
type Searcher interface {
	Search(ctx context.Context, q retrieval.Query) (*retrieval.Result, error)
	Forward() *analysis.Forward
}

// Run asks every question and searches for it, one after the other, so that the
// times are those of a question on its own.
func Run(ctx context.Context, golds []Gold, source Searcher, engine Answerer, opts Options) (*Report, error) {
	if opts.Limit == 0 {
		opts.Limit = DefaultLimit
	}
	c := source.Forward().Corpus
	r := &Report{Golds: golds}
	var searchTimes, askTimes []time.Duration
	for i := range golds {
		g := &golds[i]
		q := g.Ask(opts.AsOf)
		start := time.Now()
		found, err := source.Search(ctx, question.Read(q).Query(opts.Limit))
		if err != nil {
			return nil, fmt.Errorf("search for question %s: %w", g.ID, err)
		}
		searchTimes = append(searchTimes, time.Since(start))
		ids := make([]string, 0, len(found.Hits))
		for _, h := range found.Hits {
			ids = append(ids, c.Articles[c.Passages[h.Passage].Article].ID)
		}
		start = time.Now()
		a, err := engine.Answer(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("answer question %s: %w", g.ID, err)
		}
		askTimes = append(askTimes, time.Since(start))
		r.Usage.Add(a.Usage)
		if a.Usage.Requests > 0 && a.Note == answer.Unaided {
			r.Written++
		}
		r.Ranked = append(r.Ranked, ids)
		r.Answers = append(r.Answers, a)
		if opts.Progress != nil {
			opts.Progress(i+1, len(golds))
		}
	}
	r.Search = SearchFigures(golds, r.Ranked)
	r.Ask = AskFigures(golds, r.Answers)
	r.Latency = Latency{
		SearchP50: percentile(searchTimes, 50), SearchP99: percentile(searchTimes, 99),
		AskP50: percentile(askTimes, 50), AskP99: percentile(askTimes, 99),
	}
	return r, nil
}

// Latency is how long a question takes, in milliseconds.
type Latency struct {
	SearchP50 float64 `json:"search_p50_ms"`
	SearchP99 float64 `json:"search_p99_ms"`
	AskP50    float64 `json:"ask_p50_ms"`
	AskP99    float64 `json:"ask_p99_ms"`
}

// percentile is the smallest time that p percent do not exceed (nearest rank),
// in milliseconds with three digits.
func percentile(times []time.Duration, p int) float64 {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	rank := (len(sorted)*p + 99) / 100
	return math.Round(float64(sorted[max(rank, 1)-1].Microseconds())) / 1000
}
