package discord

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
)

// lengthy replies with more than all messages hold that one reply may take.
func lengthy(_ context.Context, r bot.Request) *bot.Reply {
	reply := said(r, "the first words")
	for range 60 {
		reply.Blocks = append(reply.Blocks, bot.Block{Spans: []bot.Span{{Text: strings.Repeat("long ", 100)}}})
	}
	if r.Action.Verb == bot.Share {
		all := *reply
		reply = said(r, "posted")
		reply.Private, reply.Public = true, &all
		return reply
	}
	reply.Private = reply.Private || strings.Contains(r.Text, "whisper")
	reply.Buttons = []bot.Button{button("Share", bot.Share, 0)}
	return reply
}

// TestWhereTheBotIsNot guards what people get who brought the application along
// to where the bot is no member: answers, also long ones, of which Discord takes
// five messages after the first, and what is private for their eyes alone.
func TestWhereTheBotIsNot(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(lengthy), discordtest.Options{}, nil)
	for name, c := range map[string]*discordtest.Channel{
		"server": l.Guild("server2").WithoutBot().Channel("there"),
		"people": l.Private(l.user, l.User("user2")),
		"group":  l.Private(l.user, l.User("user2"), l.User("user3")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := within(t, 20*time.Second) // five messages wait for Discord's limit
			further := func(it *discordtest.Interaction) []discordtest.Message {
				l.Eventually(ctx, "further messages", func() bool { return len(it.Followups()) == maxFollowups })
				return it.Followups()
			}
			public := l.user.Slash(c, "ask", discordtest.Args{"question": "what?"})
			private := l.user.Slash(c, "ask", discordtest.Args{"question": "what?", "private": true})
			whisper := l.user.Slash(c, "ask", discordtest.Args{"question": "whisper"})
			if got := public.Final(ctx); got.Ephemeral || !strings.HasPrefix(got.Content, "the first words") {
				t.Errorf("an answer begins with %+v", got)
			}
			further(public)
			parts := append([]discordtest.Message{private.Final(ctx)}, further(private)...)
			for _, m := range append(parts, further(whisper)...) {
				if !m.Ephemeral {
					t.Errorf("what is private is public: %+v", m)
				}
			}
			share := l.user.Press(parts[len(parts)-1], "Share")
			for _, m := range further(share) {
				if m.Ephemeral {
					t.Errorf("what was shared is private: %+v", m)
				}
			}
		})
	}
}

// TestNoThreadsThere guards that the button to open a thread is not there where
// none can be opened, and that it says so where the right was taken away.
func TestNoThreadsThere(t *testing.T) {
	t.Parallel()
	l := serve(t, nil, discordtest.Options{Settle: 60 * time.Millisecond}, nil)
	ctx := within(t, 30*time.Second)
	const label, question = "Continue in a thread", "Who met Putin?"
	ask := func(c *discordtest.Channel) discordtest.Message {
		return l.user.Slash(c, "ask", discordtest.Args{"question": question}).Final(ctx)
	}
	without := discordtest.PermBot &^ discordtest.PermCreatePublicThreads
	for name, c := range map[string]*discordtest.Channel{
		"without the bot":   l.Guild("server2").WithoutBot().Channel("there"),
		"without the right": l.Channel("strict").BotPermissions(without),
		"direct message":    l.DM(l.user),
	} {
		if m := ask(c); len(m.Components) == 0 {
			t.Errorf("%s: no buttons: %+v", name, m)
		} else if _, ok := m.Component(label); ok {
			t.Errorf("%s: a thread is offered", name)
		}
	}
	offered := ask(l.channel)
	if _, ok := offered.Component(label); !ok {
		t.Fatalf("no thread is offered where one can be: %+v", offered)
	}
	l.Fault(discordtest.Fault{Path: "/channels/*/messages/*/threads", Status: http.StatusForbidden, Code: codeMissingPermissions})
	if got := l.user.Press(offered, label).Final(ctx); !got.Ephemeral || !strings.Contains(got.Content, "cannot be opened here") {
		t.Errorf("the right was taken away: got %+v", got)
	}
	if got := l.user.Press(offered, label).Final(ctx); !strings.Contains(got.Content, "<#") {
		t.Errorf("the right is back: got %+v", got)
	}
}

