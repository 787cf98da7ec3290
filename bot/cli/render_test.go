package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
)

// disputed is an answer with a disagreement, two quotes of one article, and one that
// another article bears out.
var disputed = &answer.Answer{
	Claims: []answer.Claim{
		{Text: "The Paper: The talks took nearly five hours.", Citations: []int{1}},
		{Text: "b: They took four hours.", Citations: []int{2}},
		{Text: "They ended at midnight.", Citations: []int{3, 4}},
	},
	Conflicts: []answer.Conflict{{About: "The reports give different durations", Sides: []answer.Side{
		{Claim: "The Paper: The talks took nearly five hours.", Citations: []int{1}},
		{Claim: "b: They took four hours.", Citations: []int{2}},
	}}},
	Citations: []answer.Citation{
		{N: 1, ArticleID: "a", Title: "Five hours", Publisher: "The Paper", Published: time.Date(2025, 12, 3, 0, 0, 0, 0, time.UTC), Quote: "The talks took nearly five hours."},
		{N: 2, ArticleID: "b", Quote: "They took\nfour hours."},
		{N: 3, ArticleID: "b", Quote: "They ended at midnight."},
		{N: 4, ArticleID: "c", Title: "Midnight", Quote: "The delegations left around twelve."},
	},
}

// TestAnswerText guards what people see: the sides of a disagreement under their
// labels, each article once with all its numbers, and no sentence twice: what is quoted
// below is said nowhere else.
func TestAnswerText(t *testing.T) {
	want := `The reports give different durations:

The Paper, 3 December 2025
  The talks took nearly five hours. [1]

b
  They took four hours. [2]

They ended at midnight. [3][4]

Sources
  [1] Five hours
      The Paper · 3 December 2025
  [2][3] b
  [4] Midnight
      “The delegations left around
      twelve.”
`
	if got := rendered(t, false); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestAnswerColours guards that colours change nothing but the colour.
func TestAnswerColours(t *testing.T) {
	got := rendered(t, true)
	if plain := uncolored.ReplaceAllString(got, ""); plain != rendered(t, false) {
		t.Errorf("without its colours it is\n%s", plain)
	}
	for _, want := range []string{
		"\x1b[1;33mThe reports give different durations:\x1b[0m\n",
		" \x1b[36m[2]\x1b[0m\n",
		"\x1b[1mSources\x1b[0m\n",
	} {
		if !bytes.Contains([]byte(got), []byte(want)) {
			t.Errorf("%q is missing in\n%q", want, got)
		}
	}
}

// TestAnswerParts guards that a lead and what is not said stand beside the statements.
func TestAnswerParts(t *testing.T) {
	var b bytes.Buffer
	out := newOutput(Env{Stdout: &b, Getenv: noEnv})
	out.width = 40
	out.said(&answer.Answer{Lead: answer.Yes, Claims: []answer.Claim{{Text: "They met.", Citations: []int{1}}}, Unsaid: []string{"Who paid?"}})
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if want := "Yes. They met. [1]\n\nThe articles do not say: “Who paid?”\n"; b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func rendered(t *testing.T, color bool) string {
	t.Helper()
	var b bytes.Buffer
	out := newOutput(Env{Stdout: &b, Getenv: noEnv})
	out.width, out.color = 40, color
	out.answer(disputed)
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// shown is how an answer stands on a terminal without colours.
func shown(t *testing.T, a *answer.Answer) string {
	t.Helper()
	var b bytes.Buffer
	out := newOutput(Env{Stdout: &b, Getenv: noEnv})
	out.width = 70
	out.answer(a)
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAnswerLeads guards how an answer begins that somebody denies, or on which reports
// speak against one another, and that it tells from which question it goes on.
func TestAnswerLeads(t *testing.T) {
	denied := &answer.Answer{
		Lead: answer.Denied, DeniedBy: "Rita Holm", Follows: "Who leads the school?",
		Claims:    []answer.Claim{{Text: "Rita Holm denied it.", Citations: []int{1}}},
		Citations: []answer.Citation{{N: 1, ArticleID: "a", Title: "School", Quote: "Rita Holm denied it."}},
	}
	const want = `Not according to Rita Holm. Rita Holm denied it. [1]

I took this to go on from “Who leads the school?”.

Sources
  [1] School
`
	if got := shown(t, denied); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	contested := *disputed
	contested.Lead = answer.Contested
	contested.Conflicts = append([]answer.Conflict{{About: "The reports don’t agree", Sides: disputed.Conflicts[0].Sides}}, disputed.Conflicts...)
	const begins = "Disputed. The reports don’t agree:\n\nThe Paper, 3 December 2025\n"
	got := shown(t, &contested)
	if !strings.HasPrefix(got, begins) || strings.Count(got, "Disputed.") != 1 || strings.Contains(got, "I took this") {
		t.Errorf("got\n%s\nwant at its beginning, and nowhere else,\n%s", got, begins)
	}
}

// TestAnswerLines guards the lines of a list: each behind its day where it has one, the
// others under the first word.
func TestAnswerLines(t *testing.T) {
	var b bytes.Buffer
	out := newOutput(Env{Stdout: &b, Getenv: noEnv})
	out.width = 40
	day := time.Date(2025, 12, 3, 0, 0, 0, 0, time.UTC)
	out.said(&answer.Answer{Shape: answer.List, Intro: "I know 2 things.", Claims: []answer.Claim{
		{Text: "They met in the harbour and talked.", Citations: []int{1}, Day: day}, {Text: "It rained.", Citations: []int{2}},
	}})
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "I know 2 things.\n• 3 December 2025: They met in the\n  harbour and talked. [1]\n• It rained. [2]\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
