package discord

import (
	"context"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"parley/bot/discord/discordtest"
)

// TestServers guards that rights which the bot lacks are named, on a server and in
// channels, and that nothing is said of those it has or cannot see.
func TestServers(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{NoBot: true})
	d.Channel("general").BotPermissions(discordtest.PermBot &^ (discordtest.PermEmbedLinks | discordtest.PermCreatePublicThreads))
	d.Channel("hidden").BotPermissions(0)
	d.Channel("fine")
	poor := d.Guild("poor")
	poor.BotPermissions(discordtest.PermViewChannel | discordtest.PermSendMessages)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	got, err := Inspect(ctx, Options{Token: d.Token(), API: d.URL(), Bot: newBot(t), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Server{}
	for _, s := range got.Servers {
		by[s.ID] = s
	}
	home := by[d.Channel("general").Guild().ID]
	want := []ChannelLack{{"general", []string{"Embed Links", "Create Public Threads"}}}
	if len(home.Missing) > 0 || !reflect.DeepEqual(home.Channels, want) {
		t.Errorf("got %+v, want %+v", home, want)
	}
	lacks := []string{"Send Messages in Threads", "Embed Links", "Read Message History", "Create Public Threads"}
	if s := by[poor.ID]; !reflect.DeepEqual(s.Missing, lacks) || len(s.Channels) > 0 {
		t.Errorf("got %+v, want %v", s, lacks)
	}
}

// TestOverwritten guards the order in which what a channel allows and denies counts.
func TestOverwritten(t *testing.T) {
	t.Parallel()
	const guild, role, me = "1", "2", "3"
	for _, tt := range []struct {
		name string
		all  []overwrite
		want uint64
	}{
		{"nothing", nil, permView | permSend},
		{"everyone is denied", []overwrite{{guild, 0, "0", "2048"}}, permView},
		{"a role is allowed what everyone is denied", []overwrite{{role, 0, "2048", "0"}, {guild, 0, "0", "2048"}}, permView | permSend},
		{"the member is denied what a role is allowed", []overwrite{{me, 1, "0", "2048"}, {role, 0, "2048", "0"}}, permView},
		{"another role", []overwrite{{"9", 0, "0", "3072"}}, permView | permSend},
		{"a member who is not it", []overwrite{{"9", 1, "0", "3072"}}, permView | permSend},
	} {
		if got := overwritten(permView|permSend, guild, me, []string{role}, tt.all); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}
