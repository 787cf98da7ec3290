package cli

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// TestWatchedServe guards that a running bot shows how it is, that check asks it, and
// that its figures say what people asked.
func TestWatchedServe(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	u := d.User("ann")
	p := serveProcess(t, build(t), d, "[discord]\napi_url = \""+d.URL()+"\"\n[watch]\nlisten = \"127.0.0.1:0\"\n")
	found := regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/metrics`).FindStringSubmatch(p.log.String())
	if found == nil {
		t.Fatalf("the log does not say where: %s", p.log)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	check := func(address string) (string, int) {
		out, err := exec.CommandContext(ctx, build(t), "check", "--running", address).CombinedOutput() //nolint:gosec // the program under test
		code := 0
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			code = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		return string(out), code
	}
	d.Eventually(ctx, "ready", func() bool { _, code := check(found[1]); return code == exitDone })
	if out, code := check("127.0.0.1:1"); code != exitFailed || !strings.Contains(out, "does not answer at 127.0.0.1:1") {
		t.Errorf("where nothing is: got %d: %s", code, out)
	}
	c := d.Channel("general")
	for range 3 { // the same question, so that two are repeated
		d.ReplyTo(ctx, u.Say(c, d.Mention()+" Who met Putin?"))
	}
	d.Eventually(ctx, "counted", func() bool {
		resp, err := http.Get("http://" + found[1] + "/metrics")
		if err != nil {
			return false
		}
		body, err := io.ReadAll(resp.Body)
		if err := errors.Join(err, resp.Body.Close()); err != nil {
			return false
		}
		text := string(body)
		return strings.Contains(text, "parley_request_duration_seconds_count{kind=\"ask\"} 3\n") && strings.Contains(text, "parley_gateway_shards{state=\"up\"} 1\n")
	})
	if code := p.end(t); code != exitDone {
		t.Errorf("got exit code %d", code)
	}
	if out, code := check(found[1]); code != exitFailed || !strings.Contains(out, "does not answer") {
		t.Errorf("after its end: got %d: %s", code, out)
	}
}
