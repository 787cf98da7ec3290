package openaitest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// answering is the answer to one request.
type answering struct {
	http.ResponseWriter
	control  *http.ResponseController
	ctx      context.Context //nolint:containedctx // of the request, which this is a part of
	server   *Server
	r        *Request
	failures troubles
	status   int
}

// object is a JSON object.
type object = map[string]any

// WriteHeader remembers the status.
func (a *answering) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// json answers with a value.
func (a *answering) json(status int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		a.server.tb.Errorf("openaitest: %v", err)
	}
	a.raw(status, "application/json", string(raw))
}

func (a *answering) raw(status int, media, body string) {
	a.Header().Set("Content-Type", media)
	a.Header().Set("X-Request-Id", fmt.Sprintf("req-%d", a.r.N))
	a.WriteHeader(status)
	a.server.end(a)
	_, _ = a.Write([]byte(body))
}

// complain answers with an error in OpenAI's form.
func (a *answering) complain(status int, message, kind, param, code string) {
	text := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	a.json(status, object{"error": object{"message": message, "type": kind, "param": text(param), "code": text(code)}})
}

func (a *answering) unauthorized() {
	// OpenAI quotes what it got; a test finds out who repeats it.
	got := strings.TrimPrefix(a.r.Header.Get("Authorization"), "Bearer ") + a.r.Header.Get("Api-Key")
	a.complain(http.StatusUnauthorized, "Incorrect API key provided: "+got+". You can find your API key at https://example.com/keys.", "invalid_request_error", "", "invalid_api_key")
}

// pause waits, and reports whether the client is still there.
func (a *answering) pause(d time.Duration) bool {
	if d <= 0 {
		return a.ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-a.ctx.Done():
		return false
	}
}

// answer answers a request that is in order.
func (a *answering) answer() {
	script := Script{}
	if a.r.Route == Chat {
		script = a.server.options.Chat(*a.r)
		if script.Fault != "" {
			a.failures = append(a.failures, Failure{Fault: script.Fault})
		}
	}
	if f, ok := a.failures.first(Slow); ok {
		wait := f.Wait
		if wait == 0 {
			wait = 100 * time.Millisecond
		}
		if !a.pause(wait) {
			return
		}
	}
	if a.failed() || a.lacking() {
		return
	}
	switch a.r.Route {
	case Chat:
		a.chat(script)
	case Embeddings:
		a.vectors()
	case Models:
		var data []object
		for _, name := range a.server.models() {
			data = append(data, object{"id": name, "object": "model", "created": 1700000000, "owned_by": "local"})
		}
		a.json(http.StatusOK, object{"object": "list", "data": data})
	}
}

const page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in to go on.</body></html>\n"

// failed answers with what is wrong with the whole answer, if anything is.
func (a *answering) failed() bool {
	echo := " (Authorization: " + a.r.Header.Get("Authorization") + a.r.Header.Get("Api-Key") + ")"
	for _, f := range a.failures {
		if f.RetryAfter != "" {
			a.Header().Set("Retry-After", f.RetryAfter)
		}
		switch f.Fault {
		case Dropped:
			a.hangUp(false)
		case Unauthorized:
			a.unauthorized()
		case Forbidden:
			a.complain(http.StatusForbidden, "You may not use this model"+echo, "invalid_request_error", "", "forbidden")
		case UnknownModel:
			a.unknownModel()
		case UnknownPath:
			a.raw(http.StatusNotFound, "text/html", page)
		case RateLimited:
			a.complain(http.StatusTooManyRequests, "Rate limit reached for requests"+echo, "requests", "", "rate_limit_exceeded")
		case QuotaUsedUp:
			a.complain(http.StatusTooManyRequests, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", "", "insufficient_quota")
		case InternalError:
			a.complain(http.StatusInternalServerError, "The server had an error while processing your request"+echo, "server_error", "", "")
		case BadGateway:
			a.raw(http.StatusBadGateway, "text/html", strings.Repeat(page, 1000))
		case Unavailable:
			a.complain(http.StatusServiceUnavailable, "The engine is currently overloaded, please try again later", "server_error", "", "")
		case BadRequest:
			a.complain(http.StatusBadRequest, "Bad request", "invalid_request_error", "", "")
		case Redirect:
			a.Header().Set("Location", "http://127.0.0.1:1/elsewhere")
			a.raw(http.StatusFound, "text/html", page)
		case PromptFilter:
			a.complain(http.StatusBadRequest, "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", "", "prompt", "content_filter")
		case Says:
			a.raw(cmp.Or(f.Status, http.StatusBadRequest), cmp.Or(f.Media, "application/json"), f.Body)
		case Switching:
			a.Header().Set("Connection", "Upgrade")
			a.Header().Set("Upgrade", "h2c")
			a.WriteHeader(http.StatusSwitchingProtocols)
			_ = a.control.Flush()
			a.pause(time.Hour)
		case EmptyBody:
			a.raw(http.StatusOK, "application/json", "")
		case HTMLPage:
			a.raw(http.StatusOK, "text/html", page)
		case ErrorInBody:
			a.json(http.StatusOK, object{"error": object{"message": "upstream is not there" + echo, "code": 502}})
		case StalledEarly:
			a.pause(time.Hour)
		case Huge:
			a.huge()
		default:
			if !a.overflow(f.Fault) {
				continue
			}
		}
		return true
	}
	return false
}

// overflow says in a server's words that a text is too long for the model.
func (a *answering) overflow(f Fault) bool {
	switch f {
	case TooLongOpenAI:
		a.complain(http.StatusBadRequest, "This model's maximum context length is 8192 tokens. However, your messages resulted in 10240 tokens. Please reduce the length of the messages.", "invalid_request_error", "messages", "context_length_exceeded")
	case TooLongLlamaCPP:
		a.json(http.StatusBadRequest, object{"error": object{
			"code": 400, "message": "the request exceeds the available context size. try increasing the context size or enable context shift",
			"type": "exceed_context_size_error", "n_prompt_tokens": 10240, "n_ctx": 8192,
		}})
	case TooLongVLLM:
		a.json(http.StatusBadRequest, object{
			"object": "error", "message": "This model's maximum context length is 8192 tokens. However, you requested 10240 tokens (9216 in the messages, 1024 in the completion). Please reduce the length of the messages or completion.",
			"type": "BadRequestError", "param": nil, "code": 400,
		})
	case TooLongOllama:
		a.json(http.StatusBadRequest, object{"error": object{
			"message": "the input length exceeds the context length", "type": "invalid_request_error", "param": nil, "code": nil,
		}})
	default:
		return false
	}
	return true
}

func (a *answering) unknownModel() {
	a.complain(http.StatusNotFound, fmt.Sprintf("The model `%s` does not exist or you do not have access to it.", a.r.Model), "invalid_request_error", "", "model_not_found")
}

// hangUp closes the connection, with a reset or in order.
func (a *answering) hangUp(reset bool) {
	conn, _, err := a.control.Hijack()
	if err != nil {
		return // the connection is gone already
	}
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// huge answers with more than anybody should read.
func (a *answering) huge() {
	a.Header().Set("Content-Type", "application/json")
	a.WriteHeader(http.StatusOK)
	_, _ = a.Write([]byte(`{"data": [`))
	part := []byte(strings.Repeat(`{"embedding": [0.1, 0.2]},`, 10_000))
	for range 400 { // 100 MB
		if _, err := a.Write(part); err != nil {
			return
		}
	}
}
