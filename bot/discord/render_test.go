package discord

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/discord/markup"
)

const address = "https://example.com/kremlin"

func TestRender(t *testing.T) {
	r := &bot.Reply{
		Outcome: bot.Disputed,
		Title:   "The reports differ",
		Blocks: []bot.Block{
			{Style: bot.Bullet, Spans: []bot.Span{{Text: "One: nearly five hours.", Marks: []int{1}}}},
			{Style: bot.Bullet, Spans: []bot.Span{{Text: "Two: more than *four*.", Marks: []int{1, 2}}}},
			{Style: bot.Paragraph, Spans: []bot.Span{{Text: "First.", Marks: []int{2}}, {Text: "Second."}, {Text: ", glued", Glued: true, Bold: true}}},
			{Style: bot.Quote, Spans: []bot.Span{{Text: "a\nb"}}},
			{Style: bot.Note, Spans: []bot.Span{{Text: "# note"}}},
		},
		Cards: []bot.Card{
			{N: 1, Title: "Five [hours]", Outlet: "The Paper", Date: "2 December 2025", URL: address, Blocks: []bot.Block{{Style: bot.Quote, Spans: []bot.Span{{Text: "nearly five hours"}}}}},
			{N: 2, Title: "Four hours", URL: "javascript:alert(1)"},
		},
		Buttons: []bot.Button{{Label: "Sources", Style: bot.Primary, Action: bot.Action{Verb: bot.ShowSources, Ref: strings.Repeat("A", 26)}}},
	}
	got := render(r, Classic)
	if len(got) != 1 {
		t.Fatalf("got %d messages, want 1", len(got))
	}
	want := "**The reports differ**\n" +
		"- One: nearly five hours. [1](<https://example.com/kremlin>)\n" +
		"- Two: more than \\*four\\*. [1](<https://example.com/kremlin>)\\[2\\]\n\n" +
		"First. \\[2\\] Second.**, glued**\n" +
		"> a b\n" +
		"-# \\# note"
	if got[0].Content != want {
		t.Errorf("got\n%s\nwant\n%s", got[0].Content, want)
	}
	below := "-# [1](<https://example.com/kremlin>) The Paper · Five \\[hours\\] · 2 December 2025\n> nearly five hours\n\n" +
		`-# \[2\] Four hours`
	if e := got[0].Embeds[0]; e.Description != below || len(e.Fields) > 0 {
		t.Errorf("got\n%s\nwant\n%s", e.Description, below)
	}
	text, err := json.Marshal(got[0].outgoing())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"allowed_mentions":{"parse":[]}`, `"custom_id":"n:p1.src.AAAAAAAAAAAAAAAAAAAAAAAAAA.0"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

// TestLongAnswer guards that an answer over 2000 characters goes on in further
// messages, cut between claims and never inside a citation.
func TestLongAnswer(t *testing.T) {
	r := &bot.Reply{Outcome: bot.Answered, Cards: []bot.Card{{N: 1, Title: "T", URL: address}}}
	var claims []string
	for i := range 30 {
		claim := strings.Repeat("word ", 20+i) + "end."
		claims = append(claims, claim+" [1](<"+address+">)")
		r.Blocks = append(r.Blocks, bot.Block{Style: bot.Bullet, Spans: []bot.Span{{Text: claim, Marks: []int{1}}}})
	}
	parts := render(r, Classic)
	if len(parts) < 3 {
		t.Fatalf("got %d messages", len(parts))
	}
	all := ""
	for i, p := range parts {
		if n := markup.Len(p.Content); n > maxContent {
			t.Errorf("message %d has %d characters", i, n)
		}
		if !strings.HasPrefix(p.Content, "- word") || !strings.HasSuffix(p.Content, ">)") {
			t.Errorf("message %d is cut inside a claim: %q … %q", i, p.Content[:20], p.Content[len(p.Content)-20:])
		}
		if last := i == len(parts)-1; last != (len(p.Embeds) == 1) {
			t.Errorf("message %d has %d embeds; the sources belong under the last", i, len(p.Embeds))
		}
		all += p.Content + "\n"
	}
	for _, c := range claims {
		if !strings.Contains(all, c) {
			t.Errorf("lost %q", c)
		}
	}
}

// TestEndlessSpan guards that one claim longer than a message keeps its words
// and its mark whole.
func TestEndlessSpan(t *testing.T) {
	r := &bot.Reply{Cards: []bot.Card{{N: 1, URL: address}}, Blocks: []bot.Block{{Spans: []bot.Span{{Text: strings.Repeat("*word* ", 900), Marks: []int{1}}}}}}
	parts := render(r, Classic)
	all := ""
	for i, p := range parts {
		if markup.Len(p.Content) > maxContent {
			t.Errorf("message %d is too long", i)
		}
		if strings.HasSuffix(p.Content, `\`) {
			t.Errorf("message %d ends inside an escape", i)
		}
		all += p.Content
	}
	if got := strings.Count(all, `\*word\*`); got != 900 {
		t.Errorf("%d words are left of 900", got)
	}
	if !strings.HasSuffix(all, "[1](<"+address+">)") {
		t.Error("the mark is not at the end")
	}
}

var anyLink = regexp.MustCompile(`(?:^|[^\\])\]\(`)

// TestRenderLimits guards Discord's limits and the safety of every text, over
// replies made of odd pieces.
func TestRenderLimits(t *testing.T) {
	pieces := []string{
		"", " ", "word ", "**", "``` ", "||", "@everyone ", "<@1>", "[x](https://evil.example) ", "\u202E", "Z\u0335\u0335\u0335\u0335\u0335", "👩‍👧", "\n# x\n",
		"https://evil.example/", strings.Repeat("long", 300), strings.Repeat("\u0301", 3000), strings.Repeat("@", 2500), "שלום ", "\x00", "\\",
	}
	styles := []bot.Style{bot.Paragraph, bot.Heading, bot.Bullet, bot.Quote, bot.Note}
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 1))
		text := func() string {
			var b strings.Builder
			for range rng.IntN(12) {
				b.WriteString(pieces[rng.IntN(len(pieces))])
			}
			return b.String()
		}
		blocks := func(n int) (out []bot.Block) {
			for range rng.IntN(n) {
				b := bot.Block{Style: styles[rng.IntN(len(styles))]}
				for range rng.IntN(4) {
					s := bot.Span{Text: text(), Bold: rng.IntN(3) == 0, Glued: rng.IntN(3) == 0}
					for range rng.IntN(3) {
						s.Marks = append(s.Marks, rng.IntN(9))
					}
					b.Spans = append(b.Spans, s)
				}
				out = append(out, b)
			}
			return out
		}
		r := &bot.Reply{Title: text(), Blocks: blocks(9), Outcome: []bot.Outcome{bot.Answered, bot.Told, bot.Declined}[seed%3]}
		for n := range rng.IntN(30) {
			r.Cards = append(r.Cards, bot.Card{N: n, Title: text(), Outlet: text(), Date: text(), Detail: text(), URL: []string{"", address, "x" + text()}[rng.IntN(3)], Blocks: blocks(4)})
		}
		for n := range rng.IntN(30) {
			r.Buttons = append(r.Buttons, bot.Button{Label: text(), Action: bot.Action{Verb: bot.ShowSources, Ref: strings.Repeat("A", 26), Index: n}})
		}
		if rng.IntN(2) == 0 {
			r.Page = &bot.Page{Label: text()}
		}
		parts := render(r, Classic)
		if len(parts) == 0 || len(parts) > maxParts {
			t.Fatalf("seed %d: %d messages", seed, len(parts))
		}
		for _, m := range parts {
			checkLimits(t, seed, m)
		}
		for _, m := range render(r, Components) {
			checkComponents(t, fmt.Sprintf("seed %d", seed), m)
			checkLimits(t, seed, message{Content: nothing, Embeds: []*discordgo.MessageEmbed{{Description: seenIn([]message{m}).text}}})
		}
		checkModal(t, seed, form(&bot.Form{Title: text(), Label: text() + "l", Placeholder: text(), MaxLength: rng.IntN(9000)}))
	}
}

