package reading

import (
	"fmt"
	"math"
	"testing"
	"time"

	"parley/corpus"
	"parley/retrieval"
	"parley/retrieval/analysis"
)

// brackwater are reports whose words are in one sentence each, but for "divers".
func brackwater() []corpus.Article {
	return []corpus.Article{
		{
			Title: "Storm at Thornquay", Publisher: "Tide Gazette", Published: time.Date(2033, time.April, 19, 0, 0, 0, 0, time.UTC),
			Body: "The quay lost its crane. Divers found the anchor. Ilka Moran paid.",
		},
		{Body: "Divers slept on the moor. In 2033 sheep slept on a Tuesday in spring."},
	}
}

// near reports whether a feature is what is wanted but for rounding.
func near(got, want float64) bool { return math.Abs(got-want) < 1e-9 }

// TestTermFeatures guards what is counted of a question's words.
func TestTermFeatures(t *testing.T) {
	d := lay(t, brackwater()...)
	unknown := d.fwd.SentenceIDF(analysis.NoTerm)
	quay, divers := d.idf("quay"), d.idf("divers")
	if !(divers < quay && quay < unknown) {
		t.Fatalf("the words weigh %v, %v and %v", divers, quay, unknown)
	}
	const crane, moor = "crane", "Divers slept"
	tests := []struct {
		name     string
		feature  Feature
		terms    []retrieval.Term
		sentence string
		want     float64
	}{
		{"all", Coverage, d.words("quay crane"), crane, 1},
		{"half", Coverage, d.words("quay anchor"), crane, .5},
		{"none", Coverage, d.words("anchor"), crane, 0},
		{"no words", Coverage, nil, crane, 0},
		{"a light word counts less", Coverage, d.words("quay anchor:.5"), crane, 2. / 3},
		{"a rare word counts more", Coverage, d.words("quay divers"), crane, quay / (quay + divers)},
		{"a word that no article has", Coverage, d.words("quay zebra"), crane, quay / (quay + unknown)},
		{"a word of an earlier turn", Coverage, d.words("quay ~anchor"), crane, 1},
		{"another word for it", Coverage, []retrieval.Term{d.or("quay", .6)}, crane, .6},
		{"the best of two other words", Coverage, []retrieval.Term{d.or("crane", .7, "quay", .3)}, crane, .7},
		{"another word that is elsewhere", Coverage, []retrieval.Term{d.or("anchor", .6)}, crane, 0},

		{"no names", Lacking, d.words("zebra anchor"), crane, 0},
		{"a name of the sentence", Lacking, d.words("+quay"), crane, 0},
		{"a name of another sentence", Lacking, d.words("+moran"), crane, 0},
		{"a name of the title", Lacking, d.words("+thornquay"), crane, 0},
		{"a name of the outlet", Lacking, d.words("+gazette"), crane, 0},
		{"the year of the report", Lacking, d.words("2033"), crane, 0},
		{"the day of the week of the report", Lacking, d.words("+tuesday"), crane, 0},
		{"a name of another article", Lacking, d.words("+moran"), moor, 1},
		{"a number that no article has", Lacking, d.words("7777"), crane, 1},
		{"one of two names", Lacking, d.words("+moran +sheep"), crane, .5},
		{"one of two names and a word", Lacking, d.words("+moran +sheep spring zebra"), crane, .5},
		{"a rare name counts more", Lacking, d.words("+divers +quay"), moor, quay / (quay + divers)},
		{"a name of an earlier turn", Lacking, d.words("+moran ~+sheep"), crane, 0},
	}
	for _, tt := range tests {
		t.Run(Names()[tt.feature]+"/"+tt.name, func(t *testing.T) {
			d.t, d.found.Terms = t, tt.terms
			s := readOf(t, d.fwd.Corpus, d.read("What became of the quay?"), tt.sentence)
			if got := s.Features[tt.feature]; !near(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	d.t, d.found.Terms = t, []retrieval.Term{d.or("moran", .6)}
	d.found.Terms[0].Upper = true
	if got := readOf(t, d.fwd.Corpus, d.read("What became of the quay?"), crane).Features[Lacking]; !near(got, .4) {
		t.Errorf("with another spelling of a name: lacking is %v, want .4", got)
	}
}

// TestLackingDate guards that a report has the words of its own date, and no other
// one's.
func TestLackingDate(t *testing.T) {
	d := lay(
		t,
		corpus.Article{Body: "The quay lost its crane.", Published: time.Date(2033, time.April, 5, 0, 0, 0, 0, time.UTC)},
		corpus.Article{Body: "Divers slept on the moor."},
	)
	const dated, undated = "crane", "Divers slept"
	for _, tt := range []struct {
		word, sentence string
		want           float64
	}{
		{"2033", dated, 0},
		{"+april", dated, 0},
		{"5", dated, 0},
		{"05", dated, 0},
		{"+tuesday", dated, 0},
		{"+monday", dated, 1},
		{"+may", dated, 1},
		{"2032", dated, 1},
		{"6", dated, 1},
		{"3", dated, 1}, // a part of the year
		{"+april +moran", dated, .5},
		{"2033", undated, 1},
		{"+april", undated, 1},
		{"1", undated, 1}, // as in the date that a report without one has
		{"0001", undated, 1},
	} {
		t.Run(tt.word+" "+tt.sentence, func(t *testing.T) {
			d.t, d.found.Terms = t, d.words(tt.word)
			s := readOf(t, d.fwd.Corpus, d.read("What became of the quay?"), tt.sentence)
			if got := s.Features[Lacking]; !near(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// TestLackingLong guards that of an article without end the beginning is looked
// through.
func TestLackingLong(t *testing.T) {
	body := ""
	for i := range 201 {
		body += fmt.Sprintf("Ferry x%d sails. ", i)
	}
	d := lay(t, corpus.Article{Body: body})
	for word, want := range map[string]float64{"+x199": 0, "+x200": 1} {
		d.found.Terms = d.words(word)
		if got := d.read("Does the ferry sail?")[0].Features[Lacking]; got != want {
			t.Errorf("%s: got %v, want %v", word, got, want)
		}
	}
}

// TestHitFeatures guards what a sentence has of its passage's place in the search.
func TestHitFeatures(t *testing.T) {
	d := lay(t, ferries(3)...)
	d.found.Hits[0].Match = 2
	d.found.Hits[1].Match = 4 // a hit that was marked down
	d.found.Hits[2].Match = 1
	check := func(name string, f Feature, want ...float64) {
		t.Helper()
		read := d.read("Does the ferry sail?")
		for i, w := range want {
			if got := readOf(t, d.fwd.Corpus, read, fmt.Sprintf("Ferry %d ", i)).Features[f]; !near(got, w) {
				t.Errorf("%s: %s of sentence %d is %v, want %v", name, Names()[f], i, got, w)
			}
		}
	}
	check("three hits", Match, .5, 1, .25)
	for i := range d.found.Hits {
		d.found.Hits[i].Match = 0
	}
	check("hits without a match", Match, 0, 0, 0)

	// The best match counts although no sentence of its passage is read.
	d = lay(t, ferries(21)...)
	d.found.Hits[20].Match = 2
	check("the best match behind those that are read", Match, .5, .5)
}

// TestComparedFeatures guards what a sentence is beside the others.
func TestComparedFeatures(t *testing.T) {
	d := lay(t, corpus.Article{Body: "Ferries sail at noon."}, corpus.Article{Body: "The pier is closed."}, corpus.Article{Body: "Rain fell."})
	d.cosines = map[int]float64{0: .8, 1: .6, 2: .1}
	read := d.read("When do the ferries sail?")
	if len(read) != 3 {
		t.Fatalf("%d sentences were read", len(read))
	}
	by := map[int]Features{}
	for _, s := range read {
		by[s.Number] = s.Features
	}
	for n, want := range map[int]float64{0: .8, 1: .6, 2: .1} {
		if got := by[n][Cosine]; math.Abs(got-want) > .005 {
			t.Errorf("the cosine of sentence %d is %v, want %v", n, got, want)
		}
	}
	above := func(f Feature, n int) float64 {
		best := math.Inf(-1)
		for i, o := range by {
			if i != n {
				best = max(best, o[f])
			}
		}
		return by[n][f] - best
	}
	for n := range by {
		for f, want := range map[Feature]float64{Apart: above(Cosine, n), Rivals: above(Answers, n)} {
			if got := by[n][f]; !near(got, want) {
				t.Errorf("%s of sentence %d is %v, want %v", Names()[f], n, got, want)
			}
		}
	}
	if by[0][Answers] == by[1][Answers] || by[0][Answers] == by[2][Answers] {
		t.Errorf("sentences have the same log-odds: %v", by)
	}
	alone := lay(t, corpus.Article{Body: "Ferries sail at noon."})
	alone.cosines[0] = .8
	if f := alone.read("When do the ferries sail?")[0].Features; f[Apart] != 0 || f[Rivals] != 0 {
		t.Errorf("the only sentence is %v and %v above the others, want 0", f[Apart], f[Rivals])
	}
}
