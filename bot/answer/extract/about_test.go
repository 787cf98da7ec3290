package extract

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/corpus"
	"parley/retrieval"
)

func TestAbout(t *testing.T) {
	const (
		mail    = "“Crane drivers walk out” by Ines Valdor, Sandmouth Mail, 2 May 2025."
		courier = "“Walkout shuts Port Ellery”, Harbor Courier, 4 May 2025."
		fog     = "“Fog keeps the ferry in Sandmouth”, Sandmouth Mail, about events up to 6 May 2025."
		letter  = "“A reader writes”."
	)
	all := []string{"fog", "courier", "mail", "letter"}
	tests := []struct {
		question string
		cited    []string // articles, in order
		want     string
	}{
		{"How many articles are there?", all, "I know 4 articles.\n• " + fog + " [1]\n• " + courier + " [2]\n• " + mail + " [3]\n• " + letter + " [4]"},
		{"How many reports do you have?", all, "I know 4 articles.\n"},
		{"Which outlets do you have?", all, "I know 4 articles.\n• " + fog},
		{"List the articles", all, "I know 4 articles.\n• " + fog},
		{"how many articles, and by whom?", all, "I know 4 articles.\n• " + fog},
		{"how many articles you got", all, "I know 4 articles.\n"},
		{"What’s the newest one in there", []string{"fog"}, "The newest is " + fog},
		{"which papers are these from", all, "I know 4 articles.\n"},
		{"who wrote them", all, "I know 4 articles.\n• " + fog},
		{"from when are they", []string{"mail", "fog"}, "They are from 2 May 2025 to 6 May 2025."},
		{"show me the Sandmouth Mail article", []string{"fog", "mail"}, "• " + fog + " [1]\n• " + mail},
		{"show me the article about the walkout", []string{"courier"}, courier},
		{"how many articles are from the sandmouth mail", []string{"fog", "mail"}, "2 of 4 articles are:\n• " + fog},
		{"which articles did ines valdor write", []string{"mail"}, "1 of 4 articles is: " + mail},
		{"articles by valdor", []string{"mail"}, mail},
		{"when was the last article published", []string{"fog"}, "The newest is " + fog},
		{"when was the oldest article published", []string{"mail"}, "The oldest is " + mail},
		{"what are these articles about", all, "I know 4 articles.\n• " + fog},
		{"How many articles mention oranges?", []string{"letter"}, "1 of 4 articles does: " + letter},
		{"Which articles mention the walkout?", []string{"courier", "mail"}, "2 of 4 articles do:\n• " + courier + " [1]\n• " + mail + " [2]"},
		{"Which articles are about the ferry Lantern?", []string{"fog"}, "1 of 4 articles does: " + fog},
		{"Which is the newest article?", []string{"fog"}, "The newest is " + fog + " [1]"},
		{"Which article is the latest?", []string{"fog"}, "The newest is " + fog},
		{"What is the oldest report?", []string{"mail"}, "The oldest is " + mail + " [1]"},
		{"Who wrote “Crane drivers walk out”?", []string{"mail"}, mail + " [1]"},
		{"Who is the author of the article “Crane drivers walk out”?", []string{"mail"}, mail},
		{"Which outlet published “Walkout shuts Port Ellery”?", []string{"courier"}, courier + " [1]"},
		{"When was the article “Walkout shuts Port Ellery” published?", []string{"courier"}, courier + " [1]"},
		{"Can you give me the link to the article on the crane drivers?", []string{"mail"}, "https://mail.example/1 leads to " + mail + " [1]"},
		{"from when are your articles?", []string{"mail", "fog"}, "They are from 2 May 2025 to 6 May 2025.\n• " + mail + " [1]\n• " + fog + " [2]"},
		{"When was the article “Fog keeps the ferry in Sandmouth” published?", []string{"fog"}, fog + " [1]"},
	}
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			got := eager(t).About(tt.question, retrieval.Filter{})
			if got == nil {
				t.Fatal("got a question for the search, want one about the articles")
			}
			if !strings.HasPrefix(got.Text, tt.want) || !slices.Equal(citedArticles(got), tt.cited) || got.Abstained || got.Confidence != knownMeta {
				t.Errorf("got %q of %q at %v, want %q of %q", got.Text, citedArticles(got), got.Confidence, tt.want, tt.cited)
			}
			// Asked as any question is, it is answered the same.
			if whole := ask(t, eager(t), answer.Question{Text: tt.question}); whole.Text != got.Text {
				t.Errorf("got %q from Answer, want %q", whole.Text, got.Text)
			}
		})
	}
}

func TestAboutUnknown(t *testing.T) {
	for question, want := range map[string]string{
		"Which articles mention volcanoes?":                 "The articles do not say.",
		"Who wrote “A reader writes”?":                      "The articles do not say. Nearest to the question: “A reader writes”.",
		"Who wrote “Walkout shuts Port Ellery”?":            "The articles do not say. Nearest to the question: “Walkout shuts Port Ellery” (Harbor Courier).",
		"When was the article “A reader writes” published?": "The articles do not say. Nearest to the question: “A reader writes”.",
		"link to the article on the ferry Lantern":          "The articles do not say. Nearest to the question: “Fog keeps the ferry in Sandmouth” (Sandmouth Mail).",
		"Which outlet published “A reader writes”?":         "The articles do not say. Nearest to the question: “A reader writes”.",
	} {
		a := ask(t, eager(t), answer.Question{Text: question})
		if !a.Abstained || a.Reason != answer.NotInArticles || a.Confidence != unknownMeta || a.Text != want {
			t.Errorf("%q: got %q, reason %q at %v, want %q", question, a.Text, a.Reason, a.Confidence, want)
		}
	}
}

