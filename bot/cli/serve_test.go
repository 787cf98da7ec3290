package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// command runs one command in process against a local Discord.
func command(t *testing.T, d *discordtest.Discord, token string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.toml")
	if err := os.WriteFile(file, []byte("[discord]\napi_url = \""+d.URL()+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, err bytes.Buffer
	code = Main(t.Context(), append(args, "--config", file), Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err, Getenv: func(key string) string {
		if key == tokenKey {
			return token
		}
		return ""
	}})
	return code, out.String(), err.String()
}

// TestCheckAsksDiscord guards what check says about the bot, and that the link
// has exactly the permissions that serve needs.
func TestCheckAsksDiscord(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	code, out, errs := command(t, d, d.Token(), "check")
	text := strings.Join(strings.Fields(out), " ")
	for _, want := range []string{
		"Discord the token is that of parley, application " + d.AppID(), "commands are not those of this version", "1000 of 1000 a day are left",
		"client_id=" + d.AppID(),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("check does not say %q: %s", want, out)
		}
	}
	if code != exitDone {
		t.Errorf("got exit code %d: %s", code, errs)
	}
	if got := d.Count("PUT", ""); got > 0 {
		t.Error("check changes something")
	}
	_, out, _ = command(t, d, d.Token(), "check", "--json")
	const link = "permissions=309237730304" // 1024 + 2048 + 16384 + 65536 + 2^35 + 2^38
	if !strings.Contains(out, link) {
		t.Errorf("the link has not %s: %s", link, out)
	}
}

// TestCommandsRegister guards that commands are registered once.
func TestCommandsRegister(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	for _, want := range []string{"are registered", "were registered already"} {
		if code, out, errs := command(t, d, d.Token(), "commands"); code != exitDone || !strings.Contains(out, want) {
			t.Errorf("got exit code %d, %q, %q", code, out, errs)
		}
	}
}

// TestWrongTokenEndsServe guards that a wrong token is said to be one, with what
// to do, and without the token.
func TestWrongTokenEndsServe(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	d.Allow(discordtest.RuleAuth)
	for _, args := range []string{"serve", "commands", "check"} {
		code, out, errs := command(t, d, "not-a-token", args)
		if code != exitFailed || !strings.Contains(out+errs, "does not accept the bot's token") || !strings.Contains(out+errs, "developer portal") {
			t.Errorf("%s: got exit code %d, %q, %q", args, code, out, errs)
		}
		if strings.Contains(out+errs, "not-a-token") {
			t.Errorf("%s: prints the token", args)
		}
	}
	if code, _, errs := command(t, d, "", "serve"); code != exitFailed || !strings.Contains(errs, tokenKey) {
		t.Errorf("without a token: got exit code %d, %q", code, errs)
	}
}

// TestTokenThatIsNone guards that what cannot be a token is said to be none, and
// not sent to Discord again and again.
func TestTokenThatIsNone(t *testing.T) {
	for token, want := range map[string]string{"to ken": "character 3 ", "to\nken": "character 3 ", "tok\x00en": "character 4 ", "tökен": "character 2 "} {
		var errs bytes.Buffer
		code := Main(t.Context(), []string{"serve"}, Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &errs, Getenv: func(key string) string {
			if key == tokenKey {
				return token
			}
			return ""
		}})
		if text := errs.String(); code != exitFailed || !strings.Contains(text, want) || strings.Contains(text, token) {
			t.Errorf("%q: got exit code %d, %q", token, code, text)
		}
	}
}

// TestStoppedWhileReading guards that being told to end is no failure, also
// while the articles are still being read.
func TestStoppedWhileReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var errs bytes.Buffer
	code := Main(ctx, []string{"serve"}, Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &errs, Getenv: func(string) string { return "token" }})
	if code != exitDone {
		t.Errorf("got exit code %d: %s", code, &errs)
	}
}

// TestHangupReloads guards that SIGHUP reads the articles again while the bot
// answers.
func TestHangupReloads(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	e := &evening{Discord: discordtest.New(t, discordtest.Options{Settle: 100 * time.Millisecond}), ctx: ctx, dir: t.TempDir()}
	e.article(t, "talks.md", "Putin met Witkoff and Kushner in the Kremlin. The talks lasted nearly five hours.")
	p := serveProcess(t, build(t), e.Discord, fmt.Sprintf(eveningConfig, e.URL(), filepath.Join(t.TempDir(), "data"), e.dir, "1"))
	e.article(t, "new.md", "The bridge over the harbour was opened by the mayor on Friday.")
	if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	e.Eventually(ctx, "reloaded", func() bool { return strings.Contains(p.log.String(), "articles=2") })
	got := e.slash(e.User("user1"), e.Channel("general"), "sources", nil, true)
	if text := got.Text(); !strings.Contains(text, "bridge") {
		t.Errorf("the list has no new article: %q", text)
	}
	if code := p.end(t); code != exitDone {
		t.Errorf("ended with %d, want 0", code)
	}
}

// TestFatalCodesEndTheProcess guards the exit code and the message when Discord
// wants no reconnection.
func TestFatalCodesEndTheProcess(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4004, 4014} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{})
			p := serveProcess(t, build(t), d, "[discord]\napi_url = \""+d.URL()+"\"\n")
			d.DropGateway(code)
			if got := p.wait(t); got != exitFailed {
				t.Errorf("exit code %d, want %d", got, exitFailed)
			}
			if log := p.log.String(); !strings.Contains(log, fmt.Sprintf("code %d", code)) || !strings.Contains(log, "\nhint: ") {
				t.Errorf("says %q", log)
			}
		})
	}
}

// TestUnwritableData guards that the bot answers although its folder cannot be
// written to.
func TestUnwritableData(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a-file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	e := &evening{Discord: discordtest.New(t, discordtest.Options{Settle: 100 * time.Millisecond}), ctx: ctx}
	p := serveProcess(t, build(t), e.Discord, "data = \""+filepath.Join(file, "data")+"\"\n[discord]\napi_url = \""+e.URL()+"\"\n")
	got := e.slash(e.User("user1"), e.Channel("general"), "ask", discordtest.Args{"question": "How long did the Kremlin talks last?"}, false)
	if !strings.Contains(got.Content, "hours") {
		t.Errorf("got %+v", got)
	}
	if code := p.end(t); code != exitDone {
		t.Errorf("ended with %d, want 0", code)
	}
}
