package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"parley/bot"
	"parley/bot/watch"
	"parley/bot/web"
)

type webCmd struct {
	Listen  string   `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Where to listen (default ${default}). Beyond this machine it takes a token, in PARLEY_WEB_TOKEN or the file that PARLEY_WEB_TOKEN_FILE names."`
	Host    []string `placeholder:"NAME" help:"A name that the server goes by, beside localhost and addresses of numbers (repeatable)."`
	Open    bool     `help:"Open the page in the browser."`
	Verbose bool     `short:"v" help:"Log every request that is repeated, too."`
}

// The environment's names of the token of the page, and of a file that holds it.
const (
	webTokenKey     = "PARLEY_WEB_TOKEN"      //nolint:gosec // the name of a variable, no secret
	webTokenFileKey = "PARLEY_WEB_TOKEN_FILE" //nolint:gosec // the same
)

// leastWebToken is the fewest characters of a token: fewer can be tried out.
const leastWebToken = 16

// perMinute is how many requests an address beyond this machine may make in a minute.
// A judgement: a person makes some tens, an office behind one address some hundreds.
const perMinute = 600

// Run shows the page and answers the API until the process is told to end.
func (cmd *webCmd) Run(ctx context.Context, a *app) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	token, err := a.webToken()
	if err != nil {
		return err
	}
	here, err := loopback(cmd.Listen)
	if err != nil {
		return usagef("give an address and a port, such as 127.0.0.1:8080", "--listen %s: %v", cmd.Listen, err)
	}
	if !here && token == "" {
		return usagef("set "+webTokenKey+" to at least 16 characters that nobody guesses, or listen on 127.0.0.1", "--listen %s lets other machines in, and there is no token", cmd.Listen)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", cmd.Listen) // before what takes longer
	if err != nil {
		return hint(fmt.Errorf("listen: %w", err), "another program may be there: choose another port with --listen")
	}
	defer func() { _ = l.Close() }()
	log := a.logger(cmd.Verbose)
	b, err := a.webBot(ctx, cfg, log)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	defer a.closeBot(b, log)
	opts := web.Options{Bot: b, Token: string(token), Hosts: cmd.Host, Manage: true, Log: log}
	if !here {
		opts.PerMinute = perMinute
	}
	s, err := web.New(opts)
	if err != nil {
		return err
	}
	address := "http://" + l.Addr().String() + "/"
	a.out.line(address)
	if err := a.out.Flush(); err != nil {
		return err
	}
	if cmd.Open {
		if err := openBrowser(ctx, address); err != nil {
			a.note("no browser was opened: %v", err)
		}
	}
	return s.Serve(ctx, l)
}

// webBot is the bot whose page may manage it.
func (a *app) webBot(ctx context.Context, cfg Config, log *slog.Logger) (*bot.Bot, error) {
	cfg.Bot.AdminRoles = append(slices.Clip(cfg.Bot.AdminRoles), web.ManagerRole)
	return a.bot(ctx, cfg, &watched{Watch: watch.New()}, log)
}

// loopback reports whether only this machine reaches an address to listen on.
func loopback(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, errors.New("it is no address with a port")
	}
	if host == "localhost" {
		return true, nil
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback(), nil
}

// webToken is the token of the page, from the environment or from the file it names;
// empty where there is none.
func (a *app) webToken() (secret, error) {
	text := a.env.Getenv(webTokenKey)
	if path := a.env.Getenv(webTokenFileKey); text == "" && path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			return "", hint(fmt.Errorf("read token of the page: %w", err), webTokenFileKey+" names the file that holds the token")
		}
		text = string(data)
		if strings.TrimSpace(text) == "" {
			return "", hint(errors.New("read token of the page: the file is empty"), webTokenFileKey+" names the file that holds the token")
		}
	}
	text = strings.TrimSpace(text)
	if i := strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }); i >= 0 {
		return "", hint(fmt.Errorf("read token of the page: character %d cannot be sent", i+1), "use letters, digits and signs of ASCII, without blanks")
	}
	if text != "" && len(text) < leastWebToken {
		return "", hint(fmt.Errorf("read token of the page: it has fewer than %d characters", leastWebToken), "use one that nobody guesses, such as what openssl rand -hex 24 prints")
	}
	return secret(text), nil
}

// openBrowser opens an address in the browser that the system has for it.
func openBrowser(ctx context.Context, address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), name, args...) //nolint:gosec // our own address
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // so that no dead process is left behind
	return nil
}
