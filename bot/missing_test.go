package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/phrases"
	"parley/retrieval/library"
)

// town are articles with two people of one surname, and a name that is easy to misspell.
func town(t *testing.T) *library.Library {
	t.Helper()
	return fileLibrary(t, writeArticles(t, map[string]string{
		"budget.md": "---\ntitle: Council passes the budget\ndate: 2025-03-03\n---\n\nThe council of Orlen passed the budget on Monday. Anna Miller, the treasurer, was born in Sundby. Edda Kovalenko leads the council. Volodymyr Demchenko voted against the budget.",
		"harbor.md": "---\ntitle: Ferry runs aground\ndate: 2025-03-05\n---\n\nThe ferry Osprey ran aground near Orlen. Tom Miller, the captain, was born in Kvern. Nineteen passengers waited on the deck of the ferry.",
	}))
}

// TestDeclinedSaysWhy guards that what is missing is named in the reader's language, and
// that the nearest sentence is shown as such, with its source, and is no citation.
func TestDeclinedSaysWhy(t *testing.T) {
	b := newBot(t, Options{Library: town(t)})
	for _, tt := range []struct{ locale, question, want string }{
		{"en", "Why did Florence Nightingale sing in 2019?", "The articles do not say why. No article mentions “Florence Nightingale”. No article mentions 2019; they are from 3 March 2025 to 5 March 2025."},
		{"de", "Why did Florence Nightingale sing in 2019?", "Die Artikel sagen nicht, warum. Kein Artikel erwähnt „Florence Nightingale“. Kein Artikel erwähnt 2019; sie reichen vom 3. März 2025 bis zum 5. März 2025."},
		{"fr", "When will zebras and umbrellas sing in 2040?", "Les articles ne disent pas quand. Aucun article ne mentionne « zebras » ou « umbrellas ». Le plus récent est du 5 mars 2025."},
		{"en", "How many people passed the budget of the council of Orlen?", "The articles do not say how many."},
	} {
		r := handle(t, b, Request{Kind: Ask, Locale: tt.locale, Text: tt.question})
		if got := r.Blocks[0].Spans[0].Text; r.Outcome != Declined || got != tt.want {
			t.Errorf("%s: %q: got %s %q, want %q", tt.locale, tt.question, r.Outcome, got, tt.want)
		}
	}
	r := handle(t, b, Request{Kind: Ask, Text: "How many people passed the budget of the council of Orlen?"})
	if len(r.Cards) != 1 || r.Cards[0].N != 0 || r.Cards[0].Blocks[0].Spans[0].Text != "The council of Orlen passed the budget on Monday." ||
		!says(r, english(t, b, "answer.near", nil)) || hasButton(r, ShowSources) {
		t.Errorf("got %+v", r)
	}
}

// TestReadingsAreButtons guards that who asks by a shared name is asked which is meant,
// that a press asks just that, as whoever presses, and that it is no coverage gap.
func TestReadingsAreButtons(t *testing.T) {
	b := newBot(t, Options{Library: town(t)})
	r := handle(t, b, Request{Kind: Ask, Text: "Where was Miller born?", Unseen: true})
	if r.Outcome != Declined || !says(r, english(t, b, "answer.which", nil)) || len(r.Buttons) != 2 || !says(r, "Tom Miller") {
		t.Fatalf("got %s %q, %+v", r.Outcome, texts(r), r.Buttons)
	}
	for _, button := range r.Buttons {
		picked := handle(t, b, Request{Kind: Press, User: bob, Unseen: true, Action: button.Action})
		want := map[string]string{"Anna Miller": "Sundby", "Tom Miller": "Kvern"}[button.Label]
		if !picked.HasAnswer() || !says(picked, want) || picked.Private || want == "" {
			t.Errorf("%s: got %s %q, want %q", button.Label, picked.Outcome, texts(picked), want)
		}
		if shown := english(t, b, "share.asked", phrases.Args{"Text": "Where was " + button.Label + " born?"}); !says(picked, shown) {
			t.Errorf("%s: got %q, want the question in it", button.Label, texts(picked))
		}
	}
	over := Action{Verb: Pick, Ref: r.Buttons[0].Action.Ref, Index: 7}
	if got := handle(t, b, Request{Kind: Press, Action: over}); got.Outcome != Refused || !got.Private {
		t.Errorf("a button that there is not: got %s %q", got.Outcome, texts(got))
	}
	for gap, err := range b.store.Gaps(t.Context(), time.Time{}) {
		t.Errorf("got the gap %+v, %v", gap, err)
	}
}

