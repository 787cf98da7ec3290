package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
)

// offering replies to questions, and has more buttons once the reply is shown.
func offering(_ context.Context, r bot.Request) *bot.Reply {
	reply := said(r, "answer to "+r.Text+string(r.Action.Verb))
	reply.Private = r.Private
	reply.Buttons = []bot.Button{button("Sources", bot.ShowSources, 0), button("Follow up", bot.FollowUp, 0)}
	more := *reply
	for i, label := range []string{"Who leads the union?", "How many ships waited?"} {
		b := button(label, bot.Pick, i)
		b.Asks = true
		more.Buttons = append(more.Buttons, b)
	}
	reply.Later = func(context.Context) *bot.Reply { return &more }
	return reply
}

// TestLaterButtons guards that what an answer has more of comes in its place, each
// question on a row of its own, wherever the answer is and for those who see it.
func TestLaterButtons(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(offering), discordtest.Options{}, nil)
	ctx := within(t, 30*time.Second)
	offered := func(m discordtest.Message) bool {
		_, ok := m.Component("How many ships waited?")
		return ok
	}
	mention := l.user.Say(l.channel, l.Mention()+" what?")
	for name, m := range map[string]discordtest.Message{
		"a command":         l.ask("what?").Until(ctx, offered),
		"a private command": l.user.Slash(l.channel, "ask", discordtest.Args{"question": "what?", "private": true}).Until(ctx, offered),
		"a mention":         l.channel.Await(ctx, func(m discordtest.Message) bool { return m.ReplyTo == mention.ID && offered(m) }),
	} {
		rows := map[string]int{}
		for _, c := range m.Components {
			rows[c.Label] = c.Row
		}
		if !strings.HasPrefix(m.Content, "answer to what?") || rows["Sources"] != rows["Follow up"] || rows["Who leads the union?"] == rows["Sources"] || rows["Who leads the union?"] == rows["How many ships waited?"] {
			t.Errorf("%s: got %q with %v", name, m.Content, rows)
		}
		pressed := l.user.Press(m, "Who leads the union?").Final(ctx)
		if pressed.Ephemeral != m.Ephemeral || pressed.ID == m.ID {
			t.Errorf("%s: a press gives %+v", name, pressed)
		}
	}
}

// TestSuggestedQuestion guards that a question which is offered under an answer is
// answered for all to see, whoever presses, with the question above.
func TestSuggestedQuestion(t *testing.T) {
	t.Parallel()
	l := serve(t, nil, discordtest.Options{}, nil)
	ctx := within(t, 60*time.Second)
	label := ""
	m := l.ask("What did Dmitriev write on X?").Until(ctx, func(m discordtest.Message) bool {
		for _, c := range m.Components {
			if strings.HasSuffix(c.Label, "?") {
				label = c.Label
			}
		}
		return label != ""
	})
	if label == "" {
		t.FailNow() // Until has said so
	}
	got := l.User("user2").Press(m, label).Final(ctx)
	if got.Ephemeral || got.ID == m.ID || !strings.Contains(got.Content, label[:10]) || strings.Contains(got.Content, "do not say") {
		t.Errorf("%q: got %+v", label, got)
	}
}
