package openai

import (
	"net/http"
	"strings"
	"testing"
)

// TestReadRefusal: what a server says is found, in whatever form it says it.
func TestReadRefusal(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, want string }{
		{"OpenAI", `{"error":{"message":"No such thing.","type":"t"}}`, "No such thing."},
		{"a text", `{"error":"No such thing."}`, "No such thing."},
		{"a list of texts", `{"error":["One.","Two."]}`, "One.; Two."},
		{"detail", `{"detail":"Not here."}`, "Not here."},
		{"FastAPI", `{"detail":[{"type":"extra_forbidden","loc":["body","messages",0,"name"],"msg":"Extra inputs"},{"loc":["body"],"msg":"Bad"}]}`, "body.messages.0.name: Extra inputs; body: Bad"},
		{"Cloudflare", `{"success":false,"errors":[{"code":7,"message":"No route to that"}],"messages":[],"result":null}`, "No route to that"},
		{"msg", `{"msg":"not for this account","status":"error"}`, "not for this account"},
		{"message", `{"message":"Invalid request"}`, "Invalid request"},
		{"capitals", `{"Message":"Signature expired"}`, "Signature expired"},
		{"Baidu", `{"error_code":17,"error_msg":"Open api daily request limit reached"}`, "Open api daily request limit reached"},
		{"MiniMax", `{"base_resp":{"status_code":1004,"status_msg":"login fail"}}`, "login fail"},
		{"OAuth", `{"error":{"error_description":"gone"}}`, "gone"},
		{"Apigee", `{"fault":{"faultstring":"Spike arrest violation","detail":{"errorcode":"x"}}}`, "Spike arrest violation"},
		{"an upstream's within", `{"error":{"message":"{\"error\":{\"message\":\"Deep down.\"}}"}}`, "Deep down."},
		{"Google", `[{"error":{"code":400,"message":"Cannot find field.","status":"INVALID_ARGUMENT"}}]`, "Cannot find field."},
		{"RFC 9457", `{"type":"about:blank","title":"Unprocessable","detail":"The model is asleep"}`, "The model is asleep"},
		{"text alone", `"Just words"`, "Just words"},
		{"plain", "upstream connect error\n", "upstream connect error"},
		{"an event", "data: {\"error\":{\"message\":\"In a stream\"}}\n\n", "In a stream"},
		{"a page", "<!doctype html><html><head><style>p{}</style><title>502 Bad Gateway</title></head><body><h1>x</h1></body></html>", "502 Bad Gateway"},
		{"a page without a title", "<h1>Forbidden</h1><p>go away</p>", "Forbidden go away"},
		{"nothing", `{}`, ""},
		{"numbers", `{"code":5}`, ""},
		{"nothing at all", "", ""},
	}
	for _, tt := range tests {
		got := readRefusal([]byte(tt.body))
		if said := strings.Join(strings.Fields(got.message), " "); said != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, said, tt.want)
		}
		if got.mute != (strings.HasPrefix(tt.body, "<") || tt.name == "plain" || tt.body == "") {
			t.Errorf("%s: mute is %v", tt.name, got.mute)
		}
		e := fromStatus(partChat, &http.Response{StatusCode: 400, Header: http.Header{}}, []byte(tt.body), newRedactor(&Options{}))
		if !strings.Contains(e.Detail, tt.want) || e.Detail == "" {
			t.Errorf("%s: the error says %q", tt.name, e.Detail)
		}
	}
}

// TestRefusalIsRedacted: a key that a server quotes is shown in no form.
func TestRefusalIsRedacted(t *testing.T) {
	t.Parallel()
	redact := newRedactor(&Options{Key: NewSecret("top-secret-1234")})
	for _, body := range []string{`{"msg":"key top-secret-1234 is bad"}`, "<title>top-secret-1234</title>", "top-secret-1234", `{"detail":[{"loc":["top-secret-1234"],"msg":"x"}]}`} {
		e := fromStatus(partChat, &http.Response{StatusCode: 422, Header: http.Header{}}, []byte(body), redact)
		if strings.Contains(e.Error(), "top-secret") {
			t.Errorf("got %s", e)
		}
	}
}

// TestNoComplaint: an empty error beside an answer is none.
func TestNoComplaint(t *testing.T) {
	t.Parallel()
	for _, event := range []string{`{"error":""}`, `{"error":{}}`, `{"error":null}`, `{"error":{"code":0,"message":""}}`} {
		if c, ok := readComplaint([]byte(event)); ok {
			t.Errorf("%s: got %+v", event, c)
		}
	}
}

// FuzzReadRefusal guards that no body is too much.
func FuzzReadRefusal(f *testing.F) {
	for _, s := range []string{`{"error":[[[[[[[["x"]]]]]]]]}`, "<", "data: {", `{"detail":[{"loc":[{}],"msg":1}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		e := fromStatus(partChat, &http.Response{StatusCode: 400, Header: http.Header{}}, body, newRedactor(&Options{}))
		if e.Detail == "" || len([]rune(e.Detail)) > maxDetail {
			t.Errorf("got %q", e.Detail)
		}
	})
}
