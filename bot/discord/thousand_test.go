package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/answer/layout/layouttest"
	"parley/bot/discord/discordtest"
	"parley/bot/limits"
	"parley/corpus/read"
	"parley/corpus/read/limit"
	"parley/retrieval/library"
)

// varied is how many answers are rendered.
const varied = 1000

// oddEngine answers the question "q7" with the seventh of some odd answers, and checks
// "c7" likewise.
type oddEngine struct {
	answers []*answer.Answer
	checks  []*answer.Check
}

func (e *oddEngine) Answer(_ context.Context, q answer.Question) (*answer.Answer, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(q.Text, "q"))
	if err != nil {
		return nil, fmt.Errorf("read question: %w", err)
	}
	return e.answers[n], nil
}

func (e *oddEngine) Check(_ context.Context, text string) (*answer.Check, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(text, "c"))
	if err != nil {
		return nil, fmt.Errorf("read statement: %w", err)
	}
	return e.checks[n], nil
}

// oddBot is a bot over odd articles that gives odd answers.
func oddBot(t *testing.T) (*bot.Bot, *oddEngine) {
	t.Helper()
	const articles = 40
	m := layouttest.New(2)
	e := &oddEngine{}
	for range varied {
		e.answers, e.checks = append(e.answers, m.Answer(articles)), append(e.checks, m.Check(articles))
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for i := range articles {
		a := m.Article(fmt.Sprintf("list-%d", i))
		line := map[string]string{"id": a.ID, "title": a.Title, "publisher": a.Publisher, "url": a.URL, "text": a.Body}
		if !a.Published.IsZero() {
			line["date"] = a.Published.Format("2006-01-02")
		}
		if err := enc.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "odd.jsonl")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	lib, err := load(&library.Files{Paths: []string{file}, Options: read.Options{Limits: limit.Limits{FileBytes: limit.DefaultFileBytes, ArticleBytes: limit.DefaultArticleBytes}}})
	if err != nil {
		t.Fatal(err)
	}
	opts := bot.Options{
		Library: lib, Quotas: limits.Quotas{PerUser: -1, PerChannel: -1, PerServer: -1},
		Engine: func(*library.Snapshot) bot.Answerer { return e },
	}
	made, err := bot.New(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = made.Close(context.Background()) })
	return made, e
}

// sight is what people see of messages.
type sight struct {
	text string // all of it
	said string // without what stands below the line: the sources
}

// seenIn reads messages as people do.
func seenIn(parts []message) sight {
	var all, said []string
	for _, m := range parts {
		said = append(said, m.Content)
		for _, e := range m.Embeds {
			all = append(all, e.Title, e.Description)
			for _, f := range e.Fields {
				all = append(all, f.Name, f.Value)
			}
		}
		below := false
		var walk func([]component)
		walk = func(some []component) {
			for _, c := range some {
				below = below || c.Type == typeSeparator && *c.Divider
				switch {
				case c.Type == typeText && below:
					all = append(all, c.Content)
				case c.Type == typeText:
					said = append(said, c.Content)
				}
				walk(c.Components)
			}
		}
		walk(m.Components)
	}
	return sight{strings.Join(append(said, all...), "\n"), strings.Join(said, "\n")}
}

var shownMark = regexp.MustCompile(`\[(\d+)\\?\]`)

// marksIn are the numbers of the marks in a text.
func marksIn(text string) map[int]bool {
	out := map[int]bool{}
	for _, m := range shownMark.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		out[n] = true
	}
	return out
}

