package factcheck

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/bot/answer/reading"
	"parley/bot/answertest"
	"parley/corpus"
)

// ledger are reports of a ferry and of a vote that two of them tell otherwise.
func ledger() []corpus.Article {
	return []corpus.Article{
		{ID: "ferry", Title: "Ferry to Lundra sails again", Publisher: "Coast Mail", Body: "The ferry to Lundra sails again on Mondays. " +
			"Captain Edda Holm rescued the sailor Joris Pell from the icy water in March. " +
			"She carries a crew of 14. " +
			"The new engine cost $3 million."},
		{ID: "vote", Title: "Lundra votes on its bridge", Publisher: "Island Post", Body: "The vote on the Lundra bridge lasted nine hours. " +
			"Mayor Aron Feld did not attend the count. " +
			"Islanders rejected the bridge by 420 votes to 388."},
		{ID: "count", Title: "A long count", Publisher: "Coast Mail", Body: "The vote on the Lundra bridge lasted seven hours. " +
			"Fishermen waited in the school."},
		{ID: "school", Title: "The school in Lundra", Publisher: "Island Post", Body: "The school in Lundra has a new roof. Its pupils sing."},
		{ID: "music", Title: "Music in Lundra", Publisher: "Coast Mail", Body: "A choir sang in Lundra on Sunday. Many wept."},
	}
}

var shared = sync.OnceValues(func() (*reading.Reader, error) { return answertest.Reader(ledger()) })

func newChecker(t testing.TB) *Checker {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return New(r)
}

// check holds a text against the articles and checks what holds of every check.
func check(t testing.TB, c *Checker, text string) *answer.Check {
	t.Helper()
	got, err := c.Check(t.Context(), text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	sound(t, c, got)
	return got
}

// sound checks what holds of every check.
func sound(t testing.TB, c *Checker, got *answer.Check) {
	t.Helper()
	want := map[answer.Verdict][2]bool{
		answer.Supported: {true, false}, answer.Contradicted: {false, true}, answer.Split: {true, true}, answer.NotSaid: {}, answer.NoStatement: {},
	}
	// The rules of citations are those of an answer.
	a := &answer.Answer{Citations: got.Citations}
	for _, s := range got.Statements {
		if all := slices.Concat(s.Supports, s.Contradicts); len(all) > 0 {
			a.Claims = append(a.Claims, answer.Claim{Text: s.Text, Citations: all})
		}
		sides, ok := want[s.Verdict]
		if has := [2]bool{len(s.Supports) > 0, len(s.Contradicts) > 0}; !ok || has != sides {
			t.Errorf("%q is %s with %d for and %d against", s.Text, s.Verdict, len(s.Supports), len(s.Contradicts))
		}
		if len(s.Supports) > perSide || len(s.Contradicts) > perSide {
			t.Errorf("%q has %d for and %d against, want %d at most", s.Text, len(s.Supports), len(s.Contradicts), perSide)
		}
		if s.Confidence < 0 || s.Confidence > 1 {
			t.Errorf("%q: the confidence is %v", s.Text, s.Confidence)
		}
		if len(s.Nearest) > 0 != (s.Verdict == answer.NotSaid) {
			t.Errorf("%q is %s and names %d articles", s.Text, s.Verdict, len(s.Nearest))
		}
	}
	for _, problem := range quote.Verify(c.corpus, a) {
		t.Error(problem)
	}
}

// cites reports whether some citation has a text.
func cites(c *answer.Check, text string) bool {
	return slices.ContainsFunc(c.Citations, func(c answer.Citation) bool { return strings.Contains(c.Quote, text) })
}
