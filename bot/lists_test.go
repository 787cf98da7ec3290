package bot

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/bot/limits"
	"parley/bot/phrases"
)

func TestSources(t *testing.T) {
	b := newBot(t, Options{})
	r := handle(t, b, Request{Kind: Sources, Locale: "fr"})
	if r.Outcome != Told || len(r.Cards) != 5 || r.Page != nil || !strings.Contains(r.Cards[0].Detail, "mots") || r.Cards[0].N != 1 {
		t.Errorf("got %+v", r)
	}
	for _, c := range r.Cards {
		if len(c.Blocks) != keySentences || c.Blocks[0].Style != Quote {
			t.Errorf("%s has the key sentences %+v", c.Title, c.Blocks)
		}
	}
	if r := handle(t, b, Request{Kind: Sources, Text: "dove emoji"}); r.Outcome != Told || len(r.Cards) == 0 || len(r.Cards) == 5 {
		t.Errorf("got %d articles about an emoji", len(r.Cards))
	}
	if r := handle(t, b, Request{Kind: Sources, Text: "bananas"}); r.Outcome != Declined || !says(r, "bananas") {
		t.Errorf("got %s %q", r.Outcome, texts(r))
	}
}

// TestSourcesUntitled guards that an article without a title, which is called by its first
// sentence, has that only there.
func TestSourcesUntitled(t *testing.T) {
	b := newBot(t, Options{Library: fileLibrary(t, writeArticles(t, map[string]string{"a.md": "The ferry left the port on time. It came back late at night."}))})
	r := handle(t, b, Request{Kind: Sources})
	if got := strings.Count(strings.Join(texts(r), "\n"), "The ferry left"); got != 1 {
		t.Errorf("the first sentence is there %d times: %q", got, texts(r))
	}
}

