package lexicon

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/retrieval/lexicon/internal/table"
)

func open(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func relation(l *Lexicon, from, to string) Relation {
	for _, r := range l.Related(from) {
		if r.Word == to {
			return r
		}
	}
	return Relation{}
}

func TestRelated(t *testing.T) {
	l := open(t)
	tests := []struct {
		from, to string
		kind     Kind
		least    float64
	}{
		{"begin", "start", Synonym, 0.5},
		{"film", "movie", Synonym, 0.5},
		{"movies", "film", Synonym, 0.5},
		{"troubles", "trouble", Form, 0.9},
		{"troubles", "difficulty", Synonym, 0.1},
		{"negotiate", "negotiation", Derived, 0.5},
		{"negotiation", "negotiate", Derived, 0.5},
		{"embassy", "building", Hypernym, 0.2},
		{"embassy", "diplomatic", Gloss, 0.1},
		{"envoy", "representative", Hypernym, 0.05},
		{"politician", "leader", Hypernym, 0.2},
		{"leader", "politician", Hyponym, 0.3},
		{"russian", "russia", Pertain, 0.5},
		{"russia", "russian", Pertain, 0.5},
		{"french", "france", Pertain, 0.5},
		{"american", "america", Pertain, 0.5},
		{"american", "US", Synonym, 0.3},
		{"america", "US", Synonym, 0.3},
		{"US", "united states", Synonym, 0.5},
		{"US", "america", Synonym, 0.3},
		{"u.s.", "america", Synonym, 0.3},
		{"moscow", "russia", Capital, 0.4},
		{"russia", "moscow", Capital, 0.3},
		{"washington", "america", Capital, 0.3},
		{"washington", "US", Capital, 0.2},
		{"kyiv", "ukraine", Capital, 0.5},
		{"kyiv", "kiev", Synonym, 0.9},
		{"kremlin", "moscow", Part, 0.2},
		{"ceasefire", "truce", Synonym, 0.9},
		{"diplomatic building", "embassy", Hyponym, 0.3},
		{"take place", "happen", Synonym, 0.5},
	}
	for _, tt := range tests {
		t.Run(tt.from+" "+tt.to, func(t *testing.T) {
			got := relation(l, tt.from, tt.to)
			if got.Weight < tt.least {
				t.Errorf("weight = %.2f, want %.2f or more", got.Weight, tt.least)
			}
			if got.Kind != tt.kind && (got.Kind != Derived || tt.kind != Pertain) {
				t.Errorf("kind = %v, want %v", got.Kind, tt.kind)
			}
		})
	}
}

func TestRelatedNot(t *testing.T) {
	l := open(t)
	tests := []struct {
		from, to, why string
	}{
		{"begin", "get", "a rare sense of get"},
		{"moscow", "kiev", "instances of one class"},
		{"us", "america", "a pronoun"},
		{"who", "organization", "a pronoun"},
		{"it", "technology", "a pronoun"},
		{"eu", "europium", "the symbol of an element"},
		{"president", "person", "too general"},
		{"increase", "decrease", "an antonym"},
		{"begin", "begin", "itself"},
		{"zzyzx", "begin", "an unknown word"},
		{"", "begin", "no word"},
	}
	for _, tt := range tests {
		if got := relation(l, tt.from, tt.to); got.Weight > 0 {
			t.Errorf("%q is related to %q (%s): %+v", tt.from, tt.to, tt.why, got)
		}
	}
}

func TestSimilarity(t *testing.T) {
	l := open(t)
	tests := []struct {
		a, b        string
		least, most float64
	}{
		{"begin", "begins", 1, 1},
		{"wrestling", "battling", 0.1, 0.9},
		{"protect", "security", 0.1, 0.6},
		{"promise", "guarantee", 0.2, 0.9},
		{"jailed", "prison", 0.1, 0.9},
		{"moscow", "kiev", 0, 0.01},
		{"increase", "decrease", 0, 0},
		{"president", "banana", 0, 0.05},
		{"zzyzx", "zzyzx", 0, 0},
	}
	for _, tt := range tests {
		if got := l.Similarity(tt.a, tt.b); got < tt.least || got > tt.most {
			t.Errorf("Similarity(%q, %q) = %.3f, want %.2f to %.2f", tt.a, tt.b, got, tt.least, tt.most)
		}
	}
	for _, p := range readPairs(t) {
		if x, y := l.Similarity(p.a, p.b), l.Similarity(p.b, p.a); x != y {
			t.Errorf("Similarity(%q, %q) = %v, the other way %v", p.a, p.b, x, y)
		}
	}
}

func TestLemmas(t *testing.T) {
	l := open(t)
	tests := []struct {
		word string
		want []string
	}{
		{"troubles", []string{"trouble"}},
		{"wrestling", []string{"wrestling", "wrestle"}},
		{"wrapped", []string{"wrapped", "wrap"}},
		{"left", []string{"left", "leave"}},
		{"women", []string{"woman"}},
		{"countries", []string{"country"}},
		{"went", []string{"go"}},
		{"happier", []string{"happy"}},
		{"Kyiv", []string{"kyiv"}},
		{"U.S.", []string{"US"}},
		{"USA", []string{"US"}},
		{"US", []string{"US"}},
		{"us", nil},
		{"glass", []string{"glass"}},
		{"zzyzxs", nil},
	}
	for _, tt := range tests {
		if got := l.Lemmas(tt.word); !slices.Equal(got, tt.want) {
			t.Errorf("Lemmas(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestMultiWord(t *testing.T) {
	l := open(t)
	tests := []struct {
		text string
		at   int
		n    int
		to   string
	}{
		{"they wrapped up the talks", 1, 2, "finish off"},
		{"it took place in may", 1, 2, "happen"},
		{"two prime ministers met", 1, 2, "premier"},
		{"the united states of america", 1, 4, "US"},
		{"in the united states", 2, 2, "US"},
		{"the talks", 0, 0, ""},
		{"talks", 0, 0, ""},
	}
	for _, tt := range tests {
		n, rel := l.MultiWord(strings.Fields(tt.text), tt.at)
		if n != tt.n {
			t.Errorf("MultiWord(%q, %d) = %d words, want %d", tt.text, tt.at, n, tt.n)
		}
		if tt.to != "" && !slices.ContainsFunc(rel, func(r Relation) bool { return r.Word == tt.to }) {
			t.Errorf("MultiWord(%q, %d) is not related to %q", tt.text, tt.at, tt.to)
		}
	}
}

func TestDeterministic(t *testing.T) {
	a, b := open(t), open(t)
	for i := 0; i < a.words.Lemmas(); i += 97 {
		word := a.words.Text(uint32(i))
		x, y := a.Related(word), b.Related(word)
		if !reflect.DeepEqual(x, y) {
			t.Fatalf("Related(%q) differs between two lexicons", word)
		}
	}
}

func TestOpenRejectsDamage(t *testing.T) {
	whole := data
	defer func() { data = whole }()
	half := len(whole) / 2
	data = whole[:half] + string([]byte{whole[half] ^ 1}) + whole[half+1:]
	if _, err := Open(); !errors.Is(err, table.ErrCorrupt) {
		t.Errorf("Open of damaged data: %v, want %v", err, table.ErrCorrupt)
	}
}

// checkRelations holds what every answer keeps to.
func checkRelations(t *testing.T, l *Lexicon, word string) {
	t.Helper()
	rel := l.Related(word)
	if len(rel) > maxRelations {
		t.Errorf("Related(%q) has %d relations", word, len(rel))
	}
	seen := make(map[string]bool)
	for i, r := range rel {
		if r.Weight < minWeight || r.Weight > 1 || math.IsNaN(r.Weight) || r.Kind >= kinds || seen[r.Word] || r.Word == word {
			t.Errorf("Related(%q)[%d] = %+v", word, i, r)
		}
		seen[r.Word] = true
	}
}

func TestAllRelations(t *testing.T) {
	l := open(t)
	for i := range l.words.Lemmas() {
		checkRelations(t, l, l.words.Text(uint32(i)))
	}
}

func FuzzRelated(f *testing.F) {
	l := open(f)
	for _, s := range []string{"begin", "US", "cease-fire", "took place", "", "ééé", "s", "ses", "men", "...", "\xff", strings.Repeat("a", 300)} {
		f.Add(s, "start")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		checkRelations(t, l, a)
		x, y := l.Similarity(a, b), l.Similarity(b, a)
		if x != y || x < 0 || x > 1 || math.IsNaN(x) {
			t.Errorf("Similarity(%q, %q) = %v, the other way %v", a, b, x, y)
		}
		if len(l.Lemmas(a)) > 0 && l.Similarity(a, a) != 1 {
			t.Errorf("Similarity(%q, itself) = %v", a, l.Similarity(a, a))
		}
		words := strings.Fields(a + " " + b)
		for i := range words {
			if n, _ := l.MultiWord(words, i); n == 1 || n < 0 || i+n > len(words) {
				t.Errorf("MultiWord(%q, %d) = %d words", words, i, n)
			}
		}
	})
}

func benchWords() []string {
	return strings.Fields("president funding troubles negotiate embassy russian guarantee protect wrestling battle begin house said meeting")
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := Open(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRelated(b *testing.B) {
	l, words, i := open(b), benchWords(), 0
	b.ReportAllocs()
	for b.Loop() {
		l.Related(words[i%len(words)])
		i++
	}
}

func BenchmarkNeighbourhood(b *testing.B) {
	l, words, i := open(b), benchWords(), 0
	b.ReportAllocs()
	for b.Loop() {
		l.Neighbourhood(words[i%len(words)])
		i++
	}
}

func BenchmarkSimilarity(b *testing.B) {
	l, i := open(b), 0
	var list []Neighbourhood
	for _, w := range benchWords() {
		list = append(list, l.Neighbourhood(w))
	}
	b.ReportAllocs()
	for b.Loop() {
		list[i%len(list)].Similarity(list[(i+3)%len(list)])
		i++
	}
}

func BenchmarkMultiWord(b *testing.B) {
	l, i := open(b), 0
	words := strings.Fields("the prime minister said that talks took place in the united states and were wrapped up")
	for b.Loop() {
		l.MultiWord(words, i%len(words))
		i++
	}
}
