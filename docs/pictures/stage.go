package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"parley/bot/discord/discordtest"
)

// reporter hears what the local Discord finds wrong: a picture of a bot that
// breaks Discord's rules is none.
type reporter struct {
	mu       sync.Mutex
	problems []error
	cleanups []func()
}

var _ discordtest.TB = (*reporter)(nil)

// Helper is for tests.
func (*reporter) Helper() {}

// Logf drops what is no problem.
func (*reporter) Logf(string, ...any) {}

// Errorf keeps a problem.
func (r *reporter) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.problems = append(r.problems, fmt.Errorf(format, args...))
}

// Cleanup keeps what is to be done in the end.
func (r *reporter) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

// end cleans up and returns what was found wrong.
func (r *reporter) end() error {
	for _, f := range slices.Backward(r.cleanups) {
		f()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(r.problems...)
}

// rest is how long a message stays as it is to be the last of its kind: the bot
// edits at most once a second.
const rest = 2 * time.Second

// stage is a local Discord with parley in it.
type stage struct {
	*discordtest.Discord
	ctx   context.Context
	admin *discordtest.User
}

// perform runs parley serve over articles, the built-in ones where there are
// none, and lets act use it.
func perform(ctx context.Context, program, dir, articles string, act func(*stage)) (err error) {
	watch := &reporter{}
	defer func() { err = errors.Join(err, watch.end()) }()
	d := discordtest.New(watch, discordtest.Options{Settle: rest})
	s := &stage{Discord: d, ctx: ctx}
	managers := d.Channel("general").Guild().Role("managers", discordtest.PermManageGuild)
	s.admin = d.User("admin").Has(managers)
	config := fmt.Sprintf("data = %q\n[discord]\napi_url = %q\n[bot]\nadmin_roles = [%q]\n", filepath.Join(dir, "data"), d.URL(), managers.ID)
	file := filepath.Join(dir, "parley.toml")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	var said strings.Builder
	serve := exec.CommandContext(ctx, program, "serve", "--config", file)
	if articles != "" {
		serve.Dir = filepath.Dir(articles) // so that no message names a folder of this machine
		serve.Args = append(serve.Args, "--corpus", filepath.Base(articles))
	}
	serve.Env = append(os.Environ(), "DISCORD_TOKEN="+d.Token())
	serve.Stderr = &said
	if err := serve.Start(); err != nil {
		return fmt.Errorf("start parley: %w", err)
	}
	d.AwaitReady(ctx, 1)
	act(s)
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("end parley: %w", err)
	}
	if err := serve.Wait(); err != nil {
		return fmt.Errorf("run parley: %w\n%s", err, said.String())
	}
	return nil
}

// build makes the program as people do.
func build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "parley")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "parley").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build parley: %w\n%s", err, out)
	}
	return program, nil
}
