package lexical

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/retrievaltest"
)

func rankers(ix *Index) map[string]retrieval.Ranker {
	return map[string]retrieval.Ranker{"words": ix.Words(), "4-grams": ix.Grams()}
}

func TestContract(t *testing.T) {
	for name := range rankers(&Index{}) {
		t.Run(name, func(t *testing.T) {
			retrievaltest.RankerContract(t, func(t *testing.T, fwd *analysis.Forward) (retrieval.Ranker, retrieval.Parser) {
				t.Helper()
				ix := New(fwd, nil, Options{})
				r := rankers(ix)[name]
				if r.Name() != name {
					t.Errorf("got name %q, want %q", r.Name(), name)
				}
				return r, ix
			})
		})
	}
}

// reports are articles with titles, publishers, several passages and odd texts.
func reports() []corpus.Article {
	articles := retrievaltest.Articles(130) // over 100 passages, so that common grams are left out
	for i := range articles {
		switch i % 7 {
		case 0:
			articles[i].Publisher = "Topicaworda Times"
		case 1:
			articles[i].Title = "Putin met Witkoff: commona commona"
		case 2:
			articles[i].Body += "\n\n" + strings.Repeat("The commonb meetings in the Kremlin lasted five hours. ", 40)
		case 3:
			articles[i].Body = "The of and."
		case 4:
			articles[i].Body = "Путин, Kyiv and the U.S. in Zürich: 25,000. " + strings.Repeat("x", 80)
		}
	}
	return articles
}

var queries = []string{
	"commona", "commona commonb topicaworda", "Topicaworda Times", "meeting in the Kremlin", "Putin Witkoff", "Путин Kiev U.S.",
	"25,000", "commonz", "xyz", "what take place in the Kremlin", "KREMLN", strings.Repeat("x", 80), "topicbwordc topicdwordb commone commonf",
}

// score gives a ranker's scores by passage.
func score(t *testing.T, r retrieval.Ranker, q *retrieval.Parsed) map[int]float64 {
	t.Helper()
	list, err := r.Rank(t.Context(), q, math.MaxInt16)
	if err != nil {
		t.Fatalf("rank %q: %v", q.Text, err)
	}
	out := map[int]float64{}
	for _, s := range list {
		out[s.Passage] = s.Score
	}
	if len(out) != len(list) {
		t.Errorf("rank %q: %d results for %d passages", q.Text, len(list), len(out))
	}
	return out
}

func compare(t *testing.T, query string, got, want map[int]float64) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if math.Abs(got[p]-want[p]) > 1e-5*max(1, want[p]) {
			t.Errorf("query %q, passage %d: got %v, want %v", query, p, got[p], want[p])
		}
	}
	if len(got) != len(want) {
		t.Errorf("query %q: got %d passages, want %d", query, len(got), len(want))
	}
}

// field is the words of a text that are not stop words.
func field(text string) []string {
	var out []string
	for _, tok := range analysis.Tokenize(text) {
		if !analysis.IsStop(tok.Word) {
			out = append(out, tok.Word)
		}
	}
	return out
}

func passageText(c *corpus.Corpus, p int) string {
	return c.Text(c.Passages[p].Article, c.Passages[p].Span)
}

func count(words []string) map[string]float64 {
	n := map[string]float64{}
	for _, w := range words {
		n[analysis.Stem(w)]++
	}
	return n
}

// TestWordsAreBM25F: the words ranker gives what the formula gives, computed
// from the texts in float64: each query term counts at the best of itself and
// its variants.
func TestWordsAreBM25F(t *testing.T) {
	fwd := retrievaltest.Analyze(t, reports()...)
	ix, c := New(fwd, nil, Options{}), fwd.Corpus
	docs := float64(len(c.Passages))
	type doc struct {
		body, title, publisher map[string]float64 // by term
		length                 float64
	}
	all := make([]doc, len(c.Passages))
	mean := 0.0
	for p := range all {
		a := &c.Articles[c.Passages[p].Article]
		body := field(passageText(c, p))
		all[p] = doc{count(body), count(field(a.Title)), count(field(a.Publisher)), float64(len(body))}
		mean += all[p].length / docs
	}
	impact := func(d doc, term string) float64 {
		tf := d.body[term]/(1-b+b*d.length/mean) + titleWeight*d.title[term] + publisherWeight*d.publisher[term]
		return tf * (k1 + 1) / (k1 + tf)
	}
	idf := func(term string) float64 {
		n := 0.0
		for _, d := range all {
			if impact(d, term) > 0 {
				n++
			}
		}
		return math.Log(1 + (docs-n+0.5)/(n+0.5))
	}
	for _, text := range queries {
		q := ix.Parse(retrieval.Query{Text: text})
		want := map[int]float64{}
		for _, term := range q.Terms {
			weights := map[string]float64{}
			weighed := analysis.Stem(term.Word)
			if term.ID != analysis.NoTerm {
				weights[weighed] = 1
			} else if len(term.Variants) > 0 {
				weighed = fwd.Terms[term.Variants[0].ID]
			}
			for _, v := range term.Variants {
				weights[fwd.Terms[v.ID]] = v.Weight
			}
			for p, d := range all {
				best := 0.0
				for word, w := range weights {
					best = max(best, w*impact(d, word))
				}
				if best > 0 {
					want[p] += term.Boost * idf(weighed) * best
				}
			}
		}
		compare(t, text, score(t, ix.Words(), q), want)
	}
}

