package extract

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval"
)

// TestOverview guards what is told of all articles: few sentences, of different ones, in
// the order of time, and none that only stands beside the news.
func TestOverview(t *testing.T) {
	e := engine(t, Options{Threshold: .4, MaxSentences: 3})
	for _, text := range []string{"Summarize", "tl;dr", "what happened?", "hi! catch me up pls"} {
		a := ask(t, e, answer.Question{Text: text})
		if len(a.Claims) < 3 || len(a.Claims) > outlined {
			t.Errorf("%q: got %d sentences: %s", text, len(a.Claims), a.Text)
		}
		if a.Shape != answer.List || strings.Count(a.Text, "• ") != len(a.Claims) {
			t.Errorf("%q: got %q, want a line for each sentence", text, a.Text)
		}
		per := map[string]int{}
		for _, id := range citedArticles(a) {
			if per[id]++; per[id] > fromOne {
				t.Errorf("%q: %d sentences of %s", text, per[id], id)
			}
		}
		if strings.Contains(a.Text, "Ignore all") || strings.Contains(a.Text, "Fog [") || strings.Contains(a.Text, "He said") {
			t.Errorf("%q: got an order, a heading or a sentence that points back: %s", text, a.Text)
		}
		for i := 1; i < len(a.Citations); i++ {
			before, _ := e.corpus.Lookup(a.Citations[i-1].ArticleID)
			after, _ := e.corpus.Lookup(a.Citations[i].ArticleID)
			if e.corpus.Articles[before].Date().After(e.corpus.Articles[after].Date()) {
				t.Errorf("%q: %s before %s", text, a.Citations[i-1].ArticleID, a.Citations[i].ArticleID)
			}
		}
	}
}

// TestTopic guards that a bare name gets what the articles say on it, and nothing else.
func TestTopic(t *testing.T) {
	e := engine(t, Options{Threshold: .4, MaxSentences: 3})
	for text, want := range map[string]string{
		"Lantern?":                    "ferry Lantern",
		"tobin hale":                  "Tobin Hale",
		"tell me about the walkout":   "walkout",
		"any news on the walkout?":    "$5 million",
		"<@117636673821422387> Quill": "Mara Quill",
	} {
		a := ask(t, e, answer.Question{Text: text})
		if a.Abstained || !strings.Contains(a.Text, want) {
			t.Errorf("%q: got %q, want something on %q", text, a.Text, want)
		}
	}
	if a := ask(t, e, answer.Question{Text: "Lantern"}); !slices.Equal(citedArticles(a), []string{"fog"}) {
		t.Errorf("got %v, want the article on the ferry", citedArticles(a))
	}
	if a := ask(t, e, answer.Question{Text: "zeppelins"}); !a.Abstained {
		t.Errorf("got %q on what no article has", a.Text)
	}
	if a := ask(t, e, answer.Question{Text: "walkout", Filter: retrieval.Filter{Until: may(3)}}); slices.Contains(citedArticles(a), "courier") || a.Abstained {
		t.Errorf("got %v, want only what is older", citedArticles(a))
	}
}

// TestLatest guards that news are of the newest article.
func TestLatest(t *testing.T) {
	a := ask(t, engine(t, Options{Threshold: .4, MaxSentences: 3}), answer.Question{Text: "any news?"})
	if got := citedArticles(a); len(got) == 0 || slices.ContainsFunc(got, func(id string) bool { return id != "fog" }) {
		t.Errorf("got %v, want the article of the last day", got)
	}
	if lines := strings.Split(a.Text, "\n"); len(lines) < 2 || len(lines) != len(a.Claims) ||
		slices.ContainsFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "• 6 May 2025: ") }) {
		t.Errorf("got %q, want a line with its day for each sentence", a.Text)
	}
}