// TestThousandAnswers guards that whatever is answered, declined, checked or listed
// makes messages that Discord takes, in both looks, with no sentence in it twice and no
// mark missing of what is said. It runs by itself, for it takes seconds of a processor.
func TestThousandAnswers(t *testing.T) {
	spec := discordtest.SpecPath()
	if spec == "" {
		spec = discordtest.NoSpec
		t.Log("without Discord's OpenAPI file")
	}
	rules, err := discordtest.NewChecker(spec)
	if err != nil {
		t.Fatal(err)
	}
	b, engine := oddBot(t)
	kinds := map[string]int{}
	show := func(what string, r *bot.Reply) map[Look]sight {
		kinds[string(r.Outcome)]++
		out := map[Look]sight{}
		for _, look := range []Look{Components, Classic} {
			parts := render(r, look)
			if look == Components && len(parts) != 1 {
				t.Errorf("%s: %d messages", what, len(parts))
			}
			for _, m := range parts {
				for _, wrong := range taken(t, rules, m) {
					t.Errorf("%s, %s: %s", what, look, wrong)
				}
			}
			s := seenIn(parts)
			count := map[string]int{}
			for _, token := range layouttest.Tokens(s.text) {
				if count[token]++; count[token] == 2 {
					t.Errorf("%s, %s: %s is there twice in\n%s", what, look, token, s.text)
				}
			}
			out[look] = s
		}
		return out
	}
	for i, a := range engine.answers {
		what := fmt.Sprintf("answer %d", i)
		r := b.Handle(t.Context(), bot.Request{Kind: bot.Ask, Text: fmt.Sprintf("q%d", i), Unseen: i%2 == 0, Private: i%5 == 0, Locale: []string{"en-US", "de", "uk"}[i%3]})
		if r.Outcome == bot.Failed || r.Outcome == bot.Refused {
			t.Fatalf("%s: %+v", what, r)
		}
		for look, s := range show(what, r) {
			nothingLost(t, fmt.Sprintf("%s, %s", what, look), a, s)
		}
	}
	for i := range varied / 10 {
		for _, kind := range []bot.Kind{bot.Cite, bot.Check} {
			show(fmt.Sprintf("%s %d", kind, i), b.Handle(t.Context(), bot.Request{Kind: kind, Text: fmt.Sprintf("c%d", i)}))
		}
	}
	list := b.Handle(t.Context(), bot.Request{Kind: bot.Sources})
	for n := range list.Page.Of {
		action := bot.Action{Verb: bot.TurnPage, Ref: list.Ref, Index: n}
		show(fmt.Sprintf("page %d", n+1), b.Handle(t.Context(), bot.Request{Kind: bot.Press, Action: action}))
	}
	for _, outcome := range []bot.Outcome{bot.Answered, bot.Disputed, bot.Declined, bot.Told} {
		if kinds[string(outcome)] < 5 {
			t.Errorf("only %d replies are %s", kinds[string(outcome)], outcome)
		}
	}
	t.Log(kinds)
}

// taken says what Discord would not take of a message, wherever it is sent.
func taken(t *testing.T, rules *discordtest.Checker, m message) []string {
	t.Helper()
	body, err := json.Marshal(m.outgoing())
	if err != nil {
		t.Fatal(err)
	}
	var wrong []string
	for _, to := range [][2]string{
		{"POST", "/channels/{channel_id}/messages"},
		{"PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"},
	} {
		wrong = append(wrong, rules.Message(to[0], to[1], body)...)
	}
	slices.Sort(wrong)
	return slices.Compact(wrong)
}

// nothingLost fails the test when a statement is said without one of its marks or, where
// nothing had to be cut, when one is not said.
func nothingLost(t *testing.T, what string, a *answer.Answer, s sight) {
	t.Helper()
	if a.Abstained {
		return
	}
	tokens, marks := map[string]bool{}, marksIn(s.said)
	for _, token := range layouttest.Tokens(s.said) {
		tokens[token] = true
	}
	cut := strings.Contains(s.said, "…")
	for _, c := range a.Claims {
		own := layouttest.Tokens(c.Text)
		switch {
		case !slices.ContainsFunc(own, func(token string) bool { return !tokens[token] }):
			for _, n := range c.Citations {
				if !marks[n] {
					t.Errorf("%s: %q is said without [%d], with %v in\n%s", what, c.Text, n, slices.Sorted(maps.Keys(marks)), s.said)
				}
			}
		case !cut:
			t.Errorf("%s: %q is not said", what, c.Text)
		}
	}
}