// plainGrams are the 4-grams of a word between blanks, by bytes.
func plainGrams(word string) []string {
	s := " " + word + " "
	if len(s) <= gramSize {
		return []string{s}
	}
	var out []string
	for i := 0; i+gramSize <= len(s); i++ {
		out = append(out, s[i:i+gramSize])
	}
	return out
}

func TestGramsAreBM25(t *testing.T) {
	fwd := retrievaltest.Analyze(t, reports()...)
	ix, c := New(fwd, nil, Options{}), fwd.Corpus
	docs := float64(len(c.Passages))
	grams := make([]map[string]float64, len(c.Passages))
	lengths := make([]float64, len(c.Passages))
	df := map[string]float64{}
	mean := 0.0
	for p := range grams {
		grams[p] = map[string]float64{}
		for _, w := range field(passageText(c, p) + "\n" + c.Articles[c.Passages[p].Article].Title) {
			for _, g := range plainGrams(w) {
				grams[p][g]++
				lengths[p]++
			}
		}
		mean += lengths[p] / docs
		for g := range grams[p] {
			df[g]++
		}
	}
	left := 0
	for _, n := range df {
		if n > math.Floor(commonGram*docs) {
			left++
		}
	}
	if left == 0 {
		t.Error("no gram is common: the test misses a case")
	}
	for _, text := range queries {
		q := ix.Parse(retrieval.Query{Text: text})
		asked := map[string]float64{}
		for _, term := range q.Terms {
			for _, g := range plainGrams(term.Word) {
				asked[g] = max(asked[g], term.Boost)
			}
		}
		want := map[int]float64{}
		for g, boost := range asked {
			if df[g] > math.Floor(commonGram*docs) {
				continue
			}
			idf := math.Log(1 + (docs-df[g]+0.5)/(df[g]+0.5))
			for p := range grams {
				if tf := grams[p][g]; tf > 0 {
					want[p] += boost * idf * tf * (k1 + 1) / (tf + k1*(1-b+b*lengths[p]/mean))
				}
			}
		}
		compare(t, text, score(t, ix.Grams(), q), want)
	}
}

