package openai

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name, value string
		want        time.Duration
		given       bool
	}{
		{"Retry-After", "", 0, false},
		{"Retry-After", "0", 0, true},
		{"Retry-After", "20", 20 * time.Second, true},
		{"Retry-After", "1.5", 1500 * time.Millisecond, true},
		{"Retry-After", "-3", 0, false},
		{"Retry-After", "NaN", 0, false},
		{"Retry-After", "soon", 0, false},
		{"Retry-After", "1e300", 0, false},
		{"Retry-After", "Fri, 27 Nov 2026 12:00:07 GMT", 7 * time.Second, true},
		{"Retry-After", "Fri, 27 Nov 2026 11:00:00 GMT", 0, true},
		{"Retry-After-Ms", "250", 250 * time.Millisecond, true},
	}
	for _, tt := range tests {
		h := http.Header{}
		h.Set(tt.name, tt.value)
		if got, given := retryAfter(h, now); got != tt.want || given != tt.given {
			t.Errorf("%s: %s: got %v, %v", tt.name, tt.value, got, given)
		}
	}
}

func TestReadComplaint(t *testing.T) {
	tests := []struct {
		name, body string
		want       complaint
	}{
		{"OpenAI", `{"error":{"message":"m","type":"t","param":"p","code":"c"}}`, complaint{message: "m", code: "c", param: "p"}},
		{"OpenAI without a code", `{"error":{"message":"m","type":"t","param":null,"code":null}}`, complaint{message: "m", code: "t"}},
		{"llama.cpp", `{"error":{"code":400,"message":"m","type":"exceed_context_size_error","n_ctx":1}}`, complaint{message: "m", code: "exceed_context_size_error", status: 400}},
		{"Ollama", `{"error":"model not found"}`, complaint{message: "model not found"}},
		{"vLLM", `{"object":"error","message":"m","type":"BadRequestError","param":null,"code":400}`, complaint{message: "m", code: "BadRequestError", status: 400}},
		{"FastAPI", `{"detail":[{"loc":["body","temperature"],"msg":"m"}]}`, complaint{message: `[{"loc":["body","temperature"],"msg":"m"}]`}},
		{"Gemini", `[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]`, complaint{message: "m", status: 400}},
		{"list of messages", `{"error":{"message":["a","b"]}}`, complaint{message: `["a","b"]`}},
	}
	for _, tt := range tests {
		if got, ok := readComplaint([]byte(tt.body)); !ok || got != tt.want {
			t.Errorf("%s: got %+v, %v", tt.name, got, ok)
		}
	}
	for _, body := range []string{"", "<html>", "[]", `{"data":[]}`, `{"error":null}`, `"text"`} {
		if got, ok := readComplaint([]byte(body)); ok {
			t.Errorf("%s: got %+v", body, got)
		}
	}
}

