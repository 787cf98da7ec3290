package openai_test

import (
	"errors"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
)

// TestTraits: what an endpoint refuses is found out by the first call and left
// out by the next ones.
func TestTraits(t *testing.T) {
	const schema, object, text = "json_schema", "json_object", ""
	tests := []struct {
		name        string
		faults      []openaitest.Fault
		tries       int
		format      string
		limit       string
		temperature bool
		usage       bool
	}{
		{"takes all", nil, 1, schema, "max_tokens", true, true},
		{"no json_schema", []openaitest.Fault{openaitest.NoSchema}, 2, object, "max_tokens", true, true},
		{"no formats", []openaitest.Fault{openaitest.NoSchema, openaitest.NoObject}, 3, text, "max_tokens", true, true},
		{"no temperature", []openaitest.Fault{openaitest.NoTemperature}, 2, schema, "max_tokens", false, true},
		{"no max_tokens", []openaitest.Fault{openaitest.NoMaxTokens}, 2, schema, "max_completion_tokens", true, true},
		{"no bounds", []openaitest.Fault{openaitest.NoMaxTokens, openaitest.NoCompletionMax}, 3, schema, "", true, true},
		{"no stream_options", []openaitest.Fault{openaitest.NoStreamOptions}, 2, schema, "max_tokens", true, false},
		{"a reasoning model", []openaitest.Fault{openaitest.NoMaxTokens, openaitest.NoTemperature}, 3, schema, "max_completion_tokens", false, true},
		{"next to nothing", []openaitest.Fault{openaitest.NoSchema, openaitest.NoObject, openaitest.NoMaxTokens, openaitest.NoTemperature, openaitest.NoStreamOptions}, 6, text, "max_completion_tokens", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openaitest.New(t, openaitest.Options{Faults: tt.faults})
			c := newClient(t, options(s))
			for i, want := range []int{tt.tries, 1, 1} {
				before := s.Count(openaitest.Chat)
				got, done, err := complete(t.Context(), c, withSchema(said))
				if err != nil || got != said || done.Usage.Estimated == tt.usage {
					t.Fatalf("call %d: got %q, %+v, %v", i, got, done, err)
				}
				if tries := s.Count(openaitest.Chat) - before; tries != want || done.Usage.Requests != want {
					t.Errorf("call %d: got %d requests and usage %+v, want %d", i, tries, done.Usage, want)
				}
			}
			requests := s.Requests()
			last := requests[len(requests)-1]
			if last.Format != tt.format || last.LimitName != tt.limit || (last.Temperature != nil) != tt.temperature || last.IncludeUsage != tt.usage {
				t.Errorf("got request %s", last.Body)
			}
			if c.State().Chat.Breaker.Open {
				t.Error("finding out has opened the breaker")
			}
		})
	}
}

// TestVagueRefusal: a server that says nothing of what is bad is asked for less,
// and that is remembered only if it helps.
func TestVagueRefusal(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{Chat: func(r openaitest.Request) openaitest.Script {
		if r.Format != "" || r.Temperature != nil {
			return openaitest.Script{Fault: openaitest.BadRequest}
		}
		return openaitest.Script{Text: r.Last()}
	}})
	c := newClient(t, options(s))
	for i, most := range []int{11, 1} {
		got, done, err := complete(t.Context(), c, withSchema(said))
		if err != nil || got != said || done.Usage.Requests > most {
			t.Errorf("call %d: got %q, %+v, %v", i, got, done, err)
		}
	}

	s = openaitest.New(t, openaitest.Options{})
	c = newClient(t, options(s))
	s.Fail(openaitest.Failure{Fault: openaitest.BadRequest, Times: 2})
	if _, _, err := complete(t.Context(), c, withSchema(said)); err == nil {
		t.Error("got no error")
	}
	if _, _, err := complete(t.Context(), c, withSchema(said)); err != nil {
		t.Error(err)
	}
	if r := s.Requests(); r[2].Format != "json_schema" || r[2].Temperature == nil {
		t.Errorf("got request %s after a refusal that had another reason", r[2].Body)
	}
}

// TestOpinionsOfGoOpenAI: names that go-openai knows are asked like any others.
func TestOpinionsOfGoOpenAI(t *testing.T) {
	for _, model := range []string{"o3-mini", "gpt-5.1", "gpt-6-sol", "o1x-local", "gpt-4o"} {
		s := openaitest.New(t, openaitest.Options{ChatModels: []string{model}})
		o := options(s)
		o.Temperature = 0.7
		got, _, err := complete(t.Context(), newClient(t, o), prompt(said))
		if err != nil || got != said || s.Requests()[0].MaxTokens != 100 || *s.Requests()[0].Temperature != 0.7 {
			t.Errorf("%s: got %q, %v", model, got, err)
		}
	}
}

