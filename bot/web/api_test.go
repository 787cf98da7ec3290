package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/enginetest"
	"parley/bot/limits"
	"parley/bot/wire"
	"parley/retrieval/library"
)

// call sends an object to the API.
func (s *site) call(path, object string, header ...string) answerOf {
	s.t.Helper()
	return s.do(http.MethodPost, path, object, append([]string{"Content-Type", "application/json"}, header...)...)
}

// decoded reads an object of the API.
func decoded[T any](t testing.TB, a answerOf) (out T) {
	t.Helper()
	if a.StatusCode != http.StatusOK {
		t.Fatalf("got %s: %s", a.Status, a.Text)
	}
	if err := json.Unmarshal([]byte(a.Text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAPIAsk(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := decoded[wire.Ask](t, s.call("/v1/ask", `{"id": "q1", "question": "Who led the rescue from the harbor?"}`))
	if got.ID != "q1" || got.Abstained || len(got.Citations) == 0 || !strings.Contains(got.Answer, "Edda Holm") {
		t.Errorf("got %+v", got)
	}
	c := got.Citations[0]
	article := decoded[wire.Article](t, s.get("/v1/articles/fire%2Fold.md"))
	if article.Body[c.Start:c.End] != c.Quote {
		t.Errorf("%q is not what stands at %d", c.Quote, c.Start)
	}
	disputed := decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "How many people did the fire in the old mill of Lundra injure?"}`))
	if len(disputed.Conflicts) != 1 || len(disputed.Conflicts[0].Sides) != 2 {
		t.Errorf("got %+v", disputed.Conflicts)
	}
	if got := decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "What is the price of bananas?"}`)); !got.Abstained || got.Reason != "not_in_articles" {
		t.Errorf("got %+v", got)
	}
	if got := decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "How many people did the fire injure?", "article": "fire new"}`)); !strings.Contains(got.Answer, "19") || strings.Contains(got.Answer, "12") {
		t.Errorf("got %+v", got)
	}
	if got := decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "Who is the mayor of Lundra?", "explain": true}`)); len(got.Explain) == 0 {
		t.Error("it does not say how it came about")
	}
	if got := decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "Who is the mayor of Lundra?"}`)); len(got.Explain) != 0 {
		t.Error("an answer with an explanation is repeated for who wants none")
	}
}

// TestAPIHistory guards that a program brings its conversation along, and that there is
// none that it did not bring.
func TestAPIHistory(t *testing.T) {
	t.Parallel()
	s := standard(t)
	s.call("/v1/ask", `{"question": "Who led the rescue from the harbor?"}`)
	if got := decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "source?"}`)); !got.Abstained {
		t.Errorf("one question goes on from another: %s", got.Answer)
	}
	got := decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "source?", "history": [["user", "Who led the rescue from the harbor?"], ["assistant", "Captain Edda Holm led the rescue from the harbor. [1]"]]}`))
	if !strings.Contains(got.Answer, "Fire in Lundra") {
		t.Errorf("got %s", got.Answer)
	}
}

// drafter answers after two drafts.
type drafter struct{ enginetest.Engine }

func (d drafter) Stream(ctx context.Context, q answer.Question, draft func(string)) (*answer.Answer, error) {
	draft("Captain")
	draft("Captain Edda\nHolm")
	return d.Answer(ctx, q)
}

func TestAPIStream(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, func(o *bot.Options) {
		o.Engine = func(s *library.Snapshot) bot.Answerer { return drafter{enginetest.New(s)} }
	})})
	for name, send := range map[string]func() answerOf{
		"accept": func() answerOf {
			return s.call("/v1/ask", `{"question": "Who led the rescue from the harbor?"}`, "Accept", eventStream)
		},
		"address": func() answerOf {
			return s.call("/v1/ask?stream", `{"question": "Who led the rescue from the harbour?"}`)
		},
		"object": func() answerOf {
			return s.call("/v1/ask", `{"question": "who led the rescue from the harbor", "stream": true}`)
		},
	} {
		got := readEvents(send().Text)
		if len(got) != 3 || got[0] != [2]string{"draft", `{"text":"Captain"}`} || got[1] != [2]string{"draft", `{"text":"Captain Edda\nHolm"}`} || got[2][0] != "answer" || !strings.Contains(got[2][1], "Edda Holm") {
			t.Errorf("%s: got %q", name, got)
		}
	}
	page := s.stream("/ask", "kind", "ask", "text", "Who led the rescue out of the harbor?")
	if len(page) < 3 || page[0][0] != "draft" || !strings.Contains(page[1][1], "Captain Edda\nHolm") || page[2][0] != "reply" {
		t.Errorf("page: got %q", page)
	}
}

func TestAPISearch(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := decoded[wire.Search](t, s.call("/v1/search", `{"query": "mayor of Lundra", "limit": 1, "explain": true}`))
	if len(got.Hits) != 1 || got.Hits[0].ArticleID != "fire new" || !strings.Contains(got.Hits[0].Text, "Aron Feld") || len(got.Hits[0].Why) == 0 || got.Hits[0].Published != "2025-05-03" {
		t.Errorf("got %+v", got)
	}
	if got := decoded[wire.Search](t, s.call("/v1/search", `{"query": ""}`)); got.Hits == nil {
		t.Error("no hits are null")
	}
}

func TestAPICite(t *testing.T) {
	t.Parallel()
	s := standard(t)
	for claim, want := range map[string]string{
		"Captain Edda Holm led the rescue from the harbor.": "supported",
		"Bananas are rich in potassium.":                    "not_stated",
	} {
		object, err := json.Marshal(map[string]string{"claim": claim, "id": "c"})
		if err != nil {
			t.Fatal(err)
		}
		if got := decoded[wire.Cite](t, s.call("/v1/cite", string(object))); got.Verdict != want || got.Claim != claim || got.ID != "c" || want == "supported" && len(got.Citations) == 0 {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
}

func TestAPISources(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := decoded[wire.Sources](t, s.get("/v1/sources"))
	if got.Total != 3 || len(got.Articles) != 3 || got.Articles[1].ID != "fire new" || got.Articles[1].Sentences != 2 {
		t.Errorf("got %+v", got)
	}
	got = decoded[wire.Sources](t, s.get("/v1/sources?offset=2&limit=5"))
	if got.Total != 3 || got.Offset != 2 || len(got.Articles) != 1 || got.Articles[0].ID != "fire/old.md" {
		t.Errorf("got %+v", got)
	}
	if got = decoded[wire.Sources](t, s.get("/v1/sources?offset=99")); len(got.Articles) != 0 {
		t.Errorf("got %+v", got)
	}
}

// TestAPIArticle guards that every article has its address, whatever its ID, and that
// the borders of sentences are those of its text.
func TestAPIArticle(t *testing.T) {
	t.Parallel()
	s := standard(t)
	for _, want := range town().Articles {
		escaped := strings.NewReplacer("/", "%2F", " ", "%20", "\"", "%22", "<", "%3C", ">", "%3E", ".", "%2E").Replace(want.ID)
		got := decoded[wire.Article](t, s.get("/v1/articles/"+escaped))
		if got.ID != want.ID || got.Body != want.Body || len(got.Spans) != got.Sentences || got.Sentences == 0 {
			t.Errorf("%s: got %+v", want.ID, got)
		}
		for _, sp := range got.Spans {
			if text := got.Body[sp.Start:sp.End]; text != strings.TrimSpace(text) || text == "" {
				t.Errorf("%s: a sentence is %q", want.ID, text)
			}
		}
	}
	if got := decoded[wire.Article](t, s.get("/v1/articles/fire/old.md")); !got.Spans[0].Heading {
		t.Errorf("got %+v", got.Spans)
	}
}

// TestAPIErrors guards that each error is a problem that says what to do.
func TestAPIErrors(t *testing.T) {
	t.Parallel()
	s := standard(t)
	long := strings.Repeat("é", maxQuestion+1)
	for name, tt := range map[string]struct {
		got    answerOf
		status int
		says   string
	}{
		"no JSON":         {s.call("/v1/ask", `Who?`), 400, "cannot be read"},
		"two objects":     {s.call("/v1/ask", `{"question": "Who?"} {}`), 400, "something after"},
		"an array":        {s.call("/v1/cite", `[]`), 400, "cannot be read"},
		"another key":     {s.call("/v1/search", `{"q": "Who?"}`), 400, `unknown field \"q\"`},
		"no question":     {s.call("/v1/ask", `{}`), 422, "question is missing"},
		"no query":        {s.call("/v1/search", `{"id": "1"}`), 422, "query is missing"},
		"no claim":        {s.call("/v1/cite", `{"claim": null}`), 422, "claim is missing"},
		"long":            {s.call("/v1/ask", `{"question": "`+long+`"}`), 422, "more than 6000"},
		"long history":    {s.call("/v1/ask", `{"question": "Who?", "history": [`+strings.Repeat(`["user", "x"],`, maxHistory)+`["user", "x"]]}`), 422, "turns"},
		"no day":          {s.call("/v1/ask", `{"question": "Who?", "date": "yesterday"}`), 422, "2025-12-03"},
		"no day either":   {s.call("/v1/ask", `{"question": "Who?", "since": "May"}`), 422, "May"},
		"no such article": {s.call("/v1/ask", `{"question": "Who?", "article": "zzz"}`), 422, "zzz"},
		"too many":        {s.call("/v1/search", `{"query": "x", "limit": 101}`), 422, "1 to 100"},
		"below zero":      {s.call("/v1/search", `{"query": "x", "limit": -1}`), 422, "1 to 100"},
		"no number":       {s.get("/v1/sources?limit=x"), 422, "limit is no number"},
		"offset":          {s.get("/v1/sources?offset=-1"), 422, "offset is no number"},
		"a form":          {s.do("POST", "/v1/ask", "question=Who", "Content-Type", "application/x-www-form-urlencoded"), 415, "application/json"},
		"no type":         {s.do("POST", "/v1/ask", `{"question": "Who?"}`), 415, "application/json"},
		"a method":        {s.get("/v1/ask"), 405, "Only POST"},
		"another method":  {s.call("/v1/sources", `{}`), 405, "Only GET"},
		"no article":      {s.get("/v1/articles/none"), 404, "/v1/sources"},
		"no address":      {s.get("/v1/answers"), 404, "/v1/openapi.json"},
	} {
		if tt.got.StatusCode != tt.status || !strings.Contains(tt.got.Text, tt.says) {
			t.Errorf("%s: got %s, %s, want %d and %q", name, tt.got.Status, tt.got.Text, tt.status, tt.says)
		}
	}
}

