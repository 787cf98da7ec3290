package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/answer/question"
	"parley/corpus"
	"parley/retrieval"
)

const (
	threeHours = "The meeting on the dam took three hours."
	fiveHours  = "The meeting on the dam took five hours."
	eightHours = "A meeting in Kvern on the dam took eight hours."
	fourMillon = "Anna Feld, the mayor of Orlen, said the repair of the dam would cost 4 million crowns."
	nineMillon = "Peter Lund, an engineer, said the repair of the dam would cost 9 million crowns."
	sold       = "The council of Orlen sold the old mill to a brewery on Monday."
	notSold    = "The council of Orlen did not sell the old mill to a brewery, the clerk wrote in a letter."
)

// cites are the sentences that an answer cites, in order.
func cites(a *answer.Answer) []string {
	var out []string
	for _, c := range a.Citations {
		out = append(out, c.Quote)
	}
	return out
}

// TestCompare guards whose accounts are held beside one another, and which sentence of
// theirs.
func TestCompare(t *testing.T) {
	e := paper(t)
	for _, tt := range []struct {
		name, question string
		want           []string
	}{
		{"outlets", "What does the Orlen Post say differently from the Valley Courier about the repair of the dam?", []string{fourMillon, nineMillon}},
		{"outlets the other way round", "What does the Valley Courier say differently from the Orlen Post about the repair of the dam?", []string{nineMillon, fourMillon}},
		{"outlets on a question", "Compare the Orlen Post and the Valley Courier on how long the meeting took", []string{threeHours, fiveHours}},
		{"people", "How do Rita Holm and Peter Lund differ on what they say?", nil},
		{"speakers", "How do Feld and Lund differ on the repair of the dam?", []string{"“We will not leave the valley to the water,” Feld said.", nineMillon}},
		{"one twice", "How do Feld and Feld differ on the dam?", []string{"“We will not leave the valley to the water,” Feld said.", fourMillon}},
		{"all there are", "Do all reports agree on how long the meeting on the dam took?", []string{threeHours, fiveHours, eightHours}},
		{"all on what nobody says", "Do all reports agree on who is the king of Peru?", nil},
		{"all where one says something", "Do all reports agree on who carried slates across the lake?", []string{"Workers from Sundby carried slates across the frozen lake."}},
	} {
		a := ask(t, e, answer.Question{Text: tt.question})
		if got := cites(a); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q: got %q, want %q", tt.name, tt.question, got, tt.want)
		}
		if len(tt.want) > 1 && (len(a.Conflicts) != 1 || a.Conflicts[0].Kind != answer.Differing || len(a.Conflicts[0].Sides) != len(tt.want)) {
			t.Errorf("%s: got %+v", tt.name, a.Conflicts)
		}
	}
	surer := over(t, dammed.snapshot, Options{Threshold: .99, MaxSentences: 3})
	if a := ask(t, surer, answer.Question{Text: "Do all reports agree on how long the meeting on the dam took?"}); !a.Abstained {
		t.Errorf("where nothing is sure enough: got %s", a.Text)
	}
	until := answer.Question{Text: "Do all reports agree on how long the meeting on the dam took?", Filter: retrieval.Filter{Until: may(6)}}
	if got := cites(ask(t, e, until)); !slices.Equal(got, []string{threeHours, fiveHours}) {
		t.Errorf("of older articles: got %q", got)
	}
}

// TestAccount guards what an account must be like to be told: likely enough.
func TestAccount(t *testing.T) {
	e := paper(t)
	q := question.Read(answer.Question{Text: "What does the Orlen Post say differently from the Kvern Herald about how long the meeting took?"})
	for name, want := range map[string]int{"the Orlen Post": 1, "the Kvern Herald": 1, "Feld": 1} {
		got, err := e.account(t.Context(), q, name, nil)
		if err != nil || len(got) != want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	surer := over(t, dammed.snapshot, Options{Threshold: 2, MaxSentences: 3}) // half of it is certain
	if got, err := surer.account(t.Context(), q, "the Orlen Post", nil); err != nil || len(got) > 0 {
		t.Errorf("got the unlikely account %+v, %v", got, err)
	}
}

// TestOutlet guards which articles a name of an outlet means.
func TestOutlet(t *testing.T) {
	e := paper(t)
	of := func(f retrieval.Filter) *question.Question {
		return question.Read(answer.Question{Text: "Who?", Filter: f})
	}
	for name, want := range map[string][]string{"the Orlen Post": {"post"}, "Post": {"post"}, "valley courier": {"courier"}, "Anna Feld": nil, "the Valley Post": nil} {
		if got := e.outlet(name, of(retrieval.Filter{})); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := e.outlet("Post", of(retrieval.Filter{Articles: []string{"herald"}})); len(got) > 0 {
		t.Errorf("got %q, which is not asked", got)
	}
}

// TestAccountsOfMany guards that reports have one account each, and that no more are
// told than can be read.
func TestAccountsOfMany(t *testing.T) {
	var articles []corpus.Article
	for i, n := range strings.Fields("two three four six seven nine") {
		articles = append(articles, corpus.Article{
			ID: n, Title: "Vote number " + n, Publisher: fmt.Sprintf("Paper of %s", n), Published: may(1 + i),
			Body: fmt.Sprintf("The hearing on the harbor took %s hours. It rained. The hearing on the harbor took all of %s hours, the clerk wrote.", n, n),
		})
	}
	for n, want := range map[int]int{len(articles): mostAccounts, 3: 3} {
		e := over(t, build(t, articles[:n]), Options{Threshold: DefaultThreshold, MaxSentences: 3})
		a := ask(t, e, answer.Question{Text: "Do all reports agree on how long the hearing on the harbor took?"})
		if ids := citedArticles(a); len(a.Citations) != want || len(ids) != want {
			t.Errorf("got %d accounts of %q, want %d of as many: %s", len(a.Citations), ids, want, a.Text)
		}
		a = ask(t, e, answer.Question{Text: "Where do the reports disagree?"})
		said := cites(a)
		slices.Sort(said)
		if len(a.Conflicts) == 0 || len(slices.Compact(said)) != len(a.Claims) {
			t.Errorf("a sentence is held against two: %s", a.Text)
		}
	}
}

// TestContrasts guards where reports are told to disagree: on the clearest matters, a
// sentence in one of them alone, and on nothing that no article mentions.
func TestContrasts(t *testing.T) {
	e := paper(t)
	for _, text := range []string{"Where do the reports disagree?", "Where do the reports on the dam disagree?"} {
		a := ask(t, e, answer.Question{Text: text})
		if len(a.Conflicts) != contrasts || !slices.Contains(cites(a), sold) || !slices.Contains(cites(a), notSold) || !slices.Contains(cites(a), eightHours) {
			t.Errorf("%q: got %s", text, a.Text)
		}
		once := cites(a)
		slices.Sort(once)
		if len(slices.Compact(once)) != 2*contrasts {
			t.Errorf("%q: a sentence is told twice: %s", text, a.Text)
		}
		for _, c := range a.Conflicts {
			if c.Kind != answer.Disputed {
				t.Errorf("%q: got %+v", text, c)
			}
		}
	}
	for _, text := range []string{"Where do the reports on zeppelins disagree?"} {
		if a := ask(t, e, answer.Question{Text: text}); !a.Abstained || !strings.Contains(a.Text, "“zeppelins”") {
			t.Errorf("%q: got %s", text, a.Text)
		}
	}
	one := answer.Question{Text: "Where do the reports disagree?", Filter: retrieval.Filter{Articles: []string{"post"}}}
	if a := ask(t, e, one); !a.Abstained {
		t.Errorf("within one report: got %s", a.Text)
	}
	one.Filter.Articles = []string{"none"}
	if a := ask(t, e, one); !a.Abstained {
		t.Errorf("of no articles: got %s", a.Text)
	}
}

// TestNoContrast guards that reports which say different things without speaking against
// one another stand side by side, one sentence each.
func TestNoContrast(t *testing.T) {
	e := over(t, build(t, []corpus.Article{
		{ID: "fair", Title: "The fair", Publisher: "Orlen Post", Published: may(1), Body: "The fair in Orlen had forty stalls with honey and wool. A band from Sundby played on the square at noon."},
		{ID: "stalls", Title: "At the fair", Publisher: "Valley Courier", Published: may(2), Body: "The fair in Orlen drew farmers who sold goats and sheep. Children rode on ponies around the old well."},
	}), Options{Threshold: DefaultThreshold, MaxSentences: 3})
	a := ask(t, e, answer.Question{Text: "Where do the reports on the fair in Orlen disagree?"})
	if len(a.Conflicts) != 1 || a.Conflicts[0].Kind != answer.Differing || !slices.Equal(slices.Sorted(slices.Values(citedArticles(a))), []string{"fair", "stalls"}) || len(a.Citations) != 2 {
		t.Errorf("got %+v: %s", a.Conflicts, a.Text)
	}
}

// TestNearTopic guards which sentences are held against one another on a topic.
func TestNearTopic(t *testing.T) {
	e := paper(t)
	q := question.Read(answer.Question{Text: "Where do the reports on the dam disagree?"})
	for _, topic := range []string{"the dam", ""} {
		got, err := e.nearTopic(t.Context(), q, topic)
		seen := slices.Sorted(slices.Values(got))
		if err != nil || len(got) < 4 || len(slices.Compact(slices.Clone(seen))) != len(seen) || slices.ContainsFunc(got, func(s int) bool { return !e.outlines(s) }) {
			t.Errorf("%q: got %v, %v", topic, got, err)
		}
	}
	if got, err := e.nearTopic(t.Context(), q, "zeppelins"); err != nil || len(got) > 0 {
		t.Errorf("got %v, %v", got, err)
	}
}
