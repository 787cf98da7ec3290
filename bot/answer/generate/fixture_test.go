package generate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"parley/bot/answer"
	"parley/bot/answer/extract"
	"parley/bot/answer/quote"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/encoder"
	"parley/retrieval/library"
	"parley/retrieval/library/librarytest"
)

// strike is a snapshot of reports about a strike that never was. They differ on
// durations, figures and blame, and one of them gives orders. It is immutable, so
// one serves all tests.
var strike = sync.OnceValues(func() (*library.Snapshot, error) {
	ctx := context.Background()
	got, err := read.Read(ctx, []string{"testdata/strike"}, read.Options{})
	if err != nil {
		return nil, err
	}
	if len(got.Refused) > 0 || len(got.Articles) != 8 {
		return nil, fmt.Errorf("testdata/strike: got %d articles, %d refused: %v", len(got.Articles), len(got.Refused), got.Refused)
	}
	return librarytest.Build(ctx, got)
})

// sure are options of an engine that quotes something whatever it is asked, unsure
// of one that never does, and likely of one as people have it. How sure it must be is tested where it is decided.
var (
	sure   = extract.Options{Threshold: 1e-9, MaxSentences: 4}
	unsure = extract.Options{Threshold: 2, MaxSentences: 4}
	likely = extract.Options{Threshold: extract.DefaultThreshold, MaxSentences: 4}
)

// newEngine is an engine over the strike with some model, which it asks whatever
// it makes of the question.
func newEngine(t testing.TB, m answer.Completer, quotes extract.Options, o Options) *Engine {
	t.Helper()
	s, err := strike()
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		t.Fatal(err)
	}
	if o.Floor == 0 {
		o.Floor = 1e-12
	}
	return New(extract.New(s, pairs, quotes), m, openPrompts(t), o)
}

func openPrompts(t testing.TB) *Prompts {
	t.Helper()
	p, err := OpenPrompts()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// find is the number of the sentence that holds a text.
func find(t testing.TB, c *corpus.Corpus, text string) int {
	t.Helper()
	for i := range c.Sentences {
		if strings.Contains(c.SentenceText(i), text) {
			return i
		}
	}
	t.Fatalf("no sentence has %q", text)
	return -1
}

// passageOf is the first passage that has a sentence.
func passageOf(c *corpus.Corpus, sentence int) int {
	return slices.IndexFunc(c.Passages, func(p corpus.Passage) bool { return p.First <= sentence && sentence < p.Last })
}

// wrongWith lists what no answer to whatever question may be.
func wrongWith(c *corpus.Corpus, a *answer.Answer) []string {
	wrong := quote.Verify(c, a)
	problem := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, cite := range a.Citations {
		if !strings.Contains(a.Text, fmt.Sprintf("[%d]", cite.N)) {
			problem("the text has no mark for citation %d: %s", cite.N, a.Text)
		}
	}
	for _, conflict := range a.Conflicts {
		if conflict.About == "" || len(conflict.Sides) != 2 {
			problem("a conflict needs a name and two sides: %+v", conflict)
		}
		for _, side := range conflict.Sides {
			if !slices.ContainsFunc(a.Claims, func(c answer.Claim) bool { return c.Text == side.Claim && slices.Equal(c.Citations, side.Citations) }) {
				problem("a side of a conflict is no claim: %+v", side)
			}
		}
	}
	for _, claim := range a.Claims {
		if !strings.Contains(a.Text, claim.Text) {
			problem("the text lacks a claim: %q", claim.Text)
		}
	}
	if !utf8.ValidString(a.Text) || strings.TrimSpace(a.Text) == "" {
		problem("the text is not readable: %q", a.Text)
	}
	if !(a.Confidence >= 0 && a.Confidence <= 1) {
		problem("confidence is %v", a.Confidence)
	}
	if a.Abstained != (a.Reason != answer.Answered) || a.Abstained == (len(a.Citations) > 0) {
		problem("abstained is %v with reason %q and %d citations", a.Abstained, a.Reason, len(a.Citations))
	}
	if a.Engine == "" {
		problem("no engine is named")
	}
	return wrong
}

// abroadEngine quotes from a corpus.
func abroadEngine(t testing.TB, c *corpus.Corpus) *extract.Engine {
	t.Helper()
	s, err := librarytest.Build(t.Context(), &read.Reading{Articles: c.Articles})
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		t.Fatal(err)
	}
	return extract.New(s, pairs, sure)
}