func TestSourcesPages(t *testing.T) {
	files := map[string]string{}
	for i := range 12 {
		files[fmt.Sprintf("%02d.md", i)] = fmt.Sprintf("---\ntitle: Report %d\ndate: 2025-05-%02d\n---\n\nThe ferry number %d left the port on time and came back late.", i, i+1, i)
	}
	dir := writeArticles(t, files)
	b := newBot(t, Options{Library: fileLibrary(t, dir)})
	r := handle(t, b, Request{Kind: Sources, Text: "ferry"})
	if r.Page == nil || r.Page.Of != 3 || r.Cards[0].Title != "Report 11" || r.Cards[0].Date != "12 May 2025" {
		t.Fatalf("got %+v", r)
	}
	r = handle(t, b, Request{Kind: Press, User: bob, Action: r.Buttons[1].Action})
	r = handle(t, b, Request{Kind: Press, User: bob, Action: r.Buttons[1].Action})
	if r.Page == nil || r.Page.Number != 3 || len(r.Cards) != 2 || r.Cards[1].Title != "Report 0" || r.Cards[1].N != 12 || !r.Buttons[1].Disabled {
		t.Errorf("the last page is %+v", r)
	}
	// A list that has become shorter has another last page.
	for i := range 6 {
		write(t, dir, fmt.Sprintf("%02d.md", i), "")
	}
	if _, err := b.Reload(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	if r := handle(t, b, Request{Kind: Press, Action: Action{Verb: TurnPage, Ref: r.Ref, Index: 2}}); r.Page == nil || r.Page.Number != 2 || len(r.Cards) != 1 {
		t.Errorf("got %+v", r)
	}
}

func TestComplete(t *testing.T) {
	long := strings.Repeat("A very long title of a report ", 10)
	dir := writeArticles(t, map[string]string{
		"a.md": "---\ntitle: " + long + "\npublisher: Harbor Courier\ndate: 2025-05-02\n---\n\nThe ferry left.", "b.md": "---\ntitle: Fog\n---\n\nFog came.",
	})
	b := newBot(t, Options{Library: fileLibrary(t, dir)})
	r := handle(t, b, Request{Kind: Complete, Text: "vrey lnog"})
	if len(r.Choices) != 1 || r.Choices[0].Value != "a.md" || !strings.HasSuffix(r.Choices[0].Label, "… – Harbor Courier, 2 May 2025") {
		t.Errorf("got %+v", r.Choices)
	}
	if r := handle(t, b, Request{Kind: Complete}); len(r.Choices) != 2 {
		t.Errorf("with nothing typed: got %+v", r.Choices)
	}
}

func TestCiteAndCheck(t *testing.T) {
	b := newBot(t, Options{})
	for _, tt := range []struct {
		text       string
		cite       Outcome
		check      Outcome
		says, word string // the check says
	}{
		{"Russian forces hold over 19% of Ukraine.", Answered, Answered, "cite.supports", "check.supported"},
		{"Rubio was part of the delegation that went to Moscow.", Answered, Disputed, "cite.contradicts", "check.contradicted"},
		{"The talks lasted two hours.", Answered, Disputed, "cite.contradicts", "check.contradicted"},
		{"Bananas are rich in potassium.", Declined, Declined, "cite.none", "check.not_said"},
		{"lol", Declined, Declined, "cite.no_statement", "check.nothing"},
		{"", Declined, Declined, "cite.no_statement", "check.nothing"},
	} {
		if r := handle(t, b, Request{Kind: Cite, Text: tt.text}); r.Outcome != tt.cite || !says(r, english(t, b, tt.says, nil)) {
			t.Errorf("cite %q: got %s %q", tt.text, r.Outcome, texts(r))
		}
		if r := handle(t, b, Request{Kind: Check, Text: tt.text}); r.Outcome != tt.check || !says(r, english(t, b, tt.word, nil)) || hasButton(r, Share) {
			t.Errorf("check %q: got %s %q", tt.text, r.Outcome, texts(r))
		}
	}
	r := handle(t, b, Request{Kind: Check, Text: strings.Repeat("The talks lasted two hours. ", 25)})
	if cards := len(r.Cards); !says(r, english(t, b, "check.left", phrases.Args{"Count": 5})) || cards == 0 || cards > 3 {
		t.Errorf("got %q", texts(r))
	}
	view := handle(t, b, Request{Kind: Press, Action: button(t, r, ShowSources)})
	if view.Outcome != Told || !view.Private || len(view.Cards) != 1 {
		t.Errorf("got %+v", view)
	}
}

// TestCheckSaysHowMuchItRead guards that of a long text as much is checked as the
// engine reads, in whole sentences, and that this is said, also where nothing of it
// can be checked; of a short one nothing is said.
func TestCheckSaysHowMuchItRead(t *testing.T) {
	b := newBot(t, Options{Library: fileLibrary(t, writeArticles(t, map[string]string{"talks.md": "The talks lasted five hours."}))})
	const statement = "The talks lasted two hours. "
	filler := "Bananas are " + strings.Repeat("rich in potassium and ", 4) + "cheap. "
	beginning := strings.Repeat(filler, (maxChecked-len(statement))/len(filler)) + statement
	for _, tt := range []struct {
		name, text string
		read       int // 0 for all
	}{
		{"all of it", strings.TrimSpace(beginning), 0},
		{"a long one", beginning + strings.Repeat(filler, 5), len(strings.TrimSpace(beginning))},
		{"longer than any message", beginning + strings.Repeat(filler, 100), len(strings.TrimSpace(beginning))},
		{"no sentence that ends", strings.Repeat("bananas and ", 300), utf8.RuneCountInString(checkable(strings.Repeat("bananas and ", 300)))},
		{"no statement", strings.Repeat("Why? ", 500), 1999},
	} {
		note := english(t, b, "check.read", phrases.Args{"Read": tt.read, "Of": utf8.RuneCountInString(tt.text)})
		for _, kind := range []Kind{Check, Cite} {
			r := handle(t, b, Request{Kind: kind, Text: tt.text, User: User{ID: tt.name}})
			if got := says(r, note); got != (tt.read > 0) || tt.read == 0 && says(r, "characters.") {
				t.Errorf("%s, %s: the note is %v: want %q", kind, tt.name, got, note)
			}
			if end := english(t, b, "check.contradicted", nil); kind == Check && strings.Contains(tt.text, statement) && !says(r, end) {
				t.Errorf("%s: the last sentence was not read: %q", tt.name, texts(r))
			}
		}
	}
}

func TestGaps(t *testing.T) {
	b := newBot(t, managed(Options{}))
	if r := handle(t, b, Request{Kind: Gaps, User: boss, Days: 7}); !says(r, english(t, b, "gaps.none", phrases.Args{"Days": 7})) {
		t.Errorf("got %q", texts(r))
	}
	for i, q := range []string{"Who is the president of China?", "who's China's president", "What do bananas cost?", "The president of China is who?"} {
		handle(t, b, Request{Kind: Ask, User: User{ID: fmt.Sprint(i)}, Text: q})
	}
	r := handle(t, b, Request{Kind: Ask, Text: durations})
	handle(t, b, Request{Kind: Submit, Action: button(t, r, NotHelpful), Text: "too vague"})
	r = handle(t, b, Request{Kind: Gaps, User: boss})
	if len(r.Blocks) != 4 || !says(r, english(t, b, "gaps.count", phrases.Args{"Refused": 3, "Unhelpful": 0})) || !strings.Contains(r.Blocks[0].Spans[0].Text, "China") {
		t.Errorf("got %q", texts(r))
	}
	if !says(r, durations) || !says(r, "too vague") {
		t.Errorf("got %q", texts(r))
	}
}

// TestStatus guards what managers are told, and that a folder that cannot be
// used is said and does not keep the bot from answering.
func TestStatus(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ data, want string }{
		{"", "status.no_folder"}, {blocked, "status.bad_folder"}, {t.TempDir(), ""},
	} {
		b := newBot(t, managed(Options{Data: tt.data}))
		if r := handle(t, b, Request{Kind: Ask, Text: durations}); !r.HasAnswer() || !hasButton(r, ShowSources) {
			t.Errorf("%s: got %s %q", tt.data, r.Outcome, texts(r))
		}
		handle(t, b, Request{Kind: Ask, Text: "Who is the president of China?"})
		r := handle(t, b, Request{Kind: Status, User: boss})
		if tt.want != "" && !says(r, english(t, b, tt.want, nil)) {
			t.Errorf("%s: got %q", tt.data, texts(r))
		}
		for _, want := range []string{"Articles: 5", "2 December 2025", "extractive", "MiB", "Questions: 2, declined: 1 (50 %)", "by the system", "2 answers and lists"} {
			if !says(r, want) {
				t.Errorf("got %q, want %q", texts(r), want)
			}
		}
	}
}

