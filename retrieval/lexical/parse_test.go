package lexical

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"parley/retrieval"
	"parley/retrieval/analysis"
	"parley/retrieval/lexicon"
	"parley/retrieval/retrievaltest"
)

func TestParse(t *testing.T) {
	ix := indexOf(t, "Putin met Witkoff, the U.S. envoy, in the Kremlin for five hours. It took place in Moscow.", "The meeting was over at 16:30.")
	// Each term as its word, then flags: U capital, N number, L light, X not in
	// the articles, ~ corrected, ^ from the context.
	tests := []struct {
		name    string
		query   string
		context []string
		want    string
	}{
		{name: "empty"},
		{name: "blanks", query: " \n\t"},
		{name: "punctuation", query: "?!…"},
		{name: "stop words", query: "who was it that the"},
		{name: "question", query: "Who met Putin in the Kremlin?", want: "met Putin/U Kremlin/U"},
		{name: "a word twice", query: "Putin, putin and PUTIN", want: "Putin/U"},
		{name: "forms of a word are one term", query: "meet met meetings", want: "meet"},
		{name: "light words", query: "Where did it take place?", want: "take/L place/L"},
		{name: "word of degree", query: "How long was the meeting?", want: "meeting"},
		{name: "word of degree alone", query: "A five long", want: "five long/X"},
		{name: "the us", query: "what did the us do", want: "us/U"},
		{name: "us alone", query: "tell us", want: ""},
		{name: "the US, written so", query: "the U.S. and the US", want: "U.S./U"},
		{name: "number word and digits", query: "5 hours or five", want: "5/N hours"},
		{name: "clock", query: "at 16:30", want: "16:30/N"},
		{name: "unknown", query: "xyzzy Trump", want: "xyzzy/X Trump/UX"},
		{name: "corrected", query: "Vitkoff kremln", want: "Vitkoff/UX~ kremln/X~"},
		{name: "invalid UTF-8", query: "\xffPutin\xff", want: "Putin/U"},
		{name: "context after the question", query: "Why?", context: []string{"Who met Putin?", "In Moscow"}, want: "moscow/U^ met/^ putin/U^"},
		{name: "a word of the question and the context", query: "Putin?", context: []string{"Putin in Moscow"}, want: "Putin/U moscow/U^"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := retrieval.Query{Text: tt.query, Context: tt.context, ContextBoost: 0.5}
			p := ix.Parse(q)
			var got []string
			for _, term := range p.Terms {
				s := tt.query[term.Start:term.End]
				if term.Context {
					s = term.Word
				}
				got = append(got, s+flags(term))
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if p.Text != q.Text || p.ContextBoost != q.ContextBoost {
				t.Errorf("got the query %+v, want %+v", p.Query, q)
			}
		})
	}
}

func flags(term retrieval.Term) string {
	s := ""
	for _, f := range []struct {
		on   bool
		sign string
	}{
		{term.Upper, "U"},
		{term.Number, "N"},
		{!term.Context && term.Boost == lightBoost, "L"},
		{term.ID == analysis.NoTerm, "X"},
		{term.Corrected, "~"},
		{term.Context, "^"},
	} {
		if f.on {
			s += f.sign
		}
	}
	if s != "" {
		s = "/" + s
	}
	return s
}

// TestParseWeights: a weight is the boost times the IDF of the word, or of its
// likeliest correction.
func TestParseWeights(t *testing.T) {
	ix := indexOf(t, "Putin met Witkoff.", "Putin left.", "Putin came to a place.")
	f := ix.fwd
	tests := []struct {
		query string
		boost float64
		idfOf string
	}{
		{"Putin", 1, "putin"},
		{"Witkoff", 1, "witkoff"},
		{"Vitkoff", 1, "witkoff"},
		{"place", lightBoost, "place"},
		{"xyzzy", 1, "xyzzy"},
	}
	for _, tt := range tests {
		got := ix.Parse(retrieval.Query{Text: tt.query}).Terms[0]
		if want := tt.boost * f.IDF(f.Lookup(tt.idfOf)); got.Boost != tt.boost || math.Abs(got.Weight-want) > 1e-12 {
			t.Errorf("Parse(%q): got boost %v and weight %v, want %v and %v", tt.query, got.Boost, got.Weight, tt.boost, want)
		}
	}
	p := ix.Parse(retrieval.Query{Text: "Witkoff", Context: []string{"Putin"}, ContextBoost: 0.25})
	if got, want := p.Terms[1].Weight, 0.25*f.IDF(f.Lookup("putin")); math.Abs(got-want) > 1e-12 {
		t.Errorf("a word of the context: got weight %v, want %v", got, want)
	}
}

