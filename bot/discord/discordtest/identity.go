package discordtest

func (d *Discord) identityRoutes() []route {
	return []route{
		{"GET", "/gateway", true, false, d.getGateway},
		{"GET", "/gateway/bot", false, false, d.getGatewayBot},
		{"GET", "/users/@me", false, false, d.getMe},
		{"GET", "/users/@me/guilds", false, false, d.getMyGuilds},
		{"GET", "/users/{user_id}", false, false, d.getUser},
		{"GET", "/applications/@me", false, false, d.getApplication},
		{"GET", "/oauth2/applications/@me", false, false, d.getApplication},
		{"GET", "/guilds/{guild_id}", false, false, d.getGuild},
		{"GET", "/guilds/{guild_id}/members/{user_id}", false, false, d.getMember},
		{"GET", "/guilds/{guild_id}/roles", false, false, d.getRoles},
		{"GET", "/guilds/{guild_id}/channels", false, false, d.getChannels},
	}
}

func (d *Discord) gatewayURL() string { return "ws://" + d.addr + "/" }

func (d *Discord) getGateway(*call) (*answer, *apiError) {
	return ok(object{"url": d.gatewayURL()})
}

func (d *Discord) getGatewayBot(*call) (*answer, *apiError) {
	return ok(object{
		"url": d.gatewayURL(), "shards": d.opts.Shards,
		"session_start_limit": object{
			"total": d.opts.Identifies, "remaining": max(0, d.opts.Identifies-len(d.gateway.identified)),
			"reset_after": 24 * 60 * 60 * 1000, "max_concurrency": d.opts.MaxConcurrency,
		},
	})
}

func (d *Discord) getMe(*call) (*answer, *apiError) { return ok(d.bot.payload()) }

func (d *Discord) getMyGuilds(*call) (*answer, *apiError) {
	out := []any{}
	for _, g := range d.guilds {
		if g.hasBot {
			out = append(out, object{"id": g.ID, "name": g.Name, "owner": false, "permissions": bits(g.botPerms), "features": []any{}})
		}
	}
	return ok(out)
}

func (d *Discord) getUser(c *call) (*answer, *apiError) {
	u := d.users[c.param("user_id")]
	if u == nil {
		return nil, errUnknownUser
	}
	return ok(u.payload())
}

// Flags of an application that say which privileged intents are on.
func (d *Discord) applicationFlags() int {
	flags := 0
	for intent, flag := range map[int]int{IntentPresences: 1 << 13, IntentMembers: 1 << 15, IntentMessageContent: 1 << 19} {
		if d.opts.Privileged&intent != 0 {
			flags |= flag
		}
	}
	return flags
}

func (d *Discord) getApplication(*call) (*answer, *apiError) {
	// The key with which Discord would sign HTTP interactions, here of nobody.
	const key = "0000000000000000000000000000000000000000000000000000000000000000"
	app := object{
		"id": d.appID, "name": d.bot.Name, "description": "", "icon": nil, "bot_public": true,
		"bot_require_code_grant": false, "verify_key": key, "flags": d.applicationFlags(), "bot": d.bot.payload(),
		"owner": d.guilds[0].owner.payload(), "team": nil, "approximate_guild_count": len(d.guilds),
		"integration_types_config": object{"0": object{}, "1": object{}}, "interactions_endpoint_url": nil,
	}
	if d.opts.NoBot {
		delete(app, "bot")
	}
	return ok(app)
}

// guild finds the server of a route; the bot must be in it.
func (c *call) guild() (*Guild, *apiError) {
	for _, g := range c.d.guilds {
		if g.ID == c.param("guild_id") {
			if !g.hasBot {
				c.d.violate(RulePermission, c.where, "a server without the bot")
				return nil, errMissingAccess
			}
			return g, nil
		}
	}
	c.d.violate(RuleUnknown, c.where, "no such server")
	return nil, errUnknownGuild
}

func (d *Discord) getGuild(c *call) (*answer, *apiError) {
	g, err := c.guild()
	if err != nil {
		return nil, err
	}
	return ok(g.payload())
}

func (d *Discord) getMember(c *call) (*answer, *apiError) {
	g, err := c.guild()
	if err != nil {
		return nil, err
	}
	u := d.users[c.param("user_id")]
	if u == nil {
		return nil, errUnknownMember
	}
	o := u.member(g, nil)
	o["user"] = u.payload()
	return ok(o)
}

func (d *Discord) getRoles(c *call) (*answer, *apiError) {
	g, err := c.guild()
	if err != nil {
		return nil, err
	}
	return ok(g.payload()["roles"])
}

func (d *Discord) getChannels(c *call) (*answer, *apiError) {
	g, err := c.guild()
	if err != nil {
		return nil, err
	}
	return ok(g.payload()["channels"])
}