// TestNotAbout guards that what only sounds like a question about the articles is
// searched for.
func TestNotAbout(t *testing.T) {
	for _, question := range []string{
		"How many ships waited at anchor?", "How many articles did the union sign?", "Who wrote the law?", "Who wrote “War and Peace in Verona”?", "When was the port published?",
		"Which outlet published the zanzibar volcano poems?", "Which article of the treaty forbids it?", "What is the latest on the walkout?", "Who leads the union?", "",
		"What year was the report “Walkout shuts Port Ellery” released?", "Who were the producers of “Walkout shuts Port Ellery”?", "When was the start of “Walkout shuts Port Ellery”?",
	} {
		if a := eager(t).About(question, retrieval.Filter{}); a != nil {
			t.Errorf("%q: got %q, want a question for the search", question, a.Text)
		}
	}
}

func TestAboutFilter(t *testing.T) {
	e := eager(t)
	for _, tt := range []struct {
		question string
		filter   retrieval.Filter
		want     string // how the text begins; empty for none
	}{
		{"How many articles are there?", retrieval.Filter{Until: may(4)}, "I know 2 articles.\n• “Walkout shuts"},
		{"Which is the newest article?", retrieval.Filter{Until: may(4)}, "The newest is “Walkout shuts Port Ellery”"},
		{"Which is the oldest article?", retrieval.Filter{Since: may(3)}, "The oldest is “Walkout shuts Port Ellery”"},
		{"List the articles", retrieval.Filter{Articles: []string{"nowhere"}}, ""},
	} {
		a := e.About(tt.question, tt.filter)
		if tt.want == "" && a != nil || tt.want != "" && (a == nil || !strings.HasPrefix(a.Text, tt.want)) {
			t.Errorf("%q: got %+v, want %q", tt.question, a, tt.want)
		}
	}
}

// TestAboutMany guards that a few articles stand for many.
func TestAboutMany(t *testing.T) {
	var articles []corpus.Article
	for name := range strings.FieldsSeq("Alba Bruno Carla Dario Elena Fabio Greta Hanno Ilaria Jonas") {
		articles = append(articles, corpus.Article{ID: name, Title: name + " writes", Body: name + " writes home."})
	}
	e := over(t, build(t, articles), Options{MaxSentences: 1})
	a := ask(t, e, answer.Question{Text: "How many articles are there?"})
	if !strings.HasPrefix(a.Text, "I know 10 articles.\n• “Alba writes”. [1]\n• “Bruno") || len(a.Claims) != listed {
		t.Errorf("got %d claims: %q, want 10 articles and %d of them", len(a.Claims), a.Text, listed)
	}
	a = ask(t, e, answer.Question{Text: "Which is the newest article?"})
	if want := "The articles do not say. Nearest to the question: “Alba writes”; “Bruno writes”; “Carla writes”."; a.Text != want {
		t.Errorf("got %q, want %q", a.Text, want)
	}
}

func TestDecline(t *testing.T) {
	e := eager(t)
	one := over(t, build(t, harbor()[3:]), Options{MaxSentences: 1})
	none := over(t, build(t, nil), Options{MaxSentences: 1})
	var hits []retrieval.Hit
	for p := range e.corpus.Passages { // every passage twice: an article is named once
		hits = append(hits, retrieval.Hit{Passage: p}, retrieval.Hit{Passage: p})
	}
	for _, tt := range []struct {
		name   string
		e      *Engine
		reason answer.Reason
		hits   []retrieval.Hit
		want   string
	}{
		{"empty", e, answer.Empty, nil, "There is no question in that message. Ask me something about 4 articles, such as “Crane drivers walk out”."},
		{"small talk", one, answer.SmallTalk, nil, "Hello! I answer questions about the article “A reader writes”, each sentence with its source."},
		{"an instruction", e, answer.Instruction, nil, "I only answer questions about the articles and do not follow other instructions. Ask me about 4 articles, such as “Crane drivers walk out”."},
		{"no articles", none, answer.SmallTalk, nil, "Hello! I answer questions about the articles, of which there are none yet, each sentence with its source."},
		{"nothing found", e, answer.NotInArticles, nil, "The articles do not say."},
		{
			"something near", e, answer.NotInArticles, hits,
			"The articles do not say. Nearest to the question: “Crane drivers walk out” (Sandmouth Mail); “Walkout shuts Port Ellery” (Harbor Courier); “Fog keeps the ferry in Sandmouth” (Sandmouth Mail).",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := tt.e.decline(tt.reason, retrieval.Articles(tt.e.corpus, tt.hits, nearestArticles), .25)
			if a.Text != tt.want || !a.Abstained || a.Reason != tt.reason || a.Confidence != .25 || a.Engine != Name {
				t.Errorf("got %+v, want %q", a, tt.want)
			}
			if want := []int{0, 1, 2}; tt.hits != nil && !slices.Equal(a.Nearest, want) {
				t.Errorf("got nearest articles %v, want %v", a.Nearest, want)
			}
		})
	}
	if a := ask(t, one, answer.Question{Text: "How many articles are there?"}); !strings.HasPrefix(a.Text, "I know 1 article. “A reader writes”.") {
		t.Errorf("got %q, want 1 article", a.Text)
	}
}
