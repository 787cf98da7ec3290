package quote

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/corpus"
)

// newCorpus returns the corpus of some articles.
func newCorpus(t *testing.T, articles ...corpus.Article) *corpus.Corpus {
	t.Helper()
	c, err := corpus.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sentence returns the number of the only sentence that holds a text.
func sentence(t *testing.T, c *corpus.Corpus, text string) int {
	t.Helper()
	found := -1
	for i := range c.Sentences {
		if !strings.Contains(c.SentenceText(i), text) {
			continue
		}
		if found >= 0 {
			t.Fatalf("two sentences with %q", text)
		}
		found = i
	}
	if found < 0 {
		t.Fatalf("no sentence with %q", text)
	}
	return found
}

// answering returns the sentence that holds some words, with them as its answer.
func answering(t *testing.T, c *corpus.Corpus, words string) Cited {
	t.Helper()
	n := sentence(t, c, words)
	start := c.Sentences[n].Start + strings.Index(c.SentenceText(n), words)
	return Cited{Sentence: n, Answer: corpus.Span{Start: start, End: start + len(words)}}
}

func may(day int) time.Time { return time.Date(2025, time.May, day, 0, 0, 0, 0, time.UTC) }

func harbor(t *testing.T) *corpus.Corpus {
	t.Helper()
	return newCorpus(t,
		corpus.Article{ID: "mail", Title: "The ferry is late", Publisher: "Sandmouth Mail", URL: "https://mail.example/1", Published: may(2), Body: "The ferry was nine hours late. Forty people slept on deck."},
		corpus.Article{ID: "courier", Title: "Ferry in fog", Publisher: "Harbor Courier", Event: may(3), Body: "The ferry was seven hours late. Forty people slept on deck, the captain said."},
		corpus.Article{ID: "note", Title: "A note on the ferry", Body: "The ferry was five hours late."},
		corpus.Article{ID: "bare", Body: "The ferry was one hour late."},
		corpus.Article{ID: "mail-2", Title: "The ferry again", Publisher: "Sandmouth Mail", Published: may(5), Body: "The ferry was eight hours late."},
		corpus.Article{ID: "mail-3", Title: "The ferry once more", Publisher: "Sandmouth Mail", Published: may(5), Body: "The ferry was six hours late."},
	)
}

// checkSpans fails where the words that answer are not the same in a claim's text
// and in the article.
func checkSpans(t *testing.T, c *corpus.Corpus, a *answer.Answer, claim answer.Claim, want string) {
	t.Helper()
	if got := claim.Text[claim.Marked.Start:claim.Marked.End]; got != want {
		t.Errorf("%q is marked in %q, want %q", got, claim.Text, want)
	}
	cite := a.Citations[claim.Citations[0]-1]
	article, _ := c.Lookup(cite.ArticleID)
	if got := c.Text(article, cite.Answer); got != want {
		t.Errorf("%q answers in the article, want %q", got, want)
	}
}

func TestCitationNamesItsArticle(t *testing.T) {
	c := harbor(t)
	a := &answer.Answer{}
	n := NewWriter(c, a).Cite(answering(t, c, "nine hours"))
	at := c.Sentences[0].Span
	want := answer.Citation{
		N: 1, ArticleID: "mail", Title: "The ferry is late", Publisher: "Sandmouth Mail", Published: may(2), URL: "https://mail.example/1",
		Span: at, Quote: "The ferry was nine hours late.", Answer: corpus.Span{Start: 14, End: 24},
	}
	if n != 1 || len(a.Citations) != 1 || a.Citations[0] != want {
		t.Errorf("got %d: %+v, want 1: %+v", n, a.Citations, want)
	}
}

func TestCitationsAreNumberedAsTheyAppear(t *testing.T) {
	c := harbor(t)
	a := &answer.Answer{}
	w := NewWriter(c, a)
	w.Sentence("", Cited{Sentence: sentence(t, c, "seven")})
	w.Sentence("", Cited{Sentence: sentence(t, c, "deck.")}, Cited{Sentence: sentence(t, c, "captain")}, Cited{Sentence: sentence(t, c, "seven")})
	w.Claim("The ferry is late now and then.", sentence(t, c, "captain"), sentence(t, c, "nine"))
	want := [][]int{{1}, {2, 3, 1}, {3, 4}}
	for i, claim := range a.Claims {
		if !slices.Equal(claim.Citations, want[i]) {
			t.Errorf("claim %d: got citations %v, want %v", i, claim.Citations, want[i])
		}
	}
	if len(a.Claims) != 3 || len(a.Citations) != 4 {
		t.Errorf("got %d claims and %d citations, want 3 and 4", len(a.Claims), len(a.Citations))
	}
	if got := a.Claims[1].Text; got != "Forty people slept on deck." {
		t.Errorf("got %q, want the first of the sentences alone", got)
	}
	if wrong := Verify(c, a); len(wrong) > 0 {
		t.Errorf("got %q, want nothing wrong", wrong)
	}
}

func TestSentenceMarksWhatAnswers(t *testing.T) {
	c := harbor(t)
	for _, tt := range []struct{ name, lead, text string }{
		{"as it stands", "", "The ferry was nine hours late."},
		{"under a name", "Sandmouth Mail", "Sandmouth Mail: The ferry was nine hours late."},
		{"under a name of other letters", "Größe 漢字", "Größe 漢字: The ferry was nine hours late."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := &answer.Answer{}
			got := NewWriter(c, a).Sentence(tt.lead, answering(t, c, "nine hours"))
			if got.Text != tt.text {
				t.Errorf("got %q, want %q", got.Text, tt.text)
			}
			checkSpans(t, c, a, got, "nine hours")
		})
	}
	t.Run("nothing known to answer", func(t *testing.T) {
		got := NewWriter(c, &answer.Answer{}).Sentence("Sandmouth Mail", Cited{Sentence: 0})
		if got.Marked != (corpus.Span{}) {
			t.Errorf("got %v marked, want nothing", got.Marked)
		}
	})
}

