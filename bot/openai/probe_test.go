package openai_test

import (
	"strings"
	"testing"
	"time"

	"parley/bot/openai"
	"parley/bot/openai/openaitest"
)

// counting answers as a model would that is probed.
func counting(r openaitest.Request) openaitest.Script {
	if r.Format == "json_schema" {
		return openaitest.Script{Text: `{"probe_town": "Paris"}`}
	}
	if strings.Contains(r.Last(), "capital") {
		return openaitest.Script{Text: `{"capital": "Paris"}`}
	}
	return openaitest.Script{Text: "one two three four five six seven eight nine ten"}
}

func TestProbe(t *testing.T) {
	tests := []struct {
		name    string
		server  openaitest.Options
		options func(*openai.Options)
		allow   string // a rule that is broken on purpose
		dead    bool
		bad     string   // names of what does not work, in order
		says    []string // each in "name: says (hint)" of some check
	}{
		{
			name: "all is well",
			says: []string{
				"endpoint: can be reached ()", "key: is accepted ()", "chat model: local-chat is there", "chat: answers, the first text after ",
				"stream: comes in ", "usage: is reported: ", "structured output: json_schema: ", "embedding model: local-embed is there",
				"embeddings: two texts take ", "dimensions: are 64, as the model gives",
			},
		},
		{name: "dead", dead: true, bad: "endpoint", says: []string{"(see that the server runs"}},
		{name: "certificate", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.BadCertificate}}, bad: "endpoint", says: []string{"SSL_CERT_FILE"}},
		{
			name: "wrong key", options: func(o *openai.Options) { o.Key = openai.NewSecret("sk-another-key-0000") }, allow: openaitest.RuleAuth,
			bad: "key", says: []string{"key: chat endpoint does not accept the key (status 401) (see that the key"},
		},
		{
			name: "no key", options: func(o *openai.Options) { o.Key = openai.Secret{} }, allow: openaitest.RuleAuth,
			bad: "key", says: []string{"key: the endpoint asks for a key, and none is set (set OPENAI_API_KEY)"},
		},
		{name: "no key needed", server: openaitest.Options{NoKey: true}, says: []string{"key: none is set, and none is asked for"}},
		{
			name:    "misspelt model",
			server:  openaitest.Options{ChatModels: []string{"qwen3:8b", "qwen3:14b", "llama3.2"}},
			options: func(o *openai.Options) { o.ChatModel = "quen3:8b" },
			bad:     "chat model", says: []string{"does not exist", "(did you mean qwen3:8b?)", "embeddings: two texts"},
		},
		{
			name: "model of another kind", options: func(o *openai.Options) { o.EmbeddingModel = "text-embedding-3-small" },
			bad: "embedding model", says: []string{"(the endpoint lists local-chat, local-embed)"},
		},
		{
			name: "wrong path", options: func(o *openai.Options) { o.BaseURL = strings.TrimSuffix(o.BaseURL, "/v1") }, allow: openaitest.RuleRoute,
			bad: "chat model embedding model", says: []string{"chat model: chat endpoint does not know the model or the address", "see that the base URL ends where"},
		},
		{
			name: "no list", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.NoList}},
			says: []string{"endpoint: can be reached", "chat model: local-chat is there"},
		},
		{
			name: "in one piece", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.NoStreaming}},
			says: []string{"stream: comes in one piece"},
		},
		{name: "usage", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.NoUsage}}, says: []string{"usage: is not reported"}},
		{
			name: "no schema", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.NoSchema}},
			says: []string{"structured output: json_object: "},
		},
		{
			name: "no format", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.NoSchema, openaitest.NoObject}},
			says: []string{"structured output: none: "},
		},
		{
			name: "refuses the rest", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.NoSystem, openaitest.NoZero}},
			says: []string{"requests: are made without the system role, a temperature of 0: ", "structured output: json_schema: "},
		},
		{
			name: "schema not kept to", server: openaitest.Options{Chat: func(openaitest.Request) openaitest.Script {
				return openaitest.Script{Text: "Paris is the capital of France."}
			}},
			says: []string{"structured output: json_schema is taken and not kept to"},
		},
		{
			name: "refusal", server: openaitest.Options{Chat: func(openaitest.Request) openaitest.Script { return openaitest.Script{Refusal: "No."} }},
			bad: "chat", says: []string{"chat: refuses to count"},
		},
		{
			name:    "dimensions",
			options: func(o *openai.Options) { o.Dimensions = 48 }, server: openaitest.Options{Faults: []openaitest.Fault{openaitest.NoDimensions}},
			bad: "dimensions", says: []string{"dimensions: are 64, and 48 are configured (set dimensions to 64"},
		},
		{
			name:    "dimensions as configured",
			options: func(o *openai.Options) { o.Dimensions = 48 },
			says:    []string{"dimensions: are 48, as configured"},
		},
		{
			name: "vectors of nothing", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.ZeroVector}},
			bad: "embeddings", says: []string{"a vector is zero"},
		},
		{
			name: "overloaded", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.Unavailable}},
			bad: "chat embeddings", says: []string{"overloaded"},
		},
		{
			name: "a web page", server: openaitest.Options{Faults: []openaitest.Fault{openaitest.HTMLPage}},
			bad: "chat embeddings", says: []string{"it is a web page (see that the base URL"},
		},
		{
			name: "Azure", server: openaitest.Options{Azure: openai.DefaultAPIVersion},
			options: func(o *openai.Options) { o.API = openai.APIAzure },
			says:    []string{"chat model: local-chat is there", "dimensions: are 64"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := tt.server
			if server.Chat == nil {
				server.Chat = counting
			}
			s := openaitest.New(t, server)
			if tt.allow != "" {
				s.Allow(tt.allow)
			}
			o := options(s)
			if tt.options != nil {
				tt.options(&o)
			}
			c := newClient(t, o)
			if tt.dead {
				s.Die()
			}
			began := time.Now()
			report := c.Probe(t.Context())
			var bad, lines []string
			for _, check := range report.Checks {
				lines = append(lines, check.Name+": "+check.Says+" ("+check.Hint+")")
				if !check.OK {
					bad = append(bad, check.Name)
				}
				if !check.OK && check.Hint == "" || strings.ContainsAny(check.Says+check.Hint, "\n\r") || strings.Contains(check.Says, s.Key()) && s.Key() != "" {
					t.Errorf("got check %+v", check)
				}
			}
			if got := strings.Join(bad, " "); got != tt.bad || report.OK() != (tt.bad == "") {
				t.Errorf("%q do not work, want %q", got, tt.bad)
			}
			all := strings.Join(lines, "\n")
			for _, want := range tt.says {
				if !strings.Contains(all, want) {
					t.Errorf("%q is not in\n%s", want, all)
				}
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if state := c.State(); state.Chat.Breaker.Open || state.Embeddings.Breaker.Open {
				t.Error("a probe has opened a breaker")
			}
		})
	}
}
