package retrieval_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/retrievaltest"
)

// fixed is a ranker that gives the same list to every query.
type fixed struct {
	name string
	list []retrieval.Scored
	err  error
}

var _ retrieval.Ranker = fixed{}

func (f fixed) Name() string { return f.name }

func (f fixed) Rank(ctx context.Context, _ *retrieval.Parsed, n int) ([]retrieval.Scored, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.list[:min(n, len(f.list))], ctx.Err()
}

// list makes a ranker's list of passages and scores in turn.
func list(pairs ...float64) []retrieval.Scored {
	var out []retrieval.Scored
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, retrieval.Scored{Passage: int(pairs[i]), Score: pairs[i+1]})
	}
	return out
}

// index is over articles of one passage each, unless they are given.
func index(t testing.TB, articles []corpus.Article, rankers ...retrieval.Weighted) *retrieval.Index {
	t.Helper()
	if articles == nil {
		articles = retrievaltest.Articles(12)
	}
	fwd := retrievaltest.Analyze(t, articles...)
	return retrieval.New(fwd, retrievaltest.Parser{Forward: fwd}, rankers, retrieval.Options{})
}

func search(t testing.TB, ix *retrieval.Index, q retrieval.Query) []retrieval.Hit {
	t.Helper()
	res, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	return res.Hits
}

// show is hits as "passage:score" in order.
func show(hits []retrieval.Hit) string {
	var out []string
	for _, h := range hits {
		out = append(out, fmt.Sprintf("%d:%.4g", h.Passage, h.Score))
	}
	return strings.Join(out, " ")
}

