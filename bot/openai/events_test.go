package openai

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// reading reads a stream through an eventReader.
func reading(body io.Reader, media string) (string, error) {
	g := newGuard(func(error) {}, time.Minute)
	g.body, g.left = io.NopCloser(body), 1<<20
	g.fail = func(err error) error { return protocol(partChat, err) }
	r := &eventReader{guard: g, part: partChat, redact: func(s string) string { return s }, media: media}
	out, err := io.ReadAll(r)
	_ = r.Close()
	return string(out), err
}

func TestEventReader(t *testing.T) {
	const one = `{"choices":[{"index":0,"delta":{"content":"a"}}]}`
	tests := []struct {
		name, body, media string
		want              string // lines without "data: "
		err               string
	}{
		{"in order", "data: " + one + "\n\ndata: [DONE]\n\n", "", one + "\n[DONE]\n", ""},
		{"without space", "data:" + one + "\n\ndata:[DONE]\n\n", "", one + "\n[DONE]\n", ""},
		{"CRLF", "data: " + one + "\r\n\r\ndata: [DONE]\r\n\r\n", "", one + "\n[DONE]\n", ""},
		{"byte order mark", "\xEF\xBB\xBFdata: " + one + "\n\ndata: [DONE]\n\n", "", one + "\n[DONE]\n", ""},
		{"comments and names", ": ping\nevent: x\nid: 1\nretry: 5\ndata: " + one + "\n\n: ping\n\ndata: [DONE]\n\n", "", one + "\n[DONE]\n", ""},
		{"no empty lines", "data: " + one + "\ndata: " + one + "\ndata: [DONE]\n", "", one + "\n" + one + "\n[DONE]\n", ""},
		{"an event of two lines", "data: {\"choices\":\ndata: []}\n\ndata: [DONE]\n\n", "", "{\"choices\":[]}\n[DONE]\n", ""},
		{"[DONE] in an event", "data: {\"choices\":\ndata: [DONE]\n", "", "", "no JSON"},
		{"no last line break", "data: " + one + "\n\ndata: [DONE]", "", one + "\n[DONE]\n", ""},
		{"more after the end", "data: [DONE]\n\ndata: " + one + "\n\n", "", "[DONE]\n", ""},
		{"a text about errors", `data: {"choices":[{"delta":{"content":"\"error\": {}"}}]}` + "\n\ndata: [DONE]\n\n", "", `{"choices":[{"delta":{"content":"\"error\": {}"}}]}` + "\n[DONE]\n", ""},
		{"error: null", `data: {"choices":[],"error":null}` + "\n\ndata: [DONE]\n\n", "", `{"choices":[],"error":null}` + "\n[DONE]\n", ""},
		{"cut between events", "data: " + one + "\n\n", "", one + "\n", "breaks off"},
		{"cut in an event", "data: " + one + "\n\ndata: {\"choi", "", one + "\n", "breaks off"},
		{"broken", "data: {\"choi\n\ndata: [DONE]\n\n", "", "", "no JSON"},
		{"empty", "", "", "", "empty"},
		{"space only", "\n\n \n", "", "", "empty"},
		{"a page", "<html></html>", "", "", "web page"},
		{"a page by its type", "Sign in", "text/html", "", "web page"},
		{"plain text", "upstream connect error", "", "", "breaks off"},
		{"an error", "data: " + one + "\n\ndata: { \"error\" : {\"message\": \"crashed\"}}\n\n", "", one + "\n", "crashed"},
		{"an error as text", "data: {\"error\":\"crashed\"}\n\n", "", "", "crashed"},
		{"an error of vLLM", "data: {\"object\":\"error\",\"message\":\"crashed\",\"code\":500}\n\n", "", "", "crashed"},
		{"an error of llama.cpp", "error: {\"code\":500,\"message\":\"crashed\",\"type\":\"server_error\"}\n\n", "", "", "crashed"},
		{"an error instead of a stream", "{\"error\":{\"message\":\"crashed\"}}", "application/json", "", "crashed"},
		{"in one piece", `{"choices":[{"index":0,"message":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}`, "application/json", `{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}` + "\n[DONE]\n", ""},
		{"CR", "data: " + one + "\r\rdata: [DONE]\r\r", "", one + "\n[DONE]\n", ""},
		{"bare lines", one + "\n" + one + "\n", "application/x-ndjson", one + "\n" + one + "\n[DONE]\n", ""},
		{"in a list", "[" + one + "]", "application/json", `{"choices":[{"index":0,"delta":{"content":"a"}}]}` + "\n[DONE]\n", ""},
		{"something else in one piece", `{"models":[]}`, "application/json", "", "no choices"},
		{"a line without an end", "data: " + strings.Repeat("x", maxLine+10), "", "", "larger"},
		{"a stream without an end", strings.Repeat(": ping\n", 200_000), "", "", "larger"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, body := range []io.Reader{strings.NewReader(tt.body), iotest.OneByteReader(strings.NewReader(tt.body)), iotest.DataErrReader(strings.NewReader(tt.body))} {
				got, err := reading(body, tt.media)
				if got = strings.ReplaceAll(got, "data: ", ""); got != tt.want {
					t.Errorf("got %q, want %q", got, tt.want)
				}
				e, _ := errors.AsType[*Error](err)
				if (tt.err == "") != (err == nil) || tt.err != "" && (e == nil || !strings.Contains(e.Detail, tt.err)) {
					t.Errorf("got error %v, want %q", err, tt.err)
				}
			}
		})
	}
}

