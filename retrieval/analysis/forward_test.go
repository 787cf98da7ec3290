package analysis

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"parley/corpus"
)

func analyze(t testing.TB, articles ...corpus.Article) *Forward {
	t.Helper()
	c, err := corpus.New(articles)
	if err != nil {
		t.Fatalf("new corpus: %v", err)
	}
	return Analyze(c)
}

func talks() []corpus.Article {
	return []corpus.Article{
		{
			ID: "a", Title: "Putin meets U.S. envoys", Publisher: "The Kremlin Post",
			Body: "Putin met Witkoff. The talks lasted five hours.\n\nThe US’s envoy left Moscow.",
		},
		{ID: "b", Title: "Envoys leave", Body: "Witkoff said the meeting was useful. Kushner said so, too."},
		{ID: "c", Body: "The weather was fine in Ærø."},
	}
}

func TestAnalyzeCounts(t *testing.T) {
	f := analyze(t, talks()...)
	tests := []struct {
		name, word         string
		passages, articles int
	}{
		{"in text", "moscow", 1, 1},
		{"in title and text, once a passage", "putin", 1, 1},
		{"in several articles", "witkoff", 2, 2},
		{"in a title alone", "leave", 2, 2}, // "left" in the one, "leave" in the other
		{"in a publisher alone", "kremlin", 1, 1},
		{"another form", "meeting", 2, 2},
		{"a form that is nowhere", "meets", 2, 2},
		{"a form the corpus does not hold", "lasting", 1, 1},
		{"acronym", "US", 1, 1},
		{"number word", "5", 1, 1},
		{"diacritics", "aero", 1, 1},
		{"not there", "trump", 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id := f.Lookup(tt.word)
			if got := f.DocFreq(id); got != tt.passages {
				t.Errorf("DocFreq(%q): got %d, want %d", tt.word, got, tt.passages)
			}
			if got := f.ArticleFreq(id); got != tt.articles {
				t.Errorf("ArticleFreq(%q): got %d, want %d", tt.word, got, tt.articles)
			}
			term, ok := f.TermOf(tt.word)
			if ok != (tt.passages > 0) || term != id {
				t.Errorf("TermOf(%q): got %d and %t, Lookup gives %d", tt.word, term, ok, id)
			}
		})
	}
	if id := f.Lookup("the"); id == NoTerm || !f.Stop(id) {
		t.Errorf(`Lookup("the"): got %d, want a stop word`, id)
	}
	if _, ok := f.TermOf("the"); ok {
		t.Error(`TermOf("the"): got a term, want none for a stop word`)
	}
	if id := f.Lookup("us"); id != NoTerm {
		t.Errorf(`Lookup("us"): got %q, want none: only the country is in the articles`, f.Terms[id])
	}
}

