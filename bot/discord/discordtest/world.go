package discordtest

import "slices"

// Channel types.
const (
	TypeText         = 0
	TypeDM           = 1
	TypeGroupDM      = 3
	TypePublicThread = 11
)

// Guild is a server.
type Guild struct {
	ID, Name string
	Locale   string // of the server, "en-US" at first

	d        *Discord
	hasBot   bool
	botPerms uint64
	owner    *User
	everyone *Role
	roles    []*Role
}

// Role is a role in a server.
type Role struct {
	ID, Name    string
	Permissions uint64 // bits
	guild       *Guild
}

// Channel is a place for messages: a server's channel, a thread, a DM.
type Channel struct {
	ID, Name string
	Type     int

	d        *Discord
	guild    *Guild
	parent   *Channel // of a thread
	people   []*User  // of a DM
	only     []*User  // who alone sees it, nil = all members
	botPerms *uint64
	messages []*message
	typing   int
	changed  signal
}

// User is a person, or the bot.
type User struct {
	ID, Name string

	d      *Discord
	locale string
	roles  []*Role
	bot    bool
}

// Guild makes a server with the bot in it. A first one, "server1", is there
// from the start.
func (d *Discord) Guild(name string) *Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := &Guild{ID: d.id(), Name: name, Locale: "en-US", d: d, hasBot: true, botPerms: PermBot}
	g.everyone = &Role{ID: g.ID, Name: "@everyone", Permissions: PermMember, guild: g}
	g.owner = &User{d: d, ID: d.id(), Name: "owner of " + name}
	d.users[g.owner.ID] = g.owner
	d.guilds = append(d.guilds, g)
	d.dispatch(g, intentGuilds, "GUILD_CREATE", func(int) object { return g.payload() })
	return g
}

// WithoutBot takes the bot out of the server: people use the application there
// because they installed it for themselves.
func (g *Guild) WithoutBot() *Guild {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.hasBot = false
	return g
}

// BotPermissions sets what the bot may do in the server.
func (g *Guild) BotPermissions(bits uint64) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.botPerms = bits
}

// Owner is the server's owner, who may do everything.
func (g *Guild) Owner() *User { return g.owner }

// Role makes a role.
func (g *Guild) Role(name string, permissions uint64) *Role {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	r := &Role{ID: g.d.id(), Name: name, Permissions: permissions, guild: g}
	g.roles = append(g.roles, r)
	return r
}

// Channel makes a text channel in the server.
func (g *Guild) Channel(name string) *Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	c := g.d.addChannel(&Channel{Name: name, Type: TypeText, guild: g})
	g.d.dispatch(g, intentGuilds, "CHANNEL_CREATE", func(int) object { return c.payload() })
	return c
}

// Channel makes a text channel in the first server.
func (d *Discord) Channel(name string) *Channel { return d.firstGuild().Channel(name) }

func (d *Discord) firstGuild() *Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.guilds[0]
}

// addChannel registers a channel. Callers hold d.mu.
func (d *Discord) addChannel(c *Channel) *Channel {
	c.d, c.ID = d, d.id()
	d.channels[c.ID] = c
	return c
}

// DM is the channel between a user and the bot.
func (d *Discord) DM(u *User) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dm(u)
}

func (d *Discord) dm(u *User) *Channel {
	for _, c := range d.channels {
		if c.Type == TypeDM && c.with(u) && c.with(d.bot) {
			return c
		}
	}
	return d.addChannel(&Channel{Name: "DM with " + u.Name, Type: TypeDM, people: []*User{u, d.bot}})
}

// Private is a channel of people among themselves, without the bot: a DM of
// two, a group of more. Applications that they installed work there.
func (d *Discord) Private(people ...*User) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	kind := TypeDM
	if len(people) > 2 {
		kind = TypeGroupDM
	}
	return d.addChannel(&Channel{Name: "private", Type: kind, people: people})
}

// User is the person of that name, made when there is none: a member of every
// server, language English.
func (d *Discord) User(name string) *User {
	d.mu.Lock()
	defer d.mu.Unlock()
	if u := d.names[name]; u != nil {
		return u
	}
	u := &User{ID: d.id(), Name: name, d: d, locale: "en-US"}
	d.users[u.ID], d.names[name] = u, u
	return u
}

// Speaks sets the language of the user's client, such as "de" or "es-ES".
func (u *User) Speaks(locale string) *User {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	u.locale = locale
	return u
}

// Has gives the user roles.
func (u *User) Has(roles ...*Role) *User {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	u.roles = append(u.roles, roles...)
	return u
}

// Lacks takes roles from the user.
func (u *User) Lacks(roles ...*Role) *User {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	u.roles = slices.DeleteFunc(u.roles, func(r *Role) bool { return slices.Contains(roles, r) })
	return u
}

// BotPermissions sets what the bot may do in the channel.
func (c *Channel) BotPermissions(bits uint64) *Channel {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	c.botPerms = &bits
	return c
}

// Only hides a server's channel from all but these people and the bot.
func (c *Channel) Only(people ...*User) *Channel {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	c.only = people
	return c
}

// Typing is how often the bot has shown that it types.
func (c *Channel) Typing() int {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	return c.typing
}

// Guild is the server that the channel is in, nil for private ones.
func (c *Channel) Guild() *Guild { return c.guild }

// with says whether somebody is in a DM.
func (c *Channel) with(u *User) bool { return slices.Contains(c.people, u) }

// sees says whether a user can read a channel. Callers hold d.mu.
func (u *User) sees(c *Channel) bool {
	switch {
	case c.parent != nil:
		return u.sees(c.parent)
	case c.guild == nil:
		return c.with(u)
	case u.permissions(c.guild)&(PermViewChannel|PermAdministrator) == 0:
		return false
	}
	return c.only == nil || slices.Contains(c.only, u) || u.permissions(c.guild)&PermAdministrator != 0
}