func checkLimits(t *testing.T, seed uint64, m message) {
	t.Helper()
	check := func(what, s string, limit int) {
		t.Helper()
		if n := markup.Len(s); n > limit {
			t.Errorf("seed %d: %s has %d characters, %d are allowed", seed, what, n, limit)
		}
		if got, want := len(anyLink.FindAllString(s, -1)), strings.Count(s, "](<"+address+">)"); got != want {
			t.Errorf("seed %d: %s has a link that is not the corpus's: %q", seed, what, s)
		}
		for _, bad := range []string{"\u202E", "\x00", "https://evil", " @everyone", "<@1>"} {
			if strings.Contains(s, bad) {
				t.Errorf("seed %d: %s has %q", seed, what, bad)
			}
		}
	}
	check("content", m.Content, maxContent)
	if strings.TrimSpace(m.Content) == "" && len(m.Embeds) == 0 {
		t.Errorf("seed %d: empty message", seed)
	}
	for _, e := range m.Embeds {
		check("title", e.Title, maxTitle)
		check("description", e.Description, maxDescription)
		total := markup.Len(e.Title) + markup.Len(e.Description)
		if e.Footer != nil {
			if n := markup.Len(e.Footer.Text); n > maxFooter { // no markup works there
				t.Errorf("seed %d: footer of %d", seed, n)
			}
			total += markup.Len(e.Footer.Text)
		}
		for _, f := range e.Fields {
			check("field name", f.Name, maxFieldName)
			check("field value", f.Value, maxFieldValue)
			if f.Name == "" || f.Value == "" {
				t.Errorf("seed %d: empty field", seed)
			}
			total += markup.Len(f.Name) + markup.Len(f.Value)
		}
		if total > maxEmbeds {
			t.Errorf("seed %d: embed of %d characters", seed, total)
		}
	}
	if len(m.Components) > maxRow {
		t.Errorf("seed %d: %d rows", seed, len(m.Components))
	}
}

func checkModal(t *testing.T, seed uint64, m modal) {
	t.Helper()
	if markup.Len(m.Title) > maxModalTitle {
		t.Errorf("seed %d: title of a modal: %q", seed, m.Title)
	}
}

// TestPassageKeepsItsParagraphs guards that a passage on a card stands apart from
// the facts above it, and its paragraphs from each other.
func TestPassageKeepsItsParagraphs(t *testing.T) {
	line := func(text string) bot.Block {
		return bot.Block{Style: bot.Paragraph, Spans: []bot.Span{{Text: text}}}
	}
	got := body(bot.Card{Outlet: "The Paper", Blocks: []bot.Block{line("A heading"), line("A sentence.")}}, "", maxDescription)
	if want := "The Paper\n\nA heading\n\nA sentence."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNoteAboveHeading guards that the question stands right above its answer.
func TestNoteAboveHeading(t *testing.T) {
	got := render(&bot.Reply{Blocks: []bot.Block{
		{Style: bot.Note, Spans: []bot.Span{{Text: "Asked: why?"}}}, {Style: bot.Heading, Spans: []bot.Span{{Text: "They differ"}}},
	}}, Classic)[0].Content
	if want := "-# Asked: why?\n**They differ**"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
