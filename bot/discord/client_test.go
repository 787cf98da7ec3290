package discord

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

type answering func(*http.Request) (*http.Response, error)

func (f answering) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func clientOf(t *testing.T, f answering) *client {
	t.Helper()
	s, err := bare("secret-token", &http.Client{Transport: f})
	if err != nil {
		t.Fatal(err)
	}
	return &client{session: s, app: "1"}
}

// TestNoBucketPerInteraction guards against the bucket that discordgo keeps for
// every address it ever sent to.
func TestNoBucketPerInteraction(t *testing.T) {
	c := clientOf(t, func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusNoContent, Body: io.NopCloser(strings.NewReader(""))}, nil
	})
	for i := range 1000 {
		if err := c.do(t.Context(), http.MethodPost, "/interactions/"+strconv.Itoa(i)+"/t/callback", response{Type: 5}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := reflect.ValueOf(c.session.Ratelimiter).Elem().FieldByName("buckets").Len(); got > 0 {
		t.Errorf("%d buckets are kept", got)
	}
}

// TestErrorsHaveNoTokens guards that neither the bot's token nor that of an
// interaction gets into an error, and so into the log.
func TestErrorsHaveNoTokens(t *testing.T) {
	for _, f := range []answering{
		func(*http.Request) (*http.Response, error) { return nil, errors.New("no route to host") },
		func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 404, Status: "404", Request: r, Body: io.NopCloser(strings.NewReader(`{"code":10062,"message":"Unknown"}`))}, nil
		},
		func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 429, Request: r, Body: io.NopCloser(strings.NewReader(`{"retry_after":1}`))}, nil
		},
		func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 429, Request: r, Body: io.NopCloser(strings.NewReader(`<html>`))}, nil
		},
	} {
		err := clientOf(t, f).do(t.Context(), http.MethodPost, "/interactions/7/hidden/callback", nil, nil)
		if err == nil || strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v", err)
		}
	}
}

// TestTheirMessageIsEmptied shows why messages are not decoded by discordgo's
// types: when this fails, they can be.
func TestTheirMessageIsEmptied(t *testing.T) {
	var m discordgo.Message
	err := json.Unmarshal([]byte(`{"content":"It rained.","components":[{"type":77}]}`), &m)
	if err == nil || m.Content != "" {
		t.Errorf("got %v and %q", err, m.Content)
	}
}
