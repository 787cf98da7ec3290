package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"parley/bot"
	"parley/bot/limits"
	"parley/retrieval/library"
)

// action is the value of the button with a verb on a page.
func action(t testing.TB, page, verb string) string {
	t.Helper()
	m := regexp.MustCompile(`name="action" value="(p1\.` + verb + `\.[A-Z2-7]{26}\.\d+)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("there is no button %q in\n%s", verb, page)
	}
	return m[1]
}

func TestHome(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := s.get("/")
	got.has(t, 200, "3 articles", "<form", `name="text"`, `<main id="main"`, `lang="en"`)
	cookies := got.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || len(cookies[0].Value) != sessionLength {
		t.Errorf("got cookies %v", cookies)
	}
	if again := s.get("/").Cookies(); len(again) != 0 {
		t.Errorf("a session gets another: %v", again)
	}
}

// TestAsk guards a question without a script: the answer with its sources, in one page.
func TestAsk(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := s.post("/ask", "kind", "ask", "text", "Who led the rescue from the harbor?")
	got.has(t, 200, "Edda Holm", "Lundra Courier", `class="mark"`, `<h2 class="question">Who led the rescue from the harbor?</h2>`, `rel="noopener noreferrer"`, "https://courier.example/fire?a=1&amp;b=2")
	// A mark leads to the sentence.
	m := regexp.MustCompile(`class="mark" href="([^"]+)"`).FindStringSubmatch(got.Text)
	if m == nil {
		t.Fatal("there is no mark")
	}
	to, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
	s.get(to).has(t, 200, `<mark id="lit" tabindex="-1">Captain Edda Holm led the rescue from the harbor.</mark>`, "<h2>What happened</h2>")
}

func TestDisagreement(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := s.post("/ask", "kind", "ask", "text", "How many people did the fire in the old mill of Lundra injure?")
	got.has(t, 200, `class="sides"`, "<b>Lundra Courier</b>", "<b>Sandmouth Mail</b>", "2 May 2025", "3 May 2025", "12", "19")
}

func TestDeclined(t *testing.T) {
	t.Parallel()
	s := standard(t)
	s.post("/ask", "kind", "ask", "text", "What is the price of the new bridge in Quarmby?").has(t, 200, `class="reply declined"`, "No article mentions")
	s.get("/gaps").has(t, 200, "new bridge in Quarmby")
	s.post("/ask", "kind", "ask", "text", "  ").has(t, 200, "There is no question in that message.")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	s := standard(t)
	s.post("/ask", "kind", "cite", "text", "Captain Edda Holm led the rescue from the harbor.").has(t, 200, "These sentences support it", `class="mark"`)
	s.post("/ask", "kind", "cite", "text", "Captain Edda Holm led the rescue. Bananas are rich in potassium.").has(t, 200, "Checked against the articles", "Not in the articles")
}

// TestFilter guards that a question can be narrowed down, and that what was entered
// stands in the form again.
func TestFilter(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := s.post("/ask", "kind", "ask", "text", "How many people did the fire injure?", "article", "Fire in Lundra", "until", "2025-05-02")
	got.has(t, 200, "12", `value="Fire in Lundra"`, `value="2025-05-02"`, "<details open>")
	if strings.Contains(got.Text, "19 people") {
		t.Error("it answers from another article")
	}
	s.post("/ask", "kind", "ask", "text", "How many?", "since", "May").has(t, 403, "May")
}

// TestConversation guards that a session is a user: it goes on from what was said, and
// another session does not.
func TestConversation(t *testing.T) {
	t.Parallel()
	s := standard(t)
	s.post("/ask", "kind", "ask", "text", "Who led the rescue from the harbor?").has(t, 200, "Edda Holm")
	s.post("/ask", "kind", "ask", "text", "source?").has(t, 200, "Edda Holm")
	s.post("/do", "what", "forget").has(t, 200, "I have forgotten")
	if got := s.post("/ask", "kind", "ask", "text", "source?"); strings.Contains(got.Text, "Edda Holm") {
		t.Error("what was forgotten is still known")
	}
	s.client = s.browser()
	if got := s.post("/ask", "kind", "ask", "text", "source?"); strings.Contains(got.Text, "Edda Holm") {
		t.Error("another session goes on from this one's conversation")
	}
}

func TestFeedback(t *testing.T) {
	t.Parallel()
	s := standard(t)
	page := s.post("/ask", "kind", "ask", "text", "Who led the rescue from the harbor?").Text
	s.post("/press", "action", action(t, page, "good")).has(t, 200, "Thank you! That was noted.")
	form := s.post("/press", "action", action(t, page, "bad"))
	form.has(t, 200, "What was wrong?", `class="box entry"`, `maxlength="1000"`)
	s.post("/press", "action", action(t, form.Text, "bad"), "text", "Wrong <b>captain</b>").has(t, 200, "Thank you! That was noted.")
	s.get("/gaps").has(t, 200, "Who led the rescue from the harbor?", "Wrong &lt;b&gt;captain&lt;/b&gt;")
	follow := s.post("/press", "action", action(t, page, "ask"))
	follow.has(t, 200, "And what came after that?")
	s.post("/press", "action", action(t, follow.Text, "ask"), "text", "Who is the mayor of Lundra?").has(t, 200, "Aron Feld")
}

