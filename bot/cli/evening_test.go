package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
	"parley/corpus/read"
)

// evening is a scripted evening: people, and what they asked.
type evening struct {
	*discordtest.Discord
	ctx   context.Context
	admin *discordtest.User
	away  *discordtest.Guild // a server without the bot
	dir   string             // of the articles

	mu       sync.Mutex
	n        int // interactions and messages so far
	asked    []asked
	problems []string
}

// asked is one interaction or message that wants exactly one answer.
type asked struct {
	what    string
	it      *discordtest.Interaction // nil for a message
	message discordtest.Message
	private bool // nobody else may see what comes of it
}

// answer waits for what an interaction leads to, wherever it is shown.
func (e *evening) answer(a asked) discordtest.Message {
	e.mu.Lock()
	e.n++
	e.asked = append(e.asked, a)
	e.mu.Unlock()
	var got discordtest.Message
	e.Eventually(e.ctx, a.what+" answered", func() bool {
		all := e.answers(a)
		if len(all) > 0 {
			got = all[0]
		}
		return len(all) > 0
	})
	return got
}

// answers are the complete answers to one thing that was asked: in its place, as
// a private message, or as a normal one where the interaction had died.
func (e *evening) answers(a asked) []discordtest.Message {
	var out []discordtest.Message
	if a.it == nil {
		for _, m := range e.BotMessages() {
			if m.ReplyTo == a.message.ID && !m.Deleted {
				out = append(out, m)
			}
		}
		return out
	}
	if m := a.it.Response(); m.Exists() && !m.Deleted && !m.Loading && m.InteractionID == a.it.ID {
		out = append(out, m)
	}
	for _, m := range a.it.Followups() {
		if !m.Loading {
			out = append(out, m)
		}
	}
	return out
}

func (e *evening) slash(u *discordtest.User, c *discordtest.Channel, command string, args discordtest.Args, private bool) discordtest.Message {
	return e.answer(asked{what: "/" + command, it: u.Slash(c, command, args), private: private})
}

func (e *evening) press(u *discordtest.User, on discordtest.Message, label string) *discordtest.Interaction {
	e.mu.Lock()
	e.n++
	e.mu.Unlock()
	return u.Press(on, label)
}

// failed keeps what went wrong in a round.
func (e *evening) failed(format string, args ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.problems = append(e.problems, fmt.Sprintf(format, args...))
}

// label finds the button of an action.
func label(m discordtest.Message, action string) string {
	for _, c := range m.Components {
		if strings.Contains(c.CustomID, action) && !c.Disabled {
			return c.CustomID
		}
	}
	return ""
}

// round lets all twelve act at once.
func (e *evening) round(n int) {
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() { e.one(i, n) })
	}
	wg.Wait()
}

// TestEvening runs the program through an evening with a reload, lost
// connections, rate limits and a restart. Whatever happens, everything that is
// asked gets exactly one answer, nothing private is seen by others, and nobody
// is pinged. That no rule of Discord is broken is checked by the local Discord.
func TestEvening(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	e := &evening{Discord: discordtest.New(t, discordtest.Options{Settle: 100 * time.Millisecond}), ctx: ctx, dir: t.TempDir()}
	e.article(t, "talks.md", "Putin met Witkoff and Kushner in the Kremlin. The talks lasted nearly five hours. Zelenskyy was in Paris.")
	e.article(t, "other.md", "The talks between Putin and Witkoff lasted more than four hours. Dmitriev sat beside Putin.")
	reading, err := read.Talks()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range reading.Articles {
		e.article(t, a.ID, a.Body)
	}
	managers := e.Channel("channel0").Guild().Role("managers", discordtest.PermManageGuild)
	e.admin = e.User("admin").Has(managers)
	second := e.User("admin2").Has(managers)
	e.away = e.Guild("elsewhere").WithoutBot()
	config := fmt.Sprintf(eveningConfig, e.URL(), filepath.Join(t.TempDir(), "data"), e.dir, managers.ID)
	program := build(t)
	p := serveProcess(t, program, e.Discord, config)
	c := e.Channel("channel0")
	ready := func() {
		e.Eventually(ctx, "connected again", func() bool { return e.Gateway().Ready == 1 })
	}
	// gate loses the connection while twelve wait for their answers, which
	// Discord holds up. What is pressed while there is none is lost by Discord.
	gate := func(lost func()) {
		e.Storm429("/webhooks/**", 12, time.Second, false)
		var wg sync.WaitGroup
		for i := range 12 {
			it := e.User(fmt.Sprintf("user%d", i)).Slash(c, "ask", discordtest.Args{"question": eveningQuestions[i]})
			if err := it.WaitAck(ctx); err != nil {
				t.Errorf("not acknowledged: %v", err)
			}
			wg.Go(func() { e.answer(asked{what: "/ask at a lost connection", it: it}) })
		}
		opened := e.Gateway().Opened
		lost()
		e.Eventually(ctx, "new connection", func() bool { return e.Gateway().Opened > opened })
		ready()
		wg.Wait()
	}

	e.round(0)
	e.round(1)
	e.Storm429("/webhooks/**", 30, time.Second, false)
	e.Storm429("/channels/**", 10, time.Second, false)
	e.round(2)
	e.round(3)
	// The articles change while people ask, and two see to it at once.
	e.article(t, "new.md", "The bridge over the harbour was opened by the mayor on Friday.")
	var wg sync.WaitGroup
	wg.Go(func() { e.round(4) })
	// Who is first reads the new article; the other is told, or finds it read.
	reloads := []*discordtest.Interaction{e.admin.Slash(c, "corpus reload", nil), second.Slash(c, "corpus reload", nil)}
	for _, it := range reloads {
		e.answer(asked{what: "/corpus reload", it: it, private: true})
	}
	e.Eventually(ctx, "reloaded", func() bool {
		return strings.Contains(reloads[0].Response().Text()+reloads[1].Response().Text(), "Added")
	})
	wg.Wait()
	if got := e.slash(e.admin, c, "ask", discordtest.Args{"question": "Who opened the bridge over the harbour?"}, false); !strings.Contains(got.Content, "mayor") {
		t.Errorf("after the reload: %q", got.Content)
	}
	e.round(5)
	gate(func() { e.DropGateway(0) })
	gate(func() { e.Op7First(1); e.DropGateway(4000) })
	e.round(7)
	kept := e.slash(e.User("user1"), c, "ask", discordtest.Args{"question": "How long did the talks last?"}, false)
	secret := e.slash(e.User("user1"), c, "ask", discordtest.Args{"question": "How long did the talks last?", "private": true}, true)
	e.slash(e.admin, c, "corpus status", nil, true)
	e.slash(e.admin, c, "corpus gaps", nil, true)

	// The end, with questions in flight, and a start.
	for i := range 12 {
		it := e.User(fmt.Sprintf("user%d", i)).Slash(e.Channel("channel1"), "ask", discordtest.Args{"question": eveningQuestions[i]})
		wg.Go(func() { e.answer(asked{what: "a question at the end", it: it}) })
	}
	if code := p.end(t); code != exitDone {
		t.Errorf("ended with %d, want 0", code)
	}
	wg.Wait()
	e.NewProcess()
	serveProcess(t, program, e.Discord, config)
	ready()
	e.pressOld(t, kept, secret)
	gate(func() { e.InvalidSession(true) })
	identifies := e.Gateway().Identifies
	e.InvalidSession(false)
	e.Eventually(ctx, "new session", func() bool { return e.Gateway().Identifies == identifies+1 })
	ready()
	for n := range rounds {
		e.round(n)
	}
	e.verdict(t)
}

