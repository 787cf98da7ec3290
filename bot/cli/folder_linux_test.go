package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// TestDataFolderFails guards that a data folder which is taken away, or full, while
// the bot runs is said in the log at a reload and by check, and that people are
// answered all the same.
func TestDataFolderFails(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		spoil     func(t *testing.T, data string) error
		log, says string
	}{
		{"taken away", func(_ *testing.T, data string) error { return os.RemoveAll(data) }, "data folder is gone", "is not there"},
		{"full", func(_ *testing.T, data string) error {
			err := os.WriteFile(filepath.Join(data, "filler"), make([]byte, 4<<20), 0o600)
			if err == nil {
				return fmt.Errorf("the disk is not full")
			}
			return nil
		}, "data folder cannot be written", "no space left"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			data := filepath.Join(t.TempDir(), "data")
			if err := os.Mkdir(data, 0o700); err != nil {
				t.Fatal(err)
			}
			if tt.name == "full" {
				if err := syscall.Mount("tmpfs", data, "tmpfs", 0, "size=2m"); err != nil {
					t.Skipf("a small disk cannot be made here: %v", err)
				}
				t.Cleanup(func() { _ = syscall.Unmount(data, syscall.MNT_DETACH) })
			}
			e := &evening{Discord: discordtest.New(t, discordtest.Options{Settle: 100 * time.Millisecond}), ctx: ctx, dir: t.TempDir()}
			e.article(t, "talks.md", "Putin met Witkoff and Kushner in the Kremlin. The talks lasted nearly five hours.")
			config := fmt.Sprintf(eveningConfig, e.URL(), data, e.dir, "1")
			p := serveProcess(t, build(t), e.Discord, config)
			if strings.Contains(p.log.String(), "data folder") {
				t.Errorf("complains before anything is wrong:\n%s", p.log)
			}
			if err := tt.spoil(t, data); err != nil {
				t.Fatal(err)
			}
			_, stdout, _ := command(t, e.Discord, "", "check", "--corpus", e.dir, "--data", data)
			if !strings.Contains(strings.Join(strings.Fields(stdout), " "), tt.says) {
				t.Errorf("check says\n%s", stdout)
			}
			e.article(t, "new.md", "The bridge over the harbour was opened by the mayor on Friday.")
			if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
				t.Fatal(err)
			}
			e.Eventually(ctx, "said in the log", func() bool {
				return strings.Contains(p.log.String(), tt.log) && strings.Contains(p.log.String(), "articles=2")
			})
			got := e.slash(e.User("user1"), e.Channel("general"), "ask", discordtest.Args{"question": "Who opened the bridge over the harbour?"}, false)
			if text := got.Text(); !strings.Contains(text, "mayor") {
				t.Errorf("answers %q", text)
			}
			if code := p.end(t); code != exitDone {
				t.Errorf("ended with %d, want 0", code)
			}
		})
	}
}
