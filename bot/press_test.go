package bot

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"parley/retrieval/library"
)

// Two questions that the built-in articles answer, the second also by words alone,
// while the vectors of an embedder are missing.
const (
	durations = "How long did the Kremlin talks last?"
	territory = "How much of Ukraine do Russian forces hold?"
)

// TestShowSources guards that each cited passage is shown with the quotation in
// it, and that one can turn to the next and back.
func TestShowSources(t *testing.T) {
	b := newBot(t, Options{})
	r := handle(t, b, Request{Kind: Ask, Text: durations})
	view := handle(t, b, Request{Kind: Press, User: bob, Action: button(t, r, ShowSources)})
	unspaced := func(s string) string { return strings.Join(strings.Fields(s), "") } // spans divide it
	said := unspaced(strings.Join(texts(r), ""))
	for i := range r.Cards {
		if view.Outcome != Told || !view.Private || len(view.Cards) != 1 || view.Page == nil || view.Page.Number != i+1 || view.Page.Of != len(r.Cards) {
			t.Fatalf("page %d: got %+v", i+1, view)
		}
		card := view.Cards[0]
		var spans []Span
		for _, block := range card.Blocks {
			spans = append(spans, block.Spans...)
		}
		bold := slices.IndexFunc(spans, func(s Span) bool { return s.Bold })
		if card.N != i+1 || bold < 0 || !strings.Contains(said, unspaced(spans[bold].Text)) || len(spans) < 2 {
			t.Errorf("page %d: got %+v, want what the answer says in its passage", i+1, card)
		}
		back, on := view.Buttons[0], view.Buttons[1]
		if back.Disabled != (i == 0) || on.Disabled != (i == len(r.Cards)-1) {
			t.Errorf("page %d: back %v, on %v", i+1, back, on)
		}
		if !on.Disabled {
			view = handle(t, b, Request{Kind: Press, User: bob, Action: on.Action})
		}
	}
}

