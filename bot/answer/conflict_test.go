package answer

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/corpus"
	"parley/retrieval"
)

func may(day int) time.Time { return time.Date(2031, time.May, day, 0, 0, 0, 0, time.UTC) }

// briefs makes one article of each text, titled, by outlets of their own, a day apart.
func briefs(texts ...string) []corpus.Article {
	outlets := [...]string{"Mail", "Post", "News", "Star"}
	var out []corpus.Article
	for i, text := range texts {
		out = append(out, corpus.Article{
			ID: strings.ToLower(outlets[i]), Title: "Brief in the " + outlets[i], Publisher: outlets[i], Published: may(i + 1), Body: text,
		})
	}
	return out
}

func TestNotYet(t *testing.T) {
	tests := []struct {
		name  string
		texts []string
		want  []string // article IDs of the sides, in order; nil for no conflict
	}{
		{"a later report", []string{"The tunnel has not yet opened.", "The tunnel opened on Sunday."}, []string{"mail", "post"}},
		{"no later report", []string{"The tunnel opened on Sunday.", "The tunnel has not yet opened."}, nil},
		{"nobody says yet", []string{"The tunnel opened on Saturday.", "The tunnel opened on Sunday."}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEngine(t, briefs(tt.texts...), Options{})
			a := ask(t, e, Question{Text: "Has the tunnel opened?"})
			if tt.want == nil {
				for _, c := range a.Conflicts {
					if strings.Contains(c.About, "later") {
						t.Errorf("got %s, want no later report", a.Text)
					}
				}
				return
			}
			var got []string
			for _, s := range sides(a) {
				got = append(got, a.Citations[s.Citations[0]-1].ArticleID)
			}
			if strings.Join(got, " ") != strings.Join(tt.want, " ") {
				t.Errorf("got sides from %q, want %q: %s", got, tt.want, a.Text)
			}
		})
	}
}

// TestNotYetInOrder guards that later reports are told in the order of their days.
func TestNotYetInOrder(t *testing.T) {
	e := newEngine(t, briefs("The tunnel has not yet opened.", "The tunnel is expected to open soon.", "The tunnel opened on Sunday."), Options{})
	a := ask(t, e, Question{Text: "Has the tunnel opened?"})
	for i, s := range sides(a) {
		if i > 0 && a.Citations[s.Citations[0]-1].Published.Before(a.Citations[sides(a)[i-1].Citations[0]-1].Published) {
			t.Errorf("a side is older than the one before it: %s", a.Text)
		}
	}
}

// TestDisputeNeedsTwoReports guards that one report does not dispute itself.
func TestDisputeNeedsTwoReports(t *testing.T) {
	articles := briefs("The minister Ada Bell resigned on Monday. Ada Bell did not comment.", "Nothing happened in the village.")
	a := ask(t, newEngine(t, articles, Options{}), Question{Text: "Did Ada Bell resign?"})
	if len(a.Conflicts) > 0 {
		t.Errorf("got a conflict within one report: %s", a.Text)
	}
}

func TestQuantitiesDiffer(t *testing.T) {
	tests := []struct {
		name, question string
		texts          []string
		sides          int
	}{
		{"figures", "How many dogs does Ada Bell have?", []string{"Ada Bell, the mayor, has 12 dogs.", "Ada Bell, the mayor, has 15 dogs."}, 2},
		{"sums", "How much was the bonus?", []string{"A bonus of $300 was paid.", "A bonus of $400 was paid."}, 2},
		{"alike", "How many dogs does Ada Bell have?", []string{"Ada Bell, the mayor, has 12 dogs.", "Ada Bell, the mayor, has twelve dogs."}, 0},
		{"hours and minutes alike", "How long was the speech?", []string{"The speech lasted two hours.", "The speech lasted 120 minutes."}, 0},
		{"other things", "How many dogs does Ada Bell have?", []string{"Ada Bell, the mayor, has 12 dogs.", "Ada Bell, the mayor, has 15 cats."}, 0},
		{"one report only", "How many dogs does Ada Bell have?", []string{"Ada Bell, the mayor, has 12 dogs. Later Ada Bell, the mayor, has 15 dogs."}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := ask(t, newEngine(t, briefs(tt.texts...), Options{}), Question{Text: tt.question})
			if got := len(sides(a)); got != tt.sides {
				t.Errorf("got %d sides, want %d: %s", got, tt.sides, a.Text)
			}
		})
	}
}

// TestSumsAreNotMerged guards that no claim cites a report whose figure is another.
func TestSumsAreNotMerged(t *testing.T) {
	e := newEngine(t, briefs("A bonus of $300 was paid to every crane driver in the port.", "A bonus of $400 was paid to every crane driver in the port."), Options{})
	a := ask(t, e, Question{Text: "What was paid to every crane driver in the port?"})
	for _, claim := range a.Claims {
		if len(claim.Citations) != 1 {
			t.Errorf("%q rests on %d citations, want 1: %s", claim.Text, len(claim.Citations), a.Text)
		}
	}
}

func TestUntitled(t *testing.T) {
	articles := []corpus.Article{{ID: "a.txt", Body: "Ada Bell, the mayor, has 12 dogs."}, {ID: "b.txt", Body: "Ada Bell, the mayor, has 15 dogs."}}
	e := newEngine(t, articles, Options{})
	for _, question := range []string{"How many dogs does Ada Bell have?", "List the articles"} {
		if a := ask(t, e, Question{Text: question}); strings.Contains(a.Text, "“”") {
			t.Errorf("%q: an article has an empty name: %s", question, a.Text)
		}
	}
}

// TestForeignMarks guards that numbers in brackets that an article has do not
// look like citations.
func TestForeignMarks(t *testing.T) {
	e := newEngine(t, briefs("The bridge opened in 1990 [7]. It cost ten million euros [2][9].", "Nothing happened in the village."), Options{})
	a := ask(t, e, Question{Text: "When did the bridge open?"})
	if marks := regexp.MustCompile(`\[\d+\]`).FindAllString(a.Text, -1); len(marks) != len(a.Citations) {
		t.Errorf("got marks %q for %d citations: %s", marks, len(a.Citations), a.Text)
	}
}

func TestFilterOfQuestionsAboutArticles(t *testing.T) {
	a := ask(t, strikeEngine(t), Question{Text: "How many articles mention oranges?", Filter: retrieval.Filter{Articles: []string{"weather"}}})
	for _, c := range a.Citations {
		if c.ArticleID != "weather" {
			t.Errorf("cites %s, which the filter leaves out", c.ArticleID)
		}
	}
}

func TestTopicOfQuestionsAboutArticles(t *testing.T) {
	a := ask(t, strikeEngine(t), Question{Text: "What articles are there about oranges?"})
	if len(a.Citations) != 2 {
		t.Errorf("got %d articles, want the 2 that mention oranges: %s", len(a.Citations), a.Text)
	}
}

func TestInsideQuotation(t *testing.T) {
	tests := []struct {
		text, word string
		want       bool
	}{
		{"He said “we stay” today.", "stay", true},
		{"He said “we stay” today.", "today", false},
		{"He said \"we stay\" today.", "stay", true},
		{"He said \"we stay\" today.", "today", false},
		{"He stays.", "stays", false},
		{"“We stay”, he said, “and we win”.", "said", false},
		{"“We stay”, he said, “and we win”.", "win", true},
	}
	for _, tt := range tests {
		if got := insideQuotation(tt.text, strings.Index(tt.text, tt.word)); got != tt.want {
			t.Errorf("%q at %q: got %v, want %v", tt.text, tt.word, got, tt.want)
		}
	}
}
