package retrieval_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/retrievaltest"
)

// everything is an index whose only ranker scores all passages alike, so that
// what differs comes from the priors.
func everything(t testing.TB, opts retrieval.Options, articles ...corpus.Article) *retrieval.Index {
	t.Helper()
	fwd := retrievaltest.Analyze(t, articles...)
	var all []retrieval.Scored
	for p := range fwd.Corpus.Passages {
		all = append(all, retrieval.Scored{Passage: p, Score: 1})
	}
	return retrieval.New(fwd, retrievaltest.Parser{Forward: fwd}, []retrieval.Weighted{{Ranker: fixed{name: "all", list: all}, Weight: 1}}, opts)
}

// added is what a prior adds to each passage for a question.
func added(t *testing.T, ix *retrieval.Index, prior, text string, asOf time.Time) map[int]float64 {
	t.Helper()
	out := map[int]float64{}
	for _, h := range search(t, ix, retrieval.Query{Text: text, AsOf: asOf, Explain: true, Limit: 100}) {
		for _, why := range h.Why {
			if why.Name == prior {
				out[h.Passage] += why.Score
			}
		}
	}
	return out
}

func TestOutletPrior(t *testing.T) {
	publishers := []string{"The Daily Post", "TechCrunch", "Sky News | World", "The Times", "", "The New York Times", "Le Monde: International"}
	var articles []corpus.Article
	for i, p := range publishers {
		articles = append(articles, corpus.Article{ID: string(rune('a' + i)), Publisher: p, Body: "A report."})
	}
	ix := everything(t, retrieval.Options{}, articles...)
	tests := []struct {
		name, text string
		want       []int
	}{
		{"none", "What was agreed in the Kremlin?", nil},
		{"empty", "", nil},
		{"by its name", "What did The Daily Post report?", []int{0}},
		{"without its article", "the Daily Post report on Witkoff", []int{0}},
		{"in lower case", "what did the daily post report", []int{0}},
		{"possessive", "The Daily Post’s report", []int{0}},
		{"half of its name", "the daily news of the post office", nil},
		{"one word, capital", "as TechCrunch reported", []int{1}},
		{"one word, no capital", "the best of times", nil},
		{"one word with an article", "What did The Times say?", []int{3}},
		{"house of a section", "Sky News on the talks", []int{2}},
		{"house and section", "the Sky News World report", []int{2}},
		{"house before a colon", "according to Le Monde", []int{6}},
		{"two outlets", "TechCrunch and Sky News differ", []int{1, 2}},
		{"inside a longer name", "What did The New York Times say?", []int{3, 5}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := added(t, ix, "outlet", tt.text, time.Time{})
			var passages []int
			for p, v := range got {
				passages = append(passages, p)
				if v <= 0 || v > 0.5 {
					t.Errorf("passage %d: got %v, want a part of the best score", p, v)
				}
			}
			slices.Sort(passages)
			if !slices.Equal(passages, tt.want) {
				t.Errorf("%q: got %v, want %v", tt.text, passages, tt.want)
			}
		})
	}
}

// days is an index over one article for each date; a zero date is none.
func days(t testing.TB, opts retrieval.Options, dates ...time.Time) *retrieval.Index {
	t.Helper()
	var articles []corpus.Article
	for i, d := range dates {
		articles = append(articles, corpus.Article{ID: string(rune('a' + i)), Published: d, Body: "A report."})
	}
	return everything(t, opts, articles...)
}

func TestDatePrior(t *testing.T) {
	ix := days(t, retrieval.Options{}, date(2025, 12, 2), date(2025, 12, 3), date(2025, 12, 9), date(2024, 12, 2), time.Time{})
	tests := []struct {
		name, text string
		best       []int // passages that get the most
	}{
		{"a day", "on 2 December 2025", []int{0}},
		{"another year", "on 2 December 2024", []int{3}},
		{"a month", "in December 2025", []int{0, 1, 2}},
		{"a year", "in 2024", []int{3}},
		{"no year: the newest", "on December 3", []int{1}},
		{"two days", "between December 2, 2025 and December 9, 2025", []int{0, 2}},
		{"beside all", "on 5 December 2025", []int{1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := added(t, ix, "date", tt.text, time.Time{})
			top := 0.0
			for _, v := range got {
				top = max(top, v)
			}
			var best []int
			for p, v := range got {
				if v == top {
					best = append(best, p)
				}
			}
			slices.Sort(best)
			if !slices.Equal(best, tt.best) {
				t.Errorf("%q: got %v, want most for %v", tt.text, got, tt.best)
			}
			if _, ok := got[4]; ok {
				t.Error("an article without a date gets something")
			}
		})
	}
	if got := added(t, ix, "date", "What was agreed?", date(2025, 12, 9)); len(got) > 0 {
		t.Errorf("no date in the question: got %v", got)
	}
	near := added(t, ix, "date", "on 2 December 2025", time.Time{})
	if !(near[0] > near[1] && near[1] > near[2] && near[2] > near[3]) {
		t.Errorf("got %v, want less for each day further off", near)
	}
}

