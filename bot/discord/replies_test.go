package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
)

var testRef = strings.Repeat("B", 26)

func button(label string, v bot.Verb, index int) bot.Button {
	return bot.Button{Label: label, Action: bot.Action{Verb: v, Ref: testRef, Index: index}}
}

// withButtons replies to questions with buttons, and to presses with what the
// buttons are for.
func withButtons(_ context.Context, r bot.Request) *bot.Reply {
	reply := said(r, string(r.Kind)+" "+string(r.Action.Verb)+" "+r.Text)
	switch {
	case r.Kind == bot.Ask:
		reply.Buttons = []bot.Button{
			button("Sources", bot.ShowSources, 0), button("Follow up", bot.FollowUp, 0), button("Not helpful", bot.NotHelpful, 0),
			button("Share", bot.Share, 0), button("Thread", bot.Continue, 0),
		}
	case r.Kind == bot.Press && r.Action.OpensForm():
		reply.Form = &bot.Form{Title: "More", Label: "Text", Action: r.Action, Required: true}
	case r.Action.Verb == bot.ShowSources:
		reply.Private = true
		reply.Page = &bot.Page{Number: r.Action.Index + 1, Of: 3, Label: "page"}
		reply.Cards = []bot.Card{{N: r.Action.Index + 1, Title: "Source"}}
		reply.Buttons = []bot.Button{button("Next", bot.ShowSources, r.Action.Index+1)}
	case r.Action.Verb == bot.Share:
		reply.Private = true
		reply.Public = &bot.Reply{Blocks: []bot.Block{{Spans: []bot.Span{{Text: "for all"}}}}}
	case r.Kind == bot.Press && r.Action.Verb == bot.Continue:
		reply.Private = true
		reply.Thread = &bot.Opening{Name: "Talk\nabout @everyone", Action: r.Action}
	case r.Kind == bot.Thread:
		reply.Blocks[0].Spans[0].Text = "here we are"
	}
	return reply
}

// TestButtons guards what each button leads to and who sees it.
func TestButtons(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(withButtons), discordtest.Options{}, nil)
	ctx := within(t, 30*time.Second)
	other := l.User("user2")
	answer := l.ask("what?").Final(ctx)

	sources := other.Press(answer, "Sources").Final(ctx)
	if !sources.Ephemeral || !strings.Contains(sources.Content, `\[1\] Source`) {
		t.Errorf("sources are %+v", sources)
	}
	next := other.Press(sources, "Next").Final(ctx)
	if next.ID != sources.ID || !strings.Contains(next.Content, `\[2\] Source`) {
		t.Errorf("the next page is %+v, want it in place of the first", next)
	}

	form := l.user.Press(answer, "Follow up")
	if got := form.Modal(ctx); got.Title != "More" || len(got.Inputs) != 1 {
		t.Errorf("the form is %+v", got)
	}
	if got := l.user.Submit(form, map[string]string{"Text": "and then?"}).Final(ctx); got.Ephemeral || got.Content != "submit ask and then?" {
		t.Errorf("following up gives %+v", got)
	}
	form = l.user.Press(answer, "Not helpful")
	form.Modal(ctx)
	if got := l.user.Submit(form, map[string]string{"Text": "wrong"}).Final(ctx); !got.Ephemeral {
		t.Errorf("the reason is thanked for in public: %+v", got)
	}

	thread := other.Press(answer, "Thread").Final(ctx)
	at := l.Thread(l.Message(answer.ID))
	if !thread.Ephemeral || at == nil || !strings.Contains(thread.Content, "<#"+at.ID+">") {
		t.Fatalf("opening a thread gives %+v", thread)
	}
	if at.Name != "Talk about @everyone" {
		t.Errorf("the thread is called %q", at.Name)
	}
	if got := at.Await(ctx, func(m discordtest.Message) bool { return m.Content == "here we are" }); !got.Exists() {
		t.Error("the thread has no first message")
	}
	if got := other.Press(answer, "Thread").Final(ctx); !strings.Contains(got.Content, "<#"+at.ID+">") {
		t.Errorf("opening it again gives %+v", got)
	}
}

// TestFormWaitsForNothing guards that a form is shown before what its button does
// besides, which can take longer than the three seconds that Discord gives.
func TestFormWaitsForNothing(t *testing.T) {
	t.Parallel()
	shown, stored := make(chan struct{}), make(chan struct{})
	l := serve(t, handler(func(ctx context.Context, r bot.Request) *bot.Reply {
		reply := withButtons(ctx, r)
		if reply.Form != nil {
			reply.After = func(context.Context) {
				<-shown
				close(stored)
			}
		}
		return reply
	}), discordtest.Options{}, nil)
	ctx := within(t, 10*time.Second)
	if got := l.user.Press(l.ask("what?").Final(ctx), "Not helpful").Modal(ctx); got.Title != "More" {
		t.Errorf("the form is %+v", got)
	}
	close(shown)
	select {
	case <-stored:
	case <-ctx.Done():
		t.Error("what comes after the form did not come")
	}
}