// TestAPILimits guards that programs have the limits of people, and learn when they may
// ask again.
func TestAPILimits(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, func(o *bot.Options) { o.Quotas = limits.Quotas{PerUser: 1} })})
	decoded[wire.Ask](t, s.call("/v1/ask", `{"question": "Who is the mayor of Lundra?"}`))
	for _, got := range [...]answerOf{s.call("/v1/ask", `{"question": "Who is the mayor of Lundra?"}`), s.call("/v1/cite", `{"claim": "Aron Feld is the mayor of Lundra."}`)} {
		if got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" || got.Header.Get("Retry-After") == "0" {
			t.Errorf("got %s, Retry-After %q: %s", got.Status, got.Header.Get("Retry-After"), got.Text)
		}
	}
	loading := serve(t, Options{Bot: newBot(t, nil)})
	for _, got := range [...]answerOf{
		loading.call("/v1/ask", `{"question": "Who?"}`), loading.call("/v1/search", `{"query": "Who?"}`), loading.get("/v1/sources"), loading.get("/v1/articles/x"),
	} {
		if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
			t.Errorf("loading: got %s: %s", got.Status, got.Text)
		}
	}
}

// TestAPIStreamProblem guards that a stream ends with the problem where there is no
// answer.
func TestAPIStreamProblem(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: newBot(t, nil)})
	got := readEvents(s.call("/v1/ask?stream", `{"question": "Who?"}`).Text)
	if len(got) != 1 || got[0][0] != "problem" || !strings.Contains(got[0][1], `"status":503`) {
		t.Errorf("got %q", got)
	}
}