func TestAnalyzeWords(t *testing.T) {
	f := analyze(t, talks()...)
	for _, want := range []Word{
		{Text: "envoys", Count: 2, Upper: 1},
		{Text: "US", Count: 2, Upper: 2},
		{Text: "said", Count: 2},
		{Text: "kremlin", Count: 1, Upper: 1},
	} {
		found := false
		for _, got := range f.Words {
			if got.Text == want.Text {
				found = true
				want.Term = f.Lookup(want.Text)
				if got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
		}
		if !found {
			t.Errorf("word %q is missing", want.Text)
		}
	}
}

// TestAnalyzeToks: what the forward index holds is what Tokenize gives, at the
// same offsets, and the counts are those of a plain recount.
func TestAnalyzeToks(t *testing.T) {
	f := analyze(t, talks()...)
	c := f.Corpus
	check := func(where, text string, toks []Tok) {
		t.Helper()
		want := Tokenize(text)
		if len(toks) != len(want) {
			t.Fatalf("%s: got %d words, want %d", where, len(toks), len(want))
		}
		for i, w := range want {
			got := toks[i]
			if int(got.Start) != w.Start || int(got.End) != w.End || f.Words[got.Word].Text != w.Word ||
				got.Upper != w.Upper || got.Number != w.Number || got.Stop != IsStop(w.Word) {
				t.Errorf("%s: got %+v, want %+v", where, got, w)
			}
			if term := f.Words[got.Word].Term; got.Term != term || f.Lookup(w.Word) != term {
				t.Errorf("%s: word %q has term %d, Lookup gives %d", where, w.Word, got.Term, f.Lookup(w.Word))
			}
		}
	}
	for i := range c.Sentences {
		check(fmt.Sprint("sentence ", i), c.SentenceText(i), f.Sentence(i))
	}
	for a := range c.Articles {
		check(fmt.Sprint("title ", a), c.Articles[a].Title, f.Titles[a])
		check(fmt.Sprint("publisher ", a), c.Articles[a].Publisher, f.Publishers[a])
	}
	df := make([]int, len(f.Terms))
	for p := range c.Passages {
		seen := map[TermID]bool{}
		pass := &c.Passages[p]
		n := 0
		for s := pass.First; s < pass.Last; s++ {
			n += len(f.Sentence(s))
		}
		if len(f.Passage(p)) != n {
			t.Errorf("passage %d: got %d words, want %d", p, len(f.Passage(p)), n)
		}
		for _, toks := range [][]Tok{f.Passage(p), f.Titles[pass.Article], f.Publishers[pass.Article]} {
			for _, tok := range toks {
				seen[tok.Term] = true
			}
		}
		for term := range seen {
			df[term]++
		}
	}
	for id, want := range df {
		if got := f.DocFreq(TermID(id)); got != want {
			t.Errorf("DocFreq(%q): got %d, want %d", f.Terms[id], got, want)
		}
	}
}

func TestAnalyzeSmall(t *testing.T) {
	for n := range 3 {
		f := analyze(t, talks()[:n]...)
		if len(f.Titles) != n || len(f.Publishers) != n {
			t.Errorf("%d articles: got %d titles", n, len(f.Titles))
		}
		if got := f.Lookup("putin") != NoTerm; got != (n > 0) {
			t.Errorf("%d articles: Lookup finds %t", n, got)
		}
		for _, id := range []TermID{NoTerm, f.Lookup("putin"), f.Lookup("the")} {
			if idf := f.IDF(id); idf <= 0 || math.IsInf(idf, 0) || math.IsNaN(idf) {
				t.Errorf("%d articles: IDF(%d) is %v", n, id, idf)
			}
		}
		if f.DocFreq(NoTerm) != 0 || f.ArticleFreq(NoTerm) != 0 {
			t.Errorf("%d articles: a term that is not there is counted", n)
		}
	}
}

func TestAnalyzeWithoutWords(t *testing.T) {
	for _, body := range []string{"", "?!", "The of and."} {
		f := analyze(t, corpus.Article{ID: "a", Body: body})
		if _, ok := f.TermOf("the"); ok {
			t.Errorf("body %q: a stop word is a term", body)
		}
		if f.Lookup("putin") != NoTerm {
			t.Errorf("body %q: a word is found", body)
		}
	}
}

// TestIDF: the more passages hold a term, the less it says, and one that none
// holds says most.
func TestIDF(t *testing.T) {
	const n = 40
	articles := make([]corpus.Article, n)
	for i := range articles {
		// "worda" is in all, "wordaa" in all but one, and so on.
		var b strings.Builder
		for w := range n - i {
			fmt.Fprint(&b, "word", strings.Repeat("a", w+1), " ")
		}
		articles[i] = corpus.Article{ID: fmt.Sprint(i), Body: b.String()}
	}
	f := analyze(t, articles...)
	last := 0.0
	for w := range n {
		id := f.Lookup("word" + strings.Repeat("a", w+1))
		if got := f.DocFreq(id); got != n-w {
			t.Fatalf("word %d: got document frequency %d, want %d", w, got, n-w)
		}
		idf := f.IDF(id)
		if idf <= last {
			t.Errorf("document frequency %d: got IDF %v, want more than %v", n-w, idf, last)
		}
		last = idf
	}
	if got := f.IDF(NoTerm); got <= last {
		t.Errorf("a word that is nowhere: got IDF %v, want more than %v", got, last)
	}
	if got, want := f.IDF(f.Lookup("worda")), math.Log(1+0.5/40.5); math.Abs(got-want) > 1e-12 {
		t.Errorf("a word of all passages: got IDF %v, want %v", got, want)
	}
}

// TestAnalyzeIsReproducible guards that numbers of terms do not hang on map order.
func TestAnalyzeIsReproducible(t *testing.T) {
	want := analyze(t, talks()...)
	for range 5 {
		got := analyze(t, talks()...)
		if strings.Join(got.Terms, " ") != strings.Join(want.Terms, " ") || fmt.Sprint(got.Words) != fmt.Sprint(want.Words) {
			t.Fatal("two analyses number terms differently")
		}
	}
}

func BenchmarkTokenize(b *testing.B) {
	text := strings.Repeat("Mr. Putin’s U.S. guests talked for 5 hours about 25,000 well-known things in Zürich. ", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Tokenize(text)
	}
}
