package discordtest_test

import (
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// The deadlock of discordgo that the bot needs a watchdog for must be seen
// here as well: op 7 as the first packet leaves it offline.
func TestDiscordgoDeadlock(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, quick())
	d.Op7First(1)
	s := local(t, d)
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	select {
	case err := <-opened:
		t.Fatalf("Open came back: %v", err)
	case <-time.After(2500 * time.Millisecond):
	}
	if g := d.Gateway(); g.Ready != 0 || g.Opened != 1 {
		t.Errorf("gateway %+v", g)
	}
}
