package discordtest

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// This file writes the objects of Discord's API as the bot receives them.
// Callers hold d.mu.

func (u *User) payload() object {
	o := object{
		"id": u.ID, "username": u.Name, "global_name": u.Name, "discriminator": "0",
		"avatar": nil, "public_flags": 0,
	}
	if u.bot {
		o["bot"] = true
	}
	return o
}

func (u *User) member(g *Guild, c *Channel) object {
	roles := []any{}
	for _, r := range u.roles {
		if r.guild == g {
			roles = append(roles, r.ID)
		}
	}
	o := object{
		"roles": roles, "nick": nil, "avatar": nil, "premium_since": nil, "joined_at": "2026-01-02T03:04:05.000000+00:00",
		"deaf": false, "mute": false, "flags": 0, "pending": false, "communication_disabled_until": nil,
	}
	if c != nil {
		o["permissions"] = bits(u.permissions(g))
	}
	return o
}

func bits(perms uint64) string { return strconv.FormatUint(perms, 10) }

func (r *Role) payload() object {
	return object{
		"id": r.ID, "name": r.Name, "permissions": bits(r.Permissions), "position": 0, "color": 0,
		"hoist": false, "managed": false, "mentionable": false, "flags": 0,
	}
}

// payload is what GUILD_CREATE carries.
func (g *Guild) payload() object {
	d := g.d
	roles := []any{g.everyone.payload()}
	for _, r := range g.roles {
		roles = append(roles, r.payload())
	}
	channels, threads := []any{}, []any{}
	for _, id := range slices.Sorted(maps.Keys(d.channels)) {
		c := d.channels[id]
		switch {
		case c.guild != g:
		case c.parent != nil:
			threads = append(threads, c.payload())
		default:
			channels = append(channels, c.payload())
		}
	}
	me := d.bot.member(g, nil)
	me["user"] = d.bot.payload()
	return object{
		"id": g.ID, "name": g.Name, "owner_id": g.owner.ID, "preferred_locale": g.Locale, "roles": roles,
		"channels": channels, "threads": threads, "members": []any{me}, "member_count": len(d.names) + 2,
		"emojis": []any{}, "features": []any{}, "unavailable": false, "large": false,
		"joined_at": "2026-01-02T03:04:05.000000+00:00", "voice_states": []any{}, "presences": []any{},
	}
}

func (c *Channel) payload() object {
	o := object{"id": c.ID, "type": c.Type, "name": c.Name, "flags": 0, "last_message_id": nil}
	if c.guild != nil {
		o["guild_id"] = c.guild.ID
		o["position"] = 0
		o["permission_overwrites"] = c.overwrites()
	}
	if c.parent != nil {
		o["parent_id"] = c.parent.ID
		o["owner_id"] = c.d.bot.ID
		o["thread_metadata"] = object{
			"archived": false, "auto_archive_duration": 1440, "locked": false,
			"archive_timestamp": "2026-01-02T03:04:05.000000+00:00",
		}
		o["message_count"], o["member_count"] = len(c.messages), 1
	}
	if c.guild == nil {
		people := []any{}
		for _, u := range c.people {
			if !u.bot {
				people = append(people, u.payload())
			}
		}
		o["recipients"] = people
		delete(o, "name")
	}
	return o
}

// overwrites give the bot what a test says that it may do in the channel.
func (c *Channel) overwrites() []any {
	if c.botPerms == nil {
		return []any{}
	}
	have := c.guild.botPerms
	return []any{object{"id": c.d.bot.ID, "type": 1, "allow": bits(*c.botPerms &^ have), "deny": bits(have &^ *c.botPerms)}}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }
