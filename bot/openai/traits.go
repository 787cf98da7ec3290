package openai

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// trait is a part of a chat request that an endpoint may not take.
type trait int

const (
	traitSystem      trait = iota // the system's role
	traitFormat                   // response_format
	traitTemperature              // temperature
	traitEffort                   // reasoning_effort
	traitLimit                    // the bound on what a model writes
	traitStream                   // stream
	traitUsage                    // stream_options
	allTraits
)

// The levels of the traits: 0 is all, the last one of each is without.
const (
	systemInUser = 1 // its text stands before the first message of the user

	formatSchema = 0 // json_schema, strict
	formatObject = 1 // json_object
	formatNone   = 2

	temperatureLow  = 1 // lowTemperature, for those that want it above 0
	temperatureNone = 2

	effortNone = 1

	// Servers that do not know a name leave it unheeded, and the older one is
	// known to all; those that refuse it say so.
	limitTokens     = 0 // max_tokens
	limitCompletion = 1 // max_completion_tokens
	limitNone       = 2

	streamNone = 1
	usageNone  = 1
)

// chatTraits is how little an endpoint takes of each trait. The zero value is
// everything; what it refuses is found out by asking.
type chatTraits [allTraits]int

// bare leaves out all that can be left out.
func bare() chatTraits {
	return chatTraits{
		traitSystem: systemInUser, traitFormat: formatNone, traitTemperature: temperatureNone, traitEffort: effortNone,
		traitLimit: limitNone, traitStream: streamNone, traitUsage: usageNone,
	}
}

// merge is the least of two.
func (t chatTraits) merge(o chatTraits) chatTraits {
	for i := range t {
		t[i] = max(t[i], o[i])
	}
	return t
}

// with is t with one level changed.
func (t chatTraits) with(of trait, level int) chatTraits {
	t[of] = level
	return t
}

// refuses reports whether an endpoint complains about one of the parameters,
// whatever status that has: some say so with 500, some with 200.
func (e *Error) refuses(params ...string) bool {
	if e.told == nil || e.Kind != KindRequest && e.Kind != KindServer && e.Status != http.StatusNotFound {
		return false
	}
	if slices.Contains(params, e.complaint().param) {
		return true
	}
	return slices.ContainsFunc(params, func(p string) bool { return strings.Contains(e.complaint().message, p) })
}

// says reports whether an endpoint's words hold one of some.
func (e *Error) says(words ...string) bool {
	said := e.complaint().message
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) })
}

// unsupported reports whether an endpoint says that it does not know or take
// something, rather than that a value is out of range.
func (e *Error) unsupported() bool {
	c := e.complaint()
	if c.code == "unsupported_parameter" || c.code == "unsupported_value" || c.code == "unknown_parameter" {
		return true
	}
	return e.says(
		"unsupported", "not support", "n't support", "unknown", "unrecognized", "unexpected", "extra", "not permitted",
		"not allowed", "unavailable", "deprecated", "not valid", "invalid param", "instead", "only the default",
	)
}

// refusal reports whether an endpoint may have refused a request for a part of it
// that can be left out, whatever it says. A gateway, a server that is busy, and one
// that does not know the model or the caller have other reasons.
func (e *Error) refusal() bool {
	const overloaded = 529 // Anthropic
	switch e.Kind {
	case KindRequest:
		return true
	case KindServer:
		return !slices.Contains([]int{
			http.StatusRequestTimeout, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout, overloaded,
		}, e.Status)
	case KindModel: // OpenRouter has no model for what is asked of it
		return !e.complaint().mute && e.says("parameter", "support")
	case KindUnreachable, KindTLS, KindAuth, KindRate, KindProtocol, KindStalled, KindTimeout, KindTooLong, KindThought, KindOpen:
	}
	return false
}

// less is what to ask for after an error that names one of the traits. It reports
// whether that is less than before. Words only say what to try first: what they do
// not tell is found out (discover.go).
func (t chatTraits) less(e *Error, schema, system bool) (chatTraits, bool) {
	at := trait(-1)
	to := 0
	switch {
	case schema && t[traitFormat] != formatNone && e.refuses(
		"response_format", "response format", "json_schema", "json_object", "json mode", "json schema", "guided", "grammar",
		"structured output", "response_schema", "responseschema", "response_mime_type", "additionalproperties",
	):
		at, to = traitFormat, t[traitFormat]+1
	case system && t[traitSystem] == 0 && e.refuses(
		"messages[0].role", "messages.0.role", "system role", "system message", "system prompt", "system instruction", "role 'system'", "'system' role",
		"role \"system\"", "role system", "role: system", "support 'system'", "support \"system\"", "support `system`", "developer instruction",
		"roles must alternate", "only user and assistant",
	):
		at, to = traitSystem, systemInUser
	case t[traitUsage] == 0 && e.refuses("stream_options", "include_usage"):
		at, to = traitUsage, usageNone
	case t[traitEffort] == 0 && e.refuses("reasoning_effort", "reasoning effort"):
		at, to = traitEffort, effortNone
	case t[traitTemperature] == 0 && e.refuses("temperature") && e.says("positive", "greater than", "minimum", "at least", "below", "> 0", ">0"):
		at, to = traitTemperature, temperatureLow
	case t[traitTemperature] != temperatureNone && e.refuses("temperature"):
		at, to = traitTemperature, temperatureNone
	case t[traitLimit] == limitTokens && e.unsupported() && e.refuses("max_tokens"):
		at, to = traitLimit, limitCompletion
	case t[traitLimit] == limitCompletion && e.unsupported() && e.refuses("max_completion_tokens"):
		at, to = traitLimit, limitNone
	case t[traitStream] == 0 && e.unsupported() && e.refuses("stream"):
		at, to = traitStream, streamNone
	}
	if at < 0 {
		return t, false
	}
	return t.with(at, to), true
}

// memory keeps what was found out.
type memory[T any] struct {
	mu    sync.Mutex
	known T
}

func (m *memory[T]) get() T {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known
}

func (m *memory[T]) update(f func(T) T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known = f(m.known)
}
