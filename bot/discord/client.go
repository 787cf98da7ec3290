package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot/discord/gateway"
)

// The error codes that parley acts on
// (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes).
const (
	codeUnknownInteraction = 10062
	codeAcknowledged       = 40060
	codeThreadExists       = 160004
)

// client sends requests to Discord through one session of discordgo that never
// opens a connection to the gateway.
type client struct {
	session *discordgo.Session
	app     string // the application's ID
}

// do sends a request and reads the answer into out unless that is nil. The path
// begins after the version.
func (c *client) do(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("write request: %w", err)
		}
	}
	// A bucket that is thrown away: the session would keep one for every
	// interaction, and sleep in it whatever ctx says.
	bucket := discordgo.NewRatelimiter().LockBucket("")
	got, err := c.session.RequestWithLockedBucket(method, discordgo.EndpointAPI+strings.TrimPrefix(path, "/"), "application/json",
		body, bucket, 0, discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	if err != nil {
		return redact(method, path, err)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(got, out); err != nil {
		return fmt.Errorf("read response: %w", err)
	}
	return nil
}

// apiError is Discord's refusal of a request.
type apiError struct {
	method, path string
	status, code int
	message      string
	body         string
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%s %s: HTTP %d, code %d: %s", e.method, e.path, e.status, e.code, e.message)
}

// redact makes errors say what was asked without the tokens in its address.
func redact(method, path string, err error) error {
	path = tokenless(path)
	if rest, ok := errors.AsType[*discordgo.RESTError](err); ok {
		e := &apiError{method: method, path: path, status: rest.Response.StatusCode, body: string(rest.ResponseBody)}
		if rest.Message != nil {
			e.code, e.message = rest.Message.Code, rest.Message.Message
		}
		return e
	}
	if limited, ok := errors.AsType[*discordgo.RateLimitError](err); ok {
		return &apiError{method: method, path: path, status: http.StatusTooManyRequests, message: "rate limited for " + limited.RetryAfter.String()}
	}
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return fmt.Errorf("%s %s: %w", method, path, known)
		}
	}
	var inner interface{ Unwrap() error }
	if errors.As(err, &inner) && inner.Unwrap() != nil {
		err = inner.Unwrap() // a url.Error has the address in its text
	}
	return fmt.Errorf("%s %s: %w", method, path, err)
}

// tokenless shortens the token in an interaction's path.
func tokenless(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) > 2 && (parts[0] == "interactions" || parts[0] == "webhooks") {
		parts[2] = "<token>"
	}
	return "/" + strings.Join(parts, "/")
}

// code is Discord's error code, 0 when there is none.
func code(err error) int {
	if e, ok := errors.AsType[*apiError](err); ok {
		return e.code
	}
	return 0
}

// status is the HTTP status of a refusal, 0 when there is none.
func status(err error) int {
	if e, ok := errors.AsType[*apiError](err); ok {
		return e.status
	}
	return 0
}

// start asks what Discord says about new sessions.
func (c *client) start(ctx context.Context) (gateway.Start, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	var got struct {
		Shards int `json:"shards"`
		Limit  struct {
			Total          int   `json:"total"`
			Remaining      int   `json:"remaining"`
			ResetAfter     int64 `json:"reset_after"` // milliseconds
			MaxConcurrency int   `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	if err := c.do(ctx, http.MethodGet, "/gateway/bot", nil, &got); err != nil {
		if status(err) == http.StatusUnauthorized {
			return gateway.Start{}, &gateway.FatalError{Code: http.StatusUnauthorized, Says: "Discord does not accept the bot's token", Hint: tokenHint}
		}
		return gateway.Start{}, err
	}
	return gateway.Start{
		Shards: got.Shards, Total: got.Limit.Total, Remaining: got.Limit.Remaining,
		ResetAfter: time.Duration(got.Limit.ResetAfter) * time.Millisecond, MaxConcurrency: got.Limit.MaxConcurrency,
	}, nil
}

const (
	// loginTimeout bounds asking who the bot is, and startTimeout asking about the
	// gateway, repetitions included: somebody waits for the first word of either.
	// Judgements.
	loginTimeout = 10 * time.Second
	startTimeout = 30 * time.Second
	addressHint  = "set [discord] api_url to the address above " + apiVersion + ", such as " + DefaultAPI
	tokenHint    = "copy the token anew from the developer portal (Bot, Reset Token) and put it into DISCORD_TOKEN" //nolint:gosec // says where a token is, is none
)

// identity is who the bot is.
type identity struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Bot  struct {
		ID       string `json:"id"`
		Username string `json:"username"`
	} `json:"bot"`
	Endpoint string                     `json:"interactions_endpoint_url"`
	Install  map[string]json.RawMessage `json:"integration_types_config"` // how it can be added: "0" to servers, "1" to users
}

// whoami asks for the application that the token belongs to.
func (c *client) whoami(ctx context.Context) (identity, error) {
	ctx, cancel := context.WithTimeout(ctx, loginTimeout)
	defer cancel()
	var me identity
	err := c.do(ctx, http.MethodGet, "/applications/@me", nil, &me)
	switch status(err) {
	case http.StatusUnauthorized:
		return me, &gateway.FatalError{Code: http.StatusUnauthorized, Says: "Discord does not accept the bot's token", Hint: tokenHint}
	case http.StatusNotFound:
		return me, &gateway.FatalError{Code: http.StatusNotFound, Says: "there is no Discord at this address", Hint: addressHint}
	}
	return me, err
}

// nonce names a message, so that sending it again makes no second one.
func nonce(id string, part int) string {
	s := id + "-" + strconv.Itoa(part)
	return s[max(0, len(s)-25):] // Discord takes 25 characters
}