func TestConflict(t *testing.T) {
	c := harbor(t)
	tests := []struct {
		name  string
		kind  answer.Kind
		sides [2]string
		about string
		want  [2]string
	}{
		{
			"figures", answer.Figures,
			[2]string{"nine hours", "seven hours"},
			"The reports have different numbers",
			[2]string{"Sandmouth Mail: The ferry was nine hours late.", "Harbor Courier: The ferry was seven hours late."},
		},
		{
			"a later state, with dates", answer.Superseded,
			[2]string{"nine hours", "seven hours"},
			"This changed later",
			[2]string{"Sandmouth Mail (2 May 2025): The ferry was nine hours late.", "Harbor Courier (3 May 2025): The ferry was seven hours late."},
		},
		{
			"a later state of unknown date", answer.Superseded,
			[2]string{"nine hours", "five hours"},
			"This changed later",
			[2]string{"Sandmouth Mail (2 May 2025): The ferry was nine hours late.", "“A note on the ferry”: The ferry was five hours late."},
		},
		{
			"one outlet twice, with dates", answer.Figures,
			[2]string{"nine hours", "eight hours"},
			"The reports have different numbers",
			[2]string{"Sandmouth Mail (2 May 2025): The ferry was nine hours late.", "Sandmouth Mail (5 May 2025): The ferry was eight hours late."},
		},
		{
			"one outlet twice on one day, with titles", answer.Figures,
			[2]string{"eight hours", "six hours"},
			"The reports have different numbers",
			[2]string{"“The ferry again” (5 May 2025): The ferry was eight hours late.", "“The ferry once more” (5 May 2025): The ferry was six hours late."},
		},
		{
			"a title and no title", answer.Differing,
			[2]string{"five hours", "one hour"},
			"Here’s how each report puts it",
			[2]string{"“A note on the ferry”: The ferry was five hours late.", "bare: The ferry was one hour late."},
		},
		{
			"anything else", answer.Disputed,
			[2]string{"seven hours", "one hour"},
			"The reports don’t agree",
			[2]string{"Harbor Courier: The ferry was seven hours late.", "bare: The ferry was one hour late."},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &answer.Answer{}
			got := NewWriter(c, a).Conflict(tt.kind, answering(t, c, tt.sides[0]), answering(t, c, tt.sides[1]))
			if got.Kind != tt.kind || got.About != tt.about || got.Woven || len(got.Sides) != 2 || len(a.Claims) != 2 {
				t.Fatalf("got %+v and %d claims, want a conflict with two of each, %q", got, len(a.Claims), tt.about)
			}
			for i, side := range got.Sides {
				if side.Claim != tt.want[i] || side.Claim != a.Claims[i].Text || !slices.Equal(side.Citations, []int{i + 1}) {
					t.Errorf("got side %+v of claim %q, want %q with [%d]", side, a.Claims[i].Text, tt.want[i], i+1)
				}
				checkSpans(t, c, a, a.Claims[i], tt.sides[i])
				if n := Named(side.Claim, &a.Citations[i]); !strings.HasPrefix(side.Claim[n:], "The ferry was ") {
					t.Errorf("without the name of its report %q is %q", side.Claim, side.Claim[n:])
				}
				if !Supported(a, a.Claims[i]) {
					t.Errorf("%q is not supported by what it quotes", a.Claims[i].Text)
				}
			}
		})
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{
		{"", 5, ""},
		{"short", 5, "short"},
		{"a longer text", 10, "a longer…"},
		{"a longer text", 9, "a longer…"},
		{"well, then it goes on", 6, "well…"},
		{"one, two three", 9, "one, two…"},
		{"unbreakable", 6, "unbre…"},
		{"a unbreakable", 8, "a unbre…"},
		{"漢字漢字漢字", 4, "漢字漢…"},
	} {
		if got := Clip(tt.text, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d): got %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}

func TestLabelIsShort(t *testing.T) {
	long := strings.Repeat("harbor ", 20)
	got := Label(&corpus.Article{ID: "a", Title: long})
	if n := len([]rune(got)); n > 72 || !strings.HasPrefix(got, "“harbor") || !strings.HasSuffix(got, "…”") {
		t.Errorf("got %q of %d letters, want the beginning of the title, 70 letters at most", got, n)
	}
}

// TestOutletTwiceOfThree guards that of three accounts any two of one outlet are told apart.
func TestOutletTwiceOfThree(t *testing.T) {
	c := harbor(t)
	a := &answer.Answer{}
	got := NewWriter(c, a).Conflict(answer.Differing, answering(t, c, "nine hours"), answering(t, c, "eight hours"), answering(t, c, "seven hours"))
	for i, want := range []string{"Sandmouth Mail (2 May 2025): ", "Sandmouth Mail (5 May 2025): ", "Harbor Courier (3 May 2025): "} {
		if !strings.HasPrefix(got.Sides[i].Claim, want) {
			t.Errorf("got %q, want it under %q", got.Sides[i].Claim, want)
		}
	}
}
