package extract

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/reading"
	"parley/corpus"
)

// gazette are made-up articles of known days, with people of the same surname, names
// that can be written otherwise, and an acronym.
func gazette() []corpus.Article {
	return []corpus.Article{
		{
			ID: "budget", Title: "Council passes the budget", Publisher: "Orlen Gazette", Published: time.Date(2025, time.March, 3, 0, 0, 0, 0, time.UTC),
			Body: "The council of Orlen passed the budget on Monday. Anna Miller, the treasurer, said the new library costs 4 million crowns. Anna Miller was born in Sundby. Volodymyr Demchenko voted against the budget.",
		},
		{
			ID: "harbor", Title: "Ferry runs aground", Publisher: "Orlen Gazette", Published: time.Date(2025, time.March, 5, 0, 0, 0, 0, time.UTC),
			Body: "The ferry Osprey ran aground near Orlen. Tom Miller, the captain, said fog hid the rocks. Tom Miller was born in Kvern. The divers waited until the cease-fire of the winds. The National Ferry Agency is looking into it, in the season of 2029-30. Nobody in Norway was told.",
		},
		{
			ID: "school", Title: "School wins a prize", Publisher: "Orlen Gazette", Published: time.Date(2025, time.March, 4, 0, 0, 0, 0, time.UTC),
			Body: "Steve Brandt teaches physics in Orlen. Steven Brandt built a telescope with his pupils, said Mayor Edda Kovalenko. The telescope won a prize of the academy on Tuesday.",
		},
	}
}

func reports(t *testing.T) *Engine {
	t.Helper()
	return over(t, build(t, gazette()), Options{Threshold: DefaultThreshold, MaxSentences: 3})
}

// TestMissing guards what a refusal says of why, and what it does not claim.
func TestMissing(t *testing.T) {
	e := reports(t)
	for _, tt := range []struct {
		name, question, want string // how the text begins; what follows in it is a nearest sentence or titles
		not                  string
	}{
		{"a name", "What did Florence Nightingale cook?", "The articles do not say. No article mentions “Florence Nightingale”.", ""},
		{"a name with small words", "Why does Ursula von der Leyen sing?", "The articles do not say why. No article mentions “Ursula von der Leyen”.", ""},
		{"a new surname", "Who married Steve Nightingale?", "The articles do not say who. No article mentions “Steve Nightingale”.", ""},
		{"a possessive", "Where is Nightingale's umbrella?", "The articles do not say where. No article mentions “Nightingale” or “umbrella”.", ""},
		{"a first name before a known surname", "Did Bartholomew Kovalenko dance?", "The articles do not say.", "mentions"},
		{"a year", "What did the council decide in 2019?", "The articles do not say. No article mentions 2019; they are from 3 to 5 March 2025.", ""},
		{"a year within a span of two", "What did the council decide in 2030?", "The articles do not say.", "mentions"},
		{"the year of the articles", "What did the divers eat in 2025?", "The articles do not say.", "2025"},
		{"a later day", "What did the divers eat on 20 March 2025?", "The articles do not say. The newest is from 5 March 2025.", ""},
		{"a later year", "What did the divers eat in 2035?", "The articles do not say. The newest is from 5 March 2025.", ""},
		{"an earlier day of theirs", "What did the divers eat on 4 March?", "The articles do not say.", "newest"},
		{"a word with a hyphen", "What caused the ceasefire zebra?", "The articles do not say.", "ceasefire"},
		{"an acronym", "When did the NFA sleep?", "The articles do not say when.", "NFA"},
		{"another form", "What do Norwegians cook?", "The articles do not say.", "mentions"},
		{"what somebody does", "Did the captain yodel?", "The articles do not say.", "mentions"},
		{"what is not named", "Did anyone else yodel anything, or somebody?", "The articles do not say.", "mentions"},
		{"form", "Which zebra was there, in bullets, yes", "The articles do not say. No article mentions “zebra”.", "bullets"},
		{"a verb that opens", "Forget whom the zebra saw", "The articles do not say.", "Forget"},
		{"an outlet", "Did Gazette yodel?", "The articles do not say.", "mentions"},
		{"a weekday", "Which divers yodel on Saturday?", "The articles do not say.", "Saturday"},
		{"how much", "How much do the pupils eat?", "The articles do not say how much.", ""},
		{"two things at once", "When and why do the pupils eat?", "The articles do not say.", "say when"},
	} {
		a := ask(t, e, answer.Question{Text: tt.question})
		if !a.Abstained || !strings.HasPrefix(a.Text, tt.want) || tt.not != "" && strings.Contains(strings.SplitN(a.Text, "\n", 2)[0], tt.not) {
			t.Errorf("%s: %q: got %q, want %q without %q", tt.name, tt.question, a.Text, tt.want, tt.not)
		}
		if len(a.Citations) > 0 {
			t.Errorf("%s: an abstention cites %v", tt.name, a.Citations)
		}
	}
}

// TestLaterToday guards that what is asked of the day of the question is told to be
// after the articles, and a day without a year is one of theirs.
func TestLaterToday(t *testing.T) {
	e := reports(t)
	later := time.Date(2032, time.February, 20, 0, 0, 0, 0, time.UTC)
	a := ask(t, e, answer.Question{Text: "What did the divers eat today?", AsOf: later})
	if a.Missing == nil || !a.Missing.Later {
		t.Errorf("got %q", a.Text)
	}
	if a = ask(t, e, answer.Question{Text: "What did the divers eat on 4 March?", AsOf: later}); a.Missing == nil || a.Missing.Later {
		t.Errorf("got %q", a.Text)
	}
}