// TestRecencyPrior: the prior halves with each half-life before the question's date.
func TestRecencyPrior(t *testing.T) {
	asOf := date(2025, 12, 10)
	dates := []time.Time{asOf, asOf.AddDate(0, 0, -10), asOf.AddDate(0, 0, -20), asOf.AddDate(0, 0, 5), {}, asOf.AddDate(-10, 0, 0)}
	ix := days(t, retrieval.Options{HalfLife: 10}, dates...)
	got := added(t, ix, "recency", "What was agreed?", asOf)
	if got[0] <= 0 || math.Abs(got[1]-got[0]/2) > 1e-12 || math.Abs(got[2]-got[0]/4) > 1e-12 {
		t.Errorf("got %v, want half after 10 days and a quarter after 20", got)
	}
	for _, p := range []int{3, 4} {
		if v, ok := got[p]; ok {
			t.Errorf("%v: got %v, want nothing", dates[p], v)
		}
	}
	if got[5] > 1e-9 {
		t.Errorf("ten years old: got %v", got[5])
	}
	if got := added(t, ix, "recency", "What was agreed?", time.Time{}); len(got) > 0 {
		t.Errorf("no date of the question: got %v", got)
	}
	byDefault := added(t, days(t, retrieval.Options{}, asOf, asOf.AddDate(0, 0, -retrieval.DefaultHalfLife)), "recency", "What?", asOf)
	if byDefault[0] <= 0 || math.Abs(byDefault[1]-byDefault[0]/2) > 1e-12 {
		t.Errorf("got %v, want half after the default half-life", byDefault)
	}
}

// TestPriorsAreRelative: what a prior adds goes with the best score, and a
// prior does not find what no ranker found.
func TestPriorsAreRelative(t *testing.T) {
	articles := dated()
	for _, weight := range []float64{1, 10} {
		ix := index(t, articles, retrieval.Weighted{Ranker: fixed{name: "a", list: list(1, 4, 0, 2)}, Weight: weight})
		got := added(t, ix, "outlet", "The Daily Post", time.Time{})
		base := added(t, ix, "a", "The Daily Post", time.Time{})
		if len(got) != 1 || got[0] <= 0 || got[0] >= base[1] {
			t.Errorf("weight %v: got %v of %v", weight, got, base)
		}
		if hits := search(t, ix, retrieval.Query{Text: "Gazette"}); len(hits) != 2 {
			t.Errorf("weight %v: got %s, want what the ranker found", weight, show(hits))
		}
	}
	empty := index(t, articles, retrieval.Weighted{Ranker: fixed{name: "a"}, Weight: 1})
	if hits := search(t, empty, retrieval.Query{Text: "The Daily Post on 2 December 2025", AsOf: date(2025, 12, 3)}); len(hits) != 0 {
		t.Errorf("nothing found: got %s", show(hits))
	}
}

// TestSum: each number of the sum acts on what it says, and none means the
// defaults.
func TestSum(t *testing.T) {
	day := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	articles := []corpus.Article{
		{ID: "a", Publisher: "TechCrunch", Published: day, Body: "A report."}, {ID: "b", Published: day.AddDate(0, 0, -8), Body: "A report."},
	}
	const text = "What did TechCrunch report on 1 May 2024?"
	sum := retrieval.DefaultSum()
	for _, opts := range []retrieval.Options{{}, {Sum: sum}} {
		ix := everything(t, opts, articles...)
		for prior, want := range map[string]float64{"outlet": sum.Outlet, "date": sum.Date, "recency": sum.Recency} {
			if got := added(t, ix, prior, text, day)[0]; math.Abs(got-want) > 1e-12 {
				t.Errorf("%+v: %s adds %v, want %v", opts, prior, got, want)
			}
		}
	}
	other := retrieval.Sum{Depth: 2, Outlet: 0.4, Date: 0.2, DateHalfLife: 4, Repeat: 1}
	ix := everything(t, retrieval.Options{Sum: other}, articles...)
	if got := added(t, ix, "outlet", text, day)[0]; math.Abs(got-0.4) > 1e-12 {
		t.Errorf("outlet adds %v, want .4", got)
	}
	if got := added(t, ix, "date", text, day)[1]; math.Abs(got-0.2/4) > 1e-12 { // two half-lives away
		t.Errorf("date adds %v, want .05", got)
	}
	if got := added(t, ix, "recency", text, day); len(got) > 0 {
		t.Errorf("recency adds %v, want nothing", got)
	}
	other.Depth = 1
	if got := search(t, everything(t, retrieval.Options{Sum: other}, articles...), retrieval.Query{Text: text}); len(got) != 1 {
		t.Errorf("depth 1: got %d hits", len(got))
	}
}
