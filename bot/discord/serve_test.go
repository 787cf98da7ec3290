package discord

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord/discordtest"
)

// handler is a bot as a test wants it.
type handler func(ctx context.Context, r bot.Request) *bot.Reply

func (h handler) Handle(ctx context.Context, r bot.Request) *bot.Reply { return h(ctx, r) }

// echo replies with what was asked.
func echo(_ context.Context, r bot.Request) *bot.Reply { return said(r, "heard "+r.Text) }

func said(r bot.Request, text string) *bot.Reply {
	return &bot.Reply{Outcome: bot.Told, Private: r.Private, Blocks: []bot.Block{{Spans: []bot.Span{{Text: text}}}}}
}

// local is a Discord with the bot in it.
type local struct {
	*discordtest.Discord
	user    *discordtest.User
	channel *discordtest.Channel
	log     *logged
	stop    context.CancelFunc // ends Serve as SIGTERM does
	ended   chan error         // what Serve returned
}

// logged keeps the log for tests to look into.
type logged struct {
	*slog.Logger
	text *lockedText
}

// serve starts a Discord and the bot in it, and waits until it is ready.
func serve(t *testing.T, h Handler, d discordtest.Options, change func(*local, *Options)) *local {
	t.Helper()
	if d.Settle == 0 {
		d.Settle = 300 * time.Millisecond
	}
	l := &local{Discord: discordtest.New(t, d), ended: make(chan error, 1)}
	l.start(t, h, change)
	if !l.AwaitReady(within(t, 10*time.Second), 1) {
		t.Fatal("bot not ready:\n" + l.log.text.String())
	}
	l.Eventually(within(t, 5*time.Second), "connected", func() bool { return strings.Contains(l.log.text.String(), "gateway connected") })
	l.user, l.channel = l.User("user1"), l.Channel("general")
	return l
}

// start starts the bot, once more if it has ended.
func (l *local) start(t *testing.T, h Handler, change func(*local, *Options)) {
	t.Helper()
	text := &lockedText{}
	l.log = &logged{slog.New(slog.NewTextHandler(text, &slog.HandlerOptions{Level: slog.LevelDebug})), text}
	opts := Options{
		Token: l.Token(), API: l.URL(), Handler: h, Log: l.log.Logger, Grace: 2 * time.Second,
	}
	if change != nil {
		change(l, &opts)
	}
	if opts.Bot == nil {
		opts.Bot = newBot(t)
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.stop = cancel
	go func() { l.ended <- Serve(ctx, opts) }()
	t.Cleanup(func() {
		cancel()
		if t.Failed() {
			t.Logf("log:\n%s", text)
		}
	})
}

// end stops the bot and waits until it has ended.
func (l *local) end(t *testing.T) error {
	t.Helper()
	l.stop()
	select {
	case err := <-l.ended:
		return err
	case <-time.After(15 * time.Second):
		t.Fatal("the bot does not end")
		return nil
	}
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func (l *local) ask(question string, how ...discordtest.How) *discordtest.Interaction {
	return l.user.Slash(l.channel, "ask", discordtest.Args{"question": question}, how...)
}

// whispered waits for the one private message that takes the place of a public answer.
func whispered(ctx context.Context, l *local, it *discordtest.Interaction) discordtest.Message {
	var got discordtest.Message
	l.Eventually(ctx, "private message", func() bool {
		for _, m := range it.Followups() {
			if m.Ephemeral && !m.Loading {
				got = m
			}
		}
		return got.Exists()
	})
	return got
}

// answers fails the test unless the bot answers a question now.
func (l *local) answers(t *testing.T) {
	t.Helper()
	if got := l.ask("are you there?").Final(within(t, 8*time.Second)); !strings.Contains(got.Content, "are you there?") {
		t.Errorf("the bot does not answer: %+v", got)
	}
}

func TestAsk(t *testing.T) {
	t.Parallel()
	l := serve(t, handler(echo), discordtest.Options{}, nil)
	l.answers(t)
	ctx := within(t, 10*time.Second)
	said := l.user.Say(l.channel, l.Mention()+" who *came*?")
	if got := l.ReplyTo(ctx, said); got.Content != `heard who \*came\*?` || got.ReplyTo != said.ID {
		t.Errorf("a mention gets %+v", got)
	}
	dm := l.user.Say(l.DM(l.user), "and in private?")
	if got := l.ReplyTo(ctx, dm); got.Content != "heard and in private?" {
		t.Errorf("a direct message gets %+v", got)
	}
	private := l.user.Slash(l.channel, "ask", discordtest.Args{"question": "psst", "private": true}).Final(ctx)
	if !private.Ephemeral || private.Content != "heard psst" {
		t.Errorf("a private question gets %+v", private)
	}
	if got := l.Gateway().Intents; got != 1<<9|1<<12 {
		t.Errorf("intents %b, want messages in servers and direct messages only", got)
	}
	if err := l.end(t); err != nil {
		t.Errorf("ended with %v", err)
	}
}

// TestWhoAsks guards that the bot hears what people call the user, and whether
// others have seen the question: that of a command nobody has.
func TestWhoAsks(t *testing.T) {
	t.Parallel()
	heard := make(chan bot.Request, 2)
	l := serve(t, handler(func(ctx context.Context, r bot.Request) *bot.Reply {
		heard <- r
		return echo(ctx, r)
	}), discordtest.Options{}, nil)
	ctx := within(t, 10*time.Second)
	l.ask("who?").Final(ctx)
	if r := <-heard; !r.Unseen || r.User.Name != l.user.Name {
		t.Errorf("a command: unseen %v, from %q", r.Unseen, r.User.Name)
	}
	l.ReplyTo(ctx, l.user.Say(l.channel, l.Mention()+" who?"))
	if r := <-heard; r.Unseen || r.User.Name != l.user.Name {
		t.Errorf("a mention: unseen %v, from %q", r.Unseen, r.User.Name)
	}
}

// TestMessagesOfDiscord guards that the bot does not take for a question what
// Discord itself says in somebody's name: that the bot was added to a thread.
func TestMessagesOfDiscord(t *testing.T) {
	s := newServer(&client{}, "2", Options{Log: quiet})
	for kind, want := range map[int]bool{0: true, 19: true, 1: false, 6: false, 7: false, 18: false, 21: false} {
		for _, guild := range []string{"", "7"} {
			m := &wireMessage{ID: "5", Type: kind, GuildID: guild, Author: wireUser{ID: "9"}, Mentions: []wireUser{{ID: "2"}}}
			if got := s.forMe(m); got != want {
				t.Errorf("type %d in server %q: got %v, want %v", kind, guild, got, want)
			}
		}
	}
}

// TestDirect guards that only the bot's own direct messages count as read by
// nobody else: people use commands among themselves, too.
func TestDirect(t *testing.T) {
	for data, want := range map[string]bool{
		`{"context":1,"channel":{"type":1}}`:                true,
		`{"channel":{"type":1}}`:                            true,
		`{"context":2,"channel":{"type":1}}`:                false,
		`{"context":2,"channel":{"type":3}}`:                false,
		`{"channel":{"type":3}}`:                            false,
		`{}`:                                                false,
		`{"context":0,"guild_id":"7","channel":{"type":0}}`: false,
	} {
		i := new(interaction)
		if err := json.Unmarshal([]byte(data), i); err != nil {
			t.Fatal(err)
		}
		s := newServer(&client{}, "2", Options{Log: quiet})
		if r, _, _ := s.request(i); r.Place.Direct != want {
			t.Errorf("%s: got %v, want %v", data, r.Place.Direct, want)
		}
	}
}
