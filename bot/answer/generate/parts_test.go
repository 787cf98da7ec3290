package generate

import (
	"errors"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/extract"
)

// TestParts guards that each question of a message is put to the model, that what it
// took is counted, and that without it each is still answered.
func TestParts(t *testing.T) {
	const both = whatBonus + " And how long are night shifts limited to under the deal?"
	e, m := generative(t, writes(said{bonus, []string{bonus}}), writes(said{limited, []string{limited}}))
	var drafts []string
	a, err := e.Stream(t.Context(), answer.Question{Text: both}, func(text string) { drafts = append(drafts, text) })
	if err != nil {
		t.Fatal(err)
	}
	if len(m.prompts) != 2 || a.Usage.Requests != 2 || a.Engine != "scripted" {
		t.Errorf("got engine %s after %d prompts, %d counted, want 2 of the model", a.Engine, len(m.prompts), a.Usage.Requests)
	}
	for _, d := range drafts {
		if !strings.HasPrefix(a.Text, d) {
			t.Errorf("%q was shown, which %q does not begin with", d, a.Text)
		}
	}
	if !strings.Contains(a.Text, bonus) || !strings.Contains(a.Text, limited) || len(drafts) == 0 {
		t.Errorf("got %q, shown %q", a.Text, drafts)
	}
	for _, problem := range wrongWith(e.corpus, a) {
		t.Error(problem)
	}

	dead := newEngine(t, &scripted{scripts: []script{fails("", errors.New("gone"))}}, likely, Options{})
	if a, err = dead.Answer(t.Context(), answer.Question{Text: both}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, bonus) || !strings.Contains(a.Text, limited) || a.Note != answer.ModelFailed || a.Engine != extract.Name {
		t.Errorf("got %q by %s with note %q, want both quoted", a.Text, a.Engine, a.Note)
	}
	for _, problem := range wrongWith(dead.corpus, a) {
		t.Error(problem)
	}
}
