package openai_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"parley/bot/openai"
)

func TestOptions(t *testing.T) {
	tests := []struct {
		name   string
		change func(*openai.Options)
		want   string // in the error; "" for none
	}{
		{"defaults", func(*openai.Options) {}, ""},
		{"another endpoint", func(o *openai.Options) { o.BaseURL = "http://localhost:11434/v1/" }, ""},
		{"no model", func(o *openai.Options) { o.ChatModel, o.EmbeddingModel = "", "" }, "models: neither"},
		{"embeddings alone", func(o *openai.Options) { o.ChatModel = "" }, ""},
		{"no scheme", func(o *openai.Options) { o.BaseURL = "localhost:11434" }, "base URL"},
		{"another scheme", func(o *openai.Options) { o.BaseURL = "ftp://user:hunter2@host" }, "http://"},
		{"no host", func(o *openai.Options) { o.BaseURL = "http:///v1" }, "no host"},
		{"no URL", func(o *openai.Options) { o.BaseURL = "http://user:hunter2@ho st/" }, "no URL"},
		{"query", func(o *openai.Options) { o.BaseURL = "http://host/v1?key=hunter2" }, "query"},
		{"too long a path", func(o *openai.Options) { o.BaseURL = "http://host/v1/chat/completions" }, "too long"},
		{"key of two lines", func(o *openai.Options) { o.Key = openai.NewSecret("hunter2\nhunter2") }, "key: holds"},
		{"key with space around", func(o *openai.Options) { o.Key = openai.NewSecret(" hunter2\n") }, ""},
		{"unknown API", func(o *openai.Options) { o.API = "anthropic" }, "api: \"anthropic\""},
		{"Azure", func(o *openai.Options) { o.API = openai.APIAzure }, ""},
		{"Azure without a key", func(o *openai.Options) { o.API, o.Key = openai.APIAzure, openai.Secret{} }, "Azure needs one"},
		{"version without Azure", func(o *openai.Options) { o.APIVersion = "2024" }, "api version"},
		{"temperature", func(o *openai.Options) { o.Temperature = 3 }, "temperature: 3"},
		{"temperature of none", func(o *openai.Options) { o.Temperature = math.NaN() }, "temperature"},
		{"price below zero", func(o *openai.Options) { o.ChatInputPrice = -1 }, "chat input price"},
		{"price without end", func(o *openai.Options) { o.EmbeddingPrice = math.Inf(1) }, "embedding price"},
		{"timeout below zero", func(o *openai.Options) { o.Timeout = -time.Second }, "timeout"},
		{"parallel", func(o *openai.Options) { o.Parallel = -1 }, "parallel"},
		{"dimensions", func(o *openai.Options) { o.Dimensions = -5 }, "dimensions"},
		{"share", func(o *openai.Options) { o.RetryShare = 2 }, "retry share"},
		{"retries", func(o *openai.Options) { o.Retries = 100 }, "retries: 100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := openai.Options{Key: openai.NewSecret("hunter2"), ChatModel: "chat", EmbeddingModel: "embed"}
			tt.change(&o)
			c, err := openai.New(o)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("got %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hunter2")):
				t.Errorf("got error %v, want %q in it", err, tt.want)
			}
			if err == nil && ((c.Completer() == nil) != (o.ChatModel == "") || (c.Embedder() == nil) != (o.EmbeddingModel == "")) {
				t.Errorf("got completer %v, embedder %v", c.Completer(), c.Embedder())
			}
		})
	}
	_, err := openai.New(openai.Options{BaseURL: "x", Temperature: 9})
	if n := strings.Count(fmt.Sprint(err), "\n"); n != 2 {
		t.Errorf("got %d errors at once in %v", n+1, err)
	}
}

func TestSecret(t *testing.T) {
	const text = "hunter2"
	s := openai.NewSecret(text)
	if s.Reveal() != text || !s.Set() || (openai.Secret{}).Set() || openai.NewSecret("").Set() {
		t.Error("a secret is not what was put into it")
	}
	hides := func(what, got string) {
		t.Helper()
		if strings.Contains(got, text) || strings.Contains(got, fmt.Sprintf("%x", text)) {
			t.Errorf("%s: got %s", what, got)
		}
	}
	inside := struct {
		Shown  openai.Secret
		hidden openai.Secret
		point  *openai.Secret
		list   []openai.Secret
	}{s, s, &s, []openai.Secret{s}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%10.3s", "%c", "%U"} {
		got := fmt.Sprintf(verb, s)
		if hides(verb, got); got != "<secret>" && verb != "%p" {
			t.Errorf("%s: got %s", verb, got)
		}
		hides(verb+" of a pointer", fmt.Sprintf(verb, &s))
		hides(verb+" of a struct", fmt.Sprintf(verb, inside))
		hides(verb+" of options", fmt.Sprintf(verb, openai.Options{Key: s}))
	}
	raw, err := json.Marshal(inside)
	if hides("JSON", string(raw)); err != nil || !strings.Contains(string(raw), "secret") {
		t.Errorf("got %s, %v", raw, err)
	}
	var b bytes.Buffer
	for _, h := range []slog.Handler{slog.NewJSONHandler(&b, nil), slog.NewTextHandler(&b, nil)} {
		slog.New(h).Info("x", "key", s, "in", inside, "options", openai.Options{Key: s}) //nolint:sloglint // a test
	}
	hides("slog", b.String())
	if got := fmt.Sprint(openai.Secret{}); got != "" {
		t.Errorf("no secret: got %q", got)
	}
}
