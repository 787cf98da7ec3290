package openai

import (
	"fmt"
	"strings"
	"time"

	"parley/bot/answer"
)

// Kind says what went wrong with a request.
type Kind string

// The kinds of errors.
const (
	KindUnreachable Kind = "unreachable" // connection refused or broken, unknown host
	KindTLS         Kind = "tls"         // certificate or handshake
	KindAuth        Kind = "auth"        // 401, 403
	KindModel       Kind = "model"       // 404
	KindRate        Kind = "rate"        // 429
	KindServer      Kind = "server"      // 5xx
	KindProtocol    Kind = "protocol"    // an answer that is none: HTML, broken JSON, empty, cut short, endless, a tool call
	KindRequest     Kind = "request"     // any other 4xx: the endpoint does not take what it was sent
	KindStalled     Kind = "stalled"     // no byte for Options.Stall
	KindTimeout     Kind = "timeout"     // Options.Timeout or the context's deadline has passed
	KindTooLong     Kind = "too_long"    // the text does not fit the model
	KindThought     Kind = "thought"     // all that the model may write goes into its thinking
	KindOpen        Kind = "open"        // the breaker is open: nothing was sent
)

// The parts of an endpoint, as Error.Part names them.
const (
	partChat       = "chat"
	partEmbeddings = "embeddings"
	partModels     = "models"
)

// maxDetail is how many runes of what an endpoint says an error holds.
const maxDetail = 200

// Error is a request that failed. Its text never holds the key, an address with
// credentials, or more than 200 runes of what the endpoint said.
type Error struct {
	Kind       Kind
	Part       string        // "chat", "embeddings" or "models"
	Status     int           // of HTTP; 0 when there was none
	RetryAfter time.Duration // what the endpoint asks to wait; 0 when it does not say
	Detail     string        // what the endpoint said, or what is wrong with its answer
	RequestID  string        // the endpoint's name for the request, for its operator

	told  *complaint // all that it said; behind a pointer, since fmt prints fields
	early bool       // nothing of an answer had come
	text  bool       // one text in the request is at fault, not the endpoint
	// undirected: of the vectors that came none has a direction.
	undirected bool
	given      bool // Retry-After was there, and be it 0
	err        error
}

// quote takes over what an endpoint says.
func (e *Error) quote(c complaint, redact func(string) string) {
	e.Detail = shorten(redact(c.message), maxDetail)
	c.message = strings.ToLower(c.message)
	e.told = &c
}

// complaint is what the endpoint said, in lower case; zero when it said nothing.
func (e *Error) complaint() complaint {
	if e.told == nil {
		return complaint{}
	}
	return *e.told
}

// Message is a fixed sentence about the kind.
func (e *Error) Message() string {
	what := e.Part + " endpoint"
	switch e.Kind {
	case KindUnreachable:
		return what + " cannot be reached"
	case KindTLS:
		return what + " offers no trustworthy connection"
	case KindAuth:
		return what + " does not accept the key"
	case KindModel:
		return what + " does not know the model or the address"
	case KindRate:
		if e.complaint().code == codeQuota {
			return what + " says that the quota is used up"
		}
		return what + " says that there are too many requests"
	case KindServer:
		return what + " has an error of its own"
	case KindProtocol:
		return what + " gives an answer that is none"
	case KindRequest:
		return what + " does not take the request"
	case KindStalled:
		return what + " has fallen silent"
	case KindTimeout:
		return what + " takes too long"
	case KindTooLong:
		return what + " says that the text is too long for the model"
	case KindThought:
		return what + " gives no answer: its model thinks until it may write no more"
	case KindOpen:
		return what + " has failed several times in a row and is left alone for a moment"
	}
	return what + " fails"
}

// Error is the message, the status and the detail, in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message())
	if e.Status != 0 {
		fmt.Fprintf(&b, " (status %d)", e.Status)
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	return b.String()
}

// Unwrap is [answer.ErrTooLong] of KindTooLong, and the context's error of KindTimeout.
func (e *Error) Unwrap() error { return e.err }

// Is reports that nothing was asked, as [answer.ErrResting] says it.
func (e *Error) Is(target error) bool { return target == answer.ErrResting && e.Kind == KindOpen }

// Hint says what to do about it.
func (e *Error) Hint() string {
	switch e.Kind {
	case KindUnreachable:
		return "see that the server runs and that the base URL names its host and port"
	case KindTLS:
		return "see that http:// or https:// in the base URL is right and that this machine trusts the certificate (SSL_CERT_FILE names more authorities)"
	case KindAuth:
		return "see that the key is that of this endpoint and may use the model"
	case KindModel:
		if e.complaint().mute {
			return "see that the base URL ends where /chat/completions begins, most often with /v1"
		}
		return "see that the model's name is right; some servers want it fetched or loaded before"
	case KindRate:
		if e.complaint().code == codeQuota {
			return "raise the quota or pay the bill with the endpoint's operator"
		}
		return "wait, lower the number of parallel requests, or raise the limit with the endpoint's operator"
	case KindServer:
		return "look into the endpoint's log or at its status page; it may pass"
	case KindProtocol:
		return "see that the base URL is that of an OpenAI-compatible API and not of a web page or a proxy before it"
	case KindRequest:
		return "see what the endpoint says; another model or a newer server may take it"
	case KindStalled, KindTimeout:
		return "see whether the endpoint is overloaded or still loads the model; a slow one wants a longer timeout and stall"
	case KindTooLong:
		return "a model or a server with a larger context takes longer texts"
	case KindThought:
		return "use a model that thinks less, switch its thinking off at the server, or raise answer_tokens"
	case KindOpen:
		return "nothing: it is tried again by itself, within half a minute"
	}
	return "look into the log"
}

// ill reports whether an error says that the endpoint is not well, so that it is
// better left alone.
func (e *Error) ill() bool {
	if e.text {
		return false
	}
	switch e.Kind {
	case KindUnreachable, KindTLS, KindAuth, KindServer, KindProtocol, KindStalled, KindTimeout:
		return true
	case KindRate:
		return !e.given
	case KindModel, KindRequest, KindTooLong, KindThought, KindOpen:
	}
	return false
}

// again reports whether the same request may do better a moment later.
func (e *Error) again() bool {
	switch e.Kind {
	case KindUnreachable, KindServer:
		return true
	case KindRate:
		return e.complaint().code != codeQuota
	case KindStalled:
		return e.early
	case KindTLS, KindAuth, KindModel, KindProtocol, KindRequest, KindTimeout, KindTooLong, KindThought, KindOpen:
	}
	return false
}
