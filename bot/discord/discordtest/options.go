package discordtest

import (
	"os"
	"path/filepath"
	"time"
)

// TB is what a Discord needs of a *testing.T. A program that is no test can
// bring its own.
type TB interface {
	Helper()
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Cleanup(func())
}

// Options configures New. The zero value is Discord as it is.
type Options struct {
	Token string // the bot's token; default "local-token"

	// Spec is the path of Discord's OpenAPI file, against which every body is
	// checked, or NoSpec. Default: what SpecPath finds.
	Spec string

	// Keep bounds memory: about how many messages, interactions and requests
	// are remembered, the oldest are forgotten first. 0 keeps all. A run of
	// many interactions wants it well above those in flight.
	Keep int

	// Limits are the rate limits; nil means DefaultLimits, an empty slice none.
	Limits []Limit

	// Settle is how long an answer must stay unchanged before Final takes it
	// for final. Default 1.2 s, just over the pace of one edit a second.
	Settle time.Duration
	// Done, when set, lets Final end at once: it says whether an answer is
	// complete by its looks.
	Done func(Message) bool

	Heartbeat      time.Duration // the gateway's heartbeat interval; default 41.25 s
	Shards         int           // what GET /gateway/bot recommends; default 1
	MaxConcurrency int           // IDENTIFYs per 5 s; default 1
	Identifies     int           // IDENTIFYs a day; default 1000
	// Privileged are the privileged intents that are switched on for the
	// application (IntentMembers, IntentPresences, IntentMessageContent).
	Privileged int
	NoBot      bool // the application does not say who its bot is
}

// NoSpec as Options.Spec leaves the check against the OpenAPI file out.
const NoSpec = "none"

func (o Options) withDefaults() Options {
	if o.Token == "" {
		o.Token = "local-token"
	}
	if o.Limits == nil {
		o.Limits = DefaultLimits()
	}
	set := func(v *int, to int) {
		if *v == 0 {
			*v = to
		}
	}
	set(&o.Shards, 1)
	set(&o.MaxConcurrency, 1)
	set(&o.Identifies, 1000)
	if o.Settle == 0 {
		o.Settle = 1200 * time.Millisecond
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 41250 * time.Millisecond
	}
	return o
}

// SpecPath finds Discord's OpenAPI file: the environment's DISCORD_OPENAPI,
// else shared/discord/openapi.json beside the repository that the working
// directory is in. It is empty when there is none.
func SpecPath() string {
	if path := os.Getenv("DISCORD_OPENAPI"); path != "" {
		return path
	}
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			path := filepath.Join(dir, "..", "shared", "discord", "openapi.json")
			if _, err := os.Stat(path); err == nil {
				return path
			}
			return ""
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return ""
}
