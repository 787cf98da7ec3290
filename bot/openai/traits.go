package openai

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// format is how much of a schema an endpoint takes.
type format int

const (
	formatSchema format = iota // response_format json_schema, strict
	formatObject               // json_object
	formatNone
)

// limitName is what an endpoint calls the bound on what a model writes.
type limitName int

const (
	// Servers that do not know a name leave it unheeded, and the older one is
	// known to all; those that refuse it say so.
	limitTokens     limitName = iota // max_tokens
	limitCompletion                  // max_completion_tokens
	limitNone
)

// chatTraits is what an endpoint takes of a chat request beside its messages.
// The zero value is everything; what it refuses is found out by asking.
type chatTraits struct {
	format        format
	limit         limitName
	noTemperature bool
	noUsage       bool // no stream_options
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

// unsupported reports whether an endpoint says that it does not know or take
// something, rather than that a value is out of range.
func (e *Error) unsupported() bool {
	c := e.complaint()
	if c.code == "unsupported_parameter" || c.code == "unsupported_value" || c.code == "unknown_parameter" {
		return true
	}
	for _, words := range [...]string{
		"unsupported", "not support", "n't support", "unknown", "unrecognized", "unexpected", "extra", "not permitted",
		"not allowed", "unavailable", "deprecated", "not valid", "invalid param", "instead", "only the default",
	} {
		if strings.Contains(c.message, words) {
			return true
		}
	}
	return false
}

// bare asks for nothing but an answer of bounded length.
func (t chatTraits) bare() chatTraits {
	return chatTraits{format: formatNone, limit: t.limit, noTemperature: true, noUsage: true}
}

// vague reports whether an endpoint refuses a request without a word about why.
func (e *Error) vague() bool {
	c := e.complaint()
	return e.Kind == KindRequest && (e.Status == http.StatusBadRequest || e.Status == http.StatusUnprocessableEntity) &&
		c.param == "" && (c.mute || len(c.message) < 40)
}

// less is what to ask for after an error about one of the traits. It reports
// whether that is less than before.
func (t chatTraits) less(e *Error, schema bool) (chatTraits, bool) {
	formatWords := [...]string{"response_format", "response format", "json_schema", "json_object", "json mode", "json schema", "guided", "grammar", "structured output"}
	switch {
	case schema && t.format != formatNone && e.refuses(formatWords[:]...):
		t.format++
	case !t.noUsage && e.refuses("stream_options", "include_usage"):
		t.noUsage = true
	case !t.noTemperature && e.unsupported() && e.refuses("temperature"):
		t.noTemperature = true
	case t.limit == limitTokens && e.unsupported() && e.refuses("max_tokens"):
		t.limit = limitCompletion
	case t.limit == limitCompletion && e.unsupported() && e.refuses("max_completion_tokens"):
		t.limit = limitNone
	default:
		return t, false
	}
	return t, true
}

// merge is the least of two.
func (t chatTraits) merge(o chatTraits) chatTraits {
	return chatTraits{
		format:        max(t.format, o.format),
		limit:         max(t.limit, o.limit),
		noTemperature: t.noTemperature || o.noTemperature,
		noUsage:       t.noUsage || o.noUsage,
	}
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