// TestShareRefused guards that nobody is told that an answer was posted when
// Discord did not take it, and that it can be posted later.
func TestShareRefused(t *testing.T) {
	t.Parallel()
	l := serve(t, nil, discordtest.Options{}, nil)
	ctx := within(t, 20*time.Second)
	private := l.user.Slash(l.channel, "ask", discordtest.Args{"question": "Who met Putin?", "private": true}).Final(ctx)
	l.Fault(discordtest.Fault{Method: http.MethodPost, Path: "/webhooks/*/*", Status: http.StatusBadRequest, Code: 200000})
	share := l.user.Press(private, "Share")
	if got := share.Final(ctx); !got.Ephemeral || !strings.Contains(got.Content, requestID(share.ID)) {
		t.Errorf("says %+v although nothing was posted", got)
	}
	share = l.user.Press(private, "Share")
	if got := share.Final(ctx); len(share.Followups()) != 1 || !strings.Contains(got.Content, "Posted") {
		t.Errorf("the second time: %+v and %d messages", got, len(share.Followups()))
	}
	share = l.user.Press(private, "Share")
	if got := share.Final(ctx); len(share.Followups()) != 0 || !strings.Contains(got.Content, "already") {
		t.Errorf("the third time: %+v and %d messages", got, len(share.Followups()))
	}
}

// TestAnswerRefused guards that nobody waits for ever for an answer that Discord
// does not take.
func TestAnswerRefused(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	l.Fault(discordtest.Fault{Method: http.MethodPatch, Path: "/webhooks/**", Status: http.StatusForbidden, Code: codeMissingPermissions, Times: -1})
	it := l.ask("what?")
	if got := whispered(within(t, 10*time.Second), l, it); !strings.Contains(got.Content, requestID(it.ID)) {
		t.Errorf("got %+v", got)
	}
	if it.Response().Loading && !it.Response().Deleted {
		t.Error("the bot goes on thinking")
	}
}

// TestAnswerTakenAway guards that nobody is told of a fault when somebody deleted
// the place of the answer, as moderators do.
func TestAnswerTakenAway(t *testing.T) {
	t.Parallel()
	deleted := make(chan struct{})
	l := serve(t, handler(func(ctx context.Context, r bot.Request) *bot.Reply {
		if r.Text == "unwanted" {
			<-deleted
		}
		return echo(ctx, r)
	}), discordtest.Options{}, nil)
	ctx := within(t, 10*time.Second)
	it := l.ask("unwanted")
	if err := it.WaitAck(ctx); err != nil {
		t.Fatal(err)
	}
	l.user.Delete(it.Response())
	close(deleted)
	l.Eventually(ctx, "logged", func() bool { return strings.Contains(l.log.text.String(), "reply not shown") })
	l.answers(t)
	if got := it.Followups(); len(got) > 0 {
		t.Errorf("got %+v", got)
	}
}

// TestWhereTheBotIsMute guards that a question by mention is answered in a direct
// message where the bot may not write.
func TestWhereTheBotIsMute(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	l.Allow(discordtest.RulePermission) // it cannot know before it tries
	l.user.Say(l.Channel("readonly").BotPermissions(discordtest.PermViewChannel), l.Mention()+" hello?")
	got := l.DM(l.user).Await(within(t, 10*time.Second), func(m discordtest.Message) bool { return m.Content == "heard hello?" })
	if !got.Exists() {
		t.Error("no answer")
	}
}

