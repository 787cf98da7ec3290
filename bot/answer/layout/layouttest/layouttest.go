// Package layouttest makes answers of odd pieces, for tests of what shows answers:
// long titles, no outlet, no address, letters that mean something, many sources,
// several sides, sentences of a model, the same sentence in two articles.
//
// Every sentence has a token of its own, which [Tokens] finds again in whatever is
// shown.
package layouttest

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/corpus"
)

var token = regexp.MustCompile(`s\d+q`)

// Tokens are the tokens in a text, in order.
func Tokens(text string) []string { return token.FindAllString(text, -1) }

// Maker makes answers. One seed makes the same ones again.
type Maker struct {
	*rand.Rand
	sentences int
}

// New returns a maker.
func New(seed uint64) *Maker { return &Maker{Rand: rand.New(rand.NewPCG(seed, 11))} } //nolint:gosec // no secret

func (m *Maker) one(in []string) string { return in[m.IntN(len(in))] }

// chance is true once in n times.
func (m *Maker) chance(n int) bool { return m.IntN(n) == 0 }

// odd are what words are that mean something to somebody.
func odd() []string {
	return []string{
		"*", "**bold**", "_", "__u__", "~~no~~", "||spoiler||", "`code`", "```", "<@1>", "@everyone", "https://evil.example/x", "[7]", "[a](https://evil.example)",
		`\`, "#", "-#", "> ", "e.g.", "U.S.", "3.5", "1.", "🎉", "👩‍👧", "שלום", "\u202e", "Z\u0335\u0335\u0335\u0335\u0335", ":smile:", "…", "(", ")", "“so”", "\t", "{{.X}}", "[12][13]",
	}
}

// Sentence is a new sentence.
func (m *Maker) Sentence() string {
	m.sentences++
	words := []string{"The", fmt.Sprintf("s%dq", m.sentences)}
	n := 3 + m.IntN(20)
	if m.chance(25) {
		n += 120
	}
	for range n {
		word := m.one([]string{"harbour", "bridge", "said", "the", "mayor", "costs", "million", "on", "Tuesday", "not"})
		if m.chance(9) {
			word = m.one(odd())
		}
		words = append(words, word)
	}
	return strings.Join(words, " ") + " then."
}

// Article is an odd article of two to eight sentences.
func (m *Maker) Article(id string) corpus.Article {
	a := corpus.Article{
		ID: id,
		Title: m.one([]string{
			"", "Bridge opens", "Bridge opens", "The **bold** [bridge](https://evil.example)", strings.Repeat("A very long title ", 20), "Party 🎉 at the bridge", "evil.example says so",
			"“Quoted”: a day in the U.S. (part 2)", "@everyone <@&1>", "Зустріч у порту", "a_b_c `x`",
		}),
		Publisher: m.one([]string{"", "", "The Paper", "The Paper", "Harbour Post", "*Odd* [outlet]", strings.Repeat("Long Outlet ", 20)}),
		URL: m.one([]string{
			"", "https://news.example/a", "https://news.example/" + strings.Repeat("b", 360), "javascript:alert(1)", "https://news.example/a_(b)", "https://news.example/" + strings.Repeat("c", 600),
		}),
	}
	if !m.chance(3) {
		a.Published = time.Date(2025, time.Month(1+m.IntN(12)), 1+m.IntN(28), 0, 0, 0, 0, time.UTC)
	}
	var body []string
	for range 2 + m.IntN(7) {
		body = append(body, m.Sentence())
	}
	a.Body = strings.Join(body, "\n")
	return a
}

// making is an answer that is being made.
type making struct {
	*Maker
	articles []corpus.Article
	out      []answer.Citation
}

func (m *Maker) making() *making {
	w := &making{Maker: m}
	for i := range 1 + m.IntN(8) {
		w.articles = append(w.articles, m.Article(fmt.Sprintf("odd/%d-%d.md", m.sentences, i)))
	}
	return w
}

// cite cites an article's lines from one to another, and returns number and quote.
func (w *making) cite(article, from, to int) (int, string) {
	a := &w.articles[article]
	lines := strings.Split(a.Body, "\n")
	start := len(strings.Join(lines[:from], "\n"))
	if from > 0 {
		start++
	}
	text := strings.Join(lines[from:to+1], "\n")
	span := corpus.Span{Start: start, End: start + len(text)}
	for _, c := range w.out {
		if c.ArticleID == a.ID && c.Span == span {
			return c.N, text
		}
	}
	n := len(w.out) + 1
	w.out = append(w.out, answer.Citation{
		N: n, ArticleID: a.ID, Title: a.Title, Publisher: a.Publisher, Published: a.Published, URL: a.URL, Span: span, Quote: text,
	})
	return n, text
}

// any cites any line of any article, at times with the one before.
func (w *making) any() (int, string) {
	article := w.IntN(len(w.articles))
	last := w.IntN(strings.Count(w.articles[article].Body, "\n") + 1)
	from := last
	if last > 0 && w.chance(4) {
		from--
	}
	return w.cite(article, from, last)
}

// claim is a statement: a quotation, one with further sources, or a model's.
func (w *making) claim() answer.Claim {
	n, text := w.any()
	c := answer.Claim{Text: strings.Join(strings.Fields(text), " "), Citations: []int{n}}
	if w.chance(3) {
		c.Text = w.Sentence()
	}
	for range w.IntN(3) {
		if more, _ := w.any(); !slices.Contains(c.Citations, more) {
			c.Citations = append(c.Citations, more)
		}
	}
	if words := strings.SplitAfter(c.Text, " "); w.chance(2) {
		from := w.IntN(len(words))
		start := len(strings.Join(words[:from], ""))
		c.Marked = corpus.Span{Start: start, End: start + len(strings.TrimSpace(words[from]))}
	}
	return c
}

// side is an account under the name of its report.
func (w *making) side(article int) answer.Claim {
	n, text := w.cite(article, 0, 0)
	name := quote.Label(&w.articles[article])
	if w.chance(2) && !w.articles[article].Published.IsZero() {
		name += " (" + w.articles[article].Published.Format("2 January 2006") + ")"
	}
	return answer.Claim{Text: name + ": " + text, Citations: []int{n}}
}

// Answer is an odd answer. Nearest are indices of a corpus of so many articles.
func (m *Maker) Answer(articles int) *answer.Answer {
	a := &answer.Answer{Engine: "odd", Confidence: m.Float64()}
	if m.chance(8) {
		a.Abstained = true
		a.Reason = []answer.Reason{answer.NotInArticles, answer.NotInArticles, answer.SmallTalk, answer.Instruction, answer.Empty}[m.IntN(5)]
		for range m.IntN(4) {
			a.Nearest = append(a.Nearest, m.IntN(articles))
		}
		a.Text = "The articles do not say."
		return a
	}
	w := m.making()
	if len(w.articles) > 1 && m.chance(3) {
		kind := []answer.Kind{answer.Figures, answer.Disputed, answer.Differing, answer.Superseded}[m.IntN(4)]
		c := answer.Conflict{Kind: kind, About: quote.Heading(kind)}
		for i := range 2 + m.IntN(min(3, len(w.articles)-1)) {
			claim := w.side(i % len(w.articles))
			a.Claims = append(a.Claims, claim)
			c.Sides = append(c.Sides, answer.Side{Claim: claim.Text, Citations: claim.Citations})
		}
		c.Woven = m.chance(6)
		a.Conflicts = append(a.Conflicts, c)
	}
	for range 1 + m.IntN(6) {
		a.Claims = append(a.Claims, w.claim())
	}
	if m.chance(10) { // much of everything
		for range 30 {
			a.Claims = append(a.Claims, w.claim())
		}
	}
	a.Lead = []answer.Lead{"", "", "", answer.Yes, answer.No}[m.IntN(5)]
	a.Note = []answer.Note{answer.Unaided, answer.Unaided, answer.ModelFailed, answer.NothingHeld, answer.OverBudget}[m.IntN(5)]
	if m.chance(8) {
		a.Unsaid = []string{"Who paid for " + m.one(odd()) + "?"}
	}
	a.Shape = []answer.Shape{answer.Prose, answer.List}[m.IntN(2)]
	for i := range a.Claims {
		if m.chance(3) {
			a.Claims[i].Day = time.Date(2025, time.May, 1+m.IntN(28), 0, 0, 0, 0, time.UTC)
		}
	}
	if m.chance(3) {
		a.Intro = "There are some " + m.one(odd()) + " of them."
	}
	a.Citations = w.out
	a.Text = quote.Text(a)
	return a
}

// Check is an odd check of one statement or many.
func (m *Maker) Check(articles int) *answer.Check {
	w := m.making()
	c := &answer.Check{Left: m.IntN(3)}
	for range 1 + m.IntN(6) {
		s := answer.Checked{Text: m.Sentence()}
		n, text := w.any()
		more, _ := w.any()
		switch m.IntN(5) {
		case 0:
			s.Verdict, s.Supports = answer.Supported, []int{n}
			s.Text = text // word for word
			if stated(c, text) {
				s.Text = m.Sentence()
			}
		case 1:
			s.Verdict, s.Contradicts = answer.Contradicted, []int{n, more}
		case 2:
			s.Verdict, s.Supports, s.Contradicts = answer.Split, []int{n}, []int{more}
		case 3:
			s.Verdict, s.Supports = answer.Supported, []int{n, more}
		default:
			s.Verdict, s.Supports = answer.Supported, []int{more}
			c.Statements = append(c.Statements, answer.Checked{Text: m.Sentence(), Verdict: answer.NotSaid, Nearest: []int{m.IntN(articles)}})
		}
		c.Statements = append(c.Statements, s)
	}
	c.Citations = w.out
	return c
}

// stated reports whether a statement of a check has a sentence of a text.
func stated(c *answer.Check, text string) bool {
	own := Tokens(text)
	return slices.ContainsFunc(c.Statements, func(s answer.Checked) bool {
		return slices.ContainsFunc(Tokens(s.Text), func(t string) bool { return slices.Contains(own, t) })
	})
}