// TestForeignAnswer guards that what belongs to one session is nothing for another.
func TestForeignAnswer(t *testing.T) {
	t.Parallel()
	s := standard(t)
	page := s.post("/ask", "kind", "ask", "text", "Who led the rescue from the harbor?").Text
	press := action(t, page, "good")
	s.client = s.browser()
	s.post("/press", "action", press).has(t, 403, "belongs to a private answer of somebody else")
}

func TestStream(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, func(o *bot.Options) {
		lib, err := built()
		if err != nil {
			t.Fatal(err)
		}
		o.Library = library.New(library.Talks{}, "", lib)
	})})
	got := s.stream("/ask", "kind", "ask", "text", "How long did the talks last?")
	if len(got) == 0 || got[0][0] != "reply" || !strings.Contains(got[0][1], "four hours") || strings.Contains(got[0][1], "<html") {
		t.Fatalf("got %q", got)
	}
	offered := false
	for _, e := range got[1:] {
		offered = offered || e[0] == "more" && strings.Contains(e[1], `class="offer"`)
	}
	if !offered {
		t.Errorf("no questions are offered: %q", got)
	}
}

// TestDrafts guards that a page hears how far a reload is, before the report.
func TestDrafts(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := s.stream("/do", "what", "reload")
	if len(got) < 2 || got[0][0] != "draft" || got[len(got)-1][0] != "reply" || !strings.Contains(got[len(got)-1][1], "Nothing has changed") {
		t.Errorf("got %q", got)
	}
}

func TestArticles(t *testing.T) {
	t.Parallel()
	s := standard(t)
	got := s.get("/articles")
	got.has(t, 200, "3 articles", "Fire in Lundra", "Lundra Courier", "2 May 2025", "/article?id=fire&#43;new", "1 line left out", `target="_blank" rel="noopener noreferrer"`)
	if strings.Index(got.Text, "Mill fire") > strings.Index(got.Text, "Fire in Lundra") {
		t.Error("the newest is not the first")
	}
	s.get("/articles?topic=fire").has(t, 200, "Mill fire", "About “fire”")
	s.get("/articles?topic=bananas").has(t, 200, "No article is about “bananas”.")
	s.get("/articles?page=999999999999999999999").has(t, 200, "Fire in Lundra")
	s.get("/articles?page=-4").has(t, 200, "Fire in Lundra")
}

func TestReading(t *testing.T) {
	t.Parallel()
	s := standard(t)
	s.get("/reading").has(t, 200, "3 articles from 5 files, 4096 bytes", "has no text", "a line of links", "Subscribe now", "repeats fire new (the same text, 100 % alike)", "Not articles", ".exe", "Line 7", "no day:")
}

func TestArticle(t *testing.T) {
	t.Parallel()
	s := standard(t)
	id := "?id=" + url.QueryEscape("fire/old.md")
	s.get("/article"+id).has(t, 200, "Captain Edda Holm", "courier.example")
	for _, span := range [...]string{"&start=-1&end=4", "&start=9&end=3", "&start=0&end=99999", "&start=a&end=b", "&start=0&end=13&v=00000000"} {
		got := s.get("/article" + id + span)
		got.has(t, 200, "The article has changed since that answer")
		if strings.Contains(got.Text, `id="lit"`) {
			t.Errorf("%s: something is lit", span)
		}
	}
	s.get("/article?id=none").has(t, 404, "not among those")
	s.get("/article"+id, "X-Part", "1").has(t, 200, "Captain Edda Holm")
	if part := s.get("/article"+id, "X-Part", "1").Text; strings.Contains(part, "<html") {
		t.Error("a part is a whole page")
	}
}

// TestTold guards the pages that show a reply of the bot, and that managing is for
// those who may.
func TestTold(t *testing.T) {
	t.Parallel()
	s := standard(t)
	s.get("/about").has(t, 200, "What is stored")
	s.get("/help").has(t, 200, "sources")
	s.get("/status").has(t, 200, "Articles: 3", "Read the articles again")
	s.get("/gaps").has(t, 200)
	s.get("/nothing").has(t, 404, "There is no such page.")
	s.post("/do", "what", "ask").has(t, 400)
	s.post("/press", "action", "p1.good.x.0").has(t, 400)
	closed := serve(t, Options{Bot: loaded(t, nil)})
	for _, path := range [...]string{"/status", "/gaps"} {
		closed.get(path).has(t, 403, "Only people")
	}
	closed.post("/do", "what", "reload").has(t, 403, "Only people")
}

// TestQuota guards that the limits of people hold for sessions.
func TestQuota(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: loaded(t, func(o *bot.Options) { o.Quotas = limits.Quotas{PerUser: 2} })})
	for range 2 {
		s.post("/ask", "kind", "ask", "text", "Who is the mayor of Lundra?").has(t, 200, "Aron Feld")
	}
	s.post("/ask", "kind", "ask", "text", "Who is the mayor of Lundra?").has(t, 429, "which is all for now")
}

// TestLoading guards what is said before the articles have been read.
func TestLoading(t *testing.T) {
	t.Parallel()
	s := serve(t, Options{Bot: newBot(t, nil), Manage: true})
	s.get("/").has(t, 200, "No articles have been read yet.")
	s.get("/articles").has(t, 503, "still being read")
	s.post("/ask", "kind", "ask", "text", "Who?").has(t, 503)
}
