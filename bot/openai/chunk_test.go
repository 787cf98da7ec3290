package openai

import "testing"

// TestOtherChunks has events of other shapes than OpenAI's.
func TestOtherChunks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, event string
		want        chunk
	}{
		{"text", `{"choices":[{"index":0,"delta":{"content":"a"}}]}`, chunk{text: "a"}},
		{"no chat", `{"choices":[{"index":0,"text":"a"}]}`, chunk{text: "a"}},
		{"the only choice", `{"choices":[{"index":1,"delta":{"content":"a"}}]}`, chunk{text: "a"}},
		{"another choice", `{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}]}`, chunk{text: "a"}},
		{"parts", `{"choices":[{"delta":{"content":[{"type":"thinking","thinking":"b"},{"type":"text","text":"a"}]}}]}`, chunk{text: "a"}},
		{"one thought in two fields", `{"choices":[{"delta":{"reasoning":"b","reasoning_content":"b"}}]}`, chunk{reasoning: "b"}},
		{"thinking", `{"choices":[{"delta":{"thinking":"b"}}]}`, chunk{reasoning: "b"}},
		{"a tool", `{"choices":[{"delta":{"tool_calls":[{"function":{"name":"json","arguments":"{\"a\":1}"}}]}}]}`, chunk{tool: true, arguments: `{"a":1}`}},
		{"nothing", `{"choices":[{"delta":null}]}`, chunk{}},
	}
	for _, tt := range tests {
		if got, err := readChunk([]byte(tt.event)); err != nil || got != tt.want {
			t.Errorf("%s: got %+v, %v, want %+v", tt.name, got, err, tt.want)
		}
	}
}

// TestOtherVectors has vectors of other shapes than OpenAI's.
func TestOtherVectors(t *testing.T) {
	t.Parallel()
	const want = `{"data":[{"index":0,"embedding":"AACAPw=="},{"index":1,"embedding":"AAAAQA=="}],"usage":{"prompt_tokens":0}}`
	for _, body := range []string{
		`{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[2]}]}`,
		`{"data":[{"index":"1","embedding":[2]},{"index":"0","embedding":[1]}]}`,
		`{"data":[{"embedding":[1]},{"index":null,"embedding":[2]}]}`,
		`{"data":[{"index":0,"embedding":[[1]]},{"index":1,"embedding":[[2]]}]}`,
	} {
		if got, err := normalizeVectors([]byte(body), 2); err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v", body, got, err)
		}
	}
	if got, err := normalizeVectors([]byte(`{"data":[{"index":0,"embedding":[[1],[2]]}]}`), 1); err == nil {
		t.Errorf("vectors of tokens: got %s", got)
	}
}