func TestParseRelated(t *testing.T) {
	lex, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	fwd := retrievaltest.Analyze(t, retrievaltest.Articles(3)...)
	if p := New(fwd, lex, Options{}).Parse(retrieval.Query{Text: "movie begin"}); len(p.Terms[0].Variants)+len(p.Terms[1].Variants) > 0 {
		t.Errorf("got %+v, want no words that the articles do not hold", p.Terms)
	}
	with := indexOf(t, "The film started late.", "Russian troops had difficulties.")
	with.lex, with.terms = lex, newLexiconTerms(lex)
	for _, tt := range []struct{ query, want string }{{"movie", "film"}, {"begin", "start"}, {"trouble", "difficulty"}} {
		term := with.Parse(retrieval.Query{Text: tt.query}).Terms[0]
		id := with.fwd.Lookup(tt.want)
		at := slices.IndexFunc(term.Variants, func(v retrieval.Variant) bool { return v.ID == id })
		if at < 0 {
			t.Errorf("Parse(%q): got variants %+v, want %q among them", tt.query, term.Variants, tt.want)
			continue
		}
		if v := term.Variants[at]; v.Kind != retrieval.Related || v.Weight < minRelation*relatedWeight || v.Weight > relatedWeight {
			t.Errorf("Parse(%q): got variant %+v", tt.query, v)
		}
	}
	if term := with.Parse(retrieval.Query{Text: "filmm"}).Terms[0]; !term.Corrected || len(term.Variants) != 1 {
		t.Errorf("got %+v, want the correction alone", term)
	}
}

func FuzzParse(f *testing.F) {
	seeds := [][2]string{
		{"", ""},
		{"Who met Putin in the Kremlin?", "And Witkoff’s U.S. envoy?"},
		{"the us", "the\x00us"},
		{"\xff\xfe Путин 北京 😀", "Zu\u0308rich"},
		{"25,000 16:30 ٣ %%%", "1st"},
		{strings.Repeat("kremln ", 50), strings.Repeat("é", 70)},
		{"''''s ʼ ’", "a.b.c."},
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s[0], s[1], 0.5)
	}
	ix := indexOf(f, "Putin met Witkoff, the U.S. envoy, in the Kremlin for five hours.", "Путин in Zürich.", "Kushner left Kyiv at 16:30.")
	f.Fuzz(func(t *testing.T, text, turn string, boost float64) {
		if !(boost >= 0 && boost <= 1) {
			t.Skip()
		}
		p := ix.Parse(retrieval.Query{Text: text, Context: []string{turn}, ContextBoost: boost})
		end := 0
		stems := map[string]bool{}
		for i, term := range p.Terms {
			if term.Context {
				if term.Start != 0 || term.End != 0 || term.Boost > boost {
					t.Errorf("term %d: got %+v from the context at boost %v", i, term, boost)
				}
			} else if term.Start < end || term.End <= term.Start || term.End > len(text) {
				t.Fatalf("term %d of %q: [%d:%d] after %d", i, text, term.Start, term.End, end)
			} else {
				end = term.End
			}
			if stem := analysis.Stem(term.Word); stems[stem] {
				t.Errorf("%q, %q: term %q is there twice", text, turn, term.Word)
			} else {
				stems[stem] = true
			}
			if math.IsNaN(term.Weight) || term.Weight < 0 || term.Boost > 1 {
				t.Errorf("%q: weight %v, boost %v", term.Word, term.Weight, term.Boost)
			}
			for _, v := range term.Variants {
				if v.ID < 0 || int(v.ID) >= len(ix.fwd.Terms) || v.ID == term.ID || v.Weight <= 0 || v.Weight >= 1 {
					t.Errorf("%q: variant %+v", term.Word, v)
				}
			}
		}
		for _, r := range rankers(ix) {
			score(t, r, p)
		}
	})
}

// synthetic is an index of 5,000 passages, the size of a large folder of news.
func synthetic(b *testing.B) *Index {
	b.Helper()
	ix := New(retrievaltest.Analyze(b, retrievaltest.Articles(5000)...), nil, Options{})
	if n := len(ix.fwd.Corpus.Passages); n != 5000 {
		b.Fatalf("got %d passages", n)
	}
	return ix
}

const benchQuery = "How long did the topicaworda topicbwordb comona last in " // and an article's own word

func BenchmarkParse(b *testing.B) {
	ix := synthetic(b)
	for name, text := range map[string]string{"known": "topicaworda commona commonb", "misspelt": "topikaworda comona"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ix.Parse(retrieval.Query{Text: text})
			}
		})
	}
}

func benchmarkRanker(b *testing.B, pick func(*Index) retrieval.Ranker) {
	b.Helper()
	ix := synthetic(b)
	r := pick(ix)
	q := ix.Parse(retrieval.Query{Text: benchQuery + retrievaltest.Unique(77)})
	for b.Loop() {
		if _, err := r.Rank(b.Context(), q, 300); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWords(b *testing.B) { benchmarkRanker(b, (*Index).Words) }

func BenchmarkGrams(b *testing.B) { benchmarkRanker(b, (*Index).Grams) }

func BenchmarkSearch(b *testing.B) {
	ix := synthetic(b)
	search := retrieval.New(ix.fwd, ix, []retrieval.Weighted{{Ranker: ix.Words(), Weight: 1}, {Ranker: ix.Grams(), Weight: 0.5}}, retrieval.Options{})
	i := 0
	for b.Loop() {
		i++
		if _, err := search.Search(b.Context(), retrieval.Query{Text: fmt.Sprint(benchQuery, retrievaltest.Unique(i%5000))}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	fwd := synthetic(b).fwd
	for b.Loop() {
		New(fwd, nil, Options{})
	}
}
