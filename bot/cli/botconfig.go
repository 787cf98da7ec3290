package cli

import (
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/bot"
	"parley/bot/limits"
	"parley/bot/manage"
	"parley/retrieval/library"
)

// BotConfig says who may do what, and how much of it.
type BotConfig struct {
	AdminRoles          []string `toml:"admin_roles"`           // IDs of roles that may manage the corpus
	AdminUsers          []string `toml:"admin_users"`           // IDs of users that may
	ConversationMinutes int      `toml:"conversation_minutes"`  // of silence after which a conversation ends
	QuotaMinutes        int      `toml:"quota_minutes"`         // the window in which questions are counted
	QuestionsPerUser    int      `toml:"questions_per_user"`    // within it; 0 is no limit
	QuestionsPerChannel int      `toml:"questions_per_channel"` // the same
	QuestionsPerServer  int      `toml:"questions_per_server"`  // the same
	AtOnce              int      `toml:"at_once"`               // questions answered at the same time; 0 leaves one processor free
	Queue               int      `toml:"queue"`                 // questions that may wait for that
	RepeatSeconds       int      `toml:"repeat_seconds"`        // for which a repeated question has the same answer
	Suggestions         int      `toml:"suggestions"`           // questions offered under an answer; 0 is none
	GapDays             int      `toml:"gap_days"`              // how far back /corpus gaps looks
}

// StoreConfig says how long what is stored is kept.
type StoreConfig struct {
	RetentionDays int `toml:"retention_days"`
}

func defaultBot() BotConfig {
	return BotConfig{
		AdminRoles: []string{}, AdminUsers: []string{},
		ConversationMinutes: int(bot.DefaultQuiet / time.Minute), QuotaMinutes: int(bot.DefaultWindow / time.Minute),
		QuestionsPerUser: bot.DefaultPerUser, QuestionsPerChannel: bot.DefaultPerChannel, QuestionsPerServer: bot.DefaultPerServer,
		Queue: bot.DefaultQueue, RepeatSeconds: int(bot.DefaultRepeat / time.Second), GapDays: bot.DefaultGapDays, Suggestions: bot.DefaultSuggest,
	}
}

func (c *BotConfig) problems() []problem {
	var out []problem
	ids := func(key string, list []string) {
		if i := slices.IndexFunc(list, func(id string) bool { return !isID(id) }); i >= 0 {
			out = append(out, problem{key, fmt.Sprintf("cannot hold %q", list[i]), "give IDs, such as \"123456789012345678\": in Discord, switch on developer mode, then use Copy ID"})
		}
	}
	ids("bot.admin_roles", c.AdminRoles)
	ids("bot.admin_users", c.AdminUsers)
	return out
}

// isID reports whether a text is an ID as Discord makes them: a number of 64 bits.
func isID(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil && !strings.HasPrefix(s, "+")
}

// bot is what package bot is told.
func (a *app) botOptions(c *Config, lib *library.Library, log *slog.Logger) (bot.Options, error) {
	models, err := a.endpoints(c, log)
	if err != nil {
		return bot.Options{}, err
	}
	engines, err := c.engines(models.chat, log)
	if err != nil {
		return bot.Options{}, err
	}
	unlimited := func(n int) int {
		if n == 0 {
			return -1
		}
		return n
	}
	b := &c.Bot
	opts := bot.Options{
		Library: lib,
		Engine:  engines.on,
		Log:     log,
		Data:    c.Data, Retention: time.Duration(c.Store.RetentionDays) * 24 * time.Hour,
		Quiet:    time.Duration(b.ConversationMinutes) * time.Minute,
		Managers: manage.Managers{Roles: b.AdminRoles, Users: b.AdminUsers},
		Quotas: limits.Quotas{
			PerUser: unlimited(b.QuestionsPerUser), PerChannel: unlimited(b.QuestionsPerChannel), PerServer: unlimited(b.QuestionsPerServer),
			Window: time.Duration(b.QuotaMinutes) * time.Minute,
		},
		AtOnce: b.AtOnce, Queue: b.Queue, Repeat: time.Duration(b.RepeatSeconds) * time.Second, GapDays: b.GapDays,
		Suggest: unlimited(b.Suggestions), // 0 is the default there, too
	}
	if opts.Models = models.states(); opts.Models != nil {
		opts.Budget = limits.Budget{Tokens: c.OpenAI.TokensPerDay, UserTokens: c.OpenAI.UserTokensPerDay, Cost: c.OpenAI.CostPerDay}
	}
	if engines.model != nil {
		opts.Writer = engines.model.Model()
		opts.Version = engines.version()
		opts.Keep = time.Duration(c.OpenAI.KeepMinutes) * time.Minute
		if opts.AtOnce == 0 {
			opts.AtOnce = waitingForModel
		}
	}
	return opts, nil
}

// waitingForModel is how many questions are answered at a time where a model
// writes: waiting for it takes no processor. A judgement: an endpoint that takes
// fewer requests at a time has a queue of its own in front.
const waitingForModel = 64