// TestNoEmbedsThere guards that the sources of an answer are there where no embeds
// may be.
func TestNoEmbedsThere(t *testing.T) {
	t.Parallel()
	for _, look := range []Look{Components, Classic} {
		l := serve(t, nil, discordtest.Options{}, func(_ *local, o *Options) { o.Look = look })
		l.Allow(discordtest.RulePermission)
		ctx := within(t, 10*time.Second)
		c := l.Channel("plain").BotPermissions(discordtest.PermBot &^ discordtest.PermEmbedLinks)
		for question, want := range map[string]string{
			"How long did the Kremlin talks last?": "\n-# \\[1\\] ",
			"How old is Steve Witkoff?":            "Witkoff",
		} {
			got := l.ReplyTo(ctx, l.user.Say(c, l.Mention()+" "+question))
			if !strings.Contains(got.Content, want) || len(got.Embeds) > 0 {
				t.Errorf("%s, %s: got %+v, want %q in it", look, question, got, want)
			}
		}
	}
}

// TestBotOfTheGateway guards that a mention is answered where the application does not
// say who its bot is: the gateway does.
func TestBotOfTheGateway(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{NoBot: true}, nil)
	got := l.ReplyTo(within(t, 10*time.Second), l.user.Say(l.channel, l.Mention()+" hello?"))
	if got.Content != "heard hello?" {
		t.Errorf("got %+v", got)
	}
}

// TestTokenDiesMeanwhile guards that an answer which took longer than Discord
// keeps the interaction comes as a normal message, unless it is private.
func TestTokenDiesMeanwhile(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	l := serve(t, handler(func(ctx context.Context, r bot.Request) *bot.Reply {
		if strings.HasPrefix(r.Text, "slow") {
			<-release
		}
		return echo(ctx, r)
	}), discordtest.Options{}, nil)
	l.Allow(discordtest.RuleThinking) // the places of the answers are dead
	ctx := within(t, 15*time.Second)
	public := l.ask("slow")
	private := l.user.Slash(l.channel, "ask", discordtest.Args{"question": "slow secret", "private": true})
	for _, it := range []*discordtest.Interaction{public, private} {
		if err := it.WaitAck(ctx); err != nil {
			t.Fatal(err)
		}
	}
	l.Advance(15*time.Minute + time.Second)
	close(release)
	if got := l.channel.Await(ctx, func(m discordtest.Message) bool { return m.Content == "heard slow" }); !got.Exists() {
		t.Error("no normal message")
	}
	l.Eventually(ctx, "logged", func() bool { return strings.Contains(l.log.text.String(), "nowhere to show") })
	if seen := l.SeenBy("secret"); len(seen) > 0 {
		t.Errorf("a private answer is seen by %v", seen)
	}
	l.answers(t)
}

// TestShardsInTwoProcesses guards that processes share the servers between them:
// each event is heard by the shard it is for, direct messages by the first.
func TestShardsInTwoProcesses(t *testing.T) {
	t.Parallel()
	l := &local{Discord: discordtest.New(t, discordtest.Options{Settle: 50 * time.Millisecond}), ended: make(chan error, 2)}
	for id := range 2 {
		name := string(rune('a' + id))
		l.start(t, handler(func(_ context.Context, r bot.Request) *bot.Reply { return said(r, "process "+name) }), func(_ *local, o *Options) {
			o.Shards, o.ShardIDs = 2, []int{id}
		})
		l.AwaitReady(within(t, 10*time.Second), id+1)
		l.NewProcess() // the second IDENTIFY may come at once
	}
	u, ctx := l.User("user1"), within(t, 20*time.Second)
	heard := map[string]bool{}
	for i := range 8 {
		c := l.Guild("server" + strings.Repeat("x", i)).Channel("general")
		it := u.Slash(c, "ask", discordtest.Args{"question": "who?"})
		got := it.Final(ctx).Content
		heard[got] = true
		if reached := it.Reached(); reached != 1 {
			t.Errorf("%d sessions got the question", reached)
		}
		if again := u.Slash(c, "ask", discordtest.Args{"question": "who?"}).Final(ctx).Content; again != got {
			t.Errorf("the same server is answered by %q and %q", got, again)
		}
	}
	if !heard["process a"] || !heard["process b"] {
		t.Errorf("only one process answers: %v", heard)
	}
	if got := l.ReplyTo(ctx, u.Say(l.DM(u), "who?")); got.Content != "process a" {
		t.Errorf("a direct message is answered by %q", got.Content)
	}
}
