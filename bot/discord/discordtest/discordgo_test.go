package discordtest_test

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"parley/bot/discord/discordtest"
)

// rewrite sends discordgo's requests, whose addresses are fixed, to a local
// Discord, until the test is over: discordgo does not always stop by itself.
type rewrite struct {
	to   *url.URL
	over context.Context
}

func (t rewrite) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := t.over.Err(); err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = t.to.Scheme, t.to.Host, t.to.Host
	return http.DefaultTransport.RoundTrip(r)
}

// local is a session for a local Discord.
func local(t *testing.T, d *discordtest.Discord) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.Parse(d.URL())
	if err != nil {
		t.Fatal(err)
	}
	over := t.Context()
	s.Client = &http.Client{Transport: rewrite{to, over}}
	s.Dialer = &websocket.Dialer{NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		if err := over.Err(); err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, addr)
	}}
	s.LogLevel = -1 // nothing
	return s
}

// open connects a discordgo session. Without setup it has no handlers.
func open(t *testing.T, d *discordtest.Discord, setup func(*discordgo.Session)) *discordgo.Session {
	t.Helper()
	s := local(t, d)
	s.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	if setup != nil {
		setup(s)
	}
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func soon(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func silent() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// echo answers /ask with a deferred message and edits, its button with a
// modal, and the modal with an ephemeral message.
func echo(t *testing.T) func(*discordgo.Session) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Errorf("bot: %v", err)
		}
	}
	return func(s *discordgo.Session) {
		s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
			switch i.Type {
			case discordgo.InteractionApplicationCommandAutocomplete:
				must(s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
					Type: discordgo.InteractionApplicationCommandAutocompleteResult,
					Data: &discordgo.InteractionResponseData{Choices: []*discordgo.ApplicationCommandOptionChoice{
						{Name: i.ApplicationCommandData().Options[0].StringValue() + "ing", Value: "talking"},
					}},
				}))
			case discordgo.InteractionApplicationCommand:
				data := i.ApplicationCommandData()
				must(s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
					Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
				}))
				text := "checked " + data.TargetID
				if data.TargetID == "" {
					text = "you asked " + data.Options[0].StringValue()
				} else {
					text += ": " + data.Resolved.Messages[data.TargetID].Content
				}
				for _, content := range []string{"…", text} {
					_, err := s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{
						Content: &content, AllowedMentions: silent(),
						Components: &[]discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
							discordgo.Button{Label: "Why", CustomID: "why:1", Style: discordgo.PrimaryButton},
						}}},
					})
					must(err)
				}
			case discordgo.InteractionMessageComponent:
				must(s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
					Type: discordgo.InteractionResponseModal,
					Data: &discordgo.InteractionResponseData{
						CustomID: "form", Title: "Why",
						Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
							discordgo.TextInput{CustomID: "reason", Label: "Reason", Style: discordgo.TextInputShort, Required: true},
						}}},
					},
				}))
			case discordgo.InteractionModalSubmit:
				row := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow)
				must(s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
					Type: discordgo.InteractionResponseChannelMessageWithSource,
					Data: &discordgo.InteractionResponseData{
						Content: "because " + row.Components[0].(*discordgo.TextInput).Value,
						Flags:   discordgo.MessageFlagsEphemeral, AllowedMentions: silent(),
					},
				}))
			case discordgo.InteractionPing:
			}
		})
		s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) {
			if m.Author.Bot || !strings.Contains(m.Content, "hello") {
				return
			}
			_, err := s.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{
				Content: "heard: " + m.Content, AllowedMentions: silent(), Reference: m.Reference(),
			})
			must(err)
		})
	}
}

func register(t *testing.T, s *discordgo.Session, d *discordtest.Discord) {
	t.Helper()
	_, err := s.ApplicationCommandBulkOverwrite(d.AppID(), "", []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask a question", Options: []*discordgo.ApplicationCommandOption{
			{Name: "question", Description: "What to ask", Type: discordgo.ApplicationCommandOptionString, Required: true},
			{Name: "article", Description: "Where to look", Type: discordgo.ApplicationCommandOptionString, Autocomplete: true},
		}},
		{Name: "Check this", Type: discordgo.MessageApplicationCommand},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDiscordgoBot(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Settle: 200 * time.Millisecond})
	s := open(t, d, echo(t))
	register(t, s, d)
	ctx := soon(t)
	if !d.AwaitReady(ctx, 1) {
		return
	}
	u1, u2, ch := d.User("user1"), d.User("user2"), d.Channel("general")

	if got := u1.Autocomplete(ch, "ask", "article", discordtest.Args{"article": "talk"}).Choices(ctx); len(got) != 1 || got[0].Name != "talking" {
		t.Errorf("choices %+v", got)
	}
	it := u1.Slash(ch, "ask", discordtest.Args{"question": "who came?"})
	answer := it.Final(ctx)
	if answer.Content != "you asked who came?" || answer.Edits != 2 || answer.Ephemeral {
		t.Errorf("answer %+v", answer)
	}
	if took, ok := it.Acked(); !ok || took <= 0 || took > time.Second {
		t.Errorf("acknowledged %v after %s", ok, took)
	}
	press := u2.Press(answer, "Why")
	if form := press.Modal(ctx); form.Title != "Why" || len(form.Inputs) != 1 || form.Inputs[0].Label != "Reason" {
		t.Errorf("form %+v", form)
	}
	secret := u2.Submit(press, map[string]string{"Reason": "of the weather"}).Final(ctx)
	if secret.Content != "because of the weather" || !secret.Ephemeral {
		t.Errorf("answer to the form %+v", secret)
	}
	if got := d.SeenBy("weather"); len(got) != 1 || got[0] != "user2" {
		t.Errorf("the private answer is seen by %v", got)
	}
	if a, b := len(d.VisibleTo(u1, ch)), len(d.VisibleTo(u2, ch)); a != 1 || b != 2 {
		t.Errorf("user1 sees %d messages, user2 %d", a, b)
	}
	if got := u1.OnMessage("Check this", u2.Say(ch, "it rained")).Final(ctx); !strings.HasSuffix(got.Content, ": it rained") {
		t.Errorf("message command %q", got.Content)
	}
	said := u1.Say(ch, d.Mention()+" hello")
	if got := d.ReplyTo(ctx, said); got.ReplyTo != said.ID || !strings.Contains(got.Content, "hello") {
		t.Errorf("reply %+v", got)
	}
	dm := u1.Say(d.DM(u1), "hello there")
	if got := d.ReplyTo(ctx, dm); got.Content != "heard: hello there" {
		t.Errorf("reply in a DM %+v", got)
	}
}