// TestMeantIsAButton guards that a name which may be meant is asked by a button, and that
// the refusal is a coverage gap all the same.
func TestMeantIsAButton(t *testing.T) {
	b := newBot(t, Options{Library: town(t)})
	r := handle(t, b, Request{Kind: Ask, Text: "What did Demtshenkov vote against?"})
	if r.Outcome != Declined || !says(r, english(t, b, "missing.meant", phrases.Args{"Name": "Demchenko"})) || !hasButton(r, Pick) {
		t.Fatalf("got %s %q", r.Outcome, texts(r))
	}
	if got := handle(t, b, Request{Kind: Press, User: bob, Action: button(t, r, Pick)}); !got.HasAnswer() || !says(got, "Demchenko voted") {
		t.Errorf("got %s %q", got.Outcome, texts(got))
	}
	gaps := 0
	for _, err := range b.store.Gaps(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		gaps++
	}
	if gaps != 1 {
		t.Errorf("got %d gaps, want 1", gaps)
	}
}

// TestPickIsAQuestion guards that a press counts as a question of who presses, and that
// what was private stays so.
func TestPickIsAQuestion(t *testing.T) {
	o := Options{Library: town(t)}
	o.Quotas.PerUser = 2
	b := newBot(t, o)
	r := handle(t, b, Request{Kind: Ask, Text: "Where was Miller born?", Private: true})
	pick := button(t, r, Pick)
	if got := handle(t, b, Request{Kind: Press, User: bob, Action: pick}); got.Outcome != Refused || !says(got, english(t, b, "refused.foreign", nil)) {
		t.Errorf("a stranger's press: got %s %q", got.Outcome, texts(got))
	}
	if got := handle(t, b, Request{Kind: Press, Action: pick}); !got.HasAnswer() || !got.Private {
		t.Errorf("got %s, private %v: %q", got.Outcome, got.Private, texts(got))
	}
	if got := handle(t, b, Request{Kind: Press, Action: pick}); got.Outcome != Refused {
		t.Errorf("over the quota: got %s %q", got.Outcome, texts(got))
	}
}

// TestSuggestions guards that questions are offered once an answer is shown, and asked
// by their buttons; none where the configuration wants none or others wait.
func TestSuggestions(t *testing.T) {
	b := newBot(t, Options{Library: town(t), AtOnce: 1})
	r := handle(t, b, Request{Kind: Ask, Text: "Where did the ferry Osprey run aground?"})
	if r.Outcome != Answered || hasButton(r, Pick) || r.Later == nil {
		t.Fatalf("got %s %q, %+v", r.Outcome, texts(r), r.Buttons)
	}
	leave, err := b.queue.Enter(t.Context())
	if err != nil || r.Later(t.Context()) != nil {
		t.Error("questions are sought while another is answered")
	}
	leave()
	more := r.Later(t.Context())
	if more == nil {
		t.Fatal("nothing is offered")
	}
	for _, problem := range wrongWith(more, "") {
		t.Error(problem)
	}
	labels := []string{}
	for _, button := range more.Buttons {
		if button.Action.Verb != Pick {
			continue
		}
		labels = append(labels, button.Label)
		got := handle(t, b, Request{Kind: Press, User: bob, Unseen: true, Action: button.Action})
		if !got.HasAnswer() || !says(got, button.Label) {
			t.Errorf("%q: got %s %q", button.Label, got.Outcome, texts(got))
		}
	}
	if !slices.Contains(labels, "How many passengers waited on the deck of the ferry?") || len(labels) > DefaultSuggest {
		t.Errorf("got %q", labels)
	}
	if slices.ContainsFunc(labels, func(l string) bool { return strings.Contains(l, "aground") }) {
		t.Errorf("what was asked is offered: %q", labels)
	}
	none := newBot(t, Options{Library: town(t), Suggest: -1})
	if r := handle(t, none, Request{Kind: Ask, Text: "Where did the ferry Osprey run aground?"}); r.Later != nil {
		t.Error("questions are offered although none are wanted")
	}
	b.Stop()
	if r.Later(t.Context()) != nil {
		t.Error("questions are sought although the bot has stopped")
	}
}
