package discord

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"parley/bot/discord/gateway"
)

// Permissions are what the bot needs on a server: to see channels, to write
// there and in threads, to show sources, to answer as a reply, and to open a
// thread (https://discord.com/developers/docs/topics/permissions).
const Permissions = permView | permSend | permSendThreads | permEmbed | permHistory | permThreads

const (
	permEmbed   = 1 << 14 // EMBED_LINKS
	permHistory = 1 << 16 // READ_MESSAGE_HISTORY
	permThreads = 1 << 35 // CREATE_PUBLIC_THREADS
)

// Report is what Discord says about the bot.
type Report struct {
	Name, ID   string // of the application
	ServerLink string // adds the bot to a server, with Permissions
	UserLink   string // adds its commands to a user; empty when the application does not offer that
	Registered bool   // the commands are those of this version
	Endpoint   string // where Discord sends interactions instead of the gateway; must be empty
	Start      gateway.Start
	Servers    []Server // that the bot is on, some of them if MoreServers
	// MoreServers says that the bot is on more servers than were looked at.
	MoreServers bool
}

// Inspect asks Discord about the bot and changes nothing. Of opts it needs Token,
// Bot, Log and perhaps API.
func Inspect(ctx context.Context, opts Options) (*Report, error) {
	if err := opts.validate(); err != nil {
		return nil, fmt.Errorf("inspect bot: %w", err)
	}
	c, _, err := connect(opts.Token, opts.API, opts.Log)
	if err != nil {
		return nil, err
	}
	me, err := c.whoami(ctx)
	if err != nil {
		return nil, err
	}
	c.app = me.ID
	out := &Report{Name: me.Name, ID: me.ID, Endpoint: me.Endpoint, ServerLink: invitation(me.ID, installGuild)}
	if _, ok := me.Install[strconv.Itoa(installUser)]; ok {
		out.UserLink = invitation(me.ID, installUser)
	}
	if out.Start, err = c.start(ctx); err != nil {
		return nil, err
	}
	if out.Servers, out.MoreServers, err = c.servers(ctx); err != nil {
		return nil, err
	}
	var have []definition
	if err := c.do(ctx, http.MethodGet, c.commands()+"?with_localizations=true", nil, &have); err != nil {
		return nil, fmt.Errorf("list commands: %w", err)
	}
	out.Registered = sameCommands(have, definitions(opts.Bot.Texts))
	return out, nil
}

// invitation is the address where somebody adds the bot to a server, or its
// commands to themselves (https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow).
func invitation(app string, install int) string {
	q := url.Values{"client_id": {app}, "integration_type": {strconv.Itoa(install)}, "scope": {"applications.commands"}}
	if install == installGuild {
		q.Set("scope", "bot applications.commands")
		q.Set("permissions", strconv.Itoa(Permissions))
	}
	return DefaultAPI + "/oauth2/authorize?" + q.Encode()
}
