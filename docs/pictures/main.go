// Command pictures draws what parley says in Discord: it runs parley serve
// against the local Discord of the tests, takes the messages as they were sent,
// lays them out as Discord does and has Chromium take pictures of them.
//
//	go run ./docs/pictures
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"syscall"
	"time"

	"parley/bot/discord/discordtest"
)

func main() {
	out := flag.String("out", "docs/pictures", "folder for the pictures")
	chromium := flag.String("chromium", "chromium", "the browser")
	flag.Parse()
	if err := run(*out, *chromium); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// bench stands in for a test.
type bench struct {
	failed bool
	last   []func()
}

func (b *bench) Helper() {}

func (b *bench) Logf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

func (b *bench) Errorf(format string, args ...any) {
	b.failed = true
	b.Logf(format, args...)
}

func (b *bench) Cleanup(f func()) { b.last = append(b.last, f) }

func (b *bench) end() {
	for _, f := range slices.Backward(b.last) {
		f()
	}
}

func run(out, chromium string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b := &bench{}
	defer b.end()
	d := discordtest.New(b, discordtest.Options{Settle: 2 * time.Second})
	managers := d.Channel("general").Guild().Role("managers", discordtest.PermManageGuild)
	articles := filepath.Join(dir, "articles")
	stop, err := serve(ctx, d, dir, articles, managers.ID)
	if err != nil {
		return err
	}
	defer stop()
	if !d.AwaitReady(ctx, 1) {
		return errors.New("parley serve is not ready")
	}
	time.Sleep(time.Second) // until the bot knows that it is
	shots, err := scenes(ctx, d, articles, managers)
	if err != nil {
		return err
	}
	for name, shot := range shots {
		page := filepath.Join(dir, name+".html")
		if err := os.WriteFile(page, []byte(layout(shot)), 0o600); err != nil {
			return err
		}
		if err := shoot(ctx, chromium, page, filepath.Join(out, name+".png")); err != nil {
			return err
		}
	}
	if b.failed {
		return errors.New("the local Discord complains")
	}
	return nil
}

// shoot takes a picture of a page, as high as the page says that it is.
func shoot(ctx context.Context, chromium, page, picture string) error {
	browse := func(height int, args ...string) (string, error) {
		args = append([]string{
			"--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5",
			fmt.Sprintf("--window-size=760,%d", height),
		}, append(args, "file://"+page)...)
		cmd := exec.CommandContext(ctx, chromium, args...)
		text, err := cmd.Output()
		if err != nil {
			return "", fmt.Errorf("run %s: %w", chromium, err)
		}
		return string(text), nil
	}
	text, err := browse(100, "--dump-dom")
	if err != nil {
		return err
	}
	found := title.FindStringSubmatch(text)
	if found == nil {
		return errors.New("measure page: it does not say how high it is")
	}
	height, err := strconv.Atoi(found[1])
	if err != nil {
		return fmt.Errorf("measure page: %w", err)
	}
	_, err = browse(height, "--screenshot="+picture)
	return err
}

var title = regexp.MustCompile(`<title>(\d+)</title>`)

// serve runs parley; stop ends it.
func serve(ctx context.Context, d *discordtest.Discord, dir, articles, role string) (stop func(), err error) {
	program, config := filepath.Join(dir, "parley"), filepath.Join(dir, "parley.toml")
	if text, err := exec.CommandContext(ctx, "go", "build", "-o", program, "parley").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build parley: %w\n%s", err, text)
	}
	if err := os.CopyFS(articles, os.DirFS("corpus/talks")); err != nil {
		return nil, fmt.Errorf("copy articles (run this in the repository's folder): %w", err)
	}
	text := fmt.Sprintf("data = \"data\"\n[bot]\nadmin_roles = [%q]\n[discord]\napi_url = %q\n", role, d.URL())
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, "serve", "--config", config, "--corpus", filepath.Base(articles))
	cmd.Dir = dir // so that messages name no folder of this machine
	cmd.Env = append(os.Environ(), "DISCORD_TOKEN="+d.Token())
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	}, nil
}

// scene is a message with what was done to get it.
type scene struct {
	who, did string
	message  discordtest.Message
}

func scenes(ctx context.Context, d *discordtest.Discord, articles string, managers *discordtest.Role) (map[string]scene, error) {
	user, admin, c := d.User("user1"), d.User("admin").Has(managers), d.Channel("general")
	ask := func(q string) scene {
		return scene{"user1", "/ask question: " + q, user.Slash(c, "ask", discordtest.Args{"question": q}).Final(ctx)}
	}
	out := map[string]scene{
		"answer":     ask("What did Zelenskyy say?"),
		"two-sided":  ask("How long did the Kremlin talks last?"),
		"abstention": ask("Who is the president of China?"),
	}
	out["sources"] = scene{"user1", "pressed Sources", user.Press(out["two-sided"].message, "Sources").Final(ctx)}
	said := d.User("user2").Say(c, "Witkoff met Putin in Moscow. The talks lasted nine hours. Kushner was in the Kremlin, too.")
	out["fact-check"] = scene{"user1", "Apps › Check against the articles, on: " + said.Content, user.OnMessage("Check against the articles", said).Final(ctx)}
	const added = "---\ntitle: Harbour bridge opens\ndate: 2025-12-04\n---\n\nThe bridge over the harbour was opened by the mayor on Thursday.\n"
	if err := errors.Join(os.WriteFile(filepath.Join(articles, "bridge.md"), []byte(added), 0o600), os.WriteFile(filepath.Join(articles, "broken.txt"), []byte("\x00\x01"), 0o600)); err != nil {
		return nil, err
	}
	out["reload"] = scene{"admin", "/corpus reload", admin.Slash(c, "corpus reload", nil).Final(ctx)}
	out["status"] = scene{"admin", "/corpus status", admin.Slash(c, "corpus status", nil).Final(ctx)}
	for name := range out {
		if !out[name].message.Exists() {
			return nil, fmt.Errorf("no message for %s", name)
		}
	}
	return out, nil
}