// TestAround guards that a quotation stands in bold on its own line of the
// article, beside what is on that line, and headings on theirs.
func TestAround(t *testing.T) {
	got := around("A heading\n\nBefore it.\nOn its line. ", "The quote.", " After it.\n\nThe end.\n")
	want := []Block{
		plain(Paragraph, "A heading"), plain(Paragraph, "Before it."),
		{Style: Paragraph, Spans: []Span{{Text: "On its line."}, {Text: "The quote.", Bold: true}, {Text: "After it."}}},
		plain(Paragraph, "The end."),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := around("", "Alone.", ""); len(got) != 1 || !got[0].Spans[0].Bold {
		t.Errorf("got %+v", got)
	}
}

// TestSourcesAfterReload guards that a quotation is shown although its article
// has changed or is gone, and says so.
func TestSourcesAfterReload(t *testing.T) {
	dir := writeArticles(t, map[string]string{"a.md": "The bridge opened on Monday. The bridge cost nine million crowns.", "b.md": "Fog kept the ferries in port."})
	b := newBot(t, Options{Library: fileLibrary(t, dir)})
	r := handle(t, b, Request{Kind: Ask, Text: "What did the bridge cost?"})
	if !r.HasAnswer() {
		t.Fatalf("got %s %q", r.Outcome, texts(r))
	}
	for _, tt := range []struct{ key, file, text string }{
		{"", "c.md", "Something new happened elsewhere."},
		{"view.changed", "a.md", "Readers write. The bridge opened on Monday. The bridge cost nine million crowns."},
		{"view.gone", "a.md", ""},
	} {
		write(t, dir, tt.file, tt.text)
		if _, err := b.Reload(t.Context(), "", nil); err != nil {
			t.Fatal(err)
		}
		view := handle(t, b, Request{Kind: Press, Action: button(t, r, ShowSources)})
		if !says(view, "The bridge cost nine million crowns.") || tt.key != "" && !says(view, english(t, b, tt.key, nil)) {
			t.Errorf("%s: got %q", tt.key, texts(view))
		}
	}
}

func TestFollowUpForm(t *testing.T) {
	b, s := spied(t, Options{})
	r := handle(t, b, Request{Kind: Ask, User: alice, Text: durations, Private: true})
	action := button(t, r, FollowUp)
	opened := handle(t, b, Request{Kind: Press, User: alice, Action: action, Locale: "uk"})
	if opened.Form == nil || opened.Form.Action != action || !opened.Form.Required || opened.Form.Title != "Уточнити" || !action.OpensForm() {
		t.Fatalf("got %+v", opened)
	}
	answered := handle(t, b, Request{Kind: Submit, User: alice, Action: opened.Form.Action, Text: "And who was there?"})
	if !answered.Private {
		t.Error("the reply to a follow-up of a private answer is public")
	}
	if h := s.last(t).History; len(h) != 2 || h[0].Text != durations {
		t.Errorf("asked with %+v", h)
	}
}

func TestVotes(t *testing.T) {
	b := newBot(t, Options{})
	r := handle(t, b, Request{Kind: Ask, User: alice, Text: durations})
	thanks := english(t, b, "feedback.thanks", nil)
	if got := handle(t, b, Request{Kind: Press, User: bob, Action: button(t, r, Helpful)}); !says(got, thanks) || !got.Private {
		t.Errorf("got %+v", got)
	}
	why := handle(t, b, Request{Kind: Press, User: alice, Action: button(t, r, NotHelpful)})
	if why.Form == nil || why.Form.Required || why.After == nil {
		t.Fatalf("got %+v", why)
	}
	why.After(t.Context()) // the form is there: the mark counts without a reason
	if got := countVotes(t, b); got != 2 {
		t.Errorf("got %d votes before a reason was given, want 2", got)
	}
	if got := handle(t, b, Request{Kind: Submit, User: alice, Action: why.Form.Action, Text: " too long "}); !says(got, thanks) {
		t.Errorf("got %q", texts(got))
	}
	n := 0
	for v, err := range b.store.Votes(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if v.Question != durations || !strings.Contains(v.Answer, "four hours") || v.Engine != "extractive" || strings.Contains(v.User, alice.ID) {
			t.Errorf("got %+v", v)
		}
		if helpful := v.User == b.store.User(bob.ID); v.Helpful != helpful || !helpful && v.Reason != "too long" {
			t.Errorf("got %+v", v)
		}
	}
	if n != 2 {
		t.Errorf("got %d votes, want 2", n)
	}
}

func countVotes(t *testing.T, b *Bot) (n int) {
	t.Helper()
	for _, err := range b.store.Votes(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// TestShare guards that a private answer becomes public by its owner's hand
// alone, once, as it was.
func TestShare(t *testing.T) {
	b := newBot(t, Options{})
	for _, kind := range []Kind{Ask, Cite} {
		text := map[Kind]string{Ask: durations, Cite: "The talks lasted two hours."}[kind]
		r := handle(t, b, Request{Kind: kind, User: alice, Text: text, Private: true})
		share := button(t, r, Share)
		if got := handle(t, b, Request{Kind: Press, User: bob, Action: share}); got.Public != nil || got.Outcome != Refused {
			t.Errorf("%s: bob can share alice's answer: %+v", kind, got)
		}
		got := handle(t, b, Request{Kind: Press, User: alice, Action: share, Private: true})
		if got.Public == nil || !got.Private || got.Public.Private {
			t.Fatalf("%s: got %+v", kind, got)
		}
		if len(got.Public.Cards) != len(r.Cards) || got.Public.Outcome != r.Outcome || !says(got.Public, text) {
			t.Errorf("%s: shared %q of %q", kind, texts(got.Public), texts(r))
		}
		if hasButton(got.Public, Share) {
			t.Errorf("%s: what is public can be shared again", kind)
		}
		if view := handle(t, b, Request{Kind: Press, User: bob, Action: button(t, got.Public, ShowSources)}); view.Outcome != Told {
			t.Errorf("%s: bob cannot see the sources of what was shared: %q", kind, texts(view))
		}
		if again := handle(t, b, Request{Kind: Press, User: alice, Action: share}); again.Public != nil {
			t.Errorf("%s: it can be shared twice", kind)
		}
	}
}

func TestContinueInAThread(t *testing.T) {
	b, s := spied(t, Options{})
	r := handle(t, b, Request{Kind: Ask, User: alice, Text: durations})
	proposed := handle(t, b, Request{Kind: Press, User: bob, Action: button(t, r, Continue)})
	if proposed.Thread == nil || proposed.Thread.Name != durations {
		t.Fatalf("got %+v", proposed)
	}
	opened := handle(t, b, Request{Kind: Thread, User: bob, Place: thread, Action: proposed.Thread.Action})
	if opened.Outcome != Told || opened.Private {
		t.Errorf("got %+v", opened)
	}
	if got := asked(t, b, s, Request{User: alice, Place: thread, Text: "And who was there?"}); len(got) != 1 || got[0] != durations {
		t.Errorf("in the thread: asked after %q", got)
	}
	for _, tt := range []struct {
		name string
		r    Request
	}{
		{"in a thread", Request{Place: thread}}, {"in a direct message", Request{Place: direct}}, {"privately", Request{Private: true}},
	} {
		tt.r.Kind, tt.r.Text = Ask, durations
		reply := handle(t, b, tt.r)
		if hasButton(reply, Continue) {
			t.Errorf("%s: a thread is offered", tt.name)
		}
		forged := Request{Kind: Press, Place: tt.r.Place, Action: Action{Verb: Continue, Ref: reply.Ref}}
		if got := handle(t, b, forged); got.Thread != nil {
			t.Errorf("%s: a forged press opens a thread", tt.name)
		}
	}
}

// TestPressRefused guards against buttons of others, of other kinds, forged and
// expired ones: each says so kindly and does nothing.
func TestPressRefused(t *testing.T) {
	b := newBot(t, Options{})
	private := handle(t, b, Request{Kind: Ask, User: alice, Text: durations, Private: true})
	check := handle(t, b, Request{Kind: Check, User: alice, Text: "The talks lasted two hours."})
	expired, foreign := english(t, b, "refused.expired", nil), english(t, b, "refused.foreign", nil)
	verbs := []Verb{ShowSources, FollowUp, Helpful, NotHelpful, Share, Continue, TurnPage}
	for _, verb := range verbs {
		for _, tt := range []struct {
			name, want string
			user       User
			action     Action
		}{
			{"of another", foreign, bob, Action{Verb: verb, Ref: private.Ref}},
			{"of another's check", foreign, bob, Action{Verb: verb, Ref: check.Ref}},
			{"of nothing", expired, alice, Action{Verb: verb, Ref: strings.Repeat("A", refLength)}},
			{"with no reference", expired, alice, Action{Verb: verb}},
			{"with SQL in it", expired, alice, Action{Verb: verb, Ref: "' OR 1=1 --"}},
		} {
			for _, kind := range []Kind{Press, Submit} {
				got := handle(t, b, Request{Kind: kind, User: tt.user, Action: tt.action, Text: "x"})
				if got.Outcome != Refused || !says(got, tt.want) || !got.Private || got.Form != nil || got.Public != nil || got.Thread != nil {
					t.Errorf("%s %s %s: got %s %q", kind, verb, tt.name, got.Outcome, texts(got))
				}
			}
		}
	}
	beyond := handle(t, b, Request{Kind: Press, User: alice, Action: Action{Verb: ShowSources, Ref: private.Ref, Index: 99}})
	if beyond.Outcome != Refused {
		t.Errorf("the citation after the last: got %+v", beyond)
	}
	if got := handle(t, b, Request{Kind: Press, User: alice, Action: Action{Verb: Share, Ref: check.Ref}}); got.Public != nil {
		t.Error("a check of somebody's message can be shared")
	}
	counts, err := b.store.Counts(t.Context())
	if err != nil || counts.Votes != 0 {
		t.Errorf("got %+v, %v: a refused vote counts", counts, err)
	}
}

// TestButtonsOutliveTheBot guards that another process with the same data folder
// knows what a button is about.
func TestButtonsOutliveTheBot(t *testing.T) {
	dir := t.TempDir()
	lib := library.New(library.Talks{}, "", builtin(t))
	first, err := New(t.Context(), Options{Library: lib, Engine: extractiveEngine, Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Reload(t.Context(), "", nil); err != nil {
		t.Fatal(err)
	}
	r := handle(t, first, Request{Kind: Ask, User: alice, Text: durations, Private: true})
	list := first.store.OnDisk()
	if err := first.Close(t.Context()); err != nil || !list {
		t.Fatal(err, list)
	}
	second := newBot(t, Options{Data: dir})
	for _, verb := range []Verb{ShowSources, FollowUp, Helpful, NotHelpful, Share} {
		text := ""
		for _, s := range r.Buttons {
			if s.Action.Verb == verb {
				text = s.Action.String()
			}
		}
		action, err := ParseAction(text)
		if err != nil {
			t.Fatalf("%s: %v", verb, err)
		}
		if got := handle(t, second, Request{Kind: Press, User: alice, Action: action}); got.Outcome != Told {
			t.Errorf("%s: got %s %q", verb, got.Outcome, texts(got))
		}
		if got := handle(t, second, Request{Kind: Press, User: bob, Action: action}); got.Outcome != Refused {
			t.Errorf("%s by another: got %s %q", verb, got.Outcome, texts(got))
		}
	}
}

func FuzzParseAction(f *testing.F) {
	for _, s := range []string{
		"", "p1.src." + strings.Repeat("A", refLength) + ".0", "p1.src." + strings.Repeat("A", refLength) + ".-1",
		"p1.src." + strings.Repeat("A", refLength) + ".00", "p2.src.x.0", "p1.rm.x.0", "....", strings.Repeat("p1.", 99),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAction(s)
		switch {
		case err != nil && !errors.Is(err, ErrAction):
			t.Errorf("%q: got %v, want ErrAction", s, err)
		case err == nil && a.String() != s:
			t.Errorf("%q is read as %+v, which is %q", s, a, a)
		}
	})
}

// TestShareOnce guards that of several presses at once one posts the answer.
func TestShareOnce(t *testing.T) {
	b := newBot(t, Options{Data: t.TempDir()})
	for range 5 {
		r := handle(t, b, Request{Kind: Ask, Text: durations, Private: true})
		share := Request{ID: "r", Kind: Press, User: alice, Place: server, Action: button(t, r, Share)}
		var posted atomic.Int64
		var presses sync.WaitGroup
		for range 8 {
			presses.Go(func() {
				if b.Handle(t.Context(), share).Public != nil {
					posted.Add(1)
				}
			})
		}
		presses.Wait()
		if n := posted.Load(); n != 1 {
			t.Errorf("posted %d times, want once", n)
		}
	}
}

// TestNoButtonsWithoutStore guards that no button is offered of which nothing
// is known.
func TestNoButtonsWithoutStore(t *testing.T) {
	b := newBot(t, Options{})
	if err := b.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []Kind{Ask, Cite, Check} {
		r := handle(t, b, Request{Kind: kind, Text: "The talks lasted two hours."})
		if len(r.Cards) == 0 || len(r.Buttons) > 0 || r.Ref != "" {
			t.Errorf("%s: got %d cards and the buttons %+v", kind, len(r.Cards), r.Buttons)
		}
	}
}

// TestCheckedMessageIsNotStored guards that a message of somebody who did not
// write it for the bot is not kept.
func TestCheckedMessageIsNotStored(t *testing.T) {
	b := newBot(t, Options{})
	r := handle(t, b, Request{Kind: Check, Text: "The talks lasted two hours. Quentin has a red bicycle."})
	st, err := b.store.State(t.Context(), r.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(st.Data), "Quentin") {
		t.Errorf("stored is %s", st.Data)
	}
}
