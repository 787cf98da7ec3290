package discordtest

// Permission bits, as in Discord's documentation under "Permissions".
const (
	PermAdministrator         uint64 = 1 << 3
	PermManageGuild           uint64 = 1 << 5
	PermViewChannel           uint64 = 1 << 10
	PermSendMessages          uint64 = 1 << 11
	PermManageMessages        uint64 = 1 << 13
	PermEmbedLinks            uint64 = 1 << 14
	PermAttachFiles           uint64 = 1 << 15
	PermReadHistory           uint64 = 1 << 16
	PermMentionEveryone       uint64 = 1 << 17
	PermUseCommands           uint64 = 1 << 31
	PermCreatePublicThreads   uint64 = 1 << 35
	PermCreatePrivateThreads  uint64 = 1 << 36
	PermSendMessagesInThreads uint64 = 1 << 38

	// PermMember is what everyone has in a new server here.
	PermMember = PermViewChannel | PermSendMessages | PermEmbedLinks | PermReadHistory | PermUseCommands |
		PermCreatePublicThreads | PermSendMessagesInThreads
	// PermBot is what the bot has where a test does not say otherwise.
	PermBot = PermMember | PermAttachFiles
)

// Gateway intents that are privileged.
const (
	IntentMembers        = 1 << 1
	IntentPresences      = 1 << 8
	IntentMessageContent = 1 << 15
)

// The other intents that parley's events depend on.
const (
	intentGuilds         = 1 << 0
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
)

// permissions are what the bot may do in a channel.
func (c *Channel) permissions() uint64 {
	if c.botPerms != nil {
		return *c.botPerms
	}
	if c.parent != nil {
		return c.parent.permissions()
	}
	if c.guild != nil {
		if !c.guild.hasBot {
			return 0
		}
		return c.guild.botPerms
	}
	if c.Type == TypeDM && c.with(c.d.bot) {
		return PermBot
	}
	return 0
}

// permissions are what a user may do in a channel's server.
func (u *User) permissions(g *Guild) uint64 {
	if g == nil {
		return PermMember
	}
	if g.owner == u {
		return ^uint64(0) >> 1
	}
	perms := g.everyone.Permissions
	for _, r := range u.roles {
		if r.guild == g {
			perms |= r.Permissions
		}
	}
	return perms
}

// require returns the error for a right that the bot lacks, and records the
// attempt. Callers hold d.mu.
func (c *Channel) require(where string, perms uint64) *apiError {
	have := c.permissions()
	if have&PermAdministrator != 0 || have&perms == perms {
		return nil
	}
	if have&PermViewChannel == 0 {
		c.d.violate(RulePermission, where, "channel %s: the bot cannot see it", c.Name)
		return errMissingAccess
	}
	c.d.violate(RulePermission, where, "channel %s: permissions %#x lacking", c.Name, perms&^have)
	return errMissingPermissions
}