// pressOld presses the buttons of answers from before the restart.
func (e *evening) pressOld(t *testing.T, public, private discordtest.Message) {
	t.Helper()
	u := e.User("user1")
	press := func(on discordtest.Message, action string) *discordtest.Interaction {
		id := label(on, action)
		if id == "" {
			t.Fatalf("no button %s under %+v", action, on)
		}
		return e.press(u, on, id)
	}
	if got := press(public, ".src.").Final(e.ctx); !got.Ephemeral || !strings.Contains(got.Content, `**`) {
		t.Errorf("sources from before the restart: %+v", got)
	}
	if got := press(public, ".good.").Final(e.ctx); !got.Ephemeral {
		t.Errorf("a vote from before the restart: %+v", got)
	}
	form := press(public, ".ask.")
	in := form.Modal(e.ctx)
	if got := e.answer(asked{what: "follow-up", it: u.Submit(form, map[string]string{in.Inputs[0].CustomID: "And who was there?"})}); got.Ephemeral {
		t.Errorf("a follow-up from before the restart: %+v", got)
	}
	press(public, ".bad.").Modal(e.ctx)
	press(public, ".talk.").Final(e.ctx)
	if e.Thread(public) == nil {
		t.Error("no thread at an answer from before the restart")
	}
	share := press(private, ".share.")
	share.Final(e.ctx)
	e.Eventually(e.ctx, "shared", func() bool { return len(share.Followups()) == 1 && !share.Followups()[0].Ephemeral })
}

// article writes an article.
func (e *evening) article(t *testing.T, name, body string) {
	t.Helper()
	text := "---\ntitle: " + strings.TrimSuffix(name, ".md") + "\nurl: https://news.example/" + name + "\ndate: 2025-12-02\n---\n\n" + body + "\n"
	if err := os.WriteFile(filepath.Join(e.dir, filepath.Base(name)), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// verdict looks at everything that was said.
func (e *evening) verdict(t *testing.T) {
	t.Helper()
	for _, p := range e.problems {
		t.Error(p)
	}
	if e.n < 300 {
		t.Errorf("only %d interactions and messages, want 300", e.n)
	}
	private := map[string]string{}
	for _, a := range e.asked {
		all := e.answers(a)
		if len(all) != 1 {
			t.Errorf("%s got %d answers, want 1: %+v", a.what, len(all), all)
		}
		for _, m := range all {
			if m.Content == "" {
				t.Errorf("%s got an empty answer", a.what)
			}
			if a.private && !m.Ephemeral {
				t.Errorf("%s was answered in public: %q", a.what, m.Content)
			}
		}
		if a.private && a.it != nil {
			private[a.it.ID] = a.what
		}
	}
	for _, m := range e.BotMessages() {
		if len(m.Pinged) > 0 {
			t.Errorf("pings %v: %q", m.Pinged, m.Content)
		}
		if what, ok := private[m.InteractionID]; ok && !m.Ephemeral {
			t.Errorf("%s: others see %q", what, m.Content)
		}
	}
	times := e.Latencies()
	t.Logf("%d interactions and messages, %d acknowledged, p50 %v, p99 %v; %d requests, %v", e.n, len(times),
		discordtest.Quantile(times, 0.5), discordtest.Quantile(times, 0.99), len(e.Requests()), e.Statuses())
}

// eveningConfig takes the address, the data folder, the articles and the
// managers' role.
const eveningConfig = `
data = "%[2]s"
[corpus]
paths = ["%[3]s"]
[discord]
api_url = "%[1]s"
grace_seconds = 10
[bot]
questions_per_user = 0
questions_per_channel = 0
questions_per_server = 0
admin_roles = ["%[4]s"]
`