// TestFixedSentences guards that everything that the bot says is a text of the
// catalogue in every language.
func TestFixedSentences(t *testing.T) {
	b := newBot(t, managed(Options{Writer: "a model", Retention: 7 * 24 * time.Hour, Quiet: 5 * time.Minute}))
	keys := phraseKeys(t, "en")
	for _, locale := range phrases.Languages() {
		for _, kind := range []Kind{Help, About, Status, Gaps, Reload, Forget, Sources} {
			r := handle(t, b, Request{Kind: kind, User: boss, Locale: locale})
			if r.Outcome != Told || len(texts(r)) < 2 {
				t.Errorf("%s, %s: got %s %q", kind, locale, r.Outcome, texts(r))
			}
			for _, text := range texts(r) {
				if slices.Contains(keys, strings.TrimSpace(text)) {
					t.Errorf("%s, %s: it says the key %q", kind, locale, text)
				}
			}
		}
		about := handle(t, b, Request{Kind: About, Locale: locale})
		if !says(about, "7") || !says(about, "5") || !says(about, "a model") {
			t.Errorf("%s: got %q", locale, texts(about))
		}
	}
	if got := b.Texts("command.ask.name"); got["uk"] != "запитати" {
		t.Errorf("got %v", got)
	}
}

// phraseKeys are the keys of the texts in a language.
func phraseKeys(t *testing.T, tag string) []string {
	t.Helper()
	data, err := os.ReadFile("phrases/texts/" + tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for line := range strings.Lines(string(data)) {
		if key, _, ok := strings.Cut(strings.TrimSpace(line), `":`); ok && strings.Contains(key, ".") || key == `"failed` || key == `"page` || key == `"date` {
			keys = append(keys, strings.TrimPrefix(key, `"`))
		}
	}
	return keys
}

// TestKeysAreUsed guards that each key in the source is in the catalogue, and
// that each text of the catalogue is used.
func TestKeysAreUsed(t *testing.T) {
	keys := phraseKeys(t, "en")
	if len(keys) < 150 {
		t.Fatalf("found %d keys", len(keys))
	}
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "phrases/phrases.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					used[text] = true
				}
			}
			if call, ok := n.(*ast.CallExpr); ok {
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Say" && len(call.Args) > 0 {
					if lit, ok := call.Args[0].(*ast.BasicLit); ok {
						if key, _ := strconv.Unquote(lit.Value); !slices.Contains(keys, key) {
							t.Errorf("%s: no text has the key %q", file, key)
						}
					}
				}
			}
			return true
		})
	}
	for _, key := range keys {
		// Those of commands are asked for by the chat network's side; the others
		// here are made of a stem and an ending.
		made := []string{"command.", "form.", "month.", "stage.", "span.", "wait.", "answer.not_said"}
		if !used[key] && !slices.ContainsFunc(made, func(stem string) bool { return strings.HasPrefix(key, stem) }) {
			t.Errorf("the text %q is not used", key)
		}
	}
}

// FuzzHandle guards that no text breaks any request: there is always a reply, and
// it keeps to the rules of all replies.
func FuzzHandle(f *testing.F) {
	b := newBot(f, Options{Quotas: limits.Quotas{PerUser: -1, PerChannel: -1, PerServer: -1}})
	kinds := []Kind{Ask, Cite, Sources, Check, Complete, Press, Submit}
	for i, text := range []string{
		"@everyone <@1> <@&2> <#3>", "**bold** `code` ||spoiler|| [a](https://x.example)", "\u202e\u200b\u0301\x00\xff", "```\n```", "{{.Text}} %s %d",
		"{{0%", "<no value>", "2 hours 5% $3 16:30 May 3 2025", strings.Repeat("z\u0335", 500),
	} {
		f.Add(text, i)
	}
	f.Fuzz(func(t *testing.T, text string, kind int) {
		r := Request{Kind: kinds[(kind%len(kinds)+len(kinds))%len(kinds)], Text: text, Filter: Filter{Article: text}, Locale: text, Action: Action{Verb: Verb(text), Ref: text}}
		if handle(t, b, r).Outcome == Failed {
			t.Errorf("%s %q failed", r.Kind, text)
		}
		r.Filter = Filter{Since: text}
		handle(t, b, r)
		r.Filter = Filter{}
		handle(t, b, r)
	})
}
