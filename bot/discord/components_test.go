package discord

import (
	"encoding/json"
	"strings"
	"testing"

	"parley/bot"
	"parley/bot/discord/markup"
)

// looked is a message of components as a test compares it: boxes, texts, lines and
// rows, a line each.
func looked(all []component) string {
	var b strings.Builder
	var walk func([]component, string)
	walk = func(all []component, indent string) {
		for _, c := range all {
			switch c.Type {
			case typeContainer:
				b.WriteString(indent + "box\n")
			case typeText:
				b.WriteString(indent + "text " + c.Content + "\n")
			case typeSeparator:
				b.WriteString(indent + map[bool]string{true: "line", false: "space"}[*c.Divider] + "\n")
			case typeRow:
				b.WriteString(indent + "row\n")
			case typeButton:
				b.WriteString(indent + c.Label + "\n")
			}
			walk(c.Components, indent+"  ")
		}
	}
	walk(all, "")
	return b.String()
}

// twoSided is an answer with two accounts and what was asked.
func twoSided() *bot.Reply {
	return &bot.Reply{
		Outcome: bot.Disputed,
		Blocks: []bot.Block{
			{Style: bot.Note, Spans: []bot.Span{{Text: "Asked: how long?"}}},
			{Style: bot.Heading, Spans: []bot.Span{{Text: "Numbers differ"}}},
			{Style: bot.Side, Label: "The *Paper*", Date: "2 December 2025", Spans: []bot.Span{{Text: "It took"}, {Text: "five hours", Bold: true}, {Text: ".", Glued: true, Marks: []int{1}}}},
			{Style: bot.Side, Label: "The Post", Spans: []bot.Span{{Text: "It took four.", Marks: []int{2, 3}}}},
			{Style: bot.Note, Spans: []bot.Span{{Text: "Quoted."}}},
		},
		Cards: []bot.Card{
			{N: 1, More: []int{3}, Title: "Five hours: a day in the U.S.", Outlet: "The Paper", Date: "2 December 2025", URL: address},
			{N: 2, Title: "Four *hours*", Outlet: "The Post", URL: address, Blocks: []bot.Block{{Style: bot.Quote, Spans: []bot.Span{{Text: "Four it was."}}}}},
		},
		Buttons: []bot.Button{button("Sources", bot.ShowSources, 0)},
	}
}

// TestComponents guards how an answer looks: the accounts apart, each under its label,
// marks that link, and below a line each article once.
func TestComponents(t *testing.T) {
	got := render(twoSided(), Components)
	if len(got) != 1 {
		t.Fatalf("%d messages, want 1", len(got))
	}
	const link = "(<" + address + ">)"
	want := "box\n" +
		"  text -# Asked: how long?\n**Numbers differ**\n" +
		"  space\n" +
		"  text **The \\*Paper\\*** · 2 December 2025\nIt took **five hours**. [1]" + link + "\n" +
		"  space\n" +
		"  text **The Post**\nIt took four. [2]" + link + "[3]" + link + "\n" +
		"  space\n" +
		"  text -# Quoted.\n" +
		"  line\n" +
		"  text -# \\[1\\]\\[3\\] The Paper · [Five hours: a day in the U.S.]" + link + " · 2 December 2025\n" +
		"-# [2]" + link + " The Post · Four \\*hours\\*\n> Four it was.\n" +
		"row\n  Sources\n"
	if text := looked(got[0].Components); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	raw, err := json.Marshal(got[0].outgoing())
	if err != nil {
		t.Fatal(err)
	}
	for _, not := range []string{`"content":""`, `"embeds"`} {
		if strings.Contains(string(raw), not) {
			t.Errorf("%s beside components: %s", not, raw)
		}
	}
	if !strings.Contains(string(raw), `"flags":32768`) || !strings.Contains(string(raw), `"allowed_mentions":{"parse":[]}`) {
		t.Errorf("sent is %s", raw)
	}
}

// TestConfirmationHasNoBox guards that a word of thanks is a line and no more.
func TestConfirmationHasNoBox(t *testing.T) {
	r := &bot.Reply{Outcome: bot.Told, Blocks: []bot.Block{{Spans: []bot.Span{{Text: "Thank you!"}}}}}
	if got := looked(render(r, Components)[0].Components); got != "text Thank you!\n" {
		t.Errorf("got %s", got)
	}
	if got := looked(render(&bot.Reply{}, Components)[0].Components); got != "text …\n" {
		t.Errorf("a reply without words is %s", got)
	}
}