// TestThought: what a model thinks aloud is no part of its answer, and is paid.
func TestThought(t *testing.T) {
	tests := []struct {
		name   string
		script openaitest.Script
		want   string
		finish answer.Finish
	}{
		{"kept apart", openaitest.Script{Text: said, Reasoning: "Let me see. Five hours?"}, said, answer.Finished},
		{"in the text", openaitest.Script{Text: "<think>\nLet me see.\n</think>\n\n" + said}, said, answer.Finished},
		{"empty", openaitest.Script{Text: "<think></think>" + said}, said, answer.Finished},
		{"letter by letter", openaitest.Script{Pieces: []string{"\n", "<", "th", "ink>", "a <", "/thin", "> b", "</thi", "nk>", "\n", "yes"}}, "yes", answer.Finished},
		{"no thought", openaitest.Script{Text: "<thin> ice"}, "<thin> ice", answer.Finished},
		{"in other tags", openaitest.Script{Text: "<Thinking>a</thinking>\n<reflection>b</reflection> " + said}, said, answer.Finished},
		{"Magistral", openaitest.Script{Text: "[THINK]Let {me} see.[/THINK]" + said}, said, answer.Finished},
		{"gpt-oss", openaitest.Script{Text: "<|channel|>analysis<|message|>The user {asks \"it.<|end|><|start|>assistant<|channel|>final<|message|>" + said}, said, answer.Finished},
		{"later", openaitest.Script{Text: "It said <think>x</think>."}, "It said <think>x</think>.", answer.Finished},
		{"a beginning only", openaitest.Script{Text: " <thi"}, " <thi", answer.Finished},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openaitest.New(t, openaitest.Options{
				Faults: []openaitest.Fault{openaitest.NoUsage},
				Chat:   func(openaitest.Request) openaitest.Script { return tt.script },
			})
			got, done, err := complete(t.Context(), newClient(t, options(s)), prompt("hello"))
			if err != nil || got != tt.want || done.Finish != tt.finish {
				t.Errorf("got %q, %+v, %v", got, done, err)
			}
			if tt.script.Reasoning != "" && done.Usage.CompletionTokens < 20 {
				t.Errorf("got usage %+v without the reasoning", done.Usage)
			}
		})
	}
}

func TestFinish(t *testing.T) {
	tests := map[string]struct {
		want answer.Finish
		kind openai.Kind
	}{
		"stop":           {want: answer.Finished},
		"eos":            {want: answer.Finished},
		"length":         {want: answer.CutOff},
		"model_length":   {want: answer.CutOff},
		"content_filter": {want: answer.Refused},
		"tool_calls":     {kind: openai.KindProtocol},
		"error":          {kind: openai.KindServer},
	}
	for finish, tt := range tests {
		t.Run(finish, func(t *testing.T) {
			s := openaitest.New(t, openaitest.Options{Chat: func(openaitest.Request) openaitest.Script {
				return openaitest.Script{Text: said, Finish: finish}
			}})
			got, done, err := complete(t.Context(), newClient(t, options(s)), prompt("hello"))
			e, _ := errors.AsType[*openai.Error](err)
			if (err == nil) != (tt.kind == "") || e != nil && e.Kind != tt.kind || got != said || done.Finish != tt.want {
				t.Errorf("got %q, %+v, %v", got, done, err)
			}
		})
	}
}

func TestRefusal(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{Chat: func(openaitest.Request) openaitest.Script {
		return openaitest.Script{Refusal: "I would rather not."}
	}})
	got, done, err := complete(t.Context(), newClient(t, options(s)), prompt("hello"))
	if err != nil || got != "" || done.Finish != answer.Refused || done.Refusal != "I would rather not." {
		t.Errorf("got %q, %+v, %v", got, done, err)
	}
}

// TestThoughtWithoutBeginning: what stands before the end of a thought is one, and
// be there JSON in it, where JSON is asked for.
func TestThoughtWithoutBeginning(t *testing.T) {
	t.Parallel()
	const half = `I need {"answerable": false} if nothing. It says "five. So {"said": [ and `
	tests := []struct {
		name   string
		script openaitest.Script
		want   string
	}{
		{"think", openaitest.Script{Text: half + "\n</think>\n\n" + said}, said},
		{"a whole object", openaitest.Script{Text: `Maybe {"said": "no"}?` + "</thinking>" + said}, said},
		{"twice", openaitest.Script{Text: "a</think>b</think>" + said}, said},
		{"letter by letter", openaitest.Script{Pieces: strings.Split(half+"</reasoning>"+said, "")}, said},
		{"special tokens dropped", openaitest.Script{Text: "analysisThe user asks {it.assistantfinal" + said}, said},
		{"no thought", openaitest.Script{Text: "Here it is:\n" + said}, "Here it is:\n" + said},
		{"prose", openaitest.Script{Text: "Five hours [1]."}, "Five hours [1]."},
		{"all of it apart", openaitest.Script{Reasoning: "So {x}: " + said}, said},
		{"never ended", openaitest.Script{Text: "<think>It is five. " + said}, said},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{Chat: func(openaitest.Request) openaitest.Script { return tt.script }})
			got, done, err := complete(t.Context(), newClient(t, options(s)), withSchema("hello"))
			if err != nil || got != tt.want || done.Finish != answer.Finished {
				t.Errorf("got %q, %+v, %v", got, done, err)
			}
		})
	}
}
