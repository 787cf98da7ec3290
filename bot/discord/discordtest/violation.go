package discordtest

import (
	"fmt"
	"slices"
)

// Violation is one breach of Discord's rules by the bot.
type Violation struct {
	Rule   string // which rule, one of the Rule constants
	Where  string // the request, "METHOD /path", or "gateway"
	Detail string
}

// String is one line for a test's log.
func (v Violation) String() string {
	return fmt.Sprintf("%s: %s: %s", v.Rule, v.Where, v.Detail)
}

// The rules by the names that Violation and Allow use.
const (
	RuleSchema       = "schema"        // a body that Discord's OpenAPI file refuses
	RuleBody         = "body"          // no JSON, a missing or wrong content type
	RuleRoute        = "route"         // a path or version that Discord does not have
	RuleAuth         = "auth"          // a missing or wrong token, no User-Agent of the form DiscordBot (url, version)
	RuleContent      = "content"       // more than 2000 characters, or a message of nothing
	RuleEmbeds       = "embeds"        // an embed over a limit, or over 6000 in all
	RuleComponents   = "components"    // rows, buttons, selects, custom_ids
	RuleModal        = "modal"         // a modal's form, or a modal where none may be
	RuleChoices      = "choices"       // autocomplete choices
	RuleCommands     = "commands"      // application commands
	RuleMentions     = "mentions"      // allowed_mentions missing or not {"parse": []}, or someone pinged
	RuleFlags        = "flags"         // flags that this request cannot set, ephemerality changed
	RuleEphemeral    = "ephemeral"     // an ephemeral message reached by a channel's routes
	RuleLate         = "late"          // acknowledged after 3 s
	RuleTwice        = "twice"         // acknowledged a second time
	RuleUnknown      = "unknown"       // an interaction, message or token that never was
	RuleCallback     = "callback"      // a callback type that this interaction does not take
	RuleSilent       = "silent"        // an interaction never acknowledged
	RuleThinking     = "thinking"      // a deferred answer that never came
	RuleFollowups    = "followups"     // over 5 follow-ups of a user-installed app
	RulePermission   = "permission"    // something the bot may not do there
	RuleThread       = "thread"        // a thread's name, or a second thread on a message
	RuleRateLimit    = "rate_limit"    // a request while a 429 forbids it
	RuleBan          = "ban"           // 10,000 answers of 401, 403 and 429 in 10 min
	RuleIdentify     = "identify"      // IDENTIFYs too quick, too many or malformed
	RuleIntents      = "intents"       // privileged intents that are not switched on
	RuleGatewaySends = "gateway_sends" // more than 120 in 60 s
	RuleGateway      = "gateway"       // payloads out of order or malformed
	RuleHeartbeat    = "heartbeat"     // no heartbeat in its time
	RuleFatalClose   = "fatal_close"   // a new connection after 4004 or 4010–4014
)

// Violations are the breaches so far, without those of rules allowed.
func (d *Discord) Violations() []Violation {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(d.violations), func(v Violation) bool { return d.allowed[v.Rule] })
}

// Allow expects breaches of the rules: they fail no test. It is for tests that
// provoke them.
func (d *Discord) Allow(rules ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, rule := range rules {
		d.allowed[rule] = true
	}
}

// Caught takes the violations of a rule off the record and returns them.
func (d *Discord) Caught(rule string) []Violation {
	d.mu.Lock()
	defer d.mu.Unlock()
	var caught []Violation
	d.violations = slices.DeleteFunc(d.violations, func(v Violation) bool {
		if v.Rule == rule {
			caught = append(caught, v)
		}
		return v.Rule == rule
	})
	return caught
}

// maxViolations bounds what a run of many broken requests keeps.
const maxViolations = 1000

// violate records a breach. Callers hold d.mu.
func (d *Discord) violate(rule, where, format string, args ...any) {
	if len(d.violations) < maxViolations {
		d.violations = append(d.violations, Violation{Rule: rule, Where: where, Detail: fmt.Sprintf(format, args...)})
	}
}
