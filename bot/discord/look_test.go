package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
)

// TestLooks guards every way of showing a reply in both looks: the local Discord refuses
// what mixes them.
func TestLooks(t *testing.T) {
	t.Parallel()
	for _, look := range []Look{Components, Classic} {
		t.Run(string(look), func(t *testing.T) {
			t.Parallel()
			h := func(ctx context.Context, r bot.Request) *bot.Reply {
				if r.Kind == bot.Ask {
					r.Progress(said(r, "a draft"))
					time.Sleep(20 * time.Millisecond)
				}
				return withButtons(ctx, r)
			}
			l := serve(t, handler(h), discordtest.Options{}, func(_ *local, o *Options) { o.Look = look })
			ctx := within(t, 30*time.Second)
			right := func(what string, m discordtest.Message) discordtest.Message {
				t.Helper()
				if is := m.Flags&flagComponents != 0; is != (look == Components) || m.Content == "" {
					t.Errorf("%s is %+v", what, m)
				}
				return m
			}
			whole := func(m discordtest.Message) bool { return len(m.Components) > 0 } // no draft any more
			answer := right("an answer", l.ask("what?").Until(ctx, whole))
			right("a mention", l.ReplyTo(ctx, l.user.Say(l.channel, l.Mention()+" what?")))
			right("a private answer", l.user.Slash(l.channel, "ask", discordtest.Args{"question": "psst", "private": true}).Final(ctx))
			sources := l.user.Press(answer, "Sources").Final(ctx)
			next := l.user.Press(sources, "Next").Final(ctx)
			right("a page", next)
			if next.ID != sources.ID || !strings.Contains(next.Text(), `\[2\] Source`) {
				t.Errorf("the next page is %+v", next)
			}
			form := l.user.Press(answer, "Follow up")
			if in := form.Modal(ctx).Inputs; len(in) != 1 || !in[0].Labelled {
				t.Errorf("the form has %+v", in)
			}
			right("a follow-up", l.user.Submit(form, map[string]string{"Text": "and then?"}).Final(ctx))
			right("a thread", l.user.Press(answer, "Thread").Final(ctx))
			share := l.user.Press(answer, "Share")
			share.Final(ctx)
			l.Eventually(ctx, "shared", func() bool { return len(share.Followups()) == 1 })
			right("what was shared", share.Followups()[0])
		})
	}
}

// TestLookOfBefore guards that a message which changes keeps being what it is where
// Discord wants that: one of components stays one under any configuration, one with
// content loses it.
func TestLookOfBefore(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(withButtons), discordtest.Options{}, func(_ *local, o *Options) { o.Look = Classic })
	ctx := within(t, 30*time.Second)
	page := func(from discordtest.Message) discordtest.Message {
		t.Helper()
		next := l.user.Press(from, "Next").Final(ctx)
		if next.ID != from.ID || !strings.Contains(next.Text(), `Source`) {
			t.Errorf("the next page is %+v", next)
		}
		return next
	}
	classic := page(l.user.Press(l.ask("what?").Final(ctx), "Sources").Final(ctx))
	if err := l.end(t); err != nil {
		t.Fatal(err)
	}
	again := func(look Look) {
		t.Helper()
		l.NewProcess()
		l.start(t, handler(withButtons), func(_ *local, o *Options) { o.Look = look })
		l.AwaitReady(within(t, 10*time.Second), 1)
	}
	again(Components)
	changed := page(classic)
	if changed.Flags&flagComponents == 0 || len(changed.Embeds) > 0 {
		t.Errorf("got %+v", changed)
	}
	changed = page(changed)
	if err := l.end(t); err != nil {
		t.Fatal(err)
	}
	again(Classic)
	if got := page(changed); got.Flags&flagComponents == 0 {
		t.Errorf("got %+v", got)
	}
}

// TestEntered guards that a form's text is found in both shapes in which Discord sends
// it.
func TestEntered(t *testing.T) {
	for name, components := range map[string]string{
		"row":   `[{"type":1,"components":[{"type":4,"custom_id":"text","value":"so"}]}]`,
		"label": `[{"type":10,"id":1},{"type":18,"id":2,"component":{"type":4,"id":3,"custom_id":"text","value":"so"}}]`,
	} {
		i := new(interaction)
		if err := json.Unmarshal([]byte(`{"data":{"components":`+components+`}}`), i); err != nil {
			t.Fatal(err)
		}
		if got := i.entered(); got != "so" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// TestReplyWithoutReference guards that an answer comes where the bot may not reply to a
// message, in both looks.
func TestReplyWithoutReference(t *testing.T) {
	t.Parallel()
	for _, look := range []Look{Components, Classic} {
		l := serve(t, handler(echo), discordtest.Options{}, func(_ *local, o *Options) { o.Look = look })
		l.Fault(discordtest.Fault{Method: http.MethodPost, Path: "/channels/*/messages", Status: http.StatusForbidden, Code: codeCannotReply})
		asked := l.user.Say(l.channel, l.Mention()+" hello?")
		if got := l.ReplyTo(within(t, 10*time.Second), asked); got.Content != "heard hello?" || got.ReplyTo != "" {
			t.Errorf("%s: got %+v", look, got)
		}
	}
}