func TestLess(t *testing.T) {
	redact := newRedactor(&Options{})
	told := func(kind Kind, status int, message, param, code string) *Error {
		e := &Error{Kind: kind, Status: status}
		e.quote(complaint{message: message, param: param, code: code}, redact)
		return e
	}
	all := chatTraits{}
	tests := []struct {
		name string
		e    *Error
		want chatTraits
	}{
		{"OpenAI", told(KindRequest, 400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.", "response_format", ""), chatTraits{traitFormat: formatObject}},
		{"llama.cpp", told(KindServer, 500, "failed to parse grammar", "", ""), chatTraits{traitFormat: formatObject}},
		{"with 200", complain(partChat, complaint{message: "json_schema is not implemented"}, redact), chatTraits{traitFormat: formatObject}},
		{"Groq", told(KindRequest, 400, "This model does not support response format `json_schema`.", "", ""), chatTraits{traitFormat: formatObject}},
		{"Mistral", told(KindRequest, 422, `[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]`, "", ""), chatTraits{traitUsage: usageNone}},
		{"o1", told(KindRequest, 400, "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value"), chatTraits{traitTemperature: temperatureNone}},
		{"o1's bound", told(KindRequest, 400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter"), chatTraits{traitLimit: limitCompletion}},
		{"a bound that is too high", told(KindRequest, 400, "max_tokens is too large: 99999. This model supports at most 16384 completion tokens.", "max_tokens", "invalid_value"), all},
		{"a value out of range", told(KindRequest, 400, "temperature must be at most 1", "temperature", ""), chatTraits{traitTemperature: temperatureNone}},
		{"TGI", told(KindRequest, 422, "Input validation error: `temperature` must be strictly positive", "", "validation"), chatTraits{traitTemperature: temperatureLow}},
		{"vLLM's template", told(KindServer, 500, "System role not supported", "", ""), chatTraits{traitSystem: systemInUser}},
		{"Gemma at Google", told(KindRequest, 400, "Developer instruction is not enabled for models/local", "", ""), chatTraits{traitSystem: systemInUser}},
		{"no stream", told(KindRequest, 400, "streaming is not supported for this model", "", ""), chatTraits{traitStream: streamNone}},
		{"something else", told(KindRequest, 400, "The model is on holiday", "", ""), all},
		{"too many requests", told(KindRate, 429, "response_format", "response_format", ""), all},
		{"no answer", &Error{Kind: KindUnreachable, Detail: "response_format"}, all},
	}
	for _, tt := range tests {
		got, ok := all.less(tt.e, true, true)
		if got != tt.want || ok != (tt.want != all) {
			t.Errorf("%s: got %+v, %v", tt.name, got, ok)
		}
	}
}

// TestTooLong has the words of servers as they are known to say them.
func TestTooLong(t *testing.T) {
	for _, said := range []string{
		"This model's maximum context length is 8192 tokens. However, your messages resulted in 10240 tokens. Please reduce the length of the messages.",
		"the request exceeds the available context size. try increasing the context size or enable context shift",
		"request (5001 tokens) exceeds the available context size (4096 tokens), try increasing it",
		"input is too large to process. increase the physical batch size",
		"Requested tokens (2285) exceed context window of 2048",
		"the input length exceeds the context length",
		"input length exceeds maximum context length",
		"The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
		"max_tokens must be at least 1, got -186.",
		"This model's maximum context length is 2048 tokens. However, your request has 8 input tokens plus 2045 'max_tokens'. Please reduce one or the other.",
		"The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= n_ctx: 4096). Try to load the model with a larger context length, or provide a shorter input.",
		"Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 7866 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input.",
		"Context size has been exceeded.",
		"Requested 400000 tokens, max 300000 tokens per request",
		"`inputs` must have less than 512 tokens. Given: 700",
	} {
		if !tooLong(complaint{message: said}) {
			t.Errorf("not known: %s", said)
		}
	}
	for _, said := range []string{
		"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
		"max_tokens is too large: 99999. This model supports at most 16384 completion tokens.",
		"Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.",
		"Invalid schema for response_format 'x': schema too long",
		"",
	} {
		if tooLong(complaint{message: said}) {
			t.Errorf("taken for too long: %s", said)
		}
	}
}

func TestRedaction(t *testing.T) {
	o := Options{Key: NewSecret("a+key/of=signs"), BaseURL: "https://user:hunter2hunter2@host/v1"}
	redact := newRedactor(&o)
	for _, said := range []string{
		"got a+key/of=signs here", "url-encoded a%2Bkey%2Fof%3Dsigns", "sk-proj-abcd****wxyz is wrong", "Authorization: Bearer abc.def",
		"bearer  xyz", "at https://someone:pw@elsewhere/", "the password hunter2hunter2", "user:hunter2hunter2",
	} {
		got := redact(said)
		for _, secret := range []string{"a+key", "a%2B", "abcd", "wxyz", "abc.def", "xyz", "pw", "hunter2"} {
			if strings.Contains(got, secret) {
				t.Errorf("%q: got %q", said, got)
			}
		}
	}
	if got := redact("the model sk is not there"); got != "the model sk is not there" {
		t.Errorf("got %q", got)
	}
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{" a\n b\t\tc ", "a b c"}, {"aaaaaaaa", "aaaa…"}, {"äöüß", "äöüß"}, {"äöüßäöü", "äöüß…"},
	} {
		if got := shorten(tt.in, 5); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTokens(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0}, {"a", 1}, {"four", 1}, {"fives", 2}, {"Кремль", 3}, {"会谈", 2}, {"a会", 2},
	}
	for _, tt := range tests {
		if got := estimateTokens(tt.text); got != tt.want {
			t.Errorf("%q: got %d, want %d", tt.text, got, tt.want)
		}
		for most := range 5 {
			cut, was := cutTokens(tt.text, most)
			if estimateTokens(cut) > most || was != (cut != tt.text) || !utf8.ValidString(cut) || !strings.HasPrefix(tt.text, cut) {
				t.Errorf("%q cut to %d: got %q, %v", tt.text, most, cut, was)
			}
		}
	}
}

func TestBatches(t *testing.T) {
	sizes := func(tokens ...int) string {
		inputs := make([]input, len(tokens))
		for i, n := range tokens {
			inputs[i] = input{at: i, tokens: n}
		}
		var out []string
		at := 0
		for _, b := range batches(inputs, 3, 10) {
			sum := 0
			for _, in := range b {
				if sum += in.tokens; in.at != at {
					t.Errorf("%v: input %d stands at %d", tokens, in.at, at)
				}
				at++
			}
			out = append(out, fmt.Sprintf("%d:%d", len(b), sum))
		}
		if at != len(tokens) {
			t.Errorf("%v: %d inputs are left", tokens, at)
		}
		return strings.Join(out, " ")
	}
	for _, tt := range []struct {
		tokens []int
		want   string
	}{
		{nil, ""},
		{[]int{1}, "1:1"},
		{[]int{1, 1, 1, 1}, "3:3 1:1"},
		{[]int{6, 4, 1}, "2:10 1:1"},
		{[]int{50, 1, 1, 9, 50}, "1:50 2:2 1:9 1:50"},
	} {
		if got := sizes(tt.tokens...); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.tokens, got, tt.want)
		}
	}
}

func TestNear(t *testing.T) {
	models := []string{"gpt-4o", "gpt-4o-mini", "gpt-3.5-turbo", "text-embedding-3-small", "llama3.2:latest", "Qwen3-8B"}
	for _, tt := range []struct {
		name string
		want []string
	}{
		{"gpt4o", []string{"gpt-4o"}},
		{"gpt-4o-mni", []string{"gpt-4o", "gpt-4o-mini"}},
		{"llama3.2", []string{"llama3.2:latest"}},
		{"qwen3-8b", []string{"Qwen3-8B"}},
		{"text-embedding-3-smal", []string{"text-embedding-3-small"}},
		{"nothing-like-it-at-all", nil},
	} {
		if got := near(tt.name, models); !slices.Equal(got, tt.want) && len(got)+len(tt.want) > 0 {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLatencies(t *testing.T) {
	var l latencies
	for i := range latencyLeast - 1 {
		l.note(time.Duration(i))
	}
	if _, ok := l.high(); ok {
		t.Error("too few are enough")
	}
	for i := range 3 * latencyWindow {
		l.note(time.Duration(i) * time.Millisecond)
	}
	if got, ok := l.high(); !ok || got != 295*time.Millisecond {
		t.Errorf("got %v, %v of the times from 200 to 299 ms", got, ok)
	}
}

func TestLoopback(t *testing.T) {
	for base, want := range map[string]bool{
		"http://localhost:1234/v1": true, "http://127.0.0.1/v1": true, "http://[::1]:80": true,
		"http://10.0.0.1/v1": false, "http://localhost.example/v1": false,
	} {
		if got := loopback(base); got != want {
			t.Errorf("%s: got %v", base, got)
		}
	}
}