// TestPackedStream: a stream that is packed although it was asked not to be is read,
// within bounds.
func TestPackedStream(t *testing.T) {
	t.Parallel()
	pack := func(text string) io.Reader {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(text))
		_ = w.Close()
		return &b
	}
	read := func(body io.Reader) (string, error) {
		g := newGuard(func(error) {}, time.Minute)
		g.body, g.left = io.NopCloser(body), 1<<20
		g.fail = func(err error) error { return protocol(partChat, err) }
		r := &eventReader{guard: g, part: partChat, redact: func(s string) string { return s }, gzip: true, limit: 1 << 20}
		out, err := io.ReadAll(r)
		_ = r.Close()
		return string(out), err
	}
	const text = "data: {\"choices\":[]}\n\ndata: [DONE]\n\n"
	if got, err := read(pack(text)); err != nil || !strings.Contains(got, "choices") {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := read(pack(strings.Repeat(": ping\n", 10_000_000))); err == nil || len(got) > 0 {
		t.Errorf("a bomb: got %d bytes, %v", len(got), err)
	}
	if _, err := read(strings.NewReader("no gzip")); err == nil {
		t.Error("what is not packed was read")
	}
}

// seeds are streams as servers send them.
func seeds() []string {
	return []string{
		"data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}],\"usage\":null}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\ndata: [DONE]\n\n",
		": OPENROUTER PROCESSING\n\ndata: {\"choices\":[{\"delta\":{\"reasoning\":\"x\"}}]}\n\n",
		"data:{\"error\":{\"message\":\"x\",\"code\":500}}\r\n\r\n",
		"error: {\"code\":500}\n",
		"{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}]}",
		"<!DOCTYPE html>", "data: [DONE]", "data: {\ndata: }\n\n", "\xEF\xBB\xBFdata: 1\n\n", "",
		"data: {\"choices\":[{\"index\":\"0\",\"delta\":{\"tool_calls\":[{}]},\"finish_reason\":\"tool_calls\"}]}\n\n",
	}
}

// FuzzEventReader: whatever a server sends, what comes out are lines of JSON that
// end with [DONE] or an *Error, and the same lines however the bytes arrive.
func FuzzEventReader(f *testing.F) {
	if len(seeds()) == 0 {
		f.Fatal("no seeds")
	}
	for _, seed := range seeds() {
		f.Add(seed, "text/event-stream")
	}
	f.Fuzz(func(t *testing.T, body, media string) {
		got, err := reading(strings.NewReader(body), media)
		again, errAgain := reading(iotest.OneByteReader(strings.NewReader(body)), media)
		if got != again || (err == nil) != (errAgain == nil) {
			t.Errorf("got %q, %v and byte by byte %q, %v", got, err, again, errAgain)
		}
		lines := strings.SplitAfter(got, "\n")
		for i, line := range lines[:len(lines)-1] {
			payload, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "data: ")
			last := i == len(lines)-2
			switch {
			case !ok:
				t.Errorf("got line %q", line)
			case payload == "[DONE]" && (!last || err != nil):
				t.Errorf("got [DONE] in the middle of %q, %v", got, err)
			case payload == "[DONE]":
			case !json.Valid([]byte(payload)):
				t.Errorf("got event %q", payload)
			default:
				if c, err := readChunk([]byte(payload)); err == nil && c.usage.prompt < 0 {
					t.Errorf("got chunk %+v", c)
				}
			}
		}
		if lines[len(lines)-1] != "" || err == nil && !strings.HasSuffix(got, "data: [DONE]\n") {
			t.Errorf("got %q and no error", got)
		}
		if e, ok := errors.AsType[*Error](err); err != nil && (!ok || e.Kind == "" || len([]rune(e.Detail)) > maxDetail) {
			t.Errorf("got error %#v", err)
		}
	})
}