// TestNear guards that the nearest sentence is shown where it has to do with the
// question, and only there.
func TestNear(t *testing.T) {
	e := reports(t)
	a := ask(t, e, answer.Question{Text: "How many people sat on the council of Orlen when it passed the budget?"})
	if a.Missing == nil || a.Missing.Near == nil || a.Missing.Near.Quote != "The council of Orlen passed the budget on Monday." || !strings.Contains(a.Text, "\nThe nearest they come: “The council") {
		t.Errorf("got %q", a.Text)
	}
	if a = ask(t, e, answer.Question{Text: "Who invented the steam engine?"}); a.Missing == nil || a.Missing.Near != nil {
		t.Errorf("got %q", a.Text)
	}
}

// TestNearEnough guards each of the lines that the nearest sentence must reach.
func TestNearEnough(t *testing.T) {
	e := reports(t)
	near := func(change func(*reading.Sentence)) bool {
		s := reading.Sentence{Number: 0, Probability: nearAnswer}
		s.Features[reading.Cosine], s.Features[reading.Coverage], s.Features[reading.Lacking] = nearCosine, nearCoverage, nearLacking
		change(&s)
		return e.near(&reading.Result{Sentences: []reading.Sentence{s}}) != nil
	}
	const off = .02
	if !near(func(*reading.Sentence) {}) {
		t.Error("the sentence on all lines is not shown")
	}
	for name, change := range map[string]func(*reading.Sentence){
		"probability": func(s *reading.Sentence) { s.Probability -= off },
		"cosine":      func(s *reading.Sentence) { s.Features[reading.Cosine] -= off },
		"coverage":    func(s *reading.Sentence) { s.Features[reading.Coverage] -= off },
		"lacking":     func(s *reading.Sentence) { s.Features[reading.Lacking] += off },
	} {
		if near(change) {
			t.Errorf("%s: a sentence beyond the line is shown", name)
		}
	}
}

// TestMeant guards that a name which is spelt otherwise is asked about, and only where
// the articles answer with it.
func TestMeant(t *testing.T) {
	e := reports(t)
	if got, want := e.likeName("demtshenkov"), "Demchenko"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, other := range []string{"denmark", "mill", "zebra", "ann"} {
		if got := e.likeName(other); got != "" {
			t.Errorf("%q: got %q", other, got)
		}
	}
	a := ask(t, e, answer.Question{Text: "What did Demtshenkov vote against?"})
	if want := (answer.Reading{Name: "Demchenko", Question: "What did Demchenko vote against?"}); !a.Abstained || a.Missing.Meant == nil || *a.Missing.Meant != want || !strings.HasSuffix(a.Text, " Did you mean Demchenko?") {
		t.Errorf("got %q, want %+v", a.Text, want)
	}
	if b := ask(t, e, answer.Question{Text: "What did Demchenko vote against?"}); b.Abstained {
		t.Errorf("got %q for what was meant", b.Text)
	}
	if a = ask(t, e, answer.Question{Text: "What does Demtshenkov eat for breakfast?"}); !a.Abstained || a.Missing.Meant != nil {
		t.Errorf("got %q for what the articles do not answer anyway", a.Text)
	}
}

// TestReadings guards that who names what two people share is asked which is meant, if
// that matters and if they can be asked.
func TestReadings(t *testing.T) {
	e := reports(t)
	a := ask(t, e, answer.Question{Text: "Where was Miller born?", Clarify: true})
	if a.Reason != answer.Ambiguous || len(a.Readings) != 2 || !strings.Contains(a.Text, "• Anna Miller") ||
		!slices.Contains(a.Readings, answer.Reading{Name: "Tom Miller", Question: "Where was Tom Miller born?"}) {
		t.Fatalf("got %q, readings %+v", a.Text, a.Readings)
	}
	for _, r := range a.Readings {
		if b := ask(t, e, answer.Question{Text: r.Question, Clarify: true}); b.Abstained {
			t.Errorf("%q: got %q", r.Question, b.Text)
		} else if len(b.Conflicts) > 0 {
			t.Errorf("%q: got %q, but the two were born where they were", r.Question, b.Text)
		}
	}
	for name, q := range map[string]answer.Question{
		"nobody can be asked":  {Text: "Where was Miller born?"},
		"the full name":        {Text: "Where was Tom Miller born?", Clarify: true},
		"a word of one":        {Text: "Was Miller, that is Tom, born in Kvern?", Clarify: true},
		"one name spelt twice": {Text: "What does Brandt teach?", Clarify: true},
		"one of them answers":  {Text: "What did captain Miller say hid the rocks?", Clarify: true},
		"several questions":    {Text: "Where was Miller born? What won a prize?", Clarify: true},
		"said before": {Text: "Where was Miller born?", Clarify: true, History: []answer.Turn{
			{Role: "user", Text: "Who is Tom Miller?"}, {Role: "assistant", Text: "Tom Miller, the captain, said fog hid the rocks."},
		}},
	} {
		if a := ask(t, e, q); a.Reason == answer.Ambiguous {
			t.Errorf("%s: %q: got %q", name, q.Text, a.Text)
		}
	}
}

// TestDominantName guards that a name which is meant nearly always is not asked about.
func TestDominantName(t *testing.T) {
	e := over(t, build(t, []corpus.Article{{
		ID: "a", Body: "Anna Holm sings. Anna Holm paints. Anna Holm sails. Tom Holm writes. Lena Brock sings. Per Brock sails.",
	}}), Options{MaxSentences: 3})
	for word, want := range map[string]int{"holm": 0, "brock": 2} {
		n, _ := e.fwd.Word(word)
		if got := e.sharing(n, []int{0}); len(got) != want {
			t.Errorf("%s: got %+v, want %d", word, got, want)
		}
	}
}