// TestPrivateStaysPrivate guards that nobody else sees what one user was to see
// alone, whatever is done with it.
func TestPrivateStaysPrivate(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(func(ctx context.Context, r bot.Request) *bot.Reply {
		reply := withButtons(ctx, r)
		if strings.Contains(r.Text, "over quota") {
			reply.Private, reply.Blocks[0].Spans[0].Text = true, "secret quota"
		}
		return reply
	}), discordtest.Options{}, nil)
	ctx := within(t, 30*time.Second)
	answer := l.user.Slash(l.channel, "ask", discordtest.Args{"question": "secret", "private": true}).Final(ctx)
	form := l.user.Press(answer, "Follow up")
	form.Modal(ctx)
	if got := l.user.Submit(form, map[string]string{"Text": "secret too"}).Final(ctx); !got.Ephemeral {
		t.Error("a follow-up to a private answer is public")
	}
	// A private reply to a public question.
	whispered(ctx, l, l.ask("over quota"))
	// And to a mention: it goes to the user's direct messages.
	l.user.Say(l.channel, l.Mention()+" over quota")
	if got := l.DM(l.user).Await(ctx, func(m discordtest.Message) bool { return strings.Contains(m.Content, "secret") }); !got.Exists() {
		t.Error("the private reply to a mention did not come")
	}
	for _, name := range l.SeenBy("secret") {
		if name != "user1" {
			t.Errorf("%s sees it", name)
		}
	}
	shared := l.user.Press(answer, "Share")
	shared.Final(ctx)
	l.Eventually(ctx, "shared", func() bool { return len(shared.Followups()) > 0 })
	if got := shared.Followups(); len(got) != 1 || got[0].Ephemeral || got[0].Content != "for all" {
		t.Errorf("sharing gives %+v", got)
	}
}

// TestStreaming guards that drafts are shown at most once a second, that the
// same is not sent twice, and that the last text is the answer.
func TestStreaming(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(func(_ context.Context, r bot.Request) *bot.Reply {
		text := ""
		for i := range 60 {
			text += "word "
			draft := said(r, text)
			if i > 30 && i < 55 {
				draft = said(r, "the same")
			}
			draft.Outcome = bot.Working
			r.Progress(draft)
			time.Sleep(50 * time.Millisecond)
		}
		return said(r, "the answer")
	}), discordtest.Options{}, nil)
	ctx := within(t, 20*time.Second)
	command, mention := l.ask("stream"), l.user.Say(l.channel, l.Mention()+" stream")
	answered := func(m discordtest.Message) bool { return m.Content == "the answer" }
	first := command.Until(ctx, answered)
	second := l.channel.Await(ctx, func(m discordtest.Message) bool { return m.ReplyTo == mention.ID && answered(m) })
	time.Sleep(editEvery / 2) // a draft that comes after the answer comes right after it
	for name, m := range map[string]discordtest.Message{"command": l.Message(first.ID), "mention": l.Message(second.ID)} {
		if m.Content != "the answer" {
			t.Errorf("%s: ends with %q", name, m.Content)
		}
		if m.Edits < 2 || m.Edits > 5 {
			t.Errorf("%s: %d edits in 3 s, want at most one a second", name, m.Edits)
		}
		for i, text := range m.Shown[:len(m.Shown)-1] {
			if text == m.Shown[i+1] {
				t.Errorf("%s: shown twice: %q", name, text)
			}
		}
	}
	edits := map[string][]time.Time{}
	for _, r := range l.Requests() {
		if r.Method == "PATCH" {
			edits[r.Path] = append(edits[r.Path], r.At)
		}
	}
	for path, at := range edits {
		for i := 1; i < len(at); i++ {
			least := editEvery
			if i == len(at)-1 {
				least = finalAfter // the answer waits less than a draft
			}
			if gap := at[i].Sub(at[i-1]); gap < least-50*time.Millisecond {
				t.Errorf("%s: edits %v apart, want %v", path, gap, least)
			}
		}
	}
}

// TestAutocomplete guards suggestions as people type.
func TestAutocomplete(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(func(_ context.Context, r bot.Request) *bot.Reply {
		if r.Kind != bot.Complete || r.Text != "krem" {
			t.Errorf("asked to %s %q", r.Kind, r.Text)
		}
		out := &bot.Reply{}
		for range 30 {
			out.Choices = append(out.Choices, bot.Choice{Label: strings.Repeat("long ", 40), Value: "a" + strings.Repeat("b", len(out.Choices))})
		}
		return out
	}), discordtest.Options{}, nil)
	got := l.user.Autocomplete(l.channel, "ask", "article", discordtest.Args{"question": "q", "article": "krem"}).Choices(within(t, 5*time.Second))
	if len(got) != maxChoices || got[0].Value != "a" {
		t.Errorf("got %+v", got)
	}
}

// TestCommandsRegisteredWhenDifferent guards that a start changes nothing where
// nothing has changed.
func TestCommandsRegisteredWhenDifferent(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	_ = l.end(t)
	const put = "/applications/*/commands"
	if got := l.Count("PUT", put); got != 1 {
		t.Fatalf("registered %d times at first, want once", got)
	}
	opts := Options{Token: l.Token(), API: l.URL(), Bot: newBot(t), Log: quiet}
	changed, err := Register(t.Context(), opts)
	if err != nil || changed || l.Count("PUT", put) != 1 {
		t.Errorf("changed %v, %v, %d times", changed, err, l.Count("PUT", put))
	}
	c, _, err := connect(opts.Token, opts.API, quiet)
	if err != nil {
		t.Fatal(err)
	}
	c.app = l.AppID()
	other := definitions(opts.Bot.Texts)
	other[0].Options[1].DescriptionLocalizations = map[string]string{"de": "anders"}
	if changed, err := c.register(t.Context(), other); err != nil || !changed {
		t.Errorf("another text: changed %v, %v", changed, err)
	}
	if changed, err := Register(t.Context(), opts); err != nil || !changed {
		t.Errorf("back again: changed %v, %v", changed, err)
	}
}
