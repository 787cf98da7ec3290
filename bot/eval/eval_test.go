package eval

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// fake finds the passages of its articles in their order, and answers with
// what it was told to.
type fake struct {
	forward *analysis.Forward
	says    map[string]*answer.Answer
}

func (l *fake) Forward() *analysis.Forward { return l.forward }

func (l *fake) Search(_ context.Context, q retrieval.Query) (*retrieval.Result, error) {
	res := &retrieval.Result{}
	for i := range min(q.Limit, len(l.forward.Corpus.Passages)) {
		res.Hits = append(res.Hits, retrieval.Hit{Passage: i})
	}
	return res, nil
}

func (l *fake) Answer(_ context.Context, q answer.Question) (*answer.Answer, error) {
	a, ok := l.says[q.Text]
	if !ok {
		return nil, errors.New("nobody told me")
	}
	return a, nil
}

func newFake(t *testing.T) *fake {
	t.Helper()
	c, err := corpus.New([]corpus.Article{{ID: "a", Body: "The ferry is late."}, {ID: "b", Body: "The bridge opens in May."}})
	if err != nil {
		t.Fatal(err)
	}
	return &fake{forward: analysis.Analyze(c), says: map[string]*answer.Answer{
		"right":   ask("In May [1].", 0.9, cite("b", "The bridge opens in May.")),
		"wrong":   ask("It is late [1].", 0.8, cite("a", "The ferry is late.")),
		"refused": abstain(0.3),
		"made up": ask("It is late [1].", 0.7, cite("a", "The ferry is late.")),
	}}
}

// TestRun guards what a run reports, and which questions it takes for the worst.
func TestRun(t *testing.T) {
	gold := func(id, text string) Gold {
		return Gold{
			Question: Question{ID: id, Text: text}, Relevant: []string{"b"},
			Evidence: []string{"The bridge opens in May."}, Answers: []string{"May"},
		}
	}
	golds := []Gold{gold("1", "refused"), gold("2", "right"), gold("3", "wrong"), {Question: Question{ID: "4", Text: "made up"}, Answerable: no()}}
	l := newFake(t)
	var steps []int
	r, err := Run(t.Context(), golds, l, l, Options{Progress: func(done, total int) { steps = append(steps, done, total) }})
	if err != nil {
		t.Fatal(err)
	}
	wantFigures(t, r.Search, 3, map[string]float64{
		"hit@1": 0, "hit@4": 1, "hit@10": 1, "mrr@10": 0.5, "map@10": 0.5, "ndcg@10": 1 / math.Log2(3), "recall@20": 1,
	})
	wantFigures(t, r.Ask, 4, map[string]float64{
		"answered": 2.0 / 3, "evidence_hit": 1.0 / 3, "answer_hit": 1.0 / 3, "citation_precision": 0.5,
		"refused": 0, "correct": 0.25, "auroc": 2.0 / 3,
		"first_hit": 1.0 / 3, "focus": 0.5, "handled": 0.25, "misled": 0.5, "two_sided": math.NaN(), "false_conflict": math.NaN(),
	})
	if len(steps) != 8 || steps[0] != 1 || steps[6] != 4 || steps[7] != 4 {
		t.Errorf("got progress %v", steps)
	}
	var order string
	for _, c := range r.Worst(10) {
		order += c.ID + " " + c.Wrong + "; "
	}
	if want := "4 answers what the articles do not; 3 cites none of the right sentences; 1 refuses what the articles answer; "; order != want {
		t.Errorf("got %s\nwant %s", order, want)
	}
	if worst := r.Worst(1); len(worst) != 1 || worst[0].Rank != 0 || len(worst[0].Cited) != 1 {
		t.Errorf("got %+v", worst)
	}
}

func TestRunFails(t *testing.T) {
	l := newFake(t)
	if _, err := Run(t.Context(), []Gold{{Question: Question{ID: "x", Text: "unheard of"}}}, l, l, Options{}); err == nil {
		t.Error("an error of the engine is lost")
	}
}

func TestPercentile(t *testing.T) {
	var times []time.Duration
	for i := range 100 {
		times = append(times, time.Duration(100-i)*time.Millisecond)
	}
	for p, want := range map[int]float64{1: 1, 50: 50, 99: 99, 100: 100} {
		if got := percentile(times, p); got != want {
			t.Errorf("p%d: got %v, want %v", p, got, want)
		}
	}
	if got := percentile(times[:1], 50); got != 100 {
		t.Errorf("of one time: got %v", got)
	}
	if got := percentile(nil, 50); got != 0 {
		t.Errorf("of none: got %v", got)
	}
}