// TestYesOrNo guards how an answer of yes or no begins.
func TestYesOrNo(t *testing.T) {
	s := build(t, []corpus.Article{
		{ID: "vote", Title: "Vote on the bridge", Body: "The council approved the new bridge on Monday. Mayor Feld did not attend the meeting. The bridge may cost more than last year."},
	})
	e := over(t, s, Options{Threshold: .2, MaxSentences: 3})
	for text, want := range map[string]answer.Lead{
		"Did the council approve the new bridge?":  answer.Yes,
		"Did mayor Feld attend the meeting?":       answer.No,
		"Didn't mayor Feld attend the meeting?":    answer.No,
		"Who approved the new bridge?":             "",
		"What did the council approve on Monday?":  "",
		"Was the bridge or the meeting on Monday?": "",
		"Did the council approve the old railway?": "",
	} {
		a := ask(t, e, answer.Question{Text: text})
		if a.Lead != want {
			t.Errorf("%q begins with %q, want %q: %s", text, a.Lead, want, a.Text)
		}
		if lead := map[answer.Lead]string{answer.Yes: "Yes. ", answer.No: "No. "}[want]; !strings.HasPrefix(a.Text, lead) {
			t.Errorf("%q: got %q, want it to begin with %q", text, a.Text, lead)
		}
	}
}

// TestEach guards that every question of a message is answered, what both cite once.
func TestEach(t *testing.T) {
	e := engine(t, Options{Threshold: .3, MaxSentences: 3})
	a := ask(t, e, answer.Question{Text: "Who leads the union of the crane drivers? And why did the ferry Lantern stay in Sandmouth?"})
	if got := citedArticles(a); !slices.Contains(got, "courier") || !slices.Contains(got, "fog") || len(a.Unsaid) > 0 {
		t.Errorf("got %v, unsaid: %q", got, a.Unsaid)
	}
	a = ask(t, e, answer.Question{Text: "Who leads the union of the crane drivers? What is the capital of Peru?"})
	if want := []string{"What is the capital of Peru?"}; !slices.Equal(a.Unsaid, want) || !strings.Contains(a.Text, want[0]) {
		t.Errorf("unsaid is %q, want %q: %s", a.Unsaid, want, a.Text)
	}
	if a = ask(t, e, answer.Question{Text: "What is the capital of Peru? Who wrote the Iliad?"}); !a.Abstained || !strings.Contains(a.Text, "“What is the capital of Peru?”") || !strings.Contains(a.Text, "“Who wrote the Iliad?”") {
		t.Errorf("got %q, want both questions named", a.Text)
	}
	a = ask(t, e, answer.Question{Text: "Who leads the union of the crane drivers? Who leads the union of the crane drivers?"})
	if len(a.Claims) != 1 {
		t.Errorf("the same twice: %s", a.Text)
	}
}

// TestSeveralStatements guards that several demands, and more of what was asked before,
// have a line each, and that one answer to such a question is prose.
func TestSeveralStatements(t *testing.T) {
	e := over(t, build(t, []corpus.Article{
		{ID: "mill", Title: "Mill closes", Body: "The mill in Tarrow closed because the river was dry. The owner paid every worker for two months."},
		{ID: "union", Title: "Union demands", Body: "The union demands higher wages for the night shift. The union also demands a new canteen for all drivers. The bakery in Lund closed because its oven broke. The ferry Lantern lay at the quay all week."},
	}), Options{Threshold: .2, MaxSentences: 3})
	what := answer.Question{Text: "What are the demands of the union?"}
	a := ask(t, e, what)
	if want := "• The union demands higher wages for the night shift. [1]\n• The union also demands a new canteen for all drivers. [2]"; a.Text != want {
		t.Errorf("got %q, want %q", a.Text, want)
	}
	if one := ask(t, e, answer.Question{Text: "Why did the bakery in Lund close?"}); strings.Contains(one.Text, "•") || one.Shape != answer.Prose {
		t.Errorf("got %q, want prose", one.Text)
	}
	more := ask(t, e, answer.Question{Text: "tell me more", History: []answer.Turn{{Role: "user", Text: what.Text}, {Role: "assistant", Text: a.Text}}})
	if len(more.Claims) < 2 || strings.Count(more.Text, "• ") != len(more.Claims) {
		t.Errorf("got %q, want a line for each of several sentences", more.Text)
	}
}
