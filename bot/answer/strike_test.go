package answer

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"parley/corpus"
	"parley/retrieval/lexicon"
	"parley/retrieval/library"
	"parley/retrieval/wordvec"
)

// readStrike reads the reports about a strike that never was. They differ on
// durations, figures and blame, and one of them gives orders.
func readStrike(t testing.TB) []corpus.Article {
	t.Helper()
	reading, err := corpus.Read(t.Context(), []string{"testdata/strike"}, corpus.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(reading.Refused) > 0 || len(reading.Articles) != 8 {
		t.Fatalf("testdata/strike: got %d articles, %d refused: %v", len(reading.Articles), len(reading.Refused), reading.Refused)
	}
	return reading.Articles
}

// newEngine builds an engine over articles the way the program does.
func newEngine(t testing.TB, articles []corpus.Article, opts Options) *Engine {
	t.Helper()
	words, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	s, err := library.Build(t.Context(), &corpus.Reading{Articles: articles}, library.Options{Lexicon: words}, nil)
	if err != nil {
		t.Fatal(err)
	}
	opts.Lexicon = s.Lexicon
	if opts.Vectors, err = wordvec.Open(); err != nil {
		t.Fatal(err)
	}
	return New(s.Index, opts)
}

var strike struct {
	once   sync.Once
	engine *Engine
}

// strikeEngine returns the engine over the strike. It is immutable, so one
// serves all tests.
func strikeEngine(t testing.TB) *Engine {
	t.Helper()
	strike.once.Do(func() { strike.engine = newEngine(t, readStrike(t), Options{}) })
	if strike.engine == nil {
		t.Fatal("the engine over testdata/strike could not be made")
	}
	return strike.engine
}

// ask asks and checks what holds of every answer.
func ask(t testing.TB, e *Engine, q Question) *Answer {
	t.Helper()
	a, err := e.Answer(t.Context(), q)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	for _, problem := range wrongWith(e.fwd.Corpus, a) {
		t.Errorf("%q: %s", clip(q.Text, 200), problem)
	}
	return a
}

// wrongWith lists what no answer to whatever question may be.
func wrongWith(c *corpus.Corpus, a *Answer) []string {
	wrong := Verify(c, a)
	problem := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, cite := range a.Citations {
		i, ok := c.Lookup(cite.ArticleID)
		if !ok {
			problem("no article %q", cite.ArticleID)
			continue
		}
		art := &c.Articles[i]
		if got, want := cite.Quote, art.Body[cite.Start:cite.End]; got != want {
			problem("citation %d quotes %q where the article has %q", cite.N, got, want)
		}
		if cite.Title != art.Title || cite.Publisher != art.Publisher || cite.URL != art.URL || !cite.Published.Equal(art.Published) {
			problem("citation %d is not labelled as its article is: %+v", cite.N, cite)
		}
		if !strings.Contains(a.Text, fmt.Sprintf("[%d]", cite.N)) {
			problem("the text has no mark for citation %d: %s", cite.N, a.Text)
		}
	}
	for _, side := range sides(a) {
		if !slices.ContainsFunc(a.Claims, func(c Claim) bool { return c.Text == side.Claim && slices.Equal(c.Citations, side.Citations) }) {
			problem("a side of a conflict is no claim: %+v", side)
		}
	}
	for _, claim := range a.Claims {
		if !strings.Contains(a.Text, ownMarks(claim.Text)) {
			problem("the text lacks a claim: %q", claim.Text)
		}
	}
	for _, c := range a.Conflicts {
		if c.About == "" || len(c.Sides) < 2 {
			problem("a conflict needs a name and two sides: %+v", c)
		}
	}
	if !utf8.ValidString(a.Text) || strings.TrimSpace(a.Text) == "" {
		problem("the text is not readable: %q", a.Text)
	}
	if !(a.Confidence >= 0 && a.Confidence <= 1) {
		problem("confidence is %v", a.Confidence)
	}
	if a.Abstained != (a.Reason != Answered) {
		problem("abstained is %v with reason %q", a.Abstained, a.Reason)
	}
	if a.Abstained == (len(a.Citations) > 0) || a.Abstained && len(a.Conflicts) > 0 {
		problem("abstained is %v with %d citations and %d conflicts", a.Abstained, len(a.Citations), len(a.Conflicts))
	}
	if a.Engine == "" {
		problem("no engine is named")
	}
	return wrong
}

func sides(a *Answer) []Side {
	var out []Side
	for _, c := range a.Conflicts {
		out = append(out, c.Sides...)
	}
	return out
}

// citing returns the numbers of the citations of an article whose quote holds a text.
func citing(a *Answer, article, text string) []int {
	var out []int
	for _, c := range a.Citations {
		if c.ArticleID == article && strings.Contains(c.Quote, text) {
			out = append(out, c.N)
		}
	}
	return out
}
