package suggest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/bot/answer"
	"parley/bot/answer/extract"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/analysis"
	"parley/retrieval/encoder"
	"parley/retrieval/library"
	"parley/retrieval/library/librarytest"
)

func snapshot(t *testing.T) *library.Snapshot {
	t.Helper()
	s, err := librarytest.Build(t.Context(), &read.Reading{Articles: []corpus.Article{{
		ID: "harbor", Title: "Crane drivers walk out", Publisher: "Sandmouth Mail",
		Body: "The crane drivers of Port Ellery walked out on Friday. Mara Quill leads the union of the crane drivers. Nineteen ships waited at anchor outside the harbor. " +
			"The strike was announced in April 2025. He said that the cranes were old. Tobin Hale, the director of the port, asked the drivers to return. " +
			"Director Tobin Hale offered the drivers a new contract. Mara Quill said that it was too little, and the talks went on.",
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func suggester(t *testing.T, s *library.Snapshot) (*Suggester, *extract.Engine) {
	t.Helper()
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New(s, pairs, extract.Options{Threshold: extract.DefaultThreshold, MaxSentences: 3})
	return New(s.Forward(), e), e
}

// TestAsk guards what question a sentence makes, and that most make none.
func TestAsk(t *testing.T) {
	for sentence, want := range map[string]string{
		"Mara Quill leads the union of the crane drivers.":                "Who leads the union of the crane drivers?",
		"Mayor Edda Kovalenko opened the new library of Orlen on Monday.": "Who opened the new library of Orlen on Monday?",
		"Nineteen ships waited at anchor outside the harbor.":             "How many ships waited at anchor outside the harbor?",
		"The strike of the drivers was announced in April 2025.":          "When was the strike of the drivers announced?",
		"Orlen will host the games in May 2032.":                          "When will Orlen host the games?",
		"Mara Quill said that he was too old for a crane.":                "", // who?
		"He said that the cranes of the harbor were old.":                 "",
		"“The cranes are old,” said Mara Quill of the union.":             "",
		"Mara Quill left.": "", // asks for nothing
		"Mara Quill, who leads the union of the crane drivers, left at noon.": "",
		"The drivers of the cranes are too old to climb.":                     "",
		"Ships waited.": "",
	} {
		c, err := corpus.New([]corpus.Article{{ID: "a", Body: sentence + " The mayor may call a mayor or a director."}})
		if err != nil {
			t.Fatal(err)
		}
		s := New(analysis.Analyze(c), nil)
		if got := s.ask(0).text; got != want {
			t.Errorf("%q: got %q, want %q", sentence, got, want)
		}
	}
}

// TestSuggest guards that what is offered is answered, from what was not shown, and was
// not asked before.
func TestSuggest(t *testing.T) {
	s, e := suggester(t, snapshot(t))
	const asked = "When did the crane drivers of Port Ellery walk out?"
	a, err := e.Answer(t.Context(), answer.Question{Text: asked})
	if err != nil || a.Abstained {
		t.Fatalf("got %+v, %v", a, err)
	}
	got, err := s.Suggest(t.Context(), []string{asked}, a, 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || !slices.Contains(got, "Who leads the union of the crane drivers?") || !slices.Contains(got, "Who is Tobin Hale?") {
		t.Errorf("got %q", got)
	}
	for _, q := range got {
		b, err := e.Answer(t.Context(), answer.Question{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if b.Abstained || b.Confidence < sure || b.Citations[0].Quote == a.Citations[0].Quote || utf8.RuneCountInString(q) > longest {
			t.Errorf("%q is offered and answered by %q at %v", q, b.Text, b.Confidence)
		}
	}
	again, err := s.Suggest(t.Context(), append(got, asked), a, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range again {
		if slices.Contains(got, q) {
			t.Errorf("%q is offered again", q)
		}
	}
	about, err := s.Suggest(t.Context(), []string{asked, "What did Mara Quill say?"}, a, 3)
	if err != nil || slices.ContainsFunc(about, func(q string) bool { return strings.HasPrefix(q, "Who leads") || strings.Contains(q, "Mara") }) {
		t.Errorf("got %q, %v, of whom they have talked", about, err)
	}
	if one, err := s.Suggest(t.Context(), []string{asked}, a, 1); err != nil || len(one) != 1 {
		t.Errorf("got %q, %v, want one", one, err)
	}
	if none, err := s.Suggest(t.Context(), []string{asked}, &answer.Answer{Abstained: true}, 3); err != nil || len(none) > 0 {
		t.Errorf("got %q, %v for a refusal", none, err)
	}
}

// doubtful answers anything, but not surely, or not at all.
type doubtful struct {
	confidence float64
	asked      int
	err        error
}

func (d *doubtful) Answer(context.Context, answer.Question) (*answer.Answer, error) {
	d.asked++
	return &answer.Answer{Confidence: d.confidence, Citations: []answer.Citation{{ArticleID: "harbor", Span: corpus.Span{Start: 51, End: 60}}}}, d.err
}

// TestChecked guards that nothing is offered that is not surely answered from where it
// should be, and that trying ends.
func TestChecked(t *testing.T) {
	f := snapshot(t).Forward()
	a := &answer.Answer{Citations: []answer.Citation{{ArticleID: "harbor", Span: corpus.Span{Start: 0, End: 10}}}}
	unsure := &doubtful{confidence: sure - .01}
	if got, err := New(f, unsure).Suggest(t.Context(), nil, a, 3); err != nil || len(got) > 0 || unsure.asked == 0 || unsure.asked > checks {
		t.Errorf("got %q, %v after %d tries", got, err, unsure.asked)
	}
	elsewhere := &doubtful{confidence: .99}
	got, err := New(f, elsewhere).Suggest(t.Context(), nil, a, 3)
	if err != nil || slices.ContainsFunc(got, func(q string) bool { return strings.HasPrefix(q, "How many") }) {
		t.Errorf("got %q, %v: it is answered by another sentence", got, err)
	}
	failing := &doubtful{err: errors.New("no")}
	if _, err := New(f, failing).Suggest(t.Context(), nil, a, 3); !errors.Is(err, failing.err) || failing.asked != 1 {
		t.Errorf("got %v after %d tries", err, failing.asked)
	}
}