// FuzzVectors: what comes out is what go-openai reads, with a vector for each text.
func FuzzVectors(f *testing.F) {
	for _, seed := range []string{
		`{"data":[{"index":0,"embedding":[0.1,-2e-3]}],"usage":{"prompt_tokens":3}}`,
		`{"data":[{"index":1,"embedding":"AACAPwAAgD8="},{"index":0,"embedding":[1]}]}`,
		`{"data":[{"embedding":[1e39]}]}`, `{"data":[{"embedding":[null]}]}`, `{"data":null}`, `[]`, `{"data":[{"embedding":"AAA="}]}`,
	} {
		f.Add([]byte(seed), 1)
	}
	f.Fuzz(func(t *testing.T, body []byte, count int) {
		count %= 100
		got, err := normalizeVectors(body, max(count, 0))
		if err != nil {
			return
		}
		var out struct {
			Data []struct {
				Index     int
				Embedding []byte
			}
		}
		if err := json.Unmarshal(got, &out); err != nil || len(out.Data) != max(count, 0) {
			t.Fatalf("got %s, %v", got, err)
		}
		for i, v := range out.Data {
			if v.Index != i || len(v.Embedding)%4 != 0 || bytes.Contains(v.Embedding, []byte("null")) && len(v.Embedding) == 0 {
				t.Errorf("got %s", got)
			}
		}
	})
}

func TestReadChunk(t *testing.T) {
	tests := []struct {
		name, event string
		want        chunk
	}{
		{"text", `{"created":1.7e9,"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}`, chunk{text: "a"}},
		{"null", `{"choices":[{"index":0,"delta":{"content":null,"tool_calls":null,"refusal":null}}]}`, chunk{}},
		{"parts", `{"choices":[{"delta":{"content":[{"type":"thinking","thinking":"x"},{"type":"text","text":"a"}]}}]}`, chunk{text: "a"}},
		{"another choice", `{"choices":[{"index":1,"delta":{"content":"b"}},{"index":0,"delta":{"content":"a"}}]}`, chunk{text: "a"}},
		{"no tool", `{"choices":[{"delta":{"tool_calls":[]},"finish_reason":"stop"}]}`, chunk{finish: "stop"}},
		{"tool", `{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}`, chunk{tool: true}},
		{"function", `{"choices":[{"delta":{"function_call":{"name":"x"}}}]}`, chunk{tool: true}},
		{"reasoning", `{"choices":[{"delta":{"reasoning":"r","content":""}}]}`, chunk{reasoning: "r"}},
		{"usage with fractions", `{"choices":[],"usage":{"prompt_tokens":3.0,"completion_tokens":1}}`, chunk{usage: used{3, 1}, counted: true}},
		{"usage of nothing", `{"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0}}`, chunk{}},
		{"usage below zero", `{"choices":[],"usage":{"prompt_tokens":-3,"completion_tokens":1}}`, chunk{}},
	}
	for _, tt := range tests {
		if got, err := readChunk([]byte(tt.event)); err != nil || got != tt.want {
			t.Errorf("%s: got %+v, %v", tt.name, got, err)
		}
	}
	for _, event := range []string{`[]`, `{"choices":{}}`, `{"choices":[{"delta":{"content":3}}]}`, `"text"`} {
		if got, err := readChunk([]byte(event)); err == nil {
			t.Errorf("%s: got %+v", event, got)
		}
	}
}

// TestLongEvent: an event of many lines is read once.
func TestLongEvent(t *testing.T) {
	began := time.Now()
	_, err := reading(strings.NewReader(strings.Repeat("data: [1,\n", 100_000)), "")
	if took := time.Since(began); err == nil || took > 2*time.Second {
		t.Errorf("got %v after %v", err, took)
	}
}
