package openai

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/bot/answer"
)

// codeQuota is OpenAI's code of a 429 that no waiting helps.
const codeQuota = "insufficient_quota"

// fromStatus makes an error of an answer with a status that is not 2xx.
func fromStatus(part string, resp *http.Response, body []byte, redact func(string) string) *Error {
	e := &Error{Part: part, Status: resp.StatusCode, RequestID: shorten(redact(resp.Header.Get("X-Request-Id")), maxDetail)}
	e.RetryAfter, e.given = retryAfter(resp.Header, time.Now())
	c := readRefusal(body)
	e.quote(c, redact)
	e.Kind = kindOf(resp.StatusCode, c)
	e.wrapTooLong()
	switch {
	case resp.StatusCode == http.StatusUnauthorized:
		e.Detail = "" // OpenAI quotes a part of the key
	case resp.StatusCode < http.StatusOK:
		e.Detail = "it wants to speak another protocol"
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		e.Detail = "it redirects to another address"
	case len(body) == 0:
		e.Detail = "it says nothing"
	case c.mute && strings.Contains(e.complaint().message, "https") && resp.StatusCode == http.StatusBadRequest:
		e.Kind, e.Detail = KindTLS, "it wants https://"
	case c.page:
		e.Detail = shorten("a web page: "+redact(c.message), maxDetail)
	case e.Detail == "":
		e.Detail = "it does not say why"
	}
	return e
}

func (e *Error) wrapTooLong() {
	if e.Kind == KindTooLong {
		e.err = answer.ErrTooLong
	}
}

// kindOf reads a status and what was said with it.
func kindOf(status int, c complaint) Kind {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusProxyAuthRequired:
		return KindAuth
	case status == http.StatusTooManyRequests:
		return KindRate
	case tooLong(c) || status == http.StatusRequestEntityTooLarge:
		return KindTooLong
	case status == http.StatusNotFound || c.code == "model_not_found":
		return KindModel
	case status >= 500 || status == http.StatusRequestTimeout:
		return KindServer
	case status >= 400:
		return KindRequest
	}
	return KindProtocol
}

// tooLong knows the words of OpenAI and Azure, llama.cpp, vLLM and Ollama for a
// text that does not fit the model.
func tooLong(c complaint) bool {
	if c.code == "context_length_exceeded" || c.code == "exceed_context_size_error" {
		return true
	}
	said := strings.ToLower(c.message)
	for _, words := range [...]string{
		"maximum context length",            // OpenAI, vLLM
		"exceeds the available context",     // llama.cpp
		"input is too large to process",     // llama.cpp, embeddings
		"exceed context window",             // llama-cpp-python
		"exceeds the context length",        // Ollama
		"exceeds maximum context length",    // Ollama, older
		"longer than the maximum model",     // vLLM
		"max_tokens must be at least 1, go", // vLLM, once the prompt has left nothing
		"with a larger context length",      // LM Studio
		"context size has been exceeded",    // LM Studio
		"n_keep",                            // LM Studio
		"maximum input length",              // OpenAI, embeddings
		"tokens per request",                // OpenAI, embeddings
		"reduce your prompt",                // OpenAI, older
		"must have less than",               // text-embeddings-inference
	} {
		if strings.Contains(said, words) {
			return true
		}
	}
	return false
}

// retryAfter reads the header Retry-After, seconds or a date, and OpenAI's
// retry-after-ms. It reports whether one was there.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms >= 0 && ms < 1e9 {
		return time.Duration(ms * float64(time.Millisecond)), true
	}
	value := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(value, 64); err == nil && s >= 0 && s < 1e6 {
		return time.Duration(s * float64(time.Second)), true
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0), true
	}
	return 0, false
}

// The causes with which a request's context ends.
var (
	errStalled = errors.New("stalled")
	errOwnTime = fmt.Errorf("the time for a call is over: %w", context.DeadlineExceeded)
)

// fromTransport makes an error of a request that got no answer, or not all of
// it. Only the end of the caller's context stays what it is.
func (t *transport) fromTransport(ctx context.Context, part string, early bool, err error) error {
	e := &Error{Part: part, early: early}
	cause := context.Cause(ctx)
	switch {
	case errors.Is(cause, errStalled):
		e.Kind = KindStalled
		return e
	case errors.Is(cause, context.DeadlineExceeded):
		e.Kind, e.err = KindTimeout, cause
		return e
	case cause != nil: // err is the cause, which may be another request's error
		return context.Canceled
	}
	var (
		dns      *net.DNSError
		op       *net.OpError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		verify   *tls.CertificateVerificationError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
	)
	said := err.Error()
	switch {
	case errors.As(err, &record), errors.As(err, &alert), errors.As(err, &verify), errors.As(err, &unknown),
		errors.As(err, &hostname), errors.As(err, &invalid), strings.Contains(said, "tls: "),
		strings.Contains(said, "TLS handshake timeout"), strings.Contains(said, "HTTP response to HTTPS client"):
		e.Kind = KindTLS
	case errors.As(err, &dns):
		e.Kind, said = KindUnreachable, cmp.Or(dns.Err, "unknown host")
	case early && errors.Is(err, io.EOF):
		e.Kind, said = KindUnreachable, "it closes the connection without an answer"
	case errors.As(err, &op), early && !strings.Contains(said, "malformed"):
		e.Kind = KindUnreachable
	default:
		e.Kind = KindProtocol
	}
	e.Detail = shorten(t.redact(said), maxDetail)
	return e
}