// TestSearchSpreads guards that scores which lie close together count by how far they
// are from the least in the list.
func TestSearchSpreads(t *testing.T) {
	tests := []struct {
		name string
		list []retrieval.Scored
		q    retrieval.Query
		want string
	}{
		{"from the last", list(0, .9, 1, .85, 2, .8), retrieval.Query{}, "0:2 1:1 2:0"},
		{"differences that are nothing", list(0, .9, 1, .897), retrieval.Query{}, "0:2 1:1.8"},
		{"one alone", list(3, .2), retrieval.Query{}, "3:2"},
		{"equal ones", list(3, .2, 4, .2), retrieval.Query{}, "3:2 4:2"},
		{"a filter changes no score", list(0, .9, 1, .85, 2, .8), retrieval.Query{Filter: retrieval.Filter{Articles: []string{"a0001", "a0002"}}}, "1:1 2:0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ix := index(t, nil, retrieval.Weighted{Ranker: fixed{name: "a", list: tt.list}, Weight: 2, Spread: true})
			if got := show(search(t, ix, tt.q)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSearchFuses(t *testing.T) {
	tests := []struct {
		name   string
		a, b   []retrieval.Scored // of rankers that weigh 1 and 0.5
		limit  int
		want   string
		absent bool // there is no second ranker
	}{
		{name: "nothing found", want: ""},
		{name: "no second ranker", a: list(3, 8, 1, 4), absent: true, want: "3:1 1:0.5"},
		{name: "each divided by its best", a: list(0, 40, 1, 20), b: list(1, 0.2, 2, 0.1), want: "0:1 1:1 2:0.25"},
		{name: "sum decides", a: list(0, 10, 1, 9), b: list(1, 1), want: "1:1.4 0:1"},
		{name: "ties by passage", a: list(2, 1, 5, 1, 7, 1), b: list(3, 1, 4, 1), want: "2:1 5:1 7:1 3:0.5 4:0.5"},
		{name: "scores of zero do not divide", a: list(4, 0), b: list(2, 2), want: "2:0.5"},
		{name: "limit", a: list(0, 4, 1, 3, 2, 2, 3, 1), limit: 2, want: "0:1 1:0.75"},
		{name: "limit beyond the hits", a: list(0, 4), limit: 50, want: "0:1"},
		{
			name: "the default limit", a: list(0, 12, 1, 11, 2, 10, 3, 9, 4, 8, 5, 7, 6, 6, 7, 5, 8, 4, 9, 3, 10, 2, 11, 1),
			want: "0:1 1:0.9167 2:0.8333 3:0.75 4:0.6667 5:0.5833 6:0.5 7:0.4167 8:0.3333 9:0.25",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rankers := []retrieval.Weighted{{Ranker: fixed{name: "a", list: tt.a}, Weight: 1}}
			if !tt.absent {
				rankers = append(rankers, retrieval.Weighted{Ranker: fixed{name: "b", list: tt.b}, Weight: 0.5})
			}
			if got := show(search(t, index(t, nil, rankers...), retrieval.Query{Limit: tt.limit})); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("no rankers", func(t *testing.T) {
		if got := search(t, index(t, nil), retrieval.Query{Text: "commona"}); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	})
}

// TestSearchStandIn: who stands in for a ranker ranks with its own weight and
// under its own name, and only when the other fails.
func TestSearchStandIn(t *testing.T) {
	down := errors.New("down")
	works, fails, other := fixed{name: "a", list: list(1, 4)}, fixed{name: "a", err: down}, fixed{name: "b", list: list(2, 4)}
	tests := []struct {
		name   string
		ranker retrieval.Weighted
		want   string
	}{
		{"works", retrieval.Weighted{Ranker: works, Weight: 0.6, StandIn: &retrieval.Weighted{Ranker: other, Weight: 0.2}}, "[{1 0.6 0.6 [{a 0.6 }]}]"},
		{"fails", retrieval.Weighted{Ranker: fails, Weight: 0.6, StandIn: &retrieval.Weighted{Ranker: other, Weight: 0.2}}, "[{2 0.2 0.2 [{b 0.2 }]}]"},
		{"panics", retrieval.Weighted{Ranker: broken{}, Weight: 0.6, StandIn: &retrieval.Weighted{Ranker: other, Weight: 0.2}}, "[{2 0.2 0.2 [{b 0.2 }]}]"},
		{"both fail", retrieval.Weighted{Ranker: fails, StandIn: &retrieval.Weighted{Ranker: fails}}, "down"},
		{"nobody", retrieval.Weighted{Ranker: fails}, "down"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, err := index(t, nil, tt.ranker).Search(t.Context(), retrieval.Query{Explain: true})
			if tt.want == "down" {
				if !errors.Is(err, down) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil || fmt.Sprint(res.Hits) != tt.want {
				t.Errorf("got %v and error %v, want %s", res, err, tt.want)
			}
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		ix := index(t, nil, retrieval.Weighted{Ranker: fails, StandIn: &retrieval.Weighted{Ranker: broken{}}})
		if _, err := ix.Search(ctx, retrieval.Query{}); !errors.Is(err, down) {
			t.Errorf("got %v", err)
		}
	})
}

// long is an article of three passages at least, as the corpus splits it.
func long(id string) corpus.Article {
	return corpus.Article{ID: id, Body: strings.Repeat("The envoys talked about the territory for hours and hours again. ", 60)}
}

// TestSearchDecaysRepeats: each further passage of an article counts half of the
// one before, and Match keeps what it had.
func TestSearchDecaysRepeats(t *testing.T) {
	ix := index(t, []corpus.Article{long("a"), {ID: "b", Body: "Short."}}, retrieval.Weighted{Ranker: fixed{name: "a", list: list(0, 10, 1, 9, 2, 8)}, Weight: 1})
	if _, n := ix.Forward().Corpus.ArticlePassages(0); n < 3 {
		t.Fatalf("got %d passages, want three", n)
	}
	hits := search(t, ix, retrieval.Query{})
	if got, want := show(hits), "0:1 1:0.45 2:0.2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for i, want := range []float64{1, 0.9, 0.8} {
		if hits[i].Match != want {
			t.Errorf("hit %d: got match %v, want %v", i, hits[i].Match, want)
		}
	}
}

// TestSearchMovesRepeatsDown: another article comes before a repeat that was better.
func TestSearchMovesRepeatsDown(t *testing.T) {
	ix := index(t, []corpus.Article{long("a"), {ID: "b", Body: "Short."}})
	_, last := ix.Forward().Corpus.ArticlePassages(0)
	ix = index(t, []corpus.Article{long("a"), {ID: "b", Body: "Short."}},
		retrieval.Weighted{Ranker: fixed{name: "a", list: list(0, 10, 1, 9, float64(last), 5)}, Weight: 1})
	if got, want := show(search(t, ix, retrieval.Query{})), fmt.Sprintf("0:1 %d:0.5 1:0.45", last); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSearchExplains: the parts of a hit add up to its score before repeats are
// marked down.
func TestSearchExplains(t *testing.T) {
	articles := dated()
	ix := index(t, articles,
		retrieval.Weighted{Ranker: fixed{name: "words", list: list(0, 10, 1, 7, 2, 3)}, Weight: 1},
		retrieval.Weighted{Ranker: fixed{name: "grams", list: list(2, 1, 0, 0.5)}, Weight: 0.5})
	q := retrieval.Query{Text: "What did The Daily Post say on 2 December 2025?", AsOf: date(2025, 12, 5), Explain: true}
	names := map[string]bool{}
	hits := search(t, ix, q)
	if len(hits) != 3 {
		t.Fatalf("got %d hits, want 3", len(hits))
	}
	for _, h := range hits {
		sum := 0.0
		for _, why := range h.Why {
			names[why.Name] = true
			sum += why.Score
			if why.Score == 0 {
				t.Errorf("passage %d: %q adds nothing", h.Passage, why.Name)
			}
		}
		if math.Abs(sum-h.Match) > 1e-12 || math.Abs(sum-h.Score) > 1e-12 {
			t.Errorf("passage %d: parts %+v add up to %v, want %v", h.Passage, h.Why, sum, h.Match)
		}
	}
	for _, want := range []string{"words", "grams", "outlet", "date", "recency"} {
		if !names[want] {
			t.Errorf("no hit names %q", want)
		}
	}
	q.Explain = false
	for i, h := range search(t, ix, q) {
		if h.Why != nil {
			t.Errorf("passage %d explains itself without being asked", h.Passage)
		}
		if h.Score != hits[i].Score || h.Passage != hits[i].Passage {
			t.Errorf("hit %d: explaining changes %+v", i, h)
		}
	}
}

func TestSearchErrors(t *testing.T) {
	boom := errors.New("boom")
	good := retrieval.Weighted{Ranker: fixed{name: "good", list: list(0, 1)}, Weight: 1}
	bad := retrieval.Weighted{Ranker: fixed{name: "bad", err: boom}, Weight: 1}
	for _, rankers := range [][]retrieval.Weighted{{bad}, {good, bad}, {bad, good}, {bad, bad}} {
		res, err := index(t, nil, rankers...).Search(t.Context(), retrieval.Query{})
		if res != nil || !errors.Is(err, boom) || !strings.Contains(err.Error(), "rank by bad") {
			t.Errorf("got %v and error %v, want the ranker's", res, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if res, err := index(t, nil, good).Search(ctx, retrieval.Query{}); res != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v and error %v", res, err)
	}
}

// TestSearchIsStable: the order of goroutines shows nowhere.
func TestSearchIsStable(t *testing.T) {
	var rankers []retrieval.Weighted
	for i := range 8 {
		rankers = append(rankers, retrieval.Weighted{Ranker: fixed{name: fmt.Sprint(i), list: list(float64(i), 3, float64(i+1), 2, float64(i+3), 1.1)}, Weight: 0.1 * float64(i+1)})
	}
	ix := index(t, nil, rankers...)
	want := search(t, ix, retrieval.Query{Explain: true})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				res, err := ix.Search(t.Context(), retrieval.Query{Explain: true})
				if err != nil || !slices.EqualFunc(res.Hits, want, func(a, b retrieval.Hit) bool {
					return a.Passage == b.Passage && a.Score == b.Score && slices.Equal(a.Why, b.Why)
				}) {
					t.Errorf("got %v and error %v, want %v", res.Hits, err, want)
				}
			}
		})
	}
	wg.Wait()
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// dated are four articles of one passage each: two of December, one of June, one
// without a date.
func dated() []corpus.Article {
	return []corpus.Article{
		{ID: "a", Publisher: "The Daily Post", Published: date(2025, 12, 2), Body: "One."},
		{ID: "b", Publisher: "Gazette", Published: time.Date(2025, 12, 3, 22, 30, 0, 0, time.FixedZone("", 3*3600)), Body: "Two."},
		{ID: "c", Publisher: "Gazette | World", Published: date(2025, 6, 15), Body: "Three."},
		{ID: "d", Body: "Four."},
	}
}

func TestSearchFilters(t *testing.T) {
	// The wanted passage is the last of many, so a cut before the filter loses it.
	articles := retrievaltest.Articles(700)
	var all []retrieval.Scored
	for i := range articles {
		articles[i].Published = date(2024, 1, 1).AddDate(0, 0, i)
		all = append(all, retrieval.Scored{Passage: i, Score: float64(1000 - i)})
	}
	articles[699].Published = time.Time{}
	deep := index(t, articles, retrieval.Weighted{Ranker: fixed{name: "a", list: all}, Weight: 1})
	small := index(t, dated(), retrieval.Weighted{Ranker: fixed{name: "a", list: list(0, 8, 1, 6, 2, 4, 3, 2)}, Weight: 1})
	tests := []struct {
		name   string
		ix     *retrieval.Index
		filter retrieval.Filter
		want   []int
	}{
		{"none", small, retrieval.Filter{}, []int{0, 1, 2, 3}},
		{"article", small, retrieval.Filter{Articles: []string{"c"}}, []int{2}},
		{"articles", small, retrieval.Filter{Articles: []string{"d", "a"}}, []int{0, 3}},
		{"unknown article", small, retrieval.Filter{Articles: []string{"x"}}, nil},
		{"since a day", small, retrieval.Filter{Since: date(2025, 12, 2)}, []int{0, 1}},
		{"since the next", small, retrieval.Filter{Since: date(2025, 12, 3)}, []int{1}},
		{"since an hour of the day", small, retrieval.Filter{Since: date(2025, 12, 3).Add(23 * time.Hour)}, []int{1}},
		{"until a day", small, retrieval.Filter{Until: date(2025, 12, 2)}, []int{0, 2}},
		{"until the day before", small, retrieval.Filter{Until: date(2025, 12, 1)}, []int{2}},
		{"between", small, retrieval.Filter{Since: date(2025, 7, 1), Until: date(2025, 12, 2)}, []int{0}},
		{"between, the wrong way round", small, retrieval.Filter{Since: date(2025, 12, 2), Until: date(2025, 7, 1)}, nil},
		{"both kinds", small, retrieval.Filter{Articles: []string{"a", "d"}, Since: date(2025, 1, 1)}, []int{0}},
		{"past what rankers hand over", deep, retrieval.Filter{Articles: []string{articles[698].ID}}, []int{698}},
		{"an article without a date", deep, retrieval.Filter{Articles: []string{articles[699].ID}, Since: date(2024, 1, 1)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []int
			for _, h := range search(t, tt.ix, retrieval.Query{Filter: tt.filter}) {
				got = append(got, h.Passage)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// broken is a ranker that panics.
type broken struct{ fixed }

func (broken) Rank(context.Context, *retrieval.Parsed, int) ([]retrieval.Scored, error) {
	panic("out of luck")
}

// TestSearchSurvivesARanker guards that a panic in a ranker is an error of the
// search that says where: it is in a goroutine where nobody else can recover.
func TestSearchSurvivesARanker(t *testing.T) {
	ix := index(t, nil, retrieval.Weighted{Ranker: broken{fixed{name: "broken"}}, Weight: 1}, retrieval.Weighted{Ranker: fixed{name: "sound"}, Weight: 1})
	_, err := ix.Search(t.Context(), retrieval.Query{Text: "x"})
	if err == nil || !strings.Contains(err.Error(), "rank by broken: panic: out of luck") || !strings.Contains(err.Error(), "search_test.go") {
		t.Errorf("got %v, want an error with the stack", err)
	}
}
