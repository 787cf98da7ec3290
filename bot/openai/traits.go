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

// refuses names the parameter, if any, that an endpoint will not have.
func (e *Error) refuses(params ...string) bool {
	if e.Kind != KindRequest && e.Kind != KindServer && e.Status != http.StatusNotFound || e.Status == 0 {
		return false
	}
	if slices.Contains(params, e.param) {
		return true
	}
	said := strings.ToLower(e.Detail)
	return slices.ContainsFunc(params, func(p string) bool { return strings.Contains(said, p) })
}

// unsupported reports whether an endpoint says that it does not know or take
// something, rather than that a value is out of range.
func (e *Error) unsupported() bool {
	if e.code == "unsupported_parameter" || e.code == "unsupported_value" || e.code == "unknown_parameter" {
		return true
	}
	said := strings.ToLower(e.Detail)
	for _, words := range [...]string{
		"unsupported", "not support", "n't support", "unknown", "unrecognized", "unexpected", "extra", "not permitted",
		"not allowed", "unavailable", "deprecated", "not valid", "invalid param", "instead", "only the default",
	} {
		if strings.Contains(said, words) {
			return true
		}
	}
	return false
}

// less is what to ask for after an error about one of the traits. It reports
// whether that is less than before.
func (t chatTraits) less(e *Error, schema bool) (chatTraits, bool) {
	switch {
	case schema && t.format != formatNone && e.refuses("response_format", "json_schema", "json_object", "guided", "grammar", "structured output", "schema"):
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