// TestQuotesGoFirst guards what an answer loses that is too long for one message:
// quotes of the sources from the last on, then the links, then its end, and never a
// mark of what is shown.
func TestQuotesGoFirst(t *testing.T) {
	answer := func(words int, cards int, url string) *bot.Reply {
		r := &bot.Reply{Outcome: bot.Answered}
		for n := 1; n <= cards; n++ {
			r.Blocks = append(r.Blocks, bot.Block{Style: bot.Bullet, Spans: []bot.Span{
				{Text: strings.Repeat("word ", words)}, {Text: "decides", Bold: true}, {Text: "so.", Marks: []int{n}},
			}})
			r.Cards = append(r.Cards, bot.Card{N: n, Title: "T", URL: url, Blocks: []bot.Block{{Style: bot.Quote, Spans: []bot.Span{{Text: strings.Repeat("quote ", 30)}}}}})
		}
		return r
	}
	long := "https://example.com/" + strings.Repeat("a", 300)
	for name, tt := range map[string]struct {
		reply  *bot.Reply
		quotes int
		links  int // of marks
		marks  int
	}{
		"all of it":        {answer(10, 5, ""), 5, 0, 5},
		"some quotes":      {answer(95, 6, ""), 5, 0, 6},
		"no quotes":        {answer(106, 7, ""), 0, 0, 7},
		"no links":         {answer(60, 6, long), 0, 0, 6},
		"with links":       {answer(10, 3, long), 3, 3, 3},
		"not even all":     {answer(150, 9, ""), 0, 0, 5},
		"one without end":  {answer(3000, 1, ""), 0, 0, 1},
		"links, no quotes": {answer(67, 5, long[:200]), 0, 5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			parts := render(tt.reply, Components)
			if len(parts) != 1 {
				t.Fatalf("%d messages", len(parts))
			}
			checkComponents(t, name, parts[0])
			inner := parts[0].Components[0].Components
			text, below := inner[0].Content, ""
			if len(inner) > 1 {
				below = inner[len(inner)-1].Content
			}
			if got := strings.Count(below, "> quote"); got != tt.quotes {
				t.Errorf("%d quotes, want %d", got, tt.quotes)
			}
			if got := strings.Count(text, "](<"); got != tt.links {
				t.Errorf("%d links, want %d", got, tt.links)
			}
			if got := strings.Count(text, `\[`) + tt.links; got != tt.marks {
				t.Errorf("%d marks, want %d in %s", got, tt.marks, text)
			}
			if begun := strings.Count(text, "- word"); begun != tt.marks {
				t.Errorf("%d statements are shown with %d marks", begun, tt.marks)
			}
			if cut := strings.Contains(text, "…"); cut != (tt.marks < len(tt.reply.Cards) || name == "one without end") {
				t.Errorf("cut %v: %s", cut, text)
			}
		})
	}
}

// TestList guards how a page of a list looks: each article apart, its title a link.
func TestList(t *testing.T) {
	r := &bot.Reply{Outcome: bot.Told, Title: "2 articles", Page: &bot.Page{Number: 1, Of: 2, Label: "1 of 2"}, Cards: []bot.Card{
		{N: 1, Title: "First", Outlet: "The Paper", Detail: "90 words", URL: address, Blocks: []bot.Block{{Style: bot.Quote, Spans: []bot.Span{{Text: "It began."}}}}},
		{N: 2, Title: "Second"},
	}, Buttons: []bot.Button{button("Next", bot.TurnPage, 1)}}
	want := "box\n  text **2 articles**\n  space\n" +
		"  text \\[1\\] **[First](<" + address + ">)**\n-# The Paper · 90 words\n> It began.\n  space\n" +
		"  text **\\[2\\] Second**\n  space\n  text -# 1 of 2\nrow\n  Next\n"
	if got := looked(render(r, Components)[0].Components); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTitleLinks guards which titles are the label of a link: Discord knows no escapes
// there, and writes out what looks like an address.
func TestTitleLinks(t *testing.T) {
	for title, want := range map[string]bool{
		"Putin meets envoys: a “good” day, and 4+ hours": true, "The U.S. view (part 2)": true, "Q.E.D.": true, "Зустріч у Кремлі": true,
		"": false, "a [b]": false, "*a*": false, "a_b": false, "evil.com says": false, "see https://a.b": false, "discord.gg/x": false,
		"Party 🎉": false, "a | b": false, "back\\slash": false, "<@1>": false, "@everyone": false, "a ~ b": false, ":smile: x": false,
	} {
		if got := canLabel(title); got != want {
			t.Errorf("%q: got %v", title, got)
		}
	}
}

// checkComponents guards Discord's limits on a message of components.
func checkComponents(t *testing.T, name string, m message) {
	t.Helper()
	if !m.V2 || m.Content != "" || len(m.Embeds) > 0 {
		t.Errorf("%s: %+v is no message of components", name, m)
	}
	if n := count(m.Components); n > maxComponents || n == 0 {
		t.Errorf("%s: %d components", name, n)
	}
	total := 0
	var walk func([]component)
	walk = func(all []component) {
		for _, c := range all {
			if c.Type == typeText {
				total += markup.Len(c.Content)
				if strings.TrimSpace(c.Content) == "" {
					t.Errorf("%s: an empty text", name)
				}
			}
			walk(c.Components)
		}
	}
	walk(m.Components)
	if total > maxText {
		t.Errorf("%s: %d characters of text", name, total)
	}
}
