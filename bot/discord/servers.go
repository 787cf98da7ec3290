package discord

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
)

// mostServers is how many servers are looked at: a bot on more has somebody who looks
// after it, and each takes two requests.
const mostServers = 25

// Server is a server that the bot is on.
type Server struct {
	ID, Name string
	Missing  []string      // names of rights of [Permissions] that it has nowhere there
	Channels []ChannelLack // channels where it sees people write and lacks more than that
}

// ChannelLack is a channel in which the bot lacks rights.
type ChannelLack struct {
	Name    string
	Missing []string // names of rights
}

// right is one of [Permissions], by the name that Discord's settings give it.
type right struct {
	bit  uint64
	name string
}

// rights are those of Permissions, the most important first.
func rights() []right {
	return []right{
		{permView, "View Channel"},
		{permSend, "Send Messages"},
		{permSendThreads, "Send Messages in Threads"},
		{permEmbed, "Embed Links"},
		{permHistory, "Read Message History"},
		{permThreads, "Create Public Threads"},
	}
}

// lacking are the names of the rights that are not among perms.
func lacking(perms uint64) []string {
	if perms&permAdministrator != 0 {
		return nil
	}
	var out []string
	for _, r := range rights() {
		if perms&r.bit == 0 {
			out = append(out, r.name)
		}
	}
	return out
}

const permAdministrator = 1 << 3 // ADMINISTRATOR

// overwrite is what a channel allows and denies a role or a member.
type overwrite struct {
	ID    string `json:"id"`
	Type  int    `json:"type"` // 0 role, 1 member
	Allow string `json:"allow"`
	Deny  string `json:"deny"`
}

// textual are the types of channels in which people write, threads aside: text,
// announcement, and the text of voice and stage channels.
func textual(kind int) bool { return kind == 0 || kind == 5 || kind == 2 || kind == 13 }

// servers asks what servers the bot is on and what it lacks there. More reports that
// there are others.
func (c *client) servers(ctx context.Context) (out []Server, more bool, err error) {
	var me wireUser
	if err := c.do(ctx, http.MethodGet, "/users/@me", nil, &me); err != nil {
		return nil, false, fmt.Errorf("ask who the bot is: %w", err)
	}
	var guilds []struct {
		ID          string `json:"id"`
		Name        string `json:"name"`
		Permissions string `json:"permissions"`
	}
	if err := c.do(ctx, http.MethodGet, "/users/@me/guilds?limit="+strconv.Itoa(mostServers+1), nil, &guilds); err != nil {
		return nil, false, fmt.Errorf("list servers: %w", err)
	}
	if more = len(guilds) > mostServers; more {
		guilds = guilds[:mostServers]
	}
	for _, g := range guilds {
		s := Server{ID: g.ID, Name: g.Name}
		have := number(g.Permissions)
		if s.Missing = lacking(have); have&permView != 0 || have&permAdministrator != 0 {
			if s.Channels, err = c.channelLacks(ctx, g.ID, me.ID, have); err != nil {
				return nil, false, fmt.Errorf("look at server %q: %w", g.Name, err)
			}
		}
		out = append(out, s)
	}
	return out, more, nil
}

// channelLacks are the channels of a server in which the bot lacks rights that it has
// on the server as a whole. Those that it cannot see are hidden from it on purpose.
func (c *client) channelLacks(ctx context.Context, guild, me string, have uint64) ([]ChannelLack, error) {
	if have&permAdministrator != 0 {
		return nil, nil
	}
	var member struct {
		Roles []string `json:"roles"`
	}
	if err := c.do(ctx, http.MethodGet, "/guilds/"+guild+"/members/"+me, nil, &member); err != nil {
		return nil, err
	}
	var channels []struct {
		Name       string      `json:"name"`
		Type       int         `json:"type"`
		Overwrites []overwrite `json:"permission_overwrites"`
	}
	if err := c.do(ctx, http.MethodGet, "/guilds/"+guild+"/channels", nil, &channels); err != nil {
		return nil, err
	}
	var out []ChannelLack
	for _, ch := range channels {
		if !textual(ch.Type) {
			continue
		}
		in := overwritten(have, guild, me, member.Roles, ch.Overwrites)
		var missing []string
		for _, r := range rights() {
			if have&r.bit != 0 && in&r.bit == 0 {
				missing = append(missing, r.name)
			}
		}
		if in&permView != 0 && len(missing) > 0 {
			out = append(out, ChannelLack{ch.Name, missing})
		}
	}
	return out, nil
}

// overwritten are the rights in a channel of a member who has some on the server
// (https://discord.com/developers/docs/topics/permissions#permission-overwrites).
func overwritten(have uint64, guild, me string, roles []string, all []overwrite) uint64 {
	apply := func(chosen func(overwrite) bool) {
		var allow, deny uint64
		for _, o := range all {
			if chosen(o) {
				allow |= number(o.Allow)
				deny |= number(o.Deny)
			}
		}
		have = have&^deny | allow
	}
	apply(func(o overwrite) bool { return o.Type == 0 && o.ID == guild }) // everyone
	apply(func(o overwrite) bool {
		for _, r := range roles {
			if o.Type == 0 && o.ID == r && r != guild {
				return true
			}
		}
		return false
	})
	apply(func(o overwrite) bool { return o.Type == 1 && o.ID == me })
	return have
}

// number reads a bit set, which Discord writes as a decimal text.
func number(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64) // what is none has no bits
	return n
}