func TestEachGram(t *testing.T) {
	for _, word := range []string{"", "a", "us", "US", "war", "kremlin", "zürich", "путин", strings.Repeat("ab", 100)} {
		var got []uint32
		eachGram(word, func(h uint32) { got = append(got, h) })
		var want []uint32
		for _, g := range plainGrams(word) {
			want = append(want, hashGram([]byte(g)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("eachGram(%q): got %x, want %x", word, got, want)
		}
	}
}

// TestVariantsCountOnce: a passage that holds a word and its other spelling is
// no better for it than one that holds the word alone.
func TestVariantsCountOnce(t *testing.T) {
	ix := indexOf(t, "Kyiv stood firm in winter.", "Kyiv Kiev firm in winter.", "Kiev stood firm in winter.", "Nothing of the sort.")
	got := score(t, ix.Words(), ix.Parse(retrieval.Query{Text: "Kyiv"}))
	if got[0] <= 0 || math.Abs(got[0]-got[1]) > 1e-6 {
		t.Errorf("got %v for both spellings, want %v as for one", got[1], got[0])
	}
	if want := got[0] * respellingWeight; math.Abs(got[2]-want) > 1e-6 {
		t.Errorf("got %v for the other spelling, want %v", got[2], want)
	}
	if _, ok := got[3]; ok {
		t.Error("a passage without the word has a score")
	}
}

func TestContextBoost(t *testing.T) {
	ix := indexOf(t, "Putin spoke.", "Witkoff listened.", "Kushner slept.", "Rubio stayed at home.")
	parse := func(boost float64) *retrieval.Parsed {
		return ix.Parse(retrieval.Query{Text: "Putin", Context: []string{"Kushner", "Witkoff and Putin?"}, ContextBoost: boost})
	}
	for name, r := range rankers(ix) {
		full, half, none := score(t, r, parse(1)), score(t, r, parse(0.5)), score(t, r, parse(0))
		for p := range 2 {
			at := p + 1 // Witkoff, Kushner
			if full[at] <= 0 || math.Abs(half[at]-full[at]/2) > 1e-6 {
				t.Errorf("%s, passage %d: got %v at boost 0.5, want half of %v", name, at, half[at], full[at])
			}
			if _, ok := none[at]; ok {
				t.Errorf("%s, passage %d: words that weigh nothing find it", name, at)
			}
		}
		if full[0] != half[0] || full[0] != none[0] {
			t.Errorf("%s: the question's own word counts %v, %v and %v", name, full[0], half[0], none[0])
		}
	}
}

// TestContextOfNoWeight guards that words which weigh nothing change nothing:
// they made passages appear twice.
func TestContextOfNoWeight(t *testing.T) {
	ix := New(retrievaltest.Analyze(t, reports()...), nil, Options{})
	for name, r := range rankers(ix) {
		for _, text := range queries {
			want := score(t, r, ix.Parse(retrieval.Query{Text: text}))
			compare(t, text, score(t, r, ix.Parse(retrieval.Query{Text: text, Context: queries})), want)
			if t.Failed() {
				t.Fatalf("ranker %s", name)
			}
		}
	}
}

func TestSmallCorpora(t *testing.T) {
	for n := range 3 {
		ix := New(retrievaltest.Analyze(t, retrievaltest.Articles(n)...), nil, Options{})
		for name, r := range rankers(ix) {
			for _, text := range []string{"", "?", "the", "xyzzy", retrievaltest.Unique(0)} {
				got := score(t, r, ix.Parse(retrieval.Query{Text: text}))
				if name == "words" && text == retrievaltest.Unique(0) && n > 0 {
					if got[0] <= 0 {
						t.Errorf("%d articles: %q does not find the first", n, text)
					}
				} else if name == "words" && len(got) > 0 {
					t.Errorf("%d articles: %q finds %v", n, text, got)
				}
			}
		}
	}
}

// TestConcurrentUse runs parsing and both rankers side by side: same results.
func TestConcurrentUse(t *testing.T) {
	ix := New(retrievaltest.Analyze(t, reports()...), nil, Options{})
	run := func(text string) string {
		q := ix.Parse(retrieval.Query{Text: text, Context: queries[:3], ContextBoost: 0.3})
		words, err := ix.Words().Rank(t.Context(), q, 20)
		if err != nil {
			t.Errorf("rank: %v", err)
		}
		grams, err := ix.Grams().Rank(t.Context(), q, 20)
		if err != nil {
			t.Errorf("rank: %v", err)
		}
		return fmt.Sprint(q.Terms, words, grams)
	}
	var want []string
	for _, text := range queries {
		want = append(want, run(text))
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range queries {
				j := (i + g) % len(queries)
				if got := run(queries[j]); got != want[j] {
					t.Errorf("query %q beside others: got another result", queries[j])
				}
			}
		})
	}
	wg.Wait()
	again := New(retrievaltest.Analyze(t, reports()...), nil, Options{})
	ix = again
	for i, text := range queries {
		if got := run(text); got != want[i] {
			t.Errorf("query %q in a second index: got another result", text)
		}
	}
}

// TestLongQuery: whoever pastes a book waits, but not for long.
func TestLongQuery(t *testing.T) {
	ix := New(retrievaltest.Analyze(t, retrievaltest.Articles(2000)...), nil, Options{})
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, "%s%s ", [...]string{"unknown", "topic", "Article"}[i%3], retrievaltest.Unique(i))
	}
	start := time.Now()
	q := ix.Parse(retrieval.Query{Text: b.String()})
	for _, r := range rankers(ix) {
		score(t, r, q)
	}
	if took := time.Since(start); took > 20*time.Second { // 0.3 s without the race detector
		t.Errorf("10,000 words took %v", took)
	}
	if len(q.Terms) < 9_000 {
		t.Errorf("got %d terms, want all that differ", len(q.Terms))
	}
}
