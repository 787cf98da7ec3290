package answer

import (
	"regexp"
	"slices"
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

// TestLaterReportsLead guards that a later report is told with its first
// sentence, which has its news.
func TestLaterReportsLead(t *testing.T) {
	later := "Sandmouth cheered on Sunday. It rained. Nobody minded. The tunnel between Sandmouth and Ellery opened at noon."
	e := newEngine(t, briefs("The tunnel between Sandmouth and Ellery has not yet opened.", later), Options{})
	a := ask(t, e, Question{Text: "Has the tunnel between Sandmouth and Ellery opened?"})
	lead, news := citing(a, "post", "Sandmouth cheered"), citing(a, "post", "opened at noon")
	if len(sides(a)) != 3 || len(lead) != 1 || len(news) != 1 {
		t.Fatalf("got %d sides, lead %v and news %v, want all: %s", len(sides(a)), lead, news, a.Text)
	}
	if strings.Count(a.Text, "Sandmouth cheered") != 1 {
		t.Errorf("the lead is told more than once: %s", a.Text)
	}
}

// TestLeads guards that an article's heading is not its first sentence.
func TestLeads(t *testing.T) {
	articles := briefs("Fog\n\nThe ferry waited. It rained.", "The tunnel opened. It rained.")
	articles[0].Headings = []corpus.Span{{Start: 0, End: len("Fog")}}
	e := newEngine(t, articles, Options{})
	var got []string
	for i := range e.fwd.Corpus.Sentences {
		if e.leads(&candidate{sentence: i}) {
			got = append(got, e.fwd.Corpus.SentenceText(i))
		}
	}
	if want := []string{"The ferry waited.", "The tunnel opened."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDenied guards that “disputed this” brings the sentence that it disputes,
// and that a denial that says what it denies brings none.
func TestDenied(t *testing.T) {
	const claim = "The mayor said that Mara Quill had damaged the crane."
	tests := []struct {
		name, text string
		want       bool // the sentence before is what is denied
	}{
		{"disputed this", claim + " Mara Quill disputed this.", true},
		{"denies it", claim + " Mara Quill denies it.", true},
		{"denied that", claim + " Mara Quill denied that she was there.", false},
		{"denied the damage", claim + " Mara Quill denied the damage to the crane.", false},
		{"a denial at the end", claim + " But this Mara Quill denied.", false},
		{"no denial", claim + " Mara Quill said this.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEngine(t, briefs("Nothing happened in the village.", tt.text), Options{})
			ev := gathered(t, e, Question{Text: "Did Mara Quill damage the crane?"})
			said, last := sentenceWith(t, e, claim), len(e.fwd.Corpus.Sentences)-1
			got := e.denied(ev, &candidate{sentence: last})
			if tt.want && (got == nil || got.sentence != said) || !tt.want && got != nil {
				t.Errorf("got %+v, want the sentence before: %v", got, tt.want)
			}
		})
	}
}

// TestDeniedKeepsToArticle guards that an article's first sentence denies nothing
// of the article before.
func TestDeniedKeepsToArticle(t *testing.T) {
	e := newEngine(t, briefs("The mayor said that Mara Quill had damaged the crane.", "Mara Quill disputed this."), Options{})
	ev := gathered(t, e, Question{Text: "Did Mara Quill damage the crane?"})
	if got := e.denied(ev, &candidate{sentence: 1}); got != nil {
		t.Errorf("got sentence %d, want none", got.sentence)
	}
}

// TestDeniedIsTold guards that a dispute has what is disputed beside the denial.
func TestDeniedIsTold(t *testing.T) {
	e := newEngine(t, briefs(
		"The port authority said that Mara Quill damaged the crane on Monday. Mara Quill disputed this.",
		"Mara Quill spoke about the crane at the gate.",
		"Nothing happened in the village.",
	), Options{})
	a := ask(t, e, Question{Text: "Did Mara Quill damage the crane?"})
	said, denial := citing(a, "mail", "damaged the crane"), citing(a, "mail", "disputed this")
	if len(a.Conflicts) != 1 || len(said) != 1 || len(denial) != 1 {
		t.Fatalf("got conflicts %+v, want the claim and its denial: %s", a.Conflicts, a.Text)
	}
	s := sides(a)
	if got := [2]int{s[len(s)-2].Citations[0], s[len(s)-1].Citations[0]}; got != [2]int{said[0], denial[0]} {
		t.Errorf("the last sides cite %v, want the claim %d and then the denial %d: %s", got, said[0], denial[0], a.Text)
	}
}

// TestDurationsOfOneThing guards that a duration of something else is no other side.
func TestDurationsOfOneThing(t *testing.T) {
	for second, want := range map[string]int{
		"The port authority and the League: their negotiations took seven hours.":                                                                2,
		"The negotiations of the port authority and the League were loud, but what people in that hall recalled was rain that fell seven hours.": 0,
		"The negotiations of the port authority and the League ended seven hours ago.":                                                           0,
	} {
		e := newEngine(t, briefs("The negotiations of the port authority and the League lasted nine hours.", second), Options{})
		a := ask(t, e, Question{Text: "How long did the negotiations of the port authority and the League last?"})
		if got := len(sides(a)); got != want {
			t.Errorf("%q: got %d sides, want %d: %s", second, got, want, a.Text)
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

// TestDenialOfOtherName guards that a denial is heard that holds but one name of
// the question, with what is asked about right beside it.
func TestDenialOfOtherName(t *testing.T) {
	e := newEngine(t, briefs(
		"The papers claimed that Lantern Lines was a front for Meridian. It rained.",
		"Meridian has denied that it is behind the purchase. “Lantern Lines is a front for somebody else,” a lawyer said."), Options{})
	a := ask(t, e, Question{Text: "Is Lantern Lines a front for Meridian?"})
	if len(a.Conflicts) != 1 || len(citing(a, "mail", "front")) == 0 || len(citing(a, "post", "denied")) == 0 {
		t.Errorf("got %s, want the claim and the denial", a.Text)
	}
}

// TestDisputedIsNoDenial guards that "the disputed border" denies nothing.
func TestDisputedIsNoDenial(t *testing.T) {
	e := newEngine(t, briefs("The guards crossed the disputed border.", "Quill disputed the figures."), Options{})
	for text, want := range map[string]bool{"border": false, "figures": true} {
		if got := e.denies(&candidate{sentence: sentenceWith(t, e, text)}); got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}

// TestCorroborate guards that reports that give the same value are cited together.
func TestCorroborate(t *testing.T) {
	e := newEngine(t, briefs("The strike at the port lasted nine days.", "It was a bitter strike at the port, of nine days.", "The port has cranes."), Options{})
	a := ask(t, e, Question{Text: "How long did the strike at the port last?"})
	if len(citing(a, "mail", "nine")) == 0 || len(citing(a, "post", "nine")) == 0 {
		t.Errorf("got %s, want both reports cited", a.Text)
	}
}
